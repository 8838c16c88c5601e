//! What does a file's name say about it?

use super::compression::MAX_LAYERS;

/// What a file should hold, going by its name without the ending of its compression.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) enum FileKind {
    Html,
    Text,
    Jsonl,
    Warc,
    Wacz,
    Mhtml,
    Other,
}

const ENDINGS: [(&str, FileKind); 9] = [
    (".html", FileKind::Html),
    (".htm", FileKind::Html),
    (".xhtml", FileKind::Html),
    (".txt", FileKind::Text),
    (".jsonl", FileKind::Jsonl),
    (".warc", FileKind::Warc),
    (".wacz", FileKind::Wacz),
    (".mhtml", FileKind::Mhtml),
    (".mht", FileKind::Mhtml),
];

const COMPRESSED_ENDINGS: [&str; 2] = [".gz", ".zst"];

impl FileKind {
    /// Goes by the ending, in upper or lower case: `A.HTML.gz` is a page.
    pub(crate) fn by_name(name: &str) -> Self {
        let mut name = name;
        for _ in 0..MAX_LAYERS {
            let shorter = COMPRESSED_ENDINGS.iter().find_map(|ending| without_ending(name, ending));
            name = shorter.unwrap_or(name);
        }
        let found = ENDINGS.iter().find(|(ending, _)| without_ending(name, ending).is_some());
        found.map_or(FileKind::Other, |(_, kind)| *kind)
    }

    /// Whether a file of this kind is read when it is found in a folder.
    pub(crate) fn is_page(self) -> bool {
        self != FileKind::Other
    }
}

/// The name up to the ending; `None` if it has another one.
fn without_ending<'a>(name: &'a str, ending: &str) -> Option<&'a str> {
    let (before, end) = name.split_at_checked(name.len().checked_sub(ending.len())?)?;
    end.eq_ignore_ascii_case(ending).then_some(before)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_count_in_any_case_and_before_those_of_compression() {
        assert_eq!(FileKind::by_name("news/ferry.html"), FileKind::Html);
        assert_eq!(FileKind::by_name("FERRY.HTM"), FileKind::Html);
        assert_eq!(FileKind::by_name("ferry.xhtml.zst"), FileKind::Html);
        assert_eq!(FileKind::by_name("ferry.txt.gz"), FileKind::Text);
        assert_eq!(FileKind::by_name("all.jsonl.gz.gz"), FileKind::Jsonl);
        assert_eq!(FileKind::by_name("crawl.warc.gz"), FileKind::Warc);
        assert_eq!(FileKind::by_name("crawl.WACZ"), FileKind::Wacz);
        assert_eq!(FileKind::by_name("saved.mhtml.zst"), FileKind::Mhtml);
    }

    #[test]
    fn other_names_are_not_read() {
        for name in
            ["ferry", "html", "ferry.html.bak", "photo.jpeg", "notes.gz", "ferry.html.expected.json", "", "паром"]
        {
            assert_eq!(FileKind::by_name(name), FileKind::Other, "{name}");
        }
        assert!(!FileKind::Other.is_page());
    }
}
