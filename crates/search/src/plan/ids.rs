//! Documents by their numbers: what the database, or a search among the other kind of entries, has found.

use crate::index::Fields;
use std::fmt;
use std::sync::Arc;
use tantivy::query::{ConstScorer, EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED, Term};

/// Looking a number up costs as much as looking at so many entries.
const LOOKUP_COST: usize = 40;

/// Entries whose numbers are read together.
const BLOCK: usize = 1024;

/// Entries of the documents with these numbers.
#[derive(Clone)]
pub(crate) struct Ids {
    field: Field,
    /// Sorted.
    numbers: Arc<[u64]>,
    /// A bit for each number up to the greatest, set for those among `numbers`.
    bits: Arc<[u64]>,
}

impl Ids {
    /// `numbers` in any order.
    pub fn new(fields: &Fields, mut numbers: Vec<u64>) -> Ids {
        numbers.sort_unstable();
        numbers.dedup();
        let mut bits = vec![0; numbers.last().map_or(0, |last| (*last / 64) as usize + 1)];
        numbers.iter().for_each(|number| bits[(*number / 64) as usize] |= 1 << (number % 64));
        Ids { field: fields.id, numbers: numbers.into(), bits: bits.into() }
    }

    fn holds(&self, number: u64) -> bool {
        self.bits.get((number / 64) as usize).is_some_and(|bits| bits >> (number % 64) & 1 == 1)
    }

    /// The entries of a segment that belong to one of the documents, by looking at all of them.
    fn among_all(&self, reader: &SegmentReader) -> tantivy::Result<Vec<DocId>> {
        let numbers = reader.fast_fields().u64(reader.schema().get_field_name(self.field))?;
        let mut found = Vec::new();
        let mut block = [None; BLOCK];
        let mut docs: Vec<DocId> = Vec::with_capacity(BLOCK);
        for start in (0..reader.max_doc()).step_by(BLOCK) {
            docs.clear();
            docs.extend(start..reader.max_doc().min(start + BLOCK as u32));
            let block = &mut block[..docs.len()];
            block.fill(None);
            numbers.first_vals(&docs, block);
            let with = docs.iter().zip(block.iter());
            found.extend(
                with.filter(|(_, number)| number.is_some_and(|number| self.holds(number))).map(|(doc, _)| *doc),
            );
        }
        Ok(found)
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
            found = self.among_all(reader)?;
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
