//! How sure it is that a candidate reports a statement.

use super::candidates::{Candidate, Frame};
use super::clauses::Clauses;
use super::features::{Observer, PLACES};
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

/// The act that a verb reports; a statement where the list does not know it.
pub(crate) fn act(lemma: &str) -> Act {
    VERBS.get(lemma).map_or(Act::Statement, |verb| verb.act)
}

/// Gives candidates their scores.
pub(crate) struct Scorer {
    weights: Option<&'static Weights>,
    observer: Observer,
}

impl Scorer {
    /// The trained scorer where the program has its weights, else the list of verbs.
    pub fn new() -> Self {
        Scorer { weights: Weights::built_in(), observer: Observer::default() }
    }

    /// Candidates below are no statements.
    pub fn threshold(&self) -> f32 {
        if self.weights.is_some() { TRAINED_THRESHOLD } else { LISTED_THRESHOLD }
    }

    /// How sure it is that the candidate reports something, 0 to 1.
    pub fn score(&mut self, clauses: &Clauses, candidate: &Candidate) -> f32 {
        match self.weights {
            Some(weights) => {
                let sum: f32 = self.observer.observe(clauses, candidate).iter().map(|place| weights.at(*place)).sum();
                1.0 / (1.0 + (-sum).exp())
            }
            None => listed(clauses, candidate),
        }
    }
}

/// A trained candidate's least score: chosen on articles kept aside, for the balance of found and right.
const TRAINED_THRESHOLD: f32 = 0.28;
/// All that the list knows is taken.
const LISTED_THRESHOLD: f32 = 0.3;

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

fn listed(clauses: &Clauses, candidate: &Candidate) -> f32 {
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

/// A trained table: what each observation adds to the score of a candidate.
#[derive(Debug)]
pub(crate) struct Weights {
    scale: f32,
    table: Vec<i8>,
}

/// First line of a file of weights.
const MAGIC: &str = "onrecord-statements 1";

impl Weights {
    fn at(&self, place: u32) -> f32 {
        self.table.get(place as usize).map_or(0.0, |weight| f32::from(*weight) * self.scale)
    }

    /// The table that was built into the program, if one was.
    fn built_in() -> Option<&'static Weights> {
        static BUILT_IN: LazyLock<Option<Weights>> = LazyLock::new(|| {
            #[cfg(statement_weights)]
            return Weights::read(include_bytes!("../../weights/statements.weights"));
            #[cfg(not(statement_weights))]
            None
        });
        BUILT_IN.as_ref()
    }

    /// Reads a file: the magic line, a line of facts about the training, a line with the scale, then [`PLACES`] bytes.
    /// `None` for anything else.
    #[cfg_attr(not(statement_weights), allow(dead_code))]
    fn read(bytes: &[u8]) -> Option<Weights> {
        let mut rest = bytes;
        let mut line = || {
            let end = rest.iter().position(|byte| *byte == b'\n')?;
            let line = std::str::from_utf8(&rest[..end]).ok()?;
            rest = &rest[end + 1..];
            Some(line)
        };
        if line()? != MAGIC {
            return None;
        }
        line()?;
        let scale = line()?.parse().ok().filter(|scale: &f32| scale.is_finite())?;
        (rest.len() == PLACES).then(|| Weights { scale, table: rest.iter().map(|byte| *byte as i8).collect() })
    }

    /// Makes a file of these weights, each rounded to one of 255 steps.
    #[cfg(any(test, feature = "training"))]
    pub(crate) fn write(weights: &[f32], facts: &str) -> Vec<u8> {
        let most = weights.iter().fold(0.0_f32, |most, weight| most.max(weight.abs()));
        let scale = if most > 0.0 { most / f32::from(i8::MAX) } else { 1.0 };
        let mut file = format!("{MAGIC}\n{}\n{scale}\n", facts.replace('\n', " ")).into_bytes();
        let step = |weight: &f32| (weight / scale).round() as i8 as u8;
        file.extend(weights.iter().map(step).chain(std::iter::repeat(0)).take(PLACES));
        file
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_come_back_as_they_were_written() {
        let mut table = vec![0.0; PLACES];
        (table[0], table[7], table[PLACES - 1]) = (2.0, -2.0, 0.5);
        let weights = Weights::read(&Weights::write(&table, "made for a test")).unwrap();
        assert!((weights.at(0) - 2.0).abs() < 0.02 && (weights.at(7) + 2.0).abs() < 0.02);
        assert!((weights.at(PLACES as u32 - 1) - 0.5).abs() < 0.02 && weights.at(1) == 0.0);
    }

    #[test]
    fn a_damaged_file_is_no_table() {
        let file = Weights::write(&[1.0], "made for a test");
        assert!(Weights::read(&file[..file.len() - 1]).is_none());
        assert!(Weights::read(b"onrecord-statements 2\n\n1\n").is_none());
        assert!(Weights::read(b"").is_none());
    }

    #[test]
    fn every_verb_of_the_list_has_an_act_and_frames() {
        let count = lines(include_str!("../../data/statement_verbs.txt")).count();
        assert_eq!(VERBS.len(), count, "a line of the list was not understood");
        assert!(VERBS.values().all(|verb| !verb.frames.is_empty()));
        assert_eq!(act("deny"), Act::Denial);
    }
}
