//! German: direct quotations, „…“ and »…«, by two rules and a list of verbs, with low confidence.
//!
//! The source is the phrase beside the verb. Nouns have capitals as names do, so a source counts as named where no
//! article opens it, or where a name follows its noun.

use crate::statements::pack::{Depth, Pack};
use crate::statements::rules::scene::{Attribution, Rule, RuleMatch, Scene};
use crate::words::lexicon::*;
use crate::words::passage::TokenPosition;
use crate::words::phrase::{Phrase, PhraseKind};
use crate::words::tokens::{LexicalToken, Shape};
use onrecord_document::Act;
use std::sync::LazyLock;

pub(crate) static PACK: Pack =
    Pack { code: "de", lexicon: || &LEXICON, rules: RULES, goes_on, rows: false, depth: Depth::Quotations };

static LEXICON: LazyLock<Lexicon> =
    LazyLock::new(|| Lexicon::default().with_forms(include_str!("../../data/de/words.txt")));

const RULES: &[Rule] =
    &[Rule { confidence: CONFIDENCE, find: verb_behind }, Rule { confidence: CONFIDENCE, find: verb_before_colon }];

/// How sure these rules are: an estimate, low because they have been measured on nothing that they were made for.
const CONFIDENCE: f32 = 0.5;
/// How far before a quotation its verb may stand, in tokens.
const LOOK_BACK: usize = 40;
/// Most tokens between an attribution and a quotation that goes on behind it.
const LONGEST_TAIL: usize = 20;
/// Most adjectives before a noun.
const ADJECTIVES: usize = 3;
/// "so", which reports only behind a comma: "„Wir fahren“, so der Sprecher".
const SO: &str = "so";

/// The act that a verb reports, in one of its listed forms.
fn act(token: &LexicalToken) -> Option<Act> {
    token.cue.filter(|_| token.shape == Shape::Lower).map(|cue| cue.act)
}

/// `„Wir fahren“, sagte Solheim.` `„Wir fahren“, so der Sprecher.`
fn verb_behind(scene: &Scene) -> Option<RuleMatch> {
    let tokens = scene.tokens(scene.last);
    let comma = tokens.get(scene.last.token + 1);
    let comma = comma.is_some_and(|token| matches!(token.shape, Shape::Comma | Shape::Dash));
    let verb = scene.last.token + 1 + usize::from(comma);
    let act = act(tokens.get(verb)?)?;
    let source = phrase(tokens, scene.buffer, verb + 1)?;
    let fits = comma || scene.text(&tokens[verb]) != SO;
    (fits && opens_sentence(scene.tokens(scene.first), scene.first.token)).then(|| RuleMatch {
        block: scene.last.block,
        cue: (verb, verb + 1),
        act,
        end: source.end.max(verb + 1),
        source,
        behind: true,
        opening: None,
    })
}

/// `Solheim sagte am Montag: „Wir fahren.“` `Am Montag sagte Solheim: „Wir fahren.“`
fn verb_before_colon(scene: &Scene) -> Option<RuleMatch> {
    let tokens = scene.tokens(scene.first);
    let colon = scene.first.token.checked_sub(1).filter(|colon| tokens[*colon].shape == Shape::Colon)?;
    let farthest = colon.saturating_sub(LOOK_BACK);
    let ends = |at: &usize| matches!(tokens[*at].shape, Shape::Stop | Shape::Mark(_) | Shape::Colon);
    let start = (farthest..colon).rev().find(ends).map_or(farthest, |at| at + 1);
    (start..colon).rev().find_map(|verb| {
        let act = act(&tokens[verb]).filter(|_| scene.text(&tokens[verb]) != SO)?;
        let before = phrase(tokens, scene.buffer, start).filter(|source| source.end == verb);
        let source = before.or_else(|| phrase(tokens, scene.buffer, verb + 1))?;
        Some(RuleMatch {
            block: scene.first.block,
            cue: (verb, verb + 1),
            act,
            end: source.end.max(verb + 1),
            source,
            behind: false,
            opening: None,
        })
    })
}

/// Whether no words stand before a quotation in its sentence, so that all of what was said is in its marks: not in `Das Wort
/// „Versprechen“, sagte sie, sei nicht gefallen.`
fn opens_sentence(tokens: &[LexicalToken], at: usize) -> bool {
    let before = at.checked_sub(1).map(|before| tokens[before].shape);
    before.is_none_or(|shape| matches!(shape, Shape::Stop | Shape::Colon | Shape::Dash | Shape::Mark(_)))
}

/// The phrase that starts at `first`: `er`, `die Händlerin Marta Ilić`, `ein Sprecher des Ministeriums`, `Agnes Holloway, die
/// Vorsitzende der Gewerkschaft`.
fn phrase(tokens: &[LexicalToken], buffer: &str, first: usize) -> Option<Phrase> {
    let has = |at: usize, flags: Flags| tokens.get(at).is_some_and(|token| token.has(flags));
    let found = |kind, end| Phrase { first, end, head: end - 1, kind, name: None, apposition: None, and: None };
    if has(first, OPENER) {
        return None;
    }
    if has(first, PRONOUN) {
        return Some(found(PhraseKind::Pronoun, first + 1));
    }
    let plain = |first: usize| -> Option<(usize, usize)> {
        let opens = has(first, DETERMINER);
        let mut at = first + usize::from(opens);
        let noun = (at..=at + ADJECTIVES).find(|at| tokens.get(*at).is_none_or(|token| token.shape != Shape::Lower))?;
        // Without an article no adjective: "sagte gestern Rourke".
        at = if opens { noun } else { at };
        let start = at;
        while tokens.get(at).is_some_and(|token| token.shape == Shape::Capital) {
            at += 1;
        }
        (at > start).then_some((at, at - start))
    };
    let opens = has(first, DETERMINER);
    let text = |at: usize| tokens.get(at).map_or("", |token| token.text(buffer));
    // "der Gewerkschaft", "des Ministeriums", "vom Roten Kreuz".
    let with_genitive = |end: usize| {
        let opens = matches!(text(end), "der" | "des" | "von" | "vom");
        plain(end + 1).filter(|_| opens).map_or(end, |(further, _)| further)
    };
    let (end, nouns) = plain(first)?;
    let mut end = with_genitive(end);
    if tokens.get(end).is_some_and(|token| token.shape == Shape::Comma)
        && has(end + 1, DETERMINER)
        && let Some(further) = plain(end + 1).map(|(further, _)| with_genitive(further))
        && tokens.get(further).is_none_or(|next| !next.is_word())
    {
        end = further;
    }
    let named = !opens || nouns > 1;
    Some(found(if named { PhraseKind::Name } else { PhraseKind::Noun }, end))
}

/// `„Wir fahren“, sagte Solheim. „Um acht.“`: a quotation without a verb of its own goes on with the one before.
fn goes_on(scene: &Scene, attribution: &Attribution, _before: TokenPosition) -> Option<f32> {
    let first = scene.first;
    if !attribution.behind || attribution.block != first.block || attribution.end > first.token {
        return None;
    }
    let tail = &scene.tokens(first)[attribution.end..first.token];
    let stops = tail.iter().filter(|token| token.shape == Shape::Stop).count();
    let ends =
        tail.last().is_none_or(|last| matches!(last.shape, Shape::Stop | Shape::Comma | Shape::Colon | Shape::Dash));
    let quoted = tail.iter().any(|token| matches!(token.shape, Shape::Mark(_)));
    (tail.len() <= LONGEST_TAIL && ends && stops <= 1 && !quoted).then_some(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::lists::lines;

    #[test]
    fn every_line_of_the_list_is_understood() {
        let named = lines(include_str!("../../data/de/words.txt"));
        let words: Vec<&str> =
            named.filter_map(|line| line.split_once(':')).flat_map(|(_, words)| words.split_whitespace()).collect();
        let known = |word: &&str| LEXICON.look_up(word).cue.is_some() || LEXICON.look_up(word).flags != 0;
        assert!(words.iter().all(known), "a class is not known");
        assert_eq!(LEXICON.len(), words.len(), "a word stands twice");
    }
}
