//! The tree-construction tests of html5lib, scripting off.
//!
//! They lie in `shared/` beside the workspace; where that is absent, the test says so and is skipped.

use std::fs;
use std::path::{Path, PathBuf};

use onrecord_html::{parse, parse_fragment};

/// Tests that cannot pass, by what their source contains, and why.
const EXCEPTIONS: &[(&str, &str)] = &[(
    "<selectedcontent>",
    "browsers clone the chosen option into `selectedcontent` after parsing it; here no words stand in the tree twice",
)];

struct Case {
    data: String,
    context: Option<String>,
    script_on: bool,
    expected: String,
}

/// The sections of a test file: each test begins with `#data`.
fn cases(file: &str) -> Vec<Case> {
    let mut cases = Vec::new();
    let mut lines = file.split('\n').peekable();
    while let Some(line) = lines.next() {
        if line != "#data" {
            continue;
        }
        let mut section = "#data".to_string();
        let mut data = Vec::new();
        let mut context = None;
        let mut script_on = false;
        let mut expected = Vec::new();
        while let Some(&line) = lines.peek() {
            if line == "#data" && section == "#document" {
                break;
            }
            lines.next();
            let is_header = matches!(
                line,
                "#errors" | "#new-errors" | "#document-fragment" | "#script-on" | "#script-off" | "#document"
            );
            if is_header && section != "#document" {
                section = line.to_string();
                script_on |= line == "#script-on";
                continue;
            }
            match section.as_str() {
                "#data" => data.push(line),
                "#document-fragment" => context = Some(line.to_string()),
                "#document" => expected.push(line),
                _ => {}
            }
        }
        while expected.last() == Some(&"") {
            expected.pop();
        }
        cases.push(Case { data: data.join("\n"), context, script_on, expected: expected.join("\n") });
    }
    cases
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/html5lib/tree-construction")
}

#[test]
fn trees_are_those_of_the_standard() {
    let Ok(entries) = fs::read_dir(folder()) else {
        // Straight to stderr: the test runner keeps what eprintln prints to itself.
        let _ = std::io::Write::write_fmt(
            &mut std::io::stderr(),
            format_args!("skipped: no html5lib tests at {}\n", folder().display()),
        );
        return;
    };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "dat"));
    paths.sort();
    let (mut run, mut failed, mut excepted) = (0, Vec::new(), 0);
    for path in paths {
        let bytes = fs::read(&path).unwrap();
        let file = String::from_utf8_lossy(&bytes);
        for case in cases(&file) {
            if case.script_on {
                continue;
            }
            let tree = match &case.context {
                Some(context) => parse_fragment(&case.data, context),
                None => parse(&case.data),
            };
            let found = crate::dump::dump(&tree);
            let exception = EXCEPTIONS.iter().find(|(part, _reason)| case.data.contains(part));
            run += 1;
            if found.trim_end_matches('\n') != case.expected {
                match exception {
                    Some(_) => excepted += 1,
                    None => failed.push(format!(
                        "{}\n{}\n({:?})\nexpected:\n{}\nfound:\n{found}",
                        path.display(),
                        case.data,
                        case.context,
                        case.expected
                    )),
                }
            }
        }
    }
    eprintln!("{run} trees, {} differ, {excepted} exceptions", failed.len());
    assert!(run > 1600, "only {run} tests were found");
    assert!(excepted * 200 <= run, "{excepted} of {run} are excepted");
    assert!(failed.is_empty(), "{}", failed.join("\n\n"));
}
