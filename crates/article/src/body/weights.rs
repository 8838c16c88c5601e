//! How much prose each part of the page holds, and which parts are furniture.

use super::hints::{Hint, HintCache, hint};
use super::segments::{Region, Segment, Segments};
use super::title::headline_line;
use onrecord_document::BlockKind;
use onrecord_html::{HtmlName, Tree};

/// How much prose each region of a page holds, and whether it is furniture.
#[derive(Clone, Debug)]
pub(super) struct RegionWeights {
    /// Running sums of prose: `prose[b] - prose[a]` is the prose of the segments `a..b`.
    prose: Vec<f32>,
    /// By region: the kind of furniture that it, or a region around it, is.
    pub furniture: Vec<Option<BlockKind>>,
    /// By region: what its own names say.
    pub hints: Vec<Option<Hint>>,
    /// By region: the share of its length that is linked, 0 to 1.
    pub linked: Vec<f32>,
    /// The line that is the headline, judging by the page's title.
    pub headline: Option<usize>,
    /// What becomes of hidden regions.
    hidden: HiddenUse,
}

/// What becomes of regions that the page hides until somebody clicks.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
enum HiddenUse {
    Furniture,
    Shown,
}

/// Whether the names of elements count.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
enum NameUse {
    Counted,
    Ignored,
}

/// Share of a page's prose above which a region cannot be furniture, whatever its names say: themes put words such as
/// "sidebar" and "subscribe" on the element around everything.
const TOO_MUCH_FOR_FURNITURE: f32 = 0.4;

/// The same for footers, navigation and comments that do not hold the headline.
const NEARLY_ALL: f32 = 0.8;

/// The same for lists of other articles.
const MORE_THAN_HALF: f32 = 0.6;

/// Prose of a long paragraph: a region with more cannot be a box, a bar or a line of furniture, whatever its names say. Some
/// pages put `class="paywall"` around the whole text that is sold, not around the box that sells it.
const TOO_MUCH_FOR_A_BOX: f32 = 250.0;

/// Share of links from which a long part can be a menu, a list of tags or another row of links. Names mislead on a part with
/// fewer: `<div class="content-nav-section">` around half of the text.
const LINKS: f32 = 0.3;

/// Least prose of a story: two short sentences.
pub(super) const STORY: f32 = 40.0;

/// Prose of a short article: readers' comments on it may be any number of times as long.
const SHORT_STORY: f32 = 300.0;

/// How much more prose counts in a part that is named as the article's.
const NAMED_ARTICLE: f32 = 2.0;

impl RegionWeights {
    /// Weighs every segment and decides which regions are furniture.
    ///
    /// A part that holds the headline and prose is never furniture, whatever its names say:
    /// `<div class="layout-right-sidebar"><h1>Ferry sinks</h1><p>…`.
    pub fn new(tree: &Tree<'_>, cut: &Segments) -> Self {
        let mut cache = HintCache::of(tree);
        // Names of the whole page describe its layout: `<body class="right-sidebar">`.
        let mut hint_of = |node| match tree.name(node) {
            HtmlName::HTML | HtmlName::BODY => None,
            _ => hint(tree, node, &mut cache),
        };
        let hints = cut.regions.iter().map(|region| hint_of(region.node)).collect();
        let headline = headline_line(tree, cut);
        let mut weights = RegionWeights {
            prose: Vec::new(),
            furniture: Vec::new(),
            hints,
            linked: linked(cut),
            headline,
            hidden: HiddenUse::Furniture,
        };
        weights.weigh(tree, cut, NameUse::Counted);
        weights
    }

    /// The same page weighed again, ignoring the names of its elements.
    pub fn ignoring_names(&self, tree: &Tree<'_>, cut: &Segments) -> Self {
        let mut weights = self.clone();
        weights.weigh(tree, cut, NameUse::Ignored);
        weights
    }

    /// The same page weighed again with what it hides. `None` where it hides no prose.
    pub fn showing_hidden(&self, tree: &Tree<'_>, cut: &Segments) -> Option<Self> {
        let hides = |line: &Segment| cut.regions[line.region].hidden && line.sentence && line.prose() > STORY;
        if !cut.segments.iter().any(hides) {
            return None;
        }
        let mut weights = self.clone();
        weights.hidden = HiddenUse::Shown;
        weights.weigh(tree, cut, NameUse::Counted);
        Some(weights)
    }

    fn weigh(&mut self, tree: &Tree<'_>, cut: &Segments, names: NameUse) {
        let headline = self.headline;
        self.prose = running(cut, |_| 1.0);
        self.furniture.clear();
        let all = self.of(0..cut.segments.len());
        for (index, region) in cut.regions.iter().enumerate() {
            let around = if index == 0 { None } else { self.furniture[region.parent] };
            let prose = self.of(region.segments.clone());
            let holds_headline = headline.is_some_and(|line| region.segments.contains(&line));
            let is_dialog = self.hints[index] == Some(Hint::Dialog);
            let named = match self.hints[index] {
                _ if names == NameUse::Ignored => None,
                Some(Hint::Furniture(BlockKind::Related | BlockKind::Teaser))
                    if !points_elsewhere(tree, cut, region) =>
                {
                    None
                }
                Some(Hint::Furniture(BlockKind::Other))
                    if prose >= TOO_MUCH_FOR_A_BOX && self.linked[index] < LINKS =>
                {
                    None
                }
                Some(Hint::Comments) if !holds_headline || prose <= STORY => Some(BlockKind::Other),
                Some(Hint::Dialog) if !holds_headline && all - prose > STORY => Some(BlockKind::Notice),
                Some(Hint::Furniture(kind))
                    if (prose < TOO_MUCH_FOR_A_BOX || may_be_long(kind)) && !(prose > STORY && holds_headline) =>
                {
                    Some(kind)
                }
                _ => None,
            };
            let name = tree.name(region.node);
            let by_element = match name {
                HtmlName::NAV | HtmlName::FOOTER | HtmlName::MENU | HtmlName::DIALOG => Some(BlockKind::Other),
                HtmlName::ASIDE => Some(BlockKind::Related),
                _ => None,
            };
            let hidden = (region.hidden && self.hidden == HiddenUse::Furniture).then_some(BlockKind::Other);
            let share = prose / all.max(1.0);
            // A footer or readers' comments may be longer than a short article.
            let apart = headline.is_some_and(|line| !region.segments.contains(&line));
            let limit = match (named, by_element) {
                (Some(_), _) if is_dialog => f32::INFINITY,
                (Some(_), _) if self.hints[index] == Some(Hint::Comments) && apart && all - prose > SHORT_STORY => {
                    f32::INFINITY
                }
                (Some(BlockKind::Other), _) | (_, Some(BlockKind::Other)) if apart => NEARLY_ALL,
                (Some(BlockKind::Related | BlockKind::Teaser), _) if apart => MORE_THAN_HALF,
                _ => TOO_MUCH_FOR_FURNITURE,
            };
            let furniture = named.or(by_element).or(hidden).filter(|_| share < limit);
            self.furniture.push(around.or(furniture));
        }
        let named = named_article(tree, cut, &self.hints);
        let furniture = &self.furniture;
        self.prose = running(cut, |segment| match (furniture[segment.region].is_some(), named[segment.region]) {
            (true, _) => 0.0,
            (false, true) => NAMED_ARTICLE,
            (false, false) => 1.0,
        });
    }

    /// By region below the container: its own hint, or that of the innermost region around it that has one.
    pub fn hints_below(&self, cut: &Segments, container: usize) -> Vec<Option<Hint>> {
        let mut hints: Vec<Option<Hint>> = Vec::with_capacity(cut.regions.len());
        for (index, region) in cut.regions.iter().enumerate() {
            let apart = index == 0 || index == container;
            hints.push(if apart { None } else { self.hints[index].or(hints[region.parent]) });
        }
        hints
    }

    /// By region below the container: whether it, or a region around it, is a list of links.
    pub fn in_mostly_links(&self, cut: &Segments, container: usize) -> Vec<bool> {
        /// Share of links above which a region is a list of links.
        const LINKED: f32 = 0.5;
        /// Prose from which a part is not a list of teasers, however many links stand around it.
        const PROSE: f32 = 240.0;
        let mut linked: Vec<bool> = Vec::with_capacity(cut.regions.len());
        for (index, region) in cut.regions.iter().enumerate() {
            let apart = index == 0 || index == container || self.of(region.segments.clone()) > PROSE;
            let own = region.segments.len() > 1 && self.linked[index] > LINKED;
            linked.push(!apart && (own || linked[region.parent]));
        }
        linked
    }

    /// The prose in a range of segments.
    pub fn of(&self, segments: std::ops::Range<usize>) -> f32 {
        self.prose[segments.end] - self.prose[segments.start]
    }
}

/// Whether a region can be a list of other articles: it has links, and more of them than a long text has in passing. The list
/// `<ul class="postList"><li>Six months on, the harbour board has …` belongs to the text.
///
/// Where no words are linked, there may be a link on the picture, or an empty one that covers the card:
/// `<div class="rail-item"><h3>Talks go on</h3><a href=/1></a></div>`.
fn points_elsewhere(tree: &Tree<'_>, cut: &Segments, region: &Region) -> bool {
    /// A longer line is not a teaser.
    const LONG: f32 = 400.0;
    /// With this many long lines for each link, the links are in passing.
    const FOR_EACH: usize = 2;
    /// Shortest paragraph without a link that speaks against a list of teasers, whose leads are shorter.
    const PARAGRAPH: f32 = 150.0;
    /// As many of them, and more than there are links, are a text: `<div class="grid-toc-content-sidebar">` around all of it.
    const STORY_PARAGRAPHS: usize = 4;
    /// Longest line of a card.
    const CARD: f32 = 300.0;
    /// Nodes searched for a link without words.
    const NEAR: usize = 60;
    let lines = &cut.segments[region.segments.clone()];
    let mut links: usize = lines.iter().map(|line| line.links.len()).sum();
    if links == 0 && lines.iter().all(|line| line.length < CARD) {
        links = usize::from(tree.descendants(region.node).take(NEAR).any(|node| tree.is(node, HtmlName::A)));
    }
    let long = lines.iter().filter(|line| line.length > LONG && line.sentence).count();
    let paragraphs =
        lines.iter().filter(|line| line.length > PARAGRAPH && line.sentence && line.links.is_empty()).count();
    links > 0 && long < FOR_EACH * links && !(paragraphs >= STORY_PARAGRAPHS && paragraphs > links)
}

/// Whether furniture of a kind may be paragraphs long, as comments and lists of teasers are.
fn may_be_long(kind: BlockKind) -> bool {
    matches!(kind, BlockKind::Other | BlockKind::Related | BlockKind::Teaser)
}

/// By region: the share of its length that is linked.
fn linked(cut: &Segments) -> Vec<f32> {
    let mut totals = vec![(0.0, 0.0)];
    for segment in &cut.segments {
        let (length, linked) = totals.last().copied().unwrap_or_default();
        totals.push((length + segment.length, linked + segment.length * segment.linked));
    }
    let share = |region: &Region| {
        let (from, to) = (totals[region.segments.start], totals[region.segments.end]);
        if to.0 > from.0 { (to.1 - from.1) / (to.0 - from.0) } else { 0.0 }
    };
    cut.regions.iter().map(share).collect()
}

/// By region: whether it, or a region around it, names itself the article's: `<article>`, `itemprop="articleBody"`,
/// `class="entry-content"`.
fn named_article(tree: &Tree<'_>, cut: &Segments, hints: &[Option<Hint>]) -> Vec<bool> {
    let mut named: Vec<bool> = Vec::with_capacity(cut.regions.len());
    for (index, region) in cut.regions.iter().enumerate() {
        let own = hints[index] == Some(Hint::Article) || tree.is(region.node, HtmlName::ARTICLE);
        let around = index > 0 && named[region.parent];
        named.push(own || around);
    }
    named
}

/// Running sums of prose, each segment's multiplied by a factor.
fn running(cut: &Segments, factor: impl Fn(&Segment) -> f32) -> Vec<f32> {
    let mut total = 0.0;
    let mut prose = Vec::with_capacity(cut.segments.len() + 1);
    prose.push(total);
    for segment in &cut.segments {
        total += factor(segment) * segment.prose();
        prose.push(total);
    }
    prose
}
