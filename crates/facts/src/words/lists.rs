//! Word lists: files of `data/`, built into the program.

use std::collections::HashSet;

/// The lines of a data file without its comments.
pub(crate) fn lines(file: &'static str) -> impl Iterator<Item = &'static str> {
    file.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// All words of a data file.
pub(crate) fn words(file: &'static str) -> HashSet<&'static str> {
    lines(file).flat_map(str::split_whitespace).collect()
}

/// The words behind "CLASS:" in a data file of classes.
pub(crate) fn words_of(file: &'static str, class: &str) -> HashSet<&'static str> {
    let classes = lines(file).filter_map(|line| line.split_once(':'));
    classes.filter(|(name, _)| *name == class).flat_map(|(_, words)| words.split_whitespace()).collect()
}
