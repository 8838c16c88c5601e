//! Cues that stand before their quotation.

use super::behind::{according_to, behind, clause_opening};
use super::scene::{RuleMatch, Scene};
use super::subjects::source_before;
use crate::words::lexicon::*;
use crate::words::passage::{TokenPosition, sentence_start};
use crate::words::phrase::{PhraseSide, phrase, subject};
use crate::words::tokens::{LexicalToken, Shape};
use onrecord_document::Act;

/// Most tokens between a cue and the comma or colon before the quotation ("said on Monday in a speech to the union,").
const LONGEST_GAP: usize = 25;

/// Most tokens between a naming verb and the quotation ("called his opponent’s plan “a farce”").
const LONGEST_NAMED: usize = 8;

/// `According to the harbour master, “the ship was late.”`
pub(crate) fn according_to_before(scene: &Scene) -> Option<RuleMatch> {
    let tokens = scene.tokens(scene.first);
    let start = sentence_start(tokens, scene.buffer, scene.first.token);
    let (source, end) = according_to(tokens, scene, start, PhraseSide::AfterVerb)?;
    let at = scene.first.token;
    let adjacent = end + 1 == at && tokens[end].shape == Shape::Comma;
    adjacent.then_some(RuleMatch {
        block: scene.first.block,
        cue: (start, start + 2),
        act: Act::Statement,
        source,
        end: at,
        behind: false,
        opening: None,
    })
}

/// `Solheim told reporters on Monday: “We sail.”` `Solheim called it “a farce”` `…, saying, “We sail.”`
pub(crate) fn source_verb_before(scene: &Scene) -> Option<RuleMatch> {
    let tokens = scene.tokens(scene.first);
    let at = scene.first.token;
    let start = sentence_start(tokens, scene.buffer, at);
    let before = at.checked_sub(1).filter(|before| *before >= start)?;
    let pause = matches!(tokens[before].shape, Shape::Comma | Shape::Colon);
    let gap_end = if pause { before } else { at };
    let reach = if pause { LONGEST_GAP } else { LONGEST_NAMED };
    for verb in (start.max(gap_end.saturating_sub(reach + 1))..gap_end).rev() {
        let token = &tokens[verb];
        if matches!(token.shape, Shape::Mark(_) | Shape::Semicolon | Shape::Colon) {
            return None;
        }
        let Some(cue) = token.cue.filter(|_| token.shape == Shape::Lower) else { continue };
        let gap = &tokens[verb + 1..gap_end];
        if !introduces(scene, tokens, verb, gap, pause) {
            continue;
        }
        let Some((source, first)) = source_before(tokens, scene.buffer, start, verb, cue.form) else { continue };
        // "The hall opens at 11, Fenn said, “because we need it”" goes on with what she said before.
        let goes_on = pause
            && !scene.opens_sentence()
            && source.first > start
            && tokens[source.first - 1].shape == Shape::Comma
            && !is_transition(&tokens[start..source.first - 1]);
        if goes_on {
            return None;
        }
        // What somebody calls by a name is a part of what was said: "called the plan “a farce”".
        let named = cue.class == CueClass::Name && !pause && !gap.is_empty();
        return Some(RuleMatch {
            block: scene.first.block,
            cue: (first, verb + 1),
            act: cue.act,
            source,
            end: at,
            behind: false,
            opening: named.then_some(verb + 1),
        });
    }
    None
}

/// Whether a cue verb with `gap` between it and the quotation (or the pause before it) introduces the quotation.
pub(crate) fn introduces(
    scene: &Scene,
    tokens: &[LexicalToken],
    verb: usize,
    gap: &[LexicalToken],
    pause: bool,
) -> bool {
    let Some(cue) = tokens[verb].cue else { return false };
    let relative = verb > 1 && scene.text(&tokens[verb - 1]) == "that" && tokens[verb - 2].has(DOCUMENT | ROLE);
    let noun = verb > 0 && tokens[verb - 1].has(DETERMINER | POSSESSIVE);
    if noun && !relative {
        return false;
    }
    let text = |nth: usize| gap.get(nth).map_or("", |token| scene.text(token));
    if pause {
        let colon = tokens.get(scene.first.token - 1).is_some_and(|token| token.shape == Shape::Colon);
        let clause = gap.iter().any(|token| matches!(scene.text(token), "that" | "if" | "whether"));
        let tied = match cue.class {
            CueClass::Say | CueClass::Tell => true,
            CueClass::Weak => gap.is_empty() || colon,
            CueClass::Name => colon,
        };
        return (gap.is_empty() || scene.opens_sentence()) && !clause && tied;
    }
    if !closes_clause(scene) {
        return false;
    }
    match cue.class {
        CueClass::Say => gap.is_empty() || (gap.len() == 1 && text(0) == "that"),
        CueClass::Tell => {
            !gap.is_empty()
                && gap.len() <= 4
                && gap.iter().all(|token| token.is_word())
                && !gap
                    .iter()
                    .any(|token| token.has(AUX | BE) || matches!(scene.text(token), "to" | "of" | "about" | "for"))
        }
        CueClass::Name => {
            let noun = |at: usize| at > 0 && gap[at - 1].has(DETERMINER | POSSESSIVE);
            gap.iter().enumerate().all(|(at, token)| {
                token.is_word() && !token.has(AUX | BE | CONJUNCTION) && (token.cue.is_none() || noun(at))
            })
        }
        CueClass::Weak => false,
    }
}

/// Whether the clause is over behind the quotation, so that all of what was said stands in its marks.
pub(crate) fn closes_clause(scene: &Scene) -> bool {
    let tokens = scene.tokens(scene.last);
    if matches!(scene.last_inside(), Some('.' | '?' | '!' | ',' | '…')) {
        return true;
    }
    tokens.get(scene.last.token + 1).is_none_or(|next| {
        matches!(next.shape, Shape::Stop | Shape::Comma | Shape::Semicolon | Shape::Dash | Shape::Close)
            || matches!(scene.text(next), "and" | "but")
    })
}

/// A paragraph that ends with a colon and reports an act of speech: `Rourke released the following statement:` and the
/// quotation stands behind it, in the same paragraph or as the next one.
pub(crate) fn colon_before(scene: &Scene) -> Option<RuleMatch> {
    let TokenPosition { block, token: at } = scene.first;
    let (block, end) = match at {
        0 if scene.passages[block].follows => (block.checked_sub(1)?, scene.passages.get(block - 1)?.tokens.len()),
        0 => return None,
        _ => (block, at),
    };
    let tokens = &scene.passages[block].tokens;
    let colon = end.checked_sub(1).filter(|colon| tokens[*colon].shape == Shape::Colon)?;
    if !scene.opens_sentence() {
        return None;
    }
    let start = sentence_start(tokens, scene.buffer, colon);
    for verb in (start..colon).rev() {
        let token = &tokens[verb];
        if matches!(token.shape, Shape::Mark(_) | Shape::Colon) {
            return None;
        }
        let Some(cue) = token.cue.filter(|_| token.shape == Shape::Lower) else { continue };
        if verb > 0 && tokens[verb - 1].has(DETERMINER | POSSESSIVE) {
            continue;
        }
        let Some((source, first)) = source_before(tokens, scene.buffer, start, verb, cue.form) else { continue };
        return Some(RuleMatch {
            block,
            cue: (first, verb + 1),
            act: cue.act,
            source,
            end: scene.first.token,
            behind: false,
            opening: None,
        });
    }
    None
}

/// Whether words do nothing but lead over: "But, he said, “…”".
pub(crate) fn is_transition(tokens: &[LexicalToken]) -> bool {
    !tokens.is_empty() && tokens.iter().all(|token| token.has(CONJUNCTION | ADVERB))
}

/// `But, said Solheim, “we sail.”`
pub(crate) fn verb_source_before(scene: &Scene) -> Option<RuleMatch> {
    let tokens = scene.tokens(scene.first);
    let at = scene.first.token;
    let comma = at.checked_sub(1).filter(|comma| tokens[*comma].shape == Shape::Comma)?;
    let start = sentence_start(tokens, scene.buffer, comma);
    let lead = tokens[start..comma].iter().position(|token| token.shape == Shape::Comma)?;
    let verb = start + lead + 1;
    let cue = tokens[verb].cue.filter(|cue| cue.form == Form::Finite && tokens[verb].shape == Shape::Lower)?;
    if !is_transition(&tokens[start..start + lead]) || !matches!(cue.class, CueClass::Say) {
        return None;
    }
    let source = phrase(tokens, scene.buffer, verb + 1, PhraseSide::AfterVerb).filter(|source| source.end == comma)?;
    Some(RuleMatch {
        block: scene.first.block,
        cue: (verb, verb + 1),
        act: cue.act,
        source,
        end: at,
        behind: false,
        opening: None,
    })
}

/// `“We sail,” as Solheim put it.` `As Solheim put it, “we sail.”` `One investor put it less politely: “We sell.”`
pub(crate) fn put_it(scene: &Scene) -> Option<RuleMatch> {
    const LONGEST_MANNER: usize = 4;
    let puts = |tokens: &[LexicalToken], at: usize| {
        let it = tokens.get(at + 1).is_some_and(|token| scene.text(token) == "it");
        it && tokens.get(at).is_some_and(|token| matches!(scene.text(token), "put" | "puts"))
    };
    let tokens = scene.tokens(scene.last);
    let (at, _) = behind(scene, tokens);
    if tokens.get(at).is_some_and(|token| scene.text(token) == "as") {
        let (source, verb) = subject(tokens, scene.buffer, at + 1)?;
        let end = verb + 2;
        return puts(tokens, verb).then_some(RuleMatch {
            block: scene.last.block,
            cue: (verb, verb + 1),
            act: Act::Statement,
            source,
            end,
            behind: true,
            opening: clause_opening(scene)?,
        });
    }
    let tokens = scene.tokens(scene.first);
    let at = scene.first.token;
    let pause = at.checked_sub(1).filter(|at| matches!(tokens[*at].shape, Shape::Comma | Shape::Colon))?;
    let start = sentence_start(tokens, scene.buffer, pause);
    let verb = (start.max(pause.saturating_sub(LONGEST_MANNER + 2))..pause).rev().find(|verb| puts(tokens, *verb))?;
    let (source, first) = source_before(tokens, scene.buffer, start, verb, Form::Finite)?;
    Some(RuleMatch {
        block: scene.first.block,
        cue: (first, verb + 1),
        act: Act::Statement,
        source,
        end: at,
        behind: false,
        opening: None,
    })
}
