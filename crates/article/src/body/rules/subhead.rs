//! Headings that are set as paragraphs.

use crate::body::lines::PageLines;
use crate::body::segments::Markup;
use crate::body::sentence::is_sentence;
use onrecord_document::BlockKind;

/// A short line in bold or in capitals that is not a sentence: `<p><b>What is known</b></p>`.
pub(super) fn subhead(page: &PageLines<'_>, index: usize) -> Option<BlockKind> {
    /// Longest subhead; a longer bold line is an emphasised paragraph.
    const LONGEST: f32 = 90.0;
    /// Fewest capitals of a subhead in capitals: fewer are an acronym.
    const CAPITALS: usize = 5;
    /// Most words of a subhead in capitals.
    const WORDS_IN_CAPITALS: usize = 8;
    let segment = page.segment(index);
    let words = segment.words.text();
    let plain = matches!(segment.markup, Markup::Paragraph | Markup::Bare | Markup::Cell);
    let capitals = || words.chars().filter(|char| char.is_uppercase()).count();
    let shouts = || {
        !words.chars().any(char::is_lowercase)
            && capitals() >= CAPITALS
            && words.split_whitespace().nth(WORDS_IN_CAPITALS).is_none()
    };
    let heads = plain && segment.length < LONGEST && segment.links.is_empty() && (segment.bold || shouts());
    // A heading may ask or exclaim, also in quotation marks: ‘Who’s going to buy my bread?’
    let words = words.trim_end_matches(['"', '”', '’', '\'', '»']).trim_end_matches(['?', '!']);
    (heads && !is_sentence(words)).then_some(BlockKind::Subhead)
}
