//! What does the beginning of some content hold: a page, a text, or binary data?

use super::signatures::known_format;
use std::borrow::Cow;

/// How many bytes of a file are read to tell its kind. A first line that may be JSON is read whole.
pub const SNIFF_BYTES: usize = 4096;

/// Content is binary if more than one in this many of its characters is a control character.
const BINARY_SHARE: usize = 20;

const UTF8_MARK: &[u8] = &[0xef, 0xbb, 0xbf];
const UTF16_MARKS: [&[u8]; 2] = [&[0xff, 0xfe], &[0xfe, 0xff]];

/// Tags that only a page has: an article may well write about `<p>`.
const PAGE_TAGS: [&[u8]; 4] = [b"<html", b"<!doctype", b"<head", b"<body"];

/// Tags near the beginning of a page that is not named as a text.
const BODY_TAGS: [&[u8]; 2] = [b"<p", b"<div"];

/// The beginning of some content as far as it is ASCII: without a byte order mark; of UTF-16, one byte a unit, with
/// units beyond ASCII as a byte that is not ASCII.
pub(crate) struct ContentHead<'a>(Cow<'a, [u8]>);

impl<'a> ContentHead<'a> {
    pub(crate) fn of(head: &'a [u8]) -> Self {
        const BEYOND_ASCII: u8 = 0x80;
        let units = |from: usize, to_unit: fn([u8; 2]) -> u16| {
            let bytes = head.get(from..).unwrap_or_default().chunks_exact(2).map(|pair| to_unit([pair[0], pair[1]]));
            Cow::Owned(bytes.map(|unit| u8::try_from(unit).ok().filter(u8::is_ascii).unwrap_or(BEYOND_ASCII)).collect())
        };
        ContentHead(match head {
            [0xff, 0xfe, ..] => units(2, u16::from_le_bytes),
            [0xfe, 0xff, ..] => units(2, u16::from_be_bytes),
            [b'<', 0, second, 0, ..] if second.is_ascii() => units(0, u16::from_le_bytes),
            [0, b'<', 0, second, ..] if second.is_ascii() => units(0, u16::from_be_bytes),
            _ => Cow::Borrowed(without_mark(head)),
        })
    }

    /// Whether it begins with `{`, as an object of JSON does.
    pub(crate) fn begins_with_brace(&self) -> bool {
        self.0.trim_ascii_start().starts_with(b"{")
    }

    pub(crate) fn begins_with_tag(&self) -> bool {
        begins_with_tag(&self.0)
    }

    /// Whether it has a tag that only a page has.
    pub(crate) fn has_page_tag(&self) -> bool {
        self.has_tag(&PAGE_TAGS)
    }

    /// Whether it has a tag that a page may have, and a text about pages too.
    pub(crate) fn has_body_tag(&self) -> bool {
        self.has_tag(&BODY_TAGS)
    }

    pub(crate) fn has_nul(&self) -> bool {
        self.0.contains(&0)
    }

    /// Whether it has more control characters than any text.
    pub(crate) fn is_binary(&self) -> bool {
        is_binary(&self.0)
    }

    /// Whether one of the tags is somewhere in it: `<p>` and `<p class`, but not `<price`.
    fn has_tag(&self, tags: &[&[u8]]) -> bool {
        memchr::memchr_iter(b'<', &self.0).any(|at| {
            tags.iter().any(|tag| {
                let Some((name, after)) = self.0[at..].split_at_checked(tag.len()) else { return false };
                let ends = after.first().is_some_and(|next| next.is_ascii_whitespace() || matches!(next, b'>' | b'/'));
                ends && name.eq_ignore_ascii_case(tag)
            })
        })
    }
}

/// The bytes after a UTF-8 byte order mark.
pub(crate) fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(UTF8_MARK).unwrap_or(bytes)
}

/// Whether a page has nothing but white space after its byte order mark.
pub(crate) fn is_blank(page: &[u8]) -> bool {
    UTF16_MARKS.contains(&page) || without_mark(page).trim_ascii_start().is_empty()
}

/// Whether a file named as a web archive is plainly something else: a page, lines of JSON, a picture.
pub(crate) fn is_plainly_other(head: &[u8]) -> bool {
    let text = without_mark(head).trim_ascii_start();
    known_format(head).is_some() || begins_with_tag(text) || text.starts_with(b"{")
}

/// Whether bytes that are said to be compressed are plainly a page or a text: no compressed data begins with a tag, or is
/// valid UTF-8 without control characters for long.
pub(crate) fn is_plain_page(head: &[u8]) -> bool {
    let is_text = match std::str::from_utf8(head) {
        Ok(_) => true,
        // The last character may be cut off.
        Err(error) => error.error_len().is_none() && error.valid_up_to() > 0,
    };
    begins_with_tag(without_mark(head)) || (is_text && !is_binary(head) && !head.contains(&0))
}

/// `<p`, `</p`, `<!--`, `<?xml`: a text begins with `<3` at most.
fn begins_with_tag(bytes: &[u8]) -> bool {
    match bytes.trim_ascii_start() {
        [b'<', second, ..] => second.is_ascii_alphabetic() || matches!(second, b'!' | b'?'),
        _ => false,
    }
}

/// Whether there are more control characters than in any text. Escapes don't count: ISO-2022-JP is full of them.
fn is_binary(bytes: &[u8]) -> bool {
    let is_control = |byte: &&u8| matches!(byte, 0..=8 | 0x0b | 0x0e..=0x1a | 0x1c..=0x1f | 0x7f);
    bytes.iter().filter(is_control).count() * BINARY_SHARE > bytes.len()
}
