//! From the region that holds the article to its blocks: the rules that tell body from furniture, line by line.

use crate::body::boxes::{behind_the_text, boxed, cards, witnessed};
use crate::body::container::{Weighed, below, container, prose, reach};
use crate::body::hints::Hint;
use crate::body::segments::{Segment, Segments, Tag, segments, segments_without_scripts};
use crate::body::sentence::is_sentence;
use crate::body::slides::slides;
use crate::body::witness::Witness;
use crate::phrases::begins_with_bullet;
use crate::{ablation, dates, phrases};
use foldhash::HashMap;
use onrecord_document::{BlockKind, BlockRole};
use onrecord_html::{Name, NodeId, Tree};
use std::ops::Range;

/// An element that is known to be something else than body, from the fields that were read from it.
#[derive(Copy, Clone, Debug)]
pub(crate) struct Claim {
    /// The element.
    pub node: NodeId,
    /// What it is.
    pub kind: BlockKind,
}

/// Letters of sentences below which a container may be the wrong one.
const NO_STORY: f32 = 200.0;

/// How many times as much a container must hold that is found by not heeding names.
const MUCH_MORE: f32 = 2.0;

/// Letters of a container's sentences outside furniture.
fn story_length(cut: &Segments, weighed: &Weighed, at: Option<usize>) -> f32 {
    let Some(at) = at else { return 0.0 };
    let lines = &cut.segments[cut.regions[at].segments.clone()];
    let told = |line: &&Segment| weighed.furniture[line.region].is_none() && prose(line) > 0.0;
    lines.iter().filter(told).map(|line| line.length).sum()
}

/// A page cut into lines, with the region that holds the article.
pub(crate) struct Outline<'p> {
    tree: &'p Tree<'p>,
    cut: Segments,
    weighed: Weighed,
    at: Option<usize>,
}

impl<'p> Outline<'p> {
    /// Cuts a page into lines and finds the article's region. Where that holds no story because the names of elements
    /// mislead (`<div class="comments">` around a whole thread, `<div id="menu-page">`), it is sought again without heeding them, and
    /// then in what the page shows to readers without scripts: `<noscript>` around a text that a script puts in its place.
    pub fn of(tree: &'p Tree<'p>) -> Self {
        let cut = segments(tree, tree.root());
        let weighed = Weighed::new(tree, &cut);
        let at = container(tree, &cut, &weighed);
        let strict = story_length(&cut, &weighed, at);
        let told =
            |cut: &Segments, weighed: &Weighed, at| story_length(cut, weighed, at) > MUCH_MORE * strict + NO_STORY;
        if strict < NO_STORY {
            let unheard = weighed.unheard(tree, &cut);
            let at = container(tree, &cut, &unheard);
            if told(&cut, &unheard, at) {
                return Outline { tree, cut, weighed: unheard, at };
            }
            let cut = segments_without_scripts(tree);
            let weighed = Weighed::new(tree, &cut);
            let at = container(tree, &cut, &weighed);
            if told(&cut, &weighed, at) {
                return Outline { tree, cut, weighed, at };
            }
        }
        Outline { tree, cut, weighed, at }
    }

    /// The element that holds the article; `None` where the page has no prose.
    pub fn container(&self) -> Option<NodeId> {
        self.at.map(|at| self.cut.regions[at].node)
    }

    /// The first line of the article that reads like a paragraph.
    pub fn first_paragraph(&self) -> Option<&Segment> {
        let lines = self.cut.regions[self.at?].segments.clone();
        self.cut.segments[lines].iter().find(|segment| segment.length > 80.0 && prose(segment) > 0.0)
    }

    /// Whether the article's region says so little that it may not be the article.
    pub fn is_thin(&self) -> bool {
        story_length(&self.cut, &self.weighed, self.at) < NO_STORY
    }

    /// Whether lines were left out because there are too many.
    pub fn cut_off(&self) -> bool {
        self.cut.is_full()
    }

    /// The lines in reading order, each with what it is. `names` are those that the bylines give.
    pub fn tell(self, claims: &[Claim], names: &[String], witness: Option<Witness>) -> Vec<(BlockKind, Segment)> {
        let Outline { tree, cut, weighed, at } = self;
        let claimed = claimed_lines(tree, &cut, claims);
        let kinds = match at {
            Some(at) => {
                let inside = reach(tree, &cut, &weighed, at);
                let text = set_as(tree, &cut, &weighed, &inside);
                let mut page = Page {
                    tree,
                    names,
                    witness,
                    vouched: Vec::new(),
                    text,
                    cut: &cut,
                    weighed: &weighed,
                    hints: weighed.hints_below(&cut, at),
                    mostly_links: weighed.in_mostly_links(&cut, at),
                    inside,
                    kinds: Vec::new(),
                    claimed,
                };
                page.kinds = (0..cut.segments.len()).map(|index| page.kind(index)).collect();
                for (name, pass) in PASSES {
                    if ablation::stands("pass", name) {
                        pass(&mut page);
                    }
                }
                page.kinds
            }
            None => claimed.into_iter().map(|kind| kind.unwrap_or(BlockKind::Other)).collect(),
        };
        kinds.into_iter().zip(cut.segments).collect()
    }
}

/// What each line is by the elements that fields were read from: the lines below such an element, or the line that such
/// an element stands in if it is most of it.
fn claimed_lines(tree: &Tree<'_>, cut: &Segments, claims: &[Claim]) -> Vec<Option<BlockKind>> {
    /// Longest element, or line that one stands in, that is a byline or a date.
    const SHORT: f32 = 240.0;
    /// Longest headline, standfirst or caption.
    const LONG: f32 = 1_500.0;
    let mut claimed = vec![None; cut.segments.len()];
    if claims.is_empty() {
        return claimed;
    }
    let regions: HashMap<NodeId, usize> =
        cut.regions.iter().enumerate().map(|(at, region)| (region.node, at)).collect();
    for claim in claims {
        let limit = match claim.kind {
            BlockKind::Headline | BlockKind::Standfirst | BlockKind::Caption => LONG,
            _ => SHORT,
        };
        let own = regions.get(&claim.node);
        // An inline element claims the line it stands in.
        let around = || tree.ancestors(claim.node).find_map(|node| regions.get(&node));
        let Some(&region) = own.or_else(around) else { continue };
        let place = tree.source_range(claim.node);
        let lines: Vec<usize> = cut.regions[region]
            .segments
            .clone()
            .filter(|&index| {
                let runs = cut.segments[index].words.runs();
                own.is_some() || runs.iter().any(|run| run.source.start < place.end && place.start < run.source.end)
            })
            .collect();
        let length: f32 = lines.iter().map(|&index| cut.segments[index].length).sum();
        if length < limit {
            for index in lines {
                claimed[index] = claimed[index].or(Some(claim.kind));
            }
        }
    }
    claimed
}

pub(super) struct Page<'p> {
    pub(super) tree: &'p Tree<'p>,
    /// Names that the bylines give.
    pub(super) names: &'p [String],
    /// How and where most paragraphs are set.
    pub(super) text: Option<Setting<'p>>,
    /// What the page's JSON-LD says of its lines.
    pub(super) witness: Option<Witness>,
    /// Whether it has each line; empty where there is none.
    pub(super) vouched: Vec<bool>,
    pub(super) cut: &'p Segments,
    pub(super) weighed: &'p Weighed,
    /// By region: the hint of the innermost one around it that has one, or its own.
    hints: Vec<Option<Hint>>,
    /// By region: whether it lies in a list of links.
    mostly_links: Vec<bool>,
    /// Whether each line stands in the container, or goes on from it.
    pub(super) inside: Vec<bool>,
    pub(super) kinds: Vec<BlockKind>,
    pub(super) claimed: Vec<Option<BlockKind>>,
}

impl Page<'_> {
    fn kind(&self, index: usize) -> BlockKind {
        let told = |(name, rule): &(&'static str, Rule)| rule(self, index).filter(|_| ablation::stands("rule", name));
        RULES.iter().find_map(told).unwrap_or_else(|| by_tag(self.segment(index).tag))
    }

    /// Whether a line is set as most paragraphs of the article are.
    pub(super) fn is_set_as_text(&self, index: usize) -> bool {
        self.text == Some(setting(self.tree, self.cut, index))
    }

    /// Whether a line is a heading that stands where most paragraphs of the article do.
    fn heads_text(&self, index: usize) -> bool {
        let segment = self.segment(index);
        let beside = self.text.is_some_and(|(_, _, parent)| parent == self.cut.regions[segment.region].parent);
        beside && matches!(segment.tag, Tag::Heading(_))
    }

    pub(super) fn segment(&self, index: usize) -> &Segment {
        &self.cut.segments[index]
    }

    pub(super) fn words(&self, index: usize) -> &str {
        self.segment(index).words.text()
    }

    /// The hint of the innermost region around a segment that has one, the container's own and those around it apart.
    fn hint(&self, index: usize) -> Option<Hint> {
        self.hints[self.segment(index).region]
    }
}

/// How a line is set: its element, that element's class, and the region that it stands in.
type Setting<'p> = (Name, Option<&'p str>, usize);

fn setting<'p>(tree: &'p Tree<'_>, cut: &Segments, index: usize) -> Setting<'p> {
    let segment = &cut.segments[index];
    let class = tree.attr_named(segment.block, Name::CLASS).map(|class| class.raw());
    (tree.name(segment.block), class, cut.regions[segment.region].parent)
}

/// How most of the article's paragraphs are set; `None` where there are few, or each is set in its own way.
fn set_as<'p>(tree: &'p Tree<'_>, cut: &Segments, weighed: &Weighed, inside: &[bool]) -> Option<Setting<'p>> {
    /// Fewest paragraphs that show how the text is set.
    const PARAGRAPHS: usize = 4;
    let mut settings: HashMap<Setting<'p>, usize> = HashMap::default();
    for (index, segment) in cut.segments.iter().enumerate() {
        let told = inside[index] && weighed.furniture[segment.region].is_none() && prose(segment) > 0.0;
        if told && tree.is(segment.block, Name::P) {
            *settings.entry(setting(tree, cut, index)).or_default() += 1;
        }
    }
    let most = settings.into_iter().max_by(|a, b| a.1.cmp(&b.1).then(b.0.2.cmp(&a.0.2)).then(b.0.1.cmp(&a.0.1)));
    most.filter(|(_, count)| *count >= PARAGRAPHS).map(|(setting, _)| setting)
}

/// A rule looks at one line by itself.
type Rule = fn(&Page<'_>, usize) -> Option<BlockKind>;

/// The rules in the order they are tried; the first that knows a line decides. What none knows is body, by its tag.
const RULES: &[(&str, Rule)] = &[
    ("claimed", claimed),
    ("breadcrumb", breadcrumb),
    ("embed", embed),
    ("furniture_region", furniture_region),
    ("furniture_phrase", furniture_phrase),
    ("outside", outside),
    ("caption", caption),
    ("photo_line", photo_line),
    ("correction", correction),
    ("byline", byline),
    ("signature", signature),
    ("timestamp", timestamp),
    ("only_links", only_links),
    ("mostly_links", mostly_links),
    ("subhead", subhead),
    ("bulleted", bulleted),
    ("paragraph_of_item", paragraph_of_item),
];

/// A pass looks at all lines at once.
type Pass = fn(&mut Page<'_>);

/// The passes in their order, after the rules.
const PASSES: &[(&str, Pass)] = &[
    ("witnessed", witnessed),
    ("boxed", boxed),
    ("cards", cards),
    ("slides", slides),
    ("live_entries", live_entries),
    ("writer_at_the_end", writer_at_the_end),
    ("links_at_the_end", links_at_the_end),
    ("behind_the_text", behind_the_text),
    ("heading_of_furniture", heading_of_furniture),
    ("scraps_at_the_ends", scraps_at_the_ends),
];

/// What the markup alone makes of a line.
pub(super) fn by_tag(tag: Tag) -> BlockKind {
    match tag {
        Tag::Heading(_) => BlockKind::Subhead,
        Tag::ListItem => BlockKind::ListItem,
        Tag::Quote => BlockKind::BlockQuote,
        Tag::Table => BlockKind::Table,
        Tag::Embed => BlockKind::Embed,
        Tag::Caption => BlockKind::Caption,
        Tag::Bare | Tag::Cell | Tag::Paragraph | Tag::Preformatted => BlockKind::Paragraph,
    }
}

/// Lines of the headline, standfirst, bylines and captions that the fields were read from. A sentence that is set as the
/// paragraphs around it are is one of them, though the metadata's description says the same, or a caption, or it begins
/// with a name: `<p>Ruth Pell, the coastguard's spokeswoman, said that the fog had come in fast.</p>`
fn claimed(page: &Page<'_>, index: usize) -> Option<BlockKind> {
    page.claimed[index].filter(|kind| {
        let may_be = matches!(kind, BlockKind::Standfirst | BlockKind::Caption | BlockKind::Byline);
        let set = page.is_set_as_text(index)
            || *kind == BlockKind::Byline && page.inside[index] && dates::find(page.words(index)).is_none();
        !(may_be && set && page.segment(index).sentence && page.segment(index).length > 80.0)
    })
}

/// `Home » Politics » Ferry inquiry opens`
fn breadcrumb(page: &Page<'_>, index: usize) -> Option<BlockKind> {
    phrases::is_breadcrumb(page.words(index)).then_some(BlockKind::Breadcrumb)
}

/// Posts of social networks inside the article.
fn embed(page: &Page<'_>, index: usize) -> Option<BlockKind> {
    (page.inside[index] && page.segment(index).tag == Tag::Embed).then_some(BlockKind::Embed)
}

/// Lines in a part of the page whose element or name says that it is furniture.
fn furniture_region(page: &Page<'_>, index: usize) -> Option<BlockKind> {
    page.weighed.furniture[page.segment(index).region]
}

/// Lines that give themselves away by their words.
fn furniture_phrase(page: &Page<'_>, index: usize) -> Option<BlockKind> {
    phrases::furniture(page.words(index))
}

/// Lines outside the container are the page's, not the article's.
fn outside(page: &Page<'_>, index: usize) -> Option<BlockKind> {
    (!page.inside[index]).then_some(BlockKind::Other)
}

/// Lines under a picture: `<figcaption>`, or a short line whose element is named so.
fn caption(page: &Page<'_>, index: usize) -> Option<BlockKind> {
    const MAX: f32 = 600.0;
    let segment = page.segment(index);
    let named = page.hint(index) == Some(Hint::Caption) && segment.length < MAX;
    (named || segment.tag == Tag::Caption).then_some(BlockKind::Caption)
}

/// "Photo: Ana Reyes/CPA"
fn photo_line(page: &Page<'_>, index: usize) -> Option<BlockKind> {
    phrases::is_photo_line(page.words(index)).then_some(BlockKind::Caption)
}

/// A short line that begins with a name from the bylines: `Mira Castellan, reporting from Port Ellery`.
fn signature(page: &Page<'_>, index: usize) -> Option<BlockKind> {
    const MAX: f32 = 80.0;
    let words = page.words(index);
    let signed = page.names.iter().any(|name| words.starts_with(name.as_str()));
    (signed && page.segment(index).length < MAX && !page.segment(index).sentence).then_some(BlockKind::Byline)
}

/// A short line that is a date or a time of day: `9 March 2026`, `20:25`.
fn timestamp(page: &Page<'_>, index: usize) -> Option<BlockKind> {
    const MAX: f32 = 60.0;
    let words = page.words(index);
    // "4:05 p.m." ends with a stop and no sentence.
    let sentence = page.segment(index).sentence && !words.ends_with("m.");
    let is_date = page.segment(index).length < MAX
        && !sentence
        && (is_clock(words) || dates::find(words).is_some_and(|(_, range)| range.len() * 2 > words.len()));
    is_date.then_some(BlockKind::Dateline)
}

/// `20:25`, `8.25 pm`, `20h25`
fn is_clock(words: &str) -> bool {
    let hours = words.len() - words.trim_start_matches(|char: char| char.is_ascii_digit()).len();
    if !(1..=2).contains(&hours) {
        return false;
    }
    let mut rest = words[hours..].chars();
    let minutes =
        matches!(rest.next(), Some(':' | '.' | 'h')) && rest.by_ref().take(2).all(|char| char.is_ascii_digit());
    let behind = || rest.as_str().trim_matches(|char: char| char.is_whitespace() || char == '.').to_lowercase();
    minutes && matches!(behind().as_str(), "" | "am" | "pm" | "a.m" | "p.m" | "uhr" | "gmt" | "cet")
}

/// A short line in bold, or in capitals, that is no sentence: a heading without the element.
fn subhead(page: &Page<'_>, index: usize) -> Option<BlockKind> {
    const MAX: f32 = 90.0;
    /// Most words of a heading in capitals.
    const MAX_SHOUTED: usize = 8;
    let segment = page.segment(index);
    let words = segment.words.text();
    let plain = matches!(segment.tag, Tag::Paragraph | Tag::Bare | Tag::Cell);
    let capitals = || words.chars().filter(|char| char.is_uppercase()).count();
    let shouts = || {
        !words.chars().any(char::is_lowercase) && capitals() > 4 && words.split_whitespace().nth(MAX_SHOUTED).is_none()
    };
    let heads = plain && segment.length < MAX && segment.links.is_empty() && (segment.bold || shouts());
    // A heading may ask or exclaim, also in quotation marks: ‘Who’s going to buy my bread?’
    let words = words.trim_end_matches(['"', '”', '’', '\'', '»']).trim_end_matches(['?', '!']);
    (heads && !is_sentence(words)).then_some(BlockKind::Subhead)
}

/// `- a ceasefire of 60 days;`: lines that begin with a mark of a list, two or more of them in one element.
fn bulleted(page: &Page<'_>, index: usize) -> Option<BlockKind> {
    let is_point = |index: usize, block: NodeId| {
        page.cut.segments.get(index).is_some_and(|line| line.block == block && begins_with_bullet(line.words.text()))
    };
    let block = page.segment(index).block;
    let neighbour = is_point(index + 1, block) || (index > 0 && is_point(index - 1, block));
    (is_point(index, block) && neighbour).then_some(BlockKind::ListItem)
}

/// A paragraph of a list item that holds several is a paragraph: entries of a live page are often items.
fn paragraph_of_item(page: &Page<'_>, index: usize) -> Option<BlockKind> {
    let segment = page.segment(index);
    if segment.tag != Tag::ListItem || !page.tree.is(segment.block, Name::P) {
        return None;
    }
    let mut region = segment.region;
    while region != 0 && !matches!(page.tree.name(page.cut.regions[region].node), Name::LI | Name::DD) {
        region = page.cut.regions[region].parent;
    }
    (page.cut.regions[region].segments.len() > 1).then_some(BlockKind::Paragraph)
}

/// "Correction: an earlier version of this article said …"
fn correction(page: &Page<'_>, index: usize) -> Option<BlockKind> {
    phrases::is_correction(page.words(index)).then_some(BlockKind::Correction)
}

/// A short line whose element is named for the writer or the date. Long sentences are prose.
fn byline(page: &Page<'_>, index: usize) -> Option<BlockKind> {
    const MAX: f32 = 160.0;
    const SENTENCE: f32 = 80.0;
    let segment = page.segment(index);
    let named =
        page.hint(index) == Some(Hint::Byline) && segment.length < MAX && !matches!(segment.tag, Tag::Heading(_));
    let named = named && !(segment.length > SENTENCE && segment.sentence);
    named.then_some(BlockKind::Byline)
}

/// A line that is nothing but links, and no sentence: a pointer to another article. A heading among the text's paragraphs is
/// none, though it leads to the shop or the film that they speak of; nor is an address that is spelt out among them.
fn only_links(page: &Page<'_>, index: usize) -> Option<BlockKind> {
    const LINKED: f32 = 0.85;
    let segment = page.segment(index);
    let spelt_out = || page.is_set_as_text(index) && phrases::is_address(page.words(index));
    let pointer = segment.linked > LINKED && !segment.sentence && !page.heads_text(index) && !spelt_out();
    pointer.then_some(BlockKind::Related)
}

/// A line in a list, a box or a row whose words are links for the most part: teasers with a date or a label to each.
fn mostly_links(page: &Page<'_>, index: usize) -> Option<BlockKind> {
    page.mostly_links[page.segment(index).region].then_some(BlockKind::Related)
}

/// The entries of a live page: at least three neighbours built alike, each with a heading and a time of its own. The
/// heading is the entry's; all else in it is body as elsewhere.
fn live_entries(page: &mut Page<'_>) {
    const MIN_ENTRIES: usize = 3;
    let head = |page: &Page<'_>, region: usize| {
        let mut lines = page.cut.regions[region].segments.clone();
        lines.find(|&line| page.kinds[line] == BlockKind::Subhead)
    };
    let is_timed = |page: &Page<'_>, region: usize| {
        let mut lines = page.cut.regions[region].segments.clone();
        head(page, region).is_some() && lines.any(|line| page.kinds[line] == BlockKind::Dateline)
    };
    // Regions lie in one another: those without any heading are told by two numbers, not by their lines.
    let headings = running(page.kinds.iter().map(|kind| *kind == BlockKind::Subhead));
    let has_headings = |lines: &Range<usize>| headings[lines.end] > headings[lines.start];
    for parent in 0..page.cut.regions.len() {
        let region = &page.cut.regions[parent];
        if page.weighed.furniture[parent].is_some() || !has_headings(&region.segments) {
            continue;
        }
        let timed: Vec<usize> = below(page.cut, parent).filter(|&region| is_timed(page, region)).collect();
        if timed.len() < MIN_ENTRIES {
            continue;
        }
        // An entry whose time is not known as one, among others built alike, is an entry too.
        let name = page.tree.name(page.cut.regions[timed[0]].node);
        for region in below(page.cut, parent) {
            if page.tree.is(page.cut.regions[region].node, name)
                && let Some(head) = head(page, region)
            {
                page.kinds[head] = BlockKind::LiveEntry;
            }
        }
    }
}

/// How many of some are true before each, and in all.
fn running(some: impl Iterator<Item = bool>) -> Vec<usize> {
    let mut count = 0;
    let before = some.map(|one| {
        count += usize::from(one);
        count
    });
    std::iter::once(0).chain(before).collect()
}

/// The last lines of the body, where they speak of the writer: "Wally Breck has covered the waterfront since 1988."
fn writer_at_the_end(page: &mut Page<'_>) {
    const LINES: usize = 6;
    const MAX: f32 = 500.0;
    const SPEAKS_OF: [&str; 12] = [
        " is a ",
        " is an ",
        " is the ",
        " covers ",
        " has covered ",
        " writes ",
        " can be reached",
        " joined ",
        " reports ",
        " ist ",
        " est ",
        " es ",
    ];
    let last = (0..page.kinds.len()).rev().filter(|&index| page.kinds[index].role() == BlockRole::Body).take(LINES);
    for index in last.collect::<Vec<_>>() {
        let words = page.words(index);
        let about = page.names.iter().any(|name| {
            let (head, rest) = words.split_at(words.floor_char_boundary(name.len()));
            // Bylines shout: "By WALLY BRECK".
            head.to_lowercase() == name.to_lowercase() && SPEAKS_OF.iter().any(|verb| rest.starts_with(verb))
        });
        if about && page.segment(index).length < MAX {
            page.kinds[index] = BlockKind::AuthorBox;
        }
    }
}

/// Items of lists behind the last sentence of the body, each with a link: more to read.
fn links_at_the_end(page: &mut Page<'_>) {
    for index in (0..page.kinds.len()).rev() {
        let segment = page.segment(index);
        let sentence = segment.sentence && segment.linked < 0.5;
        if page.kinds[index].role() == BlockRole::Body && sentence {
            break;
        }
        if page.kinds[index] == BlockKind::ListItem && !segment.links.is_empty() {
            page.kinds[index] = BlockKind::Related;
        }
    }
}

/// A heading that nothing of the body follows before the next heading is the heading of furniture: "More on this". One right
/// above a deeper heading with a text of its own stands above that text too; and a line that was held for a heading because it
/// is bold or shouts, and ends as a sentence, is one where text goes on below: `<p><b>We can't recommend it!</b></p>
/// <h2>Prices</h2> …`
fn heading_of_furniture(page: &mut Page<'_>) {
    let mut followed = false;
    let mut goes_on = false;
    let mut after: Option<BlockKind> = None;
    // The heading below, where it is one of the text: its line and rank.
    let mut below: Option<(usize, u8)> = None;
    for index in (0..page.kinds.len()).rev() {
        let kind = page.kinds[index];
        if kind == BlockKind::Subhead {
            let rank = match page.segment(index).tag {
                Tag::Heading(rank) => Some(rank),
                _ => None,
            };
            let above = rank.is_some_and(|rank| below.is_some_and(|(line, other)| line == index + 1 && rank < other));
            if !followed && !above {
                page.kinds[index] = match rank {
                    None if goes_on && page.words(index).ends_with(['!', '?']) => BlockKind::Paragraph,
                    _ => after.filter(|kind| kind.role() == BlockRole::Furniture).unwrap_or(BlockKind::Other),
                };
            }
            let told = page.kinds[index].role() == BlockRole::Body;
            below = rank.filter(|_| told).map(|rank| (index, rank));
            followed = page.kinds[index] == BlockKind::Paragraph;
            after = Some(page.kinds[index]);
            continue;
        }
        followed = followed || kind.role() == BlockRole::Body;
        goes_on = goes_on || kind == BlockKind::Paragraph && page.segment(index).sentence;
        after = Some(kind);
    }
}

/// Lines before the first and after the last sentence of the body that are no sentences are labels: a section's name,
/// a date, a list of tags.
fn scraps_at_the_ends(page: &mut Page<'_>) {
    /// Lines behind the last sentence that may still be the text's, where they are set as it: "With agency reports".
    const NEAR: usize = 1;
    /// From this length on an item before the first sentence is a point of a summary.
    const POINT: f32 = 40.0;
    let is_text = |page: &Page<'_>, index: usize| {
        let segment = page.segment(index);
        page.kinds[index].role() == BlockRole::Body
            && (segment.sentence || segment.length > 120.0)
            && !matches!(segment.tag, Tag::Heading(_))
    };
    let texts: Vec<usize> = (0..page.kinds.len()).filter(|&index| is_text(page, index)).collect();
    let (Some(&first), Some(&last)) = (texts.first(), texts.last()) else { return };
    for index in (0..first).chain(last + 1..page.kinds.len()) {
        let segment = page.segment(index);
        let point = matches!(segment.tag, Tag::Quote | Tag::Preformatted)
            || (segment.tag == Tag::ListItem && (index > first || segment.length > POINT));
        // Before the first sentence only a heading's element makes one: "LOCAL NEWS" in a cell is the section's name.
        let heads = page.kinds[index] == BlockKind::LiveEntry
            || page.kinds[index] == BlockKind::Subhead && (index > first || matches!(segment.tag, Tag::Heading(_)));
        let goes_on = index > last && index - last <= NEAR && page.is_set_as_text(index) && segment.links.is_empty();
        if page.kinds[index].role() == BlockRole::Body && !point && !heads && !goes_on {
            page.kinds[index] = BlockKind::Other;
        }
    }
}
