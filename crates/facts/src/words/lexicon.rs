//! The word lists, read once into one table: what a word can be, whatever the sentence.

use super::inflection::{ing, past, plural, third_person};
use super::lists::lines;
use onrecord_document::{Act, Terms};
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// What a word can be: a set of flags.
pub(crate) type Flags = u32;

macro_rules! flags {
    ($($name:ident $bit:literal,)*) => { $(pub(crate) const $name: Flags = 1 << $bit;)* };
}

flags! {
    AUX 0, BE 1, NEGATION 2, ADVERB 3, DETERMINER 4, POSSESSIVE 5, PRONOUN 6, SUBJECT_PRONOUN 7, OBJECT_PRONOUN 8,
    PREPOSITION 9, CONJUNCTION 10, TITLE 11, PARTICLE 12, SUFFIX 13, WEEKDAY 14, MONTH 15, TIMEWORD 16, RANK 17,
    ROLE 18, ROLES 19, ORGANISATION 20, DOCUMENT 21, MEDIA_HEAD 22, MEDIA_NAME 23, CUE 24, NUMBER 25, VERBFORM 26,
    ORGANISATION_NAME 27,
}

/// How a cue verb attaches to a quotation; see `data/cue_verbs.txt`.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) enum CueClass {
    Say,
    Tell,
    Name,
    Weak,
}

/// The form a cue verb stands in.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// "say", "says", "said": a predicate, or after an auxiliary a part of one.
    Finite,
    /// "saying".
    Participle,
}

/// A cue verb in one of its forms.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) struct Cue {
    pub act: Act,
    pub class: CueClass,
    pub form: Form,
    /// "said", "says" and the like: verbs that hardly ever do anything else than attribute.
    pub core: bool,
}

/// What the lists know of one word.
#[derive(Copy, Clone, Debug, Default)]
pub(crate) struct Entry {
    pub flags: Flags,
    pub cue: Option<Cue>,
    pub number: Option<u32>,
}

/// The forms that attribute whatever stands beside them.
const CORE: [&str; 8] = ["said", "says", "say", "added", "adds", "told", "tells", "saying"];

static WORDS: LazyLock<HashMap<String, Entry>> = LazyLock::new(|| {
    let mut words = HashMap::new();
    read_classes(&mut words);
    read_roles(&mut words);
    read_list(include_str!("../../data/organisations.txt"), ORGANISATION, &mut words);
    read_list(include_str!("../../data/documents.txt"), DOCUMENT, &mut words);
    read_media(&mut words);
    read_numbers(&mut words);
    read_cues(&mut words);
    words
});

/// Phrases that state terms, in lower case with straight apostrophes.
pub(crate) static TERMS: LazyLock<Vec<(&'static str, Terms)>> = LazyLock::new(|| {
    let lines = lines(include_str!("../../data/terms.txt"));
    let term = |name: &str| Terms::ALL.iter().copied().find(|terms| terms.name() == name);
    lines
        .filter_map(|line| line.split_once(':'))
        .filter_map(|(name, phrase)| Some((phrase.trim(), term(name)?)))
        .collect()
});

/// Words that tell the act where the verb is a plain "said". With `^` they must open the quotation.
static ACTS: LazyLock<Vec<(Act, bool, &'static str)>> = LazyLock::new(|| {
    let entries = lines(include_str!("../../data/acts.txt")).filter_map(|line| line.split_once(':'));
    let act = |name: &str| Act::ALL.iter().copied().find(|act| act.name() == name);
    entries
        .filter_map(|(name, phrase)| {
            let phrase = phrase.trim();
            let opens = phrase.starts_with('^');
            Some((act(name)?, opens, phrase.trim_start_matches('^')))
        })
        .collect()
});

/// Whether quoted words are one question and nothing else: "“Who prints things?” he said".
pub(crate) fn is_question(quoted: &str) -> bool {
    let words = quoted.trim_end_matches(|char: char| !char.is_alphanumeric() && char != '?');
    words.strip_suffix('?').is_some_and(|before| !before.contains(['.', '?', '!', '…']))
}

/// The act that quoted words say themselves: "“I will be in the tower,” she said" tells an intention.
///
/// Only the first [`OPENING_WORDS`] bytes are looked at.
pub(crate) fn act_of_words(quoted: &str) -> Option<Act> {
    let end = quoted.floor_char_boundary(OPENING_WORDS);
    let words = quoted[..end].to_lowercase().replace('’', "'");
    let words = words.trim_start_matches(|char: char| !char.is_alphanumeric());
    let mut acts = ACTS.iter();
    acts.find(|(_, opens, phrase)| if *opens { words.starts_with(phrase) } else { words.contains(phrase) })
        .map(|(act, ..)| *act)
}

/// How much of a quotation is read to tell its act, in bytes: its first sentence or two.
const OPENING_WORDS: usize = 160;

/// What the lists know of a word given in lower case.
pub(crate) fn look_up(word: &str) -> Entry {
    WORDS.get(word).copied().unwrap_or_default()
}

/// Whether a phrase that opens with these two words names nobody: "nobody", "no one", "none of the crew".
pub(crate) fn names_nobody(first: &str, second: &str) -> bool {
    const ALONE: [&str; 5] = ["nobody", "none", "neither", "nothing", "no-one"];
    let no_one = first.eq_ignore_ascii_case("no") && second.eq_ignore_ascii_case("one");
    no_one || ALONE.iter().any(|word| first.eq_ignore_ascii_case(word))
}

static OFFICES: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| lines(include_str!("../../data/offices.txt")).flat_map(str::split_whitespace).collect());

/// "State", "communications": what a secretary or a head is one of.
pub(crate) fn is_office(word: &str) -> bool {
    OFFICES.contains(word.to_lowercase().as_str())
}

fn mark(words: &mut HashMap<String, Entry>, word: &str, flags: Flags) {
    words.entry(word.to_owned()).or_default().flags |= flags;
}

fn read_classes(words: &mut HashMap<String, Entry>) {
    for (class, list) in lines(include_str!("../../data/function_words.txt")).filter_map(|line| line.split_once(':')) {
        let flags = match class {
            "aux" => AUX,
            "be" => BE,
            "negation" => NEGATION,
            "adverb" => ADVERB,
            "determiner" => DETERMINER,
            "possessive" => POSSESSIVE,
            "pronoun" => PRONOUN,
            "subject_pronoun" => SUBJECT_PRONOUN,
            "object_pronoun" => OBJECT_PRONOUN,
            "preposition" => PREPOSITION,
            "conjunction" => CONJUNCTION,
            "title" => TITLE,
            "particle" => PARTICLE,
            "suffix" => SUFFIX,
            "weekday" => WEEKDAY,
            "month" => MONTH,
            "timeword" => TIMEWORD,
            "rank" => RANK,
            "verbform" => VERBFORM,
            _ => continue,
        };
        list.split_whitespace().for_each(|word| mark(words, word, flags));
    }
}

/// What stands in the list of roles for the singular of a group that has none: "-/opposition".
const NO_SINGULAR: &str = "-";

fn read_roles(words: &mut HashMap<String, Entry>) {
    for role in lines(include_str!("../../data/roles.txt")).flat_map(str::split_whitespace) {
        match role.split_once('/') {
            Some((one, many)) => {
                if one != NO_SINGULAR {
                    mark(words, one, ROLE);
                }
                mark(words, many, ROLES);
            }
            None => {
                mark(words, role, ROLE);
                mark(words, &plural(role), ROLES);
            }
        }
    }
}

fn read_list(file: &'static str, flags: Flags, words: &mut HashMap<String, Entry>) {
    for word in lines(file).flat_map(str::split_whitespace) {
        if word.starts_with(char::is_uppercase) {
            mark(words, &word.to_lowercase(), ORGANISATION_NAME);
        } else {
            mark(words, word, flags);
        }
        if flags == DOCUMENT {
            mark(words, &plural(word), flags);
        }
    }
}

fn read_media(words: &mut HashMap<String, Entry>) {
    for (nth, line) in lines(include_str!("../../data/media.txt")).enumerate() {
        let flags = if nth == 0 { MEDIA_HEAD } else { MEDIA_NAME };
        line.split_whitespace().for_each(|word| mark(words, word, flags));
    }
}

fn read_numbers(words: &mut HashMap<String, Entry>) {
    for (word, value) in lines(include_str!("../../data/numbers.txt")).filter_map(|line| line.split_once(' ')) {
        let entry = words.entry(word.to_owned()).or_default();
        entry.flags |= NUMBER;
        entry.number = value.parse().ok();
    }
}

fn read_cues(words: &mut HashMap<String, Entry>) {
    for line in lines(include_str!("../../data/cue_verbs.txt")) {
        let fields: Vec<&str> = line.split_whitespace().collect();
        let [lemma, act, class, forms @ ..] = fields.as_slice() else { continue };
        let act = Act::ALL.iter().copied().find(|known| known.name() == *act);
        let class = match *class {
            "say" => CueClass::Say,
            "tell" => CueClass::Tell,
            "name" => CueClass::Name,
            _ => CueClass::Weak,
        };
        let Some(act) = act else { continue };
        let past = forms.first().map_or_else(|| past(lemma), |form| (*form).to_owned());
        let participle = forms.get(1).map_or_else(|| past.clone(), |form| (*form).to_owned());
        let ing = forms.get(2).map_or_else(|| ing(lemma), |form| (*form).to_owned());
        for (word, form) in [
            ((*lemma).to_owned(), Form::Finite),
            (third_person(lemma), Form::Finite),
            (past, Form::Finite),
            (participle, Form::Finite),
            (ing, Form::Participle),
        ] {
            let core = CORE.contains(&word.as_str());
            let entry = words.entry(word).or_default();
            entry.flags |= CUE;
            entry.cue.get_or_insert(Cue { act, class, form, core });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verbs_are_known_in_all_their_forms() {
        for word in ["say", "says", "said", "saying", "denies", "denied", "admitting", "argues", "publishes", "goes"] {
            assert!(look_up(word).cue.is_some(), "{word}");
        }
        assert_eq!(look_up("denied").cue.map(|cue| cue.act), Some(Act::Denial));
        assert_eq!(look_up("warning").cue.map(|cue| cue.form), Some(Form::Participle));
    }

    #[test]
    fn every_line_of_the_verb_list_is_understood() {
        for line in lines(include_str!("../../data/cue_verbs.txt")) {
            let fields: Vec<&str> = line.split_whitespace().collect();
            assert!(fields.len() == 3 || fields.len() == 6, "{line}");
            assert!(Act::ALL.iter().any(|act| act.name() == fields[1]), "{line}");
            assert!(["say", "tell", "name", "weak"].contains(&fields[2]), "{line}");
            assert!(look_up(fields[0]).cue.is_some(), "{line}");
        }
    }

    #[test]
    fn roles_have_plurals_and_numbers_values() {
        assert_ne!(look_up("officials").flags & ROLES, 0);
        assert_ne!(look_up("deputies").flags & ROLES, 0);
        assert_ne!(look_up("spokeswomen").flags & ROLES, 0);
        assert_eq!(look_up("three").number, Some(3));
    }

    #[test]
    fn every_line_of_the_terms_list_is_understood() {
        assert_eq!(TERMS.len(), lines(include_str!("../../data/terms.txt")).count());
    }
}
