//! How lines and parts of a page are set, by their elements and classes.

use super::segments::{Region, Segments};
use super::weights::RegionWeights;
use foldhash::HashMap;
use onrecord_html::{HtmlName, NodeId, Tree};

/// How a line is set: its element, that element's class, and the region that it stands in.
pub(super) type LineStyle<'p> = (HtmlName, Option<&'p str>, usize);

/// How a line is set.
pub(super) fn line_style<'p>(tree: &'p Tree<'_>, cut: &Segments, index: usize) -> LineStyle<'p> {
    let segment = &cut.segments[index];
    let class = tree.attr_named(segment.block, HtmlName::CLASS).map(|class| class.raw());
    (tree.name(segment.block), class, cut.regions[segment.region].parent)
}

/// How most of the article's paragraphs are set; `None` where there are too few to tell.
pub(super) fn text_style<'p>(
    tree: &'p Tree<'_>,
    cut: &Segments,
    weights: &RegionWeights,
    inside: &[bool],
) -> Option<LineStyle<'p>> {
    /// Fewest paragraphs that show how the text is set.
    const PARAGRAPHS: usize = 4;
    let mut styles: HashMap<LineStyle<'p>, usize> = HashMap::default();
    for (index, segment) in cut.segments.iter().enumerate() {
        let is_text = inside[index] && weights.furniture[segment.region].is_none() && segment.prose() > 0.0;
        if is_text && tree.is(segment.block, HtmlName::P) {
            *styles.entry(line_style(tree, cut, index)).or_default() += 1;
        }
    }
    let most = styles.into_iter().max_by(|a, b| a.1.cmp(&b.1).then(b.0.2.cmp(&a.0.2)).then(b.0.1.cmp(&a.0.1)));
    most.filter(|(_, count)| *count >= PARAGRAPHS).map(|(style, _)| style)
}

/// How the paragraphs of a part are set: element and class of most of their words. `None` where the part has no prose.
pub(super) type PartStyle<'s> = Option<(HtmlName, Option<&'s str>)>;

/// How the paragraphs of a part are set.
pub(super) fn part_style<'s>(tree: &Tree<'s>, cut: &Segments, region: &Region) -> PartStyle<'s> {
    let mut styles: Vec<((HtmlName, Option<&str>), f32)> = Vec::new();
    for segment in &cut.segments[region.segments.clone()] {
        let weight = segment.prose();
        if weight <= 0.0 {
            continue;
        }
        let own = (tree.name(segment.block), class_of(tree, segment.block));
        match styles.iter_mut().find(|(known, _)| *known == own) {
            Some((_, total)) => *total += weight,
            None => styles.push((own, weight)),
        }
    }
    styles.into_iter().max_by(|a, b| a.1.total_cmp(&b.1)).map(|(style, _)| style)
}

/// Whether two regions are the same element with the same class: `<div class="csc-default">`, in which content management
/// systems wrap each element of a text. Elements without a class are never alike.
pub(super) fn built_alike(tree: &Tree<'_>, cut: &Segments, one: usize, other: usize) -> bool {
    let (one, other) = (cut.regions[one].node, cut.regions[other].node);
    let class = class_of(tree, one);
    class.is_some() && class_of(tree, other) == class && tree.name(one) == tree.name(other)
}

/// The class of an element, unless it is empty.
pub(super) fn class_of<'s>(tree: &Tree<'s>, node: NodeId) -> Option<&'s str> {
    tree.attr_named(node, HtmlName::CLASS).map(|attr| attr.raw()).filter(|class| !class.is_empty())
}
