//! The tokenizer tests of html5lib. They lie in `shared/` beside the workspace; where that is
//! absent, the test says so and is skipped.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};

use super::spelled::{FirstState, Spelled, spelled_tokens};

/// Undoes the second layer of escapes of some tests; `None` for lone surrogates, which no `str` can hold.
fn unescape(text: &str) -> Option<String> {
    let mut units = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find("\\u") {
        units.extend(rest[..at].encode_utf16());
        units.push(u16::from_str_radix(&rest[at + 2..at + 6], 16).unwrap());
        rest = &rest[at + 6..];
    }
    units.extend(rest.encode_utf16());
    String::from_utf16(&units).ok()
}

fn unescape_value(value: &Value) -> Option<Value> {
    Some(match value {
        Value::String(text) => Value::String(unescape(text)?),
        Value::Array(values) => Value::Array(values.iter().map(unescape_value).collect::<Option<_>>()?),
        Value::Object(map) => {
            let mut unescaped = Map::new();
            for (name, value) in map {
                unescaped.insert(unescape(name)?, unescape_value(value)?);
            }
            Value::Object(unescaped)
        }
        other => other.clone(),
    })
}

fn tokens(source: &str, state: &str, last_start_tag: Option<&str>) -> Value {
    let start = match state {
        "Data state" => FirstState::Data,
        "PLAINTEXT state" => FirstState::Plaintext,
        "RCDATA state" => FirstState::Rcdata,
        "RAWTEXT state" => FirstState::Rawtext,
        "Script data state" => FirstState::Script,
        "CDATA section state" => FirstState::Cdata,
        other => panic!("unknown state {other}"),
    };
    spelled_tokens(source, start, last_start_tag).into_iter().map(|token| written(&token)).collect()
}

/// A token as the tests write it.
fn written(token: &Spelled) -> Value {
    match token {
        Spelled::Doctype { name, public_id, system_id, force_quirks } => {
            json!(["DOCTYPE", name, public_id, system_id, !force_quirks])
        }
        Spelled::StartTag(name, attributes, self_closing) => {
            let attributes: Map<String, Value> =
                attributes.iter().map(|(name, value)| (name.clone(), json!(value))).collect();
            if *self_closing {
                json!(["StartTag", name, attributes, true])
            } else {
                json!(["StartTag", name, attributes])
            }
        }
        Spelled::EndTag(name) => json!(["EndTag", name]),
        Spelled::Comment(comment) => json!(["Comment", comment]),
        Spelled::Text(text) => json!(["Character", text]),
    }
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/html5lib/tokenizer")
}

#[test]
fn tokens_are_those_of_the_standard() {
    let Ok(entries) = fs::read_dir(folder()) else {
        // Straight to stderr: the test runner keeps what eprintln prints to itself.
        let _ = std::io::Write::write_fmt(
            &mut std::io::stderr(),
            format_args!("skipped: no html5lib tests at {}\n", folder().display()),
        );
        return;
    };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "test"));
    paths.sort();
    let (mut run, mut surrogates, mut failed) = (0, 0, Vec::new());
    for path in paths {
        let file: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
        // The tests under "xmlViolationTests" are for parsers that make XML of the page.
        let Some(tests) = file["tests"].as_array() else { continue };
        for test in tests {
            let doubly = test["doubleEscaped"] == true;
            let test = if doubly { unescape_value(test) } else { Some(test.clone()) };
            let Some(test) = test else {
                surrogates += 1;
                continue;
            };
            let states = match test["initialStates"].as_array() {
                Some(states) => states.iter().map(|state| state.as_str().unwrap()).collect(),
                None => vec!["Data state"],
            };
            for state in states {
                run += 1;
                let found = tokens(test["input"].as_str().unwrap(), state, test["lastStartTag"].as_str());
                if found != test["output"] {
                    failed.push(format!(
                        "{} {} in {state}\n{:?}\nexpected {}\nfound    {found}",
                        path.display(),
                        test["description"],
                        test["input"],
                        test["output"]
                    ));
                }
            }
        }
    }
    eprintln!("{run} runs, {} differ; {surrogates} tests hold lone surrogates", failed.len());
    assert!(run > 6800 && surrogates <= 4, "{run} runs, {surrogates} with lone surrogates");
    assert!(failed.is_empty(), "{}", failed.join("\n\n"));
}
