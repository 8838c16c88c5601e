//! What a thread keeps between texts.

use crate::morphology::Attributes;
use crate::networks::{EncoderBuffers, ScorerBuffers};
use crate::parse::LabelId;
use crate::parser::{DependencyTree, ParserState};
use crate::tokenizer::TokenizerBuffers;
use crate::words::LexemeCache;

/// What one thread keeps between texts: buffers, and the words that it has met.
#[derive(Debug, Default)]
pub struct Scratch {
    /// How many texts have been parsed.
    pub(super) parses: u64,
    pub(super) words: LexemeCache,
    pub(super) tokenizer: TokenizerBuffers,
    pub(super) encoder: EncoderBuffers,
    pub(super) parser: ScorerBuffers,
    pub(super) entities: ScorerBuffers,
    pub(super) state: ParserState,
    pub(super) tree: DependencyTree,
    pub(super) attributes: Vec<Attributes>,
    /// Scores of tags.
    pub(super) scores: Vec<f32>,
    /// Part of speech of each token.
    pub(super) parts: Vec<LabelId>,
}
