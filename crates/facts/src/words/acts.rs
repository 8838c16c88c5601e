//! The act that quoted words say themselves, where their verb is a plain "said".

use super::lists::lines;
use onrecord_document::Act;
use std::sync::LazyLock;

/// Words that tell the act where the verb is a plain "said". With `^` they must open the quotation.
static ACTS: LazyLock<Vec<(Act, bool, &'static str)>> = LazyLock::new(|| {
    let entries = lines(include_str!("../../data/en/acts.txt")).filter_map(|line| line.split_once(':'));
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
