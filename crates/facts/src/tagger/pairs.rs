//! How each word of a block stands to a cue: what the linker sees beside the words themselves.

use super::inputs::{Inputs, LABELS};
use crate::words::clauses::Clauses;
use onrecord_document::Pos;
use std::ops::Range;

/// Sizes of the features of a pair, in order: distance, sentences between, which of the two are quoted, steps up and down
/// the tree, dependency of the word's branch, dependency of the cue's branch, marks between.
const SIZES: [usize; 7] = [26, 7, 4, 36, LABELS, LABELS, 10];
/// Features of a pair.
pub const PAIR_FEATURES: usize = SIZES.len();
/// Rows of their common table.
pub const PAIR_ROWS: usize = 26 + 7 + 4 + 36 + 2 * LABELS + 10;
const STARTS: [u16; PAIR_FEATURES] = [0, 26, 33, 37, 73, 73 + LABELS as u16, 73 + 2 * LABELS as u16];

/// Rows of the common table, one for each feature.
pub type PairRow = [u16; PAIR_FEATURES];

/// Places in the tree that have no label.
const SELF: u16 = LABELS as u16 - 1;
const ELSEWHERE: u16 = LABELS as u16 - 2;
const NOT_BELOW: u16 = LABELS as u16 - 3;
/// Longest way up the tree that is followed.
const DEEPEST: usize = 40;

/// What is the same for all cues of a block.
#[derive(Clone, Debug, Default)]
pub(crate) struct Pairing {
    /// Marks that separate phrases, up to each word.
    marks: Vec<u32>,
    /// Of each word, for the cue at hand: steps up to the cue's line, how far up that line it is met, the last branch.
    met: Vec<Option<Met>>,
    path: Vec<usize>,
}

#[derive(Copy, Clone, Debug)]
struct Met {
    up: u16,
    along: u16,
    branch: Option<usize>,
}

impl Pairing {
    pub fn begin(&mut self, clauses: &Clauses) {
        self.marks.clear();
        let mut count = 0;
        self.marks.extend(clauses.words.iter().map(|word| {
            count += u32::from(matches!(word.text, "," | ":" | ";" | "-" | "—" | "–" | "--"));
            count
        }));
    }

    /// The features of every word beside the cue.
    pub fn fill(&mut self, clauses: &Clauses, inputs: &Inputs, cue: &Range<usize>, rows: &mut Vec<PairRow>) {
        let words = &clauses.words;
        let centre = head_of(clauses, cue);
        self.met.clear();
        self.met.resize(words.len(), None);
        // The cue's line up to the root.
        let mut line = vec![centre];
        while let Some(head) = line.last().map(|at| words[*at].head)
            && line.last() != Some(&head)
            && line.len() < DEEPEST
        {
            line.push(head);
        }
        let mut known = vec![false; words.len()];
        for (along, at) in line.iter().enumerate() {
            self.met[*at] = Some(Met { up: 0, along: along as u16, branch: None });
            known[*at] = true;
        }
        rows.clear();
        for (at, word) in words.iter().enumerate() {
            let sentences = i64::from(word.sentence) - i64::from(words[centre].sentence);
            let (tree, below, above) = if sentences == 0 {
                self.climb(clauses, at, &mut known);
                match self.met[at] {
                    Some(Met { up, along, branch }) => (
                        up.min(4) * 6 + along.min(5),
                        branch.map_or(SELF, |branch| inputs.rows[branch][1]),
                        if along > 0 { inputs.rows[line[usize::from(along) - 1]][1] } else { SELF },
                    ),
                    None => (34, NOT_BELOW, NOT_BELOW),
                }
            } else {
                (35, ELSEWHERE, ELSEWHERE)
            };
            let marks = self.marks[at].abs_diff(self.marks[centre]).min(4) as u16;
            let own = [
                bucket(at, cue),
                (sentences.clamp(-3, 3) + 3) as u16,
                2 * u16::from(word.quoted) + u16::from(words[centre].quoted),
                tree,
                below,
                above,
                marks + 5 * u16::from(at > centre),
            ];
            rows.push(std::array::from_fn(|feature| STARTS[feature] + own[feature]));
        }
    }

    /// Finds how a word comes to the cue's line, and of all on the way.
    fn climb(&mut self, clauses: &Clauses, at: usize, known: &mut [bool]) {
        self.path.clear();
        let mut top = at;
        while !known[top] && self.path.len() < DEEPEST {
            self.path.push(top);
            let head = clauses.words[top].head;
            if head == top {
                break;
            }
            top = head;
        }
        let mut met = if known[top] { self.met[top] } else { None };
        for step in self.path.iter().rev() {
            met = met.map(|met| Met { up: met.up + 1, branch: met.branch.or(Some(*step)), ..met });
            self.met[*step] = met;
            known[*step] = true;
        }
    }
}

/// The word of a span that its others depend on.
pub(crate) fn head_of(clauses: &Clauses, span: &Range<usize>) -> usize {
    let leaves = |at: &usize| {
        let head = clauses.words[*at].head;
        head == *at || !span.contains(&head)
    };
    let carries = |at: &usize| {
        matches!(
            clauses.words[*at].pos,
            Pos::Verb | Pos::Aux | Pos::Noun | Pos::Adp | Pos::Sconj | Pos::Propn | Pos::Adj
        )
    };
    span.clone().find(|at| leaves(at) && carries(at)).or_else(|| span.clone().find(leaves)).unwrap_or(span.start)
}

/// Distance to the nearer end of the cue: exact when small, then by half doublings; before and behind apart.
fn bucket(at: usize, cue: &Range<usize>) -> u16 {
    const STEPS: [usize; 8] = [6, 8, 12, 16, 23, 32, 46, 64];
    let far = if at < cue.start { cue.start - at } else { (at + 1).saturating_sub(cue.end) };
    let bucket = if far <= 4 { far } else { 4 + STEPS.iter().filter(|step| far >= **step).count() };
    (if at < cue.start { 13 + bucket } else { bucket }) as u16
}
