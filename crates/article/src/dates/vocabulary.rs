//! The words of dates, from the data files.

use crate::lists;
use foldhash::{HashMap, HashSet};
use std::sync::LazyLock;

/// What a word does in a date; `date_words.txt` says which words do.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum DateRole {
    Day,
    Year,
    Time,
    Hour,
    Am,
    Pm,
    Month,
    YearMark,
    DayMark,
}

/// Bytes of the longest word for a half of the day.
pub(super) const LONGEST_HALF: usize = 8;

/// All words, read once.
pub(super) struct DateVocabulary {
    months: HashMap<&'static str, u32>,
    weekdays: HashSet<&'static str>,
    roles: HashSet<(DateRole, &'static str)>,
    zones: HashMap<&'static str, i32>,
}

/// The words of the data files.
pub(super) fn vocabulary() -> &'static DateVocabulary {
    static WORDS: LazyLock<DateVocabulary> = LazyLock::new(read);
    &WORDS
}

impl DateVocabulary {
    /// The number of a month by its lower-case name.
    pub fn month(&self, name: &str) -> Option<u32> {
        self.months.get(name).copied()
    }

    /// Whether a lower-case word names a day of the week, or begins a name of two words.
    pub fn is_weekday(&self, name: &str) -> bool {
        self.weekdays.contains(name)
    }

    /// Whether a lower-case word has a role.
    pub fn has(&self, role: DateRole, word: &str) -> bool {
        self.roles.contains(&(role, word))
    }

    /// Minutes east of UTC of a lower-case zone name.
    pub fn zone(&self, name: &str) -> Option<i32> {
        self.zones.get(name).copied()
    }
}

/// A word as the tokenizer gives it: Chinese characters come one by one, because `(月)` stands for Monday.
fn parts(word: &'static str) -> Vec<&'static str> {
    if word.starts_with(|char: char| ('\u{3400}'..='\u{9FFF}').contains(&char)) {
        word.split("").filter(|part| !part.is_empty()).collect()
    } else {
        vec![word]
    }
}

fn read() -> DateVocabulary {
    let mut words = DateVocabulary {
        months: HashMap::default(),
        weekdays: HashSet::default(),
        roles: HashSet::default(),
        zones: HashMap::default(),
    };
    for (_, names) in lists::rows(include_str!("../../data/fields/months.txt")) {
        let Some((what, names)) = names.split_once('\t') else { continue };
        for name in names.split("; ") {
            match what.parse() {
                Ok(month) => _ = words.months.entry(name).or_insert(month),
                Err(_) => words.weekdays.extend(name.split(' ').flat_map(parts)),
            }
        }
    }
    for (role, names) in lists::rows(include_str!("../../data/fields/date_words.txt")) {
        let role = match role {
            "day" => DateRole::Day,
            "year" => DateRole::Year,
            "time" => DateRole::Time,
            "hour" => DateRole::Hour,
            "am" => DateRole::Am,
            "pm" => DateRole::Pm,
            "month" => DateRole::Month,
            "yearmark" => DateRole::YearMark,
            "daymark" => DateRole::DayMark,
            _ => continue,
        };
        words.roles.extend(names.split("; ").map(|name| (role, name)));
    }
    for (name, minutes) in lists::rows(include_str!("../../data/fields/zones.txt")) {
        if let Ok(minutes) = minutes.parse() {
            words.zones.insert(name, minutes);
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_for_the_halves_of_the_day_are_short() {
        let halves = vocabulary().roles.iter().filter(|(role, _)| matches!(role, DateRole::Am | DateRole::Pm));
        assert!(halves.clone().count() > 0);
        assert!(halves.into_iter().all(|(_, word)| word.len() <= LONGEST_HALF));
    }
}
