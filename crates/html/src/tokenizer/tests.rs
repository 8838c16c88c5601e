//! The tokenizer tests of html5lib. They lie in `shared/` beside the workspace; where that is
//! absent, the test says so and is skipped.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};

use super::{State, Tag, Token, Tokenizer};
use crate::names::{HASH_START, hash_byte};
use crate::references::{Coding, Nul, decode};

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

fn push_text(out: &mut Vec<Value>, text: &str) {
    if let Some(last) = out.last_mut()
        && last[0] == "Character"
    {
        let joint = format!("{}{text}", last[1].as_str().unwrap());
        last[1] = json!(joint);
    } else {
        out.push(json!(["Character", text]));
    }
}

fn tag_attributes(tokenizer: &Tokenizer, tag: Tag) -> Map<String, Value> {
    tokenizer.attrs[tag.attrs..]
        .iter()
        .map(|attr| {
            let raw = &tokenizer.source[attr.start as usize..attr.end as usize];
            (tokenizer.names.text(attr.name).to_string(), json!(decode(raw, Coding::ATTRIBUTE)))
        })
        .collect()
}

fn tokens(source: &str, state: &str, last_start_tag: Option<&str>) -> Value {
    let mut tokenizer = Tokenizer::new(source);
    let last = last_start_tag.map(|name| {
        let hash = name.bytes().fold(HASH_START, hash_byte);
        tokenizer.names.intern(name, hash).unwrap()
    });
    tokenizer.state = match state {
        "Data state" => State::Data,
        "PLAINTEXT state" => State::Plaintext,
        "RCDATA state" => State::Rcdata(last),
        "RAWTEXT state" => State::Rawtext(last),
        "Script data state" => State::Script(last),
        "CDATA section state" => State::Cdata,
        other => panic!("unknown state {other}"),
    };
    let mut out = Vec::new();
    loop {
        match tokenizer.next() {
            Token::Text(text) => push_text(&mut out, &decode(&source[text.start..text.end], text.coding(Nul::Keep))),
            Token::StartTag(tag) => {
                let name = tokenizer.names.text(tag.name);
                let attributes = tag_attributes(&tokenizer, tag);
                out.push(if tag.self_closing {
                    json!(["StartTag", name, attributes, true])
                } else {
                    json!(["StartTag", name, attributes])
                });
            }
            Token::EndTag(tag) => out.push(json!(["EndTag", tokenizer.names.text(tag.name)])),
            Token::Comment(comment) => {
                let data = &source[comment.data_start..comment.data_end];
                out.push(json!(["Comment", decode(data, Coding::RAW)]));
            }
            Token::Doctype { .. } => {
                let doctype = tokenizer.doctype.take().unwrap();
                out.push(json!(["DOCTYPE", doctype.name, doctype.public_id, doctype.system_id, !doctype.force_quirks]));
            }
            Token::EndOfPage => return Value::Array(out),
        }
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
