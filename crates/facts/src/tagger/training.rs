//! What the trainer needs: blocks of annotated articles as the network sees them, with what is right.

pub use super::inputs::{FEATURES, Inputs, LABELS, Labels, OF_THE_WORD};
pub use super::lattice::{CHOICES, LabelChain, WordRole};
pub use super::network::{Network, Work};
pub use super::pairs::{PAIR_FEATURES, PAIR_ROWS, PairRow};
pub use super::pieces::Pieces;
pub use super::weights::{
    DEPTH, HALF, HIDDEN, INPUT, LINK, LINKS, PIECE, Rounding, StatementWeights, TensorSpec, WIDTH, tensors,
};

pub use super::settings::{TRAITS, TaggerSettings, Traits};

use super::StatementTagger;
use super::pairs::Pairing;
use crate::words::clauses::Clauses;
use crate::words::marks::quotations;
use onrecord_document::{Block, Document};
use std::ops::Range;

/// An annotated statement: ranges of bytes of the document's buffer.
#[derive(Clone, Debug, Default)]
pub struct AnnotatedStatement {
    /// What was said.
    pub content: Vec<Range<usize>>,
    /// The words that report it.
    pub cue: Vec<Range<usize>>,
    /// Who said it; empty where nobody is named.
    pub source: Vec<Range<usize>>,
}

/// A block with what is right.
#[derive(Clone, Debug, Default)]
pub struct Lesson {
    /// What the network sees.
    pub inputs: Inputs,
    /// The label of each word.
    pub labels: Vec<u8>,
    /// Each annotated cue.
    pub cues: Vec<CueLesson>,
}

/// A cue and what the words of its block are to it.
#[derive(Clone, Debug)]
pub struct CueLesson {
    /// Its words.
    pub words: Range<usize>,
    /// How each word stands to it.
    pub pairs: Vec<PairRow>,
    /// What each word is: 0 nothing, 1 content, 2 source.
    pub links: Vec<u8>,
}

/// Longest lesson, in words.
const LONGEST: usize = 320;

/// The blocks of an annotated article whose tokens have been read; longer ones than 320 words are left out. Labels not met
/// before are added if `learn`.
pub fn lessons(
    document: &Document,
    annotated: &[AnnotatedStatement],
    labels: &mut Labels,
    pieces: &Pieces,
    learn: bool,
) -> Vec<Lesson> {
    let mut pairing = Pairing::default();
    let mut lessons = Vec::new();
    for clauses in clauses_of(document) {
        if clauses.words.len() > LONGEST {
            continue;
        }
        if learn {
            labels.learn(&clauses);
        }
        let mut lesson = Lesson { labels: vec![0; clauses.words.len()], ..Lesson::default() };
        lesson.inputs.fill(&clauses, labels, pieces);
        pairing.begin(&clauses);
        let words = |range: &Range<usize>| -> Range<usize> {
            let start = clauses.words.partition_point(|word| word.span.end() <= range.start);
            start..clauses.words.partition_point(|word| word.span.start() < range.end).max(start)
        };
        for statement in annotated {
            let mut own: [Vec<Range<usize>>; 3] = Default::default();
            let parts = [&statement.content, &statement.cue, &statement.source];
            for ((role, parts), own) in WordRole::ALL.iter().zip(parts).zip(&mut own) {
                for part in parts {
                    own.extend(mark(&mut lesson.labels, role.first() as u8, words(part)));
                }
            }
            let [content, cue, source] = own;
            let Some(cue) = cue.into_iter().next() else { continue };
            let mut links = vec![0; clauses.words.len()];
            for (what, parts) in [(1, content), (2, source)] {
                parts.into_iter().flatten().for_each(|word| links[word] = what);
            }
            let mut pairs = Vec::new();
            pairing.fill(&clauses, &lesson.inputs, &cue, &mut pairs);
            lesson.cues.push(CueLesson { words: cue, pairs, links });
        }
        lessons.push(lesson);
    }
    lessons
}

/// A statement as the network reads it: ranges of bytes of the document's buffer.
#[derive(Clone, Debug)]
pub struct TaggerReading {
    /// Content, cue and source.
    pub statement: AnnotatedStatement,
    /// What its confidence is made of.
    pub traits: Traits,
}

/// What the network reads in a document whose tokens have been read, for each of the settings.
pub fn readings(document: &Document, network: &Network, settings: &[TaggerSettings]) -> Vec<Vec<TaggerReading>> {
    let mut reader = StatementTagger::default();
    let mut all = vec![Vec::new(); settings.len()];
    for clauses in clauses_of(document) {
        reader.encode(network, &clauses);
        for (settings, all) in settings.iter().zip(&mut all) {
            let bytes = |words: &Range<usize>| -> Range<usize> {
                clauses.words[words.start].span.start()..clauses.words[words.end - 1].span.end()
            };
            all.extend(reader.relations(network, settings, &clauses).into_iter().map(|relation| TaggerReading {
                statement: AnnotatedStatement {
                    content: relation.content.iter().map(bytes).collect(),
                    cue: vec![bytes(&relation.cue)],
                    source: relation.source.iter().map(bytes).collect(),
                },
                traits: relation.traits,
            }));
        }
    }
    all
}

/// The words of each block.
fn clauses_of(document: &Document) -> Vec<Clauses<'_>> {
    let buffer = document.buffer().as_str();
    let blocks: Vec<&Block> = document.fact_blocks().collect();
    let ranges: Vec<Range<usize>> = blocks.iter().map(|block| block.span.range()).collect();
    let found = quotations(buffer, &ranges, &vec![false; ranges.len()]);
    let clauses = blocks.iter().enumerate().filter_map(|(at, block)| {
        let parts = found.iter().flat_map(|quotation| &quotation.parts).filter(|(place, _)| *place == at);
        let mut quoted: Vec<Range<usize>> = parts.map(|(_, part)| part.clone()).collect();
        quoted.sort_by_key(|part| part.start);
        Clauses::of(document, block.span, &quoted).filter(|clauses| !clauses.words.is_empty())
    });
    clauses.collect()
}

/// Labels a span; one that shares words with others keeps those that are free at its ends, or none.
fn mark(labels: &mut [u8], first: u8, mut words: Range<usize>) -> Option<Range<usize>> {
    let same = |words: &Range<usize>, labels: &[u8]| {
        labels.get(words.start) == Some(&first)
            && labels[words.start + 1..words.end].iter().all(|label| *label == first + 1)
            && labels.get(words.end) != Some(&(first + 1))
    };
    if words.is_empty() || same(&words, labels) {
        return (!words.is_empty()).then_some(words);
    }
    while !words.is_empty() && labels[words.start] != 0 {
        words.start += 1;
    }
    while !words.is_empty() && labels[words.end - 1] != 0 {
        words.end -= 1;
    }
    if words.is_empty() || labels[words.clone()].iter().any(|label| *label != 0) {
        return None;
    }
    labels[words.clone()].fill(first + 1);
    labels[words.start] = first;
    Some(words)
}
