//! What kind of page does the beginning of a file hold?

use crate::formats::{ContentHead, FileKind, SNIFF_BYTES, known_format};
use crate::json_lines::inspect;
use crate::source::{Buffered, FirstLine};
use crate::unreadable::Reason;
use onrecord_document::Media;

/// Tells the kind of a page: by its content, then by its name. Consumes nothing. A first line that may be JSON is read
/// up to `limit` bytes.
pub(crate) fn detect(reader: &mut Buffered, name: &str, limit: usize) -> Result<Media, Reason> {
    if ContentHead::of(known_head(reader)?).begins_with_brace() && begins_with_json(reader, limit)? {
        return Ok(Media::JsonLine);
    }
    let head = ContentHead::of(known_head(reader)?);
    if head.begins_with_tag() {
        return Ok(Media::Html);
    }
    match FileKind::by_name(name) {
        FileKind::Jsonl => Ok(Media::JsonLine),
        FileKind::Html => Ok(Media::Html),
        _ if head.has_page_tag() => Ok(Media::Html),
        FileKind::Text if !head.is_binary() => Ok(Media::Text),
        FileKind::Text => Err(Reason::Binary),
        _ if head.has_body_tag() => Ok(Media::Html),
        _ if !head.is_binary() && !head.has_nul() => Ok(Media::Text),
        _ => Err(Reason::Binary),
    }
}

/// The first [`SNIFF_BYTES`] of a file; an error if they are those of a format that holds no page, whatever the file is
/// called and whatever the user takes it for.
pub(crate) fn known_head(reader: &mut Buffered) -> Result<&[u8], Reason> {
    let head = reader.peek(SNIFF_BYTES).map_err(|error| Reason::of(&error))?;
    let head = &head[..head.len().min(SNIFF_BYTES)];
    match known_format(head) {
        Some(format) => Err(Reason::NotAPage(format)),
        None => Ok(head),
    }
}

/// Whether the first line is an object with a text; a line longer than `limit` need only begin like an object.
fn begins_with_json(reader: &mut Buffered, limit: usize) -> Result<bool, Reason> {
    Ok(match reader.peek_line(limit).map_err(|error| Reason::of(&error))? {
        FirstLine::Whole(line) => inspect(line).is_ok_and(|line| line.has_text),
        FirstLine::Longer(line) => match line {
            [b'{', rest @ ..] => rest.trim_ascii_start().starts_with(b"\""),
            _ => false,
        },
    })
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
    fn where_content_is_unclear_the_name_decides() {
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
    fn utf16_is_recognised() {
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
    fn other_formats_are_recognised_by_their_first_bytes() {
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
        assert_eq!(kind("ferry.txt", &share(5)), Ok(Media::Text));
        assert_eq!(kind("ferry.txt", &share(6)), Err("binary"));
        assert_eq!(kind("ferry.txt", b"Six people died, and one NUL\0 stands here."), Ok(Media::Text));
        assert_eq!(kind("ferry", b"Six people died, and one NUL\0 stands here."), Err("binary"));
        assert_eq!(kind("ferry.html", b"\0\0\0"), Ok(Media::Html));
        assert_eq!(kind("-", b"\x1b$B3$9A\x1b(B"), Ok(Media::Text));
    }

    #[test]
    fn only_the_beginning_is_read() {
        let page = |before: usize| [vec![b'a'; before], b"<html>".to_vec()].concat();
        assert_eq!(kind("-", &page(SNIFF_BYTES - 6)), Ok(Media::Html));
        assert_eq!(kind("-", &page(SNIFF_BYTES - 5)), Ok(Media::Text));
        let line = |length: usize| format!("{{\"text\": \"{}\"}}\n", "a".repeat(length - 12));
        assert_eq!(kind("-", line(1000).as_bytes()), Ok(Media::JsonLine));
        // A line too long to be read goes by its beginning, so that the lines after it are read.
        assert_eq!(kind("-", line(1001).as_bytes()), Ok(Media::JsonLine));
    }
}
