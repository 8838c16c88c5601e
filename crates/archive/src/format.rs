//! The format of the database: its mark, its version, and the way from older ones.

use crate::{Error, Result};
use rusqlite::{Connection, TransactionBehavior};
use std::path::Path;

/// The format that this version writes.
pub const FORMAT: u32 = 2;

/// Marks a database as an archive of ours ("ONRC").
const APPLICATION: i32 = 0x4f4e_5243;

/// Bytes of a page of the database.
const PAGE_BYTES: u32 = 8192;

/// What leads from each format to the next; the first makes a new archive.
const STEPS: [&str; FORMAT as usize] = [include_str!("schema/1.sql"), include_str!("schema/2.sql")];

/// The format of an open database; `None` where it holds nothing yet.
pub(crate) fn found(place: &Path, db: &Connection) -> Result<Option<u32>> {
    let sql = |error| Error::sql(place, error);
    let number = |pragma| db.pragma_query_value(None, pragma, |row| row.get::<_, i64>(0)).map_err(sql);
    let tables: i64 = db.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0)).map_err(sql)?;
    match (number("application_id")?, number("user_version")?) {
        (0, 0) if tables == 0 => Ok(None),
        (mark, version) if mark == i64::from(APPLICATION) && version > 0 => Ok(Some(version as u32)),
        _ => Err(Error::Foreign(place.to_owned())),
    }
}

/// Whether this version can read a format.
pub(crate) fn readable(place: &Path, found: u32) -> Result<()> {
    match found {
        newer if newer > FORMAT => Err(Error::Newer { place: place.to_owned(), found: newer }),
        older if older < FORMAT => Err(Error::Older { place: place.to_owned(), found: older }),
        _ => Ok(()),
    }
}

/// Brings a database to the present format: makes a new one, or takes an older one forward, each step whole or not at
/// all. Gives the format that was found.
pub(crate) fn bring_up(place: &Path, db: &mut Connection) -> Result<Option<u32>> {
    let before = found(place, db)?;
    if let Some(newer) = before.filter(|before| *before > FORMAT) {
        return Err(Error::Newer { place: place.to_owned(), found: newer });
    }
    let sql = |error| Error::sql(place, error);
    if before.is_none() {
        db.pragma_update(None, "page_size", PAGE_BYTES).map_err(sql)?;
    }
    for step in before.unwrap_or(0)..FORMAT {
        let transaction = db.transaction_with_behavior(TransactionBehavior::Immediate).map_err(sql)?;
        transaction.execute_batch(STEPS[step as usize]).map_err(sql)?;
        transaction.pragma_update(None, "application_id", APPLICATION).map_err(sql)?;
        transaction.pragma_update(None, "user_version", step + 1).map_err(sql)?;
        transaction.commit().map_err(sql)?;
    }
    Ok(before)
}
