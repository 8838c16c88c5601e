//! What the language core reads in a document, as layers of it.

mod filling;
mod plain;

use crate::languages::{language_of, pack_of};
use crate::model::{Model, Scratch};
use filling::{LayerFilling, MADE_FROM_TOKENS, ModelLabels};
use onrecord_document::{
    Block, BlockRole, Document, Entities, Interner, Layer, ModelName, Note, Producer, Stage, Tokens,
};
use onrecord_span::{Span, Text};
use std::sync::Arc;

/// Who makes the layers of this crate; those made with a model name it too. The version changes whenever their content may.
pub const PRODUCER: Producer = Producer::new("onrecord-language", env!("CARGO_PKG_VERSION"));

/// How much text of a document gets tokens, in bytes: some 80,000 words; the longest live pages have 40,000. The rest has
/// no tokens, and nothing that is read from tokens, so that no page holds up the others.
pub const MAX_READ: usize = 512 * 1024;

/// A model that is ready to fill layers: it names itself in them, and all of them share its labels.
#[derive(Clone, Debug)]
pub struct Annotator<'m> {
    model: &'m Model,
    name: Arc<ModelName>,
    labels: ModelLabels,
}

impl<'m> Annotator<'m> {
    /// Makes a model ready to fill layers.
    pub fn new(model: &'m Model) -> Self {
        let name = ModelName {
            name: model.name().to_owned(),
            version: model.version().to_owned(),
            weights: model.hash().to_owned(),
        };
        Annotator { model, name: Arc::new(name), labels: ModelLabels::of(model) }
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

    /// Fills tokens, entities and noun chunks of a document. Each block is read as a text of its own; furniture and repeated
    /// blocks are left out. So is a block that would take the text beyond [`MAX_READ`], and a note says so.
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
        let mut filling = LayerFilling::new(&self.labels, document);
        for (span, parse) in spans.iter().zip(&parses) {
            filling.add(parse, span.start());
        }
        filling.finish().store(self.producer(), &self.labels, document);
        if left_out > 0 {
            let blocks = if left_out == 1 { "a block is" } else { "some blocks are" };
            let kilobytes = MAX_READ / 1024;
            let message =
                format!("{blocks} without tokens: no more than {kilobytes} kB of a page's text are read for them");
            document.notes.push(Note::new(Stage::Language, "too_long", message));
        }
    }

    /// Reads a document's text as a whole, just as spaCy would, and fills tokens, entities, noun chunks, and the model's own
    /// sentences. The text beside the body is not read.
    pub fn fill_as_one(&self, document: &mut Document, scratch: &mut Scratch) {
        let parse = self.model.parse(document.text(), scratch);
        let mut filling = LayerFilling::new(&self.labels, document);
        filling.add(&parse, 0);
        let spans = parse.sentences.iter().filter_map(|sentence| document.span(parse.bytes(sentence)));
        let sentences = Layer::over(self.producer(), MADE_FROM_TOKENS, spans.collect());
        filling.finish().store(self.producer(), &self.labels, document);
        document.layers.sentences = Some(sentences);
    }
}

/// The blocks that get tokens, in the order of the buffer.
fn read_blocks(document: &Document) -> impl Iterator<Item = &Block> {
    document.blocks().iter().filter(|block| block.kind.role() != BlockRole::Furniture && block.repeats.is_none())
}

/// Fills the sentences of a document from its words alone: of all its blocks, furniture too. No model is needed.
pub fn fill_sentences(document: &mut Document) {
    let buffer = document.buffer().as_str();
    let split = pack_of(document).sentences;
    let mut items = Vec::with_capacity(document.blocks().len() * 2);
    for block in document.blocks() {
        split(buffer, block.span.range(), &mut |sentence| items.extend(document.span(sentence)));
    }
    items.sort();
    document.layers.sentences = Some(Layer::new(PRODUCER, items));
}

/// Fills the tokens of a document in a language without a model: words and marks by the rules of Unicode (UAX #29, which
/// takes words of Chinese, Japanese, Thai, Lao, Khmer and Burmese from dictionaries or statistics), with the lower-cased word
/// as their norm, and nothing else. A note says so.
pub fn fill_plain(document: &mut Document) {
    let mut strings = Interner::default();
    let mut rows = Vec::new();
    for block in read_blocks(document) {
        plain::words(document.words(block.span), |range| {
            let range = block.span.start() + range.start..block.span.start() + range.end;
            if let Some(span) = document.span(range) {
                rows.push(plain::row(document, span, &mut strings, rows.len()));
            }
        });
    }
    let language = language_of(document).to_owned();
    document.layers.tokens = Some(Tokens::new(PRODUCER, rows, Arc::default(), strings));
    document.layers.entities =
        Some(Entities { producer: PRODUCER, made_from: MADE_FROM_TOKENS, rows: Vec::new(), labels: Arc::default() });
    let message = format!("there is no model for the language {language:?}: tokens have no tags, heads or entities");
    document.notes.push(Note::new(Stage::Language, "no_model", message));
}
