//! What the word lists of one language know of a word, whatever its sentence: one table, filled list by list.

use super::inflection::{ing, past, plural, third_person};
use super::lists::lines;
use onrecord_document::Act;
use std::collections::{HashMap, HashSet};

/// What a word can be: a set of flags.
pub(crate) type Flags = u32;

macro_rules! flags {
    ($($name:ident $bit:literal,)*) => { $(pub(crate) const $name: Flags = 1 << $bit;)* };
}

flags! {
    AUX 0, BE 1, NEGATION 2, ADVERB 3, DETERMINER 4, POSSESSIVE 5, PRONOUN 6, SUBJECT_PRONOUN 7, OBJECT_PRONOUN 8,
    PREPOSITION 9, CONJUNCTION 10, TITLE 11, PARTICLE 12, SUFFIX 13, WEEKDAY 14, MONTH 15, TIMEWORD 16, RANK 17,
    ROLE 18, ROLES 19, ORGANISATION 20, DOCUMENT 21, MEDIA_HEAD 22, MEDIA_NAME 23, CUE 24, NUMBER 25, VERBFORM 26,
    ORGANISATION_NAME 27, OPENER 28,
}

/// How a cue verb attaches to a quotation; see `data/en/cue_verbs.txt`.
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

impl Cue {
    /// A verb that attributes what stands beside it.
    pub(crate) fn finite(act: Act) -> Self {
        Cue { act, class: CueClass::Say, form: Form::Finite, core: false }
    }
}

/// What the lists know of one word.
#[derive(Copy, Clone, Debug, Default)]
pub(crate) struct LexiconEntry {
    pub flags: Flags,
    pub cue: Option<Cue>,
    pub number: Option<u32>,
}

/// The words of one language, and what they can be.
#[derive(Debug, Default)]
pub(crate) struct Lexicon {
    words: HashMap<String, LexiconEntry>,
    nobody: HashSet<&'static str>,
    /// The ending of adverbs, and words that have it and are none.
    adverbs: Option<(&'static str, HashSet<&'static str>)>,
}

impl Lexicon {
    /// What is known of a word in lower case.
    pub(crate) fn look_up(&self, word: &str) -> LexiconEntry {
        self.words.get(word).copied().unwrap_or_default()
    }

    /// Whether a phrase that opens with these two words names nobody: "nobody", "no one", "none of the crew".
    pub(crate) fn names_nobody(&self, first: &str, second: &str) -> bool {
        let is = |listed: &&str| match listed.split_once(' ') {
            Some((one, two)) => first.eq_ignore_ascii_case(one) && second.eq_ignore_ascii_case(two),
            None => first.eq_ignore_ascii_case(listed),
        };
        self.nobody.iter().any(is)
    }

    /// Whether a word in lower case that no list has is an adverb by its ending: "reportedly".
    pub(crate) fn is_adverb(&self, word: &str) -> bool {
        const SHORTEST: usize = 5;
        let Some((ending, others)) = &self.adverbs else { return false };
        word.len() >= SHORTEST && word.ends_with(ending) && !others.contains(word)
    }

    /// How many words there are.
    #[cfg(test)]
    pub(crate) fn len(&self) -> usize {
        self.words.len()
    }

    /// Adds words to one of the parts of speech, by the name that it has in the lists.
    fn add(&mut self, class: &str, word: &str) {
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
            "opener" => OPENER,
            _ => return,
        };
        self.mark(word, flags);
    }

    fn mark(&mut self, word: &str, flags: Flags) {
        self.words.entry(word.to_owned()).or_default().flags |= flags;
    }

    /// Adds function words, a class a line: "determiner: a an the".
    pub(crate) fn with_classes(mut self, file: &'static str) -> Self {
        for (class, list) in lines(file).filter_map(|line| line.split_once(':')) {
            list.split_whitespace().for_each(|word| self.add(class, word));
        }
        self
    }

    /// Adds verbs that report, in the forms given, by the act that they report, and the classes of other words:
    /// "question: fragte fragt", "pronoun: er sie".
    pub(crate) fn with_forms(mut self, file: &'static str) -> Self {
        for (class, list) in lines(file).filter_map(|line| line.split_once(':')) {
            let act = Act::ALL.iter().copied().find(|act| act.name() == class);
            for word in list.split_whitespace() {
                match act {
                    Some(act) => self.words.entry(word.to_owned()).or_default().cue = Some(Cue::finite(act)),
                    None => self.add(class, word),
                }
            }
        }
        self
    }

    /// Adds nouns of roles, with their plurals: "official", "man/men", "-/opposition".
    pub(crate) fn with_roles(mut self, file: &'static str) -> Self {
        for role in lines(file).flat_map(str::split_whitespace) {
            match role.split_once('/') {
                Some((one, many)) => {
                    if one != NO_SINGULAR {
                        self.mark(one, ROLE);
                    }
                    self.mark(many, ROLES);
                }
                None => {
                    self.mark(role, ROLE);
                    self.mark(&plural(role), ROLES);
                }
            }
        }
        self
    }

    /// Adds words that make a phrase an organisation or, in capitals, a name one: "ministry", "University".
    pub(crate) fn with_organisations(mut self, file: &'static str) -> Self {
        for word in lines(file).flat_map(str::split_whitespace) {
            match word.starts_with(char::is_uppercase) {
                true => self.mark(&word.to_lowercase(), ORGANISATION_NAME),
                false => self.mark(word, ORGANISATION),
            }
        }
        self
    }

    /// Adds nouns of documents, with their plurals.
    pub(crate) fn with_documents(mut self, file: &'static str) -> Self {
        for word in lines(file).flat_map(str::split_whitespace) {
            self.mark(word, DOCUMENT);
            self.mark(&plural(word), DOCUMENT);
        }
        self
    }

    /// Adds nouns of news outlets (the first line) and words of their names (the others).
    pub(crate) fn with_media(mut self, file: &'static str) -> Self {
        for (nth, line) in lines(file).enumerate() {
            let flags = if nth == 0 { MEDIA_HEAD } else { MEDIA_NAME };
            line.split_whitespace().for_each(|word| self.mark(word, flags));
        }
        self
    }

    /// Adds words of numbers: "three 3".
    pub(crate) fn with_numbers(mut self, file: &'static str) -> Self {
        for (word, value) in lines(file).filter_map(|line| line.split_once(' ')) {
            let entry = self.words.entry(word.to_owned()).or_default();
            entry.flags |= NUMBER;
            entry.number = value.parse().ok();
        }
        self
    }

    /// Adds verbs that report, in all their English forms. Those of `core` attribute whatever stands beside them.
    pub(crate) fn with_cues(mut self, file: &'static str, core: &'static str) -> Self {
        let core: HashSet<&str> = lines(core).flat_map(str::split_whitespace).collect();
        for line in lines(file) {
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
                let core = core.contains(word.as_str());
                let entry = self.words.entry(word).or_default();
                entry.flags |= CUE;
                entry.cue.get_or_insert(Cue { act, class, form, core });
            }
        }
        self
    }

    /// Adds words that name nobody.
    pub(crate) fn with_nobody(mut self, file: &'static str) -> Self {
        self.nobody.extend(lines(file));
        self
    }

    /// Takes words with an ending for adverbs, but for those of a list.
    pub(crate) fn with_adverbs(mut self, ending: &'static str, others: &'static str) -> Self {
        self.adverbs = Some((ending, lines(others).flat_map(str::split_whitespace).collect()));
        self
    }
}

/// What stands in the list of roles for the singular of a group that has none: "-/opposition".
const NO_SINGULAR: &str = "-";
