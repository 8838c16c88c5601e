//! A page's own bytes, and the command that cuts them out of its file.

use onrecord_document::{Capture, Coding, Origin, Record, RecordPacking};
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
pub struct Proof {
    /// The path, quoted for a shell, where the first command wants it at its end; `None` for standard input.
    file: Option<String>,
    /// Commands that make the page's bytes of the file, but for the last cut.
    steps: Vec<String>,
    /// How many bytes of what they give stand before the page.
    before: u64,
    remark: Option<String>,
}

/// Joins the chunks of HTTP (RFC 9112, section 7.1).
const JOIN_CHUNKS: &str = r#"python3 -c 'import sys;b=sys.stdin.buffer;[sys.stdout.buffer.write(b.read(n)) and b.readline() for n in iter(lambda:int(b.readline().split(b";")[0] or b"0",16),0)]'"#;
/// Unpacks what HTTP calls deflate, with or without its header.
const INFLATE: &str = "python3 -c 'import sys,zlib;b=sys.stdin.buffer.read();sys.stdout.buffer.write(zlib.decompress(b,15 if b[0]&15==8 else -15))'";
/// Prints the root part of MHTML.
const ROOT_PART: &str = r#"python3 -c 'import email,sys;m=email.message_from_bytes(sys.stdin.buffer.read());s=m.get_param("start");p=[p for p in m.walk() if p.get_content_type() in ("text/html","application/xhtml+xml")];p.sort(key=lambda p:p["Content-ID"]!=s);sys.stdout.buffer.write(p[0].get_payload(decode=True))'"#;

impl Proof {
    /// The way to a capture.
    pub fn of(capture: &Capture) -> Self {
        let path = capture.origin.file();
        let mut file = (path != "-").then(|| shell_quoted(path));
        let mut steps: Vec<String> = Vec::new();
        let mut before = 0;
        let unpack = unpacker(path);
        let remark = match &capture.origin {
            Origin::File(_) => {
                steps.extend(unpack.map(str::to_owned));
                unpack.map(|_| "Offsets count the unpacked bytes.".to_owned())
            }
            Origin::Line { number, .. } => {
                steps.extend(unpack.map(str::to_owned));
                steps.push(format!("sed -n {number}p"));
                Some("Offsets count the bytes of the record's line.".to_owned())
            }
            Origin::RootPart { .. } => {
                steps.push(unpack.unwrap_or("cat").to_owned());
                steps.push(ROOT_PART.to_owned());
                Some("Offsets count the bytes of the root part, its transfer encoding undone.".to_owned())
            }
            Origin::Record(record) => {
                let unpack = unpack.filter(|_| record.packing == RecordPacking::Plain && record.member.is_none());
                steps.extend(unpack.map(str::to_owned));
                if record.packing == RecordPacking::ZstdDictionary {
                    // The dictionary lies in the file, where no other tool looks for it.
                    file = None;
                    steps.push(format!("onrecord page {}", capture.hash));
                } else {
                    if let Some(member) = &record.member {
                        let archive = file.take().unwrap_or_else(|| "FILE".to_owned());
                        steps.push(format!("unzip -p {archive} {}", shell_quoted(member)));
                    }
                    before = to_record(record, &mut steps);
                }
                Some(in_record(record))
            }
        };
        Proof { file, steps, before, remark }
    }

    /// The command that prints exactly these bytes of the page.
    pub fn command(&self, range: Span<Bytes>) -> String {
        let mut steps = self.steps.clone();
        steps.push(format!("tail -c +{}", self.before + range.start() as u64 + 1));
        if let (Some(file), Some(first)) = (&self.file, steps.first_mut()) {
            first.push(' ');
            first.push_str(file);
        }
        steps.push(format!("head -c {}", range.len()));
        steps.join(" | ")
    }

    /// What to know about the offsets.
    pub fn remark(&self) -> Option<&str> {
        self.remark.as_deref()
    }
}

/// The steps to the page of a record; gives how many bytes of what they print stand before the page.
fn to_record(record: &Record, steps: &mut Vec<String>) -> u64 {
    let from = |at: u64| format!("tail -c +{}", at + 1);
    let mut before = record.head + record.inner;
    match record.packing {
        RecordPacking::Plain => before += record.offset,
        RecordPacking::GzipEach => steps.extend([from(record.offset), "gzip -dc".to_owned()]),
        RecordPacking::ZstdEach | RecordPacking::ZstdDictionary => {
            steps.extend([from(record.offset), "zstd -dc".to_owned()]);
        }
        RecordPacking::GzipWhole | RecordPacking::ZstdWhole => {
            before += record.offset;
            steps.push(if record.packing == RecordPacking::GzipWhole { "gzip -dc" } else { "zstd -dc" }.to_owned());
        }
    }
    if record.codings.is_empty() {
        return before;
    }
    steps.extend([from(before), format!("head -c {}", record.length)]);
    steps.extend(record.codings.iter().map(|coding| {
        match coding {
            Coding::Chunked => JOIN_CHUNKS,
            Coding::Gzip => "gzip -dc",
            Coding::Deflate => INFLATE,
            Coding::Brotli => "brotli -dc",
            Coding::Zstd => "zstd -dc",
        }
        .to_owned()
    }));
    0
}

fn in_record(record: &Record) -> String {
    let names: Vec<&str> = record.codings.iter().map(|coding| coding.name()).collect();
    let mut remark = "Offsets count the bytes of the page in its record, behind the headers".to_owned();
    if !names.is_empty() {
        remark.push_str(&format!(", with {} undone", names.join(" and ")));
    }
    if record.packing == RecordPacking::ZstdDictionary {
        remark.push_str("; the record is packed with its file's dictionary, so add the file to an archive first");
    }
    remark.push('.');
    remark
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
    use onrecord_document::Media;

    fn proof(origin: Origin) -> (Proof, Span<Bytes>) {
        let page = PageBytes::new(b"0123456789".to_vec()).unwrap();
        let span = page.span(2..5).unwrap();
        let mut capture = Capture::new("page", page, Media::Html);
        capture.origin = origin;
        (Proof::of(&capture), span)
    }

    fn command(origin: Origin) -> String {
        let (proof, span) = proof(origin);
        proof.command(span)
    }

    #[test]
    fn a_command_names_the_file_so_that_a_shell_understands_it() {
        let file = |path: &str| command(Origin::File(path.to_owned()));
        assert_eq!(file("it's a page.html"), r"tail -c +3 'it'\''s a page.html' | head -c 3");
        assert_eq!(file("-"), "tail -c +3 | head -c 3");
        assert_eq!(shell_quoted("-a.html"), "./-a.html");
        assert_eq!(shell_quoted("$(rm x).html"), "'$(rm x).html'");
    }

    #[test]
    fn a_line_of_jsonl_is_cut_out_first() {
        let line = Origin::Line { file: "a.jsonl".to_owned(), number: 7 };
        assert_eq!(command(line), "sed -n 7p a.jsonl | tail -c +3 | head -c 3");
    }

    #[test]
    fn a_record_of_a_web_archive_is_cut_out_first() {
        let plain = Record {
            file: "a.warc".to_owned(),
            member: None,
            packing: RecordPacking::Plain,
            offset: 1000,
            inner: 0,
            head: 200,
            length: 10,
            codings: vec![],
        };
        let of = |record: &Record| command(Origin::Record(Box::new(record.clone())));
        assert_eq!(of(&plain), "tail -c +1203 a.warc | head -c 3");
        let each = Record { packing: RecordPacking::GzipEach, ..plain.clone() };
        assert_eq!(of(&each), "tail -c +1001 a.warc | gzip -dc | tail -c +203 | head -c 3");
        let whole = Record { packing: RecordPacking::ZstdWhole, ..plain.clone() };
        assert_eq!(of(&whole), "zstd -dc a.warc | tail -c +1203 | head -c 3");
        let coded = Record { codings: vec![Coding::Gzip, Coding::Brotli], ..plain.clone() };
        let expected = "tail -c +1201 a.warc | head -c 10 | gzip -dc | brotli -dc | tail -c +3 | head -c 3";
        assert_eq!(of(&coded), expected);
        let within = Record { member: Some("archive/a b.warc".to_owned()), ..each };
        let expected = "unzip -p a.warc 'archive/a b.warc' | tail -c +1001 | gzip -dc | tail -c +203 | head -c 3";
        assert_eq!(of(&within), expected);
        let (proof, span) = proof(Origin::Record(Box::new(Record { packing: RecordPacking::ZstdDictionary, ..plain })));
        assert!(
            proof
                .command(span)
                .starts_with("onrecord page 84d89877f0d4041efb6bf91a16f0248f2fd573e6af05c19f96bedb9f882f7882 | ")
        );
        assert!(proof.remark().is_some_and(|remark| remark.contains("add the file to an archive first")));
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
