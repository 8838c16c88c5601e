//! Runs the project's scorers over the data beside the repository.

use crate::command::{Done, release_binary, root};
use std::fmt::Write as _;
use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

struct Measure {
    title: &'static str,
    /// The command that makes the input; `None` if the binary reads the path itself.
    inputs: Option<&'static [&'static str]>,
    /// Arguments of the binary.
    read: &'static [&'static str],
    /// The scorer with its arguments; `-` stands for what the binary printed.
    score: &'static [&'static str],
}

/// Paths are relative to the folder of data and scorers.
const MEASURES: &[Measure] = &[
    Measure {
        title: "Pages",
        inputs: None,
        read: &["read", "--until", "article", "--format", "jsonl", "data/pages/html"],
        score: &["score/pages.py", "data/pages/gold.jsonl", "-"],
    },
    Measure {
        title: "Statements (PolNeAR dev)",
        inputs: Some(&["score/quotes.py", "inputs", "data/quotes/polnear_dev.jsonl.gz"]),
        read: &["read", "--input", "jsonl", "--format", "jsonl", "-"],
        score: &["score/quotes.py", "data/quotes/polnear_dev.jsonl.gz", "-"],
    },
    Measure {
        title: "Statements (German dev; only direct quotations are read)",
        inputs: Some(&["score/quotes.py", "inputs", "data/quotes/german_dev.jsonl.gz"]),
        read: &["read", "--input", "jsonl", "--format", "jsonl", "-"],
        score: &["score/quotes.py", "data/quotes/german_dev.jsonl.gz", "-"],
    },
    Measure {
        title: "Language core (spaCy's own output)",
        inputs: Some(&["score/language.py", "inputs", "data/language/parity_dev.jsonl.gz"]),
        read: &["parse", "--input", "jsonl", "--format", "jsonl", "-"],
        score: &["score/language.py", "parity", "data/language/parity_dev.jsonl.gz", "-"],
    },
    Measure {
        title: "Sentences (GUM dev)",
        inputs: Some(&["score/language.py", "inputs", "data/language/gum_dev.jsonl.gz"]),
        read: &["read", "--input", "jsonl", "--layers", "sentences", "--format", "jsonl", "-"],
        score: &["score/language.py", "sentences", "data/language/gum_dev.jsonl.gz", "-"],
    },
    Measure {
        title: "Seed article",
        inputs: None,
        read: &["read", "--format", "jsonl", "data/seed/article.txt"],
        score: &["score/sourcing.py", "seed", "data/seed/quotes.json", "-"],
    },
    Measure {
        title: "Sourcing (FactAppeal val)",
        inputs: Some(&["score/sourcing.py", "inputs", "data/quotes/factappeal_val.jsonl.gz"]),
        read: &["read", "--input", "jsonl", "--format", "jsonl", "-"],
        score: &["score/sourcing.py", "factappeal", "data/quotes/factappeal_val.jsonl.gz", "-"],
    },
];

/// Runs every measure and prints the scores, or writes them to `BENCHMARKS.md` with `write`.
pub fn run(write: bool) -> Done {
    let shared = root().join("../shared");
    if !shared.join("score").exists() {
        return Err(format!("{} is missing: there is nothing to score on", shared.display()));
    }
    let binary = release_binary()?;
    let mut section = String::new();
    for measure in MEASURES {
        let said = score(&binary, &shared, measure)?;
        println!("## {}\n{said}", measure.title);
        let read = measure.read.join(" ");
        let _ = write!(
            section,
            "\n## {}\n\n    onrecord {read} | {}\n\n```text\n{said}```\n",
            measure.title,
            measure.score.join(" ")
        );
    }
    if write {
        let path = root().join("BENCHMARKS.md");
        let page = fs::read_to_string(&path).unwrap_or_else(|_| format!("{HEAD}{BEGIN}\n{END}\n"));
        let page = replaced(&page, &section).ok_or_else(|| format!("{} has no {BEGIN} … {END}", path.display()))?;
        fs::write(&path, page).map_err(|error| format!("{}: {error}", path.display()))?;
    }
    Ok(())
}

const BEGIN: &str = "<!-- scores -->";
const END: &str = "<!-- /scores -->";
const HEAD: &str = "\
# Benchmarks

What commands printed; nothing here is typed by hand. `./dev score --write` writes the scores, `bench/page/run --write BENCHMARKS.md` the
comparison with the peers. The data stands beside the repository and is no part of it.

";

/// The page with the part between the markers replaced; `None` if they are missing.
fn replaced(page: &str, section: &str) -> Option<String> {
    let (before, rest) = page.split_once(BEGIN)?;
    let (_, after) = rest.split_once(END)?;
    Some(format!("{before}{BEGIN}\n{section}\n{END}{after}"))
}

fn score(binary: &Path, shared: &Path, measure: &Measure) -> Result<String, String> {
    let dir = std::env::temp_dir().join(format!("onrecord-score-{}", std::process::id()));
    fs::create_dir_all(&dir).map_err(|error| error.to_string())?;
    let (input, output) = (dir.join("input"), dir.join("output"));
    let make = |path: &Path| File::create(path).map_err(|error| format!("{}: {error}", path.display()));
    let open = |path: &Path| File::open(path).map_err(|error| format!("{}: {error}", path.display()));
    match measure.inputs {
        Some(inputs) => finish(Command::new("python3").args(inputs).current_dir(shared).stdout(make(&input)?))?,
        None => drop(make(&input)?),
    }
    let begun = Instant::now();
    let mut read = Command::new(binary);
    read.args(measure.read).current_dir(shared).stdin(open(&input)?).stdout(make(&output)?).stderr(Stdio::null());
    finish(&mut read)?;
    let seconds = begun.elapsed().as_secs_f32();
    let scored = Command::new("python3")
        .args(measure.score)
        .current_dir(shared)
        .stdin(open(&output)?)
        .output()
        .map_err(|error| format!("can't run python3: {error}"))?;
    fs::remove_dir_all(&dir).map_err(|error| error.to_string())?;
    if !scored.status.success() {
        return Err(format!("{}: {}", measure.title, String::from_utf8_lossy(&scored.stderr)));
    }
    Ok(format!("{}read in {seconds:.2} s\n", String::from_utf8_lossy(&scored.stdout)))
}

/// Runs a command to its end. Exit status 2 says that some pages could not be read, which the scorer will show.
fn finish(command: &mut Command) -> Done {
    let status = command.status().map_err(|error| format!("{command:?}: {error}"))?;
    match status.code() {
        Some(0 | 2) => Ok(()),
        _ => Err(format!("{command:?} failed: {status}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_stands_between_the_markers_is_replaced() {
        let page = format!("{HEAD}{BEGIN}\nold\n{END}\n<!-- page bench -->\n");
        let mended = replaced(&page, "new").unwrap();
        assert!(mended.starts_with(HEAD) && mended.contains("new") && !mended.contains("old"));
        assert!(mended.ends_with("<!-- page bench -->\n"));
        assert!(replaced("no markers", "new").is_none());
    }
}
