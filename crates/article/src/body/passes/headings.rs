//! Headings without body text under them.

use crate::body::lines::PageLines;
use crate::body::segments::Markup;
use onrecord_document::BlockKind;

/// A heading without body text before the next heading is a heading of furniture: "More on this".
///
/// Two are kept. A heading right above a deeper heading that has text stands above that text too. And a line that was taken
/// for a heading because it is bold or in capitals is a paragraph if it ends like a sentence and text follows further down:
/// `<p><b>We can't recommend it!</b></p><h2>Prices</h2> …`
pub(super) fn heading_of_furniture(page: &mut PageLines<'_>) {
    let mut followed = false;
    let mut text_follows = false;
    // The next heading, if it is one of the text: its line and rank.
    let mut below: Option<(usize, u8)> = None;
    for index in (0..page.kinds.len()).rev() {
        let kind = page.kinds[index];
        if kind == BlockKind::Subhead {
            let rank = match page.segment(index).markup {
                Markup::Heading(rank) => Some(rank),
                _ => None,
            };
            let above = rank.is_some_and(|rank| below.is_some_and(|(line, other)| line == index + 1 && rank < other));
            if !followed && !above {
                page.kinds[index] = match rank {
                    None if text_follows && page.words(index).ends_with(['!', '?']) => BlockKind::Paragraph,
                    _ if index + 1 < page.kinds.len() && page.is_furniture(index + 1) => page.kinds[index + 1],
                    _ => BlockKind::Other,
                };
            }
            let is_body = page.is_body(index);
            below = rank.filter(|_| is_body).map(|rank| (index, rank));
            followed = page.kinds[index] == BlockKind::Paragraph;
            continue;
        }
        followed = followed || page.is_body(index);
        text_follows = text_follows || kind == BlockKind::Paragraph && page.segment(index).sentence;
    }
}
