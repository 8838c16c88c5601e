//! What the trainer needs: candidates of annotated articles with their observations, and whether they are right.

use super::candidates::{Candidate, candidates};
use super::clauses::Clauses;
use super::features::{Observer, PLACES};
use super::scores::Weights;
use crate::marks::quotations;
use onrecord_document::{Block, Document};
use onrecord_span::{Span, Text};
use std::ops::Range;

/// An annotated statement: ranges of bytes of the document's buffer.
#[derive(Clone, Debug, Default)]
pub struct Annotated {
    /// What was said.
    pub content: Vec<Range<usize>>,
    /// Who said it; empty where nobody is named.
    pub source: Vec<Range<usize>>,
}

/// A candidate as the trainer sees it.
#[derive(Clone, Debug)]
pub struct Example {
    /// Places of its observations in the table of weights.
    pub places: Vec<u32>,
    /// Whether an annotated statement has by half or more its content and its source.
    pub right: bool,
}

/// Weights of the table.
pub const TABLE: usize = PLACES;

/// The bytes of the file that holds a table of trained weights.
pub fn file(weights: &[f32], facts: &str) -> Vec<u8> {
    Weights::write(weights, facts)
}

/// The candidates of an annotated article whose tokens have been read.
pub fn examples(document: &Document, annotated: &[Annotated]) -> Vec<Example> {
    let buffer = document.buffer().as_str();
    let blocks: Vec<&Block> = document.fact_blocks().collect();
    let ranges: Vec<Range<usize>> = blocks.iter().map(|block| block.span.range()).collect();
    let found = quotations(buffer, &ranges, &vec![false; ranges.len()]);
    let mut observer = Observer::default();
    let mut examples = Vec::new();
    for (at, block) in blocks.iter().enumerate() {
        let parts = found.iter().flat_map(|quotation| &quotation.parts).filter(|(place, _)| *place == at);
        let mut quoted: Vec<Range<usize>> = parts.map(|(_, part)| part.clone()).collect();
        quoted.sort_by_key(|part| part.start);
        let Some(clauses) = Clauses::of(document, block.span, &quoted) else { continue };
        for candidate in candidates(&clauses) {
            let right = annotated.iter().any(|annotated| agrees(&clauses, &candidate, annotated));
            examples.push(Example { places: observer.observe(&clauses, &candidate).to_vec(), right });
        }
    }
    examples
}

/// Whether content and source share by half or more the words of an annotated statement's.
fn agrees(clauses: &Clauses, candidate: &Candidate, annotated: &Annotated) -> bool {
    let source: Vec<usize> = candidate.source.clone().into_iter().flatten().collect();
    let content: Vec<usize> = candidate.indices().collect();
    dice(clauses, &content, &annotated.content) && dice(clauses, &source, &annotated.source)
}

/// Whether twice the shared words are at least half of all: a Dice coefficient of one half.
fn dice(clauses: &Clauses, own: &[usize], theirs: &[Range<usize>]) -> bool {
    let counts = |at: usize| clauses.words[at].text.contains(char::is_alphanumeric);
    let lies_in = |span: Span<Text>| theirs.iter().any(|range| span.start() < range.end && span.end() > range.start);
    let inside = |at: &usize| lies_in(clauses.words[*at].span);
    let mine = own.iter().filter(|at| counts(**at)).count();
    let shared = own.iter().filter(|at| counts(**at) && inside(at)).count();
    let all = (0..clauses.words.len()).filter(|at| counts(*at) && inside(at)).count();
    // A part in another block is words too, which this block can't share.
    let block =
        clauses.words.first().zip(clauses.words.last()).map(|(first, last)| first.span.start()..last.span.end());
    let beyond = theirs
        .iter()
        .any(|range| block.as_ref().is_none_or(|block| range.start < block.start || range.end > block.end));
    (mine + all == 0 && !beyond) || (shared > 0 && 4 * shared >= mine + all)
}
