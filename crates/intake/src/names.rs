//! What a file's name says about it.

/// What a name promises, compression left aside.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) enum Named {
    Html,
    Text,
    Jsonl,
    Warc,
    Wacz,
    Mhtml,
    Other,
}

const ENDINGS: [(&str, Named); 9] = [
    (".html", Named::Html),
    (".htm", Named::Html),
    (".xhtml", Named::Html),
    (".txt", Named::Text),
    (".jsonl", Named::Jsonl),
    (".warc", Named::Warc),
    (".wacz", Named::Wacz),
    (".mhtml", Named::Mhtml),
    (".mht", Named::Mhtml),
];

const PACKED_ENDINGS: [&str; 2] = [".gz", ".zst"];

impl Named {
    /// Goes by the end of the name, in any case: `A.HTML.gz` is a page.
    pub(crate) fn of(name: &str) -> Self {
        let mut name = name;
        for _ in 0..crate::unpack::MAX_LAYERS {
            let packed = PACKED_ENDINGS.iter().find_map(|ending| without_ending(name, ending));
            name = packed.unwrap_or(name);
        }
        let found = ENDINGS.iter().find(|(ending, _)| without_ending(name, ending).is_some());
        found.map_or(Named::Other, |(_, named)| *named)
    }

    /// Whether a file of this name is read when it lies in a folder.
    pub(crate) fn is_page(self) -> bool {
        self != Named::Other
    }
}

/// The name before the ending; `None` where it ends otherwise.
fn without_ending<'a>(name: &'a str, ending: &str) -> Option<&'a str> {
    let (before, end) = name.split_at_checked(name.len().checked_sub(ending.len())?)?;
    end.eq_ignore_ascii_case(ending).then_some(before)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_count_in_any_case_and_behind_compression() {
        assert_eq!(Named::of("news/ferry.html"), Named::Html);
        assert_eq!(Named::of("FERRY.HTM"), Named::Html);
        assert_eq!(Named::of("ferry.xhtml.zst"), Named::Html);
        assert_eq!(Named::of("ferry.txt.gz"), Named::Text);
        assert_eq!(Named::of("all.jsonl.gz.gz"), Named::Jsonl);
        assert_eq!(Named::of("crawl.warc.gz"), Named::Warc);
        assert_eq!(Named::of("crawl.WACZ"), Named::Wacz);
        assert_eq!(Named::of("saved.mhtml.zst"), Named::Mhtml);
    }

    #[test]
    fn other_names_are_no_pages() {
        for name in
            ["ferry", "html", "ferry.html.bak", "photo.jpeg", "notes.gz", "ferry.html.expected.json", "", "паром"]
        {
            assert_eq!(Named::of(name), Named::Other, "{name}");
        }
        assert!(!Named::Other.is_page());
    }
}
