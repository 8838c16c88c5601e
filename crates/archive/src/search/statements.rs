//! Statements in words, from what the database holds.

use super::found::{SpokenBy, Statement};
use super::marks::Marker;
use super::query::WordField;
use super::snippet::Passage;
use super::text::Stem;
use crate::Words;
use onrecord_document::{Layers, Quote};
use onrecord_span::{Span, Text};

/// What is searched of a statement: its words and its source, whatever the field.
const OF_CONTENT: [WordField; 2] = [WordField::Anywhere, WordField::Said];
const OF_CUE: [WordField; 1] = [WordField::Cue];
const OF_SOURCE: [WordField; 2] = [WordField::Anywhere, WordField::Speaker];

/// The statement of this index; `None` if there is none.
pub(super) fn statement(
    words: &Words,
    layers: &Layers,
    nth: u32,
    stem: Stem,
    marker: &mut Marker,
) -> Option<Statement> {
    let quote = layers.quotes.as_ref()?.items.get(nth as usize)?;
    let mut passages = |spans: &[Span<Text>], stem: Stem, fields: &[WordField]| -> Vec<Passage> {
        spans.iter().map(|span| Passage::whole(words, *span, marker, stem, fields)).collect()
    };
    Some(Statement {
        nth,
        id: quote.id.to_string(),
        kind: quote.kind,
        act: quote.act,
        content: passages(&quote.content, stem, &OF_CONTENT),
        cue: passages(&quote.cue, stem, &OF_CUE),
        source: passages(&quote.source, Stem::NONE, &OF_SOURCE),
        speaker: spoken_by(words, layers, quote),
        source_kind: quote.sourcing.kind,
        terms: quote.sourcing.terms,
        count: quote.sourcing.count,
        confidence: quote.confidence,
    })
}

fn spoken_by(words: &Words, layers: &Layers, quote: &Quote) -> Option<SpokenBy> {
    let speaker = quote.speaker?;
    let chain = layers.chains.as_ref()?.items.get(speaker.chain as usize)?;
    let said = |span: Span<Text>| words.words(span).split_whitespace().collect::<Vec<_>>().join(" ");
    Some(SpokenBy {
        name: said(chain.name),
        role: chain.role.map(said),
        affiliation: chain.affiliation.map(said),
        confidence: speaker.confidence,
    })
}
