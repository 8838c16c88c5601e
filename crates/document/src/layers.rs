//! Layers: what was read from a document's words, each with the producer it came from.

use crate::{Chain, Entities, Quote, Tokens};
use onrecord_span::{Span, Text};
use std::fmt;
use std::sync::Arc;

/// Who made a layer.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Producer {
    /// Name of the method.
    pub name: &'static str,
    /// Version of its code: changes whenever its output may change.
    pub version: &'static str,
    /// The trained model that it worked with, if any.
    pub model: Option<Arc<ModelName>>,
}

impl Producer {
    /// A producer that works by its code alone.
    pub const fn new(name: &'static str, version: &'static str) -> Self {
        Producer { name, version, model: None }
    }

    /// The same code at work with a trained model.
    pub fn with(self, model: Arc<ModelName>) -> Self {
        Producer { model: Some(model), ..self }
    }
}

/// Names a trained model, down to its weights.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ModelName {
    /// As its makers call it: "en_core_web_sm".
    pub name: String,
    /// Its makers' version: "3.8.0".
    pub version: String,
    /// Hash of its weights in lower-case hexadecimal digits.
    pub weights: String,
}

impl fmt::Display for ModelName {
    /// "en_core_web_sm-3.8.0", as its package is named.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.name, self.version)
    }
}

/// The kinds of layers.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)] // the names say it
pub enum LayerKind {
    Tokens,
    Sentences,
    Entities,
    NounChunks,
    Chains,
    Quotes,
}

/// Annotations of one kind over one document, sorted by span.
#[derive(Clone, Debug)]
pub struct Layer<T> {
    /// Who made it.
    pub producer: Producer,
    /// The layers it was made from; none where it was made from the words alone.
    pub made_from: &'static [LayerKind],
    /// The annotations.
    pub items: Vec<T>,
}

impl<T> Layer<T> {
    /// A layer made from the words alone.
    pub fn new(producer: Producer, items: Vec<T>) -> Self {
        Layer { producer, made_from: &[], items }
    }

    /// A layer made from other layers.
    pub fn over(producer: Producer, made_from: &'static [LayerKind], items: Vec<T>) -> Self {
        Layer { producer, made_from, items }
    }
}

/// The layers of a document; `None` where a stage has not run.
#[derive(Clone, Debug, Default)]
pub struct Layers {
    /// Words and marks, with tag, lemma, head and the rest where a model was at work.
    pub tokens: Option<Tokens>,
    /// Sentences; they never cross blocks, and cover every block.
    pub sentences: Option<Layer<Span<Text>>>,
    /// Names of people, places, organisations, and other things with a label.
    pub entities: Option<Entities>,
    /// Noun phrases that hold no other.
    pub noun_chunks: Option<Layer<Span<Text>>>,
    /// Who is who: everybody to whom something is attributed.
    pub chains: Option<Layer<Chain>>,
    /// Who said what.
    pub quotes: Option<Layer<Quote>>,
}
