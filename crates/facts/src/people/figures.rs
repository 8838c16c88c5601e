//! What is known of somebody whom an article names or describes.

use crate::words::passage::Place;
use onrecord_document::SourceKind;
use std::ops::Range;

/// A proper name where it stands.
#[derive(Clone, Debug)]
pub(crate) struct Mention {
    /// Tokens of the name, titles and roles left out.
    pub name: (usize, usize),
    /// Bytes of the name, a possessive ending left out.
    pub range: Range<usize>,
    pub role: Option<Range<usize>>,
    pub affiliation: Option<Range<usize>>,
    /// Whether a title or a role stands beside it, as beside people alone.
    pub personal: bool,
    /// "he" or "she", where a title or a role tells.
    pub pronoun: Option<&'static str>,
}

/// What a source leads to.
#[derive(Clone, Debug)]
pub(crate) struct Identity {
    pub chain: usize,
    /// The mention that gave the name.
    pub mention: Range<usize>,
    pub confidence: f32,
}

/// A chain under construction.
#[derive(Clone, Debug)]
pub(crate) struct Figure {
    pub name: Range<usize>,
    pub role: Option<Range<usize>>,
    pub affiliation: Option<Range<usize>>,
    pub mentions: Vec<Range<usize>>,
    /// Where an unnamed source, or the group it is one of, was spoken of: terms are stated there.
    pub trail: Vec<Place>,
    /// What it is as a source.
    pub kind: SourceKind,
}

/// Sure of a full name that stands there itself.
pub(crate) const FULL_NAME: f32 = 0.95;

/// Most people looked at to find the one that "the minister" is, the latest first.
pub(crate) const MOST_ALIKE: usize = 64;
