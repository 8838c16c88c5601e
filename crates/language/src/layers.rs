//! What the language core says of a document, as layers of it.

mod filled;
mod unicode;

use crate::sentences::sentences_of;
use crate::{Model, Scratch};
use filled::Filling;
use onrecord_document::{
    Block, BlockRole, Document, Entities, Interner, Labels, Layer, LayerKind, ModelName, Note, Producer, Stage, Tokens,
};
use onrecord_span::{Span, Text};
use std::sync::Arc;

/// Who made the layers of this crate; those that a model was at work on name it too. The version changes whenever their
/// content may.
pub const PRODUCER: Producer = Producer::new("onrecord-language", env!("CARGO_PKG_VERSION"));

/// The language that a document without a stated or detected one is read in.
pub const USUAL: &str = "en";

/// Most text of a document that tokens are made of, in bytes: some 80,000 words, where the longest live pages have 40,000.
/// What is beyond has no tokens, and what is read from tokens is not read there, so that no page holds up the others.
pub const MAX_READ: usize = 512 * 1024;

/// Loads a model that is part of the program.
pub type BuiltIn = fn() -> &'static Model;

/// The models that are part of the program, by the language they read (ISO 639-1), English first. One more is a file and
/// a row.
pub const MODELS: &[(&str, BuiltIn)] = &[(USUAL, Model::english)];

/// The language that a document is read in: the one it states or is detected to be in, else English.
pub fn language_of(document: &Document) -> &str {
    document.fields.language.as_ref().map_or(USUAL, |language| language.value.split(['-', '_']).next().unwrap_or(USUAL))
}

/// A model ready to fill layers: it names itself in them, and its labels are shared by all of them.
#[derive(Clone, Debug)]
pub struct Annotator<'m> {
    model: &'m Model,
    name: Arc<ModelName>,
    labels: Arc<Labels>,
    parts_of_speech: Vec<onrecord_document::Pos>,
}

impl<'m> Annotator<'m> {
    /// Makes a model ready.
    pub fn new(model: &'m Model) -> Self {
        let name = ModelName {
            name: model.name().to_owned(),
            version: model.version().to_owned(),
            weights: model.hash().to_owned(),
        };
        let pos = |name| onrecord_document::Pos::of(name).unwrap_or_default();
        Annotator {
            model,
            name: Arc::new(name),
            labels: Arc::new(Labels::of(model.labels())),
            parts_of_speech: model.labels().map(pos).collect(),
        }
    }

    /// The model.
    pub fn model(&self) -> &'m Model {
        self.model
    }

    /// The model's name, down to its weights.
    pub fn name(&self) -> &ModelName {
        &self.name
    }

    /// Who makes the layers.
    pub fn producer(&self) -> Producer {
        PRODUCER.with(self.name.clone())
    }

    /// Fills tokens, entities and noun chunks of a document, each block read as a text of its own; furniture is left out,
    /// and a block that repeats an earlier one is read once. A block that would take what is read of a document beyond
    /// [`MAX_READ`] is left out, and a note says so.
    pub fn fill(&self, document: &mut Document, scratch: &mut Scratch) {
        let mut room = MAX_READ;
        let mut left_out = 0;
        let fits = |span: &Span<Text>| {
            let rest = room.checked_sub(span.range().len());
            left_out += usize::from(rest.is_none());
            room = rest.unwrap_or(room);
            rest.is_some()
        };
        let spans: Vec<Span<Text>> = read_blocks(document).map(|block| block.span).filter(fits).collect();
        let texts: Vec<&str> = spans.iter().map(|span| document.words(*span)).collect();
        let parses = self.model.parse_batch(&texts, scratch);
        let mut filling = Filling::new(self, document);
        for (span, parse) in spans.iter().zip(&parses) {
            filling.add(parse, span.start());
        }
        filling.finish().store(self, document);
        if left_out > 0 {
            let blocks = if left_out == 1 { "a block is" } else { "some blocks are" };
            let kilobytes = MAX_READ / 1024;
            let message =
                format!("{blocks} without tokens: no more than {kilobytes} kB of a page's text are read for them");
            document.notes.push(Note::new(Stage::Language, "too_long", message));
        }
    }

    /// Reads a document's text as one, just as spaCy would, and fills tokens, entities, noun chunks, and sentences as the
    /// model has them. The rest is not read.
    pub fn fill_as_one(&self, document: &mut Document, scratch: &mut Scratch) {
        let parse = self.model.parse(document.text(), scratch);
        let mut filling = Filling::new(self, document);
        filling.add(&parse, 0);
        let spans = parse.sentences.iter().filter_map(|sentence| document.span(parse.bytes(sentence)));
        let sentences = Layer::over(self.producer(), &[LayerKind::Tokens], spans.collect());
        filling.finish().store(self, document);
        document.layers.sentences = Some(sentences);
    }
}

/// The blocks that tokens are made of, in the order of the buffer.
fn read_blocks(document: &Document) -> impl Iterator<Item = &Block> {
    document.blocks().iter().filter(|block| block.kind.role() != BlockRole::Furniture && block.repeats.is_none())
}

/// Fills the sentences of a document, of all its blocks, from its words alone: no model is needed.
pub fn fill_sentences(document: &mut Document) {
    document.layers.sentences = Some(Layer::new(PRODUCER, sentences_of(document)));
}

/// Fills the tokens of a document in a language without a model: words and marks by the rules of Unicode (UAX #29; words of
/// Chinese, Japanese, Thai, Lao, Khmer and Burmese by dictionary or statistics), lower-cased as their norm, and nothing
/// else. A note says so.
pub fn fill_plain(document: &mut Document) {
    let mut strings = Interner::default();
    let mut rows = Vec::new();
    for block in read_blocks(document) {
        unicode::words(document.words(block.span), |range| {
            let range = block.span.start() + range.start..block.span.start() + range.end;
            if let Some(span) = document.span(range) {
                rows.push(filled::plain(document, span, &mut strings, rows.len()));
            }
        });
    }
    let language = language_of(document).to_owned();
    document.layers.tokens = Some(Tokens::new(PRODUCER, rows, Arc::default(), strings));
    document.layers.entities = Some(Entities { producer: PRODUCER, rows: Vec::new(), labels: Arc::default() });
    let message = format!("there is no model for the language {language:?}: tokens have no tags, heads or entities");
    document.notes.push(Note::new(Stage::Language, "no_model", message));
}
