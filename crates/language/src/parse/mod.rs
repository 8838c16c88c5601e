//! What a model reads in one text.

mod labels;

pub(crate) use labels::LabelTable;

use onrecord_document::Iob;
use std::ops::Range;

/// A label of a model: a tag, part of speech, morphology, dependency or entity type. [`crate::Model::label`] gives its string.
///
/// One table holds them all, so labels with the same string are equal. The default is the empty string.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LabelId(pub(crate) u16);

/// A word of a [`Parse`]: a norm or a lemma. [`Parse::word`] gives its string. Comparable only within one parse.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct WordId(pub(crate) u32);

/// A token. Tokens and the single spaces after them cover the text; longer white space is a token of its own.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq)]
pub struct ParseToken {
    /// Where it starts, in bytes of the text.
    pub start: u32,
    /// Where it ends, in bytes of the text.
    pub end: u32,
    /// Its head, a token index; a root is its own head.
    pub head: u32,
    /// Normalised form, lower case: "n't" is "not", "€" is "$".
    pub norm: WordId,
    /// Base form.
    pub lemma: WordId,
    /// Penn Treebank tag: "NNP".
    pub tag: LabelId,
    /// Universal part of speech: "PROPN".
    pub pos: LabelId,
    /// Morphological features: "Number=Sing|Person=3", or empty.
    pub morph: LabelId,
    /// Dependency to its head: "nsubj"; "ROOT" for a root.
    pub dep: LabelId,
    /// Type of the entity that it is part of: "PERSON"; empty outside.
    pub ent_type: LabelId,
    /// Whether it begins, continues or is outside an entity.
    pub ent_iob: Iob,
    /// Whether a sentence starts here.
    pub sent_start: bool,
    /// Whether it is followed by one space, which is not a token.
    pub space_after: bool,
}

impl ParseToken {
    /// Where it is, in bytes of the text.
    pub fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A named entity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntitySpan {
    /// Its tokens.
    pub tokens: Range<u32>,
    /// Its type: "PERSON".
    pub label: LabelId,
}

/// What a model reads in one text: tokens in order, with everything it says about them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parse {
    /// The tokens.
    pub tokens: Vec<ParseToken>,
    /// The sentences, as ranges of tokens; together they are all tokens.
    pub sentences: Vec<Range<u32>>,
    /// The named entities.
    pub entities: Vec<EntitySpan>,
    /// Base noun phrases, as ranges of tokens.
    pub noun_chunks: Vec<Range<u32>>,
    pub(crate) words: Vec<Range<u32>>,
    pub(crate) letters: String,
}

impl Parse {
    /// The string of a norm or lemma of this parse.
    pub fn word(&self, word: WordId) -> &str {
        let range = self.words.get(word.0 as usize);
        range.and_then(|range| self.letters.get(range.start as usize..range.end as usize)).unwrap_or("")
    }

    /// How many different norms and lemmas there are.
    pub(crate) fn word_count(&self) -> usize {
        self.words.len()
    }

    /// The bytes of the text that a range of tokens covers, without the white space after the last.
    pub fn bytes(&self, tokens: &Range<u32>) -> Range<usize> {
        let of = |at: u32| self.tokens.get(at as usize);
        match (of(tokens.start), tokens.end.checked_sub(1).and_then(of)) {
            (Some(first), Some(last)) if tokens.start < tokens.end => first.start as usize..last.end as usize,
            _ => 0..0,
        }
    }
}
