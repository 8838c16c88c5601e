//! Word lists about where sentences end.

use std::collections::HashMap;
use std::sync::LazyLock;

/// What an abbreviation stands for.
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
    /// The kind with the name that the list has for it; `None` for the line of those that may begin with a small letter.
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

/// What the lists say of a word.
#[derive(Copy, Clone, Default)]
struct ListedWord {
    abbreviation: Option<Abbreviation>,
    /// Whether the abbreviation is one with a small letter too.
    also_small: bool,
    opens: bool,
    speech: bool,
}

static WORDS: LazyLock<HashMap<&'static str, ListedWord>> = LazyLock::new(|| {
    let mut words: HashMap<&'static str, ListedWord> = HashMap::new();
    let abbreviations = lines(include_str!("../../data/abbreviations.txt")).filter_map(|line| line.split_once(':'));
    for (class, list) in abbreviations {
        for word in list.split_whitespace() {
            match Abbreviation::of(class) {
                Some(abbreviation) => words.entry(word).or_default().abbreviation = Some(abbreviation),
                None => words.entry(word).or_default().also_small = true,
            }
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

/// Length of the longest word in a list, in bytes.
const LONGEST: usize = 12;

fn listed(word: &str) -> ListedWord {
    let mut lower = [0; LONGEST];
    let Some(lower) = lower.get_mut(..word.len()).filter(|_| word.is_ascii()) else { return ListedWord::default() };
    lower.copy_from_slice(word.as_bytes());
    lower.make_ascii_lowercase();
    std::str::from_utf8(lower).ok().and_then(|word| WORDS.get(word)).copied().unwrap_or_default()
}

/// What kind of abbreviation a word (without its full stop) is. Few of them may begin with a small letter: "may" and "sun" are
/// words.
pub(super) fn abbreviation(word: &str) -> Option<Abbreviation> {
    let capital = word.starts_with(|char: char| char.is_ascii_uppercase());
    let listed = listed(word);
    let small = listed.also_small && !word.bytes().any(|byte| byte.is_ascii_uppercase());
    if capital || small { listed.abbreviation } else { None }
}

/// Whether a word (without its full stop) is a known abbreviation: "Mr", "Sept", "a.m".
pub fn is_abbreviation(word: &str) -> bool {
    abbreviation(word).is_some()
}

/// Whether a word usually opens a sentence where it has a capital: "The", "However".
pub(super) fn opens(word: &str) -> bool {
    listed(word).opens
}

/// Whether a word is a verb of speech: "asked".
pub(super) fn is_speech(word: &str) -> bool {
    listed(word).speech
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
