//! A database on its way to the next format, as the steps see it.

use crate::{Error, Result};
use rusqlite::{Connection, OptionalExtension, Params, Row};
use std::path::Path;

/// A database on its way to the next format.
pub(super) struct Conversion<'a> {
    pub place: &'a Path,
    pub db: &'a Connection,
    /// Hears how many of how many documents are done.
    pub on_step: &'a mut dyn FnMut(u64, u64),
    /// Names of articles of which something can't be read.
    pub damaged: Vec<String>,
}

impl Conversion<'_> {
    pub fn sql(&self, error: rusqlite::Error) -> Error {
        Error::sql(self.place, error)
    }

    pub fn all<T>(
        &self,
        query: &str,
        params: impl Params,
        get: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>> {
        let mut statement = self.db.prepare_cached(query).map_err(|error| self.sql(error))?;
        let rows = statement.query_map(params, get).map_err(|error| self.sql(error))?;
        rows.collect::<rusqlite::Result<_>>().map_err(|error| self.sql(error))
    }

    pub fn run(&self, query: &str, params: impl Params) -> Result<()> {
        let run = self.db.prepare_cached(query).and_then(|mut statement| statement.execute(params));
        run.map(|_| ()).map_err(|error| self.sql(error))
    }

    /// The name of an article in the output.
    pub fn name(&self, document: i64) -> String {
        let name = self.db.query_row("SELECT name FROM captures WHERE id = ?1", [document], |row| row.get(0));
        name.optional().ok().flatten().unwrap_or_else(|| format!("document {document}"))
    }
}
