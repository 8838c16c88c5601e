//! Annotations as a sequence of simple parts, so that whoever stores layers need not know each kind of annotation.
//!
//! An [`Annotation`] writes its parts in a fixed order and reads them back in the same order. Which bytes a part becomes
//! is the business of the [`PartWriter`]: spans of neighbours are close, so a store writes differences.

use onrecord_span::{ContentId, Span, Text};

/// One item of a layer that can be stored.
pub trait Annotation: Sized {
    /// Writes all parts.
    fn write(&self, out: &mut dyn PartWriter);

    /// Reads what [`Annotation::write`] wrote; `None` where the parts end early or are none of this kind.
    fn read(from: &mut dyn PartReader) -> Option<Self>;
}

/// A value out of a short, fixed list. It is stored by its place there: new values go to the end of the list.
pub trait Value: Copy + PartialEq + 'static {
    /// Every value, in the order of the contract.
    fn all() -> &'static [Self];
}

/// Takes the parts of annotations.
pub trait PartWriter {
    /// A number from 0.
    fn number(&mut self, number: u64);
    /// One byte.
    fn byte(&mut self, byte: u8);
    /// A real number.
    fn real(&mut self, real: f32);
    /// A content hash.
    fn id(&mut self, id: ContentId);
    /// A short string.
    fn words(&mut self, words: &str);
    /// A span of the document's buffer.
    fn span(&mut self, span: Span<Text>);
}

impl dyn PartWriter + '_ {
    /// Yes or no.
    pub fn flag(&mut self, flag: bool) {
        self.byte(u8::from(flag));
    }

    /// A value by its place in its list.
    pub fn value<T: Value>(&mut self, value: T) {
        self.byte(T::all().iter().position(|other| *other == value).unwrap_or_default() as u8);
    }

    /// A number that may be absent.
    pub fn optional_number(&mut self, number: Option<u64>) {
        self.flag(number.is_some());
        number.into_iter().for_each(|number| self.number(number));
    }

    /// A span that may be absent.
    pub fn optional_span(&mut self, span: Option<Span<Text>>) {
        self.flag(span.is_some());
        span.into_iter().for_each(|span| self.span(span));
    }

    /// A list of spans.
    pub fn spans(&mut self, spans: &[Span<Text>]) {
        self.number(spans.len() as u64);
        spans.iter().for_each(|span| self.span(*span));
    }
}

/// Gives the parts of annotations back. Each method gives `None` where there is no such part.
pub trait PartReader {
    /// A number from 0.
    fn number(&mut self) -> Option<u64>;
    /// One byte.
    fn byte(&mut self) -> Option<u8>;
    /// A real number.
    fn real(&mut self) -> Option<f32>;
    /// A content hash.
    fn id(&mut self) -> Option<ContentId>;
    /// A short string.
    fn words(&mut self) -> Option<&str>;
    /// A span of the document's buffer.
    fn span(&mut self) -> Option<Span<Text>>;
    /// How many bytes are left: a list cannot be longer.
    fn left(&self) -> usize;
}

impl dyn PartReader + '_ {
    /// Yes or no.
    pub fn flag(&mut self) -> Option<bool> {
        match self.byte()? {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        }
    }

    /// A value of a list.
    pub fn value<T: Value>(&mut self) -> Option<T> {
        T::all().get(usize::from(self.byte()?)).copied()
    }

    /// A number that may be absent.
    pub fn optional_number(&mut self) -> Option<Option<u64>> {
        Some(if self.flag()? { Some(self.number()?) } else { None })
    }

    /// A span that may be absent.
    pub fn optional_span(&mut self) -> Option<Option<Span<Text>>> {
        Some(if self.flag()? { Some(self.span()?) } else { None })
    }

    /// A list of spans.
    pub fn spans(&mut self) -> Option<Vec<Span<Text>>> {
        self.list(|from| from.span())
    }

    /// A list. Each item takes a byte at least, so no more room is set aside than there are bytes left.
    pub fn list<T>(&mut self, mut item: impl FnMut(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let size = usize::try_from(self.number()?).ok()?;
        let mut list = Vec::with_capacity(size.min(self.left()));
        for _ in 0..size {
            list.push(item(self)?);
        }
        Some(list)
    }
}

impl Annotation for Span<Text> {
    fn write(&self, out: &mut dyn PartWriter) {
        out.span(*self);
    }

    fn read(from: &mut dyn PartReader) -> Option<Self> {
        from.span()
    }
}
