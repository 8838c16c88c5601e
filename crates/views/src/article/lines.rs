//! A page's own bytes as lines to read, with facts marked in them.

use crate::article::fact::Fact;
use encoding_rs::Encoding;
use onrecord_document::Document;
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeSet;

/// Bytes that are shown before and behind what is meant.
const AROUND: usize = 1_600;
/// Facts that stand within so many bytes are shown together.
const TOGETHER: usize = 12_000;
/// Longest stretch that is shown, whatever is marked in it.
const LONGEST: usize = 40_000;
/// Bytes after which a line is broken that has no break of its own.
const LINE: usize = 600;

/// A stretch of a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Window {
    /// The bytes that are shown, half-open.
    pub bytes: [u32; 2],
    /// The lines.
    pub lines: Vec<Line>,
}

/// A line of a page's source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Line {
    /// Where it begins, in bytes of the page.
    pub at: u32,
    /// What it consists of.
    pub pieces: Vec<Piece>,
}

/// Bytes that are alike: all of one tag or none, all of the same facts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Piece {
    /// The bytes in the page's charset; what can't be decoded is U+FFFD.
    pub text: String,
    /// Whether it is markup.
    pub markup: bool,
    /// The facts whose bytes these are.
    pub facts: Vec<String>,
}

/// The bytes around what is meant, with all facts that stand there.
pub fn window(document: &Document, facts: &[Fact], meant: &[[u32; 2]]) -> Window {
    let bytes = document.capture().page.as_bytes();
    let encoding = Encoding::for_label(document.encoding().as_bytes()).unwrap_or(encoding_rs::UTF_8);
    let wide = encoding == encoding_rs::UTF_16LE || encoding == encoding_rs::UTF_16BE;
    let bounds = |ranges: &mut dyn Iterator<Item = [u32; 2]>| {
        ranges.fold(None, |known: Option<(usize, usize)>, [start, end]| {
            let (start, end) = (start as usize, end as usize);
            Some(known.map_or((start, end), |(first, last)| (first.min(start), last.max(end))))
        })
    };
    let all = bounds(&mut facts.iter().flat_map(|fact| fact.bytes.iter().copied()));
    let (first, last) = match all.filter(|(first, last)| last - first <= TOGETHER) {
        Some(all) => all,
        None => bounds(&mut meant.iter().copied()).unwrap_or((0, 0)),
    };
    let mut start = line_start(bytes, first.saturating_sub(AROUND), first);
    let mut end = (last + AROUND).min(bytes.len()).min(start + LONGEST);
    end = bytes[end..].iter().take(LINE).position(|byte| *byte == b'\n').map_or(end, |at| end + at + 1);
    if wide {
        (start, end) = (start & !1, end & !1);
    } else if encoding == encoding_rs::UTF_8 {
        let continues = |at: usize| bytes.get(at).is_some_and(|byte| byte & 0xC0 == 0x80);
        while start > 0 && continues(start) {
            start -= 1;
        }
        while end < bytes.len() && continues(end) {
            end += 1;
        }
    }
    // Wherever something begins or ends.
    let mut cuts: BTreeSet<usize> = [start, end].into();
    for [from, to] in facts.iter().flat_map(|fact| fact.bytes.iter().copied()) {
        cuts.extend([from as usize, to as usize].into_iter().filter(|at| (start..end).contains(at)));
    }
    let tags = if wide { Vec::new() } else { tags(bytes, start, end) };
    cuts.extend(tags.iter().flat_map(|(from, to)| [*from, *to]).filter(|at| (start..end).contains(at)));
    let breaks = breaks(bytes, start, end, wide, &tags);
    cuts.extend(&breaks);
    let cuts: Vec<usize> = cuts.into_iter().collect();
    let mut lines: Vec<Line> = Vec::new();
    for pair in cuts.windows(2) {
        let [from, to] = *pair else { continue };
        if lines.is_empty() || breaks.contains(&from) {
            lines.push(Line { at: from as u32, pieces: Vec::new() });
        }
        let (text, _) = encoding.decode_without_bom_handling(&bytes[from..to]);
        let holds = |ranges: &[[u32; 2]]| ranges.iter().any(|[a, b]| (*a as usize) <= from && to <= *b as usize);
        let piece = Piece {
            text: text.trim_end_matches(['\n', '\r']).to_owned(),
            markup: tags.iter().any(|(a, b)| *a <= from && to <= *b),
            facts: facts.iter().filter(|fact| holds(&fact.bytes)).map(|fact| fact.name.clone()).collect(),
        };
        if let Some(line) = lines.last_mut().filter(|_| !piece.text.is_empty()) {
            line.pieces.push(piece);
        }
    }
    lines.retain(|line| line.pieces.iter().any(|piece| !piece.text.trim().is_empty()));
    Window { bytes: [start as u32, end as u32], lines }
}

/// The beginning of the line at `at`, if it is near; never behind `before`.
fn line_start(bytes: &[u8], at: usize, before: usize) -> usize {
    let after = bytes[at..before].iter().position(|byte| *byte == b'\n').map(|found| at + found + 1);
    if at == 0 { 0 } else { after.filter(|found| found - at <= LINE).unwrap_or(at) }
}

/// Where tags and comments stand, as far as can be told without reading the page from its beginning.
fn tags(bytes: &[u8], start: usize, end: usize) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut at = start;
    while let Some(open) = bytes[at..end].iter().position(|byte| *byte == b'<').map(|found| at + found) {
        let begins =
            bytes.get(open + 1).is_some_and(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'/' | b'!' | b'?'));
        let close = bytes[open..end].iter().position(|byte| *byte == b'>').map(|found| open + found + 1);
        at = match close.filter(|_| begins) {
            Some(close) => {
                found.push((open, close));
                close
            }
            None => open + 1,
        };
    }
    found
}

/// Where lines begin: behind line breaks, before tags that begin a block, and in what is too long for a line.
fn breaks(bytes: &[u8], start: usize, end: usize, wide: bool, tags: &[(usize, usize)]) -> BTreeSet<usize> {
    const BLOCKS: [&[u8]; 22] = [
        b"p",
        b"div",
        b"h1",
        b"h2",
        b"h3",
        b"h4",
        b"li",
        b"ul",
        b"ol",
        b"section",
        b"article",
        b"header",
        b"footer",
        b"figure",
        b"figcaption",
        b"meta",
        b"script",
        b"title",
        b"blockquote",
        b"table",
        b"tr",
        b"aside",
    ];
    let mut breaks = BTreeSet::from([start]);
    if !wide {
        breaks.extend((start..end).filter(|at| bytes[*at] == b'\n').map(|at| at + 1).filter(|at| *at < end));
        for (open, close) in tags {
            let name: Vec<u8> =
                bytes[open + 1..*close].iter().take_while(|byte| byte.is_ascii_alphanumeric()).copied().collect();
            if BLOCKS.iter().any(|block| name.eq_ignore_ascii_case(block)) {
                breaks.insert(*open);
            }
        }
    }
    let mut known: Vec<usize> = breaks.iter().copied().chain([end]).collect();
    known.dedup();
    for pair in known.windows(2) {
        let [from, to] = *pair else { continue };
        let mut at = from + LINE;
        while at + LINE / 4 < to {
            // At a space, so that no word and no character is cut; where there is none, the line stays long.
            let space = bytes[at..to].iter().position(|byte| *byte == b' ').filter(|_| !wide);
            let Some(space) = space else { break };
            breaks.insert(at + space + 1);
            at += space + 1 + LINE;
        }
    }
    breaks.retain(|at| *at < end);
    breaks
}

#[cfg(test)]
mod tests {
    use super::*;
    use onrecord_document::{Capture, Media, Stage};
    use onrecord_reader::read;
    use onrecord_span::PageBytes;

    fn shown(page: &[u8], charset: Option<&str>, at: [u32; 2]) -> Window {
        let mut capture = Capture::new("page", PageBytes::new(page.to_vec()).unwrap(), Media::Html);
        capture.charset = charset.map(str::to_owned);
        let document = read(&capture, Stage::Article);
        let fact = Fact {
            name: "fact".to_owned(),
            label: String::new(),
            words: String::new(),
            read_as: String::new(),
            characters: None,
            bytes: vec![at],
            basis: None,
            span: None,
        };
        window(&document, &[fact], &[at])
    }

    fn marked(window: &Window) -> String {
        let pieces = window.lines.iter().flat_map(|line| &line.pieces);
        pieces.filter(|piece| !piece.facts.is_empty()).map(|piece| piece.text.as_str()).collect()
    }

    #[test]
    fn the_bytes_of_a_fact_are_marked_and_no_others() {
        let page = "<p>A car ferry &quot;struck&quot; the caf\u{e9}.</p>\n<p>Six people died.</p>";
        let start = page.find("&quot;").unwrap() as u32;
        let end = page.find(" the caf").unwrap() as u32;
        let window = shown(page.as_bytes(), None, [start, end]);
        assert_eq!(marked(&window), "&quot;struck&quot;");
        let lines: Vec<u32> = window.lines.iter().map(|line| line.at).collect();
        assert_eq!(lines, [0, page.find("<p>Six").unwrap() as u32], "each line says where it begins");
        assert!(window.lines[0].pieces[0].markup && window.lines[0].pieces[0].text == "<p>");
    }

    #[test]
    fn other_charsets_are_decoded_and_never_cut_inside_a_character() {
        let (page, ..) = encoding_rs::WINDOWS_1251.encode("<p>Паром ударился о волнолом.</p>");
        assert_eq!(marked(&shown(&page, Some("windows-1251"), [3, 8])), "Паром");
        let page: Vec<u8> = "<p>Паром ударился.</p>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(marked(&shown(&page, Some("utf-16le"), [6, 16])), "Паром");
    }

    #[test]
    fn of_a_long_page_a_stretch_is_shown_in_lines_that_can_be_read() {
        let page = format!("<p>{}</p><p>Here.</p><p>{}</p>", "words ".repeat(20_000), "words ".repeat(20_000));
        let start = page.find("Here").unwrap() as u32;
        let window = shown(page.as_bytes(), None, [start, start + 4]);
        assert_eq!(marked(&window), "Here");
        assert!((window.bytes[1] - window.bytes[0]) as usize <= LONGEST + LINE);
        assert!(
            window.lines.iter().all(|line| line.pieces.iter().map(|piece| piece.text.len()).sum::<usize>() <= 2 * LINE)
        );
    }

    #[test]
    fn what_stands_nowhere_on_the_page_shows_its_beginning() {
        assert!(shown(b"<p>Six people died.</p>", None, [0, 0]).lines[0].pieces[0].text.starts_with("<p>"));
    }
}
