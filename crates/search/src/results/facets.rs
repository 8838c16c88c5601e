//! How many results there are by outlet, language, month, kind of source, terms, kind of statement and speaker.

use onrecord_document::{SourceKind, StatementForm, Terms};
use std::collections::HashMap;
use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocId, SegmentReader};

/// Most values of one facet that are given; the rest are counted as others.
pub const MAX_VALUES: usize = 50;

/// Entries whose values are looked up together: columns are read several times as fast that way.
const BLOCK: usize = 256;

/// How many results have each value, of all that were found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facets {
    /// By outlet, most first.
    pub outlets: Facet<String>,
    /// By language code, most first.
    pub languages: Facet<String>,
    /// By month of publication as `2024-11`, newest first; none is left out.
    pub months: Facet<String>,
    /// By kind of source, most first: of articles, those with at least one statement of such a source.
    pub sources: Facet<SourceKind>,
    /// Of statements, by terms, most first.
    pub terms: Facet<Terms>,
    /// Of statements, by how they are rendered, most first.
    pub forms: Facet<StatementForm>,
    /// By named speaker, most first: of articles, those in which they say something.
    pub speakers: Facet<String>,
}

/// The values of one facet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facet<T> {
    /// Values with how many results have them; equal ones in the order of their names.
    pub values: Vec<(T, u64)>,
    /// How many values more there are.
    pub others: u64,
    /// How many results have no value.
    pub without: u64,
}

impl<T> Default for Facet<T> {
    fn default() -> Self {
        Facet { values: Vec::new(), others: 0, without: 0 }
    }
}

impl<T: Ord> Facet<T> {
    fn most_first(counts: impl IntoIterator<Item = (T, u64)>, without: u64) -> Facet<T> {
        let mut values: Vec<(T, u64)> = counts.into_iter().filter(|(_, count)| *count > 0).collect();
        values.sort_unstable_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
        let others = values.len().saturating_sub(MAX_VALUES) as u64;
        values.truncate(MAX_VALUES);
        Facet { values, others, without }
    }
}

/// Counts of one segment, by numbers that mean something in it alone.
pub(crate) struct SegmentFacets {
    outlets: Named,
    languages: Named,
    speakers: Named,
    days: Column<u64>,
    months: HashMap<u32, u64>,
    /// The month that was counted last, and how often: articles of a month stand together more often than not.
    last_month: (u32, u64),
    undated: u64,
    sources: Numbered,
    terms: Numbered,
    forms: Numbered,
    /// Entries that are not counted yet.
    block: Vec<DocId>,
    values: Values,
}

/// The values of a column for a block of entries.
#[derive(Default)]
struct Values {
    /// The entry of each value; those without one are left out.
    docs: Vec<DocId>,
    rows: Vec<u32>,
    values: Vec<u64>,
}

impl Values {
    fn read(&mut self, column: &Column<u64>, block: &[DocId]) {
        self.docs.clear();
        self.rows.clear();
        column.row_ids_for_docs(block, &mut self.docs, &mut self.rows);
        self.values.resize(self.rows.len(), 0);
        column.values.get_vals(&self.rows, &mut self.values);
    }

    /// Counts each value at its place; gives how many entries of the block have none.
    fn count(&self, block: &[DocId], counts: &mut [u64]) -> u64 {
        for value in &self.values {
            if let Some(count) = counts.get_mut(*value as usize) {
                *count += 1;
            }
        }
        let with = self.docs.chunk_by(|one, other| one == other).count();
        (block.len() - with) as u64
    }
}

/// Counts of a column of values by their places in the contract's list.
struct Numbered {
    column: Column<u64>,
    counts: Vec<u64>,
    without: u64,
}

impl Numbered {
    fn of(reader: &SegmentReader, name: &str, values: usize) -> tantivy::Result<Numbered> {
        Ok(Numbered { column: reader.fast_fields().u64(name)?, counts: vec![0; values], without: 0 })
    }

    fn count(&mut self, block: &[DocId], values: &mut Values) {
        values.read(&self.column, block);
        self.without += values.count(block, &mut self.counts);
    }
}

/// Counts of a column of names, by their ordinals.
struct Named {
    column: Option<StrColumn>,
    counts: Vec<u64>,
    without: u64,
}

impl Named {
    fn of(reader: &SegmentReader, name: &str) -> tantivy::Result<Named> {
        let column = reader.fast_fields().str(name)?;
        let values = column.as_ref().map_or(0, |column| column.num_terms());
        Ok(Named { column, counts: vec![0; values], without: 0 })
    }

    fn count(&mut self, block: &[DocId], values: &mut Values) {
        let Some(column) = &self.column else {
            self.without += block.len() as u64;
            return;
        };
        values.read(column.ords(), block);
        self.without += values.count(block, &mut self.counts);
    }

    /// Names with their counts.
    fn names(&self) -> tantivy::Result<Vec<(String, u64)>> {
        let Some(column) = &self.column else { return Ok(Vec::new()) };
        let mut found = Vec::new();
        let ordinals: Vec<u64> = (0..self.counts.len() as u64).filter(|nth| self.counts[*nth as usize] > 0).collect();
        let mut nth = 0;
        column.dictionary().sorted_ords_to_term_cb(&ordinals, |name| {
            let count = ordinals.get(nth).and_then(|ordinal| self.counts.get(*ordinal as usize));
            found.push((String::from_utf8_lossy(name).into_owned(), count.copied().unwrap_or(0)));
            nth += 1;
        })?;
        Ok(found)
    }
}

/// Names with their counts, and how many entries have none.
type NamedCounts = (Vec<(String, u64)>, u64);

/// Counts by the places of values in their list, and how many entries have none.
type NumberedCounts = (Vec<u64>, u64);

/// Counts of one segment, by names.
pub(crate) struct CountedFacets {
    outlets: NamedCounts,
    languages: NamedCounts,
    speakers: NamedCounts,
    months: (HashMap<u32, u64>, u64),
    sources: NumberedCounts,
    terms: NumberedCounts,
    forms: NumberedCounts,
}

impl SegmentFacets {
    pub fn of(reader: &SegmentReader) -> tantivy::Result<SegmentFacets> {
        let columns = reader.fast_fields();
        Ok(SegmentFacets {
            outlets: Named::of(reader, "outlet")?,
            languages: Named::of(reader, "language")?,
            speakers: Named::of(reader, "speaker")?,
            days: columns.u64("day")?,
            months: HashMap::new(),
            last_month: (0, 0),
            undated: 0,
            sources: Numbered::of(reader, "source", SourceKind::ALL.len())?,
            terms: Numbered::of(reader, "terms", Terms::ALL.len())?,
            forms: Numbered::of(reader, "form", StatementForm::ALL.len())?,
            block: Vec::with_capacity(BLOCK),
            values: Values::default(),
        })
    }

    pub fn count(&mut self, doc: DocId) {
        self.block.push(doc);
        if self.block.len() >= BLOCK {
            self.count_block();
        }
    }

    fn count_block(&mut self) {
        let block = std::mem::take(&mut self.block);
        let mut values = std::mem::take(&mut self.values);
        for named in [&mut self.outlets, &mut self.languages, &mut self.speakers] {
            named.count(&block, &mut values);
        }
        for numbered in [&mut self.sources, &mut self.terms, &mut self.forms] {
            numbered.count(&block, &mut values);
        }
        values.read(&self.days, &block);
        self.undated += (block.len() - values.docs.len()) as u64;
        for day in &values.values {
            let month = (day / 100) as u32;
            if self.last_month.0 != month {
                self.end_month();
                self.last_month.0 = month;
            }
            self.last_month.1 += 1;
        }
        self.values = values;
        self.block = block;
        self.block.clear();
    }

    fn end_month(&mut self) {
        let (month, count) = std::mem::take(&mut self.last_month);
        if count > 0 {
            *self.months.entry(month).or_default() += count;
        }
    }

    pub fn done(mut self) -> tantivy::Result<CountedFacets> {
        self.count_block();
        self.end_month();
        Ok(CountedFacets {
            outlets: (self.outlets.names()?, self.outlets.without),
            languages: (self.languages.names()?, self.languages.without),
            speakers: (self.speakers.names()?, self.speakers.without),
            months: (self.months, self.undated),
            sources: (self.sources.counts, self.sources.without),
            terms: (self.terms.counts, self.terms.without),
            forms: (self.forms.counts, self.forms.without),
        })
    }
}

/// The counts of all segments together.
pub(crate) fn together(segments: Vec<CountedFacets>) -> Facets {
    let named = |of: fn(&CountedFacets) -> &NamedCounts| {
        let mut counts: HashMap<&str, u64> = HashMap::new();
        let mut without = 0;
        for (names, more) in segments.iter().map(of) {
            without += more;
            for (name, count) in names {
                *counts.entry(name).or_default() += count;
            }
        }
        let ranked = Facet::most_first(counts, without);
        let values = ranked.values.into_iter().map(|(name, count)| (name.to_owned(), count)).collect();
        Facet { values, others: ranked.others, without }
    };
    let mut months: HashMap<u32, u64> = HashMap::new();
    let mut undated = 0;
    for segment in &segments {
        undated += segment.months.1;
        for (month, count) in &segment.months.0 {
            *months.entry(*month).or_default() += count;
        }
    }
    let mut months: Vec<(u32, u64)> = months.into_iter().collect();
    months.sort_unstable_by(|one, other| other.cmp(one));
    Facets {
        outlets: named(|segment| &segment.outlets),
        languages: named(|segment| &segment.languages),
        speakers: named(|segment| &segment.speakers),
        months: Facet {
            values: months
                .into_iter()
                .map(|(month, count)| (format!("{:04}-{:02}", month / 100, month % 100), count))
                .collect(),
            others: 0,
            without: undated,
        },
        sources: numbered(&segments, SourceKind::ALL, |segment| &segment.sources),
        terms: numbered(&segments, Terms::ALL, |segment| &segment.terms),
        forms: numbered(&segments, StatementForm::ALL, |segment| &segment.forms),
    }
}

/// The counts of all segments by values of a list of the contract.
fn numbered<T: Copy>(segments: &[CountedFacets], all: &[T], of: fn(&CountedFacets) -> &NumberedCounts) -> Facet<T> {
    let mut sums = vec![0; all.len()];
    let mut without = 0;
    for (counts, more) in segments.iter().map(of) {
        without += more;
        sums.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
    }
    let ranked = Facet::most_first(sums.into_iter().enumerate(), without);
    Facet {
        values: ranked.values.into_iter().map(|(nth, count)| (all[nth], count)).collect(),
        others: ranked.others,
        without: ranked.without,
    }
}
