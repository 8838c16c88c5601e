//! The lines of a page as a reader sees them, and the block elements that they lie in.

use onrecord_document::BlockKind;
use onrecord_html::NodeId;
use onrecord_span::Traced;
use std::ops::Range;

/// What the markup makes of a segment.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) enum Markup {
    /// Text in no particular element.
    Bare,
    Paragraph,
    /// A heading and its rank, 1 to 6.
    Heading(u8),
    ListItem,
    Quote,
    /// Text of a table that lays out the page.
    Cell,
    /// A whole table of data.
    Table,
    /// A whole post of a social network.
    Embed,
    Caption,
    Preformatted,
}

impl Markup {
    /// The kind of block that a line is if its markup is all there is to go by.
    pub fn kind(self) -> BlockKind {
        match self {
            Markup::Heading(_) => BlockKind::Subhead,
            Markup::ListItem => BlockKind::ListItem,
            Markup::Quote => BlockKind::BlockQuote,
            Markup::Table => BlockKind::Table,
            Markup::Embed => BlockKind::Embed,
            Markup::Caption => BlockKind::Caption,
            Markup::Bare | Markup::Cell | Markup::Paragraph | Markup::Preformatted => BlockKind::Paragraph,
        }
    }
}

/// One line of the page.
#[derive(Debug)]
pub(crate) struct Segment {
    /// The words, white space folded, with their origin in the decoded page. Never empty.
    pub words: Traced,
    /// The parts of the words that are linked, and their `a` elements.
    pub links: Vec<(Range<usize>, NodeId)>,
    /// The block element that it is a line of.
    pub block: NodeId,
    /// Index of the innermost region that holds it.
    pub region: usize,
    /// What the markup makes of it.
    pub markup: Markup,
    /// Its [`length`]: an ideograph counts for several letters.
    pub length: f32,
    /// Share of the length that is linked, 0 to 1.
    pub linked: f32,
    /// Whether all of it is bold.
    pub bold: bool,
    /// Whether the words end like a sentence.
    pub sentence: bool,
}

impl Segment {
    /// How much a segment reads like the prose of an article: its length without links. A long paragraph counts for more than
    /// as many letters in teasers, and a line that is not a sentence counts little.
    pub fn prose(&self) -> f32 {
        /// A paragraph of this length or more counts in full.
        const PARAGRAPH: f32 = 280.0;
        /// A shorter one counts in proportion to its length, but no less than this.
        const LEAST: f32 = 0.25;
        /// What a line counts that is not a sentence.
        const NO_SENTENCE: f32 = 0.3;
        /// Share of links above which a segment is a list of links.
        const LINKED: f32 = 0.5;
        let unlinked = self.length * (1.0 - self.linked);
        if self.linked > LINKED {
            return 0.0;
        }
        let weight = match self.markup {
            Markup::Paragraph | Markup::Preformatted => 1.0,
            Markup::Bare | Markup::Quote | Markup::Cell => 0.9,
            Markup::Embed => 0.5,
            Markup::ListItem => 0.6,
            Markup::Heading(_) | Markup::Caption | Markup::Table => 0.0,
        };
        let sentence = if self.sentence { 1.0 } else { NO_SENTENCE };
        unlinked * weight * sentence * (unlinked / PARAGRAPH).clamp(LEAST, 1.0)
    }
}

/// A block element and the segments inside it.
#[derive(Debug)]
pub(crate) struct Region {
    /// The element.
    pub node: NodeId,
    /// Index of the region around it; its own index for the first.
    pub parent: usize,
    /// Indices of the segments inside it.
    pub segments: Range<usize>,
    /// Index after the last region inside it.
    pub end: usize,
    /// Whether the page hides it from readers.
    pub hidden: bool,
}

/// The segments of a page in reading order, and the regions that they lie in, each before those inside it.
#[derive(Debug, Default)]
pub(crate) struct Segments {
    pub segments: Vec<Segment>,
    pub regions: Vec<Region>,
}

impl Segments {
    /// Whether a limit was reached and the rest of the page was left out.
    pub fn is_full(&self) -> bool {
        self.segments.len() >= MAX_SEGMENTS || self.regions.len() >= MAX_REGIONS
    }

    /// The regions directly inside one.
    pub fn below(&self, region: usize) -> impl Iterator<Item = usize> + '_ {
        let mut next = region + 1;
        let end = self.regions[region].end;
        std::iter::from_fn(move || {
            if next >= end {
                return None;
            }
            let found = next;
            next = self.regions[found].end;
            Some(found)
        })
    }
}

/// Most segments of one page; what follows is left out. The longest of 894 news pages has 2,239.
pub(super) const MAX_SEGMENTS: usize = 10_000;

/// Most block elements of one page; what follows is left out. The page with the most elements of any kind has 6,754.
pub(super) const MAX_REGIONS: usize = 50_000;

/// How much a text says, in letters: an ideograph, kana or hangul counts for two and a half.
pub(super) fn length(text: &str) -> f32 {
    /// Letters that a wide character counts for.
    const LETTERS: f32 = 2.5;
    // The lowest first byte of a wide character.
    const WIDE: u8 = 0xE3;
    if text.bytes().all(|byte| byte < WIDE) {
        return text.chars().count() as f32;
    }
    text.chars().map(|char| if is_wide(char) { LETTERS } else { 1.0 }).sum()
}

/// Whether a character is an ideograph, kana or hangul.
pub(crate) fn is_wide(char: char) -> bool {
    matches!(char, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..)
}
