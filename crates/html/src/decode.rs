//! Bytes to text, and the way back from every character to its bytes.

use std::borrow::Cow;
use std::ops::Range;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, ISO_2022_JP, REPLACEMENT, UTF_8, UTF_16BE, UTF_16LE};
use onrecord_span::shares;

use crate::limits::MAX_PAGE;
use crate::sniff::declared_encoding;

/// A page labelled UTF-8 is read as UTF-8 despite errors if fewer than one byte in this many is invalid.
const BYTES_PER_ERROR: usize = 1_000;
/// Most characters beyond ASCII that the bytes of a text in a multi-byte encoding may make by chance if they are read as UTF-8.
const BY_CHANCE: usize = 8;
/// Bytes that the detector looks at, beginning with the first that is not ASCII.
const DETECTED_BYTES: usize = 256 * 1024;
/// Characters from one checkpoint to the next.
const CHECKPOINT: usize = 256;
/// Bytes that are searched for the NUL pattern of UTF-16 without a byte order mark.
const UTF_16_SAMPLE: usize = 512;

/// A page's text, its encoding and the way back to its bytes.
#[derive(Clone, Debug)]
pub struct Decoded<'a> {
    /// The text, without byte order mark.
    pub text: Cow<'a, str>,
    /// The encoding it was read in.
    pub encoding: &'static Encoding,
    /// Whether some bytes are invalid in this encoding and became U+FFFD.
    pub had_errors: bool,
    map: Map,
}

/// How offsets of the text become offsets of the page.
#[derive(Clone, Debug)]
enum Map {
    /// By adding the length of the byte order mark.
    Shifted(u32),
    /// By counting characters.
    Widths {
        /// Bytes of the page for each character; the same for all where `None`.
        widths: Option<Vec<u8>>,
        uniform: u8,
        /// Offsets of each [`CHECKPOINT`]th character in text and page.
        checkpoints: Vec<(u32, u32)>,
    },
}

/// Decodes a page.
///
/// The encoding is the first of these that is known: that of the byte order mark; the one that `transport_charset` names, a label from
/// HTTP headers; the one that the page declares; UTF-8 if the bytes are valid UTF-8; one that is detected.
///
/// Two kinds of wrong label are corrected. If the bytes are valid UTF-8 and more than chance would make them so, or invalid in the named
/// encoding, it is UTF-8. If UTF-8 is named but more than one byte in 1,000 is invalid, the encoding is detected. Only the first [`MAX_PAGE`] bytes are read.
pub fn decode<'a>(bytes: &'a [u8], transport_charset: Option<&str>) -> Decoded<'a> {
    decode_within(bytes, transport_charset, MAX_PAGE)
}

/// [`decode`], for no more than `limit` bytes.
fn decode_within<'a>(bytes: &'a [u8], transport_charset: Option<&str>, limit: usize) -> Decoded<'a> {
    let bytes = &bytes[..bytes.len().min(limit)];
    if let Some((encoding, bom)) = Encoding::for_bom(bytes) {
        return decode_as(bytes, bom, encoding);
    }
    let label = transport_charset
        .and_then(|label| Encoding::for_label(label.as_bytes()))
        .or_else(|| utf_16_by_nul(bytes))
        .or_else(|| declared_encoding(bytes))
        .filter(|&encoding| encoding != REPLACEMENT);
    let utf_8 = std::str::from_utf8(bytes);
    match (label, utf_8) {
        (None, Ok(text)) => verbatim(text, 0, UTF_8),
        (Some(encoding), Ok(text)) if encoding == UTF_8 => verbatim(text, 0, UTF_8),
        (Some(encoding), Ok(text)) => {
            if encoding.is_ascii_compatible() && encoding != ISO_2022_JP && text.is_ascii() {
                return verbatim(text, 0, encoding);
            }
            // Bytes that are valid UTF-8 by chance are hardly ever more than a character or two, so the label is wrong: content is
            // moved from one system to another, and templates are left as they are.
            if encoding.is_single_byte() || text.chars().filter(|char| !char.is_ascii()).nth(BY_CHANCE).is_some() {
                return verbatim(text, 0, UTF_8);
            }
            let decoded = decode_as(bytes, 0, encoding);
            if decoded.had_errors { verbatim(text, 0, UTF_8) } else { decoded }
        }
        (Some(encoding), Err(_)) if encoding == UTF_8 => {
            let errors = bytes.utf8_chunks().filter(|chunk| !chunk.invalid().is_empty()).count();
            if errors * BYTES_PER_ERROR < bytes.len() {
                decode_as(bytes, 0, UTF_8)
            } else {
                decode_as(bytes, 0, detected(bytes))
            }
        }
        (Some(encoding), Err(_)) => decode_as(bytes, 0, encoding),
        (None, Err(_)) => decode_as(bytes, 0, detected(bytes)),
    }
}

impl Decoded<'_> {
    /// The bytes of the page that a range of the text was read from. Exact for ranges between characters; an offset inside a
    /// character counts as its end, and an offset past the end as the end.
    pub fn to_page(&self, text: Range<u32>) -> Range<u32> {
        match &self.map {
            Map::Shifted(bom) => text.start.saturating_add(*bom)..text.end.saturating_add(*bom),
            Map::Widths { .. } => self.page_offset(text.start, true)..self.page_offset(text.end, false),
        }
    }

    /// Whether the text has the same bytes as the page, after a byte order mark if there is one.
    pub fn is_verbatim(&self) -> bool {
        matches!(self.map, Map::Shifted(_))
    }

    /// The page's offset for an offset of the text. The second character that two bytes stand for
    /// begins, as a `start`, where the first does.
    fn page_offset(&self, offset: u32, start: bool) -> u32 {
        let Map::Widths { widths, uniform, checkpoints } = &self.map else {
            return offset;
        };
        let after = checkpoints.partition_point(|&(text, _)| text <= offset);
        let Some(index) = after.checked_sub(1) else { return 0 };
        let (mut text, mut page) = checkpoints[index];
        let mut unit_start = page;
        for (char_index, char) in (index * CHECKPOINT..).zip(self.text[text as usize..].chars()) {
            let width = widths.as_ref().map_or(*uniform, |widths| widths[char_index]);
            if text >= offset {
                if start && width == 0 {
                    return unit_start;
                }
                break;
            }
            if width > 0 {
                unit_start = page;
            }
            text += char.len_utf8() as u32;
            page += u32::from(width);
        }
        page
    }
}

fn verbatim<'a>(text: &'a str, bom: usize, encoding: &'static Encoding) -> Decoded<'a> {
    Decoded { text: Cow::Borrowed(text), encoding, had_errors: false, map: Map::Shifted(bom as u32) }
}

/// UTF-16 without a byte order mark: nearly every second byte is NUL, and the others are not.
///
/// Example: `3C 00 70 00 3E 00` (`<p>`) is little-endian.
fn utf_16_by_nul(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(UTF_16_SAMPLE)];
    if sample.len() < 4 {
        return None;
    }
    let nuls = |parity: usize| sample.iter().skip(parity).step_by(2).filter(|&&byte| byte == 0).count();
    let (even, odd, pairs) = (nuls(0), nuls(1), sample.len() / 2);
    match () {
        () if odd * 10 >= pairs * 7 && even * 10 < pairs => Some(UTF_16LE),
        () if even * 10 >= pairs * 7 && odd * 10 < pairs => Some(UTF_16BE),
        () => None,
    }
}

/// The encoding that the bytes look like; never UTF-8, which they are not.
fn detected(bytes: &[u8]) -> &'static Encoding {
    let first = Encoding::ascii_valid_up_to(bytes);
    let end = bytes.len().min(first.saturating_add(DETECTED_BYTES));
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(&bytes[..end], true);
    detector.guess(None, Utf8Detection::Deny)
}

/// Decodes bytes in an encoding, after `bom` bytes of byte order mark.
fn decode_as<'a>(bytes: &'a [u8], bom: usize, encoding: &'static Encoding) -> Decoded<'a> {
    let body = &bytes[bom..];
    let mut writer = TextWriter::new(bom, body.len());
    if encoding == UTF_8 {
        if let Ok(text) = std::str::from_utf8(body) {
            return verbatim(text, bom, UTF_8);
        }
        writer.utf_8(body);
    } else if encoding == UTF_16LE || encoding == UTF_16BE {
        writer.utf_16(body, encoding == UTF_16BE);
    } else if encoding.is_single_byte() {
        let (text, had_errors) = encoding.decode_without_bom_handling(body);
        return single_byte(text, had_errors, bom, encoding);
    } else {
        writer.multi_byte(body, encoding);
    }
    writer.finish(encoding)
}

/// In a single-byte encoding each character is one byte.
fn single_byte<'a>(text: Cow<'a, str>, had_errors: bool, bom: usize, encoding: &'static Encoding) -> Decoded<'a> {
    let map = match &text {
        Cow::Borrowed(_) => Map::Shifted(bom as u32),
        Cow::Owned(text) => {
            let checkpoints = text
                .char_indices()
                .enumerate()
                .step_by(CHECKPOINT)
                .map(|(count, (at, _))| (at as u32, (bom + count) as u32))
                .collect();
            Map::Widths { widths: None, uniform: 1, checkpoints }
        }
    };
    Decoded { text, encoding, had_errors, map }
}

/// Text under construction with the widths of its characters.
struct TextWriter {
    text: String,
    widths: Vec<u8>,
    checkpoints: Vec<(u32, u32)>,
    page: usize,
    had_errors: bool,
}

impl TextWriter {
    fn new(bom: usize, len: usize) -> TextWriter {
        TextWriter {
            text: String::with_capacity(len + len / 2),
            widths: Vec::with_capacity(len),
            checkpoints: Vec::new(),
            page: bom,
            had_errors: false,
        }
    }

    #[inline]
    fn push(&mut self, char: char, width: usize) {
        if self.widths.len().is_multiple_of(CHECKPOINT) {
            self.checkpoints.push((self.text.len() as u32, self.page as u32));
        }
        self.text.push(char);
        self.widths.push(width.min(255) as u8);
        self.page += width.min(255);
    }

    fn utf_8(&mut self, body: &[u8]) {
        for chunk in body.utf8_chunks() {
            for char in chunk.valid().chars() {
                self.push(char, char.len_utf8());
            }
            if !chunk.invalid().is_empty() {
                self.had_errors = true;
                self.push('\u{FFFD}', chunk.invalid().len());
            }
        }
    }

    fn utf_16(&mut self, body: &[u8], big_endian: bool) {
        let units = body.chunks_exact(2).map(|pair| {
            let pair = [pair[0], pair[1]];
            if big_endian { u16::from_be_bytes(pair) } else { u16::from_le_bytes(pair) }
        });
        for char in char::decode_utf16(units) {
            match char {
                Ok(char) => self.push(char, char.len_utf16() * 2),
                Err(_) => {
                    self.had_errors = true;
                    self.push('\u{FFFD}', 2);
                }
            }
        }
        if body.len() % 2 == 1 {
            self.had_errors = true;
            self.push('\u{FFFD}', 1);
        }
    }

    /// Feeds the decoder byte by byte, to see which bytes make which characters.
    fn multi_byte(&mut self, body: &[u8], encoding: &'static Encoding) {
        let mut decoder = encoding.new_decoder_without_bom_handling();
        // In ISO-2022-JP every byte may mean another thing; elsewhere ASCII between characters is ASCII.
        let ascii_is_ascii = encoding != ISO_2022_JP;
        let mut between = ascii_is_ascii;
        let mut at = 0;
        let mut begun = 0;
        let mut out = [0; 32];
        while at <= body.len() {
            if between {
                let run = Encoding::ascii_valid_up_to(&body[at..]);
                for &byte in &body[at..at + run] {
                    self.push(char::from(byte), 1);
                }
                at += run;
                begun = at;
            }
            let last = at == body.len();
            let input = if last { &[][..] } else { &body[at..at + 1] };
            let (_, _, written, errors) = decoder.decode_to_utf8(input, &mut out, last);
            at += 1;
            self.had_errors |= errors;
            let text = std::str::from_utf8(&out[..written]).unwrap_or_default();
            if !text.is_empty() {
                let end = at.min(body.len());
                shares(encoding, &body[begun..end], text, |char, own| self.push(char, own));
                begun = end;
            }
            between = ascii_is_ascii && !text.is_empty() && !errors;
        }
    }

    fn finish<'a>(self, encoding: &'static Encoding) -> Decoded<'a> {
        Decoded {
            text: Cow::Owned(self.text),
            encoding,
            had_errors: self.had_errors,
            map: Map::Widths { widths: Some(self.widths), uniform: 0, checkpoints: self.checkpoints },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_too_long_is_cut() {
        assert_eq!(decode_within(b"abcdef", None, 4).text, "abcd");
    }

    #[test]
    fn offsets_are_found_across_checkpoints() {
        let page = [b"\x82\xA0a".as_slice(); CHECKPOINT].concat();
        let decoded = decode(&page, Some("shift_jis"));
        let last = decoded.text.len() as u32;
        assert_eq!(decoded.to_page(last - 4..last - 1), page.len() as u32 - 3..page.len() as u32 - 1);
        assert_eq!(decoded.to_page(0..last), 0..page.len() as u32);
    }
}
