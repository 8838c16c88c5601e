//! Roles, bodies and owners beside names: what an article says of somebody where it names or introduces them.

use crate::words::lexicon::*;
use crate::words::lists::words;
use crate::words::offices::is_office;
use crate::words::phrase::{Phrase, PhraseKind};
use crate::words::tokens::{LexicalToken, Shape, bare};
use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

static ROLE_MODIFIERS: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| words(include_str!("../../data/en/role_modifiers.txt")));

static LEADING: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| words(include_str!("../../data/en/leading_roles.txt")));

/// Role and affiliation in the tokens before a name: "Calder Line chief executive" → "chief executive", "Calder Line".
///
/// `end` is the token behind the noun, `limit` the one behind all that belongs to its phrase. A role is whole: words in
/// front of `first` that belong to it are taken in ("and harbour master Ingrid Solheim" → "harbour master"), and so is
/// the office behind it ("head of communications").
pub(crate) fn role_before(
    tokens: &[LexicalToken],
    buffer: &str,
    first: usize,
    end: usize,
    limit: usize,
) -> (Option<Range<usize>>, Option<Range<usize>>) {
    let Some(last) = tokens[first..end].iter().rposition(|token| token.has(ROLE)) else { return (None, None) };
    let last = first + last;
    let modifies = |token: &LexicalToken| ROLE_MODIFIERS.contains(token.text(buffer).to_lowercase().as_str());
    let mut start = last;
    while start > first {
        let before = &tokens[start - 1];
        // "European Union official" has no "Union official" in it; "Harbour master" opens a sentence.
        let alike = before.shape == tokens[last].shape || start == first + 1;
        let lower = before.shape == Shape::Lower && !before.has(DETERMINER | POSSESSIVE | RANK | NUMBER);
        if !(modifies(before) && alike || lower || before.has(ROLE))
            || before.has(RANK)
            || before.text(buffer).ends_with("’s")
        {
            break;
        }
        start -= 1;
    }
    let mut from = first;
    while from < start && (tokens[from].has(DETERMINER | POSSESSIVE | RANK | NUMBER)) {
        from += 1;
    }
    let affiliation = (from < start && tokens[from].shape == Shape::Capital).then(|| {
        let range = tokens[from].start as usize..tokens[start - 1].end as usize;
        range.start..range.start + bare(&buffer[range.clone()]).len()
    });
    if start == first {
        while start > 0
            && first - start < LONGEST_COMPOUND
            && is_compound(&tokens[start - 1])
            && modifies(&tokens[start - 1])
        {
            start -= 1;
        }
    }
    let behind = office_behind(tokens, buffer, last, limit);
    (Some(tokens[start].start as usize..tokens[behind - 1].end as usize), affiliation)
}

/// Most words taken in from before a phrase that starts with a role: "prime", "deputy chief".
const LONGEST_COMPOUND: usize = 3;

/// Whether a small word can be a part of a role: "harbour", but not "senior" or "former".
fn is_compound(token: &LexicalToken) -> bool {
    token.shape == Shape::Lower && !token.has(RANK | PREPOSITION | CONJUNCTION | DETERMINER | POSSESSIVE | AUX)
}

/// The token behind a role and its office: "head of communications", "leader of the opposition", "Secretary of State".
/// A body with a name is no office: "head of the Lorne Museum".
fn office_behind(tokens: &[LexicalToken], buffer: &str, role: usize, limit: usize) -> usize {
    let of = tokens.get(role + 1).is_some_and(|token| token.text(buffer) == "of");
    let rest = tokens.get(role + 2..limit).unwrap_or_default();
    if !of {
        return role + 1;
    }
    let article = rest.first().is_some_and(|token| token.has(DETERMINER));
    let words = rest.iter().skip(usize::from(article));
    let length = words
        .take_while(|token| match token.shape {
            Shape::Lower => !token.has(PREPOSITION | CONJUNCTION | DETERMINER | POSSESSIVE | OBJECT_PRONOUN),
            Shape::Capital => is_office(token.text(buffer)),
            _ => false,
        })
        .count();
    if length == 0 { role + 1 } else { role + 2 + usize::from(article) + length }
}

/// The noun of a role: "Transport Minister" → "Minister", "head of communications" → "head".
pub(crate) fn role_noun(role: &str) -> &str {
    let role = role.split(" of ").next().unwrap_or(role);
    role.rsplit(' ').next().unwrap_or(role)
}

/// The body named behind a role: "a spokeswoman for the Averland Coastguard" → "Averland Coastguard".
pub(crate) fn body_behind(tokens: &[LexicalToken], role: &Phrase) -> Option<Range<usize>> {
    let behind = tokens.get(role.head + 1..role.end)?;
    let length = behind.iter().take_while(|token| token.is_word()).count();
    let behind = &behind[..length];
    let start = behind.iter().position(|token| token.shape == Shape::Capital)?;
    let length = behind[start..].iter().take_while(|token| token.shape == Shape::Capital).count();
    Some(behind[start].start as usize..behind[start + length - 1].end as usize)
}

/// Whether somebody with the role `known` can be called `said`: "Transport Minister" is "the minister" and "the transport
/// minister"; "Prime Minister" is never "the minister".
pub(crate) fn has_role(known: &str, said: &str) -> bool {
    let known = known.to_lowercase();
    let (known, said) = (known.split(" of ").next().unwrap_or(&known), said.split(" of ").next().unwrap_or(said));
    known == said || known.strip_suffix(said).is_some_and(|rest| rest.ends_with(' ') && rest.trim() != "prime")
}

/// Whether a role is held in a body, so that the one word before it names one: "Halveron chief executive", but not
/// "Rourke lawyer" or "Rourke campaign manager".
pub(crate) fn leads_a_body(role: &str) -> bool {
    let role = role.to_lowercase();
    !role.contains("campaign") && LEADING.contains(role_noun(&role))
}

/// "Edmund Rourke’s office", "Rourke’s figure": whose it is.
pub(crate) fn owner(tokens: &[LexicalToken], buffer: &str, found: &Phrase) -> Option<Phrase> {
    if found.kind != PhraseKind::Noun {
        return None;
    }
    let owns = |at: &usize| {
        let text = tokens[*at].text(buffer);
        tokens[*at].shape == Shape::Capital && (text.ends_with("’s") || text.ends_with("'s"))
    };
    let last = (found.first..found.head).find(owns)?;
    let capital = |at: &usize| {
        let other = DETERMINER | ROLE | TITLE | ORGANISATION | WEEKDAY | MONTH;
        tokens[*at].shape == Shape::Capital && !tokens[*at].has(other)
    };
    let first = (found.first..=last).rev().take_while(capital).last()?;
    let name = (first, last + 1);
    let whole = Phrase {
        first,
        end: last + 1,
        head: last,
        kind: PhraseKind::Name,
        name: Some(name),
        apposition: None,
        and: None,
    };
    Some(whole)
}

/// "A Western diplomat", "one of the crew", "a letter": somebody or a document that is new, alone and without a name.
pub(crate) fn introduces_somebody(tokens: &[LexicalToken], buffer: &str, found: &Phrase) -> bool {
    let first = tokens[found.first].text(buffer).to_lowercase();
    matches!(first.as_str(), "a" | "an" | "one" | "another")
        && (tokens[found.head].has(ROLE | DOCUMENT) || found.head == found.first && found.end > found.head + 1)
}
