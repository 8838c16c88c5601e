//! How sure it is that a candidate reports a statement.

use super::candidates::{Candidate, Frame};
use super::clauses::Clauses;
use crate::lexicon::lines;
use onrecord_document::Act;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// What a verb of the list reports, and beside what.
struct Verb {
    act: Act,
    frames: Vec<&'static str>,
}

static VERBS: LazyLock<HashMap<&'static str, Verb>> = LazyLock::new(|| {
    let entry = |line: &'static str| {
        let mut fields = line.split_whitespace();
        let (lemma, act) = (fields.next()?, fields.next()?);
        let act = Act::ALL.iter().copied().find(|known| known.name() == act)?;
        Some((lemma, Verb { act, frames: fields.collect() }))
    };
    lines(include_str!("../../data/statement_verbs.txt")).filter_map(entry).collect()
});

static WORDS: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| lines(include_str!("../../data/statement_words.txt")).collect());

static NOUNS_AND_ADJECTIVES: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| WORDS.iter().filter_map(|line| line.split_whitespace().nth(1)).collect());

/// The act that a verb reports; a statement where the list does not know it.
pub(crate) fn act(lemma: &str) -> Act {
    VERBS.get(lemma).map_or(Act::Statement, |verb| verb.act)
}

/// What the lists know of a word that may report.
pub(crate) struct Listing {
    pub clause: bool,
    pub infinitive: bool,
    pub object: bool,
    pub noun_or_adjective: bool,
}

/// Looks a lemma up in the lists of verbs and words.
pub(crate) fn listing(lemma: &str) -> Listing {
    let frames: &[&str] = VERBS.get(lemma).map_or(&[], |verb| &verb.frames);
    let has = |frame: &str| frames.contains(&frame);
    Listing {
        clause: has("clause") || has("clause-mind"),
        infinitive: has("infinitive"),
        object: has("object") || has("object-as"),
        noun_or_adjective: NOUNS_AND_ADJECTIVES.contains(lemma),
    }
}

/// How sure a frame is with a verb of the list. Estimates, rounded down from a sketch's findings in articles of PolNeAR kept
/// aside; no command prints them, so they order candidates and are no calibrated shares.
fn of_frame(frame: Frame) -> f32 {
    match frame {
        Frame::Parataxis => 0.85,
        Frame::According => 0.75,
        Frame::Clause => 0.7,
        Frame::PassiveInfinitive => 0.6,
        Frame::Object | Frame::Infinitive | Frame::PassiveObject | Frame::Noun => 0.5,
        Frame::Preposition => 0.45,
        Frame::Adjective | Frame::Predicate => 0.3,
        Frame::Unsourced | Frame::Tag => 0.2,
    }
}

/// How sure it is by the lists that the candidate reports something, 0 to 1; 0 for what they don't know.
pub(crate) fn listed(clauses: &Clauses, candidate: &Candidate) -> f32 {
    let lemma = clauses.words[candidate.word].lemma;
    let verb = VERBS.get(lemma);
    let has = |frames: &[&str]| verb.is_some_and(|verb| verb.frames.iter().any(|frame| frames.contains(frame)));
    let known = match candidate.frame {
        Frame::According => true,
        Frame::Clause | Frame::Unsourced => has(&["clause", "clause-mind"]),
        Frame::Parataxis | Frame::Tag => has(&["clause"]),
        Frame::Infinitive | Frame::PassiveInfinitive => has(&["infinitive"]),
        Frame::Object | Frame::PassiveObject => has(&["object"]),
        Frame::Predicate => has(&["object-as"]),
        Frame::Adjective => WORDS.contains(format!("adjective {lemma}").as_str()),
        Frame::Noun => WORDS.contains(format!("noun {lemma}").as_str()),
        Frame::Preposition => preposition(clauses, candidate).is_some_and(|preposition| {
            let listed = verb.iter().flat_map(|verb| &verb.frames).filter_map(|frame| frame.strip_prefix("prep:"));
            listed.flat_map(|list| list.split('+')).any(|known| known == preposition)
        }),
    };
    if known { of_frame(candidate.frame) } else { 0.0 }
}

/// The first preposition behind the verb.
fn preposition<'d>(clauses: &Clauses<'d>, candidate: &Candidate) -> Option<&'d str> {
    clauses.kid(candidate.word, &[super::clauses::Relation::Preposition]).map(|at| clauses.words[at].lemma)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_verb_of_the_list_has_an_act_and_frames() {
        let count = lines(include_str!("../../data/statement_verbs.txt")).count();
        assert_eq!(VERBS.len(), count, "a line of the list was not understood");
        assert!(VERBS.values().all(|verb| !verb.frames.is_empty()));
        assert_eq!(act("deny"), Act::Denial);
    }
}
