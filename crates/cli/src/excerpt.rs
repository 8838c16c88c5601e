//! A page's own bytes, and the command that cuts them out of its file.

use onrecord_document::{Capture, Media};
use onrecord_span::{Bytes, PageBytes, Span};
use std::fs::File;
use std::io::Read;

/// Bytes of the page that are shown on each side. Even, so that UTF-16 is not split.
const CONTEXT_BYTES: usize = 96;
/// Most bytes that are shown of one range; of a longer one its two ends.
const SHOWN_BYTES: usize = 2000;

/// Bytes of a page in its own charset, markup and all; what cannot be decoded is U+FFFD.
pub struct Excerpt {
    pub before: String,
    pub marked: String,
    pub after: String,
}

impl Excerpt {
    /// A range and what stands around it.
    pub fn around(page: &PageBytes, range: Span<Bytes>, encoding: &str) -> Self {
        let encoding = encoding_rs::Encoding::for_label(encoding.as_bytes()).unwrap_or(encoding_rs::UTF_8);
        let bytes = page.as_bytes();
        let decoded = |part: &[u8]| encoding.decode_without_bom_handling(part).0.into_owned();
        let mut start = range.start().saturating_sub(CONTEXT_BYTES);
        let mut end = (range.end() + CONTEXT_BYTES).min(bytes.len());
        if encoding == encoding_rs::UTF_8 {
            let continues = |at: usize| bytes.get(at).is_some_and(|byte| byte & 0xC0 == 0x80);
            while start < range.start() && continues(start) {
                start += 1;
            }
            while end > range.end() && continues(end) {
                end -= 1;
            }
        }
        let mut before = decoded(&bytes[start..range.start()]);
        let mut after = decoded(&bytes[range.end()..end]);
        if start > 0 {
            before.insert(0, '…');
        }
        if end < bytes.len() {
            after.push('…');
        }
        let marked = page.slice(range);
        let marked = if marked.len() > SHOWN_BYTES {
            let half = SHOWN_BYTES / 2;
            format!("{} […] {}", decoded(&marked[..half]), decoded(&marked[marked.len() - half..]))
        } else {
            decoded(marked)
        };
        Excerpt { before, marked, after }
    }
}

/// How to get at the bytes of a page with the tools everybody has.
pub struct Origin {
    /// The path, quoted for a shell; `None` for standard input.
    file: Option<String>,
    unpack: Option<&'static str>,
    /// What the page is in its file.
    record: Record,
}

enum Record {
    /// All of it.
    Whole,
    /// A line with this number.
    Line(u64),
    /// A line with an id of its own.
    NamedLine,
}

impl Origin {
    /// Where a capture came from.
    pub fn of(capture: &Capture) -> Self {
        let (path, record) = match capture.media {
            Media::Html | Media::Text => (capture.id.as_str(), Record::Whole),
            Media::JsonLine => match capture.id.rsplit_once('#').map(|(path, line)| (path, line.parse())) {
                Some((path, Ok(line))) => (path, Record::Line(line)),
                _ => ("FILE", Record::NamedLine),
            },
        };
        let file = (path != "-").then(|| shell_quoted(path));
        Origin { file, unpack: unpacker(path), record }
    }

    /// The command that prints exactly these bytes of the page.
    pub fn command(&self, range: Span<Bytes>) -> String {
        let mut steps: Vec<String> = Vec::new();
        steps.extend(self.unpack.map(str::to_owned));
        match self.record {
            Record::Whole => {}
            Record::Line(line) => steps.push(format!("sed -n {line}p")),
            Record::NamedLine => steps.push("grep -F ID".to_owned()),
        }
        steps.push(format!("tail -c +{}", range.start() + 1));
        if let (Some(file), Some(first)) = (&self.file, steps.first_mut()) {
            first.push(' ');
            first.push_str(file);
        }
        steps.push(format!("head -c {}", range.len()));
        steps.join(" | ")
    }

    /// What to know about the offsets.
    pub fn remark(&self) -> Option<&'static str> {
        match self.record {
            Record::Line(_) => Some("Offsets count the bytes of the record's line."),
            Record::NamedLine => Some("Offsets count the bytes of the record's line; ID is its id, FILE its file."),
            Record::Whole => self.unpack.map(|_| "Offsets count the unpacked bytes."),
        }
    }
}

/// What unpacks a file, by its first bytes (RFC 1952, RFC 8878); `None` for a file that isn't packed or can't be read.
fn unpacker(path: &str) -> Option<&'static str> {
    let mut magic = [0; 4];
    File::open(path).ok()?.read_exact(&mut magic).ok()?;
    match magic {
        [0x1F, 0x8B, ..] => Some("gzip -dc"),
        [0x28, 0xB5, 0x2F, 0xFD] => Some("zstd -dc"),
        _ => None,
    }
}

/// A path as a POSIX shell takes it for one word, and no program for an option.
fn shell_quoted(path: &str) -> String {
    let path = if path.starts_with('-') { format!("./{path}") } else { path.to_owned() };
    let plain = |char: char| char.is_alphanumeric() || matches!(char, '/' | '.' | '-' | '_' | '+' | ',' | ':' | '@');
    if path.chars().all(plain) { path } else { format!("'{}'", path.replace('\'', r"'\''")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn origin(id: &str, media: Media) -> (Origin, Span<Bytes>) {
        let page = PageBytes::new(b"0123456789".to_vec()).unwrap();
        let span = page.span(2..5).unwrap();
        (Origin::of(&Capture::new(id, page, media)), span)
    }

    #[test]
    fn a_command_names_the_file_so_that_a_shell_understands_it() {
        let (origin, span) = origin("it's a page.html", Media::Html);
        assert_eq!(origin.command(span), r"tail -c +3 'it'\''s a page.html' | head -c 3");
        assert_eq!(shell_quoted("-a.html"), "./-a.html");
        assert_eq!(shell_quoted("$(rm x).html"), "'$(rm x).html'");
    }

    #[test]
    fn a_line_of_jsonl_is_cut_out_first() {
        let (of_line, span) = origin("a.jsonl#7", Media::JsonLine);
        assert_eq!(of_line.command(span), "sed -n 7p a.jsonl | tail -c +3 | head -c 3");
        let (of_stdin, span) = origin("-", Media::Text);
        assert_eq!(of_stdin.command(span), "tail -c +3 | head -c 3");
    }

    #[test]
    fn an_excerpt_shows_the_markup_and_splits_no_character() {
        let words = format!("{}<b>é</b>{}", "港".repeat(50), "港".repeat(50));
        let page = PageBytes::new(words.into_bytes()).unwrap();
        let excerpt = Excerpt::around(&page, page.span(153..155).unwrap(), "UTF-8");
        assert_eq!(excerpt.marked, "é");
        assert_eq!(excerpt.before, format!("…{}<b>", "港".repeat(31)));
        assert_eq!(excerpt.after, format!("</b>{}…", "港".repeat(30)));
    }

    #[test]
    fn an_excerpt_is_read_in_the_charset_of_the_page() {
        let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode("<h1>Паром</h1>");
        let page = PageBytes::new(bytes.into_owned()).unwrap();
        let excerpt = Excerpt::around(&page, page.span(4..9).unwrap(), "windows-1251");
        assert_eq!((excerpt.before.as_str(), excerpt.marked.as_str()), ("<h1>", "Паром"));
    }
}
