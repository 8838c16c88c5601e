//! How much of the sourcing of the English example pages is read as somebody who read them says it is, as a table:
//!
//!     cargo test -p onrecord-reader --test reader sourcing -- --nocapture

use crate::support;
use onrecord_document::{Document, Media, SourceKind, Stage, Statement};
use onrecord_reader::read;
use onrecord_span::{Span, Text};
use serde_json::{Value, json};
use std::collections::HashSet;

/// What is compared of a statement.
const FIELDS: [&str; 3] = ["kind", "terms", "count"];

/// Least shares of the statements found whose kind, terms and count are right.
const LEAST: [f64; 3] = [0.90, 0.90, 0.97];

/// Most statements by "she" or "the minister" whose speaker may be taken for somebody else: a missing answer is forgiven.
const MOST_WRONG: usize = 3;

/// Statements of one type: marked, found, and of those found the right ones by field.
#[derive(Copy, Clone, Default)]
struct Tally {
    marked: usize,
    found: usize,
    right: [usize; FIELDS.len()],
    /// Of those said by somebody whom the article names, by a word that doesn't name them ("she", "the minister"): all of them,
    /// those whose speaker is right, and those who are taken for somebody else.
    referred: [usize; 3],
}

#[test]
fn sourcing_is_read_as_somebody_reads_it() {
    if !support::is_trained() {
        return;
    }
    let mut tallies = [("direct", Tally::default()), ("mixed", Tally::default()), ("indirect", Tally::default())];
    for path in support::examples() {
        let expected = std::fs::read_to_string(path.with_extension("expected.json")).unwrap();
        let expected: Value = serde_json::from_str(&expected).unwrap();
        if expected["language"] != "en" {
            continue;
        }
        let document = read(&support::capture(&path, Media::Html), Stage::Facts);
        let mut free: Vec<&Statement> = document.statements().iter().collect();
        for must in expected["statements"].as_array().unwrap() {
            let Some((_, tally)) = tallies.iter_mut().find(|(name, _)| must["type"] == *name) else { continue };
            tally.marked += 1;
            let Some(best) = nearest(&document, &free, must) else { continue };
            tally.found += 1;
            let statement = free.remove(best);
            for (right, field) in tally.right.iter_mut().zip(FIELDS) {
                *right += usize::from(stated(statement, field) == must[field]);
            }
            let names = |name: &str, words: &str| words.contains(name.rsplit(' ').next().unwrap_or(name));
            let (Some(name), Some(source)) = (must["speaker"].as_str(), must["source"].as_str()) else {
                continue;
            };
            if must["kind"] == "named_person" && !names(name, source) {
                let read = speaker(&document, statement);
                let another =
                    read.is_some_and(|read| read != name) && statement.sourcing.kind == SourceKind::NamedPerson;
                tally.referred[0] += 1;
                tally.referred[1] += usize::from(read == Some(name));
                tally.referred[2] += usize::from(another);
            }
        }
    }
    let mut all = Tally::default();
    for (_, tally) in &tallies {
        all.marked += tally.marked;
        all.found += tally.found;
        all.right.iter_mut().zip(tally.right).for_each(|(sum, right)| *sum += right);
        all.referred.iter_mut().zip(tally.referred).for_each(|(sum, count)| *sum += count);
    }
    println!(
        "{:10} {:>7} {:>7} {:>7} {:>7} {:>7} {:>9} {:>7} {:>7}",
        "statements", "marked", "found", "kind", "terms", "count", "by she/he", "right", "wrong"
    );
    for (name, tally) in tallies.iter().chain([&("all", all)]) {
        let [kind, terms, count] = tally.right.map(|right| right as f64 / tally.found.max(1) as f64);
        let [referred, right, wrong] = tally.referred;
        println!(
            "{name:10} {:7} {:7} {kind:7.3} {terms:7.3} {count:7.3} {referred:9} {right:7} {wrong:7}",
            tally.marked, tally.found
        );
    }
    for ((right, least), field) in all.right.iter().zip(LEAST).zip(FIELDS) {
        assert!(*right as f64 >= least * all.found as f64, "{field}: {right} of {}", all.found);
    }
    assert!(all.referred[2] <= MOST_WRONG, "{} of {} are taken for somebody else", all.referred[2], all.referred[0]);
}

/// The statement that is most like a statement: its content shares half of the words or more, and of those the one whose content
/// and source together share most.
fn nearest(document: &Document, statements: &[&Statement], statement: &Value) -> Option<usize> {
    let wanted = statement["content"].as_array()?.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" ");
    let (content, source) = (words(&wanted), words(statement["source"].as_str().unwrap_or_default()));
    let share = |spans: &[Span<Text>], wanted: &HashSet<String>| {
        let own = words(&spans.iter().map(|span| document.words(*span)).collect::<Vec<_>>().join(" "));
        2.0 * own.intersection(wanted).count() as f64 / (own.len() + wanted.len()).max(1) as f64
    };
    let shares = statements.iter().enumerate().filter_map(|(at, statement)| {
        let own = share(&statement.content, &content);
        (own >= 0.5).then(|| (own + share(&statement.source, &source), at))
    });
    shares.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1))).map(|(_, at)| at)
}

fn words(text: &str) -> HashSet<String> {
    text.split(|char: char| !char.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

/// The name of the chain that a statement's speaker is.
fn speaker<'a>(document: &'a Document, statement: &Statement) -> Option<&'a str> {
    let chain = document.layers.names.as_ref()?.items.get(statement.speaker?.name as usize)?;
    Some(document.words(chain.name))
}

/// A field of a statement's sourcing, as the expectations write it.
fn stated(statement: &Statement, field: &str) -> Value {
    let sourcing = &statement.sourcing;
    match field {
        "kind" => json!(sourcing.kind.name()),
        "terms" => json!(sourcing.terms.name()),
        _ => json!(sourcing.count.map(|count| json!({"min": count.min, "max": count.max, "exact": count.exact}))),
    }
}
