//! Layers: what was read from a document's words, each with the producer it came from.

use crate::{Chain, Quote};
use onrecord_span::{Span, Text};

/// Who made a layer.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Producer {
    /// Name of the method.
    pub name: &'static str,
    /// Version of its code: changes whenever its output may change.
    pub version: &'static str,
}

/// Annotations of one kind over one document, sorted by span.
#[derive(Clone, Debug)]
pub struct Layer<T> {
    /// Who made it.
    pub producer: Producer,
    /// The annotations.
    pub items: Vec<T>,
}

/// The layers of a document; `None` where a stage has not run.
#[derive(Clone, Debug, Default)]
pub struct Layers {
    /// Sentences; they never cross blocks, and cover every block.
    pub sentences: Option<Layer<Span<Text>>>,
    /// Who is who: everybody to whom something is attributed.
    pub chains: Option<Layer<Chain>>,
    /// Who said what.
    pub quotes: Option<Layer<Quote>>,
}
