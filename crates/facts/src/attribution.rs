//! Who a quotation is attributed to: a list of rules, each a pattern of English news, tried in order.

use crate::labels::{label_before, signature_behind};
use crate::lexicon::*;
use crate::phrase::{Phrase, PhraseKind, Side, phrase, subject};
use crate::subjects::source_before;
use crate::tokens::{Shape, Token};
use onrecord_document::Act;

/// One block, as the rules see it.
pub(crate) struct Passage {
    pub tokens: Vec<Token>,
    /// Whether the block follows the one before on the page, both being text of the article.
    pub follows: bool,
    /// Of a passage that is the inside of a quotation, as the home of quotations in it: the index of that quotation.
    pub quoted: Option<usize>,
}

/// Where a quotation part stands.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub block: usize,
    pub token: usize,
}

/// A quotation among its surroundings.
pub(crate) struct Scene<'a> {
    pub buffer: &'a str,
    pub passages: &'a [Passage],
    /// Its first part.
    pub first: Place,
    /// Its last part.
    pub last: Place,
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
    pub find: fn(&Scene) -> Option<Found>,
}

/// What a rule finds, before it is named and weighed.
pub(crate) struct Found {
    pub block: usize,
    pub cue: (usize, usize),
    pub act: Act,
    pub source: Phrase,
    pub end: usize,
    pub behind: bool,
    pub opening: Option<usize>,
}

/// The rules in the order in which they are tried.
///
/// Confidence is the share of a rule's findings in the training part of PolNeAR whose content is by half or more that of
/// an annotated statement, rounded down to a twentieth; of a rule with fewer than 50 findings there no more than 0.85.
pub(crate) const RULES: &[Rule] = &[
    Rule { confidence: 0.95, find: verb_source_behind },
    Rule { confidence: 0.95, find: source_verb_behind },
    Rule { confidence: 0.85, find: according_to_behind },
    Rule { confidence: 0.8, find: source_verb_before },
    Rule { confidence: 0.85, find: according_to_before },
    Rule { confidence: 0.85, find: verb_source_before },
    Rule { confidence: 0.85, find: put_it },
    Rule { confidence: 0.85, find: colon_before },
    Rule { confidence: 0.75, find: label_before },
    Rule { confidence: 0.75, find: signature_behind },
];

/// The first rule that fits.
pub(crate) fn attribute(scene: &Scene) -> Option<Attribution> {
    RULES.iter().find_map(|rule| {
        let found = (rule.find)(scene)?;
        let tokens = &scene.passages[found.block].tokens;
        let word = |at: usize| tokens.get(at).map_or("", |token| scene.text(token));
        let nobody = names_nobody(word(found.source.first), word(found.source.first + 1));
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

/// How far before a quotation its cue may stand, in tokens.
const LOOK_BACK: usize = 60;
/// Most tokens between a cue and the comma or colon before the quotation ("said on Monday in a speech to the union,").
const LONGEST_GAP: usize = 25;
/// Most tokens between a naming verb and the quotation ("called his opponent’s plan “a farce”").
const LONGEST_NAMED: usize = 8;
/// Most auxiliaries and adverbs before a verb.
pub(crate) const LONGEST_GROUP: usize = 4;

impl Scene<'_> {
    pub(crate) fn tokens(&self, place: Place) -> &[Token] {
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

    fn text(&self, token: &Token) -> &str {
        token.text(self.buffer)
    }
}

/// Whether a sentence starts at token `at`: behind a stop, or behind a quotation that holds one.
pub(crate) fn starts_sentence(tokens: &[Token], buffer: &str, at: usize) -> bool {
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

/// Auxiliaries and adverbs, then a cue verb in a finite form: its first token, the verb, and the token behind it.
fn verb_group(tokens: &[Token], at: usize) -> Option<(usize, usize)> {
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

/// `“We sail,” said harbour master Ingrid Solheim.`
fn verb_source_behind(scene: &Scene) -> Option<Found> {
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
    let source = phrase(tokens, scene.buffer, start, Side::AfterVerb)?;
    if cue.class == CueClass::Tell && source.kind == PhraseKind::Noun {
        return None;
    }
    if source.kind == PhraseKind::Noun && start > verb + 1 {
        return None;
    }
    Some(Found {
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
fn source_verb_behind(scene: &Scene) -> Option<Found> {
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
    Some(Found {
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
fn dateline(tokens: &[Token], buffer: &str) -> usize {
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
fn clause_opening(scene: &Scene) -> Option<Option<usize>> {
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
fn behind(scene: &Scene, tokens: &[Token]) -> (usize, bool) {
    let at = scene.last.token + 1;
    let comma = tokens.get(at).is_some_and(|token| matches!(token.shape, Shape::Comma | Shape::Dash));
    let inside = matches!(scene.last_inside(), Some(',' | '?' | '!' | '…' | '—' | '–' | '-'));
    (at + usize::from(comma), comma || inside)
}

/// `“We sail.” she said to them.` `“We sail.” Solheim said.`: a small pronoun and its verb, or a source, a verb, and the
/// sentence is over.
fn short_tag(tokens: &[Token], buffer: &str, at: usize) -> bool {
    let small = tokens.get(at).is_some_and(|token| token.shape == Shape::Lower);
    if small && !starts_sentence(tokens, buffer, at) {
        return verb_group(tokens, at + 1).is_some();
    }
    let tag = subject(tokens, buffer, at).and_then(|(_, verb)| verb_group(tokens, verb));
    tag.is_some_and(|(_, end)| tokens.get(end).is_none_or(|token| token.shape == Shape::Stop))
}

/// Whether the sentence or clause is over at `end`.
fn ends_clause(tokens: &[Token], scene: &Scene, end: usize) -> bool {
    let long = scene.tokens(scene.last)[scene.last.token].text(scene.buffer).split_whitespace().nth(3).is_some();
    long && tokens.get(end).is_none_or(|token| matches!(token.shape, Shape::Stop | Shape::Comma | Shape::Semicolon))
}

/// Whether words that cannot belong to a tag follow the verb: "“Why?” Smith said the ship was late."
fn clause_follows(tokens: &[Token], scene: &Scene, end: usize) -> bool {
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
fn according_to_behind(scene: &Scene) -> Option<Found> {
    let tokens = scene.tokens(scene.last);
    let (at, _) = behind(scene, tokens);
    let (source, end) = according_to(tokens, scene, at, Side::AfterVerb)?;
    Some(Found {
        block: scene.last.block,
        cue: (at, at + 2),
        act: Act::Statement,
        source,
        end,
        behind: true,
        opening: clause_opening(scene)?,
    })
}

/// `According to the harbour master, “the ship was late.”`
fn according_to_before(scene: &Scene) -> Option<Found> {
    let tokens = scene.tokens(scene.first);
    let start = sentence_start(tokens, scene.buffer, scene.first.token);
    let (source, end) = according_to(tokens, scene, start, Side::AfterVerb)?;
    let at = scene.first.token;
    let adjacent = end + 1 == at && tokens[end].shape == Shape::Comma;
    adjacent.then_some(Found {
        block: scene.first.block,
        cue: (start, start + 2),
        act: Act::Statement,
        source,
        end: at,
        behind: false,
        opening: None,
    })
}

fn according_to(tokens: &[Token], scene: &Scene, at: usize, side: Side) -> Option<(Phrase, usize)> {
    let first = tokens.get(at)?;
    let second = tokens.get(at + 1)?;
    if !scene.text(first).eq_ignore_ascii_case("according") || scene.text(second) != "to" {
        return None;
    }
    let source = phrase(tokens, scene.buffer, at + 2, side)?;
    let end = source.end;
    Some((source, end))
}

/// First token of the sentence that token `at` stands in, not further than [`LOOK_BACK`].
pub(crate) fn sentence_start(tokens: &[Token], buffer: &str, at: usize) -> usize {
    let floor = at.saturating_sub(LOOK_BACK);
    let mut start = at;
    while start > floor && !starts_sentence(tokens, buffer, start) {
        start -= 1;
    }
    start
}

/// `Solheim told reporters on Monday: “We sail.”` `Solheim called it “a farce”` `…, saying, “We sail.”`
fn source_verb_before(scene: &Scene) -> Option<Found> {
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
        return Some(Found {
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
fn introduces(scene: &Scene, tokens: &[Token], verb: usize, gap: &[Token], pause: bool) -> bool {
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
fn closes_clause(scene: &Scene) -> bool {
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
fn colon_before(scene: &Scene) -> Option<Found> {
    let Place { block, token: at } = scene.first;
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
        return Some(Found {
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
fn is_transition(tokens: &[Token]) -> bool {
    !tokens.is_empty() && tokens.iter().all(|token| token.has(CONJUNCTION | ADVERB))
}

/// `But, said Solheim, “we sail.”`
fn verb_source_before(scene: &Scene) -> Option<Found> {
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
    let source = phrase(tokens, scene.buffer, verb + 1, Side::AfterVerb).filter(|source| source.end == comma)?;
    Some(Found {
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
fn put_it(scene: &Scene) -> Option<Found> {
    const LONGEST_MANNER: usize = 4;
    let puts = |tokens: &[Token], at: usize| {
        let it = tokens.get(at + 1).is_some_and(|token| scene.text(token) == "it");
        it && tokens.get(at).is_some_and(|token| matches!(scene.text(token), "put" | "puts"))
    };
    let tokens = scene.tokens(scene.last);
    let (at, _) = behind(scene, tokens);
    if tokens.get(at).is_some_and(|token| scene.text(token) == "as") {
        let (source, verb) = subject(tokens, scene.buffer, at + 1)?;
        let end = verb + 2;
        return puts(tokens, verb).then_some(Found {
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
    Some(Found {
        block: scene.first.block,
        cue: (first, verb + 1),
        act: Act::Statement,
        source,
        end: at,
        behind: false,
        opening: None,
    })
}
