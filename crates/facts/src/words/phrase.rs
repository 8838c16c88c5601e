//! Noun phrases that can name a source, found by their edges.

use super::lexicon::*;
use super::lists::words;
use super::offices::is_office;
use super::tokens::{LexicalToken, Shape};
use std::collections::HashSet;
use std::sync::LazyLock;

/// What a phrase is.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) enum PhraseKind {
    /// "she", "they".
    Pronoun,
    /// It ends with a proper name: "harbour master Ingrid Solheim", "the Kremlin".
    Name,
    /// Anything else: "a senior European diplomat", "two people briefed on the inquiry".
    Noun,
}

/// A noun phrase: token indices, half-open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Phrase {
    pub first: usize,
    pub end: usize,
    /// The last token of the phrase without what follows its head ("of Lorne University").
    pub head: usize,
    pub kind: PhraseKind,
    /// The name inside, titles and roles left out.
    pub name: Option<(usize, usize)>,
    /// A second phrase beside it: "Siobhan Crane, the opposition leader".
    pub apposition: Option<Box<Phrase>>,
    /// A second source: "a U.S. official and three sources".
    pub and: Option<Box<Phrase>>,
}

/// Where a phrase is looked for.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) enum PhraseSide {
    /// Before its verb, which marks its end.
    BeforeVerb,
    /// Behind its verb: the sentence goes on behind it.
    AfterVerb,
}

/// Longest plain phrase, in tokens.
const LONGEST: usize = 14;
/// Longest aside between a source and its verb ("Smith, speaking in Rome on Monday, said"), in tokens.
const LONGEST_ASIDE: usize = 25;
/// Words that no phrase has inside.
const EDGE: Flags = PREPOSITION | CONJUNCTION | AUX | BE | NEGATION | ADVERB | VERBFORM;

/// The phrase that starts at `first`, with what belongs to it: post-modifier, role, second source.
pub(crate) fn phrase(tokens: &[LexicalToken], buffer: &str, first: usize, side: PhraseSide) -> Option<Phrase> {
    let mut found = plain(tokens, buffer, first)?;
    extend(tokens, buffer, &mut found, side);
    if let Some(second) = apposition(tokens, buffer, &found, side) {
        found.end = second.end;
        found.apposition = Some(Box::new(second));
    }
    if let Some(second) = coordinated(tokens, buffer, &found, side) {
        found.end = second.end;
        found.and = Some(Box::new(second));
    }
    Some(found)
}

fn word<'a>(tokens: &[LexicalToken], buffer: &'a str, at: usize) -> &'a str {
    tokens.get(at).map_or("", |token| token.text(buffer))
}

/// Determiner, modifiers, head.
fn plain(tokens: &[LexicalToken], buffer: &str, first: usize) -> Option<Phrase> {
    let opening = tokens.get(first)?;
    if !opening.is_word() {
        return None;
    }
    if opening.has(SUBJECT_PRONOUN) && word(tokens, buffer, first) != "US" {
        return Some(Phrase {
            first,
            end: first + 1,
            head: first,
            kind: PhraseKind::Pronoun,
            name: None,
            apposition: None,
            and: None,
        });
    }
    let mut at = first;
    let mut name: Option<(usize, usize)> = None;
    let mut seen_noun = false;
    while let Some(token) = tokens.get(at) {
        if seen_noun && owns_plural(tokens, buffer, at) {
            name = None;
            at += 1;
            continue;
        }
        if at - first >= LONGEST || !token.is_word() {
            let suffix = token.shape == Shape::Comma && tokens.get(at + 1).is_some_and(|next| next.has(SUFFIX));
            if suffix && name.is_some_and(|(_, end)| end == at) {
                at += 2;
                name = name.map(|(start, _)| (start, at));
                continue;
            }
            break;
        }
        let opens = at == first || tokens[at - 1].has(DETERMINER | POSSESSIVE | NUMBER);
        match token.shape {
            Shape::Capital => {
                let mays = at > first || tokens.get(first + 1).is_some_and(|next| next.cue.is_some());
                let is_name =
                    !token.has(EDGE | PRONOUN) || (mays && !token.has(PREPOSITION | CONJUNCTION | ADVERB | PRONOUN));
                if token.has(DETERMINER | POSSESSIVE | NUMBER) && at == first {
                    // "The", "Its", "Three" open a phrase and are no part of a name.
                } else if !is_name || (token.has(WEEKDAY | MONTH) && !mays_name(tokens, at)) {
                    break;
                } else {
                    name = Some(match name {
                        Some((start, end)) if end == at => (start, at + 1),
                        _ => (at, at + 1),
                    });
                    seen_noun = true;
                }
            }
            Shape::Digits => {
                if seen_noun {
                    break;
                }
            }
            _ => {
                if token.has(PARTICLE) && name.is_some_and(|(_, end)| end == at) && capital_ahead(tokens, at) {
                    let ahead = if tokens.get(at + 1).is_some_and(|next| next.shape == Shape::Capital) { 1 } else { 2 };
                    name = name.map(|(start, _)| (start, at + ahead));
                    at += ahead;
                    continue;
                }
                // "Secretary of State Jane Doe": the office is a part of her role.
                if token.text(buffer) == "of" && at > first && office_before_name(tokens, buffer, at) {
                    name = None;
                    at += 2;
                    continue;
                }
                let noun = token.has(ROLE | ROLES | ORGANISATION | DOCUMENT | MEDIA_HEAD);
                let compares = at > first && opens && matches!(token.text(buffer), "earlier" | "later");
                if token.has(EDGE) && !noun && !compares {
                    break;
                }
                if token.has(PRONOUN) && !token.has(DETERMINER | NUMBER) && at > first {
                    break;
                }
                // "the state broadcaster": behind an article there is no verb.
                let is_verb = token.cue.is_some() && !(at > first && is_article(tokens, buffer, at - 1));
                if is_verb && (at == first || !noun || !opens_like_noun(tokens, first, at)) {
                    break;
                }
                if token.has(DETERMINER | POSSESSIVE | OBJECT_PRONOUN) && !opens {
                    break;
                }
                if token.has(TIMEWORD) && (seen_noun || !opens) {
                    break;
                }
                let text = token.text(buffer);
                // "an official familiar with the plan": what he knows stands behind what he is.
                if seen_noun && knows(text) && tokens.get(at + 1).is_some_and(|next| next.has(PREPOSITION)) {
                    break;
                }
                let owned = at > first && is_possessive(word(tokens, buffer, at - 1));
                if name.is_some_and(|(_, end)| end == at) && !noun && !owned && !modifies(tokens, at, text) {
                    break;
                }
                seen_noun |= !token.has(DETERMINER | POSSESSIVE | RANK) || token.has(NUMBER);
            }
        }
        at += 1;
    }
    let bare_plural = at == first + 1
        && ["some", "many", "several", "others", "another", "both", "all", "one"]
            .contains(&tokens[first].text(buffer).to_lowercase().as_str());
    if at == first || !(seen_noun || bare_plural) {
        return None;
    }
    if is_possessive(word(tokens, buffer, at - 1)) {
        return None;
    }
    // "the President" is a description with a capital.
    let described = tokens[first].has(DETERMINER | POSSESSIVE) && tokens[at - 1].has(ROLE);
    let named = name.is_some_and(|(_, end)| end == at) && !described;
    let kind = if named { PhraseKind::Name } else { PhraseKind::Noun };
    let name = name.filter(|_| kind == PhraseKind::Name).map(|name| without_titles(tokens, name));
    let head = if kind == PhraseKind::Noun { head_before_participle(tokens, buffer, first, at) } else { at - 1 };
    Some(Phrase { first, end: at, head, kind, name, apposition: None, and: None })
}

/// Words that open what makes somebody a source: "familiar with the matter", "briefed on the inquiry".
pub(crate) fn knows(word: &str) -> bool {
    matches!(word, "familiar" | "close" | "briefed" | "involved" | "acquainted")
}

/// Whether a word behind a name goes on with the phrase ("Lorne economics professor", "the Crane camp said") rather than
/// being what the named one does ("Solheim stood").
fn modifies(tokens: &[LexicalToken], at: usize, text: &str) -> bool {
    const REACH: usize = 2;
    if text.ends_with("ing") || text.ends_with("ed") || tokens[at].has(RANK) {
        return tokens[at].has(RANK);
    }
    let ahead = || tokens[at + 1..].iter().take(REACH);
    let noun = |token: &LexicalToken| token.has(ROLE | ROLES | ORGANISATION | DOCUMENT | MEDIA_HEAD);
    let verb =
        tokens.get(at + 1).is_some_and(|next| next.shape == Shape::Lower && (next.cue.is_some() || next.has(AUX | BE)));
    verb || ahead().take_while(|token| token.shape == Shape::Lower && !token.has(EDGE | DETERMINER)).any(noun)
}

static PARTICIPLES: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| words(include_str!("../../data/en/participles.txt")));

/// The head of "a nurse arriving" is the nurse, that of "a paper seen by the Ledger" the paper; of any other phrase up to `end` it is
/// the last word.
fn head_before_participle(tokens: &[LexicalToken], buffer: &str, first: usize, end: usize) -> usize {
    let participle = |token: &LexicalToken| {
        let text = token.text(buffer);
        let regular = token.flags == 0 && (text.ends_with("ing") || text.ends_with("ed"));
        token.shape == Shape::Lower && (regular || PARTICIPLES.contains(text))
    };
    let noun = ROLE | ROLES | DOCUMENT;
    (first..end - 1).find(|at| tokens[*at].has(noun) && participle(&tokens[at + 1])).unwrap_or(end - 1)
}

/// Whether "of" stands between a role and its office, with a name behind: "Secretary of State Jane Doe".
fn office_before_name(tokens: &[LexicalToken], buffer: &str, of: usize) -> bool {
    let name = tokens.get(of + 2).is_some_and(|next| next.shape == Shape::Capital && !next.has(EDGE | WEEKDAY | MONTH));
    name && tokens[of - 1].has(ROLE) && is_office(tokens[of + 1].text(buffer))
}

/// "the patients’ association": an apostrophe behind a plural, with what they own behind it.
fn owns_plural(tokens: &[LexicalToken], buffer: &str, at: usize) -> bool {
    let mark = matches!(word(tokens, buffer, at), "’" | "'");
    let behind = tokens.get(at + 1).is_some_and(|next| next.is_word() && next.cue.is_none() && !next.has(EDGE));
    let touches = at > 0 && tokens[at - 1].end == tokens[at].start && word(tokens, buffer, at - 1).ends_with('s');
    mark && touches && behind
}

/// "Cipollone’s": what is his comes next.
fn is_possessive(word: &str) -> bool {
    word.ends_with("’s") || word.ends_with("'s")
}

/// "Theresa May", "April Jones": a month or a weekday that is a name.
fn mays_name(tokens: &[LexicalToken], at: usize) -> bool {
    let month = tokens[at].has(MONTH);
    let before = at > 0 && tokens[at - 1].shape == Shape::Capital && !tokens[at - 1].has(EDGE | DETERMINER);
    month && (before || tokens.get(at + 1).is_some_and(|next| next.shape == Shape::Capital))
}

fn capital_ahead(tokens: &[LexicalToken], at: usize) -> bool {
    let capital = |token: &LexicalToken| token.shape == Shape::Capital;
    tokens.get(at + 1).is_some_and(capital)
        || (tokens.get(at + 1).is_some_and(|next| next.has(PARTICLE)) && tokens.get(at + 2).is_some_and(capital))
}

/// "a", "the", "their": a noun phrase goes on behind it, where "that" and "this" can be one.
fn is_article(tokens: &[LexicalToken], buffer: &str, at: usize) -> bool {
    let text = word(tokens, buffer, at);
    tokens[at].has(POSSESSIVE) && !tokens[at].has(OBJECT_PRONOUN)
        || ["a", "an", "the"].iter().any(|article| text.eq_ignore_ascii_case(article))
}

/// "the report said": a word that could be a verb is a noun behind a determiner or a modifier and before an edge.
fn opens_like_noun(tokens: &[LexicalToken], first: usize, at: usize) -> bool {
    let behind =
        at > first && (tokens[first].has(DETERMINER | POSSESSIVE | NUMBER) || tokens[first].shape == Shape::Capital);
    let before_edge =
        tokens.get(at + 1).is_none_or(|next| next.cue.is_some() || next.has(EDGE | ROLE | DOCUMENT) || !next.is_word());
    behind && before_edge
}

/// A name without the titles and capitalised roles before it: "President Joe Biden" → "Joe Biden".
fn without_titles(tokens: &[LexicalToken], (start, end): (usize, usize)) -> (usize, usize) {
    let last = tokens[start..end].iter().rposition(|token| token.has(TITLE | ROLE) && !token.has(SUFFIX));
    match last {
        Some(offset) if start + offset + 1 < end => (start + offset + 1, end),
        _ => (start, end),
    }
}

/// Adds what follows a head and says who it is: "of Lorne University", "for the company", "familiar with the matter".
fn extend(tokens: &[LexicalToken], buffer: &str, found: &mut Phrase, side: PhraseSide) {
    const MOST: usize = 3;
    if found.kind == PhraseKind::Pronoun {
        return;
    }
    for _ in 0..MOST {
        let at = found.end;
        let Some(token) = tokens.get(at) else { return };
        let text = token.text(buffer);
        let common = found.kind == PhraseKind::Noun;
        if token.shape == Shape::Open {
            // "(R-Ky.)", "(MOA)"
            const LONGEST_BRACKET: usize = 5;
            let close = tokens[at..].iter().take(LONGEST_BRACKET).position(|token| token.shape == Shape::Close);
            let Some(close) = close else { return };
            found.end = at + close + 1;
            continue;
        }
        let start = match text {
            "of" => at + 1,
            "for" | "from" | "at" | "with" | "in"
                if common && (side == PhraseSide::BeforeVerb || names_a_body(tokens, text, at + 1)) =>
            {
                at + 1
            }
            text if common && knows(text) => {
                if !tokens.get(at + 1).is_some_and(|next| next.has(PREPOSITION)) {
                    return;
                }
                at + 2
            }
            _ => return,
        };
        let inner = match tokens.get(start) {
            Some(token) if token.has(OBJECT_PRONOUN) && !token.has(POSSESSIVE) && text == "of" => Some(start + 1),
            _ => plain(tokens, buffer, start)
                .filter(|inner| inner.kind != PhraseKind::Pronoun)
                .map(|inner| inner.end)
                .or_else(|| date_end(tokens, start).filter(|_| text == "of")),
        };
        let Some(end) = inner else { return };
        found.end = end;
    }
}

/// The token behind a date: "a letter of 6 February".
fn date_end(tokens: &[LexicalToken], start: usize) -> Option<usize> {
    const LONGEST_DATE: usize = 3;
    let date = tokens[start.min(tokens.len())..].iter().take(LONGEST_DATE);
    let date: Vec<&LexicalToken> = date.take_while(|token| token.has(MONTH) || token.shape == Shape::Digits).collect();
    date.iter().any(|token| token.has(MONTH)).then_some(start + date.len())
}

/// Behind a verb, "at the ministry" says who somebody is, "at a news conference" where he said it.
fn names_a_body(tokens: &[LexicalToken], preposition: &str, at: usize) -> bool {
    let reach = tokens[at.min(tokens.len())..].iter().take(6).take_while(|token| token.is_word() && !token.has(EDGE));
    let mut body = false;
    let mut time = false;
    for token in reach {
        body |= token.has(ORGANISATION) || token.shape == Shape::Capital;
        time |= token.has(WEEKDAY | MONTH) || token.shape == Shape::Digits;
    }
    match preposition {
        "for" | "from" | "at" | "with" => body && !time,
        _ => false,
    }
}

/// A role or a name beside the phrase: "Siobhan Crane, the opposition leader", "its chief investigator, Anders Quill".
fn apposition(tokens: &[LexicalToken], buffer: &str, found: &Phrase, side: PhraseSide) -> Option<Phrase> {
    if found.kind == PhraseKind::Pronoun || tokens.get(found.end)?.shape != Shape::Comma {
        return None;
    }
    let mut second = plain(tokens, buffer, found.end + 1)?;
    let role = tokens[second.first..second.end].iter().any(|token| token.has(ROLE | ROLES | ORGANISATION));
    let fits = match (found.kind, second.kind) {
        (PhraseKind::Name, PhraseKind::Noun) => {
            let new = matches!(word(tokens, buffer, second.first), "a" | "an") && !tokens[second.head].has(TIMEWORD);
            role || new
        }
        (PhraseKind::Noun, PhraseKind::Name) => true,
        (PhraseKind::Name, PhraseKind::Name) => {
            tokens[second.first].has(DETERMINER | POSSESSIVE) && role || tokens[second.head].has(ROLE)
        }
        _ => false,
    };
    if !fits {
        return None;
    }
    extend(tokens, buffer, &mut second, PhraseSide::BeforeVerb);
    let closed = tokens.get(second.end).is_none_or(|next| match side {
        PhraseSide::BeforeVerb => next.shape == Shape::Comma,
        PhraseSide::AfterVerb => !next.is_word() || next.has(EDGE),
    });
    closed.then_some(second)
}

/// "a U.S. official and three sources", behind a verb only where the sentence pauses behind the second.
fn coordinated(tokens: &[LexicalToken], buffer: &str, found: &Phrase, side: PhraseSide) -> Option<Phrase> {
    if found.kind == PhraseKind::Pronoun || !matches!(word(tokens, buffer, found.end), "and" | "or") {
        return None;
    }
    let mut second = plain(tokens, buffer, found.end + 1).filter(|second| second.kind != PhraseKind::Pronoun)?;
    extend(tokens, buffer, &mut second, side);
    let next = tokens.get(second.end);
    let fits = match side {
        PhraseSide::BeforeVerb => next.is_some_and(|next| next.cue.is_some() || next.has(AUX | BE | ADVERB)),
        PhraseSide::AfterVerb => next.is_none_or(|next| !next.is_word()),
    };
    fits.then_some(second)
}

/// The phrase at `first` and the token where its verb must stand, asides between commas or dashes left out.
///
/// "Smith, speaking in Rome, said" → ("Smith", index of "said").
pub(crate) fn subject(tokens: &[LexicalToken], buffer: &str, first: usize) -> Option<(Phrase, usize)> {
    let found = phrase(tokens, buffer, first, PhraseSide::BeforeVerb)?;
    let mut at = found.end;
    let fence = tokens.get(at)?.shape;
    if found.apposition.is_some() && fence == Shape::Comma {
        return Some((found, at + 1));
    }
    if matches!(fence, Shape::Comma | Shape::Dash) {
        let aside = tokens[at + 1..].iter().take(LONGEST_ASIDE);
        let close = aside.take_while(|token| !matches!(token.shape, Shape::Stop | Shape::Mark(_) | Shape::Colon));
        let mut end = None;
        for (offset, token) in close.enumerate() {
            if token.shape == fence
                && tokens
                    .get(at + offset + 2)
                    .is_some_and(|next| next.cue.is_some() || next.has(AUX | ADVERB | VERBFORM))
            {
                end = Some(at + offset + 2);
                break;
            }
        }
        at = end?;
    }
    Some((found, at))
}
