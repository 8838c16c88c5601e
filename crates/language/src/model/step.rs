//! The steps of parsing, for measuring.

/// A step of [`Model::parse_in_steps`](super::Model::parse_in_steps).
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum ParsingStep {
    /// Text to tokens.
    Tokens,
    /// Vectors that tagger and parser read.
    SharedVectors,
    /// Tags.
    Tags,
    /// Heads and dependencies.
    Parse,
    /// Vectors that entities are found by.
    EntityVectors,
    /// Entities.
    Entities,
    /// Attribute ruler, lemmas, noun chunks, and writing everything down.
    Rules,
}

impl ParsingStep {
    /// Every step, in order.
    pub const ALL: [Self; 7] =
        [Self::Tokens, Self::SharedVectors, Self::Tags, Self::Parse, Self::EntityVectors, Self::Entities, Self::Rules];
}
