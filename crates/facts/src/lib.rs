//! Facts read from the words of a [`Document`]: who said what, and its sourcing.
//!
//! By named rules and a small trained network, for English; of German, direct quotations by a few rules (`german`). What it does,
//! in this order:
//!
//! 1. `marks`: quotation marks of all common styles are paired; a quotation may run over adjacent paragraphs, never over
//!    furniture.
//! 2. `tokens`, `phrase`: words with what the lists in `data/` know of them; noun phrases that can name a source.
//! 3. `attribution`, `labels`, `subjects`: a list of rules gives each quotation its cue and source, or leaves it out.
//! 4. `statements`: interrupted and floating quotations join the one whose cue they share; quotations inside quotations
//!    are statements of their own; words outside the marks that were said too make a statement mixed.
//! 5. `statements`: what is said with or without quotation marks ("the minister warned that …"), where the document has
//!    tokens with a parse: read by the network of `tagger`, or by rules where the program has no weights; `merge` puts the
//!    two side by side, so that words are one statement's.
//! 6. `people`, `roles`, `descriptions`, `pronouns`: a surname, a description or a pronoun leads to a chain, where one
//!    person alone fits.
//! 7. `sourcing`, `terms`: kind, terms, count and circumstances, each by words that stand there.
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

/// Whether the program has the network's weights; without them statements are read by rules, less sure.
pub const TRAINED: bool = cfg!(feature = "statement-weights");

/// Reads everything this crate can from the words of a document and fills its layers `chains` and `statements`.
///
/// Reads body, headline, standfirst and captions; never furniture, and a repeated block once. Never fails: a document
/// without attributed words gets empty layers, and so does one that states a language other than English and German, for whose
/// quotations there are no cue verbs yet. Takes time that grows with the length of the text.
pub fn read(document: &mut Document) {
    let (statements, chains) =
        languages::pack_of(document).map(|pack| statements::statements(document, pack)).unwrap_or_default();
    document.layers.names = Some(Layer::new(PRODUCER, chains));
    document.layers.statements = Some(Layer::new(PRODUCER, statements));
}
