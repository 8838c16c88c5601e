//! Statements in words, from what the database holds.

use crate::query::WordField;
use crate::results::{FoundStatement, SpokenBy};
use crate::snippets::Marker;
use crate::snippets::Passage;
use crate::text::Stem;
use onrecord_archive::{Corrected, Words};
use onrecord_document::{Layers, Statement};
use onrecord_span::{Span, Text};

/// What is searched of a statement: its words and its source, whatever the field.
const OF_CONTENT: [WordField; 2] = [WordField::Anywhere, WordField::Said];
const OF_CUE: [WordField; 1] = [WordField::Cue];
const OF_SOURCE: [WordField; 2] = [WordField::Anywhere, WordField::Speaker];

/// The statement of this index; `None` if there is none.
pub(crate) fn statement(
    words: &Words,
    layers: &Layers,
    nth: u32,
    stem: Stem,
    marker: &mut Marker,
    corrected: &Corrected,
) -> Option<FoundStatement> {
    let statement = layers.statements().get(nth as usize)?;
    let mut passages = |spans: &[Span<Text>], stem: Stem, fields: &[WordField]| -> Vec<Passage> {
        spans.iter().map(|span| Passage::whole(words, *span, marker, stem, fields)).collect()
    };
    Some(FoundStatement {
        nth,
        id: statement.id.to_string(),
        form: statement.form,
        act: statement.act,
        content: passages(&statement.content, stem, &OF_CONTENT),
        cue: passages(&statement.cue, stem, &OF_CUE),
        source: passages(&statement.source, Stem::NONE, &OF_SOURCE),
        speaker: corrected_to(spoken_by(words, layers, statement), nth, corrected),
        source_kind: statement.sourcing.kind,
        terms: statement.sourcing.terms,
        count: statement.sourcing.count,
        confidence: statement.confidence,
    })
}

fn spoken_by(words: &Words, layers: &Layers, statement: &Statement) -> Option<SpokenBy> {
    let speaker = statement.speaker?;
    let name = layers.speaker(statement)?;
    let said = |span: Span<Text>| words.words(span).split_whitespace().collect::<Vec<_>>().join(" ");
    Some(SpokenBy {
        name: said(name.name),
        read_as: None,
        role: name.role.map(said),
        affiliation: name.affiliation.map(said),
        confidence: speaker.confidence,
    })
}

/// The speaker that was read, or whom people put in his place.
fn corrected_to(read: Option<SpokenBy>, nth: u32, corrected: &Corrected) -> Option<SpokenBy> {
    let Some(name) = corrected.name(nth, read.as_ref().map(|read| read.name.as_str())).map(str::to_owned) else {
        return read;
    };
    if !corrected.is_moved(nth) {
        return read.map(|read| SpokenBy { read_as: Some(read.name), name, ..read });
    }
    // Role and affiliation were another's.
    let read_as = Some(read.map_or_else(String::new, |read| read.name));
    Some(SpokenBy { name, read_as, role: None, affiliation: None, confidence: 1.0 })
}
