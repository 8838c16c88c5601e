//! Cheap views of a document's tokens, sentences and entities.

use crate::{Document, EntityRow, Iob, Labels, Pos, StringId, TokenRow, Tokens};
use onrecord_span::{Span, Text};

/// A token of a document: a view that costs nothing to make or copy.
#[derive(Copy, Clone)]
pub struct Token<'d> {
    document: &'d Document,
    tokens: &'d Tokens,
    row: &'d TokenRow,
    index: u32,
}

impl<'d> Token<'d> {
    fn at(document: &'d Document, tokens: &'d Tokens, index: usize) -> Option<Self> {
        Some(Token { document, tokens, row: tokens.rows().get(index)?, index: index as u32 })
    }

    /// Its place among the tokens of the document.
    pub fn index(self) -> usize {
        self.index as usize
    }

    /// Where it stands.
    pub fn span(self) -> Span<Text> {
        self.row.span
    }

    /// Its words.
    pub fn text(self) -> &'d str {
        self.document.words(self.row.span)
    }

    fn string(self, id: StringId) -> &'d str {
        self.tokens.string(id).unwrap_or_else(|| self.text())
    }

    /// The form that the model looks up: lower case, with contractions and spellings made alike.
    pub fn norm(self) -> &'d str {
        self.string(self.row.norm)
    }

    /// The form that a dictionary lists: "say" for "said". Empty where no model was at work.
    pub fn lemma(self) -> &'d str {
        if self.tokens.are_tagged() { self.string(self.row.lemma) } else { "" }
    }

    /// Part of speech, fine: "VBD".
    pub fn tag(self) -> &'d str {
        self.tokens.labels().name(self.row.tag)
    }

    /// Part of speech, coarse.
    pub fn pos(self) -> Pos {
        self.row.pos
    }

    /// Features: "Tense=Past|VerbForm=Fin"; empty where there is none.
    pub fn morph(self) -> &'d str {
        self.tokens.labels().name(self.row.morph)
    }

    /// How it depends on its head: "nsubj", "ROOT".
    pub fn dep(self) -> &'d str {
        self.tokens.labels().name(self.row.dep)
    }

    /// The token it depends on; a root's is itself.
    pub fn head(self) -> Token<'d> {
        Token::at(self.document, self.tokens, self.row.head as usize).unwrap_or(self)
    }

    /// Whether it depends on no other token.
    pub fn is_root(self) -> bool {
        self.row.head == self.index
    }

    /// Whether it begins, goes on with, or is outside an entity.
    pub fn ent_iob(self) -> Iob {
        self.row.place.iob
    }

    /// Type of the entity that it is part of; empty outside.
    pub fn ent_type(self) -> &'d str {
        self.tokens.labels().name(self.row.ent_type)
    }

    /// Whether the model starts a sentence here. [`Document::sentences`] are cut by other rules.
    pub fn starts_sentence(self) -> bool {
        self.row.place.starts_sentence
    }
}

impl std::fmt::Debug for Token<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?} {:?}", self.row.span, self.text())
    }
}

/// An entity of a document.
#[derive(Copy, Clone)]
pub struct Entity<'d> {
    document: &'d Document,
    row: &'d EntityRow,
    labels: &'d Labels,
}

impl<'d> Entity<'d> {
    /// Where it stands.
    pub fn span(self) -> Span<Text> {
        self.row.span
    }

    /// Its words.
    pub fn text(self) -> &'d str {
        self.document.words(self.row.span)
    }

    /// What it is: "PERSON", "ORG", "GPE" …
    pub fn label(self) -> &'d str {
        self.labels.name(self.row.label)
    }

    /// Its tokens.
    pub fn tokens(self) -> impl Iterator<Item = Token<'d>> {
        self.document.tokens_in(self.row.span)
    }
}

/// A sentence of a document.
#[derive(Copy, Clone)]
pub struct Sentence<'d> {
    document: &'d Document,
    span: Span<Text>,
}

impl<'d> Sentence<'d> {
    /// Where it stands.
    pub fn span(self) -> Span<Text> {
        self.span
    }

    /// Its words.
    pub fn text(self) -> &'d str {
        self.document.words(self.span)
    }

    /// Its tokens; none where no stage made tokens.
    pub fn tokens(self) -> impl Iterator<Item = Token<'d>> {
        self.document.tokens_in(self.span)
    }
}

impl Document {
    /// The tokens; none where no stage made them.
    pub fn tokens(&self) -> impl Iterator<Item = Token<'_>> {
        self.token_range(0..self.layers.tokens.as_ref().map_or(0, |tokens| tokens.rows().len()))
    }

    /// The token with this index.
    pub fn token(&self, index: usize) -> Option<Token<'_>> {
        Token::at(self, self.layers.tokens.as_ref()?, index)
    }

    /// The tokens that lie wholly inside a span.
    pub fn tokens_in(&self, span: Span<Text>) -> impl Iterator<Item = Token<'_>> {
        self.token_range(self.layers.tokens.as_ref().map_or(0..0, |tokens: &Tokens| tokens.within(span)))
    }

    fn token_range(&self, range: std::ops::Range<usize>) -> impl Iterator<Item = Token<'_>> {
        range.filter_map(|index| self.token(index))
    }

    /// The sentences; none where no stage made them.
    pub fn sentences(&self) -> impl Iterator<Item = Sentence<'_>> {
        let spans = self.layers.sentences.iter().flat_map(|layer| &layer.items);
        spans.map(|span| Sentence { document: self, span: *span })
    }

    /// The entities; none where no stage made them.
    pub fn entities(&self) -> impl Iterator<Item = Entity<'_>> {
        let layer = self.layers.entities.iter();
        layer.flat_map(|layer| layer.rows.iter().map(|row| Entity { document: self, row, labels: &layer.labels }))
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        BlockKind, Capture, Document, Draft, Entities, EntityRow, Interner, Iob, Label, Labels, Layer, LayerKind,
        LayerSet, Media, ModelName, Pos, Producer, StringId, TokenPlace, TokenRow, Tokens,
    };
    use onrecord_span::{PageBytes, Traced, Utf8};
    use std::sync::Arc;

    const TEXT: &str = "Ada Reyes sailed. She waited.";

    fn document() -> Document {
        let mut words = Traced::new();
        words.push_verbatim(TEXT, 0..TEXT.len() as u32);
        let mut draft = Draft::over_text(words);
        draft.mark(BlockKind::Paragraph, 0..TEXT.len());
        let page = PageBytes::new(TEXT.into()).unwrap();
        draft.finish(Capture::new("a.txt", page, Media::Text), &Utf8)
    }

    /// "Ada Reyes" PERSON, "sailed" a verb, and so on: as a model would have it.
    fn annotated() -> Document {
        let mut document = document();
        let model = ModelName { name: "test".into(), version: "1".into(), weights: "00".into() };
        let producer = Producer::new("test", "1").with(Arc::new(model));
        let mut labels = Labels::default();
        let (person, root, subject) = (labels.add("PERSON"), labels.add("ROOT"), labels.add("nsubj"));
        let mut strings = Interner::default();
        let (sail, wait) = (strings.add("sail"), strings.add("wait"));
        let words = ["Ada", "Reyes", "sailed", ".", "She", "waited", "."];
        let heads = [1, 2, 2, 2, 5, 5, 99];
        let rows = words.iter().zip(heads).enumerate().map(|(at, (word, head))| {
            let from = if at < 4 { 0 } else { 18 };
            let start = from + TEXT[from..].find(word).unwrap();
            TokenRow {
                span: document.span(start..start + word.len()).unwrap(),
                norm: StringId::AS_WRITTEN,
                lemma: [sail, wait, StringId::AS_WRITTEN][if at == 2 {
                    0
                } else if at == 5 {
                    1
                } else {
                    2
                }],
                head,
                tag: Label::NONE,
                morph: Label::NONE,
                dep: if head as usize == at { root } else { subject },
                ent_type: if at < 2 { person } else { Label::NONE },
                pos: if at == 2 { Pos::Verb } else { Pos::None },
                place: TokenPlace {
                    iob: [Iob::Begins, Iob::Inside, Iob::Outside][at.min(2)],
                    starts_sentence: at == 0 || at == 4,
                },
            }
        });
        let labels = Arc::new(labels);
        let tokens = Tokens::new(producer.clone(), rows.collect(), labels.clone(), strings);
        let span = |range| document.span(range).unwrap();
        let sentences = Layer::new(producer.clone(), vec![span(0..17), span(18..29)]);
        let entities = vec![EntityRow { span: span(0..9), label: person }];
        document.layers.tokens = Some(tokens);
        document.layers.sentences = Some(sentences);
        document.layers.entities =
            Some(Entities { producer, made_from: LayerSet::of(&[LayerKind::Tokens]), rows: entities, labels });
        document
    }

    #[test]
    fn a_sentence_gives_its_tokens_and_a_token_its_head() {
        let document = annotated();
        let second = document.sentences().nth(1).unwrap();
        let words: Vec<&str> = second.tokens().map(|token| token.text()).collect();
        assert_eq!(words, ["She", "waited", "."]);
        let she = second.tokens().next().unwrap();
        assert_eq!((she.head().text(), she.head().lemma(), she.dep()), ("waited", "wait", "nsubj"));
        assert!(she.head().is_root() && she.starts_sentence());
        assert_eq!(document.token(2).unwrap().lemma(), "sail");
        assert_eq!(document.token(3).unwrap().norm(), ".", "what is as written is not kept again");
    }

    #[test]
    fn an_entity_gives_its_label_and_tokens() {
        let document = annotated();
        let entity = document.entities().next().unwrap();
        assert_eq!((entity.text(), entity.label()), ("Ada Reyes", "PERSON"));
        assert!(entity.tokens().all(|token| token.ent_type() == "PERSON"));
        assert_eq!(entity.tokens().map(|token| token.ent_iob().name()).collect::<String>(), "BI");
    }

    #[test]
    fn a_head_that_is_no_token_is_the_token_itself() {
        assert!(annotated().token(6).unwrap().is_root());
    }

    #[test]
    fn a_token_takes_32_bytes() {
        assert_eq!(size_of::<TokenRow>(), 32);
        assert!(annotated().layers.tokens.unwrap().bytes() < 7 * 32 + 32);
    }

    #[test]
    fn a_document_without_layers_has_no_tokens_sentences_or_entities() {
        let document = document();
        assert_eq!(document.tokens().count() + document.sentences().count() + document.entities().count(), 0);
    }
}
