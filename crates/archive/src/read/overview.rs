//! On whose authority the outlets of an archive report: counted over all statements.

use crate::{Archive, Result};
use onrecord_document::{SourceKind, Terms};
use std::collections::HashMap;

/// How many statements rest on what, in one outlet and one stretch of time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourcingCount {
    /// The outlet; empty where pages name none.
    pub outlet: String,
    /// The stretch: `2024-11` or `2024`; empty for articles without a date, or for all of them together.
    pub time: String,
    /// How many articles have statements.
    pub articles: u64,
    /// How many statements.
    pub statements: u64,
    /// By kind of source, in the order of [`SourceKind::ALL`].
    pub by_source: Vec<u64>,
    /// By terms, in the order of [`Terms::ALL`].
    pub by_terms: Vec<u64>,
}

impl SourcingCount {
    /// No statement yet, of an outlet and a stretch of time.
    pub fn none(outlet: String, time: String) -> SourcingCount {
        SourcingCount {
            outlet,
            time,
            articles: 0,
            statements: 0,
            by_source: vec![0; SourceKind::ALL.len()],
            by_terms: vec![0; Terms::ALL.len()],
        }
    }

    /// Statements of sources of these kinds.
    pub fn of(&self, kinds: &[SourceKind]) -> u64 {
        let listed = SourceKind::ALL.iter().zip(&self.by_source);
        listed.filter(|(kind, _)| kinds.contains(kind)).map(|(_, count)| count).sum()
    }

    /// Statements on these terms.
    pub fn on(&self, terms: Terms) -> u64 {
        Terms::ALL.iter().zip(&self.by_terms).find(|(listed, _)| **listed == terms).map_or(0, |(_, count)| *count)
    }
}

/// How time is divided.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Stretches {
    /// Not at all.
    Whole,
    /// By year of publication.
    Years,
    /// By month of publication.
    Months,
    /// By day of publication.
    Days,
}

impl Stretches {
    /// How many characters of a date, `2024-11-18`, tell stretches apart.
    pub fn digits(self) -> usize {
        match self {
            Stretches::Whole => 0,
            Stretches::Years => 4,
            Stretches::Months => 7,
            Stretches::Days => 10,
        }
    }
}

impl Archive {
    /// On whose authority outlets report, by outlet and time; outlets by name, times in order.
    pub fn sourcing(&self, stretches: Stretches) -> Result<Vec<SourcingCount>> {
        // In the order in which statements are stored, so that nothing is sorted or kept but the counts.
        let query = "SELECT t.document, t.source, t.terms, d.site, d.published
            FROM statements t JOIN documents d ON d.id = t.document ORDER BY t.document";
        let mut places: HashMap<(String, String), usize> = HashMap::new();
        let mut counts: Vec<SourcingCount> = Vec::new();
        let mut current: Option<(i64, usize)> = None;
        self.each(query, [], |row| {
            let document = row.get(0)?;
            let place = match current {
                Some((before, place)) if before == document => place,
                _ => {
                    let outlet = row.get::<_, Option<String>>(3)?.unwrap_or_default();
                    let published = row.get::<_, Option<String>>(4)?.unwrap_or_default();
                    let time: String = published.chars().take(stretches.digits()).collect();
                    let place = *places.entry((outlet, time)).or_insert_with_key(|(outlet, time)| {
                        counts.push(SourcingCount::none(outlet.clone(), time.clone()));
                        counts.len() - 1
                    });
                    counts[place].articles += 1;
                    current = Some((document, place));
                    place
                }
            };
            let count = &mut counts[place];
            count.statements += 1;
            for (list, nth) in [(&mut count.by_source, row.get::<_, usize>(1)?), (&mut count.by_terms, row.get(2)?)] {
                if let Some(sum) = list.get_mut(nth) {
                    *sum += 1;
                }
            }
            Ok(())
        })?;
        counts.sort_by(|one, other| (&one.outlet, &one.time).cmp(&(&other.outlet, &other.time)));
        Ok(counts)
    }
}
