//! Where on the page the article stands: the region that holds most of its prose.

use crate::body::hints::{Hint, hint};
use crate::body::segments::{Segment, Segments, Tag};
use onrecord_document::BlockKind;
use onrecord_html::{Name, Tree};

/// What is known of each region once the page has been weighed.
#[derive(Debug)]
pub(crate) struct Weighed {
    /// Prose in the segments before each segment: `prose[b] - prose[a]` is that of `a..b`.
    prose: Vec<f32>,
    /// The kind of furniture a region is, its own or of one around it.
    pub furniture: Vec<Option<BlockKind>>,
    /// What a region's own names say.
    pub hints: Vec<Option<Hint>>,
}

/// Share of a page's prose above which a region can't be furniture whatever its names say: themes put words such as
/// "sidebar" and "subscribe" on the element around everything.
const TOO_MUCH_FOR_FURNITURE: f32 = 0.4;

/// Share of a region's prose that the one below it must hold for the article to be sought there.
const HOLDS_THE_ARTICLE: f32 = 0.72;

impl Weighed {
    /// Weighs every segment and names the regions that are furniture.
    pub fn new(tree: &Tree<'_>, cut: &Segments) -> Self {
        let mut weighed = Weighed { prose: running(cut, |_| false), furniture: Vec::new(), hints: Vec::new() };
        let all = weighed.of(0..cut.segments.len());
        for (index, region) in cut.regions.iter().enumerate() {
            let own = hint(tree, region.node);
            let around = if index == 0 { None } else { weighed.furniture[region.parent] };
            let named = match own {
                Some(Hint::Furniture(kind)) => Some(kind),
                _ => None,
            };
            let name = tree.name(region.node);
            let by_element = match name {
                Name::NAV | Name::FOOTER | Name::MENU | Name::DIALOG => Some(BlockKind::Other),
                Name::ASIDE => Some(BlockKind::Related),
                _ => None,
            };
            let hidden = region.hidden.then_some(BlockKind::Other);
            let share = weighed.of(region.segments.clone()) / all.max(1.0);
            let furniture = named.or(by_element).or(hidden).filter(|_| share < TOO_MUCH_FOR_FURNITURE);
            weighed.furniture.push(around.or(furniture));
            weighed.hints.push(own);
        }
        let furniture = &weighed.furniture;
        weighed.prose = running(cut, |segment| furniture[segment.region].is_some());
        weighed
    }

    /// The prose in a range of segments.
    pub fn of(&self, segments: std::ops::Range<usize>) -> f32 {
        self.prose[segments.end] - self.prose[segments.start]
    }
}

fn running(cut: &Segments, skip: impl Fn(&Segment) -> bool) -> Vec<f32> {
    let mut total = 0.0;
    let mut prose = Vec::with_capacity(cut.segments.len() + 1);
    prose.push(total);
    for segment in &cut.segments {
        total += if skip(segment) { 0.0 } else { self::prose(segment) };
        prose.push(total);
    }
    prose
}

/// How much a segment reads like the prose of an article: its unlinked length, long paragraphs counting for more than
/// as many letters in teasers, and little where it is no sentence.
pub(crate) fn prose(segment: &Segment) -> f32 {
    /// From this length on a paragraph counts in full.
    const PARAGRAPH: f32 = 280.0;
    /// Share of links beyond which a segment is a list of them.
    const LINKED: f32 = 0.5;
    let unlinked = segment.length * (1.0 - segment.linked);
    if segment.linked > LINKED {
        return 0.0;
    }
    let tag = match segment.tag {
        Tag::Paragraph | Tag::Preformatted => 1.0,
        Tag::Bare | Tag::Quote | Tag::Cell => 0.9,
        Tag::ListItem => 0.6,
        Tag::Heading(_) | Tag::Caption => 0.0,
    };
    let sentence = if is_sentence(segment.words.text()) { 1.0 } else { 0.3 };
    unlinked * tag * sentence * (unlinked / PARAGRAPH).clamp(0.25, 1.0)
}

/// Whether words end as a sentence does.
pub(crate) fn is_sentence(words: &str) -> bool {
    let words = words.trim_end_matches(['"', '”', '’', '»', '“', '\'', ')', '」', '』', ']', ' ']);
    words.ends_with(['.', '!', '?', '…', '。', '！', '？', '؟', '।', ':', '։', '።'])
}

/// Index of the region that holds the article; `None` where the page has no prose.
///
/// Goes down from the page as long as one region holds nearly all the prose of the one around it, so that
/// `<body>` → `<main>` → `<article>` → `<div class="body">`, and not on to a single paragraph.
pub(crate) fn container(cut: &Segments, weighed: &Weighed) -> Option<usize> {
    let mut at = 0;
    if weighed.of(0..cut.segments.len()) <= 0.0 {
        return None;
    }
    loop {
        let here = weighed.of(cut.regions[at].segments.clone());
        let heaviest = below(cut, at)
            .map(|region| (region, weighed.of(cut.regions[region].segments.clone())))
            .max_by(|a, b| a.1.total_cmp(&b.1));
        match heaviest {
            Some((region, prose)) if prose >= here * HOLDS_THE_ARTICLE && has_paragraphs(cut, region) => at = region,
            _ => return Some(at),
        }
    }
}

/// The regions directly below one.
pub(crate) fn below(cut: &Segments, region: usize) -> impl Iterator<Item = usize> + '_ {
    let mut next = region + 1;
    let end = cut.regions[region].end;
    std::iter::from_fn(move || {
        if next >= end {
            return None;
        }
        let found = next;
        next = cut.regions[found].end;
        Some(found)
    })
}

fn has_paragraphs(cut: &Segments, region: usize) -> bool {
    cut.regions[region].segments.len() > 1
}
