//! Where on the page the article stands: the region that holds most of its prose.

use crate::body::hints::{Hint, Known, hint};
use crate::body::segments::{Region, Segment, Segments, Tag};
use crate::body::title::headline_line;
use onrecord_document::BlockKind;
use onrecord_html::{Name, Tree};

/// What is known of each region once the page has been weighed.
#[derive(Clone, Debug)]
pub(crate) struct Weighed {
    /// Prose in the segments before each segment: `prose[b] - prose[a]` is that of `a..b`.
    prose: Vec<f32>,
    /// The kind of furniture a region is, its own or of one around it.
    pub furniture: Vec<Option<BlockKind>>,
    /// What a region's own names say.
    pub hints: Vec<Option<Hint>>,
    /// Share of a region's length that is linked, 0 to 1.
    pub linked: Vec<f32>,
    /// The line that is the headline, as far as the page's title tells.
    pub headline: Option<usize>,
}

/// Whether the names of elements are heeded.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
enum Names {
    Heard,
    Unheard,
}

/// Share of a page's prose above which a region can't be furniture whatever its names say: themes put words such as
/// "sidebar" and "subscribe" on the element around everything.
const TOO_MUCH_FOR_FURNITURE: f32 = 0.4;

/// The same for footers, navigation and comments that don't hold the headline.
const NEARLY_ALL: f32 = 0.8;

/// The same for lists of other articles.
const MORE_THAN_HALF: f32 = 0.6;

/// Prose of a long paragraph: a region with more can't be a box, a bar or a line of furniture, whatever its names say.
/// `class="paywall"` stands around the whole text that is sold, not only around the box that sells it.
const TOO_MUCH_FOR_A_BOX: f32 = 250.0;

/// Least prose of a story: two short sentences.
const STORY: f32 = 40.0;

/// Prose of an article of some length: parts of one have headings too, and say less.
const ARTICLE: f32 = 1_000.0;

/// How much more the prose counts that stands in a part named as the article's.
const NAMED_ARTICLE: f32 = 2.0;

/// Share of a region's prose that the one below it must hold for the article to be sought there.
const HOLDS_THE_ARTICLE: f32 = 0.8;

impl Weighed {
    /// Weighs every segment and names the regions that are furniture.
    ///
    /// A part that holds the headline and prose under it holds the article, whatever its names say:
    /// `<div class="layout-right-sidebar"><h1>Ferry sinks</h1><p>…`.
    pub fn new(tree: &Tree<'_>, cut: &Segments) -> Self {
        let mut known = Known::of(tree);
        // What is said of the whole page is said of its layout: `<body class="right-sidebar">`.
        let mut hint_of = |node| match tree.name(node) {
            Name::HTML | Name::BODY => None,
            _ => hint(tree, node, &mut known),
        };
        let hints = cut.regions.iter().map(|region| hint_of(region.node)).collect();
        let headline = headline_line(tree, cut);
        let mut weighed = Weighed { prose: Vec::new(), furniture: Vec::new(), hints, linked: linked(cut), headline };
        weighed.weigh(tree, cut, Names::Heard);
        weighed
    }

    /// The same without heeding names.
    pub fn unheard(&self, tree: &Tree<'_>, cut: &Segments) -> Self {
        let mut weighed = self.clone();
        weighed.weigh(tree, cut, Names::Unheard);
        weighed
    }

    fn weigh(&mut self, tree: &Tree<'_>, cut: &Segments, names: Names) {
        let headline = self.headline;
        self.prose = running(cut, |_| 1.0);
        self.furniture.clear();
        let all = self.of(0..cut.segments.len());
        for (index, region) in cut.regions.iter().enumerate() {
            let around = if index == 0 { None } else { self.furniture[region.parent] };
            let prose = self.of(region.segments.clone());
            let named = match self.hints[index] {
                _ if names == Names::Unheard => None,
                Some(Hint::Furniture(BlockKind::Related | BlockKind::Teaser))
                    if !points_elsewhere(tree, cut, region) =>
                {
                    None
                }
                Some(Hint::Furniture(kind))
                    if (prose < TOO_MUCH_FOR_A_BOX || may_be_long(kind))
                        && !(prose > STORY && headline.is_some_and(|line| region.segments.contains(&line))) =>
                {
                    Some(kind)
                }
                _ => None,
            };
            let name = tree.name(region.node);
            let by_element = match name {
                Name::NAV | Name::FOOTER | Name::MENU | Name::DIALOG => Some(BlockKind::Other),
                Name::ASIDE => Some(BlockKind::Related),
                _ => None,
            };
            let hidden = region.hidden.then_some(BlockKind::Other);
            let share = prose / all.max(1.0);
            // A footer, or readers' comments, may say more than a short article does.
            let apart = headline.is_some_and(|line| !region.segments.contains(&line));
            let limit = match (named, by_element) {
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

    /// For each region below the container the hint of the innermost one around it there that has one, or its own.
    pub fn hints_below(&self, cut: &Segments, container: usize) -> Vec<Option<Hint>> {
        let mut hints: Vec<Option<Hint>> = Vec::with_capacity(cut.regions.len());
        for (index, region) in cut.regions.iter().enumerate() {
            let apart = index == 0 || index == container;
            hints.push(if apart { None } else { self.hints[index].or(hints[region.parent]) });
        }
        hints
    }

    /// Whether each region, or one around it below the container, is a list of links.
    pub fn in_mostly_links(&self, cut: &Segments, container: usize) -> Vec<bool> {
        const LINKED: f32 = 0.5;
        /// Prose from which on a part is no list of teasers, however many links stand around it.
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

/// Whether a region can be a list of other articles: it has links, and more of them than a long text has in passing.
/// `<ul class="postList"><li>Six months on, the harbour board has …` is the text's own. Where no words are linked, there may be a
/// link on the picture, or an empty one that covers the card: `<div class="rail-item"><h3>Talks go on</h3><a href=/1></a></div>`.
fn points_elsewhere(tree: &Tree<'_>, cut: &Segments, region: &Region) -> bool {
    /// Length from which on a line is no teaser.
    const LONG: f32 = 400.0;
    /// Long lines for each link from which on the links are in passing.
    const FOR_EACH: usize = 2;
    /// Longest line of a card.
    const CARD: f32 = 300.0;
    /// Nodes that are looked at for a link without words.
    const NEAR: usize = 60;
    let lines = &cut.segments[region.segments.clone()];
    let mut links: usize = lines.iter().map(|line| line.links.len()).sum();
    if links == 0 && lines.iter().all(|line| line.length < CARD) {
        links = usize::from(tree.descendants(region.node).take(NEAR).any(|node| tree.is(node, Name::A)));
    }
    let long = lines.iter().filter(|line| line.length > LONG && line.sentence).count();
    links > 0 && long < FOR_EACH * links
}

/// Whether furniture of a kind may run to paragraphs: comments and lists of teasers do.
fn may_be_long(kind: BlockKind) -> bool {
    matches!(kind, BlockKind::Other | BlockKind::Related | BlockKind::Teaser)
}

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

/// Which regions lie in one that names itself the article's: `<article>`, `itemprop="articleBody"`,
/// `class="entry-content"`.
fn named_article(tree: &Tree<'_>, cut: &Segments, hints: &[Option<Hint>]) -> Vec<bool> {
    let mut named: Vec<bool> = Vec::with_capacity(cut.regions.len());
    for (index, region) in cut.regions.iter().enumerate() {
        let own = hints[index] == Some(Hint::Article) || tree.is(region.node, Name::ARTICLE);
        let around = index > 0 && named[region.parent];
        named.push(own || around);
    }
    named
}

fn running(cut: &Segments, factor: impl Fn(&Segment) -> f32) -> Vec<f32> {
    let mut total = 0.0;
    let mut prose = Vec::with_capacity(cut.segments.len() + 1);
    prose.push(total);
    for segment in &cut.segments {
        total += factor(segment) * self::prose(segment);
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
        Tag::Embed => 0.5,
        Tag::ListItem => 0.6,
        Tag::Heading(_) | Tag::Caption | Tag::Table => 0.0,
    };
    let sentence = if segment.sentence { 1.0 } else { 0.3 };
    unlinked * tag * sentence * (unlinked / PARAGRAPH).clamp(0.25, 1.0)
}

/// Index of the region that holds the article; `None` where the page has no prose.
///
/// Goes down from the page as long as one region holds nearly all the prose of the one around it, so that
/// `<body>` → `<main>` → `<article>` → `<div class="body">`, and not on to a single paragraph.
///
/// On an endless page, where one article follows the other, it is the one under the page's headline, be the next ever so
/// long.
pub(crate) fn container(tree: &Tree<'_>, cut: &Segments, weighed: &Weighed) -> Option<usize> {
    let mut at = 0;
    if weighed.of(0..cut.segments.len()) <= 0.0 {
        return None;
    }
    loop {
        let here = weighed.of(cut.regions[at].segments.clone());
        let heaviest = below(cut, at)
            .map(|region| (region, weighed.of(cut.regions[region].segments.clone())))
            .max_by(|a, b| a.1.total_cmp(&b.1));
        if let Some((region, _)) = heaviest
            && let Some(first) = first_of_several(tree, cut, weighed, at, region)
        {
            at = first;
            continue;
        }
        match heaviest {
            Some((region, prose)) if prose >= here * HOLDS_THE_ARTICLE && has_paragraphs(cut, region) => at = region,
            _ => match headed(tree, cut, weighed, at) {
                Some(headed) => at = headed,
                None => return Some(at),
            },
        }
    }
}

/// The region below one that holds the headline and half of the prose or more: what stands beside it, be it ever so much, is
/// comments, other articles and notices. A `<header>` holds a headline and a lead, never the text. Parts beside it that go on
/// with the text are found by [`reach`].
fn headed(tree: &Tree<'_>, cut: &Segments, weighed: &Weighed, around: usize) -> Option<usize> {
    const HALF: f32 = 0.5;
    let headline = weighed.headline?;
    let headed = below(cut, around).find(|&region| cut.regions[region].segments.contains(&headline))?;
    let region = &cut.regions[headed];
    let prose = weighed.of(region.segments.clone());
    let half = prose >= HALF * weighed.of(cut.regions[around].segments.clone());
    let is_lead = tree.is(region.node, Name::HEADER) || is_lead(cut, weighed, around, headed);
    (half && prose > STORY && !is_lead).then_some(headed)
}

/// Whether a region that holds the headline is the lead of a text that goes on in the next one: a paragraph or two, and in the
/// next region, which has no links to speak of, more.
fn is_lead(cut: &Segments, weighed: &Weighed, around: usize, headed: usize) -> bool {
    /// Most paragraphs of a lead.
    const LEAD: usize = 2;
    /// Share of links from which on the next region is a list of them.
    const LINKED: f32 = 0.1;
    let told = |region: usize| {
        let lines = &cut.segments[cut.regions[region].segments.clone()];
        let is_told = |line: &&Segment| line.sentence && prose(line) > 0.0 && weighed.furniture[line.region].is_none();
        lines.iter().filter(is_told).count()
    };
    let goes_on = |region: &usize| weighed.of(cut.regions[*region].segments.clone()) > STORY;
    let Some(next) = below(cut, around).find(|region| *region > headed && goes_on(region)) else { return false };
    let paragraphs = told(headed);
    paragraphs <= LEAD && told(next) > paragraphs && weighed.linked[next] < LINKED
}

/// Of neighbours built alike, each with a story, the one that holds the page's headline; `None` where `heaviest` is alone.
///
/// Where the headline is a heading of the second rank or lower, so may be those of the parts of one article; then the other
/// must be as long as an article is: `<section><h2>Returning a parcel</h2><p>…</section> <section><h2>By post</h2><p>…`
fn first_of_several(
    tree: &Tree<'_>,
    cut: &Segments,
    weighed: &Weighed,
    around: usize,
    heaviest: usize,
) -> Option<usize> {
    let headline = weighed.headline?;
    let headed = below(cut, around).find(|&region| cut.regions[region].segments.contains(&headline))?;
    let (one, other) = (&cut.regions[headed], &cut.regions[heaviest]);
    let alike = built_alike(tree, cut, headed, heaviest)
        || tree.is(one.node, Name::ARTICLE) && tree.is(other.node, Name::ARTICLE);
    let heads = |region: &Region| {
        let tag = cut.segments[headline].tag;
        matches!(tag, Tag::Heading(_)) && cut.segments[region.segments.clone()].iter().any(|line| line.tag == tag)
    };
    let is_article = cut.segments[headline].tag == Tag::Heading(1) || weighed.of(other.segments.clone()) > ARTICLE;
    (alike && headed != heaviest && heads(other) && is_article && weighed.of(one.segments.clone()) > STORY)
        .then_some(headed)
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

/// The segments of the article's region, and of its neighbours that go on in the same way: a lead that stands before it,
/// the second half of a text that an advertisement cuts in two, the other elements of a page that is put together of them.
pub(crate) fn reach(tree: &Tree<'_>, cut: &Segments, weighed: &Weighed, at: usize) -> Vec<bool> {
    /// Levels above the container on which neighbours are looked at that are built alike, and those on which all are.
    const LEVELS: usize = 4;
    const NEAR: usize = 3;
    /// Share of links above which a neighbour is a list of them.
    const LINKED: f32 = 0.3;
    let mut inside = vec![false; cut.segments.len()];
    inside[cut.regions[at].segments.clone()].fill(true);
    let class = class_of(tree, cut.regions[at].node);
    let setting = setting(tree, cut, &cut.regions[at]);
    // A neighbour with a headline of its own is another article.
    let headline = weighed.headline.map(|line| (line, cut.segments[line].tag));
    let is_another = |region: &Region| match headline {
        Some((line, tag @ Tag::Heading(_))) if !region.segments.contains(&line) => {
            cut.segments[region.segments.clone()].iter().any(|line| line.tag == tag)
        }
        _ => false,
    };
    let mut level = at;
    for up in 0..LEVELS {
        let parent = cut.regions[level].parent;
        if parent == 0 || parent == level || tree.is(cut.regions[parent].node, Name::BODY) {
            break;
        }
        for neighbour in below(cut, parent).filter(|&region| region != level) {
            let region = &cut.regions[neighbour];
            let prose = weighed.of(region.segments.clone());
            let near = up < NEAR
                && (tree.is(region.node, Name::P)
                    || weighed.hints[neighbour] == Some(Hint::Article)
                    || (class.is_some() && class_of(tree, region.node) == class)
                    || is_summary(cut, region)
                    || goes_on_alike(tree, cut, region, &setting));
            let goes_on = near
                || prose > STORY
                    && built_alike(tree, cut, level, neighbour)
                    && self::setting(tree, cut, region) == setting;
            if goes_on
                && !is_another(region)
                && weighed.furniture[neighbour].is_none()
                && weighed.linked[neighbour] < LINKED
                && prose > 0.0
            {
                inside[region.segments.clone()].fill(true);
            }
        }
        level = parent;
    }
    for line in nested_in(tree, cut, weighed, at) {
        inside[line] = true;
    }
    inside
}

/// Paragraphs that stand directly in the elements around the container: where elements are not closed, each paragraph lies in
/// the one before, and where a page is set by hand, its first words are bare in the cell that holds all others.
///
/// `<div>Six people died.<div>The ferry struck the wall.<div>She was new.</div></div></div>`
fn nested_in(tree: &Tree<'_>, cut: &Segments, weighed: &Weighed, container: usize) -> Vec<usize> {
    /// Levels without a paragraph of their own beyond which what lies around is the page's.
    const GAP: usize = 3;
    /// Share of links from which on a line is one of them.
    const LINKED: f32 = 0.3;
    let mut found = Vec::new();
    let mut gap = 0;
    let mut around = cut.regions[container].parent;
    while around != 0 && gap < GAP && !tree.is(cut.regions[around].node, Name::BODY) {
        let lines = cut.regions[around].segments.clone().filter(|&line| {
            let segment = &cut.segments[line];
            segment.region == around || cut.regions[segment.region].parent == around
        });
        let told =
            |line: &Segment| line.region == around && line.sentence && line.linked < LINKED && prose(line) > STORY;
        let heads = |line: &Segment| matches!(line.tag, Tag::Heading(2..)) && line.linked < LINKED;
        let lines: Vec<usize> = lines.filter(|&line| told(&cut.segments[line]) || heads(&cut.segments[line])).collect();
        if weighed.furniture[around].is_none() && lines.iter().any(|&line| told(&cut.segments[line])) {
            found.extend(lines);
            gap = 0;
        } else {
            gap += 1;
        }
        around = cut.regions[around].parent;
    }
    found
}

/// How the paragraphs of a part are set: element and class of most of their words.
type Setting<'s> = Option<(Name, Option<&'s str>)>;

fn setting<'s>(tree: &Tree<'s>, cut: &Segments, region: &Region) -> Setting<'s> {
    let mut settings: Vec<((Name, Option<&str>), f32)> = Vec::new();
    for segment in &cut.segments[region.segments.clone()] {
        let weight = prose(segment);
        if weight <= 0.0 {
            continue;
        }
        let this = (tree.name(segment.block), class_of(tree, segment.block));
        match settings.iter_mut().find(|(known, _)| *known == this) {
            Some((_, total)) => *total += weight,
            None => settings.push((this, weight)),
        }
    }
    settings.into_iter().max_by(|a, b| a.1.total_cmp(&b.1)).map(|(setting, _)| setting)
}

/// Whether a part goes on with paragraphs set as the container's are: the second half of a text behind an advertisement.
/// Where paragraphs have no class, they must be long as well.
fn goes_on_alike(tree: &Tree<'_>, cut: &Segments, region: &Region, container: &Setting<'_>) -> bool {
    /// Prose of about one long paragraph.
    const PARAGRAPH: f32 = 150.0;
    let own = setting(tree, cut, region);
    if own.is_none() || own != *container {
        return false;
    }
    let classed = own.is_some_and(|(_, class)| class.is_some());
    let longest = cut.segments[region.segments.clone()].iter().map(prose).fold(0.0, f32::max);
    classed || (own.is_some_and(|(name, _)| name == Name::P) && longest > PARAGRAPH)
}

/// Whether a region is a list of points without links: what a live page says before its entries.
fn is_summary(cut: &Segments, region: &Region) -> bool {
    const MIN_POINT: f32 = 40.0;
    let lines = &cut.segments[region.segments.clone()];
    let points = lines.iter().filter(|line| line.tag == Tag::ListItem);
    let long = points.clone().filter(|line| line.length > MIN_POINT && line.links.is_empty()).count();
    long >= 2 && long * 3 >= points.count() * 2 && long + 2 >= lines.len()
}

/// Whether two regions are the same element with the same class, which says something: `<div class="csc-default">`, in which
/// content management systems wrap each element of a text.
fn built_alike(tree: &Tree<'_>, cut: &Segments, one: usize, other: usize) -> bool {
    let (one, other) = (cut.regions[one].node, cut.regions[other].node);
    let class = class_of(tree, one);
    class.is_some() && class_of(tree, other) == class && tree.name(one) == tree.name(other)
}

fn class_of<'s>(tree: &Tree<'s>, node: onrecord_html::NodeId) -> Option<&'s str> {
    tree.attr_named(node, Name::CLASS).map(|attr| attr.raw()).filter(|class| !class.is_empty())
}

fn has_paragraphs(cut: &Segments, region: usize) -> bool {
    cut.regions[region].segments.len() > 1
}
