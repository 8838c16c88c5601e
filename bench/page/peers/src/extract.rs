//! Reading articles out of pages, by Onrecord and by the crates among its peers.

use dom_smoothie::{Config, Readability, TextMode};
use onrecord_document::{LayerKind, LayerSet, Stage, Capture, Media};
use onrecord_reader::{ARTICLE, FACTS, LANGUAGE};
use onrecord_record::{Line, Producers, Show};
use onrecord_span::PageBytes;
use serde_json::{Value, json};
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::clock::timed;

/// Reads the page with this id and these bytes: one line of predictions and nanoseconds; `None` where the tool fails.
pub type Extract = fn(&str, &[u8]) -> (Option<Vec<u8>>, u64);

/// The tools by name.
pub const TOOLS: &[(&str, Extract)] = &[
    ("onrecord", |id, page| onrecord(id, page, Stage::Article, &Show::default())),
    ("onrecord-facts", |id, page| onrecord(id, page, Stage::Facts, &FACTS_SHOWN)),
    ("trafilatura-crate", trafilatura),
    ("dom_smoothie", dom_smoothie),
];

/// What quoting shows.
const FACTS_SHOWN: Show = Show { layers: LayerSet::of(&[LayerKind::Sentences]), evidence: true };

/// From bytes to the whole line as it is printed, hash and JSON and all.
fn onrecord(id: &str, page: &[u8], until: Stage, show: &Show) -> (Option<Vec<u8>>, u64) {
    let producers = Producers {
        article: Some(ARTICLE.version),
        language: (until >= Stage::Language).then_some(LANGUAGE.version),
        facts: (until == Stage::Facts).then_some(FACTS.version),
    };
    let owned = page.to_vec();
    timed(move || {
        let capture = Capture::new(id, PageBytes::new(owned)?, Media::Html);
        let document = onrecord_reader::read(&capture, until);
        let mut line = Vec::new();
        Line::of(&document, show, &producers).write(&mut line).ok()?;
        Some(line)
    })
}

/// Its text, title, author and date. It takes text alone: the page is decoded for it, at no charge.
fn trafilatura(id: &str, page: &[u8]) -> (Option<Vec<u8>>, u64) {
    let text = onrecord_html::decode(page, None).text;
    let options = ::trafilatura::Options::default().with_fallback(true).with_exclude_comments(true);
    let (result, time) = timed(|| caught(|| ::trafilatura::extract(&text, &options).ok()));
    let line = result.map(|result| {
        let data = result.metadata;
        let date = data.date.map(|date| date.to_string());
        prediction(id, &result.content_text, &data.title, date.as_deref(), Some(data.author.as_str()))
    });
    (line, time)
}

/// As [`trafilatura`].
fn dom_smoothie(id: &str, page: &[u8]) -> (Option<Vec<u8>>, u64) {
    let text = onrecord_html::decode(page, None).text;
    // Without this mode it glues the words of neighbouring blocks together.
    let config = Config { text_mode: TextMode::Formatted, ..Config::default() };
    let (article, time) = timed(|| caught(|| Readability::new(&*text, None, Some(config)).ok()?.parse().ok()));
    let line = article.map(|article| {
        let (date, byline) = (article.published_time.as_deref(), article.byline.as_deref());
        prediction(id, &article.text_content, &article.title, date, byline)
    });
    (line, time)
}

/// What some work gives, or `None` if it panics.
fn caught<T>(work: impl FnOnce() -> Option<T>) -> Option<T> {
    catch_unwind(AssertUnwindSafe(work)).ok().flatten()
}

/// A line of predictions, with null for what is empty.
fn prediction(id: &str, text: &str, title: &str, date: Option<&str>, authors: Option<&str>) -> Vec<u8> {
    let filled = |value: Option<&str>| value.filter(|value| !value.is_empty()).map_or(Value::Null, Value::from);
    json!({
        "id": id,
        "text": text,
        "title": filled(Some(title)),
        "date": filled(date),
        "authors": filled(authors),
    })
    .to_string()
    .into_bytes()
}

#[cfg(test)]
mod tests {
    use super::TOOLS;
    use serde_json::Value;

    const PAGE: &str = "<!doctype html><html lang=en><head><meta charset=utf-8><title>Ferry hits breakwater</title>\
        <meta property='article:published_time' content='2026-03-09T21:15:00+01:00'></head><body><article>\
        <h1>Ferry hits breakwater</h1>";

    #[test]
    fn every_tool_reads_a_plain_page() {
        let sentence = "The car ferry Saint Brannoc hit the breakwater of Port Ellery in fog on Monday evening, and the \
            harbour master said that the crew had sent for help at once, two boats reaching it within the hour. ";
        let page = format!("{PAGE}{}</article></body></html>", format!("<p>{sentence}</p>").repeat(8));
        for (name, extract) in TOOLS {
            let (line, time) = extract("ferry.html", page.as_bytes());
            let line: Value = serde_json::from_slice(&line.unwrap()).unwrap();
            assert_eq!(line["id"], "ferry.html", "{name}");
            assert!(line["text"].as_str().unwrap().contains("hit the breakwater of Port Ellery in fog"), "{name}");
            assert!(time > 0, "{name}");
        }
    }
}
