//! Layers, each by itself: what renews one leaves the others as they are.
//!
//! Which layers are stored is said by their table in the document crate. Tokens and noun chunks are not: compressed, an
//! article's tokens take twice what its words take, and the language stage makes them again from the words in
//! milliseconds. Everything that is shown or searched is.

use super::bytes::{In, Out};
use super::names::interned;
use super::words::{read_span, span};
use onrecord_document::parts::{PartReader, PartWriter};
use onrecord_document::{Document, LayerKind, LayerSet, Layers, ModelName, Producer};
use onrecord_span::{ContentId, Span, Text, TextBuffer};
use std::sync::Arc;

/// One layer as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EncodedLayer {
    /// Which layer.
    pub kind: LayerKind,
    /// Who made it.
    pub producer: Producer,
    /// The layers that it was made from.
    pub made_from: LayerSet,
    /// How many items it has.
    pub items: usize,
    /// The items.
    pub bytes: Vec<u8>,
}

impl EncodedLayer {
    /// Hash of its items.
    pub(crate) fn hash(&self) -> [u8; 8] {
        *ContentId::of([&*self.bytes]).as_bytes()
    }

    /// Hash of what it was made from, beside its producer: the words, and the kinds of layers, which the producers that made
    /// those stand for.
    pub(crate) fn inputs(&self, words: &[u8; 8]) -> [u8; 8] {
        *ContentId::of([words.as_slice(), names_of(self.made_from).as_bytes()]).as_bytes()
    }
}

/// The names of layers as the database has them, separated by spaces.
pub(crate) fn names_of(kinds: LayerSet) -> String {
    kinds.iter().map(LayerKind::name).collect::<Vec<_>>().join(" ")
}

/// What [`names_of`] wrote; layers that this version doesn't know are passed over.
pub(crate) fn set_of(names: &str) -> LayerSet {
    names.split(' ').filter_map(LayerKind::named).collect()
}

/// Every layer of a document that is stored, in the order of the table.
pub(crate) fn encode(document: &Document) -> Vec<EncodedLayer> {
    let layers = &document.layers;
    let stored = LayerKind::ALL.iter().copied().filter(|kind| kind.is_stored());
    stored
        .filter_map(|kind| {
            let layer = layers.get(kind)?;
            let mut parts = EncodedParts::default();
            layers.write(kind, &mut parts);
            let (producer, made_from, items) = (layer.producer().clone(), layer.made_from(), layer.count());
            Some(EncodedLayer { kind, producer, made_from, items, bytes: parts.out.0 })
        })
        .collect()
}

/// Adds a stored layer to `layers`; `None` where its bytes are none of a layer over this buffer. Layers that this version
/// doesn't know are passed over.
pub(crate) fn decode(stored: &RawLayer<'_>, buffer: &TextBuffer, layers: &mut Layers) -> Option<()> {
    let Some(kind) = LayerKind::named(stored.name) else { return Some(()) };
    let mut reader = PartsReader::over(stored.bytes, buffer);
    layers.read(kind, stored.producer.restored(), set_of(stored.made_from), &mut reader)?;
    (!kind.is_stored() || reader.read.is_done()).then_some(())
}

/// A layer as the database gives it.
pub(crate) struct RawLayer<'a> {
    pub name: &'a str,
    pub producer: &'a StoredProducer,
    pub made_from: &'a str,
    pub bytes: &'a [u8],
}

/// A producer as the database has it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct StoredProducer {
    pub name: String,
    pub version: String,
    /// Name, version and weights of the model, empty where there is none.
    pub model: [String; 3],
}

impl StoredProducer {
    pub fn of(producer: &Producer) -> Self {
        let model = producer.model.as_deref();
        let model = model.map(|model| [model.name.clone(), model.version.clone(), model.weights.clone()]);
        StoredProducer {
            name: producer.name.to_owned(),
            version: producer.version.to_owned(),
            model: model.unwrap_or_default(),
        }
    }

    pub fn restored(&self) -> Producer {
        let [name, version, weights] = self.model.clone();
        let model = (!name.is_empty()).then(|| Arc::new(ModelName { name, version, weights }));
        Producer { name: interned(&self.name), version: interned(&self.version), model }
    }
}

/// Parts of annotations being written. Spans are written as their distance from the one before.
#[derive(Default)]
pub(crate) struct EncodedParts {
    pub out: Out,
    end: usize,
}

impl PartWriter for EncodedParts {
    fn number(&mut self, number: u64) {
        self.out.number(number);
    }

    fn byte(&mut self, byte: u8) {
        self.out.byte(byte);
    }

    fn real(&mut self, real: f32) {
        self.out.0.extend_from_slice(&real.to_le_bytes());
    }

    fn id(&mut self, id: ContentId) {
        self.out.0.extend_from_slice(id.as_bytes());
    }

    fn words(&mut self, words: &str) {
        self.out.words(words);
    }

    fn span(&mut self, part: Span<Text>) {
        span(&mut self.out, part, &mut self.end);
    }
}

/// Parts of annotations being read back.
pub(crate) struct PartsReader<'a> {
    read: In<'a>,
    buffer: &'a TextBuffer,
    end: usize,
}

impl<'a> PartsReader<'a> {
    /// Reads the items of a layer over this buffer.
    pub fn over(bytes: &'a [u8], buffer: &'a TextBuffer) -> Self {
        PartsReader { read: In(bytes), buffer, end: 0 }
    }

    /// What `read` makes of all bytes; `None` where some are left.
    pub fn whole<T>(mut self, read: impl FnOnce(&mut dyn PartReader) -> Option<T>) -> Option<T> {
        let value = read(&mut self)?;
        self.read.is_done().then_some(value)
    }

    fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (bytes, rest) = self.read.0.split_first_chunk::<N>()?;
        self.read.0 = rest;
        Some(*bytes)
    }
}

impl PartReader for PartsReader<'_> {
    fn number(&mut self) -> Option<u64> {
        self.read.number()
    }

    fn byte(&mut self) -> Option<u8> {
        self.read.byte()
    }

    fn real(&mut self) -> Option<f32> {
        Some(f32::from_le_bytes(self.array()?))
    }

    fn id(&mut self) -> Option<ContentId> {
        Some(ContentId::from_bytes(self.array()?))
    }

    fn words(&mut self) -> Option<&str> {
        self.read.words()
    }

    fn span(&mut self) -> Option<Span<Text>> {
        read_span(&mut self.read, self.buffer, &mut self.end)
    }

    fn left(&self) -> usize {
        self.read.0.len()
    }
}
