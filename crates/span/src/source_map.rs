//! From a document's text to the bytes of the page.

use crate::{Bytes, How, PageBytes, Span, Text, TextBuffer, Traced, shares};
use encoding_rs::Encoding;
use std::ops::Range;

/// How a page's bytes became the UTF-8 that its parser reads.
pub trait Decoding {
    /// The page bytes that a range of the decoded text was read from. Both ends stand on character boundaries.
    fn to_page(&self, decoded: Range<u32>) -> Range<u32>;
    /// Whether decoded text and page have the same bytes, perhaps after a byte order mark.
    fn is_identity(&self) -> bool;
    /// The page's encoding.
    fn encoding(&self) -> &'static Encoding;
}

/// The decoding of a page that is UTF-8 from its first byte.
pub struct Utf8;

impl Decoding for Utf8 {
    fn to_page(&self, decoded: Range<u32>) -> Range<u32> {
        decoded
    }
    fn is_identity(&self) -> bool {
        true
    }
    fn encoding(&self) -> &'static Encoding {
        encoding_rs::UTF_8
    }
}

/// Where the words of a document's text stand in the page.
///
/// A sorted list of runs. Text between two runs was inserted and stands nowhere on the page.
#[derive(Clone, Debug)]
pub struct SourceMap {
    runs: Vec<PageRun>,
    encoding: &'static Encoding,
}

/// One stretch of a document's text and the bytes of the page that it was read from.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct PageRun {
    /// The words.
    pub text: Span<Text>,
    /// The bytes.
    pub page: Span<Bytes>,
    /// How the one came out of the other.
    pub how: PageHow,
}

/// How a run of a text came out of the page's bytes.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum PageHow {
    /// Page and text have the same bytes.
    Verbatim,
    /// The page's charset decodes to the text; the run begins in the decoder's initial state, so a part of it is found
    /// by decoding from its start.
    Charset,
    /// The whole run stands for the whole text.
    Unit,
}

impl SourceMap {
    /// Maps the origins of `words` to the page. `text` must have the words of `words`; `None` if it does not, or if an origin lies
    /// outside the page.
    pub fn new(words: &Traced, text: &TextBuffer, page: &PageBytes, decoding: &dyn Decoding) -> Option<Self> {
        if words.text() != text.as_str() {
            return None;
        }
        let mut runs = Vec::with_capacity(words.runs().len());
        for run in words.runs() {
            let how = match run.how {
                How::Inserted => continue,
                How::Unit => PageHow::Unit,
                How::Verbatim if decoding.is_identity() => PageHow::Verbatim,
                How::Verbatim => PageHow::Charset,
            };
            let mut start = 0;
            while start < run.text.end - run.text.start {
                let rest = &text.as_str()[(run.text.start + start) as usize..run.text.end as usize];
                let len = if how == PageHow::Charset { checkpoint(rest, decoding.encoding()) } else { rest.len() };
                let end = start + len as u32;
                let source = match how {
                    PageHow::Unit => run.source.clone(),
                    _ => run.source.start + start..run.source.start + end,
                };
                let bytes = decoding.to_page(source);
                let page = page.span(bytes.start as usize..bytes.end as usize)?;
                let text = text.span((run.text.start + start) as usize..(run.text.start + end) as usize)?;
                runs.push(PageRun { text, page, how });
                start = end;
            }
        }
        Some(SourceMap { runs, encoding: decoding.encoding() })
    }

    /// A map from the runs that [`SourceMap::runs`] gave, for callers that store documents; `None` if the runs are not in order.
    pub fn restore(runs: Vec<PageRun>, encoding: &'static Encoding) -> Option<Self> {
        let in_order = runs.windows(2).all(|pair| pair[0].text.end() <= pair[1].text.start());
        in_order.then_some(SourceMap { runs, encoding })
    }

    /// The runs, in the order of the text.
    pub fn runs(&self) -> &[PageRun] {
        &self.runs
    }

    /// The page's encoding.
    pub fn encoding(&self) -> &'static Encoding {
        self.encoding
    }

    /// The smallest byte ranges of the page that decode to the words of `span`, in reading order, neighbours joined.
    /// Empty where all of the words were inserted.
    pub fn resolve(&self, span: Span<Text>, page: &PageBytes) -> Vec<Span<Bytes>> {
        let mut found: Vec<Span<Bytes>> = Vec::new();
        let first = self.runs.partition_point(|run| run.text.end() <= span.start());
        for run in self.runs[first..].iter().take_while(|run| run.text.start() < span.end()) {
            let from = span.start().max(run.text.start()) - run.text.start();
            let to = span.end().min(run.text.end()) - run.text.start();
            let bytes = match run.how {
                PageHow::Verbatim => run.page.start() + from..run.page.start() + to,
                PageHow::Unit => run.page.range(),
                PageHow::Charset => {
                    let bytes = page.slice(run.page);
                    let whole = from == 0 && to == run.text.len();
                    let part = if whole { 0..bytes.len() } else { decoded_part(self.encoding, bytes, from..to) };
                    run.page.start() + part.start..run.page.start() + part.end
                }
            };
            let Some(bytes) = page.span(bytes) else { continue };
            match found.last_mut() {
                Some(last) if last.end() == bytes.start() => *last = last.cover(bytes),
                Some(last) if *last == bytes => {}
                _ => found.push(bytes),
            }
        }
        found
    }
}

/// Longest run, in bytes of text, that is decoded from its start to find a part of it: with longer ones, finding every
/// quote of a page that is one paragraph would take time by the square of its length.
const MAX_CHARSET_RUN: usize = 512;

/// Length of the first run of `text` that may be decoded by itself. In ISO-2022-JP, whose bytes mean something only after the
/// escape sequence before them, that is all of it.
fn checkpoint(text: &str, encoding: &'static Encoding) -> usize {
    if encoding == encoding_rs::ISO_2022_JP || text.len() <= MAX_CHARSET_RUN {
        return text.len();
    }
    text.floor_char_boundary(MAX_CHARSET_RUN)
}

/// The range of `bytes` that decodes to the range `part` of their decoded text, found by decoding from the start.
fn decoded_part(encoding: &'static Encoding, bytes: &[u8], part: Range<usize>) -> Range<usize> {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut out = [0u8; 16];
    let (mut written, mut begun, mut shared, mut start) = (0, 0, 0, 0);
    let mut end = None;
    for at in 0..bytes.len() {
        let last = at + 1 == bytes.len();
        let (_, _, count, _) = decoder.decode_to_utf8(&bytes[at..=at], &mut out, last);
        let text = std::str::from_utf8(&out[..count]).unwrap_or_default();
        let unit = &bytes[begun..=at];
        shares(encoding, unit, text, |char, own| {
            // A character without bytes of its own begins where the one does that it shares them with.
            shared = if own > 0 { begun } else { shared };
            if (written..written + char.len_utf8()).contains(&part.start) {
                start = shared;
            }
            written += char.len_utf8();
            begun += own;
            if written <= part.start {
                start = begun;
            }
            if written >= part.end {
                end = end.or(Some(begun));
            }
        });
        if end.is_some() {
            break;
        }
    }
    start..end.unwrap_or(bytes.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Cyrillic;
    impl Decoding for Cyrillic {
        fn to_page(&self, decoded: Range<u32>) -> Range<u32> {
            // Every character of these tests is two bytes in UTF-8 and one in windows-1251, ASCII apart.
            decoded.start / 2..decoded.end / 2
        }
        fn is_identity(&self) -> bool {
            false
        }
        fn encoding(&self) -> &'static Encoding {
            encoding_rs::WINDOWS_1251
        }
    }

    #[test]
    fn a_part_of_a_decoded_run_is_found_by_decoding_from_its_start() {
        let decoded = "паром";
        let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode(decoded);
        let page = PageBytes::new(bytes.into_owned()).unwrap();
        let mut words = Traced::new();
        words.push_verbatim(decoded, 0..10);
        let text = TextBuffer::new(decoded.to_owned()).unwrap();
        let map = SourceMap::new(&words, &text, &page, &Cyrillic).unwrap();
        let aro = text.span(2..8).unwrap();
        assert_eq!(text.slice(aro), "аро");
        assert_eq!(map.resolve(aro, &page), [page.span(1..4).unwrap()]);
    }

    #[test]
    fn long_runs_are_cut_into_runs_that_are_decoded_by_themselves() {
        let decoded = "паром".repeat(200);
        let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode(&decoded);
        let page = PageBytes::new(bytes.into_owned()).unwrap();
        let mut words = Traced::new();
        words.push_verbatim(&decoded, 0..decoded.len() as u32);
        let text = TextBuffer::new(decoded).unwrap();
        let map = SourceMap::new(&words, &text, &page, &Cyrillic).unwrap();
        assert!(map.runs.len() >= 2000 / MAX_CHARSET_RUN);
        assert!(map.runs.iter().all(|run| run.text.len() <= MAX_CHARSET_RUN));
        // A span across two runs is one range of bytes.
        let span = text.span(500..1600).unwrap();
        assert_eq!(map.resolve(span, &page), [page.span(250..800).unwrap()]);
    }

    #[test]
    fn two_byte_characters_are_never_split() {
        let (bytes, _, _) = encoding_rs::SHIFT_JIS.encode("海港ab港");
        assert_eq!(decoded_part(encoding_rs::SHIFT_JIS, &bytes, 3..7), 2..5);
        assert_eq!(decoded_part(encoding_rs::SHIFT_JIS, &bytes, 8..11), 6..8);
        // One pair is two characters.
        let pair = b"a\x88\x62b";
        assert_eq!(encoding_rs::BIG5.decode(pair).0, "aÊ\u{304}b");
        assert_eq!(decoded_part(encoding_rs::BIG5, pair, 1..3), 1..3);
        assert_eq!(decoded_part(encoding_rs::BIG5, pair, 3..5), 1..3);
        assert_eq!(decoded_part(encoding_rs::BIG5, pair, 3..6), 1..4);
    }

    #[test]
    fn a_character_behind_an_error_is_its_own_bytes_alone() {
        let broken = b"\x81\x30\x81\xFFa";
        assert_eq!(encoding_rs::GB18030.decode(broken).0, "\u{FFFD}0\u{FFFD}a");
        assert_eq!(decoded_part(encoding_rs::GB18030, broken, 3..4), 1..2);
        assert_eq!(decoded_part(encoding_rs::GB18030, broken, 7..8), 4..5);
    }

    #[test]
    fn words_across_a_tag_resolve_to_two_ranges() {
        let source = "the <b>ferry</b>";
        let page = PageBytes::new(source.as_bytes().to_vec()).unwrap();
        let mut words = Traced::new();
        words.push_verbatim(source, 0..4);
        words.push_verbatim(source, 7..12);
        let text = TextBuffer::new(words.text().to_owned()).unwrap();
        let map = SourceMap::new(&words, &text, &page, &Utf8).unwrap();
        let found = map.resolve(text.span(2..7).unwrap(), &page);
        assert_eq!(found, [page.span(2..4).unwrap(), page.span(7..10).unwrap()]);
    }

    #[test]
    fn inserted_words_resolve_to_nothing_and_foreign_text_makes_no_map() {
        let page = PageBytes::new(b"ab".to_vec()).unwrap();
        let mut words = Traced::new();
        words.push_verbatim("ab", 0..2);
        words.push_inserted("\n");
        let text = TextBuffer::new("ab\n".to_owned()).unwrap();
        let map = SourceMap::new(&words, &text, &page, &Utf8).unwrap();
        assert!(map.resolve(text.span(2..3).unwrap(), &page).is_empty());
        let other = TextBuffer::new("abc".to_owned()).unwrap();
        assert!(SourceMap::new(&words, &other, &page, &Utf8).is_none());
    }
}
