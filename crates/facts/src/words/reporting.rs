//! Verbs, nouns and adjectives that report what somebody says, by their lemmas.

use super::lists::lines;
use onrecord_document::Act;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// What a verb of the list reports, and beside what.
pub(crate) struct Verb {
    pub act: Act,
    pub frames: Vec<&'static str>,
}

pub(crate) static VERBS: LazyLock<HashMap<&'static str, Verb>> = LazyLock::new(|| {
    let entry = |line: &'static str| {
        let mut fields = line.split_whitespace();
        let (lemma, act) = (fields.next()?, fields.next()?);
        let act = Act::ALL.iter().copied().find(|known| known.name() == act)?;
        Some((lemma, Verb { act, frames: fields.collect() }))
    };
    lines(include_str!("../../data/en/statement_verbs.txt")).filter_map(entry).collect()
});

pub(crate) static WORDS: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| lines(include_str!("../../data/en/statement_words.txt")).collect());

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

/// Classes of verbs, by how they go with what stands beside them; see `data/en/verb_frames.txt`.
static CLASSES: LazyLock<HashMap<&'static str, HashSet<&'static str>>> = LazyLock::new(|| {
    let classes = lines(include_str!("../../data/en/verb_frames.txt")).filter_map(|line| line.split_once(':'));
    classes.map(|(class, verbs)| (class, verbs.split_whitespace().collect())).collect()
});

/// Whether a verb is in a class of `data/en/verb_frames.txt`.
pub(crate) fn in_class(class: &str, lemma: &str) -> bool {
    CLASSES.get(class).is_some_and(|verbs| verbs.contains(lemma))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_class_of_verbs_that_is_asked_for_is_listed() {
        for class in ["held", "with_object", "with_predicate", "naming", "of_subject", "voicing"] {
            assert!(CLASSES.contains_key(class), "{class}");
        }
    }

    #[test]
    fn every_verb_of_the_list_has_an_act_and_frames() {
        let count = lines(include_str!("../../data/en/statement_verbs.txt")).count();
        assert_eq!(VERBS.len(), count, "a line of the list was not understood");
        assert!(VERBS.values().all(|verb| !verb.frames.is_empty()));
        assert_eq!(act("deny"), Act::Denial);
    }
}
