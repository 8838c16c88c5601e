//! The entries of live pages.

use crate::body::lines::PageLines;
use onrecord_document::BlockKind;
use std::ops::Range;

/// At least three neighbours built alike, each with its own heading and time, are the entries of a live page. The heading is the
/// entry's; everything else in it is sorted as elsewhere.
pub(super) fn live_entries(page: &mut PageLines<'_>) {
    /// Fewest entries of a live page.
    const MIN_ENTRIES: usize = 3;
    let head = |page: &PageLines<'_>, region: usize| {
        let mut lines = page.cut.regions[region].segments.clone();
        lines.find(|&line| page.kinds[line] == BlockKind::Subhead)
    };
    let is_timed = |page: &PageLines<'_>, region: usize| {
        let mut lines = page.cut.regions[region].segments.clone();
        head(page, region).is_some() && lines.any(|line| page.kinds[line] == BlockKind::Dateline)
    };
    // Regions lie inside one another, so those without a heading are recognised by two numbers instead of by their lines.
    let headings = running(page.kinds.iter().map(|kind| *kind == BlockKind::Subhead));
    let has_headings = |lines: &Range<usize>| headings[lines.end] > headings[lines.start];
    for parent in 0..page.cut.regions.len() {
        let region = &page.cut.regions[parent];
        if page.weights.furniture[parent].is_some() || !has_headings(&region.segments) {
            continue;
        }
        let timed: Vec<usize> = page.cut.below(parent).filter(|&region| is_timed(page, region)).collect();
        if timed.len() < MIN_ENTRIES {
            continue;
        }
        // Among the others, one whose time was not recognised is an entry too.
        let name = page.tree.name(page.cut.regions[timed[0]].node);
        for region in page.cut.below(parent) {
            if page.tree.is(page.cut.regions[region].node, name)
                && let Some(head) = head(page, region)
            {
                page.kinds[head] = BlockKind::LiveEntry;
            }
        }
    }
}

/// Running counts: how many values are true before each, and in all.
fn running(values: impl Iterator<Item = bool>) -> Vec<usize> {
    let mut count = 0;
    let before = values.map(|value| {
        count += usize::from(value);
        count
    });
    std::iter::once(0).chain(before).collect()
}
