//! A document as the index takes it in: one entry for the article, one for each statement.

use super::times;
use super::{ARTICLE, Fields, STATEMENT, Worded};
use crate::text::{Stem, folded, marked_value};
use onrecord_archive::{Entry, host_of};
use onrecord_document::{Act, Block, Document, SourceKind, Statement, StatementForm, Terms};
use std::collections::BTreeSet;
use tantivy::TantivyDocument;

/// How often words of the headline count among those of the text: an article about a ferry says so there.
const HEADLINE_WEIGHT: usize = 3;
/// Longest name of an outlet or a speaker that is kept, in bytes.
const MAX_NAME: usize = 200;

/// The entries of a document, the article's first.
pub(crate) fn entries(fields: &Fields, entry: &Entry<'_>) -> Vec<TantivyDocument> {
    let document = entry.document;
    let statements = document.statements();
    let mut made = Vec::with_capacity(statements.len() + 1);
    made.push(article(fields, entry, statements));
    made.extend((0..).zip(statements).map(|(nth, said)| statement(fields, entry, nth, said)));
    made
}

/// What article and statements have alike: what they are found, sorted and counted by.
fn common(fields: &Fields, entry: &Entry<'_>, is: &str, nth: u64) -> TantivyDocument {
    let listed = entry.listed;
    let mut out = TantivyDocument::default();
    out.add_text(fields.is, is);
    out.add_u64(fields.id, listed.id.number());
    out.add_u64(fields.nth, nth);
    out.add_u64(fields.key, key_number(listed.key.as_bytes()));
    if let Some(published) = &listed.published {
        if let Some(day) = times::day(published) {
            out.add_u64(fields.day, day.into());
        }
        if let Some(seconds) = times::seconds(published) {
            out.add_i64(fields.time, seconds);
        }
    }
    if let Some(outlet) = outlet(entry) {
        out.add_text(fields.outlet, &outlet);
        // Statements are asked for by their outlet as well as articles are.
        worded(&mut out, fields.outlet_words, Stem::NONE, &outlet);
    }
    if let Some(host) = host_of(&listed.address) {
        worded(&mut out, fields.outlet_words, Stem::NONE, &host);
    }
    if let Some(language) = &listed.language {
        out.add_text(fields.language, language);
    }
    out
}

/// The first 8 bytes of a key, as a number that sorts as they do.
pub(crate) fn key_number(key: &[u8; 16]) -> u64 {
    u64::from_be_bytes(std::array::from_fn(|nth| key[nth]))
}

/// The outlet's name, or its host where the page names none.
fn outlet(entry: &Entry<'_>) -> Option<String> {
    let listed = entry.listed;
    listed.site.clone().or_else(|| host_of(&listed.address)).map(|name| cut(name.trim()))
}

fn cut(name: &str) -> String {
    name[..name.floor_char_boundary(MAX_NAME)].to_owned()
}

fn article(fields: &Fields, entry: &Entry<'_>, statements: &[Statement]) -> TantivyDocument {
    let document = entry.document;
    let stem = Stem::of_language(entry.listed.language.as_deref());
    let mut out = common(fields, entry, ARTICLE, 0);
    if let Some(headline) = &document.fields.headline {
        worded(&mut out, fields.headline, stem, &headline.value);
        for _ in 1..HEADLINE_WEIGHT {
            worded(&mut out, fields.text, stem, &headline.value);
        }
    }
    let mut shows_headline = false;
    for block in searched_blocks(document) {
        let words = document.words(block.span);
        shows_headline |= document.fields.headline.as_ref().is_some_and(|headline| headline.value == words);
        worded(&mut out, fields.text, stem, words);
    }
    // Words of a headline or a standfirst that the page states without showing them.
    let stated = [(&document.fields.headline, shows_headline), (&document.fields.standfirst, false)];
    for (stated, shown) in stated {
        if let Some(stated) = stated.as_ref().filter(|stated| !shown && !is_shown(document, &stated.value)) {
            worded(&mut out, fields.text, stem, &stated.value);
        }
    }
    for byline in &document.fields.bylines {
        worded(&mut out, fields.author, Stem::NONE, &byline.value.name);
    }
    for tag in entry.tags {
        out.add_text(fields.tag, folded(tag.trim()));
    }
    out.add_u64(fields.versions, entry.versions.into());
    if let Some(seen) = times::day(&entry.listed.seen) {
        out.add_u64(fields.seen, seen.into());
    }
    let names: BTreeSet<String> =
        (0..).zip(statements).filter_map(|(nth, statement)| speaker_name(entry, nth, statement)).collect();
    for name in names {
        out.add_text(fields.speaker, name);
    }
    let sources: BTreeSet<u64> = statements.iter().map(|statement| source_number(statement.sourcing.kind)).collect();
    for source in sources {
        out.add_u64(fields.source, source);
    }
    out
}

/// Blocks whose words an article is found by: its body, headline, standfirst and captions, each once.
pub(crate) fn searched_blocks(document: &Document) -> impl Iterator<Item = &Block> {
    document.fact_blocks()
}

fn is_shown(document: &Document, words: &str) -> bool {
    searched_blocks(document).any(|block| document.words(block.span) == words)
}

fn statement(fields: &Fields, entry: &Entry<'_>, nth: u32, statement: &Statement) -> TantivyDocument {
    let document = entry.document;
    let stem = Stem::of_language(entry.listed.language.as_deref());
    let mut out = common(fields, entry, STATEMENT, u64::from(nth) + 1);
    for part in &statement.content {
        worded(&mut out, fields.said, stem, document.words(*part));
    }
    for part in &statement.cue {
        worded(&mut out, fields.cue, stem, document.words(*part));
    }
    match document.speaker(statement) {
        _ if entry.corrected.is_moved(nth) => {}
        Some(name) => {
            for part in [Some(name.name), name.role, name.affiliation].into_iter().flatten() {
                worded(&mut out, fields.who, Stem::NONE, document.words(part));
            }
        }
        None => {
            for part in &statement.source {
                worded(&mut out, fields.who, Stem::NONE, document.words(*part));
            }
        }
    }
    // Who made it instead, or under what other name he is known: he is found by either.
    if let Some(name) = entry.corrected.name(nth, read_name(document, statement).as_deref()) {
        worded(&mut out, fields.who, Stem::NONE, name);
    }
    if let Some(name) = speaker_name(entry, nth, statement) {
        out.add_text(fields.speaker, name);
    }
    out.add_u64(fields.source, source_number(statement.sourcing.kind));
    out.add_u64(fields.terms, terms_number(statement.sourcing.terms));
    out.add_u64(fields.form, form_number(statement.form));
    out.add_u64(fields.act, act_number(statement.act));
    out.add_u64(fields.confidence, (statement.confidence.clamp(0.0, 1.0) * 1000.0).round() as u64);
    out
}

/// The name by which a named speaker is counted.
fn speaker_name(entry: &Entry<'_>, nth: u32, statement: &Statement) -> Option<String> {
    let read = read_name(entry.document, statement);
    let corrected = entry.corrected.name(nth, read.as_deref()).map(str::to_owned);
    corrected.or(read).map(|name| cut(&name))
}

/// The name of a named speaker as it was read.
fn read_name(document: &Document, statement: &Statement) -> Option<String> {
    let named = matches!(statement.sourcing.kind, SourceKind::NamedPerson | SourceKind::NamedOrganisation);
    let name = document.words(document.speaker(statement).filter(|_| named)?.name);
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    (!name.is_empty()).then_some(name)
}

fn worded(out: &mut TantivyDocument, field: Worded, stem: Stem, words: &str) {
    let value = marked_value(stem, words);
    if let Some(forms) = field.forms {
        out.add_text(forms, &value);
    }
    out.add_text(field.stems, value);
}

macro_rules! numbers {
    ($($name:ident $type:ident),*) => {$(
        /// A value by its place in the contract's list.
        pub(crate) fn $name(value: $type) -> u64 {
            $type::ALL.iter().position(|listed| *listed == value).unwrap_or_default() as u64
        }
    )*};
}
numbers!(source_number SourceKind, terms_number Terms, form_number StatementForm, act_number Act);
