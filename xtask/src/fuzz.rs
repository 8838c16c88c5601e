//! Coverage-guided fuzzing of the code that reads pages, with libFuzzer and the instrumentation of the stable compiler.

use crate::command::{Done, root, run_with};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A program in `fuzz/targets`.
struct Target {
    name: &'static str,
    /// Maximum length of an input, in bytes.
    max_len: usize,
    /// Makes the seeds: each way to turn a text into an input.
    seeds: fn(&Material, &mut BTreeSet<Vec<u8>>),
}

const TARGETS: &[Target] = &[
    Target { name: "tokenizer", max_len: 600, seeds: tokenizer_seeds },
    Target { name: "tree", max_len: 1_000, seeds: tree_seeds },
    Target { name: "page", max_len: 20_000, seeds: page_seeds },
    Target { name: "language", max_len: 160, seeds: language_seeds },
];

/// Compiler flags for the coverage counters that libFuzzer reads.
const INSTRUMENTED: &str = "--cfg fuzzing -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares";

/// How long to run without `--seconds`, in seconds.
const SECONDS: u64 = 60;

/// Time limit for one input, in seconds.
const SLOW: u64 = 20;

/// Fuzzes a target; `arguments` is everything after `fuzz`.
pub fn run(arguments: &[&str]) -> Done {
    let names: Vec<&str> = TARGETS.iter().map(|target| target.name).collect();
    let usage = format!("usage: fuzz {} [--seconds N]", names.join("|"));
    let (name, seconds) = match arguments {
        [name] => (*name, SECONDS),
        [name, "--seconds", seconds] => (*name, seconds.parse().map_err(|_| usage.clone())?),
        _ => return Err(usage),
    };
    let target = TARGETS.iter().find(|target| target.name == name).ok_or(usage)?;

    let folder = root().join("fuzz");
    let corpus = folder.join("corpus").join(name);
    let findings = folder.join("findings").join(name);
    for folder in [&corpus, &findings] {
        fs::create_dir_all(folder).map_err(|error| format!("can't make {}: {error}", folder.display()))?;
    }
    let count = sow(target, &corpus)?;
    eprintln!("{count} seeds; inputs that reach new code are kept in {}", corpus.display());

    let host = host()?;
    let built = folder.join("target");
    let manifest = folder.join("Cargo.toml").display().to_string();
    let build = ["build", "--release", "--manifest-path", &manifest, "--bin", name, "--target", &host];
    let target_dir = built.display().to_string();
    run_with("cargo", &build, &[("RUSTFLAGS", INSTRUMENTED), ("CARGO_TARGET_DIR", &target_dir)])?;

    let program = built.join(&host).join("release").join(name).display().to_string();
    let options = [
        corpus.display().to_string(),
        format!("-dict={}", folder.join("html.dict").display()),
        format!("-artifact_prefix={}/", findings.display()),
        format!("-max_len={}", target.max_len),
        format!("-max_total_time={seconds}"),
        format!("-timeout={SLOW}"),
        "-rss_limit_mb=2048".to_owned(),
        "-print_final_stats=1".to_owned(),
        "-verbosity=1".to_owned(),
    ];
    let options: Vec<&str> = options.iter().map(String::as_str).collect();
    run_with(&program, &options, &[])
        .map_err(|_| format!("{name} has a finding in {}. Run {program} on it to reproduce it", findings.display()))
}

/// The compiler's host triple.
fn host() -> Result<String, String> {
    let output = Command::new("rustc").arg("-vV").output().map_err(|error| format!("can't run rustc: {error}"))?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.lines().find_map(|line| line.strip_prefix("host: ")).map(str::to_owned).ok_or("rustc names no host".to_owned())
}

/// Where seeds come from.
struct Material {
    /// The example pages.
    pages: Vec<Vec<u8>>,
    /// The inputs of html5lib's tests of tree construction and tokenizer, if `../shared` has them.
    trees: Vec<String>,
    tokens: Vec<String>,
}

/// Writes the seeds of a target to its corpus, named by number, and gives how many there are.
fn sow(target: &Target, corpus: &Path) -> Result<usize, String> {
    let tests = root().join("../shared/data/html5lib");
    let mut material = Material { pages: Vec::new(), trees: Vec::new(), tokens: Vec::new() };
    for path in files(&root().join("examples"), ".html") {
        material.pages.extend(fs::read(path));
    }
    for path in files(&tests.join("tree-construction"), ".dat") {
        material.trees.extend(sources(&String::from_utf8_lossy(&fs::read(path).unwrap_or_default())));
    }
    for path in files(&tests.join("tokenizer"), ".test") {
        let file: serde_json::Value = serde_json::from_slice(&fs::read(path).unwrap_or_default()).unwrap_or_default();
        let tests = file["tests"].as_array().cloned().unwrap_or_default();
        material.tokens.extend(tests.iter().filter_map(|test| Some(test["input"].as_str()?.to_owned())));
    }
    if material.trees.is_empty() {
        eprintln!("{} has no html5lib tests: only the examples are used as seeds", tests.display());
    }
    let mut seeds = BTreeSet::new();
    (target.seeds)(&material, &mut seeds);
    for (number, seed) in seeds.iter().enumerate() {
        let path = corpus.join(format!("seed-{number:05}"));
        fs::write(&path, seed).map_err(|error| format!("can't write {}: {error}", path.display()))?;
    }
    Ok(seeds.len())
}

/// An input: the byte that selects the way, then the text.
fn input(choice: u8, text: &[u8]) -> Vec<u8> {
    [&[choice], text].concat()
}

fn tokenizer_seeds(material: &Material, seeds: &mut BTreeSet<Vec<u8>>) {
    for text in material.tokens.iter().chain(&material.trees) {
        seeds.insert(input(0, text.as_bytes()));
    }
    for (number, text) in material.tokens.iter().enumerate() {
        seeds.insert(input(number as u8 % 6, text.as_bytes()));
    }
    pieces(material, 500, seeds);
}

fn tree_seeds(material: &Material, seeds: &mut BTreeSet<Vec<u8>>) {
    for (number, text) in material.trees.iter().enumerate() {
        seeds.insert(input(0, text.as_bytes()));
        seeds.insert(input((number % 128) as u8 * 2 + 1, text.as_bytes()));
    }
    pieces(material, 900, seeds);
}

fn page_seeds(material: &Material, seeds: &mut BTreeSet<Vec<u8>>) {
    for page in &material.pages {
        seeds.insert(input(1, page));
    }
    for text in &material.trees {
        seeds.insert(input(0, text.as_bytes()));
    }
}

fn language_seeds(material: &Material, seeds: &mut BTreeSet<Vec<u8>>) {
    pieces(material, 300, seeds);
    let header = "name\tmade\ntable\ttagger/labels\ttext\t4\t0\t4\t0\n";
    seeds.insert(input(12, header.as_bytes()));
}

/// The examples, cut into pieces.
fn pieces(material: &Material, len: usize, seeds: &mut BTreeSet<Vec<u8>>) {
    seeds.extend(material.pages.iter().flat_map(|page| page.chunks(len)).map(|piece| input(0, piece)));
}

/// The inputs in a file of tree-construction tests: the text after each `#data`.
fn sources(file: &str) -> Vec<String> {
    let parts = file.split("#data\n").skip(1);
    parts.filter_map(|part| Some(part[..part.find("\n#errors")?].to_owned())).collect()
}

/// All files below a folder with this ending, sorted; none if there is no folder.
fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for path in fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            found.extend(files(&path, ending));
        } else if path.to_string_lossy().ends_with(ending) {
            found.push(path);
        }
    }
    found.sort();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources_are_found_in_files_of_tests() {
        let file = "#data\n<p>One\n#errors\nx\n#document\n| <html>\n\n#data\n<b>\n\n#errors\n";
        assert_eq!(sources(file), ["<p>One", "<b>\n"]);
    }
}
