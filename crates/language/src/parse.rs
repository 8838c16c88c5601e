//! What one text was read as.

use std::ops::Range;

/// A label of the model: a tag, part of speech, morphology, dependency or entity type; [`crate::Model::label`] tells its string.
///
/// One table holds them all, so labels of the same string are equal. The default is the empty string.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Label(pub(crate) u16);

/// A word of a [`Parse`]: a norm or a lemma; [`Parse::word`] tells its string. Equal only within one parse.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Word(pub(crate) u32);

/// Where a token stands in a named entity.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq, Hash)]
pub enum Iob {
    /// In none: "O".
    #[default]
    Outside,
    /// Its first token: "B".
    Begin,
    /// A later token: "I".
    Inside,
}

impl Iob {
    /// "B", "I" or "O".
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Outside => "O",
            Self::Begin => "B",
            Self::Inside => "I",
        }
    }
}

/// A token. Tokens with the white space after them cover the text; white space that is more than one space is a token.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq)]
pub struct Token {
    /// Where it starts, in bytes of the text.
    pub start: u32,
    /// Where it ends, in bytes of the text.
    pub end: u32,
    /// Its head, a token index; a root is its own head.
    pub head: u32,
    /// Normalised form, lower case: "n't" is "not", "€" is "$".
    pub norm: Word,
    /// Base form.
    pub lemma: Word,
    /// Penn Treebank tag: "NNP".
    pub tag: Label,
    /// Universal part of speech: "PROPN".
    pub pos: Label,
    /// Morphological features: "Number=Sing|Person=3", or empty.
    pub morph: Label,
    /// Dependency to its head: "nsubj"; "ROOT" for a root.
    pub dep: Label,
    /// Type of the entity that it stands in: "PERSON"; empty outside.
    pub ent_type: Label,
    /// Where it stands in that entity.
    pub ent_iob: Iob,
    /// Whether a sentence starts here.
    pub sent_start: bool,
    /// Whether one space follows that is no token.
    pub space_after: bool,
}

impl Token {
    /// Its bytes in the text.
    pub fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A named entity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entity {
    /// Its tokens.
    pub tokens: Range<u32>,
    /// Its type: "PERSON".
    pub label: Label,
}

/// What one text was read as: tokens in order, with all that was found out about them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parse {
    /// The tokens.
    pub tokens: Vec<Token>,
    /// The sentences, as ranges of tokens; together they are all tokens.
    pub sentences: Vec<Range<u32>>,
    /// The named entities.
    pub entities: Vec<Entity>,
    /// Base noun phrases, as ranges of tokens.
    pub noun_chunks: Vec<Range<u32>>,
    pub(crate) words: Vec<Range<u32>>,
    pub(crate) letters: String,
}

impl Parse {
    /// The string of a norm or lemma of this parse.
    pub fn word(&self, word: Word) -> &str {
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
