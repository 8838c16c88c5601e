//! What the network sees of each word of a block.

use super::pieces::Pieces;
use crate::words::clauses::{ClauseWord, Clauses, Relation};
use crate::words::reporting::{Listing, listing};
use std::collections::HashMap;

/// An embedded feature: rows of its table and the width of a row.
#[derive(Copy, Clone, Debug)]
pub struct Feature {
    /// Its name in the file of weights.
    pub name: &'static str,
    /// Rows of its table.
    pub rows: usize,
    /// Numbers of a row.
    pub width: usize,
}

const fn feature(name: &'static str, rows: usize, width: usize) -> Feature {
    Feature { name, rows, width }
}

/// Labels of one kind at most; the first row is for those never met.
pub const LABELS: usize = 64;
const SUFFIXES: usize = 4096;
const LEMMAS: usize = 16384;
const HEADS: usize = 8192;
const FARTHEST: usize = 6;
const EDGE: usize = 10;
const SENTENCES: usize = 8;

/// The features of a word, in the order of their columns.
pub const FEATURES: [Feature; 16] = [
    feature("tag", LABELS, 24),
    feature("dependency", LABELS, 24),
    feature("entity", 2 * LABELS, 12),
    feature("quoted", 8, 12),
    feature("case", 5, 8),
    feature("suffix", SUFFIXES, 24),
    feature("lemma", LEMMAS, 64),
    feature("head's distance", 2 * FARTHEST + 1, 8),
    feature("head's tag", LABELS, 12),
    feature("from the start", EDGE, 6),
    feature("sentence", SENTENCES, 4),
    feature("head's lemma", HEADS, 32),
    feature("head's dependency", LABELS, 12),
    feature("from the end", EDGE, 6),
    feature("dependents", 256, 16),
    feature("listed", 16, 8),
];

#[cfg(feature = "training")]
/// Features that know the very word: dropped now and then in training, so that the rest learns to do without.
pub const OF_THE_WORD: [usize; 3] = [5, 6, 15];

/// One number for each feature.
pub type InputRow = [u16; FEATURES.len()];

/// Labels that the network was trained with, by kind: tags, dependencies, entity types.
#[derive(Clone, Debug, Default)]
pub struct Labels {
    kinds: [HashMap<String, u16>; 3],
}

const TAGS: usize = 0;
const DEPENDENCIES: usize = 1;
const ENTITIES: usize = 2;

impl Labels {
    /// Reads three lines of names.
    pub fn read(text: &str) -> Self {
        let mut labels = Labels::default();
        for (kind, line) in labels.kinds.iter_mut().zip(text.lines()) {
            for name in line.split(' ').filter(|name| !name.is_empty()) {
                let number = kind.len() as u16 + 1;
                kind.insert(name.to_owned(), number);
            }
        }
        labels
    }

    #[cfg(feature = "training")]
    /// Three lines of names, in the order of their numbers.
    pub fn write(&self) -> String {
        let line = |kind: &HashMap<String, u16>| {
            let mut names: Vec<(&u16, &str)> = kind.iter().map(|(name, number)| (number, name.as_str())).collect();
            names.sort_unstable();
            names.iter().map(|(_, name)| *name).collect::<Vec<_>>().join(" ") + "\n"
        };
        self.kinds.iter().map(line).collect()
    }

    #[cfg(feature = "training")]
    /// Gives numbers to labels not met before.
    pub(crate) fn learn(&mut self, clauses: &Clauses) {
        for word in &clauses.words {
            for (kind, name) in self.kinds.iter_mut().zip([word.tag, word.dep, word.entity]) {
                let number = kind.len() as u16 + 1;
                // The last four are for places in the tree that are no label.
                if !name.is_empty() && !kind.contains_key(name) && usize::from(number) < LABELS - 4 {
                    kind.insert(name.to_owned(), number);
                }
            }
        }
    }

    fn number(&self, kind: usize, name: &str) -> u16 {
        if name.is_empty() { 0 } else { self.kinds[kind].get(name).copied().unwrap_or(0) }
    }
}

/// A block as the network sees it.
#[derive(Clone, Debug, Default)]
pub struct Inputs {
    /// A row of features for each word.
    pub rows: Vec<InputRow>,
    /// The pieces of all words, and where those of each word end.
    pub pieces: Vec<u32>,
    /// Of each word, where its pieces end.
    pub ends: Vec<u32>,
}

impl Inputs {
    /// Fills in the features of a block's words.
    pub(crate) fn fill(&mut self, clauses: &Clauses, labels: &Labels, pieces: &Pieces) {
        self.rows.clear();
        self.pieces.clear();
        self.ends.clear();
        let words = &clauses.words;
        let count = words.len();
        for (at, word) in words.iter().enumerate() {
            let mut row = InputRow::default();
            row[0] = labels.number(TAGS, word.tag);
            row[1] = labels.number(DEPENDENCIES, word.dep);
            let begins = at == 0 || words[at - 1].entity != word.entity;
            row[2] = 2 * labels.number(ENTITIES, word.entity) + u16::from(begins);
            let quoted = |at: Option<usize>| u16::from(at.and_then(|at| words.get(at)).is_some_and(|word| word.quoted));
            row[3] = quoted(Some(at)) + 2 * quoted(at.checked_sub(1)) + 4 * quoted(Some(at + 1));
            row[4] = case(word.text);
            row[5] = hashed(suffix(word.text), SUFFIXES);
            row[6] = hashed(word.lemma, LEMMAS);
            row[7] = distance(at, word.head);
            row[9] = at.min(EDGE - 1) as u16;
            row[10] = (word.sentence as usize).min(SENTENCES - 1) as u16;
            row[11] = hashed(words[word.head].lemma, HEADS);
            row[13] = (count - 1 - at).min(EDGE - 1) as u16;
            row[14] = dependents(clauses, at);
            row[15] = listed(word);
            self.rows.push(row);
            pieces.split(word.text, &mut self.pieces);
            self.ends.push(self.pieces.len() as u32);
        }
        for (at, word) in words.iter().enumerate() {
            (self.rows[at][8], self.rows[at][12]) = (self.rows[word.head][0], self.rows[word.head][1]);
        }
    }

    /// The pieces of a word.
    pub fn pieces_of(&self, at: usize) -> &[u32] {
        let start = if at == 0 { 0 } else { self.ends[at - 1] as usize };
        &self.pieces[start..self.ends[at] as usize]
    }
}

/// Which relations its dependents are in.
fn dependents(clauses: &Clauses, at: usize) -> u16 {
    let bit = |child: &usize| match clauses.words[*child].relation {
        Relation::Clause => 1,
        Relation::Infinitive => 2,
        Relation::Subject | Relation::PassiveSubject => 4,
        Relation::Object => 8,
        Relation::Mark => 16,
        Relation::Preposition | Relation::Agent => 32,
        Relation::Parataxis => 64,
        Relation::Relative | Relation::NounClause => 128,
        _ => 0,
    };
    clauses.children(at).iter().map(bit).fold(0, |mask, bit| mask | bit)
}

/// What the lists of reporting words know of it.
fn listed(word: &ClauseWord) -> u16 {
    let Listing { clause, infinitive, object, noun_or_adjective } = listing(word.lemma);
    u16::from(clause) + 2 * u16::from(infinitive) + 4 * u16::from(object) + 8 * u16::from(noun_or_adjective)
}

/// How a word is written: 0 a mark, 1 small letters, 2 with digits, 3 with a capital, 4 in capitals.
fn case(text: &str) -> u16 {
    let mut letters = text.chars().filter(|char| char.is_alphabetic()).peekable();
    let long = text.chars().nth(1).is_some();
    match text.chars().next() {
        Some(_) if long && letters.peek().is_some() && letters.all(char::is_uppercase) => 4,
        Some(first) if first.is_uppercase() => 3,
        _ if text.chars().any(char::is_numeric) => 2,
        Some(_) if text.chars().all(char::is_alphabetic) => 1,
        _ => 0,
    }
}

/// The last three letters.
fn suffix(text: &str) -> &str {
    let start = text.char_indices().rev().nth(2).map_or(0, |(at, _)| at);
    &text[start..]
}

/// A row of a table for a string, in small letters; never the first.
fn hashed(text: &str, rows: usize) -> u16 {
    let mut hash = 0x811c_9dc5_u32;
    let mut add = |byte: u8| hash = (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    if text.is_ascii() {
        text.bytes().for_each(|byte| add(byte.to_ascii_lowercase()));
    } else {
        let mut bytes = [0; 4];
        for char in text.chars().flat_map(char::to_lowercase) {
            char.encode_utf8(&mut bytes).bytes().for_each(&mut add);
        }
    }
    (1 + (hash ^ (hash >> 15)) as usize % (rows - 1)) as u16
}

fn distance(at: usize, head: usize) -> u16 {
    let far = at.abs_diff(head).min(FARTHEST);
    if far == 0 { 0 } else { (far + if head > at { FARTHEST } else { 0 }) as u16 }
}
