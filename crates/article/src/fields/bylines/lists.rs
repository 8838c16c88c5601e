//! The words around names in bylines, and the agencies.

use crate::lists::{self, Lists};
use foldhash::{HashMap, HashSet};
use std::sync::LazyLock;

/// The lists of `byline_words.txt`, which says what each is for, and of `agencies.txt`.
pub(super) struct BylineLists {
    /// The longest first.
    pub prefix: Vec<&'static str>,
    /// The same by their first character.
    pub prefix_by_first: HashMap<char, Vec<&'static str>>,
    pub and: Vec<&'static str>,
    pub in_place: HashSet<&'static str>,
    pub role: HashSet<&'static str>,
    pub outlet: HashSet<&'static str>,
    pub agency: HashSet<&'static str>,
    pub stop: HashSet<&'static str>,
    pub person: HashSet<&'static str>,
    pub writer_paths: Vec<&'static str>,
    pub agencies: HashSet<&'static str>,
}

pub(super) static LISTS: LazyLock<BylineLists> = LazyLock::new(|| {
    let words = Lists::read(include_str!("../../../data/fields/byline_words.txt"));
    let list = |name: &str| -> Vec<&'static str> { words.of(name).iter().map(|word| word.trim()).collect() };
    let set = |name: &str| -> HashSet<&'static str> { list(name).into_iter().collect() };
    let mut prefix = list("prefix");
    prefix.sort_by_key(|word| std::cmp::Reverse(word.len()));
    let mut prefix_by_first: HashMap<char, Vec<&str>> = HashMap::default();
    for &word in &prefix {
        if let Some(first) = word.chars().next() {
            prefix_by_first.entry(first).or_default().push(word);
        }
    }
    BylineLists {
        prefix,
        prefix_by_first,
        and: list("and"),
        in_place: set("in"),
        role: set("role"),
        outlet: set("outlet"),
        agency: set("agency"),
        stop: set("stop"),
        person: set("person"),
        writer_paths: list("path"),
        agencies: lists::lines(include_str!("../../../data/fields/agencies.txt")).collect(),
    }
});
