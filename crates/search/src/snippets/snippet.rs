//! The words of an article around what was searched for.

use super::marks::{Mark, Marker};
use crate::query::WordField;
use crate::text::Stem;
use onrecord_archive::Words;
use onrecord_document::{BlockKind, BlockRole};
use onrecord_span::{Span, Text};
use std::collections::BTreeSet;
use std::ops::Range;

/// Longest snippet, in characters.
pub const SNIPPET_CHARS: usize = 240;
/// Characters of the block that are shown before the first word that was searched for.
const BEFORE_CHARS: usize = 60;

/// Words of an article, and which of them were searched for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// Where they stand in the document's buffer.
    pub span: Span<Text>,
    /// The words.
    pub words: String,
    /// Bytes of `words` that were searched for; in order, without overlaps.
    pub marks: Vec<Range<usize>>,
    /// Whether words of the same block stand before it.
    pub begins_inside: bool,
    /// Whether words of the same block stand behind it.
    pub ends_inside: bool,
}

impl Passage {
    /// The words of a span, marked.
    pub(crate) fn whole(
        words: &Words,
        span: Span<Text>,
        marker: &mut Marker,
        stem: Stem,
        fields: &[WordField],
    ) -> Passage {
        let text = words.words(span);
        let marks = marker.marks(text, stem, fields).into_iter().map(|mark| mark.bytes).collect();
        Passage { span, words: text.to_owned(), marks, begins_inside: false, ends_inside: false }
    }
}

/// The passage of the article that says most of what was searched for, or else how the article begins. `None` where it has
/// no words.
pub(crate) fn snippet(words: &Words, marker: &mut Marker, stem: Stem, fields: &[WordField]) -> Option<Passage> {
    let wanted = marker.wanted_in(fields);
    let mut best: Option<(usize, Span<Text>, Vec<Mark>)> = None;
    let searched = words
        .blocks
        .iter()
        .filter(|block| block.kind.states_facts() && block.kind != BlockKind::Headline && block.repeats.is_none());
    if wanted > 0 {
        for block in searched.clone() {
            let marks = marker.marks(words.words(block.span), stem, fields);
            let met = marks.iter().map(|mark| mark.wanted).collect::<BTreeSet<_>>().len();
            if met > best.as_ref().map_or(0, |(met, ..)| *met) {
                best = Some((met, block.span, marks));
            }
            if met == wanted {
                break;
            }
        }
    }
    let (span, marks) = match best {
        Some((_, span, marks)) => (span, marks),
        None => {
            let standfirst = searched.clone().find(|block| block.kind == BlockKind::Standfirst);
            let body = searched.clone().find(|block| block.kind.role() == BlockRole::Body);
            (standfirst.or(body)?.span, Vec::new())
        }
    };
    cut(words, span, &marks)
}

/// The part of a block around its marks.
fn cut(words: &Words, block: Span<Text>, marks: &[Mark]) -> Option<Passage> {
    let text = words.words(block);
    let first = marks.iter().position(|_| true).map(|_| best_start(text, marks)).unwrap_or(0);
    let mut start = back(text, first, BEFORE_CHARS);
    let mut end = forward(text, start, SNIPPET_CHARS);
    if end == text.len() {
        // There is room: rather more before than none behind.
        start = back(text, end, SNIPPET_CHARS).min(start);
    }
    if start > 0 {
        start = word_start(text, start).min(first);
    }
    if end < text.len() {
        let whole = text[start..end].rfind(char::is_whitespace).map_or(end, |space| start + space);
        let last = marks.iter().rev().find(|mark| mark.bytes.end <= end).map_or(start, |mark| mark.bytes.end);
        end = whole.max(last);
    }
    let shown = text[start..end].trim_end();
    let span = words.buffer.span(block.start() + start..block.start() + start + shown.len())?;
    let marks = marks.iter().filter(|mark| mark.bytes.start >= start && mark.bytes.end <= start + shown.len());
    Some(Passage {
        span,
        words: shown.to_owned(),
        marks: marks.map(|mark| mark.bytes.start - start..mark.bytes.end - start).collect(),
        begins_inside: start > 0,
        ends_inside: start + shown.len() < text.len(),
    })
}

/// Where the stretch of a snippet's length begins that meets most conditions.
fn best_start(text: &str, marks: &[Mark]) -> usize {
    let met = |from: &Mark| {
        let end = forward(text, from.bytes.start, SNIPPET_CHARS - BEFORE_CHARS);
        let inside = marks.iter().filter(|mark| mark.bytes.start >= from.bytes.start && mark.bytes.end <= end);
        inside.map(|mark| mark.wanted).collect::<BTreeSet<_>>().len()
    };
    let mut best = (0, 0);
    for mark in marks.iter().take(64) {
        let met = met(mark);
        if met > best.0 {
            best = (met, mark.bytes.start);
        }
    }
    best.1
}

/// The offset `chars` characters before `at`.
fn back(text: &str, at: usize, chars: usize) -> usize {
    text[..at].char_indices().rev().take(chars).last().map_or(at, |(offset, _)| offset)
}

/// The offset `chars` characters behind `at`.
fn forward(text: &str, at: usize, chars: usize) -> usize {
    text[at..].char_indices().nth(chars).map_or(text.len(), |(offset, _)| at + offset)
}

/// The first beginning of a word at or behind an offset, if one is near.
fn word_start(text: &str, at: usize) -> usize {
    if text[..at].ends_with(char::is_whitespace) {
        return at;
    }
    let near = forward(text, at, BEFORE_CHARS / 2);
    text[at..near].find(char::is_whitespace).map_or(at, |space| {
        let behind = at + space;
        behind + text[behind..].chars().next().map_or(0, char::len_utf8)
    })
}
