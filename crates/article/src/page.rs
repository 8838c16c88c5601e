//! A page with what its stages need of it.

use crate::{body, evidence};
use onrecord_document::{Capture, Document, Draft, Stated};
use onrecord_html::{Decoded, Tree, decode, parse};
use onrecord_span::Traced;

/// One page: its bytes, its text, its tree.
pub(crate) struct Page<'a> {
    pub capture: &'a Capture,
    pub decoded: &'a Decoded<'a>,
    pub tree: &'a Tree<'a>,
}

impl Page<'_> {
    /// States words of the page, white space folded, with the page's bytes that they were read from.
    pub fn stated(&self, words: &Traced) -> Stated<String> {
        evidence::stated(words, &self.capture.page, self.decoded)
    }
}

/// Reads a web page.
pub(crate) fn read(capture: &Capture) -> Document {
    let decoded = decode(capture.page.as_bytes(), capture.charset.as_deref());
    let tree = parse(&decoded.text);
    let found = body::find(&tree, &[]);
    let mut draft = Draft::new();
    for (segment, kind) in found.segments.iter().zip(&found.kinds) {
        draft.push(*kind, segment.words.clone(), Vec::new());
    }
    draft.finish(capture.clone(), &decoded)
}
