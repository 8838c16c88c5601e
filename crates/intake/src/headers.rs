//! Blocks of headers: those of WARC records, of HTTP and of MIME.

use std::io::{self, BufRead};

/// The longest block of headers, in bytes. Servers refuse more than 8 to 64 KiB; policies and cookies fill tens of them.
pub const MAX_HEADER_BYTES: usize = 256 << 10;

/// Header fields in their order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Headers {
    /// Names in lower case, values without white space around them.
    fields: Vec<(String, String)>,
}

/// What stands where headers were looked for.
#[derive(Debug)]
pub(crate) enum Block {
    /// Headers, and how many bytes they take with the empty line behind them.
    Whole(Headers, u64),
    /// More than [`MAX_HEADER_BYTES`] without an empty line.
    TooLarge,
    /// The source ended before an empty line.
    CutShort,
}

impl Headers {
    /// Reads up to the empty line, which is consumed.
    ///
    /// Lines end in LF or CR LF. One that begins with white space goes on with the one before it (RFC 9112, section
    /// 5.2). A field with a control character in its name or value is no field: nobody can tell whether it was one
    /// field or two; neither is a line without a colon.
    pub(crate) fn read(reader: &mut impl BufRead) -> io::Result<Block> {
        let mut headers = Headers::default();
        let mut length = 0;
        let mut open: Vec<u8> = Vec::new();
        loop {
            let mut line = Vec::new();
            if !read_line(reader, &mut line, MAX_HEADER_BYTES - length)? {
                return Ok(if length + line.len() >= MAX_HEADER_BYTES { Block::TooLarge } else { Block::CutShort });
            }
            length += line.len();
            while line.last().is_some_and(|last| matches!(last, b'\n' | b'\r')) {
                line.pop();
            }
            let goes_on = matches!(line.first(), Some(b' ' | b'\t')) && !line.trim_ascii().is_empty();
            if goes_on {
                open.push(b' ');
                open.extend_from_slice(line.trim_ascii());
                continue;
            }
            headers.push(&open);
            // White space alone is an empty line to some and a folded one to others.
            if line.trim_ascii().is_empty() {
                return Ok(Block::Whole(headers, length as u64));
            }
            open = line;
        }
    }

    fn push(&mut self, line: &[u8]) {
        let Some(colon) = memchr::memchr(b':', line) else { return };
        let is_control = |byte: &u8| byte.is_ascii_control() && *byte != b'\t';
        if line.iter().any(is_control) {
            return;
        }
        let (name, value) = (line[..colon].trim_ascii(), line[colon + 1..].trim_ascii());
        if name.is_empty() || !name.is_ascii() {
            return;
        }
        let name = String::from_utf8_lossy(name).to_ascii_lowercase();
        // WARC says UTF-8, HTTP long said Latin-1.
        let value = match std::str::from_utf8(value) {
            Ok(value) => value.to_owned(),
            Err(_) => value.iter().map(|byte| char::from(*byte)).collect(),
        };
        self.fields.push((name, value));
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
            Ok(Block::Whole(headers, _)) => headers,
            other => panic!("{other:?}"),
        }
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

/// A value such as `text/html; charset="utf-8"`: what stands before the first semicolon, in lower case.
pub(crate) fn main_value(value: &str) -> String {
    value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// A parameter of such a value, its name given in lower case: `charset` of `text/html; charset="utf-8"` is `utf-8`.
pub(crate) fn parameter(value: &str, name: &str) -> Option<String> {
    let mut rest = value.split_once(';')?.1;
    loop {
        let (key, behind) = rest.split_once('=')?;
        let behind = behind.trim_start();
        let (found, next) = match behind.strip_prefix('"') {
            Some(quoted) => {
                let (found, next) = unquoted(quoted);
                (found, next.split_once(';').map_or("", |(_, next)| next))
            }
            None => {
                let (found, next) = behind.split_once(';').unwrap_or((behind, ""));
                (found.trim().to_owned(), next)
            }
        };
        // A semicolon may stand before the name, of a parameter without a value.
        let key = key.rsplit(';').next().unwrap_or_default().trim();
        if key.eq_ignore_ascii_case(name) {
            return (!found.is_empty()).then_some(found);
        }
        rest = next;
    }
}

/// A quoted string behind its first quotation mark, and what stands behind its last.
fn unquoted(quoted: &str) -> (String, &str) {
    let mut found = String::new();
    let mut chars = quoted.char_indices();
    while let Some((at, char)) = chars.next() {
        match char {
            '"' => return (found, &quoted[at + 1..]),
            '\\' => found.extend(chars.next().map(|(_, escaped)| escaped)),
            char => found.push(char),
        }
    }
    (found, "")
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
    fn a_field_with_a_control_character_is_none() {
        let headers = Headers::of("Location: /a\rSet-Cookie: b\r\nX: a\0b\r\n: nameless\r\nY: \t ok \r\n");
        assert_eq!(headers.fields, [("y".to_owned(), "ok".to_owned())]);
        assert_eq!(Headers::of("A: Stra\u{df}e").get("a"), Some("Straße"));
        let Ok(Block::Whole(latin, 11)) = Headers::read(&mut &b"A: \xdfber\r\n\r\n"[..]) else { panic!() };
        assert_eq!(latin.get("a"), Some("ßber"));
    }

    #[test]
    fn headers_end_at_the_limit() {
        let of = |length: usize| format!("A: {}\r\n\r\n", "a".repeat(length - 7));
        assert!(matches!(Headers::read(&mut of(MAX_HEADER_BYTES).as_bytes()), Ok(Block::Whole(..))));
        assert!(matches!(Headers::read(&mut of(MAX_HEADER_BYTES + 1).as_bytes()), Ok(Block::TooLarge)));
        let many = "A: b\r\n".repeat(MAX_HEADER_BYTES);
        assert!(matches!(Headers::read(&mut many.as_bytes()), Ok(Block::TooLarge)));
        assert!(matches!(Headers::read(&mut &b"A: b\r\nC:"[..]), Ok(Block::CutShort)));
    }

    #[test]
    fn parameters_are_found_quoted_or_not() {
        let value = "Text/HTML; a; b=\"x; charset=no\\\"\"; Charset = \"windows-1252\" ; c=d";
        assert_eq!(main_value(value), "text/html");
        assert_eq!(parameter(value, "charset").as_deref(), Some("windows-1252"));
        assert_eq!(parameter(value, "c").as_deref(), Some("d"));
        assert_eq!(parameter(value, "b").as_deref(), Some("x; charset=no\""));
        assert_eq!(parameter("text/html", "charset"), None);
        assert_eq!(parameter("text/html;charset=", "charset"), None);
    }
}
