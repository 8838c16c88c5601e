//! What is known of somebody whom an article names or describes.

use crate::words::passage::TokenPosition;
use onrecord_document::{MentionForm, SourceKind};
use std::ops::Range;

/// A proper name where it stands.
#[derive(Clone, Debug)]
pub(crate) struct ProperName {
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
    pub figure: usize,
    /// The mention that gave the name.
    pub mention: Range<usize>,
    pub confidence: f32,
}

/// A figure under construction.
#[derive(Clone, Debug)]
pub(crate) struct CastFigure {
    pub name: Range<usize>,
    pub role: Option<Range<usize>>,
    pub affiliation: Option<Range<usize>>,
    pub references: Vec<Reference>,
    /// How its name or description refers to it.
    pub form: MentionForm,
    /// Where an unnamed source, or the group it is one of, was spoken of: terms are stated there.
    pub trail: Vec<TokenPosition>,
    /// What it is as a source.
    pub kind: SourceKind,
}

/// Words that refer to a figure.
#[derive(Clone, Debug)]
pub(crate) struct Reference {
    /// All of the phrase.
    pub range: Range<usize>,
    /// Where the name, the pronoun or the head noun of a description ends.
    pub end: usize,
    pub form: MentionForm,
}

impl Reference {
    /// A name, without its title and role.
    pub(crate) fn name(range: Range<usize>) -> Self {
        Reference { end: range.end, range, form: MentionForm::Name }
    }

    /// A pronoun.
    pub(crate) fn pronoun(range: Range<usize>) -> Self {
        Reference { end: range.end, range, form: MentionForm::Pronoun }
    }

    /// A description whose head noun ends at `end`.
    pub(crate) fn description(range: Range<usize>, end: usize) -> Self {
        Reference { range, end, form: MentionForm::Description }
    }
}

/// Sure of a full name that stands there itself.
pub(crate) const FULL_NAME: f32 = 0.95;

/// Most people looked at to find the one that "the minister" is, the latest first.
pub(crate) const MOST_ALIKE: usize = 64;
