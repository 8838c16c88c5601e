//! The document itself.

use crate::{Block, Capture, Fields, Layers, Name, Note, Statement};
use onrecord_span::{Bytes, SourceMap, Span, Text, TextBuffer};

/// Digits of an id: a number this long is an id that happens to have no letters.
const ID_DIGITS: usize = 16;

/// One article as read from one capture.
///
/// Its buffer (body first, then the rest, one block a line) never changes after it is made; whatever is read from it
/// later is a layer of spans.
#[derive(Clone, Debug)]
pub struct Document {
    pub(crate) capture: Capture,
    pub(crate) encoding: &'static str,
    pub(crate) buffer: TextBuffer,
    pub(crate) text_len: usize,
    pub(crate) blocks: Vec<Block>,
    pub(crate) map: SourceMap,
    /// What the page states about the article.
    pub fields: Fields,
    /// What was read from the words.
    pub layers: Layers,
    /// What a user should know about the reading.
    pub notes: Vec<Note>,
}

/// What a document is restored from: all that [`Document`] shows, as it showed it.
#[derive(Clone, Debug)]
pub struct Parts {
    /// The page it was read from.
    pub capture: Capture,
    /// Body and rest; the spans of everything below are of this buffer.
    pub buffer: TextBuffer,
    /// Length of the body, in bytes.
    pub text_len: usize,
    /// The blocks in the order of the buffer.
    pub blocks: Vec<Block>,
    /// From the buffer to the page.
    pub map: SourceMap,
    /// What the page states about the article.
    pub fields: Fields,
    /// What was read from the words.
    pub layers: Layers,
    /// What a user should know about the reading.
    pub notes: Vec<Note>,
}

impl Document {
    /// A document as it was read before, for callers that store documents; `None` where the body would end inside a character.
    pub fn restore(parts: Parts) -> Option<Self> {
        let Parts { capture, buffer, text_len, blocks, map, fields, layers, notes } = parts;
        let encoding = map.encoding().name();
        buffer.as_str().is_char_boundary(text_len).then_some(Document {
            capture,
            encoding,
            buffer,
            text_len,
            blocks,
            map,
            fields,
            layers,
            notes,
        })
    }

    /// From the words to the bytes of the page.
    pub fn map(&self) -> &SourceMap {
        &self.map
    }

    /// The page it was read from.
    pub fn capture(&self) -> &Capture {
        &self.capture
    }

    /// Name of the page's encoding, as the WHATWG Encoding Standard writes it.
    pub fn encoding(&self) -> &'static str {
        self.encoding
    }

    /// Body and rest in one buffer, the one all text spans index.
    pub fn buffer(&self) -> &TextBuffer {
        &self.buffer
    }

    /// The body's blocks, joined by line breaks.
    pub fn text(&self) -> &str {
        &self.buffer.as_str()[..self.text_len]
    }

    /// The other blocks, joined by line breaks. Its offsets go on where [`Document::text`] ends.
    pub fn rest(&self) -> &str {
        &self.buffer.as_str()[self.text_len..]
    }

    /// The blocks in the order of the buffer.
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// Blocks that facts are read from: part of the article, and not said before.
    pub fn fact_blocks(&self) -> impl Iterator<Item = &Block> {
        self.blocks.iter().filter(|block| block.kind.states_facts() && block.repeats.is_none())
    }

    /// The statements; none where no stage read them.
    pub fn statements(&self) -> &[Statement] {
        self.layers.statements()
    }

    /// The names; none where no stage read them.
    pub fn names(&self) -> &[Name] {
        self.layers.names()
    }

    /// The name behind a statement, where the article says whose it is.
    pub fn speaker(&self, statement: &Statement) -> Option<&Name> {
        self.layers.speaker(statement)
    }

    /// The statement that people call by its number from 1 (`3`, `[3]`) or by its id, with its index.
    pub fn statement_called(&self, called: &str) -> Option<(usize, &Statement)> {
        let bare = called.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(called);
        let index = match bare.parse::<usize>() {
            Ok(number) if bare.len() < ID_DIGITS => number.checked_sub(1)?,
            _ => self.statements().iter().position(|statement| statement.id.to_string() == bare)?,
        };
        Some((index, self.statements().get(index)?))
    }

    /// The words of a span of this document.
    pub fn words(&self, span: Span<Text>) -> &str {
        self.buffer.slice(span)
    }

    /// The span of a range of byte offsets into the buffer; `None` off character boundaries or out of range.
    pub fn span(&self, range: std::ops::Range<usize>) -> Option<Span<Text>> {
        self.buffer.span(range)
    }

    /// The smallest byte ranges of the page that decode to the words of a span.
    pub fn evidence(&self, span: Span<Text>) -> Vec<Span<Bytes>> {
        self.map.resolve(span, &self.capture.page)
    }
}
