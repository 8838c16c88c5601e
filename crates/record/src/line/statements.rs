//! The shape of a statement.

use super::evidence::Evidence;
use super::wording::{Wording, rounded};
use crate::{CodePoints, schema};
use onrecord_document::{Document, Layers, Sourcing, Speaker, Statement};
use onrecord_span::{Span, Text, TextBuffer};
use schemars::JsonSchema;
use serde::Serialize;

/// One attribution.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields, rename = "Statement")]
#[allow(missing_docs)] // the names are the contract's
pub struct StatementLine<'a> {
    #[schemars(regex(pattern = "^[0-9a-f]{16}$"))]
    pub id: String,
    #[schemars(schema_with = "schema::form")]
    pub form: &'static str,
    #[schemars(schema_with = "schema::act")]
    pub act: &'static str,
    /// What is attributed; the parts of a direct statement include their quotation marks.
    pub content: Vec<[u32; 2]>,
    /// The words that attribute it.
    pub cue: Vec<[u32; 2]>,
    /// The words that name the source.
    pub source: Vec<[u32; 2]>,
    pub speaker: Option<SpeakerLine<'a>>,
    pub sourcing: SourcingLine<'a>,
    /// How sure the producer is.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub confidence: f64,
}

/// The name behind a statement.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields, rename = "Speaker")]
#[allow(missing_docs)] // the names are the contract's
pub struct SpeakerLine<'a> {
    /// The id of the name.
    #[schemars(regex(pattern = "^[0-9a-f]{16}$"))]
    pub id: String,
    pub name: &'a str,
    pub role: Option<&'a str>,
    pub affiliation: Option<&'a str>,
    #[schemars(range(min = 0.0, max = 1.0))]
    pub confidence: f64,
    /// The mention that gave the name.
    pub span: [u32; 2],
}

/// On whose authority something is said.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields, rename = "Sourcing")]
#[allow(missing_docs)] // the names are the contract's
pub struct SourcingLine<'a> {
    #[schemars(schema_with = "schema::source_kind")]
    pub kind: &'static str,
    #[schemars(schema_with = "schema::terms")]
    pub terms: &'static str,
    pub terms_span: Option<[u32; 2]>,
    pub count: Option<CountLine>,
    pub count_span: Option<[u32; 2]>,
    pub members: Option<PhraseLine<'a>>,
    pub reason: Option<PhraseLine<'a>>,
    pub basis: Option<PhraseLine<'a>>,
    pub rank: Option<PhraseLine<'a>>,
    pub occasion: Option<PhraseLine<'a>>,
    pub medium: Option<PhraseLine<'a>>,
    pub time: Option<PhraseLine<'a>>,
    pub addressee: Option<PhraseLine<'a>>,
    pub corroborates: Option<PhraseLine<'a>>,
}

/// How many sources there are.
#[derive(Copy, Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields, rename = "Count")]
#[allow(missing_docs)] // the names are the contract's
pub struct CountLine {
    pub min: u32,
    pub max: Option<u32>,
    pub exact: bool,
}

/// Words of the article and where they stand.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields, rename = "Phrase")]
#[allow(missing_docs)] // the names are the contract's
pub struct PhraseLine<'a> {
    pub value: &'a str,
    pub span: [u32; 2],
}

/// The statements of a text with these layers, as a line has them: for lists that show statements of many articles.
pub fn statements<'a>(buffer: &'a TextBuffer, layers: &'a Layers) -> Vec<StatementLine<'a>> {
    Wording { buffer, layers, points: &CodePoints::of(buffer.as_str()) }.statements()
}

/// Adds where the parts of every statement were read.
pub(super) fn statement_evidence(document: &Document, evidence: &mut Evidence) {
    for (nth, statement) in document.statements().iter().enumerate() {
        let at = |part: &str| format!("/statements/{nth}/{part}");
        evidence.add_words(at("content"), document, &statement.content);
        evidence.add_words(at("cue"), document, &statement.cue);
        evidence.add_words(at("source"), document, &statement.source);
        evidence.add_words(at("speaker"), document, statement.speaker.map(|speaker| speaker.span).as_slice());
        for (name, span) in statement.sourcing.spans() {
            evidence.add_words(at(&format!("sourcing/{name}")), document, span.as_slice());
        }
    }
}

impl<'a> Wording<'a, '_> {
    pub fn statements(&self) -> Vec<StatementLine<'a>> {
        self.layers.statements().iter().map(|statement| self.statement(statement)).collect()
    }

    fn statement(&self, statement: &Statement) -> StatementLine<'a> {
        StatementLine {
            id: statement.id.to_string(),
            form: statement.form.name(),
            act: statement.act.name(),
            content: self.points.spans(&statement.content),
            cue: self.points.spans(&statement.cue),
            source: self.points.spans(&statement.source),
            speaker: statement.speaker.and_then(|speaker| self.speaker(speaker)),
            sourcing: self.sourcing(&statement.sourcing),
            confidence: rounded(statement.confidence),
        }
    }

    /// `None` where there is no such name.
    fn speaker(&self, speaker: Speaker) -> Option<SpeakerLine<'a>> {
        let name = self.layers.names().get(speaker.name as usize)?;
        Some(SpeakerLine {
            id: name.id.to_string(),
            name: self.buffer.slice(name.name),
            role: name.role.map(|span| self.buffer.slice(span)),
            affiliation: name.affiliation.map(|span| self.buffer.slice(span)),
            confidence: rounded(speaker.confidence),
            span: self.points.span(speaker.span),
        })
    }

    fn sourcing(&self, sourcing: &Sourcing) -> SourcingLine<'a> {
        let phrase = |span: Option<Span<Text>>| {
            span.map(|span| PhraseLine { value: self.buffer.slice(span), span: self.points.span(span) })
        };
        SourcingLine {
            kind: sourcing.kind.name(),
            terms: sourcing.terms.name(),
            terms_span: sourcing.terms_span.map(|span| self.points.span(span)),
            count: sourcing.count.map(|count| CountLine { min: count.min, max: count.max, exact: count.exact }),
            count_span: sourcing.count_span.map(|span| self.points.span(span)),
            members: phrase(sourcing.members),
            reason: phrase(sourcing.reason),
            basis: phrase(sourcing.basis),
            rank: phrase(sourcing.rank),
            occasion: phrase(sourcing.occasion),
            medium: phrase(sourcing.medium),
            time: phrase(sourcing.time),
            addressee: phrase(sourcing.addressee),
            corroborates: phrase(sourcing.corroborates),
        }
    }
}
