//! Lines that are links to other pages.

use crate::body::lines::PageLines;
use crate::phrases;
use onrecord_document::BlockKind;

/// A line that is only links and not a sentence points to another article.
///
/// A heading among the text's paragraphs stays a heading, even if it links to the shop or the film that they are about. An
/// address that is spelt out among them stays text.
pub(super) fn only_links(page: &PageLines<'_>, index: usize) -> Option<BlockKind> {
    /// Share of links above which a line is only links: a bullet or a comma may stand between them.
    const LINKED: f32 = 0.85;
    let segment = page.segment(index);
    let spelt_out = || page.is_set_as_text(index) && phrases::is_address(page.words(index));
    let pointer = segment.linked > LINKED && !segment.sentence && !page.heads_text(index) && !spelt_out();
    pointer.then_some(BlockKind::Related)
}

/// A line in a list, box or row that is mostly links: teasers, each with a date or a label.
pub(super) fn mostly_links(page: &PageLines<'_>, index: usize) -> Option<BlockKind> {
    page.mostly_links[page.segment(index).region].then_some(BlockKind::Related)
}
