//! Tokens, entities and sentences as the output prints them.

use crate::json::write_escaped;
use crate::line::NoteLine;
use crate::{CodePoints, schema};
use onrecord_document::{Document, Entity, Note, Token};
use schemars::JsonSchema;
use serde::Serialize;
use serde::ser::Serializer;
use std::io;
use std::sync::Arc;

/// One token. Where no model was at work, all but `span`, `norm` and its own index as `head` is empty.
#[derive(Copy, Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields, rename = "Token")]
#[allow(missing_docs)] // the names are the contract's
pub struct TokenLine<'a> {
    pub span: [u32; 2],
    pub norm: &'a str,
    pub tag: &'a str,
    pub pos: &'static str,
    /// "Number=Sing|Person=3", or empty.
    pub morph: &'a str,
    pub lemma: &'a str,
    /// Index of the token it depends on; a root's is its own.
    pub head: usize,
    pub dep: &'a str,
    #[schemars(schema_with = "schema::iob")]
    pub ent_iob: &'static str,
    pub ent_type: &'a str,
    /// Whether the model starts a sentence here; `sentences` are cut by other rules.
    pub sent_start: bool,
}

impl<'a> TokenLine<'a> {
    /// A token of a document whose code points are counted.
    pub fn of(token: Token<'a>, points: &CodePoints<'_>) -> Self {
        TokenLine {
            span: points.span(token.span()),
            norm: token.norm(),
            tag: token.tag(),
            pos: token.pos().name(),
            morph: token.morph(),
            lemma: token.lemma(),
            head: token.head().index(),
            dep: token.dep(),
            ent_iob: token.ent_iob().name(),
            ent_type: token.ent_type(),
            sent_start: token.starts_sentence(),
        }
    }
}

/// One entity.
#[derive(Copy, Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields, rename = "Entity")]
#[allow(missing_docs)] // the names are the contract's
pub struct EntityLine<'a> {
    pub span: [u32; 2],
    /// "PERSON", "ORG", "GPE" …
    pub label: &'a str,
}

impl<'a> EntityLine<'a> {
    /// An entity of a document whose code points are counted.
    pub fn of(entity: Entity<'a>, points: &CodePoints<'_>) -> Self {
        EntityLine { span: points.span(entity.span()), label: entity.label() }
    }
}

/// The tokens of a document, written one by one: a long text's are never all held.
#[derive(Clone, Debug)]
pub struct TokenLines<'a> {
    document: &'a Document,
    points: Arc<CodePoints<'a>>,
}

impl<'a> TokenLines<'a> {
    pub(crate) fn of(document: &'a Document, points: &Arc<CodePoints<'a>>) -> Self {
        TokenLines { document, points: points.clone() }
    }

    /// The tokens in order.
    pub fn iter(&self) -> impl Iterator<Item = TokenLine<'a>> {
        self.document.tokens().map(|token| TokenLine::of(token, &self.points))
    }
}

impl PartialEq for TokenLines<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl Serialize for TokenLines<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

/// What `onrecord parse` prints about one text: what the language core alone says of it, as one document. Offsets are
/// Unicode code points, half-open, into the text.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[allow(missing_docs)] // the names are the contract's
pub struct ParseLine<'a> {
    pub id: &'a str,
    /// Name and version of the model: "en_core_web_sm-3.8.0".
    pub model: &'a str,
    #[serde(serialize_with = "tokens_or_none")]
    pub tokens: Option<TokenLines<'a>>,
    pub sentences: Vec<[u32; 2]>,
    pub entities: Vec<EntityLine<'a>>,
    pub noun_chunks: Vec<[u32; 2]>,
    /// Only where there is something to say.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<NoteLine<'a>>,
}

impl<'a> ParseLine<'a> {
    /// The line of a document whose language layers are filled.
    pub fn of(document: &'a Document, model: &'a str) -> Self {
        let points = Arc::new(CodePoints::of(document.text()));
        let layers = &document.layers;
        ParseLine {
            id: &document.capture().id,
            model,
            sentences: layers.sentences.iter().flat_map(|layer| points.spans(&layer.items)).collect(),
            entities: document.entities().map(|entity| EntityLine::of(entity, &points)).collect(),
            noun_chunks: layers.noun_chunks.iter().flat_map(|layer| points.spans(&layer.items)).collect(),
            tokens: Some(TokenLines::of(document, &points)),
            notes: document.notes.iter().map(NoteLine::from).collect(),
        }
    }

    /// The line of a text that could not be read, with the note that says why.
    pub fn unreadable(id: &'a str, model: &'a str, note: &'a Note) -> Self {
        ParseLine {
            id,
            model,
            tokens: None,
            sentences: Vec::new(),
            entities: Vec::new(),
            noun_chunks: Vec::new(),
            notes: vec![note.into()],
        }
    }

    /// Writes the line as JSON, without a line break in or after it. Characters that a terminal would obey are escaped.
    pub fn write<W: io::Write>(&self, out: W) -> io::Result<()> {
        write_escaped(out, self, false)
    }
}

/// An empty list where there are no tokens.
fn tokens_or_none<S: Serializer>(tokens: &Option<TokenLines<'_>>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(tokens.iter().flat_map(TokenLines::iter))
}
