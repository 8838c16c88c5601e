//! What an archive holds.

use crate::store::place;
use crate::{Archive, FORMAT, Result};
use onrecord_document::{SourceKind, Terms};
use onrecord_record::StatsLine;
use std::collections::BTreeMap;

/// Outlets that are named.
const SITES: u32 = 20;

impl Archive {
    /// Counts everything.
    pub fn stats(&self) -> Result<StatsLine> {
        self.at_once(|| {
            let number = |query: &str| Ok(self.one(query, [], |row| row.get::<_, Option<u64>>(0))?.flatten().unwrap_or(0));
            let counted = |query: &str| -> Result<Vec<(String, u64)>> {
                self.all(query, [], |row| Ok((row.get(0)?, row.get(1)?)))
            };
            let named = |query: &str, names: &[&'static str]| -> Result<BTreeMap<&'static str, u64>> {
                let rows = self.all(query, [], |row| Ok((row.get::<_, usize>(0)?, row.get(1)?)))?;
                Ok(rows.into_iter().filter_map(|(code, count)| Some((*names.get(code)?, count))).collect())
            };
            let sources: Vec<&str> = SourceKind::ALL.iter().map(|kind| kind.name()).collect();
            let terms: Vec<&str> = Terms::ALL.iter().map(|terms| terms.name()).collect();
            let articles = number("SELECT count(*) FROM documents")?;
            let addresses = number("SELECT count(DISTINCT address) FROM documents")?;
            let published = "SELECT substr(min(published), 1, 10), substr(max(published), 1, 10) FROM documents
                WHERE published IS NOT NULL";
            let published = self.one(published, [], |row| Ok((row.get(0)?, row.get(1)?)))?;
            let readings = counted("SELECT producers, count(*) FROM documents JOIN readings ON readings.id = reading GROUP BY 1")?;
            Ok(StatsLine {
                format: FORMAT,
                articles,
                addresses,
                versions: articles - addresses,
                pages: number("SELECT count(*) FROM pages")?,
                page_bytes: number("SELECT sum(size) FROM pages")?,
                stored_page_bytes: number("SELECT sum(length) FROM pages")?,
                database_bytes: place::bytes_of(&place::database(self.place())),
                index_bytes: place::bytes_of_followers(self.place()),
                statements: number("SELECT count(*) FROM statements")?,
                by_source: named("SELECT source, count(*) FROM statements GROUP BY 1", &sources)?,
                by_terms: named("SELECT terms, count(*) FROM statements GROUP BY 1", &terms)?,
                speakers: number("SELECT count(DISTINCT speaker) FROM statements")?,
                layers: counted("SELECT name, sum(items) FROM layers GROUP BY 1")?.into_iter().collect(),
                readings: readings.into_iter().collect(),
                sites: counted(&format!(
                    "SELECT site, count(*) FROM documents WHERE site IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT {SITES}"
                ))?,
                languages: counted("SELECT language, count(*) FROM documents WHERE language IS NOT NULL GROUP BY 1")?
                    .into_iter()
                    .collect(),
                published: published.and_then(|(first, last): (Option<String>, Option<String>)| first.zip(last)),
                corrections: number("SELECT count(*) FROM annotations WHERE undone IS NULL")?,
                taken_down: number("SELECT count(*) FROM removed")?,
            })
        })
    }
}
