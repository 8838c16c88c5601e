//! A view of one attribute.

use std::borrow::Cow;
use std::ops::Range;

use onrecord_span::Traced;

use crate::names::Name;
use crate::references::{Coding, decode};
use crate::tokenizer::RawAttr;
use crate::tree::{Tree, trace};

/// An attribute of an element.
#[derive(Clone, Copy, Debug)]
pub struct Attr<'t, 's> {
    tree: &'t Tree<'s>,
    raw: RawAttr,
}

impl<'t, 's> Attr<'t, 's> {
    /// Its name, lower-case, with its prefix (`xlink:href`).
    pub fn name(&self) -> &'t str {
        self.tree.names.text(self.raw.name)
    }

    /// Its name as a number, the same for all attributes of one tree that are named so.
    pub fn key(&self) -> Name {
        self.raw.name
    }

    /// Whether this is its name.
    pub fn is(&self, name: Name) -> bool {
        self.raw.name == name
    }

    /// The value as it stands in the source, without quotes; "" where there is none.
    pub fn raw(&self) -> &'s str {
        &self.tree.source[self.raw.start as usize..self.raw.end as usize]
    }

    /// The value with references decoded.
    pub fn value(&self) -> Cow<'s, str> {
        decode(self.raw(), Coding::ATTRIBUTE)
    }

    /// The value's place in the source, without quotes; empty behind the name where there is none.
    pub fn span(&self) -> Range<u32> {
        self.raw.start..self.raw.end
    }

    /// Appends the value to `into`, with its origin.
    pub fn trace(&self, into: &mut Traced) {
        trace(self.tree.source, self.raw.start, self.raw(), Coding::ATTRIBUTE, into);
    }
}

/// See [`Tree::attrs`].
#[derive(Clone, Debug)]
pub struct Attrs<'t, 's> {
    tree: &'t Tree<'s>,
    rest: std::slice::Iter<'t, RawAttr>,
}

impl<'t, 's> Attrs<'t, 's> {
    pub(crate) fn new(tree: &'t Tree<'s>, attrs: &'t [RawAttr]) -> Self {
        Attrs { tree, rest: attrs.iter() }
    }
}

impl<'t, 's> Iterator for Attrs<'t, 's> {
    type Item = Attr<'t, 's>;

    fn next(&mut self) -> Option<Attr<'t, 's>> {
        self.rest.next().map(|&raw| Attr { tree: self.tree, raw })
    }
}
