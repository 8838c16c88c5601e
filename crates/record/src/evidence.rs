//! Where on the page each field and fact of a line was read.

use crate::stated;
use onrecord_document::{Document, Statement};
use onrecord_span::{Bytes, Span, Text};
use serde::ser::{Serialize, SerializeMap, Serializer};

/// JSON Pointers (RFC 6901) of a line's fields and facts, each with byte ranges of the page, in the order of the line.
/// What rests on no bytes of the page (an address, a header) is not in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Evidence(Vec<(String, Vec<[u32; 2]>)>);

impl Evidence {
    /// The evidence of every field, block, statement and name of a document.
    pub fn of(document: &Document) -> Self {
        let mut evidence = Evidence::default();
        for field in stated(document) {
            evidence.add(field.pointer, field.evidence.iter().copied());
        }
        for (nth, block) in document.blocks().iter().enumerate() {
            evidence.add_words(format!("/blocks/{nth}"), document, &[block.span]);
        }
        for (nth, statement) in document.statements().iter().enumerate() {
            evidence.add_statement(nth, document, statement);
        }
        for (nth, name) in document.names().iter().enumerate() {
            let mentions: Vec<Span<Text>> = name.mentions.iter().map(|mention| mention.span).collect();
            evidence.add_words(format!("/names/{nth}/name"), document, &[name.name]);
            evidence.add_words(format!("/names/{nth}/role"), document, name.role.as_slice());
            evidence.add_words(format!("/names/{nth}/affiliation"), document, name.affiliation.as_slice());
            evidence.add_words(format!("/names/{nth}/mentions"), document, &mentions);
        }
        evidence
    }

    /// Pointers and byte ranges in order.
    pub fn entries(&self) -> &[(String, Vec<[u32; 2]>)] {
        &self.0
    }

    fn add_statement(&mut self, nth: usize, document: &Document, statement: &Statement) {
        let at = |part: &str| format!("/statements/{nth}/{part}");
        self.add_words(at("content"), document, &statement.content);
        self.add_words(at("cue"), document, &statement.cue);
        self.add_words(at("source"), document, &statement.source);
        self.add_words(at("speaker"), document, statement.speaker.map(|speaker| speaker.span).as_slice());
        let sourcing = &statement.sourcing;
        for (name, span) in sourcing.spans() {
            self.add_words(at(&format!("sourcing/{name}")), document, span.as_slice());
        }
    }

    fn add_words(&mut self, pointer: String, document: &Document, spans: &[Span<Text>]) {
        self.add(pointer, spans.iter().flat_map(|span| document.evidence(*span)));
    }

    fn add(&mut self, pointer: String, ranges: impl Iterator<Item = Span<Bytes>>) {
        // Offsets of a page fit: no buffer is longer than `u32` can count.
        let ranges: Vec<[u32; 2]> = ranges.map(|range| [range.start() as u32, range.end() as u32]).collect();
        if !ranges.is_empty() {
            self.0.push((pointer, ranges));
        }
    }
}

impl Serialize for Evidence {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (pointer, ranges) in &self.0 {
            map.serialize_entry(pointer, ranges)?;
        }
        map.end()
    }
}
