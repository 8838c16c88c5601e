//! Strings that remember where each part of them was read.

use std::ops::Range;

/// How the words of a run were made from their source.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum How {
    /// The source has the same bytes: a part of the run is found by counting.
    Verbatim,
    /// The whole source range stands for the words and cannot be divided: a character reference, a JSON escape, white
    /// space folded to one space.
    Unit,
    /// No source: a line break between two blocks.
    Inserted,
}

/// A part of a [`Traced`] string and the source range that it was read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TracedRun {
    /// Byte range in the string.
    pub text: Range<u32>,
    /// Byte range in the source; empty for [`How::Inserted`].
    pub source: Range<u32>,
    /// How the text was made from the source.
    pub how: How,
}

/// A string under construction, each part with its origin.
///
/// Source offsets count bytes of the source *as decoded to UTF-8*; [`crate::SourceMap`] carries them on to the page's
/// own bytes. Strings, origins and all, can be sliced, joined, folded, and read [`through`](Traced::through) another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Traced {
    text: String,
    runs: Vec<TracedRun>,
}

impl Traced {
    /// An empty string.
    pub fn new() -> Self {
        Traced::default()
    }

    /// The words.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The runs in order; their text ranges cover the string without gaps.
    pub fn runs(&self) -> &[TracedRun] {
        &self.runs
    }

    /// Length of the words in bytes.
    pub fn len(&self) -> usize {
        self.text.len()
    }

    /// Whether there are no words.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Takes all words out and keeps their place in memory for others.
    pub fn clear(&mut self) {
        self.text.clear();
        self.runs.clear();
    }

    /// Adds `source[range]` as it stands.
    pub fn push_verbatim(&mut self, source: &str, range: Range<u32>) {
        let Some(words) = source.get(range.start as usize..range.end as usize) else { return };
        self.push(words, range, How::Verbatim);
    }

    /// Adds `text`, for which the whole `range` of the source stands.
    pub fn push_unit(&mut self, text: &str, range: Range<u32>) {
        self.push(text, range, How::Unit);
    }

    /// Adds `text` that stands nowhere in the source.
    pub fn push_inserted(&mut self, text: &str) {
        self.push(text, 0..0, How::Inserted);
    }

    fn push(&mut self, text: &str, source: Range<u32>, how: How) {
        if text.is_empty() {
            return;
        }
        let start = self.text.len() as u32;
        self.text.push_str(text);
        let end = self.text.len() as u32;
        if let Some(last) = self.runs.last_mut()
            && last.how == how
            && (how == How::Inserted || (how == How::Verbatim && last.source.end == source.start))
        {
            last.text.end = end;
            last.source.end = source.end;
            return;
        }
        self.runs.push(TracedRun { text: start..end, source, how });
    }

    /// Adds another string with its origins.
    pub fn append(&mut self, other: &Traced) {
        // The first run may go on from the last one here; the others don't go on from each other.
        let Some((first, rest)) = other.runs.split_first() else { return };
        let seam = first.text.end as usize;
        self.push(&other.text[..seam], first.source.clone(), first.how);
        let shift = (self.text.len() - seam) as u32;
        self.text.push_str(&other.text[seam..]);
        self.runs.extend(
            rest.iter().map(|run| TracedRun { text: run.text.start + shift..run.text.end + shift, ..run.clone() }),
        );
    }

    /// The part of the string at a range of byte offsets. Ranges are cut back to the string and to whole characters.
    pub fn slice(&self, range: Range<usize>) -> Traced {
        let mut part = Traced::new();
        self.append_slice_to(range, &mut part);
        part
    }

    fn append_slice_to(&self, range: Range<usize>, out: &mut Traced) {
        let start = self.text.ceil_char_boundary(range.start.min(self.text.len()));
        let end = self.text.floor_char_boundary(range.end.min(self.text.len()));
        let first = self.runs.partition_point(|run| run.text.end as usize <= start);
        // The first part may go on from the last run there; the others don't go on from each other, and are copied in one go.
        let mut copied = start..start;
        for (nth, run) in self.runs[first..].iter().enumerate() {
            let (from, to) = (start.max(run.text.start as usize), end.min(run.text.end as usize));
            if from >= to {
                break;
            }
            let source = match run.how {
                How::Verbatim => {
                    let offset = run.source.start + (from as u32 - run.text.start);
                    offset..offset + (to - from) as u32
                }
                How::Unit | How::Inserted => run.source.clone(),
            };
            if nth == 0 {
                out.push(&self.text[from..to], source, run.how);
                copied = to..to;
            } else {
                let start = (out.text.len() + from - copied.start) as u32;
                out.runs.push(TracedRun { text: start..start + (to - from) as u32, source, how: run.how });
                copied.end = to;
            }
        }
        out.text.push_str(&self.text[copied]);
    }

    /// The string without white space at its ends.
    pub fn trim(&self) -> Traced {
        let from = self.text.len() - self.text.trim_start().len();
        self.slice(from..from + self.text.trim().len())
    }

    /// The string as a page shows it: every run of white space is one space, none at the ends; soft hyphens and
    /// zero-width spaces, which nobody sees, are left out.
    ///
    /// A folded space points at the white space it was read from.
    pub fn fold_space(&self) -> Traced {
        let (text, runs) = (String::with_capacity(self.text.len()), Vec::with_capacity(self.runs.len()));
        let mut out = Traced { text, runs };
        // Words, with single spaces between them, are copied in one go.
        let mut words = 0;
        let mut space: Option<Range<usize>> = None;
        let mut at = 0;
        let bytes = self.text.as_bytes();
        while at < bytes.len() {
            // The bytes alone decide nearly all of most texts; `kind_at` decides the rest.
            if words < at || bytes[at] != b' ' {
                while bytes[at..].first_chunk().is_some_and(is_settled) {
                    at += STRIDE;
                }
            }
            let follows = |next: usize| bytes.get(next).is_some_and(|byte| is_plain(*byte));
            while follows(at) || (words < at && bytes.get(at) == Some(&b' ') && follows(at + 1)) {
                at += 1;
            }
            if at == bytes.len() {
                break;
            }
            let (kind, len) = self.kind_at(at);
            let mut next = at + len;
            let plain_space = kind == CharKind::Space
                && bytes[at] == b' '
                && words < at
                && next < self.text.len()
                && self.kind_at(next).0 == CharKind::Word;
            if kind == CharKind::Word || plain_space {
                at = next;
                continue;
            }
            self.flush(words..at, &mut space, &mut out);
            if kind == CharKind::Space {
                // Indentation is many spaces.
                next += bytes[next..].iter().take_while(|byte| matches!(byte, b' ' | b'\t'..=b'\r')).count();
                space = Some(space.map_or(at, |space| space.start)..next);
            }
            at = next;
            words = next;
        }
        self.flush(words..self.text.len(), &mut space, &mut out);
        out
    }

    fn flush(&self, words: Range<usize>, space: &mut Option<Range<usize>>, out: &mut Traced) {
        if words.is_empty() {
            return;
        }
        if let Some(space) = space.take()
            && !out.is_empty()
        {
            self.push_folded(space, out);
        }
        self.append_slice_to(words, out);
    }

    /// What the character at a byte offset is, and its length.
    fn kind_at(&self, at: usize) -> (CharKind, usize) {
        match self.text.as_bytes()[at] {
            b' ' | b'\t'..=b'\r' => (CharKind::Space, 1),
            0..0x80 => (CharKind::Word, 1),
            _ => match self.text[at..].chars().next() {
                Some(char) if char.is_whitespace() => (CharKind::Space, char.len_utf8()),
                Some(char) if is_invisible(char) => (CharKind::Invisible, char.len_utf8()),
                Some(char) => (CharKind::Word, char.len_utf8()),
                None => (CharKind::Word, 1),
            },
        }
    }

    fn push_folded(&self, range: Range<usize>, out: &mut Traced) {
        if &self.text[range.clone()] == " " {
            return self.append_slice_to(range, out);
        }
        // White space on both sides of a tag is two stretches of the source: the first stands for the space.
        let part = self.slice(range);
        let mut source = part.runs[0].source.clone();
        for run in &part.runs[1..] {
            if run.how == How::Inserted || run.source.start != source.end {
                break;
            }
            source.end = run.source.end;
        }
        match part.runs[0].how {
            How::Inserted => out.push_inserted(" "),
            How::Verbatim | How::Unit => out.push_unit(" ", source),
        }
    }

    /// Reads this string, whose source is `outer`'s words, through `outer`: the result's source is `outer`'s source.
    ///
    /// This is how HTML inside a JSON string reaches the page: HTML text → JSON string → page.
    pub fn through(&self, outer: &Traced) -> Traced {
        let mut out = Traced::new();
        for run in &self.runs {
            let words = &self.text[run.text.start as usize..run.text.end as usize];
            let source = run.source.start as usize..run.source.end as usize;
            match run.how {
                How::Verbatim => outer.append_slice_to(source, &mut out),
                How::Inserted => out.push_inserted(words),
                How::Unit => match outer.source_cover(source) {
                    Some(cover) => out.push_unit(words, cover),
                    None => out.push_inserted(words),
                },
            }
        }
        out
    }

    /// The smallest source range that holds the sources of a range of the words; `None` if all of it was inserted.
    fn source_cover(&self, range: Range<usize>) -> Option<Range<u32>> {
        let part = self.slice(range);
        let mut sources = part.runs.iter().filter(|run| run.how != How::Inserted).map(|run| run.source.clone());
        let first = sources.next()?;
        Some(sources.fold(first, |cover, next| cover.start.min(next.start)..cover.end.max(next.end)))
    }

    /// The source ranges of the whole string in reading order, neighbours joined.
    pub fn sources(&self) -> Vec<Range<u32>> {
        let mut ranges: Vec<Range<u32>> = Vec::new();
        for run in self.runs.iter().filter(|run| run.how != How::Inserted) {
            match ranges.last_mut() {
                Some(last) if last.end == run.source.start => last.end = run.source.end,
                Some(last) if *last == run.source => {}
                _ => ranges.push(run.source.clone()),
            }
        }
        ranges
    }
}

/// What a character is to [`Traced::fold_space`].
#[derive(Copy, Clone, PartialEq)]
enum CharKind {
    Word,
    Space,
    Invisible,
}

/// Whether a byte is a character by itself and not white space.
#[inline]
fn is_plain(byte: u8) -> bool {
    byte.is_ascii() && !matches!(byte, b' ' | b'\t'..=b'\r')
}

/// Bytes that [`is_settled`] looks at together.
const STRIDE: usize = 16;

/// Whether folding leaves all of these bytes but the last as they are: visible characters of one byte, with single spaces
/// between them.
#[inline]
fn is_settled(bytes: &[u8; STRIDE + 1]) -> bool {
    let visible = |byte: u8| u8::from(byte.wrapping_sub(b'!') <= b'~' - b'!');
    // Without an early exit and without branches, so that all bytes are compared at once.
    let mut settled = 1;
    for at in 0..STRIDE {
        settled &= visible(bytes[at]) | (u8::from(bytes[at] == b' ') & visible(bytes[at + 1]));
    }
    settled == 1
}

/// Characters that a reader never sees and that break words apart for a machine: soft hyphen, zero-width space,
/// word joiner, byte order mark.
pub fn is_invisible(char: char) -> bool {
    matches!(char, '\u{AD}' | '\u{200B}' | '\u{2060}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<p>Fish &amp;\n  chips</p>";

    fn fish_and_chips() -> Traced {
        let mut words = Traced::new();
        words.push_verbatim(PAGE, 3..8);
        words.push_unit("&", 8..13);
        words.push_verbatim(PAGE, 13..21);
        words
    }

    #[test]
    fn a_slice_keeps_its_origin() {
        let part = fish_and_chips().slice(3..7);
        assert_eq!(part.text(), "h &\n");
        assert_eq!(part.sources(), [Range { start: 6, end: 14 }]);
    }

    #[test]
    fn folding_makes_one_space_that_points_at_the_white_space() {
        let folded = fish_and_chips().fold_space();
        assert_eq!(folded.text(), "Fish & chips");
        let space = folded.slice(6..7);
        assert_eq!(space.runs(), [TracedRun { text: 0..1, source: 13..16, how: How::Unit }]);
        assert_eq!(folded.sources(), [Range { start: 3, end: 21 }]);
    }

    #[test]
    fn white_space_across_a_tag_folds_to_the_first_of_it() {
        let source = "a <b> b</b>";
        let mut words = Traced::new();
        words.push_verbatim(source, 0..2);
        words.push_verbatim(source, 5..7);
        let folded = words.fold_space();
        assert_eq!(folded.text(), "a b");
        assert_eq!(folded.sources(), [0..2, 6..7]);
    }

    #[test]
    fn folding_leaves_one_space_whatever_stands_between_two_words() {
        for (raw, folded) in [
            (" a  b ", "a b"),
            ("a\u{A0}b\u{3000}", "a b"),
            ("a \u{AD} b", "a b"),
            ("a\u{AD} b", "a b"),
            ("a \u{AD}b", "a b"),
            ("\u{FEFF} a", "a"),
            ("a b c\n", "a b c"),
            ("sixteen letters  and more  of them", "sixteen letters and more of them"),
            (" fifteen letters, then a space at the end ", "fifteen letters, then a space at the end"),
            ("fifteen letters \u{AD} and more of them", "fifteen letters and more of them"),
            ("fifteen letters\u{A0}\nand more of them, é", "fifteen letters and more of them, é"),
            ("", ""),
            (" \n ", ""),
        ] {
            let mut words = Traced::new();
            words.push_verbatim(raw, 0..raw.len() as u32);
            assert_eq!(words.fold_space().text(), folded, "{raw:?}");
        }
    }

    #[test]
    fn soft_hyphens_are_not_words() {
        let source = "Bundes\u{AD}tag";
        let mut words = Traced::new();
        words.push_verbatim(source, 0..source.len() as u32);
        let folded = words.fold_space();
        assert_eq!(folded.text(), "Bundestag");
        assert_eq!(folded.sources(), [0..6, 8..11]);
    }

    #[test]
    fn html_inside_json_is_read_through_both() {
        // The page's JSON string is `say \"A &amp; B\"`; its value is HTML, whose text is `say "A & B"`.
        let page = r#"say \"A &amp; B\""#;
        let mut json = Traced::new();
        json.push_verbatim(page, 0..4);
        json.push_unit("\"", 4..6);
        json.push_verbatim(page, 6..15);
        json.push_unit("\"", 15..17);
        let mut html = Traced::new();
        html.push_verbatim(json.text(), 0..7);
        html.push_unit("&", 7..12);
        html.push_verbatim(json.text(), 12..15);
        let words = html.through(&json);
        assert_eq!(words.text(), "say \"A & B\"");
        assert_eq!(words.slice(4..11).sources(), [Range { start: 4, end: 17 }]);
        assert_eq!(words.slice(7..8).sources(), [Range { start: 8, end: 13 }]);
    }

    #[test]
    fn inserted_words_have_no_source() {
        let mut words = fish_and_chips();
        words.push_inserted("\n");
        words.append(&fish_and_chips());
        assert_eq!(words.slice(14..15).sources(), []);
        assert_eq!(words.text().len(), 29);
    }
}
