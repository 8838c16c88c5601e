//! What every command prints, held against files in `snapshots/`. A changed output is a diff to review:
//! `INSTA_UPDATE=always cargo test -p onrecord-cli --test cli` writes the new one, `git diff` shows it.

use crate::support::{command, example_archive, on_examples, root, stderr, stdout, with_input};
use crate::terms::all_helps;
use std::fs;
use std::path::Path;
use std::process::Output;

/// English, with named and unnamed sources.
const ENGLISH: &str = "examples/ellery-courier/2026-03-09-ferry-strikes-breakwater.html";
/// Two versions of one article.
const VERSIONS: [&str; 2] = [
    "examples/national-ledger/2026-03-10-saint-brannoc-captain.html",
    "examples/national-ledger/2026-03-12-saint-brannoc-captain.html",
];
const GERMAN: &str = "examples/nordkurier-am-sund/2026-03-13-rourke-tarntal.html";
/// Characters that are two columns wide.
const JAPANESE: &str = "examples/kaiko-shimpo/2026-03-12-ferry-shisha.html";
/// From right to left.
const ARABIC: &str = "examples/almarsa/2026-03-12-danek-sarvo.html";

/// Holds what a command printed against its snapshot.
fn hold(name: &str, args: &[&str], output: &Output) {
    let mut printed = format!("$ onrecord {}\n{}", args.join(" "), stdout(output));
    if !output.stderr.is_empty() {
        printed.push_str(&format!("--- standard error\n{}", stderr(output)));
    }
    if output.status.code() != Some(0) {
        printed.push_str(&format!("--- exit status {}\n", output.status.code().unwrap()));
    }
    hold_text(name, &without_cursor(&printed));
}

/// A cursor counts the changes that an index has seen.
fn without_cursor(text: &str) -> String {
    const BEFORE: &str = "page: --after ";
    let Some((before, after)) = text.split_once(BEFORE) else { return text.to_owned() };
    let rest = after.find(char::is_whitespace).map_or("", |end| &after[end..]);
    format!("{before}{BEFORE}CURSOR{rest}")
}

fn hold_text(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

/// Runs a command on the examples and their archive, at 80 columns where it has a width.
fn hold_example(name: &str, args: &[&str]) {
    hold(name, args, &on_examples(args));
}

/// The first lines of a text.
fn first_lines(output: &Output, number: usize) -> Output {
    let kept: String = stdout(output).split_inclusive('\n').take(number).collect();
    Output { status: output.status, stdout: kept.into_bytes(), stderr: output.stderr.clone() }
}

/// A text without what differs from run to run: ids of annotations, times, sizes and folders.
fn steady(text: &str, folder: &Path) -> String {
    let text = text.replace(&*folder.to_string_lossy(), "FOLDER");
    let is_word = |char: char| char.is_ascii_alphanumeric() || matches!(char, ':' | '-' | '+');
    let mut out = String::new();
    let mut rest = text.as_str();
    while let Some(start) = rest.find(is_word) {
        let end = rest[start..].find(|char| !is_word(char)).map_or(rest.len(), |end| start + end);
        let word = &rest[start..end];
        out.push_str(&rest[..start]);
        let digits = word.bytes().filter(u8::is_ascii_digit).count();
        if digits == 14 && word.ends_with('Z') {
            out.push_str("TIME");
        } else if word.len() == 16 && word.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            out.push_str("ID");
        } else {
            out.push_str(word);
        }
        rest = &rest[end..];
    }
    out + rest
}

#[test]
fn helps() {
    for (name, help) in all_helps() {
        hold_text(
            &format!("help{}", name.trim_start_matches("onrecord").replace(" --help", "").replace(' ', "-")),
            &help,
        );
    }
}

#[test]
fn read() {
    let text = ["read", "--format", "text"];
    hold_example("read-text", &[&text[..], &[ENGLISH]].concat());
    hold_example("read-text-narrow", &[&text[..], &["--width", "40", ENGLISH]].concat());
    hold_example("read-text-colour", &[&text[..], &["--color", "always", ENGLISH]].concat());
    hold_example("read-text-furniture", &[&text[..], &["--show", "furniture", ENGLISH]].concat());
    hold_example("read-text-german", &[&text[..], &[GERMAN]].concat());
    hold_example("read-text-japanese", &[&text[..], &[JAPANESE]].concat());
    hold_example("read-text-arabic", &[&text[..], &[ARABIC]].concat());
    hold_example(
        "read-text-unreadable",
        &[&text[..], &["examples/nowhere.html", ENGLISH, "--until", "article"]].concat(),
    );
    hold_example("read-markdown", &["read", "--format", "markdown", ENGLISH]);
    hold_example("read-json", &["read", "--format", "json", "--layers", "sentences,entities,evidence", ENGLISH]);
    hold_example("read-jsonl", &["read", "--format", "jsonl", "--until", "article", ENGLISH, "examples/nowhere.html"]);
}

#[test]
fn parse() {
    let text = "Ada Reyes sailed to Lorne. \u{201c}It was late,\u{201d} she said.";
    for format in ["jsonl", "conllu"] {
        let args = ["parse", "--format", format, "-"];
        hold(&format!("parse-{format}"), &args, &with_input(&root(), &args, text.as_bytes()));
    }
}

#[test]
fn explain() {
    hold_example("explain-list", &["explain", ENGLISH]);
    hold_example("explain-field", &["explain", ENGLISH, "headline"]);
    hold_example("explain-fields", &["explain", ENGLISH, "authors"]);
    hold_example("explain-statement", &["explain", ENGLISH, "1"]);
    hold_example("explain-unknown", &["explain", ENGLISH, "99"]);
}

#[test]
fn statements() {
    for format in ["text", "jsonl", "csv", "annotations"] {
        hold_example(&format!("statements-pages-{format}"), &["statements", "--format", format, ENGLISH]);
        let args = ["statements", "--format", format, "--source", "unnamed", "--form", "direct"];
        hold(&format!("statements-archive-{format}"), &args, &first_lines(&on_examples(&args), 24));
    }
}

#[test]
fn sourcing() {
    for format in ["text", "jsonl", "csv"] {
        hold_example(&format!("sourcing-pages-{format}"), &["sourcing", "--format", format, ENGLISH, GERMAN]);
        hold_example(&format!("sourcing-archive-{format}"), &["sourcing", "--format", format, "--by", "month"]);
    }
}

#[test]
fn speakers() {
    for format in ["text", "jsonl", "csv"] {
        let args = ["speakers", "--format", format];
        hold(&format!("speakers-{format}"), &args, &first_lines(&on_examples(&args), 12));
    }
    hold_example("speakers-beginning", &["speakers", "--format", "text", "rey"]);
    hold_example("speakers-none", &["speakers", "--format", "text", "xyz"]);
}

#[test]
fn search() {
    for format in ["text", "jsonl", "csv"] {
        let args = ["search", "--format", format, "-n", "3", "radar log"];
        hold(&format!("search-{format}"), &args, &without_scores(on_examples(&args)));
        let args = ["search", "--find", "statements", "--format", format, "-n", "3", "radar"];
        hold(&format!("search-statements-{format}"), &args, &without_scores(on_examples(&args)));
    }
    hold_example("search-facets", &["search", "--format", "text", "-n", "1", "--facets", "ferry"]);
    hold_example("search-nothing", &["search", "--format", "text", "ferry date:1999"]);
    hold_example("search-misspelt", &["search", "--format", "text", "brekwater"]);
    hold_example("search-wrong", &["search", "ferry source:anonymous"]);
}

/// Scores, which stand last in every line, depend on how the index happens to be divided.
fn without_scores(output: Output) -> Output {
    let mut lines = String::new();
    for line in stdout(&output).lines() {
        let start = line.trim_end_matches(|char: char| char.is_ascii_digit() || matches!(char, '.' | '}'));
        let is_score = start.ends_with("\"score\":") || start.ends_with(',') && start.len() < line.len();
        lines.push_str(if is_score { start } else { line });
        lines.push_str(if is_score { "SCORE\n" } else { "\n" });
    }
    Output { stdout: lines.into_bytes(), ..output }
}

#[test]
fn export() {
    for table in ["articles", "statements"] {
        for format in ["csv", "jsonl"] {
            let args = ["export", "--table", table, "--format", format];
            hold(&format!("export-{table}-{format}"), &args, &first_lines(&on_examples(&args), 3));
        }
    }
    hold_example("export-columns", &["export", "--table", "columns"]);
}

#[test]
fn an_archive_and_what_is_written_in_it() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("pages")).unwrap();
    for (nth, page) in VERSIONS.iter().enumerate() {
        fs::copy(root().join(page), folder.path().join(format!("pages/{nth}.html"))).unwrap();
    }
    fs::write(folder.path().join("pages/empty.html"), "").unwrap();
    let run = |name: &str, args: &[&str]| {
        let mut output = command(folder.path(), args).output().unwrap();
        let printed = steady(&stdout(&output), folder.path());
        output.stdout = if name.contains("corrections") || name.contains("annotations") {
            // What was written in the same second is listed in the order of ids, which differ.
            let mut lines: Vec<&str> = printed.split_inclusive('\n').collect();
            lines.sort_unstable();
            lines.concat().into_bytes()
        } else {
            printed.into_bytes()
        };
        output.stderr = steady(&stderr(&output), folder.path()).into_bytes();
        hold(name, args, &output);
    };
    run("add", &["add", "pages"]);
    run("add-again", &["add", "pages/0.html"]);
    let read = stdout(&command(folder.path(), &["read", "--format", "jsonl", "pages/0.html"]).output().unwrap());
    let read: serde_json::Value = serde_json::from_str(&read).unwrap();
    let article = read["canonical_url"].as_str().unwrap().to_owned();
    run("versions-text", &["versions", &article]);
    run("versions-whole", &["versions", "--whole", &article]);
    run("versions-jsonl", &["versions", "--format", "jsonl", &article]);
    run("tag", &["tag", &article, "ferry", "--author", "Kit"]);
    run("note", &["note", &article, "Confirmed by phone.", "--statement", "1"]);
    run("correct", &["correct", &article, "1", "wrong"]);
    run("correct-speaker", &["correct", &article, "2", "--speaker", "Daniel Okafor"]);
    run("tag-remove", &["tag", "--remove", &article, "ferry"]);
    run("corrections", &["corrections"]);
    run("corrections-undone", &["corrections", "--undone"]);
    run("corrections-jsonl", &["corrections", "--format", "jsonl"]);
    run("corrections-orphaned", &["corrections", "--orphaned"]);
    run("export-annotations", &["export", "--table", "annotations"]);
    run("undo-unknown", &["undo", "ffff"]);
    run("archive-check", &["archive", "check"]);
    run("archive-verify", &["archive", "verify"]);
    run("archive-rebuild", &["archive", "rebuild"]);
    run("archive-reread", &["archive", "reread"]);
    run("archive-backup", &["archive", "backup", "copy"]);
    run("archive-remove", &["archive", "remove", "--reason", "court order", &article]);
    run("archive-add-removed", &["add", "pages/0.html"]);
    run("archive-merge", &["archive", "merge", "copy"]);
    run("archive-lift", &["archive", "remove", "--lift", &article]);
}

#[test]
fn archive_stats() {
    let folder = example_archive();
    for format in ["text", "jsonl"] {
        let args = ["archive", "stats", "--format", format];
        let mut output = on_examples(&args);
        output.stdout = without_sizes(&steady(&stdout(&output), folder)).into_bytes();
        hold(&format!("archive-stats-{format}"), &args, &output);
    }
}

/// Sizes of the database and the index depend on the libraries that write them.
fn without_sizes(stats: &str) -> String {
    let mut out = String::new();
    for line in stats.split_inclusive('\n') {
        if line.starts_with("disk space") {
            out.push_str("disk space    SIZES\n");
            continue;
        }
        let mut parts = line.split("_bytes\":");
        out.push_str(parts.next().unwrap_or_default());
        for part in parts {
            out.push_str("_bytes\":SIZE");
            out.push_str(part.trim_start_matches(|char: char| char.is_ascii_digit()));
        }
    }
    out.replace(&stored(stats), "STORED")
}

/// The words for the size of the stored pages, which depends on the library that packs them.
fn stored(stats: &str) -> String {
    let line = stats.lines().find(|line| line.starts_with("pages"));
    let words = line.and_then(|line| line.rsplit(", ").next()).unwrap_or("no such words");
    words.to_owned()
}

#[test]
fn messages() {
    let folder = tempfile::tempdir().unwrap();
    let cases: [(&str, &[&str]); 14] = [
        ("message-unknown-command", &["rede"]),
        ("message-no-path", &["read"]),
        ("message-unknown-format", &["read", "--format", "xml", "a.html"]),
        ("message-unknown-layer", &["read", "--layers", "words", "a.html"]),
        ("message-layers-as-text", &["read", "--format", "text", "--layers", "tokens", "nowhere.html"]),
        ("message-unknown-form", &["statements", "--form", "loud"]),
        ("message-unknown-source", &["statements", "--source", "loud"]),
        ("message-no-archive", &["search", "ferry"]),
        ("message-no-archive-to-correct", &["corrections"]),
        ("message-model", &["parse", "--model", "nowhere.bin", "a.txt"]),
        ("message-explain-nowhere", &["explain", "nowhere.html"]),
        ("message-annotations-as-csv", &["export", "--table", "annotations", "--format", "csv"]),
        ("message-desk-token", &["desk", "--listen", "0.0.0.0:0"]),
        ("message-cursor", &["search", "--after", "nothing", "ferry"]),
    ];
    for (name, args) in cases {
        let mut output = command(folder.path(), args).output().unwrap();
        output.stderr = steady(&stderr(&output), folder.path()).into_bytes();
        hold(name, args, &output);
    }
}
