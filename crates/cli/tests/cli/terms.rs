//! Everything that people read uses the words of docs/terms.md.

use crate::desk::Desk;
use crate::support::{onrecord, root, stdout};
use std::fs;

/// A word that is not to be used.
struct Banned {
    words: String,
    /// Longer phrases in which it may stand.
    except: Vec<String>,
    /// What to write.
    instead: String,
}

/// The rows of the tables in docs/terms.md.
fn banned() -> Vec<Banned> {
    let terms = fs::read_to_string(root().join("docs/terms.md")).unwrap();
    let mut banned = Vec::new();
    for table in terms.split("\n\n").filter(|paragraph| paragraph.starts_with('|')) {
        let mut rows = table.lines().map(|row| row.trim_matches('|').split('|').map(str::trim).collect::<Vec<_>>());
        let heads = rows.next().unwrap();
        let column = |name: &str| heads.iter().position(|head| *head == name);
        for row in rows.skip(1) {
            let quoted = |name: &str| {
                let cell = column(name).map_or("", |at| row[at]);
                cell.split('`').skip(1).step_by(2).map(str::to_lowercase).collect::<Vec<_>>()
            };
            for words in quoted("Not") {
                banned.push(Banned { words, except: quoted("Except in"), instead: row[0].to_owned() });
            }
        }
    }
    banned
}

/// The lines of a text that use a word that is not to be used.
fn misuses(name: &str, text: &str, banned: &[Banned]) -> Vec<String> {
    let mut found = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let line = line.to_lowercase();
        for Banned { words, except, instead } in banned {
            let line = except.iter().fold(line.clone(), |line, phrase| line.replace(phrase, ""));
            if line.match_indices(words).any(|(at, _)| stands_alone(&line, at, words)) {
                found.push(format!("{name}:{}: {words} (write: {instead}): {}", number + 1, line.trim()));
            }
        }
    }
    found
}

fn stands_alone(line: &str, at: usize, words: &str) -> bool {
    let is_part = |char: char| char.is_alphanumeric() || char == '_';
    let before = line[..at].chars().next_back();
    let after = line[at + words.len()..].chars().next();
    !before.is_some_and(is_part) && !after.is_some_and(is_part)
}

/// The help of a command and of all commands under it.
fn helps(path: &[&str], helps_of: &mut Vec<(String, String)>) {
    let help = stdout(&onrecord(&root(), &[path, &["--help"]].concat()));
    let commands = help.split_once("\nCommands:\n").map_or("", |(_, rest)| rest.split("\n\n").next().unwrap());
    let names = commands.lines().filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    for name in names.filter_map(|line| line.split_whitespace().next()) {
        helps(&[path, &[name]].concat(), helps_of);
    }
    helps_of.push(([&["onrecord"], path, &["--help"]].concat().join(" "), help));
}

/// The help of every command, each under the command line that prints it.
pub fn all_helps() -> Vec<(String, String)> {
    let mut all = Vec::new();
    helps(&[], &mut all);
    assert!(all.len() > 25, "only {} commands were found", all.len());
    all
}

#[test]
fn documents_and_helps_use_the_terms() {
    let banned = banned();
    assert!(banned.len() > 15);
    let mut texts = vec![("README.md".to_owned(), fs::read_to_string(root().join("README.md")).unwrap())];
    for entry in fs::read_dir(root().join("docs")).unwrap().flatten() {
        let name = entry.file_name().into_string().unwrap();
        if name.ends_with(".md") && name != "terms.md" {
            texts.push((format!("docs/{name}"), fs::read_to_string(entry.path()).unwrap()));
        }
    }
    texts.extend(all_helps());
    let found: Vec<String> = texts.iter().flat_map(|(name, text)| misuses(name, text, &banned)).collect();
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

#[test]
fn schema_and_api_use_the_terms() {
    let schema = serde_json::to_string_pretty(&onrecord_record::schema()).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let answer = Desk::open(folder.path(), &[]).get("/api/v1/openapi.json");
    let (head, api) = answer.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("HTTP/1.1 200") && api.contains("\"openapi\""), "{answer}");
    let api = api.replace(",\"", ",\n\"");
    let banned = banned();
    let found = [misuses("schema", &schema, &banned), misuses("openapi", &api, &banned)].concat();
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

#[test]
fn a_word_in_a_longer_word_or_an_allowed_phrase_is_no_misuse() {
    let banned = [Banned { words: "quote".into(), except: vec!["pull quote".into()], instead: "statement".into() }];
    assert!(misuses("a", "block_quote, quoted, a pull quote, misquote", &banned).is_empty());
    assert_eq!(misuses("a", "one\nA Quote.", &banned), ["a:2: quote (write: statement): a quote."]);
}
