//! Spans and the buffers that make them.

use std::cmp::Ordering;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::ops::Range;
use std::sync::Arc;

/// Largest buffer that spans can index, in bytes: offsets are `u32`.
pub const MAX_BUFFER: usize = u32::MAX as usize;

/// Marks a [`Span`] into the text of a document (UTF-8, always on character boundaries).
#[derive(Debug)]
pub enum Text {}

/// Marks a [`Span`] into the bytes of a page as it came.
#[derive(Debug)]
pub enum Bytes {}

/// A half-open range of byte offsets into one buffer of kind `K`.
///
/// Only [`TextBuffer::span`] and [`PageBytes::span`] make spans, so a span is never reversed, out of range, off a
/// character boundary, or of the other kind.
pub struct Span<K> {
    start: u32,
    end: u32,
    kind: PhantomData<fn() -> K>,
}

impl<K> Span<K> {
    fn new(range: Range<usize>) -> Self {
        Span { start: range.start as u32, end: range.end as u32, kind: PhantomData }
    }

    /// Offset of the first byte.
    pub fn start(self) -> usize {
        self.start as usize
    }

    /// Offset behind the last byte.
    pub fn end(self) -> usize {
        self.end as usize
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether the span holds no byte.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The span as a range of byte offsets.
    pub fn range(self) -> Range<usize> {
        self.start()..self.end()
    }

    /// Whether `other` lies wholly inside this span.
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share at least one byte.
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that holds both.
    pub fn cover(self, other: Self) -> Self {
        Span { start: self.start.min(other.start), end: self.end.max(other.end), kind: PhantomData }
    }
}

impl<K> Clone for Span<K> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<K> Copy for Span<K> {}
impl<K> PartialEq for Span<K> {
    fn eq(&self, other: &Self) -> bool {
        (self.start, self.end) == (other.start, other.end)
    }
}
impl<K> Eq for Span<K> {}
impl<K> PartialOrd for Span<K> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl<K> Ord for Span<K> {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.start, self.end).cmp(&(other.start, other.end))
    }
}
impl<K> Hash for Span<K> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.start, self.end).hash(state);
    }
}
impl<K> std::fmt::Debug for Span<K> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

/// The text of a document. It never changes after it is made.
#[derive(Clone, Debug, Default)]
pub struct TextBuffer(String);

impl TextBuffer {
    /// Takes a text of at most [`MAX_BUFFER`] bytes; `None` if it is longer.
    pub fn new(text: String) -> Option<Self> {
        (text.len() <= MAX_BUFFER).then_some(TextBuffer(text))
    }

    /// The span of a range of byte offsets; `None` where it is out of range, reversed or off a character boundary.
    pub fn span(&self, range: Range<usize>) -> Option<Span<Text>> {
        self.0.get(range.clone()).map(|_| Span::new(range))
    }

    /// The words of a span of this buffer. A span of another, longer buffer is a bug and panics.
    pub fn slice(&self, span: Span<Text>) -> &str {
        &self.0[span.range()]
    }

    /// The whole text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The bytes of a page as it came: after HTTP or gzip decoding, before the charset. Cheap to clone.
#[derive(Clone)]
pub struct PageBytes(Arc<[u8]>);

impl PageBytes {
    /// Takes a page of at most [`MAX_BUFFER`] bytes; `None` if it is longer.
    pub fn new(bytes: Vec<u8>) -> Option<Self> {
        (bytes.len() <= MAX_BUFFER).then(|| PageBytes(bytes.into()))
    }

    /// The span of a range of byte offsets; `None` where it is out of range or reversed.
    pub fn span(&self, range: Range<usize>) -> Option<Span<Bytes>> {
        self.0.get(range.clone()).map(|_| Span::new(range))
    }

    /// The bytes of a span of this page. A span of another, longer page is a bug and panics.
    pub fn slice(&self, span: Span<Bytes>) -> &[u8] {
        &self.0[span.range()]
    }

    /// The whole page.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

impl std::fmt::Debug for PageBytes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "PageBytes({} bytes)", self.0.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_cannot_split_a_character() {
        let text = TextBuffer::new("Ж said".to_owned()).unwrap();
        assert!(text.span(1..3).is_none());
        assert_eq!(text.slice(text.span(0..2).unwrap()), "Ж");
    }

    #[test]
    #[allow(clippy::reversed_empty_ranges)]
    fn a_span_cannot_be_reversed_or_out_of_range() {
        let page = PageBytes::new(b"page".to_vec()).unwrap();
        assert!(page.span(3..1).is_none());
        assert!(page.span(0..5).is_none());
        assert_eq!(page.slice(page.span(1..3).unwrap()), b"ag");
    }

    #[test]
    fn spans_sort_by_start_then_end_and_know_each_other() {
        let text = TextBuffer::new("abcdef".to_owned()).unwrap();
        let span = |r| text.span(r).unwrap();
        let mut spans = vec![span(2..3), span(0..4), span(0..1)];
        spans.sort();
        assert_eq!(spans, [span(0..1), span(0..4), span(2..3)]);
        assert!(span(0..4).contains(span(2..3)));
        assert!(!span(0..1).overlaps(span(1..2)));
        assert_eq!(span(0..1).cover(span(3..4)), span(0..4));
    }
}
