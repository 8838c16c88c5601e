//! Offices that are part of a role: "secretary of state", "head of communications".

use super::lists::words;
use std::collections::HashSet;
use std::sync::LazyLock;

static OFFICES: LazyLock<HashSet<&'static str>> = LazyLock::new(|| words(include_str!("../../data/en/offices.txt")));

/// "State", "communications": what a secretary or a head is one of.
pub(crate) fn is_office(word: &str) -> bool {
    OFFICES.contains(word.to_lowercase().as_str())
}
