//! What stands in the middle of the text, or behind it, and is not of it: passes over all lines that know furniture by what
//! bears witness of the text, by how the text is set, and by what is built alike. Names of classes play no part in them.

use crate::body::chapters::Chapters;
use crate::body::container::{below, prose};
use crate::body::segments::{Segment, Segments, Tag};
use crate::body::sift::{Page, by_tag};
use crate::body::witness::Witness;
use foldhash::HashMap;
use onrecord_document::{BlockKind, BlockRole};
use onrecord_html::Name;

/// Lines that the JSON-LD's `articleBody` speaks for or against, where it and the page plainly tell the same story.
///
/// A box in the middle of the text ("Sign up for …", a poll, another article's teaser) that the witness knows nothing of is
/// furniture; a paragraph behind the container's end that it has is body. Tables, posts and lists are often left out of
/// an `articleBody`, and subheads by some: of these kinds, lines are doubted only where the witness has most of them.
pub(super) fn witnessed(page: &mut Page<'_>) {
    /// Share of the body that the witness must have, and of the witness that the body must have, to be heard.
    const SAME: f32 = 0.7;
    /// Share of the lines of a kind that it must have for the others to be doubted.
    const OF_KIND: f32 = 0.6;
    /// Shortest line that it brings in.
    const SENTENCE: f32 = 60.0;
    let Some(witness) = page.witness.take() else { return };
    let shares: Vec<Option<f32>> = (0..page.kinds.len()).map(|index| witness.share(page.words(index))).collect();
    page.vouched = shares.iter().map(|&share| Witness::has(share)).collect();
    let is_body = |page: &Page<'_>, index: usize| page.kinds[index].role() == BlockRole::Body;
    let (mut all, mut known) = (0.0, 0.0);
    for index in (0..page.kinds.len()).filter(|&index| is_body(page, index)) {
        let length = page.segment(index).length;
        all += length;
        known += length * shares[index].unwrap_or(0.0);
    }
    if known < SAME * all || all <= 0.0 {
        return;
    }
    // What stands behind the end of a witness that is cut off is not doubted.
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
        let brought = page.kinds[index].role() == BlockRole::Furniture
            && page.claimed[index].is_none()
            && segment.length > SENTENCE
            && segment.sentence
            && segment.linked < 0.5
            && Witness::has(share);
        if brought {
            page.kinds[index] = by_tag(segment.tag);
        }
    }
}

/// Boxes among paragraphs. Where most of the text stands in `<p>`s at one depth, what stands deeper, in an element of its own
/// between them, is a box: a card, a picture's words, a form. So is a short line in a `<div>` where all else is in `<p>`s.
///
/// `<p>Six died.</p> <div class="css-1x"><div><p>Get our app.</p></div></div> <p>The ferry …</p>`
///
/// Lists, quotations, tables and posts are deeper by nature, and so are rows of [chapters](Chapters); and a box that says a good
/// part of what the text says is a part of it.
pub(super) fn boxed(page: &mut Page<'_>) {
    /// Fewest paragraphs at one depth that make boxes of deeper ones.
    const PARAGRAPHS: usize = 4;
    /// Share of the text's prose that must stand at that depth.
    const MOST: f32 = 0.7;
    /// Share of it from which on a box is a part of the text.
    const PART: f32 = 0.2;
    /// Longest line in a `<div>` that is doubted among `<p>`s.
    const LINE: f32 = 350.0;
    let depths = depths(page.cut);
    let depth = |index: usize| depths[page.cut.segments[index].region];
    let is_paragraph = |index: &usize| {
        let segment = &page.cut.segments[*index];
        page.kinds[*index] == BlockKind::Paragraph && page.tree.is(segment.block, Name::P) && prose(segment) > 0.0
    };
    let mut at_depth: HashMap<usize, (usize, f32)> = HashMap::default();
    let mut all = 0.0;
    for index in (0..page.kinds.len()).filter(|&index| page.kinds[index].role() == BlockRole::Body) {
        let weight = prose(&page.cut.segments[index]);
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
    // Whether all of a region is headings, and how much it says: worked out once for all of its lines.
    let mut all_headings: HashMap<usize, bool> = HashMap::default();
    let mut said: HashMap<usize, f32> = HashMap::default();
    let mut chapters = Chapters::default();
    for index in first..page.kinds.len() {
        let segment = &page.cut.segments[index];
        let plain = matches!(segment.tag, Tag::Bare | Tag::Paragraph | Tag::Cell | Tag::Heading(_));
        let told = matches!(page.kinds[index], BlockKind::Paragraph | BlockKind::Subhead);
        if !told || page.claimed[index].is_some() || !plain {
            continue;
        }
        // The box is the element that stands where a paragraph would.
        let mut around = segment.region;
        while depths[around] > main {
            around = page.cut.regions[around].parent;
        }
        let deeper = depth(index) > main && around != segment.region;
        let lines = page.cut.regions[around].segments.clone();
        let lines = &page.cut.segments[lines];
        let headings =
            *all_headings.entry(around).or_insert_with(|| lines.iter().all(|line| matches!(line.tag, Tag::Heading(_))));
        let list = matches!(page.tree.name(page.cut.regions[around].node), Name::UL | Name::OL | Name::DL);
        if headings || list || chapters.is_row(page.cut, around) {
            continue;
        }
        let bare = segment.tag == Tag::Bare
            && depth(index) == main
            && segment.length < LINE
            && !segment.sentence
            && !segment.bold
            && !page.tree.is(segment.block, Name::P);
        let mut says_little = || *said.entry(around).or_insert_with(|| lines.iter().map(prose).sum()) < PART * total;
        if (deeper && says_little()) || bare {
            boxed.push(index);
        }
    }
    for index in boxed {
        page.kinds[index] = BlockKind::Other;
    }
}

/// Cards that point to other articles: at least three neighbours built alike, each short, with a linked title and some words
/// that are not linked.
///
/// `<li><h3><a href=/1>Talks go on</a></h3><p>Both sides said that they were close.</p></li>`, three times
pub(super) fn cards(page: &mut Page<'_>) {
    const FEWEST: usize = 3;
    const LONGEST: f32 = 600.0;
    const LINKED: f32 = 0.85;
    /// Shortest title.
    const TITLE: f32 = 15.0;
    /// Letters of body that must be left: a page that is made of cards is not emptied.
    const LEFT: f32 = 400.0;
    let first_class = |region: usize| {
        let class = page.tree.attr_named(page.cut.regions[region].node, Name::CLASS).map(|class| class.raw());
        class.and_then(|class| class.split_ascii_whitespace().next()).unwrap_or_default()
    };
    let is_card = |region: usize| {
        let lines = &page.cut.segments[page.cut.regions[region].segments.clone()];
        // No more of a long region is looked at than shows that it is long: regions lie in one another.
        let is_short = || {
            let mut length = 0.0;
            lines.iter().all(|line| {
                length += line.length;
                length < LONGEST
            })
        };
        let is_title = |line: &Segment| line.linked > LINKED && line.length > TITLE && !line.sentence;
        let titled = lines.iter().take(2).any(is_title);
        let list = matches!(page.tree.name(page.cut.regions[region].node), Name::UL | Name::OL | Name::DL);
        let story = page.weighed.headline.is_some_and(|line| page.cut.regions[region].segments.contains(&line));
        lines.len() > 1 && titled && !list && !story && is_short()
    };
    let mut pointers = Vec::new();
    for parent in 0..page.cut.regions.len() {
        if page.cut.regions[parent].end - parent <= FEWEST || page.weighed.furniture[parent].is_some() {
            continue;
        }
        let mut alike: HashMap<(Name, &str), Vec<usize>> = HashMap::default();
        for region in below(page.cut, parent).filter(|&region| is_card(region)) {
            let name = page.tree.name(page.cut.regions[region].node);
            alike.entry((name, first_class(region))).or_default().push(region);
        }
        for region in alike.into_values().filter(|regions| regions.len() >= FEWEST).flatten() {
            pointers.extend(page.cut.regions[region].segments.clone());
        }
    }
    pointers.sort_unstable();
    pointers.dedup();
    pointers
        .retain(|&index| matches!(page.kinds[index], BlockKind::Paragraph | BlockKind::Subhead | BlockKind::ListItem));
    let body = (0..page.kinds.len()).filter(|&index| page.kinds[index].role() == BlockRole::Body);
    let all: f32 = body.map(|index| page.segment(index).length).sum();
    let pointing: f32 = pointers.iter().map(|&index| page.segment(index).length).sum();
    if all - pointing > LEFT {
        for index in pointers {
            page.kinds[index] = BlockKind::Teaser;
        }
    }
}

/// What comes behind furniture behind the text, and is set in another way than the text, is of the page: "About us", a second
/// list of teasers, terms of use. Not [chapters](Chapters) among the paragraphs, and not where it is a good part of what was
/// read: then the text is set in several ways.
pub(super) fn behind_the_text(page: &mut Page<'_>) {
    /// Share of the text's length up to which more is held for furniture.
    const PART: f32 = 0.3;
    let is_body = |page: &Page<'_>, index: usize| page.kinds[index].role() == BlockRole::Body;
    let text: Vec<usize> =
        (0..page.kinds.len()).filter(|&index| is_body(page, index) && page.is_set_as_text(index)).collect();
    let Some(&last) = text.last() else { return };
    let length = |page: &Page<'_>, lines: &[usize]| lines.iter().map(|&line| page.segment(line).length).sum::<f32>();
    let mut apart = false;
    let mut chapters = Chapters::default();
    let mut behind = Vec::new();
    for index in last + 1..page.kinds.len() {
        let vouched = page.vouched.get(index).copied().unwrap_or_default();
        match page.kinds[index] {
            BlockKind::Notice => {}
            kind if kind.role() == BlockRole::Furniture => apart = true,
            BlockKind::Correction => {}
            _ if apart && !vouched && is_body(page, index) => {
                let of_text = page.text.is_some_and(|(.., around)| chapters.holds(page.cut, index, around));
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

/// How deep each region lies.
fn depths(cut: &Segments) -> Vec<usize> {
    let mut depths = Vec::with_capacity(cut.regions.len());
    for (index, region) in cut.regions.iter().enumerate() {
        let depth = if index == 0 { 0 } else { depths[region.parent] + 1 };
        depths.push(depth);
    }
    depths
}
