//! Blocks of header fields: those of WARC records, of HTTP and of messages.

use httparse::{EMPTY_HEADER, ParserConfig, Status};
use std::io::{self, BufRead};

/// The largest block of header fields, in bytes. Servers refuse more than 8 to 64 KiB; policies and cookies take tens of
/// them.
pub const MAX_HEADER_BYTES: usize = 256 << 10;

/// What httparse needs before the fields to read them leniently.
const STATUS_LINE: &[u8] = b"HTTP/1.1 200\n";

/// Header fields in their order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Headers {
    /// Names in lower case, values without white space around them.
    fields: Vec<(String, String)>,
}

/// What there is where header fields should be.
#[derive(Debug)]
pub(crate) enum HeaderBlock {
    /// The fields, and the size of the block in bytes with the empty line after it.
    Whole(Headers, u64),
    /// More than [`MAX_HEADER_BYTES`] without an empty line.
    TooLarge,
    /// The source ended before an empty line.
    CutShort,
}

impl Headers {
    /// Reads up to the empty line, which is consumed. A line without a colon is ignored.
    ///
    /// httparse finds names and values. Lines are read here, because the source is a stream and because httparse would
    /// refuse a whole block for one NUL or lone carriage return. Only the field that has it is ignored: nobody can tell
    /// whether it is one field or two. A line of white space ends the block; httparse would take it for a folded one.
    pub(crate) fn read(reader: &mut impl BufRead) -> io::Result<HeaderBlock> {
        let mut block = STATUS_LINE.to_vec();
        let (mut length, mut lines) = (0, 0);
        let mut field_start = block.len();
        let mut line = Vec::new();
        loop {
            line.clear();
            if !read_line(reader, &mut line, MAX_HEADER_BYTES - length)? {
                let is_large = length + line.len() >= MAX_HEADER_BYTES;
                return Ok(if is_large { HeaderBlock::TooLarge } else { HeaderBlock::CutShort });
            }
            length += line.len();
            let is_empty = line.trim_ascii().is_empty();
            // A line that begins with white space continues the one before it (RFC 9112, section 5.2).
            if !is_empty && matches!(line.first(), Some(b' ' | b'\t')) && block.len() > field_start {
                block.pop();
                block.push(b' ');
            } else {
                if has_control(&block[field_start..]) {
                    block.truncate(field_start);
                }
                field_start = block.len();
                lines += 1;
            }
            if is_empty {
                return Ok(HeaderBlock::Whole(Headers::parse(&block, lines), length as u64));
            }
            block.extend_from_slice(content(&line));
            block.push(b'\n');
        }
    }

    /// Parses the status line and at most `lines` fields, without the empty line after them.
    fn parse(block: &[u8], lines: usize) -> Self {
        let head = [block, b"\n"].concat();
        let mut found = vec![EMPTY_HEADER; lines];
        let mut response = httparse::Response::new(&mut found);
        let mut config = ParserConfig::default();
        config.allow_spaces_after_header_name_in_responses(true).ignore_invalid_headers_in_responses(true);
        let Ok(Status::Complete(_)) = config.parse_response(&mut response, &head) else { return Headers::default() };
        let fields = response.headers.iter().map(|field| (field.name.to_ascii_lowercase(), text(field.value)));
        Headers { fields: fields.collect() }
    }

    /// The first field of a name, which is given in lower case.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.all(name).next()
    }

    /// All fields of a name, which is given in lower case.
    pub(crate) fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        self.fields.iter().filter(move |field| field.0 == name).map(|(_, value)| value.as_str())
    }

    #[cfg(test)]
    pub(crate) fn of(text: &str) -> Self {
        match Headers::read(&mut format!("{text}\r\n\r\n").as_bytes()) {
            Ok(HeaderBlock::Whole(headers, _)) => headers,
            other => panic!("{other:?}"),
        }
    }
}

/// A line without its end and the white space before it. A carriage return elsewhere stays, to be found.
fn content(mut line: &[u8]) -> &[u8] {
    while let [rest @ .., b'\r' | b'\n'] = line {
        line = rest;
    }
    while let [b' ' | b'\t', rest @ ..] = line {
        line = rest;
    }
    line
}

/// Whether some lines have a control character within them.
fn has_control(lines: &[u8]) -> bool {
    lines.iter().any(|byte| byte.is_ascii_control() && !matches!(byte, b'\t' | b'\n'))
}

/// WARC prescribes UTF-8, HTTP long prescribed Latin-1.
fn text(value: &[u8]) -> String {
    match std::str::from_utf8(value) {
        Ok(value) => value.to_owned(),
        Err(_) => value.iter().map(|byte| char::from(*byte)).collect(),
    }
}

/// Appends a line with its line feed, at most `limit` bytes; `false` if there is no line feed within them.
pub(crate) fn read_line(reader: &mut impl BufRead, line: &mut Vec<u8>, limit: usize) -> io::Result<bool> {
    loop {
        let ready = match reader.fill_buf() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            ready => ready?,
        };
        let ready = &ready[..ready.len().min(limit - line.len())];
        if ready.is_empty() {
            return Ok(false);
        }
        let end = memchr::memchr(b'\n', ready);
        let count = end.map_or(ready.len(), |end| end + 1);
        line.extend_from_slice(&ready[..count]);
        reader.consume(count);
        if end.is_some() {
            return Ok(true);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folded_lines_are_one_field_and_the_first_of_two_counts() {
        let headers = Headers::of("Content-Type: text/html;\r\n\tcharset=utf-8\nDate: one\r\ndate: two\r\nno colon");
        assert_eq!(headers.get("content-type"), Some("text/html; charset=utf-8"));
        assert_eq!(headers.all("date").collect::<Vec<_>>(), ["one", "two"]);
        assert_eq!(headers.get("no colon"), None);
    }

    #[test]
    fn a_field_with_a_control_character_is_ignored() {
        let headers = Headers::of("Location: /a\rSet-Cookie: b\r\nX: a\0b\r\n: nameless\r\n\rZ: c\r\nY: \t ok \r\n");
        assert_eq!(headers.fields, [("y".to_owned(), "ok".to_owned())]);
        assert_eq!(Headers::of("A: Stra\u{df}e").get("a"), Some("Straße"));
        let Ok(HeaderBlock::Whole(latin, 11)) = Headers::read(&mut &b"A: \xdfber\r\n\r\n"[..]) else { panic!() };
        assert_eq!(latin.get("a"), Some("ßber"));
    }

    #[test]
    fn headers_end_at_the_limit() {
        let of = |length: usize| format!("A: {}\r\n\r\n", "a".repeat(length - 7));
        assert!(matches!(Headers::read(&mut of(MAX_HEADER_BYTES).as_bytes()), Ok(HeaderBlock::Whole(..))));
        assert!(matches!(Headers::read(&mut of(MAX_HEADER_BYTES + 1).as_bytes()), Ok(HeaderBlock::TooLarge)));
        let many = "A: b\r\n".repeat(MAX_HEADER_BYTES);
        assert!(matches!(Headers::read(&mut many.as_bytes()), Ok(HeaderBlock::TooLarge)));
        assert!(matches!(Headers::read(&mut &b"A: b\r\nC:"[..]), Ok(HeaderBlock::CutShort)));
    }
}
