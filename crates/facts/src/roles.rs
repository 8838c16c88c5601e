//! Roles, bodies and owners beside names: what an article says of somebody where it names or introduces them.

use crate::lexicon::*;
use crate::phrase::{Phrase, PhraseKind};
use crate::sourcing::bare;
use crate::tokens::{Shape, Token};
use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

static ROLE_MODIFIERS: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| lines(include_str!("../data/role_modifiers.txt")).flat_map(str::split_whitespace).collect());

/// Role and affiliation in the tokens before a name: "Calder Line chief executive" → "chief executive", "Calder Line".
pub(crate) fn role_before(
    tokens: &[Token],
    buffer: &str,
    first: usize,
    end: usize,
) -> (Option<Range<usize>>, Option<Range<usize>>) {
    let lead = &tokens[first..end];
    let Some(last) = lead.iter().rposition(|token| token.has(ROLE)) else { return (None, None) };
    let mut start = last;
    while start > 0 {
        let before = &lead[start - 1];
        let modifier = ROLE_MODIFIERS.contains(before.text(buffer).to_lowercase().as_str());
        // "European Union official" has no "Union official" in it; "Harbour master" opens a sentence.
        let alike = before.shape == lead[last].shape || start == 1;
        let lower = before.shape == Shape::Lower && !before.has(DETERMINER | POSSESSIVE | RANK | NUMBER);
        if !(modifier && alike || lower || before.has(ROLE)) || before.has(RANK) || before.text(buffer).ends_with("’s")
        {
            break;
        }
        start -= 1;
    }
    let mut from = 0;
    while from < start && (lead[from].has(DETERMINER | POSSESSIVE | RANK | NUMBER)) {
        from += 1;
    }
    let role = lead[start].start as usize..lead[last].end as usize;
    let affiliation = (from < start && lead[from].shape == Shape::Capital).then(|| {
        let range = lead[from].start as usize..lead[start - 1].end as usize;
        range.start..range.start + bare(&buffer[range.clone()]).len()
    });
    (Some(role), affiliation)
}

/// The body named behind a role: "a spokeswoman for the Averland Coastguard" → "Averland Coastguard".
pub(crate) fn body_behind(tokens: &[Token], role: &Phrase) -> Option<Range<usize>> {
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
    known == said || known.strip_suffix(said).is_some_and(|rest| rest.ends_with(' ') && rest.trim() != "prime")
}

/// Whether a role is held in a body, so that the one word before it names one: "Halveron chief executive", but not
/// "Rourke lawyer" or "Rourke campaign manager".
pub(crate) fn leads_a_body(role: &str) -> bool {
    const LEADING: [&str; 10] =
        ["executive", "ceo", "boss", "director", "chairman", "chairwoman", "chair", "founder", "owner", "manager"];
    let role = role.to_lowercase();
    !role.contains("campaign") && role.rsplit(' ').next().is_some_and(|last| LEADING.contains(&last))
}

/// "Edmund Rourke’s office": the person whose office it is.
pub(crate) fn owner(tokens: &[Token], buffer: &str, found: &Phrase) -> Option<Phrase> {
    const SHORTEST: usize = 2;
    if found.kind != PhraseKind::Noun {
        return None;
    }
    let owns = |at: &usize| {
        let text = tokens[*at].text(buffer);
        tokens[*at].shape == Shape::Capital && (text.ends_with("’s") || text.ends_with("'s"))
    };
    let last = (found.first..found.head).find(owns)?;
    let capital =
        |at: &usize| tokens[*at].shape == Shape::Capital && !tokens[*at].has(DETERMINER | ROLE | TITLE | ORGANISATION);
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
    (last + 1 - first >= SHORTEST).then_some(whole)
}

/// "A Western diplomat", "one of the crew", "a letter": somebody or a document that is new, alone and without a name.
pub(crate) fn introduces_somebody(tokens: &[Token], buffer: &str, found: &Phrase) -> bool {
    let first = tokens[found.first].text(buffer).to_lowercase();
    matches!(first.as_str(), "a" | "an" | "one" | "another")
        && (tokens[found.head].has(ROLE | DOCUMENT) || found.head == found.first && found.end > found.head + 1)
}
