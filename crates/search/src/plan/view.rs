//! The index as it was at one moment.

use super::lately::Lately;
use crate::error::index_error;
use crate::index::{ARTICLE, Fields, STATEMENT};
use crate::request::Kind;
use crate::text::Stem;
use onrecord_archive::Result;
use std::collections::BTreeSet;
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::Column;
use tantivy::query::{Bm25StatisticsProvider, EnableScoring, Query};
use tantivy::schema::Field;
use tantivy::{DocId, Score, Searcher, SegmentOrdinal, SegmentReader, Term};

/// Languages beyond which no more are looked at.
const MAX_LANGUAGES: usize = 200;

/// The index as it was at one moment, and what of it every search needs to know.
pub(crate) struct View {
    pub fields: Fields,
    pub searcher: Searcher,
    /// The stemmers of the languages of the archive.
    pub stems: Vec<Stem>,
    /// Whether there are languages whose endings depend on accents.
    pub has_accents: bool,
    /// Entries of articles, removed ones included.
    articles: u64,
    /// Entries of statements, removed ones included.
    statements: u64,
    /// What was found in it lately.
    pub lately: Lately,
}

impl View {
    pub fn of(fields: &Fields, searcher: Searcher) -> Result<View> {
        let mut languages = BTreeSet::new();
        for reader in searcher.segment_readers() {
            let inverted = reader.inverted_index(fields.language).map_err(index_error)?;
            let mut terms = inverted.terms().stream().map_err(index_error)?;
            while languages.len() < MAX_LANGUAGES && terms.advance() {
                languages.insert(String::from_utf8_lossy(terms.key()).into_owned());
            }
        }
        let mut stems: BTreeSet<Stem> = languages.iter().map(|code| Stem::of_language(Some(code))).collect();
        // Articles whose language is unknown.
        stems.insert(Stem::NONE);
        let english = Stem::of_language(Some("en"));
        let entries = |is: &str| searcher.doc_freq(&Term::from_field_text(fields.is, is)).map_err(index_error);
        Ok(View {
            has_accents: stems.iter().any(|stem| *stem != english && *stem != Stem::NONE),
            stems: stems.into_iter().collect(),
            articles: entries(ARTICLE)?,
            statements: entries(STATEMENT)?,
            fields: fields.clone(),
            searcher,
            lately: Lately::default(),
        })
    }

    /// What a collector makes of the entries that a query finds, scored as among entries of this kind alone.
    pub fn collect<C: Collector>(&self, query: &dyn Query, kind: Kind, collector: &C) -> Result<C::Fruit> {
        let entries = match kind {
            Kind::Articles => self.articles,
            Kind::Statements => self.statements,
        };
        let statistics = Statistics { searcher: &self.searcher, entries: entries.max(1) };
        let scoring = match collector.requires_scoring() {
            true => EnableScoring::enabled_from_statistics_provider(&statistics, &self.searcher),
            false => EnableScoring::disabled_from_searcher(&self.searcher),
        };
        let weight = query.weight(scoring).map_err(index_error)?;
        let mut fruits = Vec::with_capacity(self.searcher.segment_readers().len());
        for (nth, reader) in self.searcher.segment_readers().iter().enumerate() {
            fruits.push(collector.collect_segment(&*weight, nth as u32, reader).map_err(index_error)?);
        }
        collector.merge_fruits(fruits).map_err(index_error)
    }

    /// The numbers of the documents whose entries a query finds; in any order, some more than once.
    pub fn numbers(&self, query: &dyn Query) -> Result<Vec<u64>> {
        self.collect(query, Kind::Statements, &Numbers)
    }

    /// How many entries a query finds.
    pub fn count(&self, query: &dyn Query) -> Result<u64> {
        let counted = self.collect(query, Kind::Articles, &tantivy::collector::Count)?;
        Ok(counted as u64)
    }
}

/// Statistics of the entries of one kind: articles are not long because statements are short.
struct Statistics<'a> {
    searcher: &'a Searcher,
    entries: u64,
}

impl Bm25StatisticsProvider for Statistics<'_> {
    fn total_num_tokens(&self, field: Field) -> tantivy::Result<u64> {
        self.searcher.total_num_tokens(field)
    }

    fn total_num_docs(&self) -> tantivy::Result<u64> {
        Ok(self.entries)
    }

    fn doc_freq(&self, term: &Term) -> tantivy::Result<u64> {
        // What entries of both kinds have is never scored, but weighed.
        Ok(self.searcher.doc_freq(term)?.min(self.entries))
    }
}

struct Numbers;

struct SegmentNumbers {
    column: Column<u64>,
    found: Vec<u64>,
}

impl Collector for Numbers {
    type Fruit = Vec<u64>;
    type Child = SegmentNumbers;

    fn for_segment(&self, _: SegmentOrdinal, reader: &SegmentReader) -> tantivy::Result<SegmentNumbers> {
        Ok(SegmentNumbers { column: reader.fast_fields().u64("id")?, found: Vec::new() })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, fruits: Vec<Vec<u64>>) -> tantivy::Result<Vec<u64>> {
        Ok(fruits.concat())
    }
}

impl SegmentCollector for SegmentNumbers {
    type Fruit = Vec<u64>;

    fn collect(&mut self, doc: DocId, _: Score) {
        // The statements of an article stand side by side.
        if let Some(number) = self.column.first(doc).filter(|number| self.found.last() != Some(number)) {
            self.found.push(number);
        }
    }

    fn harvest(self) -> Vec<u64> {
        self.found
    }
}
