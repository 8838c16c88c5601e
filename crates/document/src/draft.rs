//! Making documents: blocks go in, in the order of the page; a document comes out.

use crate::{Block, BlockKind, BlockRole, Capture, Document, Fields, Layers, Link, Note, Stage, Stated};
use foldhash::HashMap;
use onrecord_span::{Decoding, SourceMap, TextBuffer, Traced};
use std::ops::Range;

/// A document under construction.
#[derive(Debug, Default)]
pub struct Draft {
    /// A text taken verbatim; blocks of it are marked, not pushed.
    verbatim: Traced,
    marked: Vec<(BlockKind, Range<usize>)>,
    pushed: Vec<DraftBlock>,
    /// What the page states about the article.
    pub fields: Fields,
    /// What a user should know about the reading.
    pub notes: Vec<Note>,
}

#[derive(Debug)]
struct DraftBlock {
    kind: BlockKind,
    words: Traced,
    links: Vec<DraftLink>,
}

/// A link inside a block that has no span yet.
#[derive(Clone, Debug)]
pub struct DraftLink {
    /// Byte range of the linked words in the block's words.
    pub words: Range<usize>,
    /// Where it leads.
    pub url: Stated<String>,
}

impl Draft {
    /// An empty draft, for a page whose blocks are [pushed](Draft::push) one after the other.
    pub fn new() -> Self {
        Draft::default()
    }

    /// A draft over a text that is taken verbatim: the document's `text` is these words, and blocks are
    /// [marked](Draft::mark) in it.
    pub fn over_text(words: Traced) -> Self {
        Draft { verbatim: words, ..Draft::default() }
    }

    /// Marks a byte range of the verbatim text as a block. Ranges come in order and don't overlap.
    pub fn mark(&mut self, kind: BlockKind, range: Range<usize>) {
        self.marked.push((kind, range));
    }

    /// Adds the next block of the page. Its words hold no line break; a block without words is dropped.
    pub fn push(&mut self, kind: BlockKind, words: Traced, links: Vec<DraftLink>) {
        if !words.is_empty() {
            self.pushed.push(DraftBlock { kind, words, links });
        }
    }

    /// Lays out the buffer (body, then rest), finds blocks that repeat earlier ones, and carries all origins on to the
    /// page's bytes. The notes of the capture come first.
    pub fn finish(self, capture: Capture, decoding: &dyn Decoding) -> Document {
        let Draft { verbatim, marked, mut pushed, mut fields, mut notes } = self;
        let mut layout = Layout { words: verbatim, blocks: Vec::new(), links: Vec::new() };
        for (order, (kind, range)) in marked.into_iter().enumerate() {
            layout.blocks.push((kind, range, order as u32));
        }
        let before = layout.blocks.len() as u32;
        layout.place(before, &mut pushed, |kind| kind.role() == BlockRole::Body);
        let text_len = layout.words.len();
        layout.place(before, &mut pushed, |kind| kind.role() != BlockRole::Body);

        let Layout { words, blocks, links } = layout;
        let whole = TextBuffer::new(words.text().to_owned()).and_then(|buffer| {
            let map = SourceMap::new(&words, &buffer, &capture.page, decoding)?;
            Some((buffer, map))
        });
        let Some((buffer, map)) = whole else {
            notes.push(Note::new(
                Stage::Article,
                "source_lost",
                "the text could not be traced to the page and is left out",
            ));
            return Draft { fields, notes, ..Draft::new() }.finish(capture, decoding);
        };
        notes.splice(0..0, capture.notes.iter().cloned());
        let mut finished: Vec<Block> = Vec::with_capacity(blocks.len());
        let mut said = SaidBefore::default();
        for (kind, range, order) in blocks {
            let Some(span) = buffer.span(range) else { continue };
            let repeats = said.before(buffer.slice(span), finished.len() as u32);
            finished.push(Block { kind, span, order, repeats });
        }
        for (range, url) in links {
            let Some(span) = buffer.span(range) else { continue };
            fields.links.push(Link { span, url });
        }
        fields.links.sort_by_key(|link| link.span);
        Document {
            capture,
            encoding: decoding.encoding().name(),
            buffer,
            text_len,
            blocks: finished,
            map,
            fields,
            layers: Layers::default(),
            notes,
        }
    }
}

struct Layout {
    words: Traced,
    blocks: Vec<(BlockKind, Range<usize>, u32)>,
    links: Vec<(Range<usize>, Stated<String>)>,
}

impl Layout {
    /// Lays blocks of some kinds out one a line, without a line break before the first of them. `first` is the place of the
    /// first block in reading order. Their links are taken.
    fn place(&mut self, first: u32, blocks: &mut [DraftBlock], belongs: impl Fn(BlockKind) -> bool) {
        let some = (first..).zip(blocks).filter(|(_, block)| belongs(block.kind));
        for (nth, (order, block)) in some.enumerate() {
            if nth > 0 {
                self.words.push_inserted("\n");
            }
            let start = self.words.len();
            self.words.append(&block.words);
            self.blocks.push((block.kind, start..self.words.len(), order));
            for link in std::mem::take(&mut block.links) {
                self.links.push((start + link.words.start..start + link.words.end, link.url));
            }
        }
    }
}

/// Fewest letters and digits of a block that is held to repeat another: below, "Yes." in an interview would.
const MIN_REPEATED: usize = 20;

/// What earlier blocks said, their words folded to lower-case letters and digits.
#[derive(Default)]
struct SaidBefore {
    whole: HashMap<Box<[u8]>, u32>,
    /// Holds the folded words of a block while they are looked up.
    folded: Vec<u8>,
}

impl SaidBefore {
    /// Index of an earlier block with the same words; remembers this one under `index`.
    fn before(&mut self, words: &str, index: u32) -> Option<u32> {
        let folded = &mut self.folded;
        if fold_letters(words, folded) < MIN_REPEATED {
            return None;
        }
        if let Some(earlier) = self.whole.get(folded.as_slice()) {
            return Some(*earlier);
        }
        self.whole.insert(folded.as_slice().into(), index);
        None
    }
}

/// Puts the letters and digits of some words, in lower case, into `folded` in place of what it held; how many they are.
fn fold_letters(words: &str, folded: &mut Vec<u8>) -> usize {
    folded.clear();
    let mut count = 0;
    let mut rest = words;
    loop {
        let ascii = rest.bytes().position(|byte| !byte.is_ascii()).unwrap_or(rest.len());
        let (run, behind) = rest.split_at(ascii);
        // Each byte of the run is written, and those that are kept are stepped over: no branch for each.
        let start = folded.len();
        let mut end = start;
        folded.resize(start + ascii, 0);
        for byte in run.bytes() {
            folded[end] = byte.to_ascii_lowercase();
            end += usize::from(byte.is_ascii_alphanumeric());
        }
        folded.truncate(end);
        count += end - start;
        let mut chars = behind.chars();
        let Some(char) = chars.next() else { return count };
        for lower in char.to_lowercase().filter(|_| char.is_alphanumeric()) {
            folded.extend_from_slice(lower.encode_utf8(&mut [0; 4]).as_bytes());
            count += 1;
        }
        rest = chars.as_str();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Media;
    use onrecord_span::{PageBytes, Utf8};

    const PAGE: &str = "The ferry struck the breakwater.|Home|Six died.|The ferry struck the breakwater!";

    fn words(range: Range<u32>) -> Traced {
        let mut words = Traced::new();
        words.push_verbatim(PAGE, range);
        words
    }

    fn capture() -> Capture {
        Capture::new("page", PageBytes::new(PAGE.into()).unwrap(), Media::Html)
    }

    #[test]
    fn letters_are_folded_in_any_script() {
        for words in [
            "“We hit something,” said Okafor.",
            "Паром «Бреннок», 9 марта",
            "İstanbul’da 7 ölü",
            "海港新報 2026年",
            "",
            "…",
        ] {
            let mut folded = b"what was there before".to_vec();
            let count = fold_letters(words, &mut folded);
            let expected: String =
                words.chars().filter(|char| char.is_alphanumeric()).flat_map(char::to_lowercase).collect();
            assert_eq!((std::str::from_utf8(&folded).unwrap(), count), (expected.as_str(), expected.chars().count()));
        }
    }

    #[test]
    fn the_body_comes_first_then_the_rest() {
        let mut draft = Draft::new();
        draft.push(BlockKind::Headline, words(0..32), vec![]);
        draft.push(BlockKind::Breadcrumb, words(33..37), vec![]);
        draft.push(BlockKind::Paragraph, words(38..47), vec![]);
        draft.push(BlockKind::Paragraph, words(48..80), vec![]);
        let document = draft.finish(capture(), &Utf8);
        assert_eq!(document.text(), "Six died.\nThe ferry struck the breakwater!");
        assert_eq!(document.rest(), "The ferry struck the breakwater.\nHome");
        let orders: Vec<u32> = document.blocks().iter().map(|block| block.order).collect();
        assert_eq!(orders, [2, 3, 0, 1]);
        assert_eq!(document.blocks()[2].repeats, Some(1), "the headline says what the second paragraph says");
        let bytes = document.evidence(document.blocks()[2].span);
        assert_eq!(bytes, [document.capture().page.span(0..32).unwrap()]);
    }

    #[test]
    fn links_find_their_words_in_the_buffer() {
        let url = Stated {
            value: "https://example.com/".to_owned(),
            as_written: "/".to_owned(),
            basis: crate::Basis::Page,
            evidence: vec![],
        };
        let mut draft = Draft::new();
        draft.push(BlockKind::Paragraph, words(0..32), vec![]);
        draft.push(BlockKind::Paragraph, words(38..47), vec![DraftLink { words: 0..3, url }]);
        let document = draft.finish(capture(), &Utf8);
        assert_eq!(document.words(document.fields.links[0].span), "Six");
    }

    #[test]
    fn a_verbatim_text_stays_as_it_is() {
        let mut draft = Draft::over_text(words(0..80));
        draft.mark(BlockKind::Paragraph, 0..32);
        draft.mark(BlockKind::Paragraph, 48..80);
        let document = draft.finish(capture(), &Utf8);
        assert_eq!(document.text(), PAGE);
        assert_eq!(document.rest(), "");
        assert_eq!(document.blocks()[1].repeats, Some(0));
    }

    #[test]
    fn what_is_known_of_how_a_page_came_is_said_first() {
        let mut capture = capture();
        capture.notes.push(Note::new(Stage::Intake, "cut_short", "the archive holds only the beginning of this page"));
        let mut draft = Draft::new();
        draft.notes.push(Note::new(Stage::Article, "no_article", "no article was found on this page"));
        let codes: Vec<&str> = draft.finish(capture, &Utf8).notes.iter().map(|note| note.code).collect();
        assert_eq!(codes, ["cut_short", "no_article"]);
    }
}
