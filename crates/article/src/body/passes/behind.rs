//! What follows the text and is set differently.

use super::chapters::Chapters;
use crate::body::lines::PageLines;
use onrecord_document::BlockKind;

/// After the text and then some furniture, lines that are set differently from the text belong to the page: "About us", a second
/// list of teasers, terms of use.
///
/// [Chapters] among the paragraphs are kept. So is everything if these lines are a good part of what was read: then the text is
/// set in several ways.
pub(super) fn behind_the_text(page: &mut PageLines<'_>) {
    /// Share of the text's length up to which such lines are taken for furniture.
    const PART: f32 = 0.3;
    let text: Vec<usize> =
        (0..page.kinds.len()).filter(|&index| page.is_body(index) && page.is_set_as_text(index)).collect();
    let Some(&last) = text.last() else { return };
    let length =
        |page: &PageLines<'_>, lines: &[usize]| lines.iter().map(|&line| page.segment(line).length).sum::<f32>();
    let mut apart = false;
    let mut chapters = Chapters::default();
    let mut behind = Vec::new();
    for index in last + 1..page.kinds.len() {
        let vouched = page.vouched.get(index).copied().unwrap_or_default();
        match page.kinds[index] {
            BlockKind::Notice => {}
            _ if page.is_furniture(index) => apart = true,
            BlockKind::Correction => {}
            _ if apart && !vouched && page.is_body(index) => {
                let of_text = page.text_style.is_some_and(|(.., around)| chapters.holds(page.cut, index, around));
                if !of_text {
                    behind.push(index);
                }
            }
            _ => {}
        }
    }
    if length(page, &behind) <= PART * length(page, &text) {
        for index in behind {
            page.kinds[index] = BlockKind::Other;
        }
    }
}
