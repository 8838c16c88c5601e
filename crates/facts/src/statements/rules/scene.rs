//! A quotation among its surroundings, and what a rule finds there.

use crate::words::lexicon::Lexicon;
use crate::words::passage::{TokenPosition, TokenizedBlock};
use crate::words::phrase::Phrase;
use crate::words::tokens::LexicalToken;
use onrecord_document::Act;

/// A quotation among its surroundings.
pub(crate) struct Scene<'a> {
    pub buffer: &'a str,
    pub lexicon: &'a Lexicon,
    pub passages: &'a [TokenizedBlock],
    /// Its first part.
    pub first: TokenPosition,
    /// Its last part.
    pub last: TokenPosition,
}

/// Cue and source of a quotation.
#[derive(Clone, Debug)]
pub(crate) struct Attribution {
    pub block: usize,
    /// Tokens of the cue, half-open.
    pub cue: (usize, usize),
    pub act: Act,
    pub source: Phrase,
    /// Token behind cue and source.
    pub end: usize,
    /// Whether the cue stands behind the quotation.
    pub behind: bool,
    /// First token of words outside the marks that were said too: what is said is mixed.
    pub opening: Option<usize>,
    pub confidence: f32,
}

/// A rule: its pattern, and how sure its findings are.
pub(crate) struct Rule {
    pub confidence: f32,
    pub find: fn(&Scene) -> Option<RuleMatch>,
}

/// What a rule finds, before it is named and weighed.
pub(crate) struct RuleMatch {
    pub block: usize,
    pub cue: (usize, usize),
    pub act: Act,
    pub source: Phrase,
    pub end: usize,
    pub behind: bool,
    pub opening: Option<usize>,
}

impl Scene<'_> {
    pub(crate) fn tokens(&self, place: TokenPosition) -> &[LexicalToken] {
        &self.passages[place.block].tokens
    }

    /// The mark or letter before the closing quotation mark.
    pub(crate) fn last_inside(&self) -> Option<char> {
        let token = self.tokens(self.last)[self.last.token];
        let text = token.text(self.buffer);
        let mut chars = text.chars().rev().skip(1);
        let last = chars.next()?;
        // “… ‘never,’” ends with the comma of the inner quotation.
        if matches!(last, '’' | '\'' | '”' | '"') { chars.next() } else { Some(last) }
    }

    /// Whether the quotation begins like a sentence.
    pub(crate) fn opens_sentence(&self) -> bool {
        let token = self.tokens(self.first)[self.first.token];
        let first = token.text(self.buffer).chars().find(|char| char.is_alphanumeric());
        first.is_some_and(|char| !char.is_lowercase())
    }

    pub(crate) fn text(&self, token: &LexicalToken) -> &str {
        token.text(self.buffer)
    }
}

/// What the first of the rules that fits says of a quotation.
pub(crate) fn attribute(rules: &[Rule], scene: &Scene) -> Option<Attribution> {
    rules.iter().find_map(|rule| {
        let found = (rule.find)(scene)?;
        let tokens = &scene.passages[found.block].tokens;
        let word = |at: usize| tokens.get(at).map_or("", |token| scene.text(token));
        let nobody = scene.lexicon.names_nobody(word(found.source.first), word(found.source.first + 1));
        (!nobody).then_some(Attribution {
            block: found.block,
            cue: found.cue,
            act: found.act,
            source: found.source,
            end: found.end,
            behind: found.behind,
            opening: found.opening,
            confidence: rule.confidence,
        })
    })
}
