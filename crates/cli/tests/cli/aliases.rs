//! Spellings of version 1 mean the same as the new ones, say nothing, and are shown nowhere.

use crate::support::{on_examples, onrecord, root, stderr, stdout};

const PAGE: &str = "examples/ellery-courier/2026-03-09-ferry-strikes-breakwater.html";

/// A command line in version 1, and the same in version 2.
const ALIASES: &[(&[&str], &[&str])] = &[
    (&["quotes", "--kind", "direct", PAGE], &["statements", "--form", "direct", PAGE]),
    (&["quotes", "--kind", "indirect"], &["statements", "--form", "indirect"]),
    (&["quotes", "--format", "csv"], &["statements", "--format", "csv"]),
    (&["search", "--kind", "quotes", "radar"], &["search", "--find", "statements", "radar"]),
    (&["search", "-k", "articles", "radar"], &["search", "--find", "articles", "radar"]),
    (&["search", "--find", "statements", "kind:direct"], &["search", "--find", "statements", "form:direct"]),
    (&["export", "--table", "quotes", "--format", "csv"], &["export", "--table", "statements", "--format", "csv"]),
    (&["read", "--layers", "chains", PAGE], &["read", PAGE]),
    (&["read", "--layers", "chains,sentences", PAGE], &["read", "--layers", "sentences", PAGE]),
];

#[test]
fn old_spellings_mean_the_same_and_say_nothing() {
    for (old, new) in ALIASES {
        let (old_output, new_output) = (on_examples(old), on_examples(new));
        assert_eq!(old_output.status.code(), Some(0), "{old:?}: {}", stderr(&old_output));
        assert!(old_output.stdout.len() > 100, "{old:?} prints next to nothing");
        assert!(old_output.stdout == new_output.stdout, "{old:?} and {new:?} differ");
        assert_eq!(stderr(&old_output), stderr(&new_output), "{old:?}");
    }
}

#[test]
fn old_spellings_are_shown_nowhere() {
    let folder = tempfile::tempdir().unwrap();
    let mut shown = vec![stdout(&onrecord(&root(), &["--help"]))];
    for command in ["statements", "search", "export", "read"] {
        shown.push(stdout(&onrecord(&root(), &[command, "--help"])));
    }
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        shown.push(stdout(&onrecord(&root(), &["completions", shell])));
    }
    assert!(onrecord(folder.path(), &["man", "--dir", "man"]).status.success());
    for page in std::fs::read_dir(folder.path().join("man")).unwrap().flatten() {
        shown.push(std::fs::read_to_string(page.path()).unwrap());
    }
    for text in &shown {
        for old in ["quotes", "chains", "--kind", r"\-\-kind", "-kind"] {
            let at = text.find(old);
            assert_eq!(
                at,
                None,
                "{old} in …{}…",
                at.map_or("", |at| &text[at.saturating_sub(60)..(at + 60).min(text.len())])
            );
        }
    }
}
