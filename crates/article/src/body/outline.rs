//! From a page to its lines and what each of them is: finds the article, then asks the rules and the passes.

use super::container::container;
use super::lines::PageLines;
use super::passes::PASSES;
use super::reach::reach;
use super::rules::{NamedRule, RULES, kind};
use super::segments::{Segment, Segments, segments, segments_without_scripts};
use super::style::text_style;
use super::weights::RegionWeights;
use super::witness::Witness;
use crate::ablation;
use foldhash::HashMap;
use onrecord_document::BlockKind;
use onrecord_html::{NodeId, Tree};

/// An element that a field was read from, and that is therefore not body.
#[derive(Copy, Clone, Debug)]
pub(crate) struct FieldElement {
    /// The element.
    pub node: NodeId,
    /// What it is.
    pub kind: BlockKind,
}

/// Letters of sentences below which a container may be the wrong one: about two sentences.
const NO_STORY: f32 = 200.0;

/// How many times as much another container must hold to be believed instead.
const MUCH_MORE: f32 = 2.0;

/// How many times as much a container must hold with what a click shows to be read so.
const MORE: f32 = 1.3;

/// Letters of a container's sentences outside furniture.
fn story_length(cut: &Segments, weights: &RegionWeights, at: Option<usize>) -> f32 {
    let Some(at) = at else { return 0.0 };
    let lines = &cut.segments[cut.regions[at].segments.clone()];
    let is_story = |line: &&Segment| weights.furniture[line.region].is_none() && line.prose() > 0.0;
    lines.iter().filter(is_story).map(|line| line.length).sum()
}

/// Whether a region lies in another one.
fn is_inside(cut: &Segments, inner: usize, outer: usize) -> bool {
    inner > outer && inner < cut.regions[outer].end
}

/// A page cut into lines, with the region that holds the article.
pub(crate) struct Outline<'p> {
    tree: &'p Tree<'p>,
    cut: Segments,
    weights: RegionWeights,
    at: Option<usize>,
}

impl<'p> Outline<'p> {
    /// Cuts a page into lines and finds the article's region.
    ///
    /// Where most of the text is hidden until a click on "Read more" or on the heading of a part, what the page hides is read.
    ///
    /// Where that region holds no story, the names of elements may mislead: `<div class="comments">` around a whole thread,
    /// `<div id="menu-page">`. So it looks again and ignores names, and then in what the page shows to readers without
    /// scripts: some pages have their text in a `<noscript>` that a script replaces.
    pub fn of(tree: &'p Tree<'p>) -> Self {
        let cut = segments(tree, tree.root());
        let weights = RegionWeights::new(tree, &cut);
        let at = container(tree, &cut, &weights);
        let strict = story_length(&cut, &weights, at);
        let says_more = |cut: &Segments, weights: &RegionWeights, at| {
            story_length(cut, weights, at) > MUCH_MORE * strict + NO_STORY
        };
        let shown = weights.showing_hidden(tree, &cut);
        if let Some(shown) = shown {
            let other = container(tree, &cut, &shown);
            let is_same = at.zip(other).is_some_and(|(at, other)| at == other || is_inside(&cut, at, other));
            if (is_same || strict < NO_STORY) && story_length(&cut, &shown, other) > MORE * strict + NO_STORY {
                return Outline { tree, cut, weights: shown, at: other };
            }
        }
        if strict < NO_STORY {
            let unnamed = weights.ignoring_names(tree, &cut);
            let at = container(tree, &cut, &unnamed);
            if says_more(&cut, &unnamed, at) {
                return Outline { tree, cut, weights: unnamed, at };
            }
            let cut = segments_without_scripts(tree);
            let weights = RegionWeights::new(tree, &cut);
            let at = container(tree, &cut, &weights);
            if says_more(&cut, &weights, at) {
                return Outline { tree, cut, weights, at };
            }
        }
        Outline { tree, cut, weights, at }
    }

    /// The element that holds the article; `None` where the page has no prose.
    pub fn container(&self) -> Option<NodeId> {
        self.at.map(|at| self.cut.regions[at].node)
    }

    /// The first line of the article that reads like a paragraph.
    pub fn first_paragraph(&self) -> Option<&Segment> {
        /// A shorter line above the text may be a label or a byline.
        const SHORTEST: f32 = 80.0;
        let lines = self.cut.regions[self.at?].segments.clone();
        self.cut.segments[lines].iter().find(|segment| segment.length > SHORTEST && segment.prose() > 0.0)
    }

    /// Whether the article's region says so little that it may not be the article.
    pub fn is_thin(&self) -> bool {
        story_length(&self.cut, &self.weights, self.at) < NO_STORY
    }

    /// Whether lines were left out because there are too many.
    pub fn cut_off(&self) -> bool {
        self.cut.is_full()
    }

    /// The lines in reading order, each with what it is. `names` are those in the bylines.
    pub fn sort(
        self,
        claims: &[FieldElement],
        names: &[String],
        witness: Option<Witness>,
    ) -> Vec<(BlockKind, Segment)> {
        self.sort_by(RULES, claims, names, witness)
    }

    /// [`sort`](Outline::sort) by other rules.
    pub(super) fn sort_by(
        self,
        rules: &[NamedRule],
        claims: &[FieldElement],
        names: &[String],
        witness: Option<Witness>,
    ) -> Vec<(BlockKind, Segment)> {
        let Outline { tree, cut, weights, at } = self;
        let claimed = claimed_lines(tree, &cut, claims);
        let kinds = match at {
            Some(at) => {
                let inside = reach(tree, &cut, &weights, at);
                let text_style = text_style(tree, &cut, &weights, &inside);
                let mut page = PageLines {
                    tree,
                    names,
                    witness,
                    vouched: Vec::new(),
                    text_style,
                    cut: &cut,
                    weights: &weights,
                    hints: weights.hints_below(&cut, at),
                    mostly_links: weights.in_mostly_links(&cut, at),
                    inside,
                    kinds: Vec::new(),
                    claimed,
                };
                page.kinds = (0..cut.segments.len()).map(|index| kind(rules, &page, index)).collect();
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

/// By line: what the elements that fields were read from make of it. A block element claims the lines below it, an inline
/// element the line that it stands in.
fn claimed_lines(tree: &Tree<'_>, cut: &Segments, claims: &[FieldElement]) -> Vec<Option<BlockKind>> {
    /// Longest byline or date, all its lines together; more is a part of the page that also holds one.
    const SHORT: f32 = 240.0;
    /// The same for a headline, a standfirst or a caption.
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
