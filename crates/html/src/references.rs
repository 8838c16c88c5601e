//! Decodes pieces of source: character references, line ends and NUL.
//!
//! Follows the standard's sections 13.2.3.5 (preprocessing the input stream) and 13.2.5.72 to
//! 13.2.5.80 (character references), but only when the text is asked for.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

use memchr::memchr3;
use onrecord_span::Traced;

/// What happens to a NUL of the source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Nul {
    /// It stays.
    #[cfg(any(test, feature = "tokens"))]
    Keep,
    /// It is left out: text of HTML elements.
    Drop,
    /// It becomes U+FFFD: attributes, comments, raw text, foreign content.
    Replace,
}

/// How to decode a piece of source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct SourceCoding {
    /// Whether `&` begins references.
    pub references: bool,
    /// Whether the rules for references in attributes hold.
    pub attribute: bool,
    pub nul: Nul,
}

impl SourceCoding {
    /// The value of an attribute.
    pub(crate) const ATTRIBUTE: SourceCoding = SourceCoding { references: true, attribute: true, nul: Nul::Replace };
    /// A comment, or the text of `script`, `style` and similar elements.
    pub(crate) const RAW: SourceCoding = SourceCoding { references: false, attribute: false, nul: Nul::Replace };
}

/// A part of a piece of source and its decoded text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum SourcePiece {
    /// Stands for itself.
    Verbatim(Range<usize>),
    /// The whole range stands for this.
    Unit(Unit, Range<usize>),
}

/// The text of a decoded reference or line end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unit {
    /// One or two characters from the table of names.
    Named(&'static str),
    /// One character.
    Char(char),
}

impl Unit {
    /// Calls `take` with the text.
    pub(crate) fn with<R>(self, take: impl FnOnce(&str) -> R) -> R {
        match self {
            Unit::Named(text) => take(text),
            Unit::Char(char) => take(char.encode_utf8(&mut [0; 4])),
        }
    }
}

/// The pieces of `raw` in order; ranges are offsets into it. Dropped NULs lie in no piece.
pub(crate) fn pieces(raw: &str, coding: SourceCoding) -> SourcePieces<'_> {
    SourcePieces { raw, coding, at: 0, waiting: None }
}

/// See [`pieces`].
pub(crate) struct SourcePieces<'s> {
    raw: &'s str,
    coding: SourceCoding,
    at: usize,
    waiting: Option<(Unit, Range<usize>)>,
}

impl Iterator for SourcePieces<'_> {
    type Item = SourcePiece;

    fn next(&mut self) -> Option<SourcePiece> {
        if let Some((unit, range)) = self.waiting.take() {
            return Some(SourcePiece::Unit(unit, range));
        }
        let bytes = self.raw.as_bytes();
        let start = self.at;
        let mut from = start;
        loop {
            let Some(found) = memchr3(b'&', b'\r', 0, &bytes[from..]) else {
                self.at = bytes.len();
                return (start < bytes.len()).then_some(SourcePiece::Verbatim(start..bytes.len()));
            };
            let at = from + found;
            let (unit, len) = match bytes[at] {
                b'&' => {
                    match self.coding.references.then(|| reference(&bytes[at..], self.coding.attribute)).flatten() {
                        Some((unit, len)) => (unit, len),
                        None => {
                            from = at + 1;
                            continue;
                        }
                    }
                }
                b'\r' => (Unit::Char('\n'), if bytes.get(at + 1) == Some(&b'\n') { 2 } else { 1 }),
                _ => match self.coding.nul {
                    #[cfg(any(test, feature = "tokens"))]
                    Nul::Keep => {
                        from = at + 1;
                        continue;
                    }
                    Nul::Replace => (Unit::Char('\u{FFFD}'), 1),
                    Nul::Drop if at > start => {
                        self.at = at + 1;
                        return Some(SourcePiece::Verbatim(start..at));
                    }
                    Nul::Drop => {
                        self.at = at + 1;
                        return self.next_after_dropped();
                    }
                },
            };
            self.at = at + len;
            if at > start {
                self.waiting = Some((unit, at..at + len));
                return Some(SourcePiece::Verbatim(start..at));
            }
            return Some(SourcePiece::Unit(unit, at..at + len));
        }
    }
}

impl SourcePieces<'_> {
    /// Skips the NULs that follow a dropped one, so that a run of them costs no recursion.
    fn next_after_dropped(&mut self) -> Option<SourcePiece> {
        let rest = &self.raw.as_bytes()[self.at..];
        self.at += rest.iter().take_while(|&&byte| byte == 0).count();
        self.next()
    }
}

/// Whether `raw` surely stands for itself: it has nothing that could be read otherwise.
pub(crate) fn is_verbatim(raw: &str) -> bool {
    /// Texts up to this length are looked at without a search for it, whose start costs more: most texts of a page.
    const SHORT: usize = 64;
    let bytes = raw.as_bytes();
    if bytes.len() > SHORT {
        return memchr3(b'&', b'\r', 0, bytes).is_none();
    }
    // Without an early exit, so that many bytes are compared at once.
    !bytes.iter().fold(false, |found, &byte| found | (byte == b'&') | (byte == b'\r') | (byte == 0))
}

/// The decoded text of `raw`; borrowed if it stands for itself.
pub(crate) fn decode(raw: &str, coding: SourceCoding) -> Cow<'_, str> {
    if is_verbatim(raw) {
        return Cow::Borrowed(raw);
    }
    let mut text = String::with_capacity(raw.len());
    for piece in pieces(raw, coding) {
        match piece {
            SourcePiece::Verbatim(range) => text.push_str(&raw[range]),
            SourcePiece::Unit(unit, _) => unit.with(|unit| text.push_str(unit)),
        }
    }
    Cow::Owned(text)
}

/// The reference that `bytes` begin with (they begin with `&`), and its length; `None` where the
/// ampersand stands for itself.
pub(crate) fn reference(bytes: &[u8], attribute: bool) -> Option<(Unit, usize)> {
    match bytes.get(1)? {
        b'#' => numeric(bytes),
        byte if byte.is_ascii_alphanumeric() => named(bytes, attribute),
        _ => None,
    }
}

fn numeric(bytes: &[u8]) -> Option<(Unit, usize)> {
    let (radix, start) = match bytes.get(2)? {
        b'x' | b'X' => (16, 3),
        _ => (10, 2),
    };
    let mut code: u32 = 0;
    let mut at = start;
    while let Some(digit) = bytes.get(at).and_then(|&byte| char::from(byte).to_digit(radix)) {
        // Saturates past the last code point: all such numbers mean the same.
        code = code.saturating_mul(radix).saturating_add(digit);
        at += 1;
    }
    if at == start {
        return None;
    }
    if bytes.get(at) == Some(&b';') {
        at += 1;
    }
    Some((Unit::Char(numbered_char(code)), at))
}

/// The character of a numeric reference: section 13.2.5.80, with its table for windows-1252.
fn numbered_char(code: u32) -> char {
    const C1: [char; 32] = [
        '\u{20AC}', '\u{81}', '\u{201A}', '\u{192}', '\u{201E}', '\u{2026}', '\u{2020}', '\u{2021}', '\u{2C6}',
        '\u{2030}', '\u{160}', '\u{2039}', '\u{152}', '\u{8D}', '\u{17D}', '\u{8F}', '\u{90}', '\u{2018}', '\u{2019}',
        '\u{201C}', '\u{201D}', '\u{2022}', '\u{2013}', '\u{2014}', '\u{2DC}', '\u{2122}', '\u{161}', '\u{203A}',
        '\u{153}', '\u{9D}', '\u{17E}', '\u{178}',
    ];
    match code {
        0 => '\u{FFFD}',
        0x80..=0x9F => C1[code as usize - 0x80],
        _ => char::from_u32(code).unwrap_or('\u{FFFD}'),
    }
}

/// Names after the ampersand and what they stand for, sorted by bytes.
static NAMED: LazyLock<Vec<(&'static [u8], String)>> = LazyLock::new(|| {
    include_str!("../data/named_character_references.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let (name, codes) = line.split_once('\t')?;
            let text = codes
                .split(' ')
                .filter_map(|code| u32::from_str_radix(code, 16).ok().and_then(char::from_u32))
                .collect();
            Some((name.as_bytes(), text))
        })
        .collect()
});

/// The longest name that `bytes` continue with after the ampersand.
fn named(bytes: &[u8], attribute: bool) -> Option<(Unit, usize)> {
    let mut rows: &'static [(&'static [u8], String)] = &NAMED;
    let mut found: Option<(&'static str, usize)> = None;
    for (depth, &byte) in bytes[1..].iter().enumerate() {
        let low = rows.partition_point(|(name, _)| name.get(depth).is_none_or(|&other| other < byte));
        let high = rows.partition_point(|(name, _)| name.get(depth).is_none_or(|&other| other <= byte));
        rows = &rows[low..high];
        match rows.first() {
            None => break,
            Some((name, text)) if name.len() == depth + 1 => found = Some((text, depth + 2)),
            Some(_) => {}
        }
    }
    let (text, len) = found?;
    // "&copy=1" in the address of a link is not a reference: old pages have such addresses.
    let unclosed = bytes[len - 1] != b';';
    let continued = bytes.get(len).is_some_and(|&next| next == b'=' || next.is_ascii_alphanumeric());
    (!(attribute && unclosed && continued)).then_some((Unit::Named(text), len))
}

/// Appends the decoded text of `raw`, which stands at `start` in `source`, with its origin.
pub(crate) fn trace(source: &str, start: u32, raw: &str, coding: SourceCoding, into: &mut Traced) {
    let at = |range: Range<usize>| start + range.start as u32..start + range.end as u32;
    if is_verbatim(raw) {
        return into.push_verbatim(source, at(0..raw.len()));
    }
    for piece in pieces(raw, coding) {
        match piece {
            SourcePiece::Verbatim(range) => into.push_verbatim(source, at(range)),
            SourcePiece::Unit(unit, range) => unit.with(|text| into.push_unit(text, at(range))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: SourceCoding = SourceCoding { references: true, attribute: false, nul: Nul::Drop };

    #[test]
    fn the_table_is_whole_and_sorted() {
        assert_eq!(NAMED.len(), 2231);
        assert!(NAMED.is_sorted_by(|a, b| a.0 < b.0));
        assert!(NAMED.iter().all(|(_, text)| (1..=2).contains(&text.chars().count())));
    }

    #[test]
    fn the_longest_name_wins() {
        assert_eq!(decode("&notit; &notin; &not", TEXT), "\u{AC}it; \u{2209} \u{AC}");
        assert_eq!(decode("AT&T &amp &ampamp; &nosuch;", TEXT), "AT&T & &amp; &nosuch;");
    }

    #[test]
    fn addresses_keep_their_ampersands() {
        assert_eq!(decode("?a=1&copy=2&amp;b&lt", SourceCoding::ATTRIBUTE), "?a=1&copy=2&b<");
        assert_eq!(decode("?a=1&copy=2", TEXT), "?a=1\u{A9}=2");
    }

    #[test]
    fn numbers_are_mended() {
        assert_eq!(
            decode("&#8212;&#x2014;&#151;&#0;&#xD800;&#99999999999;&#;&#x;", TEXT),
            "\u{2014}\u{2014}\u{2014}\u{FFFD}\u{FFFD}\u{FFFD}&#;&#x;"
        );
    }

    #[test]
    fn pieces_say_where_they_stand() {
        let found: Vec<SourcePiece> = pieces("a&amp;b\r\n\0\0c", TEXT).collect();
        assert_eq!(
            found,
            [
                SourcePiece::Verbatim(0..1),
                SourcePiece::Unit(Unit::Named("&"), 1..6),
                SourcePiece::Verbatim(6..7),
                SourcePiece::Unit(Unit::Char('\n'), 7..9),
                SourcePiece::Verbatim(11..12),
            ]
        );
        let nul_between: Vec<SourcePiece> = pieces("a\0b", TEXT).collect();
        assert_eq!(nul_between, [SourcePiece::Verbatim(0..1), SourcePiece::Verbatim(2..3)]);
    }
}
