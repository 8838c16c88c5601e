//! Documents by their numbers: what the database, or a search among the other kind of entries, has found.

use super::index::Fields;
use std::fmt;
use std::sync::Arc;
use tantivy::query::{ConstScorer, EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED, Term};

/// Looking a number up costs as much as looking at so many entries.
const LOOKUP_COST: usize = 40;

/// Entries of the documents with these numbers.
#[derive(Clone)]
pub(super) struct Ids {
    field: Field,
    /// Sorted.
    numbers: Arc<[u64]>,
}

impl Ids {
    /// `numbers` in any order.
    pub fn new(fields: &Fields, mut numbers: Vec<u64>) -> Ids {
        numbers.sort_unstable();
        numbers.dedup();
        Ids { field: fields.id, numbers: numbers.into() }
    }
}

impl fmt::Debug for Ids {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Ids({})", self.numbers.len())
    }
}

impl Query for Ids {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(self.clone()))
    }
}

impl Weight for Ids {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let mut found: Vec<DocId> = Vec::new();
        if self.numbers.len().saturating_mul(LOOKUP_COST) < reader.max_doc() as usize {
            let inverted = reader.inverted_index(self.field)?;
            for number in self.numbers.iter() {
                let term = Term::from_field_u64(self.field, *number);
                let Some(mut postings) = inverted.read_postings(&term, IndexRecordOption::Basic)? else { continue };
                while postings.doc() != TERMINATED {
                    found.push(postings.doc());
                    postings.advance();
                }
            }
            found.sort_unstable();
        } else {
            let numbers = reader.fast_fields().u64(reader.schema().get_field_name(self.field))?;
            let of =
                |doc: &DocId| numbers.first(*doc).is_some_and(|number| self.numbers.binary_search(&number).is_ok());
            found.extend((0..reader.max_doc()).filter(of));
        }
        if found.is_empty() {
            return Ok(Box::new(EmptyScorer));
        }
        Ok(Box::new(ConstScorer::new(Sorted { docs: found, at: 0 }, boost)))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let found = self.scorer(reader, 1.0)?.seek(doc) == doc;
        Ok(Explanation::new("one of these documents", if found { 1.0 } else { 0.0 }))
    }
}

/// Entries of a segment, sorted.
struct Sorted {
    docs: Vec<DocId>,
    at: usize,
}

impl DocSet for Sorted {
    fn advance(&mut self) -> DocId {
        self.at = (self.at + 1).min(self.docs.len());
        self.doc()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        self.at += self.docs[self.at..].partition_point(|doc| *doc < target);
        self.doc()
    }

    fn doc(&self) -> DocId {
        self.docs.get(self.at).copied().unwrap_or(TERMINATED)
    }

    fn size_hint(&self) -> u32 {
        self.docs.len() as u32
    }
}
