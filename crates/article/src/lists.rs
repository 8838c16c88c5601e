//! Reads the word lists in `data/`.

use foldhash::HashMap;

/// The lines of a list, without its header and blank lines.
pub(crate) fn lines(file: &'static str) -> impl Iterator<Item = &'static str> {
    file.lines().filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// The lines of a list of the form `NAME TAB WORDS`.
pub(crate) fn rows(file: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    lines(file).filter_map(|line| line.split_once('\t'))
}

/// Several lists in one file: lines of the form `NAME TAB WORDS`, the words separated by `"; "`. The words of lines with the
/// same name are one list.
pub(crate) struct Lists(HashMap<&'static str, Vec<&'static str>>);

impl Lists {
    /// Reads a file.
    pub fn read(file: &'static str) -> Self {
        let mut lists: HashMap<&str, Vec<&str>> = HashMap::default();
        for (name, words) in rows(file) {
            lists.entry(name).or_default().extend(words.split("; "));
        }
        Lists(lists)
    }

    /// The words of a list, in the order of the file. A file that lacks the list is a mistake, which tests find.
    pub fn of(&self, name: &str) -> &[&'static str] {
        let words = self.0.get(name);
        debug_assert!(words.is_some(), "no list {name:?}");
        words.map(Vec::as_slice).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_one_name_are_one_list() {
        let lists = Lists::read("# Ships.\nferry\tBrannoc; Sarvo\n\ntug\tMinnow\nferry\tLorne\n");
        assert_eq!(lists.of("ferry"), ["Brannoc", "Sarvo", "Lorne"]);
        assert_eq!(lists.of("tug"), ["Minnow"]);
    }
}
