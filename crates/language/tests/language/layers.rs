//! Layers of documents.

// Helpers of tests may fail a test.
#![allow(clippy::expect_used)]

use onrecord_document::{BlockKind, Capture, Document, Draft, Media};
use onrecord_language::{Annotator, MAX_READ, Model, Scratch};
use onrecord_span::{PageBytes, Traced, Utf8};

/// A text document of these paragraphs.
fn document(paragraphs: &[&str]) -> Document {
    let text = paragraphs.join("\n\n");
    let page = PageBytes::new(text.clone().into_bytes()).expect("a short page");
    let mut words = Traced::new();
    words.push_verbatim(&text, 0..text.len() as u32);
    let mut draft = Draft::over_text(words);
    let mut at = 0;
    for paragraph in paragraphs {
        draft.mark(BlockKind::Paragraph, at..at + paragraph.len());
        at += paragraph.len() + 2;
    }
    draft.finish(Capture::new("page.txt", page, Media::Text), &Utf8)
}

/// The tokens of a document read by the English model.
fn tokens(document: &mut Document) -> Vec<String> {
    Annotator::new(Model::english()).fill(document, &mut Scratch::default());
    let layer = document.layers.tokens.as_ref().expect("filled");
    layer.rows().iter().map(|row| document.words(row.span).to_owned()).collect()
}

#[test]
fn a_block_beyond_what_is_read_of_a_page_is_left_out_and_the_rest_is_read() {
    let long = "a ".repeat(MAX_READ / 2) + "a";
    let mut document = document(&["The ferry sank.", &long, "Nobody was hurt."]);
    assert_eq!(tokens(&mut document), ["The", "ferry", "sank", ".", "Nobody", "was", "hurt", "."]);
    let codes: Vec<&str> = document.notes.iter().map(|note| note.code).collect();
    assert_eq!(codes, ["too_long"]);
}

#[test]
fn a_page_as_long_as_is_read_needs_no_note() {
    let mut document = document(&["The ferry sank.", "Nobody was hurt."]);
    assert_eq!(tokens(&mut document).len(), 8);
    assert!(document.notes.is_empty());
}
