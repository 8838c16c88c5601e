//! Articles whose text stands under pictures: slide shows, lists of sights with a picture each.

use crate::body::lines::PageLines;
use crate::body::segments::Markup;
use onrecord_document::BlockKind;

/// Fewest sentences under pictures that make a slide show.
const FEWEST: usize = 8;

/// How many times as much the words under pictures must say as the body does. Beside a text, they are captions.
const TIMES: f32 = 3.0;

/// If nearly everything that a page says stands under pictures, that is its text, and the headings above the pictures are its
/// subheads.
///
/// `<h2>3. The lighthouse</h2><figure><img src=3.jpg><figcaption>Built in 1871, it burns to this day.</figcaption></figure>`
pub(super) fn slides(page: &mut PageLines<'_>) {
    let captions: Vec<usize> = (0..page.kinds.len())
        .filter(|&index| {
            let segment = page.segment(index);
            page.kinds[index] == BlockKind::Caption && segment.markup == Markup::Caption && segment.sentence
        })
        .collect();
    if captions.len() < FEWEST {
        return;
    }
    let length = |index: usize| page.segment(index).length;
    let body = (0..page.kinds.len()).filter(|&index| page.is_body(index)).map(length).sum::<f32>();
    if captions.iter().map(|&index| length(index)).sum::<f32>() < TIMES * body {
        return;
    }
    for index in captions {
        page.kinds[index] = BlockKind::Paragraph;
        let above = index.checked_sub(1).filter(|&above| {
            matches!(page.segment(above).markup, Markup::Heading(_)) && page.kinds[above] == BlockKind::Other
        });
        if let Some(above) = above {
            page.kinds[above] = BlockKind::Subhead;
        }
    }
}
