//! The text of an article and its blocks.

use super::bytes::{In, Out};
use onrecord_document::{Block, BlockKind, Document};
use onrecord_span::{Span, Text, TextBuffer};

/// The words of an article without the way back to its page: enough to search, to list and to show snippets.
#[derive(Clone, Debug)]
pub struct Words {
    /// Body and rest.
    pub buffer: TextBuffer,
    /// Length of the body, in bytes.
    pub text_len: usize,
    /// The blocks in the order of the buffer.
    pub blocks: Vec<Block>,
}

impl Words {
    /// The body's blocks, joined by line breaks.
    pub fn text(&self) -> &str {
        &self.buffer.as_str()[..self.text_len]
    }

    /// The words of a span of this buffer.
    pub fn words(&self, span: Span<Text>) -> &str {
        self.buffer.slice(span)
    }
}

/// Text first, so that what compresses alike stands together; then blocks, each by what differs from the one before.
pub(crate) fn encode(document: &Document) -> Vec<u8> {
    let mut out = Out::default();
    out.words(document.buffer().as_str());
    out.size(document.text().len());
    out.size(document.blocks().len());
    let mut end = 0;
    for (nth, block) in document.blocks().iter().enumerate() {
        out.byte(kind_code(block.kind));
        span(&mut out, block.span, &mut end);
        out.signed(i64::from(block.order) - nth as i64);
        out.number(block.repeats.map_or(0, |repeats| u64::from(repeats) + 1));
    }
    out.0
}

pub(crate) fn decode(bytes: &[u8]) -> Option<Words> {
    let mut read = In(bytes);
    let buffer = TextBuffer::new(read.words()?.to_owned())?;
    let text_len = read.size()?;
    if !buffer.as_str().is_char_boundary(text_len) {
        return None;
    }
    let mut end = 0;
    let mut nth = 0;
    let blocks = read.list(|read| {
        let kind = *BlockKind::ALL.get(usize::from(read.byte()?))?;
        let span = read_span(read, &buffer, &mut end)?;
        let order = u32::try_from(read.signed()?.checked_add(nth)?).ok()?;
        nth += 1;
        let repeats = match read.number()? {
            0 => None,
            more => Some(u32::try_from(more - 1).ok()?),
        };
        Some(Block { kind, span, order, repeats })
    })?;
    read.is_done().then_some(Words { buffer, text_len, blocks })
}

/// A kind by its place in [`BlockKind::ALL`]; new kinds go to the end of it.
fn kind_code(kind: BlockKind) -> u8 {
    BlockKind::ALL.iter().position(|other| *other == kind).unwrap_or_default() as u8
}

/// A span by its distance from the end of the one before, which it most often follows closely, and its length.
pub(crate) fn span(out: &mut Out, span: Span<Text>, end: &mut usize) {
    out.signed(span.start() as i64 - *end as i64);
    out.size(span.len());
    *end = span.end();
}

/// What [`span`] wrote; `None` where it is no span of the buffer.
pub(crate) fn read_span(read: &mut In<'_>, buffer: &TextBuffer, end: &mut usize) -> Option<Span<Text>> {
    let start = usize::try_from(read.signed()?.checked_add(*end as i64)?).ok()?;
    let stop = start.checked_add(read.size()?)?;
    *end = stop;
    buffer.span(start..stop)
}
