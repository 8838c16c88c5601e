//! Lines under pictures.

use crate::body::hints::Hint;
use crate::body::lines::PageLines;
use crate::body::segments::Markup;
use onrecord_document::BlockKind;

/// A line in a `<figcaption>`, or a line of moderate length in an element named for captions.
pub(super) fn caption(page: &PageLines<'_>, index: usize) -> Option<BlockKind> {
    /// Themes also name whole columns of text for captions; a line longer than this is text.
    const LONGEST: f32 = 600.0;
    let segment = page.segment(index);
    let named = page.hint(index) == Some(Hint::Caption) && segment.length < LONGEST;
    (named || segment.markup == Markup::Caption).then_some(BlockKind::Caption)
}
