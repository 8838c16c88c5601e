//! Words near each other, in any order: `"strike sumy"~5`.

use std::fmt;
use std::sync::Arc;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::query::{Bm25Weight, EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED, Term};

/// Documents in which all terms stand with at most `within` other words between them, in any order. Terms that are asked for
/// twice must stand there twice.
#[derive(Clone)]
pub(crate) struct Near {
    field: Field,
    /// Each term once, with how often it must stand there.
    terms: Arc<[(Term, usize)]>,
    within: u32,
}

impl Near {
    /// `terms`: at least one, all of `field`.
    pub fn new(field: Field, terms: Vec<Term>, within: u32) -> Near {
        let mut counted: Vec<(Term, usize)> = Vec::new();
        for term in terms {
            match counted.iter_mut().find(|(known, _)| *known == term) {
                Some((_, times)) => *times += 1,
                None => counted.push((term, 1)),
            }
        }
        Near { field, terms: counted.into(), within }
    }
}

impl fmt::Debug for Near {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Near({} terms, {})", self.terms.len(), self.within)
    }
}

impl Query for Near {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let bm25 = match scoring {
            EnableScoring::Enabled { statistics_provider, .. } => {
                let terms: Vec<Term> = self.terms.iter().map(|(term, _)| term.clone()).collect();
                Some(Bm25Weight::for_terms(statistics_provider, &terms)?)
            }
            EnableScoring::Disabled { .. } => None,
        };
        Ok(Box::new(NearWeight { near: self.clone(), bm25 }))
    }
}

struct NearWeight {
    near: Near,
    bm25: Option<Bm25Weight>,
}

impl Weight for NearWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let inverted = reader.inverted_index(self.near.field)?;
        let mut lists = Vec::with_capacity(self.near.terms.len());
        for (term, times) in self.near.terms.iter() {
            let Some(postings) = inverted.read_postings(term, IndexRecordOption::WithFreqsAndPositions)? else {
                return Ok(Box::new(EmptyScorer));
            };
            lists.push((postings, *times));
        }
        // The rarest leads.
        lists.sort_by_key(|(postings, _)| postings.doc_freq());
        let norms = match self.bm25 {
            Some(_) => Some(reader.get_fieldnorms_reader(self.near.field)?),
            None => None,
        };
        let bm25 = self.bm25.as_ref().map(|bm25| bm25.boost_by(boost));
        let words = self.near.terms.iter().map(|(_, times)| times).sum();
        let mut scorer =
            NearScorer { lists, words, within: self.near.within, bm25, norms, found: 0, places: Vec::new() };
        scorer.settle();
        Ok(Box::new(scorer))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let mut scorer = self.scorer(reader, 1.0)?;
        let found = scorer.seek(doc) == doc;
        Ok(Explanation::new("words near each other", if found { scorer.score() } else { 0.0 }))
    }
}

struct NearScorer {
    /// A list for each term, and how often the term must stand there.
    lists: Vec<(SegmentPostings, usize)>,
    words: usize,
    within: u32,
    bm25: Option<Bm25Weight>,
    norms: Option<FieldNormReader>,
    /// How many places of the present document fit.
    found: u32,
    places: Vec<(u32, usize)>,
}

impl NearScorer {
    /// Moves on from where the first list stands until all lists agree and the words are near each other.
    fn settle(&mut self) -> DocId {
        'documents: loop {
            let doc = self.lists[0].0.doc();
            if doc == TERMINATED {
                self.found = 0;
                return TERMINATED;
            }
            for nth in 1..self.lists.len() {
                let other = &mut self.lists[nth].0;
                let at = if other.doc() < doc { other.seek(doc) } else { other.doc() };
                if at != doc {
                    // The lists may not be asked to seek past their end twice.
                    if at == TERMINATED {
                        self.lists[0].0.seek(TERMINATED);
                    } else {
                        self.lists[0].0.seek(at);
                    }
                    continue 'documents;
                }
            }
            self.found = self.windows();
            if self.found > 0 {
                return doc;
            }
            self.lists[0].0.advance();
        }
    }

    /// How many stretches of the document hold all words with few enough others between.
    fn windows(&mut self) -> u32 {
        self.places.clear();
        let mut positions = Vec::new();
        for (nth, (postings, _)) in self.lists.iter_mut().enumerate() {
            postings.positions(&mut positions);
            self.places.extend(positions.iter().map(|position| (*position, nth)));
        }
        self.places.sort_unstable();
        windows(&self.places, &self.lists.iter().map(|(_, times)| *times).collect::<Vec<_>>(), self.words, self.within)
    }
}

/// Smallest stretches of `places` (position, term) that hold each term as often as `times` says, with at most `within`
/// positions besides the `words` wanted.
fn windows(places: &[(u32, usize)], times: &[usize], words: usize, within: u32) -> u32 {
    let mut have = vec![0_usize; times.len()];
    let mut lacking = times.len();
    let (mut first, mut found) = (0, 0);
    for (position, term) in places {
        have[*term] += 1;
        if have[*term] == times[*term] {
            lacking -= 1;
        }
        // The first that is not needed goes.
        while let Some((_, at_first)) = places.get(first).filter(|(_, term)| have[*term] > times[*term]) {
            have[*at_first] -= 1;
            first += 1;
        }
        let begins = places.get(first).map_or(*position, |(position, _)| *position);
        let between = (position - begins + 1).saturating_sub(words as u32);
        if lacking == 0 && between <= within {
            found += 1;
        }
    }
    found
}

impl DocSet for NearScorer {
    fn advance(&mut self) -> DocId {
        if self.doc() == TERMINATED {
            return TERMINATED;
        }
        self.lists[0].0.advance();
        self.settle()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc() < target {
            self.lists[0].0.seek(target);
            return self.settle();
        }
        self.doc()
    }

    fn doc(&self) -> DocId {
        self.lists[0].0.doc()
    }

    fn size_hint(&self) -> u32 {
        self.lists[0].0.size_hint() / 4
    }

    fn cost(&self) -> u64 {
        u64::from(self.lists[0].0.size_hint()) * 10
    }
}

impl Scorer for NearScorer {
    fn score(&mut self) -> Score {
        match (&self.bm25, &self.norms) {
            (Some(bm25), Some(norms)) => bm25.score(norms.fieldnorm_id(self.doc()), self.found),
            _ => 1.0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::windows;

    #[test]
    fn words_are_near_in_any_order_and_as_often_as_asked() {
        // strike(0) at 0 and 9, sumy(1) at 4: three words stand between, and four.
        let places = [(0, 0), (4, 1), (9, 0)];
        assert_eq!(windows(&places, &[1, 1], 2, 3), 1);
        assert_eq!(windows(&places, &[1, 1], 2, 4), 2);
        assert_eq!(windows(&places, &[1, 1], 2, 2), 0);
        assert_eq!(windows(&places, &[2, 1], 3, 7), 1);
        assert_eq!(windows(&places, &[2, 1], 3, 6), 0);
        assert_eq!(windows(&[(3, 0)], &[1], 1, 0), 1);
    }
}
