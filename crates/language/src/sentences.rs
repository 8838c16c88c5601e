//! Sentences: they cover every block, never cross one, and are trimmed of white space.
//!
//! English is cut by a small trained model over what stands on both sides of each place where a sentence may end
//! (`english`, `features`, `weights`); other languages by the rules of Unicode, with what those get wrong in news
//! mended (`other`). Either way the words alone decide: the same sentences come out whatever else is asked for.

pub mod english;
mod features;
mod other;
mod weights;
mod words;

pub use words::is_abbreviation;

use crate::layers::{USUAL, language_of};
use onrecord_document::Document;
use onrecord_span::{Span, Text};
use std::ops::Range;

/// Splits every block of the document, furniture too, into sentences.
pub(crate) fn sentences_of(document: &Document) -> Vec<Span<Text>> {
    let buffer = document.buffer().as_str();
    let language = language_of(document);
    let mut items = Vec::with_capacity(document.blocks().len() * 2);
    for block in document.blocks() {
        let range = block.span.range();
        let mut found = |end: Range<usize>| items.extend(document.span(end));
        match language == USUAL {
            true => english::split(buffer, range, &mut found),
            false => other::split(buffer, range, language, &mut found),
        }
    }
    items.sort();
    items
}

/// Gives what stands between two places, without the white space around it, if anything does.
fn trimmed(buffer: &str, range: Range<usize>, found: &mut impl FnMut(Range<usize>)) {
    let part = &buffer[range.clone()];
    let from = range.start + (part.len() - part.trim_start().len());
    let to = from + part.trim().len();
    if from < to {
        found(from..to);
    }
}
