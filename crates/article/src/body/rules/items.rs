//! Items of lists, and paragraphs inside them.

use crate::body::lines::PageLines;
use crate::body::segments::Markup;
use crate::phrases::begins_with_bullet;
use onrecord_document::BlockKind;
use onrecord_html::{HtmlName, NodeId};

/// A line that begins with a bullet, next to another one in the same element: `- a ceasefire of 60 days;`
pub(super) fn bulleted(page: &PageLines<'_>, index: usize) -> Option<BlockKind> {
    let is_point = |index: usize, block: NodeId| {
        page.cut.segments.get(index).is_some_and(|line| line.block == block && begins_with_bullet(line.words.text()))
    };
    let block = page.segment(index).block;
    let neighbour = is_point(index + 1, block) || (index > 0 && is_point(index - 1, block));
    (is_point(index, block) && neighbour).then_some(BlockKind::ListItem)
}

/// One of several paragraphs in a list item is a paragraph: entries of live pages are often list items.
pub(super) fn paragraph_of_item(page: &PageLines<'_>, index: usize) -> Option<BlockKind> {
    let segment = page.segment(index);
    if segment.markup != Markup::ListItem || !page.tree.is(segment.block, HtmlName::P) {
        return None;
    }
    let mut region = segment.region;
    while region != 0 && !matches!(page.tree.name(page.cut.regions[region].node), HtmlName::LI | HtmlName::DD) {
        region = page.cut.regions[region].parent;
    }
    (page.cut.regions[region].segments.len() > 1).then_some(BlockKind::Paragraph)
}
