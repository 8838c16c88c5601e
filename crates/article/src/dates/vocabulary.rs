//! The words of dates, from the data files.

use foldhash::{HashMap, HashSet};
use std::sync::LazyLock;

/// What a word does in a date; `date_words.txt` says which words do.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Role {
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
pub(super) struct Vocabulary {
    months: HashMap<&'static str, u32>,
    weekdays: HashSet<&'static str>,
    roles: HashSet<(Role, &'static str)>,
    zones: HashMap<&'static str, i32>,
}

/// The words of the data files.
pub(super) fn vocabulary() -> &'static Vocabulary {
    static WORDS: LazyLock<Vocabulary> = LazyLock::new(read);
    &WORDS
}

impl Vocabulary {
    /// The number of a month by its lower-case name.
    pub fn month(&self, name: &str) -> Option<u32> {
        self.months.get(name).copied()
    }

    /// Whether a lower-case word names a day of the week, or begins a name of two words.
    pub fn is_weekday(&self, name: &str) -> bool {
        self.weekdays.contains(name)
    }

    /// Whether a lower-case word has a role.
    pub fn has(&self, role: Role, word: &str) -> bool {
        self.roles.contains(&(role, word))
    }

    /// Minutes east of UTC of a lower-case zone name.
    pub fn zone(&self, name: &str) -> Option<i32> {
        self.zones.get(name).copied()
    }
}

fn lines(file: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    file.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t'))
}

/// A word as the tokenizer gives it: names in Chinese characters come one by one, and `(月)` stands for Monday.
fn parts(word: &'static str) -> Vec<&'static str> {
    if word.starts_with(|char: char| ('\u{3400}'..='\u{9FFF}').contains(&char)) {
        word.split("").filter(|part| !part.is_empty()).collect()
    } else {
        vec![word]
    }
}

fn read() -> Vocabulary {
    let mut words = Vocabulary {
        months: HashMap::default(),
        weekdays: HashSet::default(),
        roles: HashSet::default(),
        zones: HashMap::default(),
    };
    for (_, rest) in lines(include_str!("../../data/fields/months.txt")) {
        let Some((what, names)) = rest.split_once('\t') else { continue };
        for name in names.split("; ") {
            match what.parse() {
                Ok(month) => _ = words.months.entry(name).or_insert(month),
                Err(_) => words.weekdays.extend(name.split(' ').flat_map(parts)),
            }
        }
    }
    for (role, names) in lines(include_str!("../../data/fields/date_words.txt")) {
        let role = match role {
            "day" => Role::Day,
            "year" => Role::Year,
            "time" => Role::Time,
            "hour" => Role::Hour,
            "am" => Role::Am,
            "pm" => Role::Pm,
            "month" => Role::Month,
            "yearmark" => Role::YearMark,
            "daymark" => Role::DayMark,
            _ => continue,
        };
        words.roles.extend(names.split("; ").map(|name| (role, name)));
    }
    for (name, minutes) in lines(include_str!("../../data/fields/zones.txt")) {
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
        let halves = vocabulary().roles.iter().filter(|(role, _)| matches!(role, Role::Am | Role::Pm));
        assert!(halves.clone().count() > 0);
        assert!(halves.into_iter().all(|(_, word)| word.len() <= LONGEST_HALF));
    }
}
