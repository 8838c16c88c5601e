//! How much of the sourcing of the English example pages is read as somebody who read them says it is, as a table:
//!
//!     cargo test -p onrecord-reader --test sourcing -- --nocapture

#![allow(clippy::unwrap_used)] // a test that can't read its input fails

mod support;

use onrecord_document::{Document, Media, Quote};
use onrecord_reader::{Until, read};
use onrecord_span::{Span, Text};
use serde_json::{Value, json};
use std::collections::HashSet;

/// What is compared of a statement.
const FIELDS: [&str; 3] = ["kind", "terms", "count"];

/// Least shares of the statements found whose kind, terms and count are right: what is reached, to be raised with the reader.
/// The aim is .90 of each.
const LEAST: [f64; 3] = [0.85, 0.86, 0.96];

/// Statements of one type: marked, found, and of those found the right ones by field.
#[derive(Copy, Clone, Default)]
struct Tally {
    marked: usize,
    found: usize,
    right: [usize; FIELDS.len()],
}

#[test]
fn sourcing_is_read_as_somebody_reads_it() {
    let mut tallies = [("direct", Tally::default()), ("mixed", Tally::default()), ("indirect", Tally::default())];
    for path in support::examples() {
        let expected = std::fs::read_to_string(path.with_extension("expected.json")).unwrap();
        let expected: Value = serde_json::from_str(&expected).unwrap();
        if expected["language"] != "en" {
            continue;
        }
        let document = read(&support::capture(&path, Media::Html), Until::Facts);
        let mut free: Vec<&Quote> = document.layers.quotes.iter().flat_map(|layer| &layer.items).collect();
        for statement in expected["statements"].as_array().unwrap() {
            let Some((_, tally)) = tallies.iter_mut().find(|(name, _)| statement["type"] == *name) else { continue };
            tally.marked += 1;
            let Some(best) = nearest(&document, &free, statement) else { continue };
            tally.found += 1;
            let quote = free.remove(best);
            for (right, field) in tally.right.iter_mut().zip(FIELDS) {
                *right += usize::from(stated(quote, field) == statement[field]);
            }
        }
    }
    let mut all = Tally::default();
    for (_, tally) in &tallies {
        all.marked += tally.marked;
        all.found += tally.found;
        all.right.iter_mut().zip(tally.right).for_each(|(sum, right)| *sum += right);
    }
    println!("{:10} {:>7} {:>7} {:>7} {:>7} {:>7}", "statements", "marked", "found", "kind", "terms", "count");
    for (name, tally) in tallies.iter().chain([&("all", all)]) {
        let [kind, terms, count] = tally.right.map(|right| right as f64 / tally.found.max(1) as f64);
        println!("{name:10} {:7} {:7} {kind:7.3} {terms:7.3} {count:7.3}", tally.marked, tally.found);
    }
    for ((right, least), field) in all.right.iter().zip(LEAST).zip(FIELDS) {
        assert!(*right as f64 >= least * all.found as f64, "{field}: {right} of {}", all.found);
    }
}

/// The quote that is most like a statement: its content shares half of the words or more, and of those the one whose content
/// and source together share most.
fn nearest(document: &Document, quotes: &[&Quote], statement: &Value) -> Option<usize> {
    let wanted = statement["content"].as_array()?.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" ");
    let (content, source) = (words(&wanted), words(statement["source"].as_str().unwrap_or_default()));
    let share = |spans: &[Span<Text>], wanted: &HashSet<String>| {
        let own = words(&spans.iter().map(|span| document.words(*span)).collect::<Vec<_>>().join(" "));
        2.0 * own.intersection(wanted).count() as f64 / (own.len() + wanted.len()).max(1) as f64
    };
    let shares = quotes.iter().enumerate().filter_map(|(at, quote)| {
        let own = share(&quote.content, &content);
        (own >= 0.5).then(|| (own + share(&quote.source, &source), at))
    });
    shares.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1))).map(|(_, at)| at)
}

fn words(text: &str) -> HashSet<String> {
    text.split(|char: char| !char.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

/// A field of a quote's sourcing, as the expectations write it.
fn stated(quote: &Quote, field: &str) -> Value {
    let sourcing = &quote.sourcing;
    match field {
        "kind" => json!(sourcing.kind.name()),
        "terms" => json!(sourcing.terms.name()),
        _ => json!(sourcing.count.map(|count| json!({"min": count.min, "max": count.max, "exact": count.exact}))),
    }
}
