//! Linked headings of the text.

use super::cards::lead_elsewhere;
use crate::body::lines::PageLines;
use crate::body::segments::Markup;
use onrecord_document::BlockKind;

/// Longest way from a heading to the text under it, in lines: a picture's caption and a credit may stand between them.
const NEAR: usize = 3;

/// Share of links from which a line under a heading is not text.
const LINKED: f32 = 0.5;

/// Shortest paragraph under a heading that makes the heading the text's.
const PARAGRAPH: f32 = 100.0;

/// In an article that lists things, the headings are links to them. At least three headings of one rank that lead to other sites,
/// each with a paragraph of the text under it, are subheads.
///
/// `<h3><a href=…>Gull Rock trail</a></h3><p>The path begins behind the fish hall and follows the shore …</p>`
pub(super) fn linked_heads(page: &mut PageLines<'_>) {
    /// Fewest such headings.
    const FEWEST: usize = 3;
    let mut of_rank: [Vec<usize>; 7] = Default::default();
    for index in 0..page.kinds.len() {
        if let Markup::Heading(rank @ 2..=6) = page.segment(index).markup
            && page.kinds[index] == BlockKind::Related
            && page.inside[index]
            && page.weights.furniture[page.segment(index).region].is_none()
            && has_text_below(page, index)
        {
            of_rank[usize::from(rank)].push(index);
        }
    }
    let is_list = |heads: &Vec<usize>| heads.len() >= FEWEST && lead_elsewhere(page, heads);
    for index in of_rank.into_iter().filter(is_list).flatten().collect::<Vec<_>>() {
        page.kinds[index] = BlockKind::Subhead;
    }
}

/// Whether a paragraph of the text follows a line before the next heading.
fn has_text_below(page: &PageLines<'_>, index: usize) -> bool {
    let below = (index + 1..page.kinds.len()).take(NEAR);
    let mut below = below.take_while(|&line| !matches!(page.segment(line).markup, Markup::Heading(_)));
    below.any(|line| {
        let segment = page.segment(line);
        page.is_body(line) && segment.sentence && segment.length > PARAGRAPH && segment.linked < LINKED
    })
}
