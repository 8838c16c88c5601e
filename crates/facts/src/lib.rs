//! Quotes and sourcing.
mod attribution;
mod declined;
mod lexicon;
mod marks;
mod people;
mod phrase;
mod quotes;
mod sentences;
mod sourcing;
mod tokens;

pub use sentences::sentences;

use onrecord_document::{Document, Layer, Producer};

/// Who made the layers of this crate. The version changes whenever their content may.
pub const PRODUCER: Producer = Producer { name: "onrecord-facts", version: env!("CARGO_PKG_VERSION") };

/// Reads everything this crate can from the words of a document and fills its layers `sentences`, `chains`, `quotes`.
///
/// Reads body, headline, standfirst and captions; never furniture, and a repeated block once. Never fails: a document
/// without attributed words gets empty layers, and so does one in a language other than English, for whose quotations
/// there are no cue verbs yet (its sentences are found all the same).
pub fn read(document: &mut Document) {
    let sentences = sentences::sentences(document);
    let (quotes, chains) = quotes::quotes(document);
    document.layers.sentences = Some(sentences);
    document.layers.chains = Some(Layer { producer: PRODUCER, items: chains });
    document.layers.quotes = Some(Layer { producer: PRODUCER, items: quotes });
}
