//! Documents made of words, and statements as a test states them.

use onrecord_document::{BlockKind, Capture, Document, Draft, Media, Name, Statement};
use onrecord_span::{PageBytes, Span, Text, Traced, Utf8};

/// A document of paragraphs, one a line, read.
pub fn read(text: &str) -> Document {
    read_blocks(&text.lines().map(|line| (BlockKind::Paragraph, line)).collect::<Vec<_>>())
}

/// A document of blocks, one a line, read.
pub fn read_blocks(blocks: &[(BlockKind, &str)]) -> Document {
    let mut document = draft(blocks);
    onrecord_facts::read(&mut document);
    document
}

/// A document of blocks, one a line, not yet read.
pub fn draft(blocks: &[(BlockKind, &str)]) -> Document {
    let text = blocks.iter().map(|(_, words)| *words).collect::<Vec<_>>().join("\n");
    let page = PageBytes::new(text.clone().into_bytes()).unwrap();
    let mut words = Traced::new();
    words.push_verbatim(&text, 0..text.len() as u32);
    let mut draft = Draft::over_text(words);
    let mut start = 0;
    for (kind, words) in blocks {
        let from = start + (words.len() - words.trim_start().len());
        draft.mark(*kind, from..from + words.trim().len());
        start += words.len() + 1;
    }
    draft.finish(Capture::new("test", page, Media::Text), &Utf8)
}

pub fn statements(document: &Document) -> &[Statement] {
    document.statements()
}

pub fn words<'a>(document: &'a Document, spans: &[Span<Text>]) -> Vec<&'a str> {
    spans.iter().map(|span| document.words(*span)).collect()
}

pub fn name_behind<'a>(document: &'a Document, statement: &Statement) -> Option<&'a Name> {
    let speaker = statement.speaker?;
    document.layers.names.as_ref()?.items.get(speaker.name as usize)
}

/// Content, cue and source of the only statement.
pub fn only(text: &str) -> (Vec<String>, String, String) {
    let document = read(text);
    let found = statements(&document);
    assert_eq!(found.len(), 1, "{text}: {found:?}");
    let owned = |spans: &[Span<Text>]| words(&document, spans).into_iter().map(str::to_owned).collect::<Vec<_>>();
    (owned(&found[0].content), owned(&found[0].cue).join(" | "), owned(&found[0].source).join(" | "))
}

/// Checks content, cue and source of the only statement.
pub fn says(text: &str, content: &[&str], cue: &str, source: &str) {
    let (found, found_cue, found_source) = only(text);
    assert_eq!(found, content, "{text}");
    assert_eq!((found_cue.as_str(), found_source.as_str()), (cue, source), "{text}");
}

/// Checks that nothing is attributed.
pub fn silent(text: &str) {
    let document = read(text);
    assert!(statements(&document).is_empty(), "{text}: {:?}", words(&document, &statements(&document)[0].content));
}
