//! Cheap views of a document's sentences and tokens.

use crate::{Document, Token, Tokens};
use onrecord_span::{Span, Text};

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
}

#[cfg(test)]
mod tests {
    use crate::{
        BlockKind, Capture, Document, Draft, Entities, EntityRow, Interner, Iob, Label, Labels, Layer, Media,
        ModelName, Pos, Producer, StringId, TokenPlace, TokenRow, Tokens,
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
        document.layers.entities = Some(Entities { producer, rows: entities, labels });
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
