//! Word lists about where sentences end.

use std::collections::HashMap;
use std::sync::LazyLock;

/// What an abbreviation is.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) enum Abbreviation {
    Title,
    Number,
    Month,
    Day,
    Company,
    Place,
    Other,
}

impl Abbreviation {
    fn of(name: &str) -> Option<Self> {
        Some(match name {
            "title" => Abbreviation::Title,
            "number" => Abbreviation::Number,
            "month" => Abbreviation::Month,
            "day" => Abbreviation::Day,
            "company" => Abbreviation::Company,
            "place" => Abbreviation::Place,
            "other" => Abbreviation::Other,
            _ => return None,
        })
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Abbreviation::Title => "title",
            Abbreviation::Number => "abbreviation",
            Abbreviation::Month => "month",
            Abbreviation::Day => "day",
            Abbreviation::Company => "company",
            Abbreviation::Place => "place",
            Abbreviation::Other => "other",
        }
    }
}

/// What the lists know of a word.
#[derive(Copy, Clone, Default)]
struct Known {
    abbreviation: Option<Abbreviation>,
    opens: bool,
    speech: bool,
}

static WORDS: LazyLock<HashMap<&'static str, Known>> = LazyLock::new(|| {
    let mut words: HashMap<&'static str, Known> = HashMap::new();
    let abbreviations = lines(include_str!("../../data/abbreviations.txt")).filter_map(|line| line.split_once(':'));
    for (class, list) in abbreviations {
        for word in list.split_whitespace() {
            words.entry(word).or_default().abbreviation = Abbreviation::of(class);
        }
    }
    for word in lines(include_str!("../../data/sentence_starters.txt")).flat_map(str::split_whitespace) {
        words.entry(word).or_default().opens = true;
    }
    for word in lines(include_str!("../../data/speech_verbs.txt")).flat_map(str::split_whitespace) {
        words.entry(word).or_default().speech = true;
    }
    words
});

/// The lines of a data file without its comments.
pub(super) fn lines(file: &'static str) -> impl Iterator<Item = &'static str> {
    file.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// Longest word that stands in a list, in bytes.
const LONGEST: usize = 12;

fn known(word: &str) -> Known {
    let mut lower = [0; LONGEST];
    let Some(lower) = lower.get_mut(..word.len()).filter(|_| word.is_ascii()) else { return Known::default() };
    lower.copy_from_slice(word.as_bytes());
    lower.make_ascii_lowercase();
    std::str::from_utf8(lower).ok().and_then(|word| WORDS.get(word)).copied().unwrap_or_default()
}

/// What abbreviation a word (without its full stop) is. Only some are with a small letter: "may" and "sun" are words.
pub(super) fn abbreviation(word: &str) -> Option<Abbreviation> {
    const ALSO_SMALL: [&str; 15] =
        ["vs", "v", "etc", "viz", "approx", "cf", "e.g", "i.e", "ca", "a.m", "p.m", "al", "pp", "op", "cit"];
    let capital = word.starts_with(|char: char| char.is_ascii_uppercase());
    if capital || ALSO_SMALL.contains(&word) { known(word).abbreviation } else { None }
}

/// Whether a word (without its full stop) is a known abbreviation: "Mr", "Sept", "a.m".
pub fn is_abbreviation(word: &str) -> bool {
    abbreviation(word).is_some()
}

/// Whether a word usually opens a sentence where it has a capital: "The", "However".
pub(super) fn opens(word: &str) -> bool {
    known(word).opens
}

/// Whether a word is a verb of speech: "asked".
pub(super) fn is_speech(word: &str) -> bool {
    known(word).speech
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn abbreviations_are_known_by_their_capital() {
        assert_eq!(abbreviation("Mr"), Some(Abbreviation::Title));
        assert_eq!(abbreviation("sun"), None);
        assert!(is_abbreviation("a.m") && is_abbreviation("Sept") && !is_abbreviation("Ferry"));
        assert!(opens("The") && !opens("Ferry") && is_speech("asked"));
    }
}
