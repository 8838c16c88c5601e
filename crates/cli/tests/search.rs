//! Asking an archive on the command line, and the tables that go out of it.
#![allow(clippy::unwrap_used)] // a panic is how a test reports

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn onrecord(archive: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_onrecord"));
    command.args(arguments).arg("--archive").arg(archive).current_dir(root()).env_remove("ONRECORD_ARCHIVE");
    command.output().unwrap()
}

fn printed(archive: &Path, arguments: &[&str]) -> String {
    let output = onrecord(archive, arguments);
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{arguments:?}: {errors}");
    String::from_utf8(output.stdout).unwrap()
}

fn lines(text: &str) -> Vec<serde_json::Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// An archive of the examples.
fn examples() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("archive");
    printed(&place, &["add", "examples"]);
    (folder, place)
}

#[test]
fn what_was_added_is_found_counted_and_written_out() {
    let (folder, archive) = examples();
    let text = printed(&archive, &["search", "--format", "text", "--facets", "ferry", "breakwater"]);
    assert!(text.contains(" articles\n") && text.contains("Outlets: ") && text.contains("Speakers: "), "{text}");
    let found = lines(&printed(&archive, &["search", "--kind", "quotes", "source:named"]));
    assert!(found.len() > 10 && found.iter().all(|line| line["source_kind"].as_str().unwrap().starts_with("named_")));

    // The same statements in every table.
    let statements = lines(&printed(&archive, &["quotes"]));
    let rows = lines(&printed(&archive, &["export", "--table", "quotes"]));
    assert_eq!(statements.len(), rows.len());
    let articles = lines(&printed(&archive, &["export"]));
    let read = articles.iter().map(|line| line["quotes"].as_array().unwrap().len()).sum::<usize>();
    assert_eq!(read, rows.len());
    let ids: Vec<&str> = articles.iter().map(|line| line["id"].as_str().unwrap()).collect();
    assert!(ids.is_sorted());
    let sourcing = lines(&printed(&archive, &["sourcing"]));
    let counted: u64 = sourcing.iter().map(|line| line["statements"].as_u64().unwrap()).sum();
    assert_eq!(counted, rows.len() as u64);
    let speakers = lines(&printed(&archive, &["speakers"]));
    assert!(!speakers.is_empty());

    tables_open_elsewhere(folder.path(), &archive, rows.len(), articles.len());
}

#[test]
fn a_search_that_is_wrong_or_finds_nothing_says_what_would_work() {
    let (_folder, archive) = examples();
    let wrong = onrecord(&archive, &["search", "ferry", "source:anonymous"]);
    assert_eq!(wrong.status.code(), Some(1));
    let said = String::from_utf8(wrong.stderr).unwrap();
    assert!(said.contains("character 14") && said.ends_with("\n                 ^\n"), "{said}");
    let nothing = onrecord(&archive, &["search", "--format", "text", "ferry", "date:1999"]);
    assert_eq!(nothing.status.code(), Some(2));
    let said = String::from_utf8(nothing.stdout).unwrap();
    assert!(said.starts_with("No article matches.\n") && said.contains("Without date:1999 there are"), "{said}");
}

/// Opens the tables with pandas, polars and DuckDB, where the test command has set up a Python that has them in
/// `target/archive-tools`.
fn tables_open_elsewhere(folder: &Path, archive: &Path, statements: usize, articles: usize) {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from);
    let python = target.join("archive-tools/bin/python");
    let tools = "import pandas, pyarrow, polars, duckdb";
    if !Command::new(&python).args(["-c", tools]).status().is_ok_and(|status| status.success()) {
        eprintln!("skipped: no Python with pandas, polars and DuckDB in {} (./dev test sets it up)", target.display());
        return;
    }
    for table in ["articles", "quotes"] {
        for format in ["csv", "parquet"] {
            let file = folder.join(format!("{table}.{format}"));
            printed(archive, &["export", "--table", table, "--format", format, "--out", file.to_str().unwrap()]);
        }
    }
    let script = root().join("crates/cli/tests/tables.py");
    let opened =
        Command::new(python).arg(script).arg(folder).args([statements.to_string(), articles.to_string()]).output();
    let opened = opened.unwrap();
    assert!(opened.status.success(), "{}", String::from_utf8_lossy(&opened.stderr));
}
