//! The example pages are read as somebody who read them says they must be.
//!
//! What is not yet read right stands in `examples/known-misses.tsv`, one line each: a miss that is not listed fails, and so does a
//! listed one that is read right by now.

use crate::support;
use onrecord_document::{BlockKind, BlockRole, Document, Media, Stage, Stated, Statement, StatementForm};
use onrecord_reader::read;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::Path;

/// Holds one page against what must be read from it, and collects what differs.
struct Page<'d> {
    name: String,
    document: &'d Document,
    expected: Value,
    misses: BTreeSet<String>,
    report: Vec<String>,
}

impl Page<'_> {
    fn miss(&mut self, what: &str, details: String) {
        self.misses.insert(format!("{}\t{what}", self.name));
        self.report.push(format!("{}\t{what}\n{details}", self.name));
    }

    fn same(&mut self, what: &str, read: Value) {
        let mut expected = self.expected.get(what).cloned().unwrap_or(Value::Null);
        // RFC 3339 writes the same offset in two ways.
        if let Value::String(moment) = &mut expected
            && moment.contains('T')
            && let Some(local) = moment.strip_suffix("+00:00")
        {
            *moment = format!("{local}Z");
        }
        if folded(&expected) != folded(&read) {
            self.miss(what, format!("    must be {expected}\n    is      {read}"));
        }
    }

    fn fields(&mut self) {
        let fields = &self.document.fields;
        let text = |field: &Option<Stated<String>>| json!(field.as_ref().map(|field| &field.value));
        self.same("canonical_url", text(&fields.canonical_url));
        self.same("site", text(&fields.site));
        self.same("section", text(&fields.section));
        self.same("language", text(&fields.language));
        self.same("headline", text(&fields.headline));
        self.same("standfirst", text(&fields.standfirst));
        self.same("genre", json!(fields.genre.as_ref().map(|genre| genre.value.name())));
        self.same("paywalled", json!(fields.paywalled.as_ref().is_some_and(|paywalled| paywalled.value)));
        self.same("published", json!(fields.published.as_ref().map(|moment| moment.value.to_string())));
        self.same("modified", json!(fields.modified.as_ref().map(|moment| moment.value.to_string())));
        self.same("topics", json!(fields.topics.iter().map(|topic| &topic.value).collect::<Vec<_>>()));
        let bylines = fields.bylines.iter().map(|byline| {
            let byline = &byline.value;
            json!({"name": byline.name, "kind": byline.kind.name(), "role": byline.role})
        });
        self.same("bylines", bylines.collect());
        let images = fields.images.iter().map(|image| {
            json!({"url": image.url.value, "caption": image.caption.as_ref().map(|c| &c.value), "credit": image.credit.as_ref().map(|c| &c.value)})
        });
        self.same("images", images.collect());
    }

    fn body(&mut self) {
        let words = |block: &onrecord_document::Block| self.document.words(block.span).to_owned();
        let body = |kind: BlockKind| kind.role() == BlockRole::Body;
        let read: Vec<(String, String)> = self
            .document
            .blocks()
            .iter()
            .filter(|block| body(block.kind))
            .map(|block| (block.kind.name().to_owned(), words(block)))
            .collect();
        let expected: Vec<(String, String)> = list(&self.expected, "body")
            .iter()
            .map(|block| (string(block, "kind"), shown(&string(block, "text"))))
            .collect();
        let missing =
            expected.iter().filter(|block| !read.contains(block)).map(|block| format!("    missing {block:?}"));
        let extra = read.iter().filter(|block| !expected.contains(block)).map(|block| format!("    extra   {block:?}"));
        let differs: Vec<String> = missing.chain(extra).collect();
        if read != expected {
            self.miss("body", differs.join("\n"));
        }
    }

    fn furniture(&mut self) {
        for line in list(&self.expected, "furniture").clone() {
            let words = shown(&string(&line, "text"));
            let kept = self
                .document
                .blocks()
                .iter()
                .any(|block| block.kind.role() == BlockRole::Body && self.document.words(block.span) == words);
            if kept {
                self.miss(&format!("furniture: {}", head(&words)), "    is read as body".to_owned());
            } else if !unspaced(self.document.buffer().as_str()).contains(&unspaced(&words)) {
                self.miss(&format!("furniture lost: {}", head(&words)), "    is not in the rest".to_owned());
            }
        }
    }

    /// Direct statements: all that must be read are, with cue and source, and nothing else is.
    fn direct_statements(&mut self) {
        let parts = |spans: &[onrecord_span::Span<onrecord_span::Text>]| -> Vec<String> {
            spans.iter().map(|span| self.document.words(*span).to_owned()).collect()
        };
        let statements: Vec<&Statement> = self.document.statements().iter().collect();
        let direct: Vec<&&Statement> =
            statements.iter().filter(|statement| statement.form == StatementForm::Direct).collect();
        let mut misses = Vec::new();
        let mut wanted = Vec::new();
        for expected in list(&self.expected, "statements") {
            if expected["type"] != "direct" {
                continue;
            }
            let content: Vec<String> = expected["content"]
                .as_array()
                .into_iter()
                .flatten()
                .map(|part| shown(part.as_str().unwrap_or_default()))
                .collect();
            let found = direct.iter().find(|statement| parts(&statement.content) == content);
            wanted.push(content.clone());
            let name = format!("quote: {}", head(&content.join(" ")));
            let Some(statement) = found else {
                misses.push((name, "    is not read".to_owned()));
                continue;
            };
            let sourcing = &statement.sourcing;
            for (what, read) in [
                ("cue", parts(&statement.cue).join(" ")),
                ("source", parts(&statement.source).join(" ")),
                ("kind", sourcing.kind.name().to_owned()),
                ("terms", sourcing.terms.name().to_owned()),
            ] {
                let must = expected[what].as_str().map(shown).unwrap_or_default();
                if must != read {
                    misses.push((format!("{name}: {what}"), format!("    must be {must:?}\n    is      {read:?}")));
                }
            }
        }
        for statement in &direct {
            let content = parts(&statement.content);
            if !wanted.contains(&content) {
                misses.push((
                    format!("quote too many: {}", head(&content.join(" "))),
                    "    is no direct statement".to_owned(),
                ));
            }
        }
        for (what, details) in misses {
            self.miss(&what, details);
        }
    }
}

fn list<'v>(value: &'v Value, name: &str) -> &'v Vec<Value> {
    static NONE: Vec<Value> = Vec::new();
    value.get(name).and_then(Value::as_array).unwrap_or(&NONE)
}

fn string(value: &Value, name: &str) -> String {
    value.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
}

/// Words as a page shows them: white space folded, soft hyphens gone.
fn shown(words: &str) -> String {
    words.replace(['\u{AD}', '\u{200B}'], "").split_whitespace().collect::<Vec<_>>().join(" ")
}

fn unspaced(words: &str) -> String {
    words.split_whitespace().collect()
}

fn folded(value: &Value) -> Value {
    match value {
        Value::String(words) => json!(shown(words)),
        Value::Array(items) => items.iter().map(folded).collect(),
        Value::Object(members) => members.iter().map(|(name, value)| (name.clone(), folded(value))).collect(),
        other => other.clone(),
    }
}

fn head(words: &str) -> String {
    words.chars().take(50).collect()
}

fn compare(path: &Path) -> (BTreeSet<String>, Vec<String>) {
    let document = read(&support::capture(path, Media::Html), Stage::Facts);
    let expected = std::fs::read_to_string(path.with_extension("expected.json")).unwrap();
    let name = path.strip_prefix(support::root().join("examples")).unwrap().with_extension("").display().to_string();
    let expected = serde_json::from_str(&expected).unwrap();
    let mut page = Page { name, document: &document, expected, misses: BTreeSet::new(), report: Vec::new() };
    page.fields();
    page.body();
    page.furniture();
    page.direct_statements();
    (page.misses, page.report)
}

#[test]
fn every_example_is_read_as_it_must_be() {
    if !support::is_trained() {
        return;
    }
    let known = support::root().join("examples/known-misses.tsv");
    let known = std::fs::read_to_string(known).unwrap();
    let known: BTreeSet<String> = known.lines().filter(|line| !line.starts_with('#')).map(str::to_owned).collect();
    let mut misses = BTreeSet::new();
    let mut reports = Vec::new();
    for path in support::examples() {
        let (missed, report) = compare(&path);
        misses.extend(missed);
        reports.extend(report);
    }
    // `cargo test -p onrecord-reader --test reader examples -- --nocapture` shows all that differs.
    for report in &reports {
        println!("{report}");
    }
    let new: Vec<_> = misses.difference(&known).collect();
    let mended: Vec<_> = known.difference(&misses).collect();
    assert!(new.is_empty(), "read wrong, and not listed in examples/known-misses.tsv: {new:#?}");
    assert!(mended.is_empty(), "read right by now; take them out of examples/known-misses.tsv: {mended:#?}");
}

#[test]
fn there_are_enough_examples_of_enough_kinds() {
    let pages = support::examples();
    let outlets: BTreeSet<_> = pages.iter().map(|page| page.parent().unwrap().to_owned()).collect();
    assert!(pages.len() >= 30 && outlets.len() >= 6, "{} pages of {} outlets", pages.len(), outlets.len());
}
