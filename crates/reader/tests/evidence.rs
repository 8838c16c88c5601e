//! Every word that is read can be found again in the page's own bytes.
//!
//! The way back is walked here without the project's own parsers: bytes are decoded by the page's charset, character
//! references by one library and JSON escapes by another, and what comes out must be the words.

#![allow(clippy::unwrap_used)] // a test that can't read its input fails

mod support;

use encoding_rs::Encoding;
use onrecord_document::{Basis, Document, Media, Stated};
use onrecord_reader::{Until, read};
use onrecord_span::{Bytes, Span};
use std::path::{Path, PathBuf};

/// Collects what can't be found again.
struct Walk<'d> {
    document: &'d Document,
    encoding: &'static Encoding,
    wrong: Vec<String>,
    checked: usize,
}

impl Walk<'_> {
    fn new(document: &Document) -> Walk<'_> {
        let encoding = Encoding::for_label(document.encoding().as_bytes()).unwrap();
        Walk { document, encoding, wrong: Vec::new(), checked: 0 }
    }

    fn check(&mut self, what: &str, words: &str, ranges: &[(usize, usize)]) {
        self.checked += 1;
        if !self.says(words, ranges) {
            let page = self.document.capture().page.as_bytes();
            let bytes: Vec<String> = ranges
                .iter()
                .map(|&(from, to)| String::from_utf8_lossy(&page[from..to]).chars().take(120).collect())
                .collect();
            self.wrong
                .push(format!("{what}: {:?} is not what {bytes:?} says", words.chars().take(120).collect::<String>()));
            return;
        }
        // The smallest: with a byte less at either end the words are others. Escapes and references are units, though `\\/`
        // says no more than `/`, and `&quot` no less than `&quot;`.
        let (Some(first), Some(last)) = (ranges.first(), ranges.last()) else { return };
        let page = self.document.capture().page.as_bytes();
        let unit = if self.encoding.name().starts_with("UTF-16") { 2 } else { 1 };
        let mut later = ranges.to_vec();
        later[0].0 = (first.0 + unit).min(first.1);
        let mut sooner = ranges.to_vec();
        let end = sooner.len() - 1;
        sooner[end].1 = last.1.saturating_sub(unit).max(last.0);
        // Bytes that say nothing in the page's charset are one mark, however many they are.
        let broken = words.ends_with('\u{FFFD}');
        let more = !broken
            && (page[first.0] != b'\\' && self.is(words, &later)
                || page[last.1 - 1] != b';' && self.is(words, &sooner));
        if more {
            let bytes: Vec<String> = ranges.iter().map(|range| self.decoded(*range)).collect();
            self.wrong.push(format!("{what}: {bytes:?} is more than {words:?} needs"));
        }
    }

    /// Whether the ranges decode to the words.
    fn is(&self, words: &str, ranges: &[(usize, usize)]) -> bool {
        let words = squeezed(words);
        self.readings(ranges).contains(&words)
    }

    /// Whether they do but for the marks between the cells of a table, which are ours: each cell has a range of its own.
    fn says(&self, words: &str, ranges: &[(usize, usize)]) -> bool {
        let marks = ['|', '/'];
        let cells = squeezed(words).replace(marks, "");
        self.is(words, ranges)
            || (ranges.len() > 1 && self.readings(ranges).iter().any(|read| read.replace(marks, "") == cells))
    }

    /// What the ranges say as markup, as JSON, and as markup inside JSON. A range ends where markup begins, so each is
    /// decoded by itself.
    fn readings(&self, ranges: &[(usize, usize)]) -> [String; 3] {
        [markup, json, |text: &str| markup(&json(text))]
            .map(|decode| squeezed(&ranges.iter().map(|range| decode(&self.decoded(*range))).collect::<String>()))
    }

    fn decoded(&self, (from, to): (usize, usize)) -> String {
        let bytes = &self.document.capture().page.as_bytes()[from..to];
        self.encoding.decode_without_bom_handling(bytes).0.into_owned()
    }

    fn stated<T>(&mut self, what: &str, field: &Stated<T>) {
        match field.basis {
            Basis::Page => self.check(what, &field.as_written, &ranges(&field.evidence)),
            _ => {
                assert!(field.evidence.is_empty(), "{what} has evidence on the page although its basis is not the page")
            }
        }
    }

    fn walk(&mut self) {
        let fields = &self.document.fields;
        for (what, field) in [
            ("url", &fields.url),
            ("canonical_url", &fields.canonical_url),
            ("site", &fields.site),
            ("section", &fields.section),
            ("headline", &fields.headline),
            ("standfirst", &fields.standfirst),
        ] {
            field.iter().for_each(|field| self.stated(what, field));
        }
        fields.genre.iter().for_each(|genre| self.stated("genre", genre));
        fields.paywalled.iter().for_each(|paywalled| self.stated("paywalled", paywalled));
        fields.published.iter().for_each(|moment| self.stated("published", moment));
        fields.modified.iter().for_each(|moment| self.stated("modified", moment));
        fields.bylines.iter().for_each(|byline| self.stated("byline", byline));
        fields.topics.iter().for_each(|topic| self.stated("topic", topic));
        for image in &fields.images {
            self.stated("image url", &image.url);
            image.caption.iter().for_each(|caption| self.stated("image caption", caption));
            image.credit.iter().for_each(|credit| self.stated("image credit", credit));
        }
        fields.links.iter().for_each(|link| self.stated("link", &link.url));
        for related in &fields.related {
            self.stated("related url", &related.url);
            self.stated("related title", &related.title);
        }
        for block in self.document.blocks() {
            let evidence = ranges(&self.document.evidence(block.span));
            self.check(block.kind.name(), self.document.words(block.span), &evidence);
        }
        for quote in self.document.layers.quotes.iter().flat_map(|layer| &layer.items) {
            for span in quote.content.iter().chain(&quote.cue).chain(&quote.source) {
                let evidence = ranges(&self.document.evidence(*span));
                self.check("quote", self.document.words(*span), &evidence);
            }
        }
    }
}

fn ranges(spans: &[Span<Bytes>]) -> Vec<(usize, usize)> {
    spans.iter().map(|span| (span.start(), span.end())).collect()
}

fn markup(text: &str) -> String {
    // A line break element is the space between two words.
    let text = text.replace('\0', "");
    let mut plain = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(at) = ["<br", "<BR", "</br"].iter().filter_map(|tag| rest.find(tag)).min() {
        let end = rest[at..].find('>').map_or(rest.len(), |end| at + end + 1);
        plain.push_str(&rest[..at]);
        plain.push(' ');
        rest = &rest[end..];
    }
    plain.push_str(rest);
    htmlize::unescape(plain).into_owned()
}

fn json(text: &str) -> String {
    let escaped: String = text.chars().map(|char| if char.is_control() { ' ' } else { char }).collect();
    serde_json::from_str::<String>(&format!("\"{escaped}\"")).unwrap_or_else(|_| text.to_owned())
}

/// Words without white space and what nobody sees: white space is folded, and between two ranges it may be inserted.
fn squeezed(words: &str) -> String {
    words
        .chars()
        .filter(|char| !char.is_whitespace() && !matches!(char, '\u{AD}' | '\u{200B}' | '\u{2060}' | '\u{FEFF}'))
        .collect()
}

/// A file or folder beside the repository; says so and gives `None` where it is absent.
fn shared(path: &str) -> Option<PathBuf> {
    let found = support::root().join("../shared").join(path);
    if !found.exists() {
        // Straight to stderr: the test runner keeps what eprintln prints to itself.
        let _ =
            std::io::Write::write_fmt(&mut std::io::stderr(), format_args!("skipped: ../shared/{path} is absent\n"));
        return None;
    }
    Some(found)
}

fn walk_all(paths: &[PathBuf], media: fn(&Path) -> Media) {
    let mut checked = 0;
    let mut wrong = Vec::new();
    for path in paths {
        let document = read(&support::capture(path, media(path)), Until::Facts);
        let mut walk = Walk::new(&document);
        walk.walk();
        checked += walk.checked;
        wrong.extend(walk.wrong.into_iter().map(|what| format!("{}: {what}", path.display())));
    }
    let some: Vec<&String> = wrong.iter().take(40).collect();
    assert!(wrong.is_empty(), "{} of {checked} are not found again: {some:#?}", wrong.len());
    assert!(checked > paths.len(), "there was nothing to find");
}

#[test]
fn every_word_of_the_examples_is_found_again_in_their_bytes() {
    walk_all(&support::examples(), |_| Media::Html);
}

#[test]
fn every_word_of_real_pages_is_found_again_in_their_bytes() {
    let Some(folder) = shared("data/pages/html") else { return };
    walk_all(&support::files(&folder, ".html.gz"), |_| Media::Html);
}

#[test]
fn every_word_of_the_seed_is_found_again_in_its_bytes() {
    let Some(seed) = shared("data/seed/article.txt") else { return };
    walk_all(&[seed], |_| Media::Text);
}
