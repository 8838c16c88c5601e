//! Asking an archive on the command line, and the tables that go out of it.

use crate::support::{json_lines as lines, on_examples, root, stderr, stdout};
use std::path::{Path, PathBuf};
use std::process::Command;

fn printed(args: &[&str]) -> String {
    let output = on_examples(args);
    assert!(output.status.success(), "{args:?}: {}", stderr(&output));
    stdout(&output)
}

#[test]
fn what_was_added_is_found_counted_and_written_out() {
    let folder = tempfile::tempdir().unwrap();
    let text = printed(&["search", "--format", "text", "--facets", "ferry", "breakwater"]);
    assert!(text.contains(" articles\n") && text.contains("Outlets: ") && text.contains("Speakers: "), "{text}");
    let found = lines(&printed(&["search", "--find", "statements", "source:named"]));
    assert!(found.len() > 10 && found.iter().all(|line| line["kind"].as_str().unwrap().starts_with("named_")));

    // The same statements in every table.
    let statements = lines(&printed(&["statements"]));
    let rows = lines(&printed(&["export", "--table", "statements"]));
    assert_eq!(statements.len(), rows.len());
    let articles = lines(&printed(&["export"]));
    let read = articles.iter().map(|line| line["statements"].as_array().unwrap().len()).sum::<usize>();
    assert_eq!(read, rows.len());
    let ids: Vec<&str> = articles.iter().map(|line| line["id"].as_str().unwrap()).collect();
    assert!(ids.is_sorted());
    let sourcing = lines(&printed(&["sourcing"]));
    let counted: u64 = sourcing.iter().map(|line| line["statements"].as_u64().unwrap()).sum();
    assert_eq!(counted, rows.len() as u64);
    let speakers = lines(&printed(&["speakers"]));
    assert!(!speakers.is_empty());

    tables_open_elsewhere(folder.path(), rows.len(), articles.len());
}

#[test]
fn a_search_that_is_wrong_or_finds_nothing_says_what_would_work() {
    let wrong = on_examples(&["search", "ferry", "source:anonymous"]);
    assert_eq!(wrong.status.code(), Some(1));
    let said = String::from_utf8(wrong.stderr).unwrap();
    assert!(said.contains("character 14") && said.ends_with("\n                 ^\n"), "{said}");
    let nothing = on_examples(&["search", "--format", "text", "ferry", "date:1999"]);
    assert_eq!(nothing.status.code(), Some(2));
    let said = String::from_utf8(nothing.stdout).unwrap();
    assert!(said.starts_with("No article matches.\n") && said.contains("Without date:1999 there are"), "{said}");
}

/// Opens the tables with pandas, polars and DuckDB, where the test command has set up a Python that has them in
/// `target/archive-tools`.
fn tables_open_elsewhere(folder: &Path, statements: usize, articles: usize) {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from);
    let python = target.join("archive-tools/bin/python");
    let tools = "import pandas, pyarrow, polars, duckdb";
    if !Command::new(&python).args(["-c", tools]).status().is_ok_and(|status| status.success()) {
        eprintln!("skipped: no Python with pandas, polars and DuckDB in {} (./dev test sets it up)", target.display());
        return;
    }
    for table in ["articles", "statements"] {
        for format in ["csv", "parquet"] {
            let file = folder.join(format!("{table}.{format}"));
            printed(&["export", "--table", table, "--format", format, "--out", file.to_str().unwrap()]);
        }
    }
    let script = root().join("crates/cli/tests/cli/tables.py");
    let opened =
        Command::new(python).arg(script).arg(folder).args([statements.to_string(), articles.to_string()]).output();
    let opened = opened.unwrap();
    assert!(opened.status.success(), "{}", String::from_utf8_lossy(&opened.stderr));
}
