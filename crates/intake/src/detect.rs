//! What kind of page the beginning of a file holds.

use crate::buffered::{Buffered, FirstLine};
use crate::json;
use crate::names::Named;
use crate::unreadable::Reason;
use onrecord_document::Media;
use std::borrow::Cow;

/// How much of a file is looked at to tell its kind, in bytes. A first line that may be JSON is read whole.
pub const SNIFF_BYTES: usize = 4096;

/// The share of control characters, one in this many, from which on something is binary data.
const BINARY_SHARE: usize = 20;

const UTF8_MARK: &[u8] = &[0xef, 0xbb, 0xbf];
const UTF16_MARKS: [&[u8]; 2] = [&[0xff, 0xfe], &[0xfe, 0xff]];

/// Formats that people keep beside pages: their first bytes, from the formats' specifications, and what they are. No
/// page or text begins so.
const SIGNATURES: [(&[u8], &str); 19] = [
    (b"%PDF-", "a PDF"),
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"II*\0", "a TIFF image"),
    (b"MM\0*", "a TIFF image"),
    (b"\0\0\x01\0", "an icon"),
    (b"PK\x03\x04", "a ZIP archive"),
    (b"PK\x05\x06", "a ZIP archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"\xfd7zXZ\0", "an xz archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office document"),
    (b"\x7fELF", "a program"),
    (b"\0asm", "a program"),
    (b"\xca\xfe\xba\xbe", "a program"),
    (b"\xcf\xfa\xed\xfe", "a program"),
    (b"SQLite format 3\0", "a database"),
    (b"OggS\0", "a sound file"),
    (b"\0\x05\x16\x07", "a resource file of macOS"),
];

/// Formats whose first bytes might begin a text too; it takes a NUL near them.
const SIGNATURES_WITH_NUL: [(&[u8], &str); 8] = [
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"BZh", "a bzip2 archive"),
    (b"MZ", "a program"),
    (b"ID3", "a sound file"),
    (b"PAR1", "a Parquet table"),
    (b"wOFF", "a font"),
    (b"wOF2", "a font"),
];

/// Tags that a page has near its beginning. A file named as text is a page only if it has one of the first four: an
/// article may well speak of `<p>`.
const TAGS: [&[u8]; 6] = [b"<html", b"<!doctype", b"<head", b"<body", b"<p", b"<div"];
const TAGS_IN_NAMED_TEXT: usize = 4;

/// Tells the kind of a page: by its content, then by its name. Consumes nothing. `limit` bounds a first line that may
/// be JSON, in bytes.
pub(crate) fn detect(reader: &mut Buffered, name: &str, limit: usize) -> Result<Media, Reason> {
    let named = Named::of(name);
    let head = known_head(reader)?;
    let view = ascii_view(head);
    let begins = past_white_space(&view);
    if begins.starts_with(b"{") && begins_with_json(reader, limit)? {
        return Ok(Media::JsonLine);
    }
    let head = known_head(reader)?;
    let view = ascii_view(head);
    let begins = past_white_space(&view);
    if begins_with_tag(begins) {
        return Ok(Media::Html);
    }
    let tags = if named == Named::Text { &TAGS[..TAGS_IN_NAMED_TEXT] } else { &TAGS };
    match named {
        Named::Jsonl => Ok(Media::JsonLine),
        Named::Html => Ok(Media::Html),
        _ if has_tag(&view, tags) => Ok(Media::Html),
        Named::Text if !is_binary(&view) => Ok(Media::Text),
        Named::Warc | Named::Wacz | Named::Mhtml | Named::Other if !is_binary(&view) && !view.contains(&0) => {
            Ok(Media::Text)
        }
        _ => Err(Reason::Binary),
    }
}

/// The first [`SNIFF_BYTES`] of a file; refuses what is known to be something else than a page, however it is named
/// and whatever the user takes it for.
pub(crate) fn known_head(reader: &mut Buffered) -> Result<&[u8], Reason> {
    let head = reader.peek(SNIFF_BYTES).map_err(|error| Reason::of(&error))?;
    let head = &head[..head.len().min(SNIFF_BYTES)];
    match signature(head) {
        Some(what) => Err(Reason::NotAPage(what)),
        None => Ok(head),
    }
}

/// The format that the first bytes are known for.
fn signature(head: &[u8]) -> Option<&'static str> {
    let sure = SIGNATURES.iter().find(|(magic, _)| head.starts_with(magic));
    let with_nul = || SIGNATURES_WITH_NUL.iter().find(|(magic, _)| head.starts_with(magic) && head.contains(&0));
    if let Some((_, what)) = sure.or_else(with_nul) {
        return Some(what);
    }
    match head {
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some("a WebP image"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'A', b'V', b'E', ..] => Some("a sound file"),
        [0, _, _, _, b'f', b't', b'y', b'p', b'a', b'v', b'i', b'f', ..] => Some("an AVIF image"),
        [0, _, _, _, b'f', b't', b'y', b'p', ..] => Some("a film"),
        _ => None,
    }
}

/// Whether the first line is an object with a text; or, too long to be looked at, at least begins like an object.
fn begins_with_json(reader: &mut Buffered, limit: usize) -> Result<bool, Reason> {
    Ok(match reader.peek_line(limit).map_err(|error| Reason::of(&error))? {
        FirstLine::Whole(line) => json::look(line).is_ok_and(|line| line.has_text),
        FirstLine::Longer(line) => match line {
            [b'{', rest @ ..] => past_white_space(rest).starts_with(b"\""),
            _ => false,
        },
    })
}

/// The beginning of a file as far as ASCII goes: without a byte order mark, and UTF-16 a byte a unit, those beyond ASCII
/// as a byte that is none.
fn ascii_view(head: &[u8]) -> Cow<'_, [u8]> {
    const BEYOND: u8 = 0x80;
    let units = |from: usize, to_unit: fn([u8; 2]) -> u16| {
        let bytes = head.get(from..).unwrap_or_default().chunks_exact(2).map(|pair| to_unit([pair[0], pair[1]]));
        Cow::Owned(bytes.map(|unit| u8::try_from(unit).ok().filter(u8::is_ascii).unwrap_or(BEYOND)).collect())
    };
    match head {
        [0xff, 0xfe, ..] => units(2, u16::from_le_bytes),
        [0xfe, 0xff, ..] => units(2, u16::from_be_bytes),
        [b'<', 0, second, 0, ..] if second.is_ascii() => units(0, u16::from_le_bytes),
        [0, b'<', 0, second, ..] if second.is_ascii() => units(0, u16::from_be_bytes),
        _ => Cow::Borrowed(without_mark(head)),
    }
}

/// The bytes behind a byte order mark of UTF-8.
pub(crate) fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(UTF8_MARK).unwrap_or(bytes)
}

/// Whether a page has nothing but white space behind its byte order mark.
pub(crate) fn is_blank(page: &[u8]) -> bool {
    UTF16_MARKS.contains(&page) || past_white_space(without_mark(page)).is_empty()
}

fn past_white_space(bytes: &[u8]) -> &[u8] {
    bytes.trim_ascii_start()
}

/// `<p`, `</p`, `<!--`, `<?xml`: a text begins with `<3` at most.
fn begins_with_tag(bytes: &[u8]) -> bool {
    matches!(bytes, [b'<', second, ..] if second.is_ascii_alphabetic() || matches!(second, b'!' | b'?'))
}

/// Whether something named as a web archive is plainly something else: a page, lines of JSON, a picture.
pub(crate) fn is_plainly_other(head: &[u8]) -> bool {
    let begins = past_white_space(without_mark(head));
    signature(head).is_some() || begins_with_tag(begins) || begins.starts_with(b"{")
}

/// Whether content is known by its first bytes to be something else than a page or a text.
pub(crate) fn is_known_other(head: &[u8]) -> bool {
    signature(head).is_some()
}

/// Whether the beginning of some content has a tag that only a page has: an article may well speak of `<p>`.
pub(crate) fn has_page_tag(head: &[u8]) -> bool {
    has_tag(&ascii_view(head), &TAGS[..TAGS_IN_NAMED_TEXT])
}

/// Whether the beginning of some content reads as text.
pub(crate) fn is_text(head: &[u8]) -> bool {
    !is_binary(&ascii_view(head))
}

/// Whether bytes that are said to be compressed are plainly a page or a text: no compressed data begins with a tag, or is
/// valid UTF-8 without control characters for long.
pub(crate) fn is_plain_page(head: &[u8]) -> bool {
    let text = match std::str::from_utf8(head) {
        Ok(_) => true,
        // A character may be cut at the end of what is looked at.
        Err(error) => error.error_len().is_none() && error.valid_up_to() > 0,
    };
    begins_with_tag(past_white_space(without_mark(head))) || (text && !is_binary(head) && !head.contains(&0))
}

/// Whether one of the tags stands somewhere: `<p>` and `<p class`, but not `<price`.
fn has_tag(bytes: &[u8], tags: &[&[u8]]) -> bool {
    memchr::memchr_iter(b'<', bytes).any(|at| {
        tags.iter().any(|tag| {
            let Some((name, behind)) = bytes[at..].split_at_checked(tag.len()) else { return false };
            let ends = behind.first().is_some_and(|next| next.is_ascii_whitespace() || matches!(next, b'>' | b'/'));
            ends && name.eq_ignore_ascii_case(tag)
        })
    })
}

/// Whether there are more control characters than any text has. Escapes are none: ISO-2022-JP is full of them.
fn is_binary(bytes: &[u8]) -> bool {
    let is_control = |byte: &&u8| matches!(byte, 0..=8 | 0x0b | 0x0e..=0x1a | 0x1c..=0x1f | 0x7f);
    bytes.iter().filter(is_control).count() * BINARY_SHARE > bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(name: &str, content: &[u8]) -> Result<Media, &'static str> {
        let mut reader = Buffered::new(Box::new(std::io::Cursor::new(content.to_vec())));
        detect(&mut reader, name, 1000).map_err(|reason| reason.code())
    }

    fn utf16(text: &str, to_bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(to_bytes).collect()
    }

    #[test]
    fn content_goes_before_the_name() {
        assert_eq!(kind("-", b"<!doctype html>"), Ok(Media::Html));
        assert_eq!(kind("ferry.txt", b"\xef\xbb\xbf \r\n<P class=lead>Six people died."), Ok(Media::Html));
        assert_eq!(kind("ferry.jsonl", b"<?xml version='1.0'?><html>"), Ok(Media::Html));
        assert_eq!(kind("-", b"Warning: line 3 <html lang=en>"), Ok(Media::Html));
        assert_eq!(kind("ferry.html", b"{\"text\": \"Six people died.\"}\n"), Ok(Media::JsonLine));
        assert_eq!(kind("-", b"\xef\xbb\xbf\n\n{\"text\": \"Six people died.\"}"), Ok(Media::JsonLine));
    }

    #[test]
    fn where_content_leaves_it_open_the_name_tells() {
        assert_eq!(kind("ferry.html", b"Six people died."), Ok(Media::Html));
        assert_eq!(kind("ferry.txt.gz", b"Six people died."), Ok(Media::Text));
        assert_eq!(kind("ferry.jsonl", b"{broken"), Ok(Media::JsonLine));
        assert_eq!(kind("-", b"{\"headline\": \"no text\"}"), Ok(Media::Text));
        assert_eq!(kind("-", "Шестеро погибли".as_bytes()), Ok(Media::Text));
        assert_eq!(kind("ferry", b"\xd8\xe5\xf1\xf2\xe5\xf0\xee"), Ok(Media::Text));
        assert_eq!(kind("ferry", b""), Ok(Media::Text));
    }

    #[test]
    fn a_text_may_speak_of_tags() {
        assert_eq!(kind("web.txt", b"Paragraphs begin with <p> there."), Ok(Media::Text));
        assert_eq!(kind("web", b"Paragraphs begin with <p> there."), Ok(Media::Html));
        assert_eq!(kind("-", b"We <3 the <price of fish, a<b"), Ok(Media::Text));
        assert_eq!(kind("-", b"<3 Six people"), Ok(Media::Text));
    }

    #[test]
    fn utf16_is_seen_through() {
        let page = "<!doctype html><title>Ferry</title>";
        assert_eq!(kind("-", &utf16(page, u16::to_le_bytes)), Ok(Media::Html));
        assert_eq!(kind("-", &utf16(page, u16::to_be_bytes)), Ok(Media::Html));
        assert_eq!(kind("-", &utf16(&format!("\u{feff} {page}"), u16::to_le_bytes)), Ok(Media::Html));
        assert_eq!(kind("-", &utf16(&format!("\u{feff} {page}"), u16::to_be_bytes)), Ok(Media::Html));
        assert_eq!(kind("-", &utf16("\u{feff}Six people died.", u16::to_le_bytes)), Ok(Media::Text));
        assert_eq!(kind("-", &utf16("\u{feff}“Six,” she said.", u16::to_be_bytes)), Ok(Media::Text));
        assert_eq!(kind("a.txt", &utf16("\u{feff}フェリーが防波堤に衝突", u16::to_le_bytes)), Ok(Media::Text));
        assert_eq!(kind("-", b"\xfe\xff"), Ok(Media::Text));
    }

    #[test]
    fn what_is_no_page_is_told_by_its_first_bytes() {
        let webp = b"RIFF\x10\0\0\0WEBPVP8 ";
        let known: [&[u8]; 7] = [
            b"%PDF-1.7\n",
            b"\x89PNG\r\n\x1a\n",
            b"\xff\xd8\xff\xe0",
            b"GIF89a\x10\0",
            webp,
            b"PK\x03\x04",
            b"\x7fELF",
        ];
        for head in known {
            assert_eq!(kind("ferry.html", head), Err("not_a_page"));
        }
        assert_eq!(kind("-", b"GIF89a is the name of a format."), Ok(Media::Text));
    }

    #[test]
    fn control_characters_make_it_binary() {
        let share = |controls: usize| [vec![1; controls], vec![b'a'; 100 - controls]].concat();
        assert_eq!(kind("ferry.txt", &share(100 / BINARY_SHARE)), Ok(Media::Text));
        assert_eq!(kind("ferry.txt", &share(100 / BINARY_SHARE + 1)), Err("binary"));
        assert_eq!(kind("ferry.txt", b"Six people died, and one NUL\0 stands here."), Ok(Media::Text));
        assert_eq!(kind("ferry", b"Six people died, and one NUL\0 stands here."), Err("binary"));
        assert_eq!(kind("ferry.html", b"\0\0\0"), Ok(Media::Html));
        assert_eq!(kind("-", b"\x1b$B3$9A\x1b(B"), Ok(Media::Text));
    }

    #[test]
    fn only_the_beginning_is_looked_at() {
        let page = |before: usize| [vec![b'a'; before], b"<html>".to_vec()].concat();
        assert_eq!(kind("-", &page(SNIFF_BYTES - 6)), Ok(Media::Html));
        assert_eq!(kind("-", &page(SNIFF_BYTES - 5)), Ok(Media::Text));
        let line = |length: usize| format!("{{\"text\": \"{}\"}}\n", "a".repeat(length - 12));
        assert_eq!(kind("-", line(1000).as_bytes()), Ok(Media::JsonLine));
        // Too long to be looked at, it is taken for what it begins like, so that the lines behind it are read.
        assert_eq!(kind("-", line(1001).as_bytes()), Ok(Media::JsonLine));
    }
}
