//! From parses to rows of layers.

use crate::model::Model;
use crate::parse::{LabelId, Parse, WordId};
use onrecord_document::{
    Document, Entities, EntityRow, Interner, Label, Labels, Layer, LayerKind, LayerSet, Pos, Producer, StringId,
    TokenPlace, TokenRow, Tokens,
};
use onrecord_span::{Span, Text};
use std::sync::Arc;

/// What layers over tokens are made from.
pub(super) const MADE_FROM_TOKENS: LayerSet = LayerSet::of(&[LayerKind::Tokens]);

/// What all layers that a model fills share: its labels, as documents name them.
#[derive(Clone, Debug)]
pub(super) struct ModelLabels {
    labels: Arc<Labels>,
    /// The part of speech that each label names, if any.
    parts_of_speech: Vec<Pos>,
}

impl ModelLabels {
    pub(super) fn of(model: &Model) -> Self {
        let part = |name| Pos::of(name).unwrap_or_default();
        ModelLabels {
            labels: Arc::new(Labels::of(model.labels())),
            parts_of_speech: model.labels().map(part).collect(),
        }
    }
}

/// Layers under construction.
pub(super) struct LayerFilling<'a> {
    labels: &'a ModelLabels,
    document: &'a Document,
    filled: FilledLayers,
}

/// Layers that are ready to be stored.
pub(super) struct FilledLayers {
    rows: Vec<TokenRow>,
    strings: Interner,
    entities: Vec<EntityRow>,
    noun_chunks: Vec<Span<Text>>,
}

impl<'a> LayerFilling<'a> {
    pub(super) fn new(labels: &'a ModelLabels, document: &'a Document) -> Self {
        let filled = FilledLayers {
            rows: Vec::new(),
            strings: Interner::default(),
            entities: Vec::new(),
            noun_chunks: Vec::new(),
        };
        LayerFilling { labels, document, filled }
    }

    /// Adds the parse of the text that begins at `start` in the buffer.
    pub(super) fn add(&mut self, parse: &Parse, start: usize) {
        let first = self.filled.rows.len() as u32;
        let mut words = WordIds { parse, ids: vec![None; parse.word_count()] };
        self.filled.rows.reserve(parse.tokens.len());
        for token in &parse.tokens {
            let Some(span) = self.document.span(start + token.start as usize..start + token.end as usize) else {
                continue;
            };
            let text = self.document.words(span);
            let row = TokenRow {
                span,
                norm: words.id(token.norm, text, &mut self.filled.strings),
                lemma: words.id(token.lemma, text, &mut self.filled.strings),
                head: first + token.head,
                tag: self.label(token.tag),
                morph: self.label(token.morph),
                dep: self.label(token.dep),
                ent_type: self.label(token.ent_type),
                pos: self.labels.parts_of_speech.get(usize::from(token.pos.0)).copied().unwrap_or_default(),
                place: TokenPlace { iob: token.ent_iob, starts_sentence: token.sent_start },
            };
            self.filled.rows.push(row);
        }
        let span = |tokens| {
            let bytes = parse.bytes(tokens);
            self.document.span(start + bytes.start..start + bytes.end)
        };
        for entity in &parse.entities {
            let row = span(&entity.tokens).map(|span| EntityRow { span, label: self.label(entity.label) });
            self.filled.entities.extend(row);
        }
        self.filled.noun_chunks.extend(parse.noun_chunks.iter().filter_map(span));
    }

    pub(super) fn finish(self) -> FilledLayers {
        self.filled
    }

    fn label(&self, label: LabelId) -> Label {
        self.labels.labels.nth(label.0)
    }
}

impl FilledLayers {
    pub(super) fn store(mut self, producer: Producer, labels: &ModelLabels, document: &mut Document) {
        let labels = labels.labels.clone();
        self.noun_chunks.sort();
        let layers = &mut document.layers;
        layers.tokens = Some(Tokens::new(producer.clone(), self.rows, labels.clone(), self.strings));
        layers.entities =
            Some(Entities { producer: producer.clone(), made_from: MADE_FROM_TOKENS, rows: self.entities, labels });
        layers.noun_chunks = Some(Layer::over(producer, MADE_FROM_TOKENS, self.noun_chunks));
    }
}

/// The ids that a parse's words have in the layer. Each word is looked up once.
struct WordIds<'a> {
    parse: &'a Parse,
    ids: Vec<Option<StringId>>,
}

impl WordIds<'_> {
    fn id(&mut self, word: WordId, text: &str, strings: &mut Interner) -> StringId {
        let string = self.parse.word(word);
        if string == text {
            return StringId::AS_WRITTEN;
        }
        let Some(id) = self.ids.get_mut(word.0 as usize) else { return strings.add(string) };
        *id.get_or_insert_with(|| strings.add(string))
    }
}
