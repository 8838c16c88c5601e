//! The shapes of tokens and entities.

use crate::{CodePoints, schema};
use onrecord_document::{Document, Entity, Token};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Serialize;
use serde::ser::Serializer;
use std::borrow::Cow;
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

impl JsonSchema for TokenLines<'_> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Tokens".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        Vec::<TokenLine<'_>>::json_schema(generator)
    }
}
