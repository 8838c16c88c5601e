//! On what terms an unnamed source spoke, and why, where the article says so.

use crate::words::lexicon::*;
use crate::words::lists::lines;
use crate::words::passage::{TokenPosition, TokenizedBlock, sentence_start, starts_sentence};
use crate::words::tokens::{LexicalToken, Shape};
use onrecord_document::{SourceKind, Terms};
use std::ops::Range;
use std::sync::LazyLock;

/// Phrases that state terms, in lower case with straight apostrophes.
static TERMS: LazyLock<Vec<(&'static str, Terms)>> = LazyLock::new(|| {
    let lines = lines(include_str!("../../data/en/terms.txt"));
    let term = |name: &str| Terms::ALL.iter().copied().find(|terms| terms.name() == name);
    lines
        .filter_map(|line| line.split_once(':'))
        .filter_map(|(name, phrase)| Some((phrase.trim(), term(name)?)))
        .collect()
});

/// Terms that the article states.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct TermsWording {
    pub terms: Terms,
    /// Bytes of the words that say so: "asked not to be named".
    pub words: Range<usize>,
    /// Bytes of the reason given: "he feared for his job".
    pub reason: Option<Range<usize>>,
}

/// Longest sentence that is searched, in tokens.
const LONGEST_SENTENCE: usize = 60;
/// Most sentences searched behind the one that speaks of the source.
const SENTENCES_BEHIND: usize = 3;

/// Terms stated in a sentence that speaks of the source, or in those behind it that go on about it: "“We were slow,” the
/// delegate said. He was not authorised to speak." Quotations are left out: they are the source's own words.
pub(crate) fn terms_stated(
    passages: &[TokenizedBlock],
    buffer: &str,
    places: impl Iterator<Item = TokenPosition> + Clone,
) -> Option<TermsWording> {
    let mut beside = places.clone();
    let found = beside.find_map(|place| {
        let tokens = &passages[place.block].tokens;
        let start = sentence_start(tokens, buffer, place.token);
        within(tokens, buffer, start, sentence_end(tokens, buffer, place.token))
    });
    let mut places = places;
    found.or_else(|| places.find_map(|place| behind(&passages[place.block].tokens, buffer, place.token)))
}

/// The token behind the sentence that `at` stands in, as far as it is searched.
fn sentence_end(tokens: &[LexicalToken], buffer: &str, at: usize) -> usize {
    let most = tokens.len().min(at + LONGEST_SENTENCE);
    (at + 1..most).find(|at| starts_sentence(tokens, buffer, *at)).unwrap_or(most)
}

/// Terms in the sentences behind `at` that open with a word for somebody spoken of before.
fn behind(tokens: &[LexicalToken], buffer: &str, at: usize) -> Option<TermsWording> {
    let mut start = sentence_end(tokens, buffer, at);
    for _ in 0..SENTENCES_BEHIND {
        let opening = tokens.get(start)?;
        let end = sentence_end(tokens, buffer, start);
        if !matches!(opening.shape, Shape::Mark(_)) {
            if !goes_on(&tokens[start..end], buffer) {
                return None;
            }
            if let Some(found) = within(tokens, buffer, start, end) {
                return Some(found);
            }
        }
        start = end;
    }
    None
}

/// Whether a sentence is about somebody spoken of before: "He …", "Neither …", "One of them …", "The officials …".
fn goes_on(sentence: &[LexicalToken], buffer: &str) -> bool {
    const LONGEST_SUBJECT: usize = 3;
    let Some(first) = sentence.first() else { return false };
    match first.text(buffer) {
        "He" | "She" | "They" | "Both" | "Neither" | "All" => true,
        "One" => sentence.get(1).is_some_and(|next| next.text(buffer) == "of"),
        "The" => sentence.iter().take(LONGEST_SUBJECT + 1).skip(1).any(|token| {
            token.shape == Shape::Lower && (token.has(ROLE | ROLES) || matches!(token.text(buffer), "other" | "others"))
        }),
        _ => false,
    }
}

/// Terms in the words of a sentence that stand outside quotations.
fn within(tokens: &[LexicalToken], buffer: &str, start: usize, end: usize) -> Option<TermsWording> {
    tokens.get(start..end)?.split(|token| matches!(token.shape, Shape::Mark(_))).find_map(|run| {
        let (first, last) = (run.first()?, run.last()?);
        let range = first.start as usize..last.end as usize;
        let (words, terms) = words_of_terms(buffer, range)?;
        let reason = reason(run, buffer, words.end);
        Some(TermsWording { terms, words, reason })
    })
}

/// The words of `buffer[range]` that state terms, and which.
fn words_of_terms(buffer: &str, range: Range<usize>) -> Option<(Range<usize>, Terms)> {
    let text = buffer.get(range.clone())?.to_ascii_lowercase();
    if !["anonym", "name", "identified", "authori", "permitted", "allowed", "cleared"]
        .iter()
        .any(|word| text.contains(word))
    {
        return None;
    }
    TERMS.iter().find_map(|(phrase, terms)| {
        let at = range.start + text.find(phrase)?;
        Some((at..at + phrase.len(), *terms))
    })
}

/// The reason given behind terms that end at byte `from`: behind "because", "citing" or "for" ("for fear of retribution"),
/// up to the end of the clause; with its "to" where it is a purpose ("to discuss private talks").
pub(crate) fn reason(run: &[LexicalToken], buffer: &str, from: usize) -> Option<Range<usize>> {
    const REACH: usize = 6;
    let rest = &run[run.partition_point(|token| (token.start as usize) < from)..];
    let opens = rest
        .iter()
        .take(REACH)
        .take_while(|token| token.is_word() || token.shape == Shape::Comma)
        .position(|token| matches!(token.text(buffer), "because" | "citing" | "as" | "since" | "for" | "to"))?;
    let opening = rest[opens].text(buffer);
    let fear = rest.get(opens + 1).is_some_and(|next| next.text(buffer) == "fear");
    let first = match opening {
        "because" | "citing" => opens + 1,
        "as" | "since" => (opens + 1..rest.len()).next().filter(|at| rest[*at].has(SUBJECT_PRONOUN))?,
        "for" if fear => opens + 1,
        "to" if opens == 0
            && rest
                .get(1)
                .is_some_and(|next| matches!(next.text(buffer), "discuss" | "describe" | "speak" | "talk")) =>
        {
            opens
        }
        _ => return None,
    };
    let clause = rest.get(first..)?;
    let length = clause.iter().take_while(|token| token.is_word() || token.shape == Shape::Other).count();
    // "because he feared for his job told the paper": the verb that attributes is no part of the reason.
    let verb = clause[..length].iter().skip(1).position(|token| token.cue.is_some_and(|cue| cue.core));
    let length = verb.map_or(length, |verb| verb + 1);
    Some(clause.first()?.start as usize..clause.get(length.checked_sub(1)?)?.end as usize)
}

/// The terms that follow from the kind alone, where the article states none.
pub(crate) fn terms_of(kind: SourceKind, pronoun: bool, counted: bool) -> Terms {
    match kind {
        SourceKind::NamedPerson | SourceKind::NamedOrganisation | SourceKind::OtherMedia => Terms::OnRecord,
        SourceKind::UnnamedPerson if !pronoun => Terms::Background,
        SourceKind::UnnamedGroup if counted => Terms::Background,
        _ => Terms::Unstated,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_terms_list_is_understood() {
        assert_eq!(TERMS.len(), lines(include_str!("../../data/en/terms.txt")).count());
    }
}
