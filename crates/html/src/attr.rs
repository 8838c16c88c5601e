//! A view of one attribute.

use std::borrow::Cow;
use std::ops::Range;

use onrecord_span::Traced;

use crate::names::{HtmlName, NameTable};
use crate::references::{SourceCoding, decode, trace};
use crate::tokenizer::RawAttr;

/// An attribute of an element.
#[derive(Clone, Copy, Debug)]
pub struct Attr<'t, 's> {
    names: &'t NameTable,
    source: &'s str,
    raw: RawAttr,
}

impl<'t, 's> Attr<'t, 's> {
    /// Its name, lower-case, with its prefix (`xlink:href`).
    #[inline]
    pub fn name(&self) -> &'t str {
        self.names.text(self.raw.name)
    }

    /// Its interned name, the same for all attributes of one tree with this name.
    #[inline]
    pub fn key(&self) -> HtmlName {
        self.raw.name
    }

    /// Whether this is its name.
    #[inline]
    pub fn is(&self, name: HtmlName) -> bool {
        self.raw.name == name
    }

    /// The value as it stands in the source, without quotes; `""` if there is none.
    #[inline]
    pub fn raw(&self) -> &'s str {
        &self.source[self.raw.start as usize..self.raw.end as usize]
    }

    /// The value with references decoded.
    #[inline]
    pub fn value(&self) -> Cow<'s, str> {
        decode(self.raw(), SourceCoding::ATTRIBUTE)
    }

    /// The range of the value in the source, without quotes; empty after the name if there is none.
    #[inline]
    pub fn span(&self) -> Range<u32> {
        self.raw.start..self.raw.end
    }

    /// Appends the value to `into`, with its origin.
    #[inline]
    pub fn trace(&self, into: &mut Traced) {
        trace(self.source, self.raw.start, self.raw(), SourceCoding::ATTRIBUTE, into);
    }
}

/// See [`Tree::attrs`](crate::Tree::attrs).
#[derive(Clone, Debug)]
pub struct Attrs<'t, 's> {
    names: &'t NameTable,
    source: &'s str,
    raw: std::slice::Iter<'t, RawAttr>,
}

impl<'t, 's> Attrs<'t, 's> {
    #[inline]
    pub(crate) fn new(names: &'t NameTable, source: &'s str, attrs: &'t [RawAttr]) -> Self {
        Attrs { names, source, raw: attrs.iter() }
    }
}

impl<'t, 's> Iterator for Attrs<'t, 's> {
    type Item = Attr<'t, 's>;

    #[inline]
    fn next(&mut self) -> Option<Attr<'t, 's>> {
        self.raw.next().map(|&raw| Attr { names: self.names, source: self.source, raw })
    }
}
