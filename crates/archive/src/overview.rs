//! Who speaks in the archive, and on whose authority its outlets report: counted over all statements.

use crate::{Archive, Result};
use onrecord_document::{SourceKind, Terms};
use std::collections::{BTreeMap, HashMap};

/// Somebody who speaks in the archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpeakerCount {
    /// The name.
    pub name: String,
    /// How many statements.
    pub statements: u64,
    /// In how many articles.
    pub articles: u64,
    /// The outlets of these articles, sorted; outlets that a page does not name are left out.
    pub outlets: Vec<String>,
    /// The first day of publication, as stated; `None` where no article states one.
    pub first: Option<String>,
    /// The last.
    pub last: Option<String>,
}

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

/// A name, and the number of a document in which it speaks.
type Speaking = (String, i64);
/// How many statements, the outlet and the time of publication.
type Spoken = (u64, String, String);

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
    /// Everybody who speaks, most statements first; equal ones by name. `beginning`: only names in which a word begins so.
    /// Statements count for whom people say made them, and under the one name that they keep of one person's several.
    pub fn speakers(&self, beginning: &str) -> Result<Vec<SpeakerCount>> {
        let query = "SELECT s.name, t.document, count(*), coalesce(d.site, ''), coalesce(d.published, '')
            FROM statements t JOIN speakers s ON s.id = t.speaker JOIN documents d ON d.id = t.document
            GROUP BY s.name, t.document";
        let rows = self.all(query, [], |row| {
            let key = (row.get::<_, String>(0)?, row.get::<_, i64>(1)?);
            Ok((key, (row.get::<_, i64>(2)? as u64, row.get::<_, String>(3)?, row.get::<_, String>(4)?)))
        })?;
        let rows = self.counted_for(rows)?;
        let mut speakers: BTreeMap<String, SpeakerCount> = BTreeMap::new();
        let wanted = crate::search::text::folded(beginning);
        for ((name, _), (statements, outlet, published)) in rows {
            let known = speakers.entry(name).or_insert_with_key(|name| SpeakerCount {
                name: name.clone(),
                statements: 0,
                articles: 0,
                outlets: Vec::new(),
                first: None,
                last: None,
            });
            known.statements += statements;
            known.articles += 1;
            if !outlet.is_empty() {
                known.outlets.push(outlet);
            }
            let day: String = published.chars().take(10).collect();
            if !day.is_empty() {
                known.first = Some(known.first.take().map_or(day.clone(), |first| first.min(day.clone())));
                known.last = Some(known.last.take().map_or(day.clone(), |last| last.max(day)));
            }
        }
        let mut speakers: Vec<SpeakerCount> = speakers.into_values().collect();
        speakers.retain(|speaker| {
            let name = crate::search::text::folded(&speaker.name);
            name.starts_with(&wanted) || name.split_whitespace().any(|word| word.starts_with(&wanted))
        });
        for speaker in &mut speakers {
            speaker.outlets.sort();
            speaker.outlets.dedup();
        }
        speakers.sort_by(|one, other| other.statements.cmp(&one.statements).then_with(|| one.name.cmp(&other.name)));
        Ok(speakers)
    }

    /// Rows of names and documents, their statements counted for whom people say made them.
    fn counted_for(&self, rows: Vec<(Speaking, Spoken)>) -> Result<Vec<(Speaking, Spoken)>> {
        let (moved, kept) = (self.moved()?, HashMap::<String, String>::from_iter(self.same_speakers()?));
        if moved.is_empty() && kept.is_empty() {
            return Ok(rows);
        }
        let mut counted: BTreeMap<Speaking, Spoken> = rows.into_iter().collect();
        for moved in moved {
            let query = "SELECT name FROM statements JOIN speakers ON speakers.id = speaker
                WHERE document = ?1 AND nth = ?2";
            let read: Option<String> = self.one(query, (moved.document.0, moved.nth), |row| row.get(0))?;
            if let Some(row) = read.and_then(|read| counted.get_mut(&(read, moved.document.0))) {
                row.0 = row.0.saturating_sub(1);
            }
            let listed = self.listed(moved.document)?;
            let none = (0, listed.site.unwrap_or_default(), listed.published.unwrap_or_default());
            counted.entry((moved.name, moved.document.0)).or_insert(none).0 += 1;
        }
        let mut under_kept: BTreeMap<Speaking, Spoken> = BTreeMap::new();
        for ((name, document), row) in counted.into_iter().filter(|(_, row)| row.0 > 0) {
            let name = kept.get(&name).cloned().unwrap_or(name);
            let none = (0, row.1, row.2);
            under_kept.entry((name, document)).or_insert(none).0 += row.0;
        }
        Ok(under_kept.into_iter().collect())
    }

    /// On whose authority outlets report, by outlet and time; outlets by name, times in order.
    pub fn sourcing(&self, stretches: Stretches) -> Result<Vec<SourcingCount>> {
        let query =
            "SELECT coalesce(d.site, ''), substr(coalesce(d.published, ''), 1, ?1) AS time, t.document, t.source,
            t.terms, count(*) FROM statements t JOIN documents d ON d.id = t.document
            GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3";
        let rows = self.all(query, [stretches.digits()], |row| {
            Ok((
                (row.get::<_, String>(0)?, row.get::<_, String>(1)?),
                row.get::<_, i64>(2)?,
                row.get::<_, usize>(3)?,
                row.get::<_, usize>(4)?,
                row.get::<_, i64>(5)? as u64,
            ))
        })?;
        let mut counts: Vec<SourcingCount> = Vec::new();
        let mut last_document = None;
        for ((outlet, time), document, source, terms, count) in rows {
            let is_same = counts.last().is_some_and(|last| last.outlet == outlet && last.time == time);
            if !is_same {
                last_document = None;
                counts.push(SourcingCount {
                    outlet,
                    time,
                    articles: 0,
                    statements: 0,
                    by_source: vec![0; SourceKind::ALL.len()],
                    by_terms: vec![0; Terms::ALL.len()],
                });
            }
            let Some(last) = counts.last_mut() else { continue };
            if last_document != Some(document) {
                last_document = Some(document);
                last.articles += 1;
            }
            last.statements += count;
            for (list, nth) in [(&mut last.by_source, source), (&mut last.by_terms, terms)] {
                if let Some(sum) = list.get_mut(nth) {
                    *sum += count;
                }
            }
        }
        Ok(counts)
    }
}
