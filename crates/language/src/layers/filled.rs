//! Parses to rows.

use super::Annotator;
use crate::{Iob, Label, Parse, Word};
use onrecord_document as document;
use onrecord_document::{
    Document, Entities, EntityRow, Interner, Layer, LayerKind, Pos, StringId, TokenPlace, TokenRow, Tokens,
};
use onrecord_span::{Span, Text};

/// Layers under construction.
pub(super) struct Filling<'a> {
    annotator: &'a Annotator<'a>,
    document: &'a Document,
    filled: Filled,
}

/// Layers that are ready to be stored.
pub(super) struct Filled {
    rows: Vec<TokenRow>,
    strings: Interner,
    entities: Vec<EntityRow>,
    noun_chunks: Vec<Span<Text>>,
}

impl<'a> Filling<'a> {
    pub(super) fn new(annotator: &'a Annotator<'a>, document: &'a Document) -> Self {
        let filled =
            Filled { rows: Vec::new(), strings: Interner::default(), entities: Vec::new(), noun_chunks: Vec::new() };
        Filling { annotator, document, filled }
    }

    /// Adds what was read of the text that begins at `start` in the buffer.
    pub(super) fn add(&mut self, parse: &Parse, start: usize) {
        let first = self.filled.rows.len() as u32;
        let mut words = Words { parse, ids: vec![None; parse.word_count()] };
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
                pos: self.annotator.parts_of_speech.get(usize::from(token.pos.0)).copied().unwrap_or_default(),
                place: TokenPlace {
                    iob: match token.ent_iob {
                        Iob::Outside => document::Iob::Outside,
                        Iob::Begin => document::Iob::Begins,
                        Iob::Inside => document::Iob::Inside,
                    },
                    starts_sentence: token.sent_start,
                },
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

    pub(super) fn finish(self) -> Filled {
        self.filled
    }

    fn label(&self, label: Label) -> document::Label {
        self.annotator.labels.nth(label.0)
    }
}

impl Filled {
    pub(super) fn store(mut self, annotator: &Annotator<'_>, document: &mut Document) {
        let producer = annotator.producer();
        let labels = annotator.labels.clone();
        self.noun_chunks.sort();
        let layers = &mut document.layers;
        layers.tokens = Some(Tokens::new(producer.clone(), self.rows, labels.clone(), self.strings));
        layers.entities = Some(Entities { producer: producer.clone(), rows: self.entities, labels });
        layers.noun_chunks = Some(Layer::over(producer, &[LayerKind::Tokens], self.noun_chunks));
    }
}

/// Ids of a parse's words in the layer; a word is looked up once.
struct Words<'a> {
    parse: &'a Parse,
    ids: Vec<Option<StringId>>,
}

impl Words<'_> {
    fn id(&mut self, word: Word, text: &str, strings: &mut Interner) -> StringId {
        let string = self.parse.word(word);
        if string == text {
            return StringId::AS_WRITTEN;
        }
        let Some(id) = self.ids.get_mut(word.0 as usize) else { return strings.add(string) };
        *id.get_or_insert_with(|| strings.add(string))
    }
}

/// A token in a language without a model.
pub(super) fn plain(document: &Document, span: Span<Text>, strings: &mut Interner, index: usize) -> TokenRow {
    let text = document.words(span);
    let lower = text.to_lowercase();
    TokenRow {
        span,
        norm: if lower == text { StringId::AS_WRITTEN } else { strings.add(&lower) },
        lemma: StringId::AS_WRITTEN,
        head: index as u32,
        tag: document::Label::NONE,
        morph: document::Label::NONE,
        dep: document::Label::NONE,
        ent_type: document::Label::NONE,
        pos: Pos::None,
        place: TokenPlace::default(),
    }
}
