//! JSON that is safe to look at.

use memchr::memchr3;
use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter, PrettyFormatter, Serializer};
use std::io;

/// Characters that JSON lets through and a terminal obeys: DEL, the C1 controls (U+009B begins an escape sequence), and
/// marks that turn the direction of what follows them.
pub(crate) fn steers_terminal(char: char) -> bool {
    matches!(char, '\u{7F}'..='\u{9F}' | '\u{2028}' | '\u{2029}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Bytes that characters of [`steers_terminal`] begin with, the least first.
const FIRST: [u8; 3] = [0x7F, 0xC2, 0xE2];

/// Writes a part of a JSON string. Characters that a terminal would obey become `\uXXXX`.
fn write_fragment<W: io::Write + ?Sized>(out: &mut W, fragment: &str) -> io::Result<()> {
    /// Fragments up to this length are looked at without a search, whose start costs more: keys and kinds.
    const SHORT: usize = 16;
    let bytes = fragment.as_bytes();
    if bytes.len() <= SHORT && bytes.iter().all(|byte| *byte < FIRST[0]) {
        return out.write_all(bytes);
    }
    let (mut written, mut from) = (0, 0);
    while let Some(found) = memchr3(FIRST[0], FIRST[1], FIRST[2], &bytes[from..]) {
        let at = from + found;
        let Some(char) = fragment[at..].chars().next() else { break };
        from = at + char.len_utf8();
        if steers_terminal(char) {
            out.write_all(&bytes[written..at])?;
            write!(out, "\\u{:04x}", u32::from(char))?;
            written = from;
        }
    }
    out.write_all(&bytes[written..])
}

/// Hands every call on to the formatter it wraps, strings apart.
struct Escaping<F>(F);

macro_rules! hand_on {
    ($($name:ident($($arg:ident: $type:ty),*);)*) => {
        $(fn $name<W: io::Write + ?Sized>(&mut self, out: &mut W $(, $arg: $type)*) -> io::Result<()> {
            self.0.$name(out $(, $arg)*)
        })*
    };
}

impl<F: Formatter> Formatter for Escaping<F> {
    hand_on! {
        begin_array();
        end_array();
        begin_array_value(first: bool);
        end_array_value();
        begin_object();
        end_object();
        begin_object_key(first: bool);
        end_object_key();
        begin_object_value();
        end_object_value();
    }

    fn write_string_fragment<W: io::Write + ?Sized>(&mut self, out: &mut W, fragment: &str) -> io::Result<()> {
        write_fragment(out, fragment)
    }
}

/// Writes a value as JSON, on one line or indented, without characters that a terminal would obey: nothing that a page
/// holds reaches the terminal unescaped.
pub(crate) fn write_escaped<W: io::Write>(out: W, value: &impl Serialize, indented: bool) -> io::Result<()> {
    let written = if indented {
        value.serialize(&mut Serializer::with_formatter(out, Escaping(PrettyFormatter::new())))
    } else {
        value.serialize(&mut Serializer::with_formatter(out, Escaping(CompactFormatter)))
    };
    written.map_err(io::Error::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_that_a_terminal_obeys_begins_with_a_byte_that_is_sought() {
        for char in ('\0'..=char::MAX).filter(|char| steers_terminal(*char)) {
            let first = char.encode_utf8(&mut [0; 4]).as_bytes()[0];
            assert!(FIRST.contains(&first), "{char:?}");
        }
    }

    #[test]
    fn nothing_a_terminal_obeys_is_left_and_nothing_is_lost() {
        let long = "a\u{1b}[2J\u{9b}2J\u{7f}\u{202e}b\u{2066}\u{2028}é港";
        for hostile in [long, "\u{9b}2J", "a\u{7f}", "\u{2028}", "é", "kind", ""] {
            for indented in [false, true] {
                let mut out = Vec::new();
                write_escaped(&mut out, &[hostile], indented).unwrap();
                let json = String::from_utf8(out).unwrap();
                assert!(
                    !json.chars().any(|char| steers_terminal(char) || (char.is_control() && char != '\n')),
                    "{json}"
                );
                assert_eq!(serde_json::from_str::<Vec<String>>(&json).unwrap(), [hostile]);
            }
        }
    }
}
