//! Lines that the page's own JSON-LD speaks for or against.

use crate::body::lines::PageLines;
use crate::body::witness::Witness;
use onrecord_document::BlockKind;

/// If the `articleBody` of the JSON-LD and the page plainly tell the same story, lines that the `articleBody` does not have are
/// furniture: "Sign up for …", a poll, the teaser of another article. Paragraphs outside the container that it has are body.
///
/// An `articleBody` often lacks tables, posts and lists, and sometimes subheads. So lines of a kind are doubted only if the
/// witness has most lines of that kind.
pub(super) fn witnessed(page: &mut PageLines<'_>) {
    /// Share of the body that the witness must have to be believed.
    const SAME: f32 = 0.7;
    /// Share of the lines of a kind that it must have for the others to be doubted.
    const OF_KIND: f32 = 0.6;
    /// Share of links from which a line is not brought in.
    const LINKED: f32 = 0.5;
    /// Shortest line that is brought in.
    const SENTENCE: f32 = 60.0;
    let Some(witness) = page.witness.take() else { return };
    let shares: Vec<Option<f32>> = (0..page.kinds.len()).map(|index| witness.share(page.words(index))).collect();
    page.vouched = shares.iter().map(|&share| Witness::has(share)).collect();
    let (mut all, mut known) = (0.0, 0.0);
    for index in (0..page.kinds.len()).filter(|&index| page.is_body(index)) {
        let length = page.segment(index).length;
        all += length;
        known += length * shares[index].unwrap_or(0.0);
    }
    if known < SAME * all || all <= 0.0 {
        return;
    }
    // Lines after the end of a witness that is cut off are not doubted.
    let last = if witness.ends { None } else { shares.iter().rposition(|&share| Witness::has(share)) };
    let doubted = 0..last.unwrap_or(page.kinds.len());
    for kind in [BlockKind::Paragraph, BlockKind::Subhead, BlockKind::ListItem, BlockKind::BlockQuote] {
        let of_kind: Vec<usize> =
            doubted.clone().filter(|&index| page.kinds[index] == kind && shares[index].is_some()).collect();
        let has = of_kind.iter().filter(|&&index| Witness::has(shares[index])).count();
        if (has as f32) < OF_KIND * of_kind.len() as f32 {
            continue;
        }
        for index in of_kind {
            if Witness::has_not(shares[index]) {
                page.kinds[index] = BlockKind::Other;
            }
        }
    }
    for (index, &share) in shares.iter().enumerate() {
        let segment = page.segment(index);
        let brought = page.is_furniture(index)
            && page.claimed[index].is_none()
            && segment.length > SENTENCE
            && segment.sentence
            && segment.linked < LINKED
            && Witness::has(share);
        if brought {
            page.kinds[index] = segment.markup.kind();
        }
    }
}
