//! The shapes of a line's quotes and chains.

use crate::{CodePoints, schema};
use onrecord_document::{Chain, Layers, Quote, Sourcing, Speaker};
use onrecord_span::{Span, Text, TextBuffer};
use schemars::JsonSchema;
use serde::Serialize;

/// One attribution.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields, rename = "Quote")]
#[allow(missing_docs)] // the names are the contract's
pub struct QuoteLine<'a> {
    #[schemars(regex(pattern = "^[0-9a-f]{16}$"))]
    pub id: String,
    #[schemars(schema_with = "schema::quote_kind")]
    pub kind: &'static str,
    #[schemars(schema_with = "schema::act")]
    pub act: &'static str,
    /// What is attributed; a direct quote's parts include their quotation marks.
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

/// The chain behind a quote.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields, rename = "Speaker")]
#[allow(missing_docs)] // the names are the contract's
pub struct SpeakerLine<'a> {
    /// The chain's id.
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

/// Somebody an article speaks of.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields, rename = "Chain")]
#[allow(missing_docs)] // the names are the contract's
pub struct ChainLine<'a> {
    #[schemars(regex(pattern = "^[0-9a-f]{16}$"))]
    pub id: String,
    pub name: &'a str,
    pub role: Option<&'a str>,
    pub affiliation: Option<&'a str>,
    pub mentions: Vec<[u32; 2]>,
}

/// The quotes of a text with these layers, as a line has them: for lists that show statements of many articles.
pub fn quotes<'a>(buffer: &'a TextBuffer, layers: &'a Layers) -> Vec<QuoteLine<'a>> {
    Wording { buffer, layers, points: &CodePoints::of(buffer.as_str()) }.quotes()
}

/// A text, its layers and its code points, to make quotes and chains from.
pub(crate) struct Wording<'a, 'p> {
    pub buffer: &'a TextBuffer,
    pub layers: &'a Layers,
    pub points: &'p CodePoints<'a>,
}

impl<'a> Wording<'a, '_> {
    pub fn quotes(&self) -> Vec<QuoteLine<'a>> {
        self.layers.quotes.iter().flat_map(|layer| &layer.items).map(|quote| self.quote(quote)).collect()
    }

    pub fn chains(&self) -> Vec<ChainLine<'a>> {
        self.layers.chains.iter().flat_map(|layer| &layer.items).map(|chain| self.chain(chain)).collect()
    }

    fn quote(&self, quote: &Quote) -> QuoteLine<'a> {
        QuoteLine {
            id: quote.id.to_string(),
            kind: quote.kind.name(),
            act: quote.act.name(),
            content: self.points.spans(&quote.content),
            cue: self.points.spans(&quote.cue),
            source: self.points.spans(&quote.source),
            speaker: quote.speaker.and_then(|speaker| self.speaker(speaker)),
            sourcing: self.sourcing(&quote.sourcing),
            confidence: rounded(quote.confidence),
        }
    }

    /// `None` where there is no such chain.
    fn speaker(&self, speaker: Speaker) -> Option<SpeakerLine<'a>> {
        let chain = self.layers.chains.as_ref()?.items.get(speaker.chain as usize)?;
        Some(SpeakerLine {
            id: chain.id.to_string(),
            name: self.buffer.slice(chain.name),
            role: chain.role.map(|span| self.buffer.slice(span)),
            affiliation: chain.affiliation.map(|span| self.buffer.slice(span)),
            confidence: rounded(speaker.confidence),
            span: self.points.span(speaker.span),
        })
    }

    fn chain(&self, chain: &Chain) -> ChainLine<'a> {
        ChainLine {
            id: chain.id.to_string(),
            name: self.buffer.slice(chain.name),
            role: chain.role.map(|span| self.buffer.slice(span)),
            affiliation: chain.affiliation.map(|span| self.buffer.slice(span)),
            mentions: self.points.spans(&chain.mentions),
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
