//! Which bytes belong to which character, if a decoder read several before it output anything.

use encoding_rs::{CoderResult, Encoding};

/// Bytes of text that hold everything a decoder outputs at once: at most four characters.
const ROOM: usize = 32;

/// Passes on each character of `text` with the number of `bytes` that it was read from. `text` is what a decoder of `encoding`
/// output after the last of these bytes, and it output nothing before.
///
/// One character has them all. Of two that one pair stands for, as in Big5, the first has. An error has those that are not
/// read again: `81 30 81 FF` is no character of GB 18030, and is read as an error of one byte, a `0`, and an error of two.
pub fn shares(encoding: &'static Encoding, bytes: &[u8], text: &str, mut each: impl FnMut(char, usize)) {
    let broken = text.starts_with('\u{FFFD}');
    let mut left = bytes;
    let mut behind = text.chars();
    while let Some(char) = behind.next() {
        let own = match behind.as_str() {
            rest if broken && !rest.is_empty() => share(encoding, left, rest),
            _ => left.len(),
        };
        left = &left[own..];
        each(char, own);
    }
}

/// How many of `bytes` were read before those that say `rest` by themselves. In ISO-2022-JP, whose bytes mean something only
/// after others, what `rest` usually takes is left to it.
fn share(encoding: &'static Encoding, bytes: &[u8], rest: &str) -> usize {
    let usual = |char: char| if char.is_ascii() || char == '\u{FFFD}' { 1 } else { 2 };
    let usually = || bytes.len().saturating_sub(rest.chars().map(usual).sum());
    (1..bytes.len()).find(|&own| says(encoding, &bytes[own..], rest)).unwrap_or_else(usually)
}

/// Whether bytes by themselves are read as a text, in which errors are U+FFFD.
fn says(encoding: &'static Encoding, bytes: &[u8], text: &str) -> bool {
    let mut out = [0; ROOM];
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let (result, _, written, _) = decoder.decode_to_utf8(bytes, &mut out, true);
    result == CoderResult::InputEmpty && &out[..written] == text.as_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::{BIG5, EUC_JP, GB18030, GBK, SHIFT_JIS};

    fn shared(encoding: &'static Encoding, bytes: &[u8]) -> Vec<(char, usize)> {
        let mut found = Vec::new();
        let text = encoding.decode_without_bom_handling(bytes).0;
        shares(encoding, bytes, &text, |char, own| found.push((char, own)));
        found
    }

    #[test]
    fn bytes_of_an_error_that_are_read_again_are_not_its_own() {
        let error = '\u{FFFD}';
        assert_eq!(shared(GB18030, b"\x81\x30\x81\xFF"), [(error, 1), ('0', 1), (error, 2)]);
        assert_eq!(shared(GB18030, b"\x81\x30\x81<"), [(error, 1), ('0', 1), (error, 1), ('<', 1)]);
        assert_eq!(shared(GB18030, b"\x81\x30\x81\x40"), [(error, 1), ('0', 1), ('丂', 2)]);
        assert_eq!(shared(GBK, b"\xFD\x39\x80"), [(error, 1), ('9', 1), ('€', 1)]);
        assert_eq!(shared(SHIFT_JIS, b"\x82<"), [(error, 1), ('<', 1)]);
        assert_eq!(shared(EUC_JP, b"\x8F\xA1<"), [(error, 2), ('<', 1)]);
    }

    #[test]
    fn a_pair_that_stands_for_two_characters_is_that_of_the_first() {
        assert_eq!(shared(BIG5, b"\x88\x62"), [('Ê', 2), ('\u{304}', 0)]);
        assert_eq!(shared(BIG5, b"\xA4\x40"), [('一', 2)]);
    }
}
