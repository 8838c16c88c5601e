//! Lines whose part of the page says what they are.

use crate::body::lines::PageLines;
use crate::body::segments::Markup;
use onrecord_document::BlockKind;

/// A post of a social network inside the article.
pub(super) fn embed(page: &PageLines<'_>, index: usize) -> Option<BlockKind> {
    (page.inside[index] && page.segment(index).markup == Markup::Embed).then_some(BlockKind::Embed)
}

/// A line in a part of the page that is furniture by its element or its names: `<footer>`, `<div class="share-bar">`.
pub(super) fn furniture_region(page: &PageLines<'_>, index: usize) -> Option<BlockKind> {
    page.weights.furniture[page.segment(index).region]
}

/// A line outside the article's part of the page.
pub(super) fn outside(page: &PageLines<'_>, index: usize) -> Option<BlockKind> {
    (!page.inside[index]).then_some(BlockKind::Other)
}
