//! Facts read from the words of a [`Document`]: who said what, and its sourcing.
//!
//! English is read by named rules and a small trained network. In German, only direct quotations are read, by a few rules.
//! These are the steps:
//!
//! 1. `words`: quotation marks of all common styles are paired. A quotation may run over adjacent paragraphs, never over
//!    furniture. Tokens carry what the lists in `data/` know of them; noun phrases can name a source.
//! 2. `languages`, `statements::rules`: the rules of the document's language give each quotation its cue and source, or
//!    leave it out.
//! 3. `statements::groups`: interrupted and floating quotations join the one whose cue they share. Quotations inside
//!    quotations are statements of their own. Words outside the marks that were said too make a statement mixed.
//! 4. `statements::parsed`: what is said with or without quotation marks ("the minister warned that …"), where the
//!    document has tokens with a parse. The network of `tagger` reads it, or rules do where the program has no weights.
//!    `statements::merge` makes one list of both, so that no words are in two statements.
//! 5. `people`: a surname, a description or a pronoun leads to a name, where one person alone fits.
//! 6. `sourcing`: kind, terms, count and circumstances, each from words that stand there.
//!
//! Nothing is guessed: a quotation without cue and source is no statement, and a "he" that could be two people is nobody.
//!
//! ```
//! use onrecord_document::{BlockKind, Capture, Draft, Media};
//! use onrecord_span::{PageBytes, Traced, Utf8};
//!
//! let text = "“We hit something,” said teacher Daniel Okafor. “Then the lights went out.”";
//! let page = PageBytes::new(text.into()).unwrap();
//! let mut words = Traced::new();
//! words.push_verbatim(text, 0..text.len() as u32);
//! let mut draft = Draft::over_text(words);
//! draft.mark(BlockKind::Paragraph, 0..text.len());
//! let mut document = draft.finish(Capture::new("ferry.txt", page, Media::Text), &Utf8);
//!
//! onrecord_facts::read(&mut document);
//! let statement = &document.layers.statements.as_ref().unwrap().items[0];
//! assert_eq!(document.words(statement.content[1]), "“Then the lights went out.”");
//! assert_eq!(document.words(statement.source[0]), "teacher Daniel Okafor");
//! ```

mod languages;
mod people;
mod producer;
mod sourcing;
mod statements;
#[cfg_attr(not(feature = "statement-weights"), allow(dead_code, reason = "nothing to read with"))]
mod tagger;
mod words;

#[cfg(feature = "training")]
pub use tagger::training;

pub use producer::PRODUCER;

use onrecord_document::{Document, Layer};

/// Whether the program has the network's weights; without them rules read statements, with less confidence.
pub const TRAINED: bool = cfg!(feature = "statement-weights");

/// Reads everything this crate can from the words of a document and fills its layers `names` and `statements`.
///
/// Reads body, headline, standfirst and captions; never furniture, and a repeated block once. Never fails: a document
/// without attributed words gets empty layers, and so does one in a language that has no pack. Takes time that grows with
/// the length of the text.
pub fn read(document: &mut Document) {
    let (statements, names) =
        languages::pack_of(document).map(|pack| statements::statements(document, pack)).unwrap_or_default();
    document.layers.names = Some(Layer::new(PRODUCER, names));
    document.layers.statements = Some(Layer::new(PRODUCER, statements));
}
