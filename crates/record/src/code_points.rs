//! Byte offsets to code points.

use onrecord_span::{Span, Text};

/// Bytes between two remembered counts: a lookup counts at most so many.
const STRIDE: usize = 64;

/// Converts byte offsets of one text to code points. Made in one pass; a lookup takes constant time.
#[derive(Clone, Debug)]
pub struct CodePoints<'a> {
    text: &'a [u8],
    /// Code points before each [`STRIDE`] bytes; empty where the text is ASCII, whose offsets are the same.
    before: Vec<u32>,
}

impl<'a> CodePoints<'a> {
    /// Counts the code points of a text.
    pub fn of(text: &'a str) -> Self {
        let bytes = text.as_bytes();
        let mut before = Vec::new();
        if !text.is_ascii() {
            before.reserve(bytes.len() / STRIDE + 1);
            let mut count = 0;
            for stretch in bytes.chunks(STRIDE) {
                before.push(count);
                count += starts(stretch);
            }
            before.push(count);
        }
        CodePoints { text: bytes, before }
    }

    /// Code points before a byte offset. One beyond the text counts as its end.
    pub fn at(&self, offset: usize) -> u32 {
        let offset = offset.min(self.text.len());
        match self.before.get(offset / STRIDE) {
            Some(before) => before + starts(&self.text[offset - offset % STRIDE..offset]),
            None => offset as u32,
        }
    }

    /// A span as the output prints it.
    pub fn span(&self, span: Span<Text>) -> [u32; 2] {
        [self.at(span.start()), self.at(span.end())]
    }

    /// Spans as the output prints them.
    pub fn spans(&self, spans: &[Span<Text>]) -> Vec<[u32; 2]> {
        spans.iter().map(|span| self.span(*span)).collect()
    }
}

/// How many code points begin in a stretch of UTF-8.
fn starts(stretch: &[u8]) -> u32 {
    stretch.iter().filter(|byte| **byte & 0xC0 != 0x80).count() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_agree_with_counting_from_the_start() {
        for text in
            ["", "plain ascii", "Паром 🚢 ударился", &"港内で🚢é ".repeat(40), &"a".repeat(STRIDE), &"é".repeat(STRIDE)]
        {
            let points = CodePoints::of(text);
            let ends = text.char_indices().map(|(at, _)| at).chain([text.len()]);
            for (count, at) in ends.enumerate() {
                assert_eq!(points.at(at), count as u32, "{text:?} at {at}");
            }
        }
    }

    #[test]
    fn an_offset_beyond_the_text_is_its_end() {
        assert_eq!(CodePoints::of("né").at(99), 2);
    }
}
