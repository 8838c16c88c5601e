//! Articles that are told in the words under pictures: slide shows, lists of things to see, each with a picture.

use crate::body::segments::Tag;
use crate::body::sift::Page;
use onrecord_document::{BlockKind, BlockRole};

/// Fewest sentences under pictures that make a slide show.
const FEWEST: usize = 8;

/// How many times as much the words under pictures must say as the rest of the body: beside a text, they are captions.
const TIMES: f32 = 3.0;

/// Where nearly all that the page says stands under pictures, that is its text, and the headings above the pictures are its
/// subheads.
///
/// `<h2>3. The lighthouse</h2><figure><img src=3.jpg><figcaption>Built in 1871, it burns to this day.</figcaption></figure>`
pub(super) fn slides(page: &mut Page<'_>) {
    let told: Vec<usize> = (0..page.kinds.len())
        .filter(|&index| {
            let segment = page.segment(index);
            page.kinds[index] == BlockKind::Caption && segment.tag == Tag::Caption && segment.sentence
        })
        .collect();
    if told.len() < FEWEST {
        return;
    }
    let length = |index: usize| page.segment(index).length;
    let body =
        (0..page.kinds.len()).filter(|&index| page.kinds[index].role() == BlockRole::Body).map(length).sum::<f32>();
    if told.iter().map(|&index| length(index)).sum::<f32>() < TIMES * body {
        return;
    }
    for index in told {
        page.kinds[index] = BlockKind::Paragraph;
        let above = index.checked_sub(1).filter(|&above| {
            matches!(page.segment(above).tag, Tag::Heading(_)) && page.kinds[above] == BlockKind::Other
        });
        if let Some(above) = above {
            page.kinds[above] = BlockKind::Subhead;
        }
    }
}
