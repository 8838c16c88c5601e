//! The shapes of a line's statements and names.

use crate::{CodePoints, schema};
use onrecord_document::{Layers, Mention, Name, Sourcing, Speaker, Statement};
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
    pub members: Option<Worded<'a>>,
    pub reason: Option<Worded<'a>>,
    pub basis: Option<Worded<'a>>,
    pub rank: Option<Worded<'a>>,
    pub occasion: Option<Worded<'a>>,
    pub medium: Option<Worded<'a>>,
    pub time: Option<Worded<'a>>,
    pub addressee: Option<Worded<'a>>,
    pub corroborates: Option<Worded<'a>>,
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
#[schemars(deny_unknown_fields)]
#[allow(missing_docs)] // the names are the contract's
pub struct Worded<'a> {
    pub value: &'a str,
    pub span: [u32; 2],
}

/// Somebody or something that the article names.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields, rename = "Name")]
#[allow(missing_docs)] // the names are the contract's
pub struct NameLine<'a> {
    #[schemars(regex(pattern = "^[0-9a-f]{16}$"))]
    pub id: String,
    #[schemars(schema_with = "schema::name_kind")]
    pub kind: &'static str,
    /// The fullest name or description that the article gives.
    pub name: &'a str,
    pub role: Option<&'a str>,
    pub affiliation: Option<&'a str>,
    /// Every mention, in the order of the text.
    pub mentions: Vec<MentionLine>,
    /// The entry of a gazetteer or knowledge base that is meant; null where none is sure.
    #[schemars(with = "()")]
    pub link: Option<&'static str>,
    /// How sure the producer is that all mentions mean the same.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub confidence: f64,
}

/// A place where the article refers to a name.
#[derive(Copy, Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields, rename = "Mention")]
#[allow(missing_docs)] // the names are the contract's
pub struct MentionLine {
    pub span: [u32; 2],
    #[schemars(schema_with = "schema::mention_form")]
    pub form: &'static str,
    /// What the mention stands for.
    #[serde(rename = "as")]
    #[schemars(schema_with = "schema::mention_sense")]
    pub sense: &'static str,
}

/// The statements of a text with these layers, as a line has them: for lists that show statements of many articles.
pub fn statements<'a>(buffer: &'a TextBuffer, layers: &'a Layers) -> Vec<StatementLine<'a>> {
    Wording { buffer, layers, points: &CodePoints::of(buffer.as_str()) }.statements()
}

/// A text, its layers and its code points, to make statements and names from.
pub(crate) struct Wording<'a, 'p> {
    pub buffer: &'a TextBuffer,
    pub layers: &'a Layers,
    pub points: &'p CodePoints<'a>,
}

impl<'a> Wording<'a, '_> {
    pub fn statements(&self) -> Vec<StatementLine<'a>> {
        self.layers.statements().iter().map(|statement| self.statement(statement)).collect()
    }

    pub fn names(&self) -> Vec<NameLine<'a>> {
        self.layers.names().iter().map(|name| self.name(name)).collect()
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

    fn name(&self, name: &Name) -> NameLine<'a> {
        let mention = |mention: &Mention| MentionLine {
            span: self.points.span(mention.span),
            form: mention.form.name(),
            sense: mention.sense.name(),
        };
        NameLine {
            id: name.id.to_string(),
            kind: name.kind.name(),
            name: self.buffer.slice(name.name),
            role: name.role.map(|span| self.buffer.slice(span)),
            affiliation: name.affiliation.map(|span| self.buffer.slice(span)),
            mentions: name.mentions.iter().map(mention).collect(),
            link: None,
            confidence: rounded(name.confidence),
        }
    }

    fn sourcing(&self, sourcing: &Sourcing) -> SourcingLine<'a> {
        let worded = |span: Option<Span<Text>>| {
            span.map(|span| Worded { value: self.buffer.slice(span), span: self.points.span(span) })
        };
        SourcingLine {
            kind: sourcing.kind.name(),
            terms: sourcing.terms.name(),
            terms_span: sourcing.terms_span.map(|span| self.points.span(span)),
            count: sourcing.count.map(|count| CountLine { min: count.min, max: count.max, exact: count.exact }),
            count_span: sourcing.count_span.map(|span| self.points.span(span)),
            members: worded(sourcing.members),
            reason: worded(sourcing.reason),
            basis: worded(sourcing.basis),
            rank: worded(sourcing.rank),
            occasion: worded(sourcing.occasion),
            medium: worded(sourcing.medium),
            time: worded(sourcing.time),
            addressee: worded(sourcing.addressee),
            corroborates: worded(sourcing.corroborates),
        }
    }
}

/// A confidence with three decimals, so that it prints the same everywhere.
fn rounded(confidence: f32) -> f64 {
    (f64::from(confidence.clamp(0.0, 1.0)) * 1000.0).round() / 1000.0
}

#[cfg(test)]
mod tests {
    use super::rounded;

    #[test]
    fn a_confidence_prints_with_three_decimals() {
        assert_eq!(serde_json::to_string(&rounded(0.9)).unwrap(), "0.9");
        assert_eq!(serde_json::to_string(&rounded(2.0 / 3.0)).unwrap(), "0.667");
        assert_eq!(serde_json::to_string(&rounded(1.5)).unwrap(), "1.0");
    }
}
