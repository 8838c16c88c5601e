//! How sure it is that a candidate reports a statement.

use super::candidates::{Candidate, Frame};
use crate::words::clauses::{Clauses, Relation};
use crate::words::reporting::{VERBS, WORDS};

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
    clauses.kid(candidate.word, &[Relation::Preposition]).map(|at| clauses.words[at].lemma)
}
