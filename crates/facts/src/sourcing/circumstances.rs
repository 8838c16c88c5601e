//! When, where, to whom and through what somebody spoke.

use crate::words::lexicon::*;
use crate::words::lists::words_of;
use crate::words::phrase::{PhraseSide, phrase};
use crate::words::tokens::{LexicalToken, Shape};
use std::collections::HashSet;
use std::sync::LazyLock;

/// Words beside the cue that say when, where, to whom and through what.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Circumstances {
    pub addressee: Option<(usize, usize)>,
    pub medium: Option<(usize, usize)>,
    pub occasion: Option<(usize, usize)>,
    pub time: Option<(usize, usize)>,
}

/// Nouns of media and of occasions, in this order.
static NOUNS: LazyLock<[HashSet<&'static str>; 2]> = LazyLock::new(|| {
    ["medium", "occasion"].map(|class| words_of(include_str!("../../data/en/circumstances.txt"), class))
});

/// Reads circumstances from the tokens behind the cue, up to the end of the sentence. Token ranges are half-open.
pub(crate) fn circumstances(tokens: &[LexicalToken], buffer: &str, from: usize, tells: bool) -> Circumstances {
    const REACH: usize = 40;
    const LONGEST: usize = 6;
    let mut found = Circumstances::default();
    let rest = tokens.get(from..).unwrap_or_default();
    let length =
        rest.iter().take(REACH).position(|token| matches!(token.shape, Shape::Stop | Shape::Mark(_) | Shape::Colon));
    let end = from + length.unwrap_or(rest.len().min(REACH));
    if tells && let Some(phrase) = phrase(tokens, buffer, from, PhraseSide::AfterVerb) {
        found.addressee = Some((phrase.first, phrase.end));
    } else if tells && tokens.get(from).is_some_and(|token| token.has(OBJECT_PRONOUN)) {
        found.addressee = Some((from, from + 1));
    }
    for at in from..end {
        let token = &tokens[at];
        if found.time.is_none() && (token.has(WEEKDAY) || ["yesterday", "today"].contains(&token.text(buffer))) {
            found.time = Some((at, at + 1));
        }
        let [media, occasions] = &*NOUNS;
        let (nouns, slot) = match token.text(buffer) {
            "in" | "on" | "via" | "through" => (media, &mut found.medium),
            "at" | "during" => (occasions, &mut found.occasion),
            _ => continue,
        };
        let run =
            tokens[at + 1..end].iter().take(LONGEST).take_while(|token| token.is_word() && !token.has(PREPOSITION));
        let noun =
            run.enumerate().filter(|(_, token)| nouns.contains(token.text(buffer).to_lowercase().as_str())).last();
        if let (None, Some((offset, _))) = (&*slot, noun) {
            *slot = Some((at, at + offset + 2));
        }
    }
    found
}
