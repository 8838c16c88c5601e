//! Words without their endings, by the language of the article.

use super::{Word, WordKind};
use frostem::{Algorithm, Stemmer};
use std::collections::HashMap;
use std::sync::LazyLock;

/// Words whose stems are remembered. News of one language has fewer that come often.
const MAX_REMEMBERED: usize = 60_000;

/// Which stemmer a text is read with.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Stem(u8);

/// ISO 639 codes, the letter that marks terms in the index, the stemmer. A letter never changes its meaning without a new
/// version of the index.
const STEMMERS: &[(&[&str], u8, Algorithm)] = &[
    (&["ar"], b'a', Algorithm::Arabic),
    (&["ca"], b'q', Algorithm::Catalan),
    (&["cs"], b'c', Algorithm::Czech),
    (&["da"], b'k', Algorithm::Danish),
    (&["de"], b'd', Algorithm::German),
    (&["el"], b'g', Algorithm::Greek),
    (&["en"], b'e', Algorithm::English),
    (&["es"], b's', Algorithm::Spanish),
    (&["et"], b'b', Algorithm::Estonian),
    (&["eu"], b'B', Algorithm::Basque),
    (&["fi"], b'w', Algorithm::Finnish),
    (&["fr"], b'f', Algorithm::French),
    (&["ga"], b'z', Algorithm::Irish),
    (&["hi"], b'x', Algorithm::Hindi),
    (&["hu"], b'h', Algorithm::Hungarian),
    (&["hy"], b'H', Algorithm::Armenian),
    (&["id", "ms"], b'j', Algorithm::Indonesian),
    (&["it"], b'i', Algorithm::Italian),
    (&["lt"], b'y', Algorithm::Lithuanian),
    (&["ne"], b'N', Algorithm::Nepali),
    (&["nl"], b'n', Algorithm::Dutch),
    (&["no", "nb", "nn"], b'o', Algorithm::Norwegian),
    (&["pl"], b'l', Algorithm::Polish),
    (&["pt"], b'p', Algorithm::Portuguese),
    (&["ro"], b'm', Algorithm::Romanian),
    (&["ru"], b'r', Algorithm::Russian),
    (&["sr", "hr", "bs"], b'S', Algorithm::Serbian),
    (&["sv"], b'v', Algorithm::Swedish),
    (&["ta"], b'T', Algorithm::Tamil),
    (&["tr"], b't', Algorithm::Turkish),
    (&["uk"], b'u', Algorithm::Ukrainian),
];

/// English verbs whose forms no ending tells: of each form, as it is written in small letters, its verb.
static IRREGULAR: LazyLock<HashMap<&'static str, &'static str, foldhash::fast::RandomState>> = LazyLock::new(|| {
    let lines = include_str!("../../data/irregular_verbs.txt").lines().filter(|line| !line.starts_with('#'));
    let forms = lines.filter_map(|line| line.split_once(' '));
    forms.flat_map(|(base, forms)| forms.split(' ').map(move |form| (form, base))).collect()
});

impl Stem {
    /// Words as they are, for languages without a stemmer, numbers and pairs of characters.
    pub const NONE: Stem = Stem(b'0');
    const ENGLISH: Stem = Stem(b'e');

    /// The stemmer for a language.
    pub fn of_language(code: Option<&str>) -> Stem {
        let listed = code.and_then(|code| STEMMERS.iter().find(|(codes, ..)| codes.contains(&code)));
        listed.map_or(Stem::NONE, |(_, letter, _)| Stem(*letter))
    }

    /// The letter that stands before its terms.
    pub fn letter(self) -> char {
        self.0 as char
    }

    pub(crate) fn of_letter(letter: u8) -> Stem {
        Stem(letter)
    }

    /// The word whose ending is taken off for this one: itself, or the verb that it is a form of.
    fn base(self, lower: &str) -> &str {
        if self == Stem::ENGLISH { IRREGULAR.get(lower).copied().unwrap_or(lower) } else { lower }
    }

    fn stemmer(self) -> Option<Stemmer> {
        let listed = STEMMERS.iter().find(|(_, letter, _)| *letter == self.0);
        listed.map(|(_, _, algorithm)| Stemmer::new(*algorithm))
    }
}

/// Makes terms of words, and remembers them: news says the same words again and again.
#[derive(Default)]
pub struct Stems {
    /// Of the language that was asked for last, and how many words of all are remembered.
    stem: Option<Stem>,
    terms: StemMemory,
    /// Of the others.
    others: HashMap<Stem, StemMemory>,
    count: usize,
}

type StemMemory = HashMap<String, String, foldhash::fast::RandomState>;

impl Clone for Stems {
    /// A clone works on another thread, with words of its own.
    fn clone(&self) -> Self {
        Stems::default()
    }
}

impl Stems {
    /// The term that the index keeps for a word of a text in this language. `out` is cleared before.
    pub fn term(&mut self, stem: Stem, word: &Word, out: &mut String) {
        out.clear();
        let stemmer = if word.kind == WordKind::Letters { stem.stemmer() } else { None };
        let Some(stemmer) = stemmer else {
            out.push(Stem::NONE.letter());
            return out.push_str(&word.folded);
        };
        self.turn_to(stem);
        if let Some(term) = self.terms.get(word.lower.as_str()) {
            return out.push_str(term);
        }
        out.push(stem.letter());
        let base = stem.base(&word.lower);
        let stemmed = stemmer.stem(base);
        // Some stemmers leave nothing of a word that is all ending.
        let stemmed = if stemmed.is_empty() { base } else { &*stemmed };
        stemmed.chars().for_each(|char| super::fold::push_folded(char, out));
        if self.count >= MAX_REMEMBERED {
            self.count = 0;
            self.terms.clear();
            self.others.clear();
        }
        self.count += 1;
        self.terms.insert(word.lower.clone(), out.clone());
    }

    /// Brings the terms of a language to hand.
    fn turn_to(&mut self, stem: Stem) {
        let Some(before) = self.stem.replace(stem).filter(|before| *before != stem) else { return };
        let terms = self.others.remove(&stem).unwrap_or_default();
        self.others.insert(before, std::mem::replace(&mut self.terms, terms));
    }
}

#[cfg(test)]
mod tests {
    use super::super::Words;
    use super::*;

    fn term(language: &str, word: &str) -> String {
        let mut out = String::new();
        let word = Words::of(word).next().unwrap();
        Stems::default().term(Stem::of_language(Some(language)), &word, &mut out);
        out
    }

    #[test]
    fn endings_go_by_the_language_of_the_article() {
        assert_eq!(term("en", "strikes"), term("en", "Striking"));
        assert_eq!(term("ru", "переговоров"), term("ru", "переговоры"));
        assert_eq!(term("uk", "переговорів"), term("uk", "переговори"));
        assert_eq!(term("de", "Häuser"), term("de", "Hauses"));
        assert_eq!(term("fr", "négociations"), term("fr", "négociation"));
        assert_ne!(term("de", "Tag"), term("en", "tag"));
    }

    #[test]
    fn a_form_without_an_ending_is_a_form_of_its_verb() {
        assert_eq!(term("en", "said"), term("en", "Says"));
        assert_eq!(term("en", "sank"), term("en", "sinking"));
        assert_ne!(term("en", "left"), term("en", "leave"), "the left is more often no verb");
        assert_ne!(term("de", "sank"), term("de", "sink"), "another language");
    }

    #[test]
    fn numbers_pairs_and_languages_without_a_stemmer_are_kept_as_they_are() {
        assert_eq!(term("en", "1,500"), "01500");
        assert_eq!(term("ja", "渡船"), "0渡船");
        assert_eq!(term("vi", "chính"), "0chinh");
    }

    #[test]
    fn what_is_remembered_of_one_language_is_not_said_of_another() {
        let mut stems = Stems::default();
        let words: Vec<Word> = Words::of("Tage strikes").collect();
        let mut terms = |language: &str| -> Vec<String> {
            let mut out = String::new();
            let stem = Stem::of_language(Some(language));
            words
                .iter()
                .map(|word| {
                    stems.term(stem, word, &mut out);
                    out.clone()
                })
                .collect()
        };
        let (german, english) = (terms("de"), terms("en"));
        assert_ne!(german, english);
        assert_eq!((terms("de"), terms("de"), terms("en")), (german.clone(), german, english));
    }

    #[test]
    fn every_stemmer_has_a_letter_of_its_own() {
        let mut letters: Vec<u8> = STEMMERS.iter().map(|(_, letter, _)| *letter).collect();
        letters.sort_unstable();
        letters.dedup();
        assert_eq!(letters.len(), STEMMERS.len());
        assert!(!letters.contains(&b'0'));
    }
}
