//! How many results there are by outlet, language, month, kind of source and speaker.

use onrecord_document::SourceKind;
use std::collections::HashMap;
use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocId, SegmentReader};

/// Most values of one facet that are given; the rest are counted as others.
pub const MAX_VALUES: usize = 50;

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
pub(super) struct SegmentFacets {
    outlets: Named,
    languages: Named,
    speakers: Named,
    days: Column<u64>,
    months: HashMap<u32, u64>,
    /// The month that was counted last, and how often: articles of a month stand together more often than not.
    last_month: (u32, u64),
    undated: u64,
    sources: Column<u64>,
    of_sources: Vec<u64>,
    without_source: u64,
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

    fn count(&mut self, doc: DocId) {
        let Some(column) = &self.column else {
            self.without += 1;
            return;
        };
        let mut some = false;
        for ordinal in column.ords().values_for_doc(doc) {
            some = true;
            if let Some(count) = self.counts.get_mut(ordinal as usize) {
                *count += 1;
            }
        }
        self.without += u64::from(!some);
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

/// Counts of one segment, by names.
pub(super) struct CountedFacets {
    outlets: NamedCounts,
    languages: NamedCounts,
    speakers: NamedCounts,
    months: (HashMap<u32, u64>, u64),
    sources: (Vec<u64>, u64),
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
            sources: columns.u64("source")?,
            of_sources: vec![0; SourceKind::ALL.len()],
            without_source: 0,
        })
    }

    pub fn count(&mut self, doc: DocId) {
        self.outlets.count(doc);
        self.languages.count(doc);
        self.speakers.count(doc);
        match self.days.first(doc) {
            Some(day) => {
                let month = (day / 100) as u32;
                if self.last_month.0 != month {
                    self.end_month();
                    self.last_month.0 = month;
                }
                self.last_month.1 += 1;
            }
            None => self.undated += 1,
        }
        let mut some = false;
        for source in self.sources.values_for_doc(doc) {
            some = true;
            if let Some(count) = self.of_sources.get_mut(source as usize) {
                *count += 1;
            }
        }
        self.without_source += u64::from(!some);
    }

    fn end_month(&mut self) {
        let (month, count) = std::mem::take(&mut self.last_month);
        if count > 0 {
            *self.months.entry(month).or_default() += count;
        }
    }

    pub fn done(mut self) -> tantivy::Result<CountedFacets> {
        self.end_month();
        Ok(CountedFacets {
            outlets: (self.outlets.names()?, self.outlets.without),
            languages: (self.languages.names()?, self.languages.without),
            speakers: (self.speakers.names()?, self.speakers.without),
            months: (self.months, self.undated),
            sources: (self.of_sources, self.without_source),
        })
    }
}

/// The counts of all segments together.
pub(super) fn together(segments: Vec<CountedFacets>) -> Facets {
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
    let mut sources = vec![0; SourceKind::ALL.len()];
    let (mut undated, mut without_source) = (0, 0);
    for segment in &segments {
        undated += segment.months.1;
        without_source += segment.sources.1;
        for (month, count) in &segment.months.0 {
            *months.entry(*month).or_default() += count;
        }
        for (sum, count) in sources.iter_mut().zip(&segment.sources.0) {
            *sum += count;
        }
    }
    let mut months: Vec<(u32, u64)> = months.into_iter().collect();
    months.sort_unstable_by(|one, other| other.cmp(one));
    let by_place = Facet::most_first(sources.into_iter().enumerate(), without_source);
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
        sources: Facet {
            values: by_place.values.into_iter().map(|(nth, count)| (SourceKind::ALL[nth], count)).collect(),
            others: 0,
            without: by_place.without,
        },
    }
}
