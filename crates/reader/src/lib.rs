//! Capture to Document: the stages in order.
//!
//! Reading is pure (no clock, locale, network or thread order comes into it) and never fails: a page without an article
//! says so in a note, and a panic while reading a page is caught and becomes a note on that page.
//!
//! ```
//! use onrecord_document::{Capture, Media, Stage};
//! use onrecord_reader::read;
//! use onrecord_span::PageBytes;
//!
//! let page = PageBytes::new("“We hit something,” said Daniel Okafor, a teacher.".into()).unwrap();
//! let document = read(&Capture::new("ferry.txt", page, Media::Text), Stage::Facts);
//! let statement = &document.statements()[0];
//! assert_eq!(document.words(statement.content[0]), "“We hit something,”");
//! ```
//!
//! [`read`] does what facts need; [`read_with`] makes tokens and entities too, which takes the language model and some
//! ten times as long. [`parse`] is the language core alone.

mod model;

pub use model::{LoadError, LoadedModel};
pub use onrecord_facts::TRAINED;

use onrecord_document::{Capture, Document, Draft, LayerKind, Layers, Note, Producer, Stage};
use onrecord_span::Utf8;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// The layers that only a model makes: kept where [`Wanted::tokens`] asks for them.
const MADE_WITH_TOKENS: [LayerKind; 3] = [LayerKind::Tokens, LayerKind::Entities, LayerKind::NounChunks];

/// How to read.
#[derive(Copy, Clone, Debug)]
pub struct Wanted {
    /// The stage after which reading stops.
    pub until: Stage,
    /// Whether to make tokens, entities and noun chunks: only then is a model loaded and run.
    pub tokens: bool,
    /// The model for English, instead of the one that is part of the program.
    pub model: Option<&'static LoadedModel>,
}

impl From<Stage> for Wanted {
    fn from(until: Stage) -> Self {
        Wanted { until, tokens: false, model: None }
    }
}

/// Version of what reads articles out of pages: changes whenever its output may change.
pub const ARTICLE: Producer = onrecord_article::PRODUCER;
/// Version of what finds sentences, and with a model tokens and entities.
pub const LANGUAGE: Producer = onrecord_language::PRODUCER;
/// Version of what reads statements out of text.
pub const FACTS: Producer = onrecord_facts::PRODUCER;

/// Reads one page as far as asked, without tokens and entities.
pub fn read(capture: &Capture, until: Stage) -> Document {
    read_with(capture, &until.into())
}

/// Reads one page as asked.
pub fn read_with(capture: &Capture, wanted: &Wanted) -> Document {
    // Only `capture`, which reading doesn't change, is seen on both sides of the unwinding.
    let article = catch_unwind(AssertUnwindSafe(|| onrecord_article::read(capture)));
    match article {
        Ok(document) => go_on(document, wanted),
        Err(_) => failed(capture),
    }
}

/// The later stages over a document whose article was read: makes all layers, in place of those it has.
pub fn read_on(document: Document, until: Stage) -> Document {
    go_on(document, &until.into())
}

fn go_on(mut document: Document, wanted: &Wanted) -> Document {
    document.layers = Layers::default();
    document.notes.retain(|note| matches!(note.stage, Stage::Intake | Stage::Article));
    // Statements are read from tokens; they are kept only where they are wanted.
    let facts = wanted.until >= Stage::Facts;
    if wanted.until >= Stage::Language {
        stage(&mut document, Stage::Language, "sentences and words", |document| language(document, wanted));
    }
    if facts {
        stage(&mut document, Stage::Facts, "statements", onrecord_facts::read);
    }
    if !wanted.tokens {
        MADE_WITH_TOKENS.iter().for_each(|kind| document.layers.remove(*kind));
    }
    document
}

/// Parses the text of a page as one document, just as spaCy would, whatever its language: fills tokens, sentences as the
/// model has them, entities and noun chunks. A text is taken as it stands; of an HTML page, its article is.
pub fn parse(capture: &Capture, model: Option<&'static LoadedModel>) -> Document {
    let text = catch_unwind(AssertUnwindSafe(|| onrecord_article::text_alone(capture)));
    let Ok(mut document) = text else { return failed(capture) };
    let model = model.unwrap_or_else(LoadedModel::english);
    stage(&mut document, Stage::Language, "words", |document| {
        model.at_work(|annotator, scratch| annotator.fill_as_one(document, scratch));
    });
    document
}

fn language(document: &mut Document, wanted: &Wanted) {
    onrecord_language::fill_sentences(document);
    // Statements are read from a model's tokens; without a model there are none that they could be read from.
    if !(wanted.tokens || wanted.until >= Stage::Facts) {
        return;
    }
    let language = onrecord_language::language_of(document);
    let own = wanted.model.filter(|_| language == onrecord_language::USUAL);
    match own.or_else(|| LoadedModel::for_language(language)) {
        Some(model) => model.at_work(|annotator, scratch| annotator.fill(document, scratch)),
        None if wanted.tokens => onrecord_language::fill_plain(document),
        None => {}
    }
}

/// Runs a stage that fills layers; if it panics, its document is left without them.
fn stage(document: &mut Document, stage: Stage, what: &str, fill: impl FnOnce(&mut Document)) {
    if catch_unwind(AssertUnwindSafe(|| fill(document))).is_err() {
        match stage {
            Stage::Facts => document.layers.remove_stage(Stage::Facts),
            _ => document.layers = Layers::default(),
        }
        let message = format!("reading {what} on this page failed inside Onrecord; please report it");
        document.notes.push(Note::new(stage, "panic", message));
    }
}

fn failed(capture: &Capture) -> Document {
    let mut draft = Draft::new();
    draft.notes.push(Note::new(Stage::Article, "panic", "reading this page failed inside Onrecord; please report it"));
    draft.finish(capture.clone(), &Utf8)
}
