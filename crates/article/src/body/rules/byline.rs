//! Lines that name the writer.

use crate::body::hints::Hint;
use crate::body::lines::PageLines;
use crate::body::segments::Markup;
use onrecord_document::BlockKind;

/// A short line whose element is named for the writer or the date, such as `<p class="byline">`. Longer sentences in such an
/// element are prose.
pub(super) fn byline(page: &PageLines<'_>, index: usize) -> Option<BlockKind> {
    /// Longest byline, with the writer's role and the date.
    const LONGEST: f32 = 160.0;
    /// Longest byline that ends like a sentence.
    const LONGEST_SENTENCE: f32 = 80.0;
    let segment = page.segment(index);
    let is_byline = page.hint(index) == Some(Hint::Byline)
        && segment.length < LONGEST
        && !matches!(segment.markup, Markup::Heading(_))
        && !(segment.sentence && segment.length > LONGEST_SENTENCE);
    is_byline.then_some(BlockKind::Byline)
}

/// A short line that begins with a name from the bylines: `Mira Castellan, reporting from Port Ellery`.
pub(super) fn signature(page: &PageLines<'_>, index: usize) -> Option<BlockKind> {
    /// A longer line says something about the writer, and belongs to the text or to an author box.
    const LONGEST: f32 = 80.0;
    let words = page.words(index);
    let signed = page.names.iter().any(|name| words.starts_with(name.as_str()));
    let segment = page.segment(index);
    (signed && segment.length < LONGEST && !segment.sentence).then_some(BlockKind::Byline)
}
