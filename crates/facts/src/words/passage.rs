//! One block as the rules see it, and where sentences begin in it.

use super::lexicon::CONJUNCTION;
use super::tokens::{LexicalToken, Shape};

/// One block, as the rules see it.
pub(crate) struct TokenizedBlock {
    pub tokens: Vec<LexicalToken>,
    /// Whether the block follows the one before on the page, both being text of the article.
    pub follows: bool,
    /// Of a passage that is the inside of a quotation, as the home of quotations in it: the index of that quotation.
    pub quoted: Option<usize>,
}

/// Where a quotation part stands.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) struct TokenPosition {
    pub block: usize,
    pub token: usize,
}

/// How far before a quotation its cue may stand, in tokens.
pub(crate) const LOOK_BACK: usize = 60;

/// Whether a sentence starts at token `at`: behind a stop, or behind a quotation that holds one.
pub(crate) fn starts_sentence(tokens: &[LexicalToken], buffer: &str, at: usize) -> bool {
    let Some(before) = at.checked_sub(1).and_then(|before| tokens.get(before)) else { return true };
    match before.shape {
        Shape::Stop => true,
        Shape::Mark(_) => {
            let inside = before.text(buffer).trim_end_matches(['”', '"', '’', '\'', '»', '“', '」']);
            inside.ends_with(['.', '?', '!', '…'])
                && tokens.get(at).is_none_or(|token| matches!(token.shape, Shape::Capital | Shape::Mark(_)))
        }
        _ => false,
    }
}

/// First token of the sentence that token `at` stands in, not further than [`LOOK_BACK`].
pub(crate) fn sentence_start(tokens: &[LexicalToken], buffer: &str, at: usize) -> usize {
    let floor = at.saturating_sub(LOOK_BACK);
    let mut start = at;
    while start > floor && !starts_sentence(tokens, buffer, start) {
        start -= 1;
    }
    start
}

/// Whether nothing but a comma or a conjunction stands between two quotations: "“A” and “B,” Smith said".
pub(crate) fn is_row(between: &[LexicalToken]) -> bool {
    const MOST: usize = 2;
    between.len() <= MOST && between.iter().all(|token| token.shape == Shape::Comma || token.has(CONJUNCTION))
}
