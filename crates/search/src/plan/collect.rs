//! The best results of a query, how many there are, and their facets: all in one pass.

use crate::request::Rank;
use crate::request::Sort;
use crate::results::facets::{CountedFacets, Facets, SegmentFacets, together};
use std::cmp::Ordering;
use std::collections::BinaryHeap;
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::Column;
use tantivy::{DocId, Score, SegmentOrdinal, SegmentReader};

/// What is collected.
pub(crate) struct Best {
    pub sort: Sort,
    /// Most results.
    pub limit: usize,
    /// Only what comes after this rank.
    pub after: Option<Rank>,
    pub with_facets: bool,
    /// Least confidence of a statement, in thousandths.
    pub min_confidence: u64,
}

/// What was collected.
#[derive(Default)]
pub(crate) struct Collected {
    /// Best first.
    pub best: Vec<Ranked>,
    /// How many there are in all.
    pub total: u64,
    pub facets: Option<Facets>,
}

/// A result.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) struct Ranked {
    pub rank: Rank,
    /// Number of the document.
    pub id: u64,
}

impl Ord for Ranked {
    /// Greatest is the last.
    fn cmp(&self, other: &Self) -> Ordering {
        match () {
            () if self.rank.is_before(&other.rank) => Ordering::Less,
            () if other.rank.is_before(&self.rank) => Ordering::Greater,
            // Two documents whose keys begin alike.
            () => self.id.cmp(&other.id),
        }
    }
}

impl PartialOrd for Ranked {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

pub(crate) struct SegmentBest {
    sort: Sort,
    limit: usize,
    after: Option<Rank>,
    min_confidence: u64,
    confidence: Option<Column<u64>>,
    times: Column<i64>,
    keys: Column<u64>,
    nths: Column<u64>,
    ids: Column<u64>,
    heap: BinaryHeap<Ranked>,
    total: u64,
    facets: Option<SegmentFacets>,
    /// Times of a block of entries.
    block: Vec<Option<i64>>,
}

impl SegmentBest {
    /// Keeps an entry of this order, if it is among the best.
    fn offer(&mut self, doc: DocId, order: u64) {
        // Most are worse than the worst that is kept: nothing more need be known of them.
        if self.heap.len() >= self.limit && self.heap.peek().is_none_or(|last| order < last.rank.order) {
            return;
        }
        if self.after.is_some_and(|after| order > after.order) {
            return;
        }
        let first = |column: &Column<u64>| column.first(doc).unwrap_or(0);
        let rank = Rank { order, key: first(&self.keys), nth: first(&self.nths) };
        if self.after.is_some_and(|after| !after.is_before(&rank)) {
            return;
        }
        self.heap.push(Ranked { rank, id: first(&self.ids) });
        if self.heap.len() > self.limit {
            self.heap.pop();
        }
    }
}

impl Collector for Best {
    type Fruit = Collected;
    type Child = SegmentBest;

    fn for_segment(&self, _: SegmentOrdinal, reader: &SegmentReader) -> tantivy::Result<SegmentBest> {
        let columns = reader.fast_fields();
        Ok(SegmentBest {
            sort: self.sort,
            limit: self.limit,
            after: self.after,
            min_confidence: self.min_confidence,
            confidence: if self.min_confidence > 0 { Some(columns.u64("confidence")?) } else { None },
            times: columns.i64("time")?,
            keys: columns.u64("key")?,
            nths: columns.u64("nth")?,
            ids: columns.u64("id")?,
            heap: BinaryHeap::with_capacity(self.limit.saturating_add(1).min(1 << 12)),
            total: 0,
            facets: if self.with_facets { Some(SegmentFacets::of(reader)?) } else { None },
            block: Vec::new(),
        })
    }

    fn requires_scoring(&self) -> bool {
        self.sort == Sort::Relevance
    }

    fn merge_fruits(&self, segments: Vec<SegmentFruit>) -> tantivy::Result<Collected> {
        let mut all = Collected::default();
        let mut counted = Vec::new();
        for segment in segments {
            let (best, total, facets) = segment?;
            all.best.extend(best);
            all.total += total;
            counted.extend(facets);
        }
        all.best.sort_unstable();
        all.best.truncate(self.limit);
        all.facets = self.with_facets.then(|| together(counted));
        Ok(all)
    }
}

type SegmentFruit = tantivy::Result<(Vec<Ranked>, u64, Option<CountedFacets>)>;

impl SegmentCollector for SegmentBest {
    type Fruit = SegmentFruit;

    fn collect(&mut self, doc: DocId, score: Score) {
        if let Some(confidence) = &self.confidence
            && confidence.first(doc).unwrap_or(0) < self.min_confidence
        {
            return;
        }
        self.total += 1;
        if let Some(facets) = &mut self.facets {
            facets.count(doc);
        }
        let order = match self.sort {
            Sort::Relevance => Rank::order_of_score(score),
            Sort::Time => Rank::order_of_time(self.times.first(doc)),
        };
        self.offer(doc, order);
    }

    /// Entries that are not scored; their times are read together.
    fn collect_block(&mut self, docs: &[DocId]) {
        if self.confidence.is_some() {
            return docs.iter().for_each(|doc| self.collect(*doc, 0.0));
        }
        self.total += docs.len() as u64;
        if let Some(facets) = &mut self.facets {
            docs.iter().for_each(|doc| facets.count(*doc));
        }
        let mut times = std::mem::take(&mut self.block);
        times.clear();
        times.resize(docs.len(), None);
        self.times.first_vals(docs, &mut times);
        docs.iter().zip(&times).for_each(|(doc, time)| self.offer(*doc, Rank::order_of_time(*time)));
        self.block = times;
    }

    fn harvest(self) -> SegmentFruit {
        let facets = self.facets.map(SegmentFacets::done).transpose()?;
        Ok((self.heap.into_vec(), self.total, facets))
    }
}
