//! Capture to Document: the stages in order.
//!
//! Reading is pure (no clock, locale, network or thread order comes into it) and never fails: a page without an article
//! says so in a note, and a panic while reading a page is caught and becomes a note on that page.
//!
//! ```
//! use onrecord_document::{Capture, Media};
//! use onrecord_reader::{Until, read};
//! use onrecord_span::PageBytes;
//!
//! let page = PageBytes::new("“We hit something,” said Daniel Okafor, a teacher.".into()).unwrap();
//! let document = read(&Capture::new("ferry.txt", page, Media::Text), Until::Facts);
//! let quotes = &document.layers.quotes.as_ref().unwrap().items;
//! assert_eq!(document.words(quotes[0].content[0]), "“We hit something,”");
//! ```

use onrecord_document::{Capture, Document, Draft, Layers, Note, Producer, Stage};
use onrecord_span::Utf8;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// The stage after which reading stops.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Until {
    /// Text, blocks and fields.
    Article,
    /// Sentences too.
    Language,
    /// Quotes and sourcing too.
    Facts,
}

/// Version of what reads articles out of pages: changes whenever its output may change.
pub const ARTICLE: Producer = onrecord_article::PRODUCER;
/// Version of what reads quotes and sentences out of text.
pub const FACTS: Producer = onrecord_facts::PRODUCER;

/// Reads one page as far as asked.
pub fn read(capture: &Capture, until: Until) -> Document {
    // Only `capture`, which reading doesn't change, is seen on both sides of the unwinding.
    let article = catch_unwind(AssertUnwindSafe(|| onrecord_article::read(capture)));
    let Ok(document) = article else {
        let mut draft = Draft::new();
        draft.notes.push(Note::new(
            Stage::Article,
            "panic",
            "reading this page failed inside Onrecord; please report it",
        ));
        return draft.finish(capture.clone(), &Utf8);
    };
    read_on(document, until)
}

/// The later stages over a document whose article was read: makes all layers, in place of those it has.
pub fn read_on(mut document: Document, until: Until) -> Document {
    document.layers = Layers::default();
    document.notes.retain(|note| matches!(note.stage, Stage::Intake | Stage::Article));
    if until == Until::Article {
        return document;
    }
    let facts = catch_unwind(AssertUnwindSafe(|| match until {
        Until::Article => {}
        Until::Language => document.layers.sentences = Some(onrecord_facts::sentences(&document)),
        Until::Facts => onrecord_facts::read(&mut document),
    }));
    if facts.is_err() {
        // Facts are layers alone: without them the document is as it was.
        document.layers = Layers::default();
        let message = "reading quotes on this page failed inside Onrecord; please report it";
        document.notes.push(Note::new(Stage::Facts, "panic", message));
    }
    document
}
