//! What the program knows of one language.

use super::rules::scene::{Attribution, Rule, Scene};
use crate::words::lexicon::Lexicon;
use crate::words::passage::TokenPosition;

/// One language: its words, and how its news says who said what. A row in `languages::PACKS`.
pub(crate) struct Pack {
    /// ISO 639-1, in lower case.
    pub code: &'static str,
    /// Verbs that report, with their acts, pronouns and the other function words.
    pub lexicon: fn() -> &'static Lexicon,
    /// How cue and source of a quotation are found, in the order in which the rules are tried.
    pub rules: &'static [Rule],
    /// How surely a quotation without a cue goes on with that of the quotation before it, whose last part is at the
    /// place; `None` where it does not.
    pub goes_on: fn(&Scene, &Attribution, TokenPosition) -> Option<f32>,
    /// Whether quotations with nothing but a comma or a conjunction between them share the cue behind the last.
    pub rows: bool,
    /// How much is read.
    pub depth: Depth,
}

/// How much is read of a language.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) enum Depth {
    /// Direct quotations, with their sources as they are worded.
    Quotations,
    /// Quotations inside quotations, refusals and statements without marks too, and who is behind each.
    Statements,
}
