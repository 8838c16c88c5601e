//! Lines that a field was read from.

use crate::body::lines::PageLines;
use crate::dates;
use onrecord_document::BlockKind;

/// A line of the headline, standfirst, bylines or captions that the fields were read from.
///
/// A sentence that is set like the paragraphs around it stays a paragraph, even if the page's description repeats it or it
/// begins with a name: `<p>Ruth Pell, the coastguard's spokeswoman, said that the fog had come in fast.</p>`
pub(super) fn claimed(page: &PageLines<'_>, index: usize) -> Option<BlockKind> {
    /// Longest sentence that a field claims although it is set like the text.
    const LONGEST_SENTENCE: f32 = 80.0;
    page.claimed[index].filter(|kind| {
        let may_be_text = matches!(kind, BlockKind::Standfirst | BlockKind::Caption | BlockKind::Byline);
        let set_as_text = page.is_set_as_text(index)
            || *kind == BlockKind::Byline && page.inside[index] && dates::find(page.words(index)).is_none();
        let segment = page.segment(index);
        !(may_be_text && set_as_text && segment.sentence && segment.length > LONGEST_SENTENCE)
    })
}
