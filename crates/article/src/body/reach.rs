//! What belongs to the article outside its container: leads, second halves, paragraphs around it.

use super::hints::Hint;
use super::segments::{Markup, Region, Segment, Segments};
use super::style::{PartStyle, built_alike, class_of, part_style};
use super::weights::{RegionWeights, STORY};
use onrecord_html::{HtmlName, Tree};

/// By line: whether it stands in the article's region `at`, or in a neighbour that continues the text: a lead before it, the
/// second half of a text that an advertisement cuts in two, the other elements of a page built from separate elements.
pub(super) fn reach(tree: &Tree<'_>, cut: &Segments, weights: &RegionWeights, at: usize) -> Vec<bool> {
    /// Levels above the container on which neighbours built alike are considered.
    const LEVELS: usize = 4;
    /// Levels above the container on which all neighbours are considered.
    const NEAR: usize = 3;
    /// Share of links from which a neighbour is a list of links.
    const LINKED: f32 = 0.3;
    let mut inside = vec![false; cut.segments.len()];
    inside[cut.regions[at].segments.clone()].fill(true);
    let class = class_of(tree, cut.regions[at].node);
    let style = part_style(tree, cut, &cut.regions[at]);
    // A neighbour with its own headline is another article. Lower headings may be those of the article's own parts.
    let headline = weights.headline.map(|line| (line, cut.segments[line].markup));
    let is_another = |region: &Region| match headline {
        Some((line, markup @ Markup::Heading(1))) if !region.segments.contains(&line) => {
            cut.segments[region.segments.clone()].iter().any(|line| line.markup == markup)
        }
        _ => false,
    };
    let mut level = at;
    for up in 0..LEVELS {
        let parent = cut.regions[level].parent;
        if parent == 0 || parent == level || tree.is(cut.regions[parent].node, HtmlName::BODY) {
            break;
        }
        for neighbour in cut.below(parent).filter(|&region| region != level) {
            let region = &cut.regions[neighbour];
            let prose = weights.of(region.segments.clone());
            let near = up < NEAR
                && (tree.is(region.node, HtmlName::P)
                    || weights.hints[neighbour] == Some(Hint::Article)
                    || (class.is_some() && class_of(tree, region.node) == class)
                    || is_summary(cut, region)
                    || continues_style(tree, cut, region, &style));
            let continues = near
                || prose > STORY && built_alike(tree, cut, level, neighbour) && part_style(tree, cut, region) == style;
            if continues
                && !is_another(region)
                && weights.furniture[neighbour].is_none()
                && weights.linked[neighbour] < LINKED
                && prose > 0.0
            {
                inside[region.segments.clone()].fill(true);
            }
        }
        level = parent;
    }
    for line in nested_in(tree, cut, weights, at) {
        inside[line] = true;
    }
    inside
}

/// Paragraphs that stand directly in the elements around the container. Where elements are not closed, each paragraph lies in
/// the one before; where a page was written by hand, its first words may stand bare in the cell that holds all others.
///
/// `<div>Six people died.<div>The ferry struck the wall.<div>She was new.</div></div></div>`
fn nested_in(tree: &Tree<'_>, cut: &Segments, weights: &RegionWeights, container: usize) -> Vec<usize> {
    /// Levels without a paragraph of their own after which the search ends: what lies farther out is the page's.
    const GAP: usize = 3;
    /// Share of links from which a line is a link.
    const LINKED: f32 = 0.3;
    let mut found = Vec::new();
    let mut gap = 0;
    let mut around = cut.regions[container].parent;
    while around != 0 && gap < GAP && !tree.is(cut.regions[around].node, HtmlName::BODY) {
        let lines = cut.regions[around].segments.clone().filter(|&line| {
            let segment = &cut.segments[line];
            segment.region == around || cut.regions[segment.region].parent == around
        });
        let is_text =
            |line: &Segment| line.region == around && line.sentence && line.linked < LINKED && line.prose() > STORY;
        let heads = |line: &Segment| matches!(line.markup, Markup::Heading(2..)) && line.linked < LINKED;
        let lines: Vec<usize> =
            lines.filter(|&line| is_text(&cut.segments[line]) || heads(&cut.segments[line])).collect();
        if weights.furniture[around].is_none() && lines.iter().any(|&line| is_text(&cut.segments[line])) {
            found.extend(lines);
            gap = 0;
        } else {
            gap += 1;
        }
        around = cut.regions[around].parent;
    }
    found
}

/// Whether the paragraphs of a part are set like the container's: the second half of a text after an advertisement. If they
/// have no class, one of them must also be long.
fn continues_style(tree: &Tree<'_>, cut: &Segments, region: &Region, container: &PartStyle<'_>) -> bool {
    /// Prose of about one long paragraph.
    const PARAGRAPH: f32 = 150.0;
    let own = part_style(tree, cut, region);
    if own.is_none() || own != *container {
        return false;
    }
    let classed = own.is_some_and(|(_, class)| class.is_some());
    let longest = cut.segments[region.segments.clone()].iter().map(Segment::prose).fold(0.0, f32::max);
    classed || (own.is_some_and(|(name, _)| name == HtmlName::P) && longest > PARAGRAPH)
}

/// Whether a region is a list of points without links: the summary of a live page above its entries.
fn is_summary(cut: &Segments, region: &Region) -> bool {
    /// Shortest point of a summary; shorter items are tags.
    const MIN_POINT: f32 = 40.0;
    let lines = &cut.segments[region.segments.clone()];
    let points = lines.iter().filter(|line| line.markup == Markup::ListItem);
    let long = points.clone().filter(|line| line.length > MIN_POINT && line.links.is_empty()).count();
    long >= 2 && long * 3 >= points.count() * 2 && long + 2 >= lines.len()
}
