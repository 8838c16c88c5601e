//! A web page while it is read: what fields and body have in common.

use crate::evidence;
use onrecord_document::{Capture, Stated};
use onrecord_html::{Decoded, NodeId, Tree};
use onrecord_span::Traced;

/// A page while it is read.
pub(crate) struct HtmlPage<'a> {
    /// The bytes and what came with them.
    pub capture: &'a Capture,
    /// The bytes as text, and the way back.
    pub decoded: &'a Decoded<'a>,
    /// The text as a tree.
    pub tree: &'a Tree<'a>,
}

impl HtmlPage<'_> {
    /// States words on the evidence of the page: folds white space and finds the page's bytes that the words come from.
    pub fn stated(&self, words: &Traced) -> Stated<String> {
        evidence::stated(words, &self.capture.page, self.decoded)
    }
}

/// Where the body was found. All of it may be unknown: fields are read from pages without a body too.
#[derive(Debug, Default)]
pub(crate) struct StoryPlace {
    /// The element that holds the body.
    pub container: Option<NodeId>,
    /// Its first paragraph.
    pub first_block: Option<NodeId>,
    /// The beginning of its words.
    pub opening: String,
    /// Whether it says so little that the article may stand elsewhere.
    pub is_thin: bool,
}
