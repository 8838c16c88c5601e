//! Cues that stand behind their quotation.

use super::scene::{RuleMatch, Scene};
use super::subjects::LONGEST_GROUP;
use crate::words::lexicon::*;
use crate::words::passage::{LOOK_BACK, sentence_start, starts_sentence};
use crate::words::phrase::{Phrase, PhraseKind, PhraseSide, phrase, subject};
use crate::words::tokens::{LexicalToken, Shape};
use onrecord_document::Act;

/// `“We sail,” said harbour master Ingrid Solheim.`
pub(crate) fn verb_source_behind(scene: &Scene) -> Option<RuleMatch> {
    let tokens = scene.tokens(scene.last);
    let (at, paused) = behind(scene, tokens);
    let mut verb = at;
    while tokens.get(verb).is_some_and(|token| token.has(ADVERB) && token.shape == Shape::Lower) && verb < at + 2 {
        verb += 1;
    }
    let token = tokens.get(verb).filter(|token| token.shape == Shape::Lower)?;
    let cue = token.cue.filter(|cue| cue.form == Form::Finite)?;
    let plain = matches!(scene.text(token), "said" | "says") || cue.core && scene.last_inside() != Some('.');
    if !paused && !plain {
        return None;
    }
    let mut start = verb + 1;
    // "told reporters" has no source behind it; "said later Smith" hardly occurs, "added today a spokesman" does.
    while tokens.get(start).is_some_and(|token| token.has(ADVERB) && token.shape == Shape::Lower) && start < verb + 3 {
        start += 1;
    }
    let source = phrase(tokens, scene.buffer, start, PhraseSide::AfterVerb)?;
    if cue.class == CueClass::Tell && source.kind == PhraseKind::Noun {
        return None;
    }
    if source.kind == PhraseKind::Noun && start > verb + 1 {
        return None;
    }
    Some(RuleMatch {
        block: scene.last.block,
        cue: (at, verb + 1),
        act: cue.act,
        end: source.end,
        source,
        behind: true,
        opening: clause_opening(scene)?,
    })
}

/// `“We sail,” Solheim told reporters.` `“We sail,” Solheim, the harbour master, said.`
pub(crate) fn source_verb_behind(scene: &Scene) -> Option<RuleMatch> {
    let tokens = scene.tokens(scene.last);
    let (at, paused) = behind(scene, tokens);
    let last = scene.last_inside();
    if last == Some('.') && !short_tag(tokens, scene.buffer, at) {
        return None;
    }
    let (source, verb_at) = subject(tokens, scene.buffer, at)?;
    let (verb, end) = verb_group(tokens, verb_at)?;
    let cue = tokens[verb].cue?;
    let asked = matches!(last, Some('?' | '!' | '…' | '—' | '–'));
    if !paused && !ends_clause(tokens, scene, end) {
        return None;
    }
    if paused && asked && tokens[at].shape == Shape::Capital && clause_follows(tokens, scene, end) {
        return None;
    }
    Some(RuleMatch {
        block: scene.last.block,
        cue: (verb_at, end),
        act: cue.act,
        source,
        end,
        behind: true,
        opening: clause_opening(scene)?,
    })
}

/// Tokens of the dateline that a paragraph opens with: "PORT ELLERY, Averland (CPA) — ".
pub(crate) fn dateline(tokens: &[LexicalToken], buffer: &str) -> usize {
    const LONGEST_DATELINE: usize = 12;
    let capitals = tokens.first().is_some_and(|token| {
        let text = token.text(buffer);
        text.len() > 1 && text.chars().all(char::is_uppercase)
    });
    let dash = tokens.iter().take(LONGEST_DATELINE).position(|token| token.shape == Shape::Dash);
    dash.filter(|_| capitals).map_or(0, |dash| dash + 1)
}

/// Where a clause that ends with the quotation opens, if words of it stand outside the marks: `The plan is “a farce,” he
/// said.` is mixed from "The plan" on. `None` where nobody can tell what was said.
pub(crate) fn clause_opening(scene: &Scene) -> Option<Option<usize>> {
    let tokens = scene.tokens(scene.first);
    let at = scene.first.token;
    let start = sentence_start(tokens, scene.buffer, at);
    let start = start + dateline(&tokens[start..at], scene.buffer);
    let before = &tokens[start..at];
    let paused = before
        .last()
        .is_none_or(|token| matches!(token.shape, Shape::Dash | Shape::Colon | Shape::Mark(_) | Shape::Open));
    let joined = before.iter().all(|token| token.has(CONJUNCTION | ADVERB) || !token.is_word());
    if paused || joined {
        return Some(None);
    }
    let clean = !before
        .iter()
        .any(|token| token.cue.is_some_and(|cue| cue.core) || matches!(token.shape, Shape::Mark(_) | Shape::Semicolon));
    (clean && at - start < LOOK_BACK).then_some(Some(start))
}

/// The token behind the quotation and a comma, and whether there is a pause between the two: `,”` `?”` `”,`.
pub(crate) fn behind(scene: &Scene, tokens: &[LexicalToken]) -> (usize, bool) {
    let at = scene.last.token + 1;
    let comma = tokens.get(at).is_some_and(|token| matches!(token.shape, Shape::Comma | Shape::Dash));
    let inside = matches!(scene.last_inside(), Some(',' | '?' | '!' | '…' | '—' | '–' | '-'));
    (at + usize::from(comma), comma || inside)
}

/// `“We sail.” she said to them.` `“We sail.” Solheim said.`: a small pronoun and its verb, or a source, a verb, and the
/// sentence is over.
pub(crate) fn short_tag(tokens: &[LexicalToken], buffer: &str, at: usize) -> bool {
    let small = tokens.get(at).is_some_and(|token| token.shape == Shape::Lower);
    if small && !starts_sentence(tokens, buffer, at) {
        return verb_group(tokens, at + 1).is_some();
    }
    let tag = subject(tokens, buffer, at).and_then(|(_, verb)| verb_group(tokens, verb));
    tag.is_some_and(|(_, end)| tokens.get(end).is_none_or(|token| token.shape == Shape::Stop))
}

/// Whether the sentence or clause is over at `end`.
pub(crate) fn ends_clause(tokens: &[LexicalToken], scene: &Scene, end: usize) -> bool {
    let long = scene.tokens(scene.last)[scene.last.token].text(scene.buffer).split_whitespace().nth(3).is_some();
    long && tokens.get(end).is_none_or(|token| matches!(token.shape, Shape::Stop | Shape::Comma | Shape::Semicolon))
}

/// Whether words that cannot belong to a tag follow the verb: "“Why?” Smith said the ship was late."
pub(crate) fn clause_follows(tokens: &[LexicalToken], scene: &Scene, end: usize) -> bool {
    let Some(next) = tokens.get(end) else { return false };
    match next.shape {
        Shape::Lower => {
            let text = scene.text(next);
            let tell = tokens[end - 1].cue.is_some_and(|cue| cue.class == CueClass::Tell);
            text == "that" || (!tell && (next.has(DETERMINER) || !next.has(PREPOSITION | ADVERB | CONJUNCTION)))
        }
        Shape::Capital => !tokens[end - 1].cue.is_some_and(|cue| cue.class == CueClass::Tell),
        _ => false,
    }
}

/// `“We sail,” according to the harbour master.`
pub(crate) fn according_to_behind(scene: &Scene) -> Option<RuleMatch> {
    let tokens = scene.tokens(scene.last);
    let (at, _) = behind(scene, tokens);
    let (source, end) = according_to(tokens, scene, at, PhraseSide::AfterVerb)?;
    Some(RuleMatch {
        block: scene.last.block,
        cue: (at, at + 2),
        act: Act::Statement,
        source,
        end,
        behind: true,
        opening: clause_opening(scene)?,
    })
}

pub(crate) fn according_to(
    tokens: &[LexicalToken],
    scene: &Scene,
    at: usize,
    side: PhraseSide,
) -> Option<(Phrase, usize)> {
    let first = tokens.get(at)?;
    let second = tokens.get(at + 1)?;
    if !scene.text(first).eq_ignore_ascii_case("according") || scene.text(second) != "to" {
        return None;
    }
    let source = phrase(tokens, scene.buffer, at + 2, side)?;
    let end = source.end;
    Some((source, end))
}

/// Auxiliaries and adverbs, then a cue verb in a finite form: its first token, the verb, and the token behind it.
pub(crate) fn verb_group(tokens: &[LexicalToken], at: usize) -> Option<(usize, usize)> {
    let mut passive = false;
    for (offset, token) in tokens.get(at..)?.iter().take(LONGEST_GROUP).enumerate() {
        if let Some(cue) = token.cue.filter(|_| token.shape == Shape::Lower) {
            let fits = cue.form == Form::Finite && !passive || cue.form == Form::Participle && passive;
            return fits.then_some((at + offset, at + offset + 1));
        }
        if token.has(NEGATION) || !token.has(AUX | BE | ADVERB) {
            return None;
        }
        passive |= token.has(BE);
    }
    None
}
