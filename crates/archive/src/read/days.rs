//! What was published on which day, and what came with which commit: the lists of a front page.

use crate::read::archive::{LISTED, listed};
use crate::{Archive, Listed, Result};
use onrecord_document::{Act, SourceKind, StatementForm, Terms};

/// Batches that follow each other this closely, in seconds, came in one go.
const ONE_GO: i64 = 90;

/// A day on which articles were published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayCount {
    /// As `2024-11-18`.
    pub day: String,
    /// How many articles the archive has of it.
    pub articles: u64,
    /// Of how many outlets that pages name.
    pub outlets: u64,
}

/// Articles that were added in one go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Addition {
    /// When the last of them was stored, Unix time.
    pub at: i64,
    /// How many articles at addresses that the archive did not have.
    pub articles: u64,
    /// How many new versions of articles that it had.
    pub versions: u64,
    /// The names of the first and the last of them in the output, by the alphabet.
    pub names: [String; 2],
}

/// A statement as lists of many need it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatementRow {
    /// Its index among those of its document.
    pub nth: u32,
    /// How it is rendered.
    pub form: StatementForm,
    /// What it does.
    pub act: Act,
    /// What kind of source.
    pub source: SourceKind,
    /// On which terms.
    pub terms: Terms,
}

/// A statement of a speaker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SaidRow {
    /// The document.
    pub document: crate::DocumentId,
    /// The statement's index among those of its document.
    pub nth: u32,
    /// How it is rendered.
    pub form: StatementForm,
    /// As the article states it.
    pub published: Option<String>,
    /// The outlet.
    pub site: Option<String>,
}

impl Archive {
    /// The latest days on which articles were published, newest first: those before `before`, where it is given.
    pub fn days(&self, before: Option<&str>, limit: usize) -> Result<Vec<DayCount>> {
        let mut days = Vec::new();
        // Sorts behind every date.
        let mut end = before.unwrap_or("~").to_owned();
        while days.len() < limit {
            let latest = "SELECT substr(max(published), 1, 10) FROM documents WHERE published < ?1";
            let Some(day) = self.one(latest, [&end], |row| row.get::<_, Option<String>>(0))?.flatten() else { break };
            let count = "SELECT count(*), count(DISTINCT site) FROM documents WHERE published >= ?1 AND published < ?2";
            let last = format!("{day}~");
            let counts = self.one(count, [&day, &last], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?)))?;
            let (articles, outlets) = counts.unwrap_or_default();
            end.clone_from(&day);
            days.push(DayCount { day, articles: articles as u64, outlets: outlets as u64 });
        }
        Ok(days)
    }

    /// The articles of a day, latest first, `limit` at most.
    pub fn of_day(&self, day: &str, limit: usize) -> Result<Vec<Listed>> {
        let query = format!(
            "{LISTED} WHERE d.published >= ?1 AND d.published < ?2 ORDER BY d.published DESC, d.id DESC LIMIT ?3"
        );
        self.all(&query, (day, format!("{day}~"), limit as i64), listed)
    }

    /// What was added last, in one go each, latest first; of the last `batches` commits.
    pub fn additions(&self, batches: usize) -> Result<Vec<Addition>> {
        let query = "SELECT b.at, count(*), min(c.name), max(c.name), sum(EXISTS (
                SELECT 1 FROM documents o WHERE o.address = d.address AND o.id < d.id))
            FROM documents d JOIN batches b ON b.id = d.batch JOIN captures c ON c.id = d.id
            WHERE d.batch IN (SELECT DISTINCT batch FROM documents ORDER BY batch DESC LIMIT ?1)
            GROUP BY d.batch ORDER BY d.batch DESC";
        let rows = self.all(query, [batches as i64], |row| {
            let (at, all): (i64, i64) = (row.get(0)?, row.get(1)?);
            let (names, versions): (_, i64) = ([row.get(2)?, row.get(3)?], row.get(4)?);
            Ok(Addition { at, articles: (all - versions) as u64, versions: versions as u64, names })
        })?;
        let mut additions: Vec<(i64, Addition)> = Vec::new();
        for row in rows {
            match additions.last_mut() {
                Some((begun, last)) if *begun - row.at <= ONE_GO => {
                    *begun = row.at;
                    last.articles += row.articles;
                    last.versions += row.versions;
                    let [first, end] = row.names;
                    if first < last.names[0] {
                        last.names[0] = first;
                    }
                    if end > last.names[1] {
                        last.names[1] = end;
                    }
                }
                _ => additions.push((row.at, row)),
            }
        }
        Ok(additions.into_iter().map(|(_, addition)| addition).collect())
    }

    /// The statements of a document, in order.
    pub fn statements(&self, id: crate::DocumentId) -> Result<Vec<StatementRow>> {
        let query = "SELECT nth, form, act, source, terms FROM statements WHERE document = ?1 ORDER BY nth";
        let rows = self.all(query, [id.0], |row| {
            let number = |column: usize| row.get::<_, i64>(column);
            Ok((number(0)?, number(1)?, number(2)?, number(3)?, number(4)?))
        })?;
        let found = rows.into_iter().map(|(nth, form, act, source, terms)| {
            Some(StatementRow {
                nth: u32::try_from(nth).ok()?,
                form: *StatementForm::ALL.get(form as usize)?,
                act: *Act::ALL.get(act as usize)?,
                source: *SourceKind::ALL.get(source as usize)?,
                terms: *Terms::ALL.get(terms as usize)?,
            })
        });
        found.collect::<Option<Vec<_>>>().ok_or_else(|| self.damaged(id))
    }

    /// How many versions of its address a document is one of.
    pub fn version_count(&self, document: &Listed) -> Result<u64> {
        let query = "SELECT count(*) FROM documents JOIN addresses ON addresses.id = address WHERE url = ?1";
        Ok(self.one(query, [&document.address], |row| row.get::<_, i64>(0))?.unwrap_or(1) as u64)
    }

    /// How many statements the archive holds.
    pub fn statement_count(&self) -> Result<u64> {
        Ok(self.one("SELECT count(*) FROM statements", [], |row| row.get::<_, i64>(0))?.unwrap_or(0) as u64)
    }

    /// The statements of speakers with these names: latest articles first, undated ones last. Where people said that
    /// somebody else made a statement, it is his.
    pub fn said_by(&self, names: &[String]) -> Result<Vec<SaidRow>> {
        let mut found = Vec::new();
        for name in names {
            let query = "SELECT t.document, t.nth, t.form, d.published, d.site FROM statements t
                JOIN speakers s ON s.id = t.speaker JOIN documents d ON d.id = t.document WHERE s.name = ?1";
            found.extend(self.all(query, [name], |row| {
                Ok(SaidRow {
                    document: crate::DocumentId(row.get(0)?),
                    nth: row.get(1)?,
                    form: StatementForm::ALL.get(row.get::<_, usize>(2)?).copied().unwrap_or(StatementForm::Mixed),
                    published: row.get(3)?,
                    site: row.get(4)?,
                })
            })?);
        }
        for moved in self.moved()? {
            found.retain(|row| (row.document, row.nth) != (moved.document, moved.nth));
            let form = "SELECT form FROM statements WHERE document = ?1 AND nth = ?2";
            let form = self.one(form, (moved.document.0, moved.nth), |row| row.get::<_, usize>(0))?;
            if let Some(form) = form.filter(|_| names.contains(&moved.name)) {
                let listed = self.listed(moved.document)?;
                let form = StatementForm::ALL.get(form).copied().unwrap_or(StatementForm::Mixed);
                let (published, site) = (listed.published, listed.site);
                found.push(SaidRow { document: moved.document, nth: moved.nth, form, published, site });
            }
        }
        found.sort_by(|one, other| {
            other.published.cmp(&one.published).then_with(|| (one.document, one.nth).cmp(&(other.document, other.nth)))
        });
        Ok(found)
    }
}

/// How many of the latest documents are looked at for new versions.
const LATELY: i64 = 5_000;

impl Archive {
    /// The documents that were added last as new versions of articles that the archive had, latest first; of the last
    /// few thousand documents.
    pub fn changed_lately(&self, limit: usize) -> Result<Vec<Listed>> {
        let query = format!(
            "{LISTED} WHERE d.id > (SELECT max(id) FROM documents) - {LATELY}
                AND EXISTS (SELECT 1 FROM documents o WHERE o.address = d.address AND o.id < d.id)
            ORDER BY d.id DESC LIMIT ?1"
        );
        self.all(&query, [limit as i64], listed)
    }
}
