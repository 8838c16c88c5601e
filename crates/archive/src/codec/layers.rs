//! Layers, each by itself: what renews one leaves the others as they are.
//!
//! Tokens and noun chunks are not stored: compressed, an article's tokens take twice what its words take, and the
//! language stage makes them again from the words in milliseconds. Everything that is shown or searched is.

use super::bytes::{In, Out};
use super::names::{interned, interned_kinds};
use super::words::{read_span, span};
use onrecord_document::{
    Act, Chain, Count, Document, Entities, EntityRow, Labels, Layer, LayerKind, Layers, ModelName, Producer, Quote,
    QuoteKind, SourceKind, Sourcing, Speaker, Terms,
};
use onrecord_span::{ContentId, Span, Text, TextBuffer};
use std::sync::Arc;

/// One layer as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredLayer {
    /// `sentences`, `entities`, `chains`, `quotes`.
    pub name: &'static str,
    /// Who made it.
    pub producer: Producer,
    /// The layers that it was made from, one bit each, in the order of [`LayerKind`].
    pub made_from: u8,
    /// How many items it has.
    pub items: usize,
    /// The items.
    pub bytes: Vec<u8>,
}

impl StoredLayer {
    /// Hash of its items.
    pub(crate) fn hash(&self) -> [u8; 8] {
        *ContentId::of([&*self.bytes]).as_bytes()
    }

    /// Hash of what it was made from, beside its producer: the words, and the kinds of layers, which the producers that made
    /// those stand for.
    pub(crate) fn inputs(&self, words: &[u8; 8]) -> [u8; 8] {
        *ContentId::of([words.as_slice(), &[self.made_from]]).as_bytes()
    }
}

/// The kinds of layers, each by its bit in [`StoredLayer::made_from`]; new ones go to the end.
const KINDS: [LayerKind; 6] = [
    LayerKind::Tokens,
    LayerKind::Sentences,
    LayerKind::Entities,
    LayerKind::NounChunks,
    LayerKind::Chains,
    LayerKind::Quotes,
];

/// Every layer of a document that is stored, in the order in which stages make them.
pub(crate) fn encode(document: &Document) -> Vec<StoredLayer> {
    let layers = &document.layers;
    let mut stored = Vec::new();
    let mut add = |name, producer: &Producer, made_from: &[LayerKind], items, out: Out| {
        let made_from = KINDS.iter().enumerate().filter(|(_, kind)| made_from.contains(kind));
        let made_from = made_from.fold(0, |bits, (nth, _)| bits | 1 << nth);
        stored.push(StoredLayer { name, producer: producer.clone(), made_from, items, bytes: out.0 });
    };
    if let Some(layer) = &layers.sentences {
        let out = listed(&layer.items, |out, item, end| span(out, *item, end));
        add("sentences", &layer.producer, layer.made_from, layer.items.len(), out);
    }
    if let Some(layer) = &layers.entities {
        add("entities", &layer.producer, &[LayerKind::Tokens], layer.rows.len(), entities(layer));
    }
    if let Some(layer) = &layers.chains {
        add("chains", &layer.producer, layer.made_from, layer.items.len(), listed(&layer.items, chain));
    }
    if let Some(layer) = &layers.quotes {
        add("quotes", &layer.producer, layer.made_from, layer.items.len(), listed(&layer.items, quote));
    }
    stored
}

/// Adds a stored layer to `layers`; `None` where its bytes are none of a layer over this buffer. Layers that this version
/// doesn't know are passed over.
pub(crate) fn decode(stored: &RawLayer<'_>, buffer: &TextBuffer, layers: &mut Layers) -> Option<()> {
    let producer = stored.producer.restored();
    let made_from = interned_kinds(stored.made_from, &KINDS);
    let mut read = In(stored.bytes);
    let reader = Reader { buffer };
    let mut end = 0;
    match stored.name {
        "sentences" => {
            let items = read.list(|read| read_span(read, buffer, &mut end))?;
            layers.sentences = Some(Layer { producer, made_from, items });
        }
        "entities" => layers.entities = Some(reader.entities(&mut read, producer)?),
        "chains" => {
            let items = read.list(|read| reader.chain(read, &mut end))?;
            layers.chains = Some(Layer { producer, made_from, items });
        }
        "quotes" => {
            let items = read.list(|read| reader.quote(read, &mut end))?;
            layers.quotes = Some(Layer { producer, made_from, items });
        }
        _ => return Some(()),
    }
    read.is_done().then_some(())
}

/// A layer as the database gives it.
pub(crate) struct RawLayer<'a> {
    pub name: &'a str,
    pub producer: &'a StoredProducer,
    pub made_from: u8,
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

/// The names of the labels, then the entities, each with its label by number.
fn entities(layer: &Entities) -> Out {
    let mut names: Vec<&str> = Vec::new();
    let mut rows = Out::default();
    let mut end = 0;
    for row in &layer.rows {
        let name = layer.labels.name(row.label);
        let at = names.iter().position(|known| *known == name).unwrap_or_else(|| {
            names.push(name);
            names.len() - 1
        });
        rows.size(at);
        span(&mut rows, row.span, &mut end);
    }
    let mut out = Out::default();
    out.size(names.len());
    names.iter().for_each(|name| out.words(name));
    out.size(layer.rows.len());
    out.0.extend_from_slice(&rows.0);
    out
}

fn listed<T>(items: &[T], mut item: impl FnMut(&mut Out, &T, &mut usize)) -> Out {
    let mut out = Out::default();
    out.size(items.len());
    let mut end = 0;
    for each in items {
        item(&mut out, each, &mut end);
    }
    out
}

fn spans(out: &mut Out, list: &[Span<Text>], end: &mut usize) {
    out.size(list.len());
    list.iter().for_each(|each| span(out, *each, end));
}

fn chain(out: &mut Out, chain: &Chain, end: &mut usize) {
    out.0.extend_from_slice(chain.id.as_bytes());
    span(out, chain.name, end);
    out.option(chain.role, |out, role| span(out, role, end));
    out.option(chain.affiliation, |out, affiliation| span(out, affiliation, end));
    spans(out, &chain.mentions, end);
}

fn quote(out: &mut Out, quote: &Quote, end: &mut usize) {
    out.0.extend_from_slice(quote.id.as_bytes());
    spans(out, &quote.content, end);
    spans(out, &quote.cue, end);
    spans(out, &quote.source, end);
    named(out, QuoteKind::ALL, quote.kind);
    named(out, Act::ALL, quote.act);
    out.option(quote.speaker, |out, speaker| {
        out.number(speaker.chain.into());
        out.0.extend_from_slice(&speaker.confidence.to_le_bytes());
        span(out, speaker.span, end);
    });
    let sourcing = &quote.sourcing;
    named(out, SourceKind::ALL, sourcing.kind);
    named(out, Terms::ALL, sourcing.terms);
    out.option(sourcing.count, |out, count| {
        out.number(count.min.into());
        out.option(count.max, |out, max| out.number(max.into()));
        out.byte(u8::from(count.exact));
    });
    // Most of them say nothing: one bit each says which do.
    let stated = sourcing.spans();
    let present = stated.iter().enumerate().fold(0, |bits, (nth, (_, span))| bits | u64::from(span.is_some()) << nth);
    out.number(present);
    stated.iter().filter_map(|(_, stated)| *stated).for_each(|stated| span(out, stated, end));
    out.0.extend_from_slice(&quote.confidence.to_le_bytes());
}

/// A value by its place in the contract's order, to which new ones are added at the end.
fn named<T: PartialEq>(out: &mut Out, all: &[T], value: T) {
    out.byte(all.iter().position(|other| *other == value).unwrap_or_default() as u8);
}

struct Reader<'a> {
    buffer: &'a TextBuffer,
}

impl Reader<'_> {
    fn span(&self, read: &mut In<'_>, end: &mut usize) -> Option<Span<Text>> {
        read_span(read, self.buffer, end)
    }

    fn spans(&self, read: &mut In<'_>, end: &mut usize) -> Option<Vec<Span<Text>>> {
        read.list(|read| self.span(read, end))
    }

    fn entities(&self, read: &mut In<'_>, producer: Producer) -> Option<Entities> {
        let mut labels = Labels::default();
        let known = read.list(|read| Some(labels.add(read.words()?)))?;
        let mut end = 0;
        let rows = read.list(|read| {
            let label = *known.get(read.size()?)?;
            Some(EntityRow { span: self.span(read, &mut end)?, label })
        })?;
        Some(Entities { producer, rows, labels: Arc::new(labels) })
    }

    fn chain(&self, read: &mut In<'_>, end: &mut usize) -> Option<Chain> {
        Some(Chain {
            id: id(read)?,
            name: self.span(read, end)?,
            role: read.option(|read| self.span(read, end))?,
            affiliation: read.option(|read| self.span(read, end))?,
            mentions: self.spans(read, end)?,
        })
    }

    fn quote(&self, read: &mut In<'_>, end: &mut usize) -> Option<Quote> {
        let id = id(read)?;
        let content = self.spans(read, end)?;
        let cue = self.spans(read, end)?;
        let source = self.spans(read, end)?;
        let kind = one_of(read, QuoteKind::ALL)?;
        let act = one_of(read, Act::ALL)?;
        let speaker = read.option(|read| {
            let chain = u32::try_from(read.number()?).ok()?;
            Some(Speaker { chain, confidence: float(read)?, span: self.span(read, end)? })
        })?;
        let mut sourcing = Sourcing::new(one_of(read, SourceKind::ALL)?, one_of(read, Terms::ALL)?);
        sourcing.count = read.option(|read| {
            let min = u32::try_from(read.number()?).ok()?;
            let max = read.option(|read| u32::try_from(read.number()?).ok())?;
            Some(Count { min, max, exact: read.byte()? != 0 })
        })?;
        let present = read.number()?;
        for (nth, place) in places(&mut sourcing).into_iter().enumerate() {
            if present & 1 << nth != 0 {
                *place = Some(self.span(read, end)?);
            }
        }
        Some(Quote { id, content, cue, source, kind, act, speaker, sourcing, confidence: float(read)? })
    }
}

/// The places of [`Sourcing::spans`], in the same order.
fn places(sourcing: &mut Sourcing) -> [&mut Option<Span<Text>>; 11] {
    [
        &mut sourcing.terms_span,
        &mut sourcing.count_span,
        &mut sourcing.members,
        &mut sourcing.reason,
        &mut sourcing.basis,
        &mut sourcing.rank,
        &mut sourcing.occasion,
        &mut sourcing.medium,
        &mut sourcing.time,
        &mut sourcing.addressee,
        &mut sourcing.corroborates,
    ]
}

fn one_of<T: Copy>(read: &mut In<'_>, all: &[T]) -> Option<T> {
    all.get(usize::from(read.byte()?)).copied()
}

fn id(read: &mut In<'_>) -> Option<ContentId> {
    let (id, rest) = read.0.split_first_chunk::<8>()?;
    read.0 = rest;
    Some(ContentId::from_bytes(*id))
}

fn float(read: &mut In<'_>) -> Option<f32> {
    let (bytes, rest) = read.0.split_first_chunk::<4>()?;
    read.0 = rest;
    Some(f32::from_le_bytes(*bytes))
}
