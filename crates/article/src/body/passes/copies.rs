//! Copies of the text: what a page says a second time.

use crate::body::lines::PageLines;
use crate::body::witness::{RUN, hash, push_words};
use foldhash::{HashMap, HashSet};
use onrecord_document::BlockKind;

/// Shortest line that can be a copy; shorter ones repeat by chance or on purpose, as pull quotes do.
const SHORTEST: f32 = 200.0;

/// Share of a line's runs of words that other lines must have for it to be a copy of them.
const COPIED: f32 = 0.9;

/// Share of the long paragraphs that must stand twice for the second ones to be a copy of the story.
const SECOND: f32 = 0.5;

/// Fewest lines that a copy in one piece is of.
const LINES: usize = 2;

/// Pages give the story a second time, for machines or for another layout: in one long line, or paragraph by paragraph. Then what
/// stands there the second time is furniture. A paragraph or two that stand twice are not: an article may quote itself.
pub(super) fn copies(page: &mut PageLines<'_>) {
    let lines: Vec<usize> = (0..page.kinds.len())
        .filter(|&index| page.kinds[index] == BlockKind::Paragraph && page.segment(index).length > SHORTEST)
        .collect();
    let mut seen: HashSet<&str> = HashSet::default();
    let mut copies: Vec<usize> = Vec::new();
    for &index in &lines {
        if !seen.insert(page.words(index)) {
            copies.push(index);
        }
    }
    let length = |lines: &[usize]| lines.iter().map(|&index| page.segment(index).length).sum::<f32>();
    if length(&copies) < SECOND * (length(&lines) - length(&copies)) {
        copies.clear();
    }
    copies.extend(whole(page, &lines));
    for index in copies {
        page.kinds[index] = BlockKind::Other;
    }
}

/// The line that holds what other lines say, if there is one: the longest is the only one that can hold most of the others.
fn whole(page: &PageLines<'_>, lines: &[usize]) -> Option<usize> {
    let length = |index: &usize| page.segment(*index).length;
    let &longest = lines.iter().max_by(|a, b| length(a).total_cmp(&length(b)))?;
    let rest: f32 = (0..page.kinds.len())
        .filter(|&index| index != longest && page.is_body(index))
        .map(|index| page.segment(index).length)
        .sum();
    // A line of usual length beside others is no copy of them, and needs no looking at.
    if length(&longest) < rest / 2.0 {
        return None;
    }
    let runs = |index: usize| {
        let mut words = Vec::new();
        push_words(page.words(index), &mut words);
        words.windows(RUN).map(hash).collect::<Vec<u64>>()
    };
    let mut by_run: HashMap<u64, usize> = HashMap::default();
    for index in (0..page.kinds.len()).filter(|&index| index != longest && page.is_body(index)) {
        for run in runs(index) {
            by_run.entry(run).or_insert(index);
        }
    }
    let all = runs(longest);
    let of: Vec<usize> = all.iter().filter_map(|run| by_run.get(run).copied()).collect();
    let distinct: HashSet<usize> = of.iter().copied().collect();
    // Runs from the end of one line to the start of the next are in none of them.
    let between = (RUN - 1) * distinct.len().saturating_sub(1);
    let is_copy = (of.len() + between) as f32 >= COPIED * all.len() as f32 && distinct.len() >= LINES;
    is_copy.then_some(longest)
}
