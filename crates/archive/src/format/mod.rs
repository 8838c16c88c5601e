//! The format of the database: its mark, its version, and the way from older ones.

mod conversion;
mod to_3;

use crate::store::lock::Lock;
use crate::store::place;
use crate::{Error, Result};
use conversion::Conversion;
use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};
use std::path::Path;
use std::time::Duration;

/// The format that this version writes.
pub const FORMAT: u32 = 3;

/// Marks a database as an archive of ours ("ONRC").
const APPLICATION: i32 = 0x4f4e_5243;

/// Bytes of a page of the database.
const PAGE_BYTES: u32 = 8192;

/// How long a reader waits for a moment at which the database can be read.
pub(crate) const PATIENCE: Duration = Duration::from_secs(10);

/// What leads from one format to the next.
struct FormatStep {
    /// Changes of tables.
    tables: &'static str,
    /// What SQL cannot do, after the tables were changed.
    convert: Option<fn(&mut Conversion<'_>) -> Result<()>>,
}

/// The way to each format from the one before; the first makes a new archive.
const STEPS: [FormatStep; FORMAT as usize] = [
    FormatStep { tables: include_str!("../schema/1.sql"), convert: None },
    FormatStep { tables: include_str!("../schema/2.sql"), convert: None },
    FormatStep { tables: include_str!("../schema/3.sql"), convert: Some(to_3::convert) },
];

/// An archive that was brought up to date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upgraded {
    /// The format that it had.
    pub from: u32,
    /// Articles of which something can't be read, by their names in the output. They are kept as they are.
    pub damaged: Vec<String>,
}

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

/// Brings the archive at `place` up to date if it has an older format. No page is read again, and corrections, tags and
/// notes stay as they are. It happens wholly or not at all, whenever it is stopped. `on_step` hears how many of how many
/// documents are done. `None` where nothing was to be done.
///
/// # Errors
///
/// [`Error::Older`] where it can't be done, with the reason; [`Error::Newer`] for an archive of a later version;
/// [`Error::Busy`] while another process writes. Nothing was changed then.
pub fn upgrade(place: &Path, mut on_step: impl FnMut(u64, u64)) -> Result<Option<Upgraded>> {
    let reader = open_to_read(place)?;
    let Some(from) = found(place, &reader)?.filter(|found| *found != FORMAT) else { return Ok(None) };
    drop(reader);
    if from > FORMAT {
        return Err(Error::Newer { place: place.to_owned(), found: from, known: FORMAT });
    }
    let older = |error| match error {
        Error::ReadOnly(_) => Error::Older { place: place.to_owned(), found: from, why: READ_ONLY.to_owned() },
        error => error,
    };
    let _lock = Lock::take(place).map_err(older)?;
    let mut db = open(place).map_err(older)?;
    let upgraded = bring_up(place, &mut db, &mut on_step).map_err(older)?;
    // Best effort: a reader may be at work, and then the log stays until the next writer ends.
    let _ = db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
    Ok(upgraded)
}

/// Why an archive that may not be written to stays as it is, and what helps.
const READ_ONLY: &str = "it may not be written to; copy it to a folder that may be, and use the copy";

/// Opens the database at `place` to read it, also on a disk that may not be written to.
pub(crate) fn open_to_read(place: &Path) -> Result<Connection> {
    let path = place::database(place);
    if !path.exists() {
        return Err(Error::Absent(place.to_owned()));
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let opened = |uri: &str| -> Result<Connection> {
        let db = Connection::open_with_flags(uri, flags).map_err(|error| Error::sql(place, error))?;
        db.busy_timeout(PATIENCE).map_err(|error| Error::sql(place, error))?;
        // Opening reads nothing yet.
        found(place, &db)?;
        Ok(db)
    };
    let escaped = escaped(&path);
    match opened(&format!("file:{escaped}")) {
        // Without a place for its shared memory a database in WAL mode opens only as one that nobody changes.
        Err(Error::Database(_) | Error::ReadOnly(_)) if !has_content(&path.with_extension("db-wal")) => {
            opened(&format!("file:{escaped}?immutable=1"))
        }
        result => result,
    }
}

/// Whether a write-ahead log holds anything.
fn has_content(wal: &Path) -> bool {
    std::fs::metadata(wal).is_ok_and(|metadata| metadata.len() > 0)
}

/// A path as SQLite's addresses write it.
fn escaped(path: &Path) -> String {
    let mut out = String::new();
    for byte in path.to_string_lossy().bytes() {
        match byte {
            b'%' | b'?' | b'#' => out.push_str(&format!("%{byte:02x}")),
            byte if byte.is_ascii() => out.push(byte.into()),
            byte => out.push_str(&format!("%{byte:02x}")),
        }
    }
    out
}

/// Opens the database at `place` to write to it; makes one where there is none.
pub(crate) fn open(place: &Path) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let sql = |error| Error::sql(place, error);
    let db = Connection::open_with_flags(place::database(place), flags).map_err(sql)?;
    if db.is_readonly(rusqlite::MAIN_DB).map_err(sql)? {
        return Err(Error::ReadOnly(place.to_owned()));
    }
    // Tables are made anew while others refer to them.
    db.pragma_update(None, "foreign_keys", false).map_err(sql)?;
    Ok(db)
}

/// Brings a database to the present format: makes a new one, or takes an older one forward, wholly or not at all.
pub(crate) fn bring_up(
    place: &Path,
    db: &mut Connection,
    on_step: &mut dyn FnMut(u64, u64),
) -> Result<Option<Upgraded>> {
    let before = found(place, db)?;
    if let Some(newer) = before.filter(|before| *before > FORMAT) {
        return Err(Error::Newer { place: place.to_owned(), found: newer, known: FORMAT });
    }
    let sql = |error| Error::sql(place, error);
    if before.is_none() {
        db.pragma_update(None, "page_size", PAGE_BYTES).map_err(sql)?;
    }
    let steps = &STEPS[before.unwrap_or(0) as usize..];
    if steps.is_empty() {
        return Ok(None);
    }
    let transaction = db.transaction_with_behavior(TransactionBehavior::Immediate).map_err(sql)?;
    let damaged = take(place, &transaction, steps, on_step).map_err(|error| match (before, error) {
        (Some(found), Error::Damaged(what)) => {
            Error::Older { place: place.to_owned(), found, why: format!("{what} ({DAMAGED})") }
        }
        (_, error) => error,
    })?;
    transaction.commit().map_err(sql)?;
    Ok(before.map(|from| Upgraded { from, damaged }))
}

/// What helps where the database itself is damaged.
const DAMAGED: &str = "put a backup in its place, or add the pages to a new archive";

fn take(
    place: &Path,
    transaction: &Transaction<'_>,
    steps: &[FormatStep],
    on_step: &mut dyn FnMut(u64, u64),
) -> Result<Vec<String>> {
    let sql = |error| Error::sql(place, error);
    let mut conversion = Conversion { place, db: transaction, on_step, damaged: Vec::new() };
    for step in steps {
        transaction.execute_batch(step.tables).map_err(sql)?;
        if let Some(convert) = step.convert {
            convert(&mut conversion)?;
        }
    }
    transaction.pragma_update(None, "application_id", APPLICATION).map_err(sql)?;
    transaction.pragma_update(None, "user_version", FORMAT).map_err(sql)?;
    Ok(conversion.damaged)
}
