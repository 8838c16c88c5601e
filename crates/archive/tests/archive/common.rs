//! What the tests share: pages of the examples, and a way to add and print them.

use onrecord_archive::{Added, Archive, DocumentId, Prepared, Reading, Result, Writer};
use onrecord_document::{Capture, Document, LayerKind, LayerSet, Media, Stage};
use onrecord_intake::{Intake, Item, Options};
use onrecord_record::{Line, Producers, Show};
use onrecord_span::PageBytes;
use std::path::{Path, PathBuf};

pub const READING: Reading =
    Reading { until: Stage::Facts, producers: Producers { article: Some("1"), language: None, facts: Some("2") } };

/// Every page of the examples.
pub fn examples() -> Vec<Capture> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    let intake = Intake::open(vec![folder], Options::default());
    let captures = intake.filter_map(|item| match item {
        Item::Capture(capture) => Some(capture),
        Item::Unreadable(_) => None,
    });
    captures.collect()
}

/// A text as a page.
pub fn text(id: &str, words: &str) -> Capture {
    Capture::new(id, PageBytes::new(words.into()).unwrap(), Media::Text)
}

/// A small page of an outlet, at an address.
pub fn page(url: &str, headline: &str, body: &str) -> Capture {
    let html = format!(
        "<!doctype html><html lang=en><head><title>{headline}</title></head><body><article><h1>{headline}</h1><p>{body}</p>\
        <p>The harbour office has not answered questions about the crossing, which was the first that day.</p></article>"
    );
    let mut capture = Capture::new(url, PageBytes::new(html.into_bytes()).unwrap(), Media::Html);
    capture.url = Some(url.to_owned());
    capture
}

pub fn read(capture: &Capture) -> Document {
    onrecord_reader::read(capture, onrecord_document::Stage::Facts)
}

/// Reads and adds a page.
pub fn add(writer: &mut Writer, capture: &Capture) -> Result<Added> {
    let prepared = Prepared::new(read(capture), READING, &writer.bases());
    writer.add(prepared)
}

/// An archive of these pages.
pub fn archive_of(captures: &[Capture]) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("archive");
    let mut writer = Writer::open(&place, Vec::new()).unwrap();
    for capture in captures {
        add(&mut writer, capture).unwrap();
    }
    writer.finish().unwrap();
    (folder, place)
}

/// The contract's line of a document with all its layers.
pub fn line(document: &Document) -> String {
    let mut out = Vec::new();
    let show = Show { layers: LayerSet::of(&[LayerKind::Sentences, LayerKind::Entities]), evidence: true };
    Line::of(document, &show, &READING.producers).write(&mut out).unwrap();
    String::from_utf8(out).unwrap()
}

pub fn stored(archive: &Archive, id: DocumentId) -> String {
    line(&archive.document(id).unwrap())
}
