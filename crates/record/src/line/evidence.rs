//! Where on the page each field and fact of a line was read.

use super::stated::stated;
use onrecord_document::Document;
use onrecord_span::{Bytes, Span, Text};
use serde::ser::{Serialize, SerializeMap, Serializer};

/// JSON Pointers (RFC 6901) of a line's fields and facts, each with byte ranges of the page, in the order of the line.
/// What was not read from bytes of the page (an address, a header) is not in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Evidence(Vec<(String, Vec<[u32; 2]>)>);

impl Evidence {
    /// The evidence of every field and block of a document.
    pub(super) fn of_article(document: &Document) -> Self {
        let mut evidence = Evidence::default();
        for field in stated(document) {
            evidence.add(field.pointer, field.evidence.iter().copied());
        }
        for (nth, block) in document.blocks().iter().enumerate() {
            evidence.add_words(format!("/blocks/{nth}"), document, &[block.span]);
        }
        evidence
    }

    /// Pointers and byte ranges in order.
    pub fn entries(&self) -> &[(String, Vec<[u32; 2]>)] {
        &self.0
    }

    /// Adds the bytes behind words of the document, where there are any.
    pub(super) fn add_words(&mut self, pointer: String, document: &Document, spans: &[Span<Text>]) {
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
