//! Tokens: the words and marks of a document, in compact rows, with cheap views of them.

use super::layer::AnyLayer;
use super::producer::Producer;
use super::set::LayerSet;
use super::strings::{Interner, Label, Labels, StringId, Strings};
use onrecord_span::{Span, Text};
use std::sync::Arc;

/// One token as it is kept: 32 bytes, whatever its length.
#[derive(Copy, Clone, Debug, PartialEq)]
pub struct TokenRow {
    /// Its words.
    pub span: Span<Text>,
    /// The form that a model looks up ("n't": "not").
    pub norm: StringId,
    /// The form that a dictionary lists.
    pub lemma: StringId,
    /// Index of the token it depends on; a root's is its own.
    pub head: u32,
    /// Part of speech, fine: "VBD".
    pub tag: Label,
    /// Features: "Tense=Past|VerbForm=Fin".
    pub morph: Label,
    /// How it depends on its head: "nsubj".
    pub dep: Label,
    /// Type of the entity that it is part of: "PERSON".
    pub ent_type: Label,
    /// Part of speech, coarse, after Universal Dependencies.
    pub pos: Pos,
    /// Where it stands in an entity and a sentence.
    pub place: TokenPlace,
}

/// Where a token stands in an entity and a sentence.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq)]
pub struct TokenPlace {
    /// Whether it begins, goes on with, or is outside an entity.
    pub iob: Iob,
    /// Whether a sentence starts with it, as the model has it.
    pub starts_sentence: bool,
}

/// Whether a token begins, goes on with, or is outside an entity.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs)] // the names say it
pub enum Iob {
    #[default]
    Outside,
    Begins,
    Inside,
}

impl Iob {
    /// "O", "B" or "I".
    pub fn name(self) -> &'static str {
        match self {
            Iob::Outside => "O",
            Iob::Begins => "B",
            Iob::Inside => "I",
        }
    }
}

macro_rules! parts_of_speech {
    ($($variant:ident $name:literal)*) => {
        /// Part of speech after Universal Dependencies, and `SPACE` for white space, as spaCy has it.
        #[derive(Copy, Clone, Debug, Default, PartialEq, Eq, Hash)]
        #[allow(missing_docs)] // the names are the standard's
        pub enum Pos {
            #[default]
            None,
            $($variant,)*
        }

        impl Pos {
            /// Every part of speech.
            pub const ALL: &[Pos] = &[Pos::None, $(Pos::$variant),*];

            /// Its name in the output: "PROPN"; empty where no model was at work.
            pub fn name(self) -> &'static str {
                match self {
                    Pos::None => "",
                    $(Pos::$variant => $name,)*
                }
            }

            /// The part of speech with this name.
            pub fn of(name: &str) -> Option<Pos> {
                Pos::ALL.iter().copied().find(|pos| pos.name() == name)
            }
        }
    };
}

parts_of_speech! {
    Adj "ADJ" Adp "ADP" Adv "ADV" Aux "AUX" Cconj "CCONJ" Det "DET" Intj "INTJ" Noun "NOUN" Num "NUM" Part "PART"
    Pron "PRON" Propn "PROPN" Punct "PUNCT" Sconj "SCONJ" Sym "SYM" Verb "VERB" X "X" Space "SPACE"
}

/// The layer of tokens: rows sorted by span, over strings that are kept once.
#[derive(Clone, Debug)]
pub struct Tokens {
    /// Who made it.
    pub producer: Producer,
    rows: Vec<TokenRow>,
    labels: Arc<Labels>,
    strings: Strings,
}

impl AnyLayer for Tokens {
    fn producer(&self) -> &Producer {
        &self.producer
    }

    fn made_from(&self) -> LayerSet {
        LayerSet::NONE
    }

    fn count(&self) -> usize {
        self.rows.len()
    }
}

impl Tokens {
    /// The layer of these rows, whose ids are of these labels and strings. A head beyond the last row becomes the root
    /// of itself.
    pub fn new(producer: Producer, mut rows: Vec<TokenRow>, labels: Arc<Labels>, strings: Interner) -> Self {
        let count = rows.len();
        for (at, row) in rows.iter_mut().enumerate().filter(|(_, row)| row.head as usize >= count) {
            row.head = at as u32;
        }
        rows.shrink_to_fit();
        Tokens { producer, rows, labels, strings: strings.finish() }
    }

    /// The rows as they are kept.
    pub fn rows(&self) -> &[TokenRow] {
        &self.rows
    }

    /// A string of the layer; `None` where the row is as written.
    pub fn string(&self, id: StringId) -> Option<&str> {
        self.strings.get(id)
    }

    /// The names of tags, features, relations and entity types.
    pub fn labels(&self) -> &Labels {
        &self.labels
    }

    /// Whether a model said what the tokens are; else they are words and marks alone.
    pub fn are_tagged(&self) -> bool {
        self.producer.model.is_some()
    }

    /// Bytes that the layer takes, the labels that all documents share apart.
    pub fn bytes(&self) -> usize {
        self.rows.capacity() * size_of::<TokenRow>() + self.strings.bytes()
    }

    /// Indices of the tokens that lie wholly inside a span.
    pub fn within(&self, span: Span<Text>) -> std::ops::Range<usize> {
        let first = self.rows.partition_point(|row| row.span.start() < span.start());
        let count = self.rows[first..].partition_point(|row| row.span.end() <= span.end());
        first..first + count
    }
}
