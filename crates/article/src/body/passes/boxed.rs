//! Boxes among the paragraphs.

use super::chapters::Chapters;
use crate::body::lines::PageLines;
use crate::body::segments::{Markup, Segment, Segments};
use foldhash::HashMap;
use onrecord_document::BlockKind;
use onrecord_html::HtmlName;

/// Where most of the text stands in `<p>` elements at one depth, a deeper element between them is a box: a card, the words of a
/// picture, a form. So is a short line in a `<div>` if everything else is in `<p>` elements.
///
/// `<p>Six died.</p> <div class="css-1x"><div><p>Get our app.</p></div></div> <p>The ferry …</p>`
///
/// Lists, quotations, tables, posts and rows of [chapters](Chapters) are deeper by nature, and a box that holds a good part of
/// the text is part of it.
pub(super) fn boxed(page: &mut PageLines<'_>) {
    /// Fewest paragraphs at one depth that make deeper ones boxes.
    const PARAGRAPHS: usize = 4;
    /// Share of the text's prose that must stand at that depth.
    const MOST: f32 = 0.7;
    /// Share of it from which a box is part of the text.
    const PART: f32 = 0.2;
    /// Longest line in a `<div>` that is taken for a box.
    const LINE: f32 = 350.0;
    let depths = depths(page.cut);
    let depth = |index: usize| depths[page.cut.segments[index].region];
    let is_paragraph = |index: &usize| {
        let segment = &page.cut.segments[*index];
        page.kinds[*index] == BlockKind::Paragraph && page.tree.is(segment.block, HtmlName::P) && segment.prose() > 0.0
    };
    let mut at_depth: HashMap<usize, (usize, f32)> = HashMap::default();
    let mut all = 0.0;
    for index in (0..page.kinds.len()).filter(|&index| page.is_body(index)) {
        let weight = page.cut.segments[index].prose();
        all += weight;
        if is_paragraph(&index) {
            let (count, total) = at_depth.entry(depth(index)).or_default();
            *count += 1;
            *total += weight;
        }
    }
    let Some((&main, &(count, total))) = at_depth.iter().max_by(|a, b| a.1.1.total_cmp(&b.1.1).then(b.0.cmp(a.0)))
    else {
        return;
    };
    if count < PARAGRAPHS || total < MOST * all {
        return;
    }
    let Some(first) = (0..page.kinds.len()).find(|index| is_paragraph(index) && depth(*index) == main) else { return };
    let mut boxed = Vec::new();
    // By region: whether it has only headings, and how much prose it holds. Worked out once for all of its lines.
    let mut all_headings: HashMap<usize, bool> = HashMap::default();
    let mut prose: HashMap<usize, f32> = HashMap::default();
    let mut chapters = Chapters::default();
    for index in first..page.kinds.len() {
        let segment = &page.cut.segments[index];
        let plain = matches!(segment.markup, Markup::Bare | Markup::Paragraph | Markup::Cell | Markup::Heading(_));
        let is_text = matches!(page.kinds[index], BlockKind::Paragraph | BlockKind::Subhead);
        if !is_text || page.claimed[index].is_some() || !plain {
            continue;
        }
        // The box is the element that stands where a paragraph would stand.
        let mut around = segment.region;
        while depths[around] > main {
            around = page.cut.regions[around].parent;
        }
        let deeper = depth(index) > main && around != segment.region;
        let lines = page.cut.regions[around].segments.clone();
        let lines = &page.cut.segments[lines];
        let headings = *all_headings
            .entry(around)
            .or_insert_with(|| lines.iter().all(|line| matches!(line.markup, Markup::Heading(_))));
        let list = matches!(page.tree.name(page.cut.regions[around].node), HtmlName::UL | HtmlName::OL | HtmlName::DL);
        if headings || list || chapters.is_row(page.cut, around) {
            continue;
        }
        let bare = segment.markup == Markup::Bare
            && depth(index) == main
            && segment.length < LINE
            && !segment.sentence
            && !segment.bold
            && !page.tree.is(segment.block, HtmlName::P);
        let mut says_little =
            || *prose.entry(around).or_insert_with(|| lines.iter().map(Segment::prose).sum()) < PART * total;
        if (deeper && says_little()) || bare {
            boxed.push(index);
        }
    }
    for index in boxed {
        page.kinds[index] = BlockKind::Other;
    }
}

/// How deep each region lies.
fn depths(cut: &Segments) -> Vec<usize> {
    let mut depths = Vec::with_capacity(cut.regions.len());
    for (index, region) in cut.regions.iter().enumerate() {
        let depth = if index == 0 { 0 } else { depths[region.parent] + 1 };
        depths.push(depth);
    }
    depths
}
