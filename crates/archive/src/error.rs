//! What can go wrong with an archive, in words for people.

use rusqlite::ErrorCode;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// Why something could not be done with an archive. Its text names the place and says what helps.
#[derive(Debug)]
pub enum Error {
    /// There is no archive at this place.
    Absent(PathBuf),
    /// What is there is no archive.
    Foreign(PathBuf),
    /// The archive was made by a newer Onrecord.
    Newer {
        /// Where it is.
        place: PathBuf,
        /// The format it has.
        found: u32,
        /// The latest format that this version knows.
        known: u32,
    },
    /// The archive has an older format and could not be brought up to date. Nothing was changed.
    Older {
        /// Where it is.
        place: PathBuf,
        /// The format it has.
        found: u32,
        /// Why it could not, and what helps.
        why: String,
    },
    /// Another process is writing to the archive.
    Busy {
        /// Where it is.
        place: PathBuf,
        /// What the other one said of itself.
        holder: String,
    },
    /// The archive may not be written to.
    ReadOnly(PathBuf),
    /// There is no room left.
    Full(PathBuf),
    /// Something stored can't be read back.
    Damaged(String),
    /// What was asked for is not in the archive, or means more than one thing.
    Unknown(String),
    /// A system call failed.
    Io(PathBuf, io::Error),
    /// Something that follows the database failed; the database did not.
    Follower {
        /// What it is called: "search index".
        name: &'static str,
        /// What went wrong.
        what: String,
    },
    /// The database failed in some other way.
    Database(rusqlite::Error),
}

/// What archive functions return.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Absent(place) => write!(f, "{}: there is no archive here", place.display()),
            Error::Foreign(place) => write!(f, "{}: is no Onrecord archive", place.display()),
            Error::Newer { place, found, known } => write!(
                f,
                "{}: was written by a newer Onrecord (format {found}, this one knows up to {known}); nothing was changed",
                place.display()
            ),
            Error::Older { place, found, why } => write!(
                f,
                "{}: has the older format {found} and can't be brought up to date, because {why}; nothing was changed",
                place.display()
            ),
            Error::Busy { place, holder } => {
                write!(f, "{}: is being written to by {holder}; try again when that has ended", place.display())
            }
            Error::ReadOnly(place) => write!(f, "{}: may not be written to", place.display()),
            Error::Full(place) => {
                write!(f, "{}: there is no room left on the disk; all that was stored before is safe", place.display())
            }
            Error::Damaged(what) => write!(f, "{what}; `onrecord archive check` says what is affected"),
            Error::Unknown(what) => f.write_str(what),
            Error::Io(place, error) => write!(f, "{}: {error}", place.display()),
            Error::Follower { name, what } => write!(f, "the {name}: {what}"),
            Error::Database(error) => write!(f, "the archive's database: {error}"),
        }
    }
}

impl std::error::Error for Error {}

impl Error {
    /// A failed system call, told apart where people would want to know.
    pub(crate) fn io(place: &Path, error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
                Error::Full(place.to_owned())
            }
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => Error::ReadOnly(place.to_owned()),
            _ => Error::Io(place.to_owned(), error),
        }
    }

    /// A failed statement, told apart where people would want to know.
    pub(crate) fn sql(place: &Path, error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Error::Full(place.to_owned()),
            Some(ErrorCode::ReadOnly) => Error::ReadOnly(place.to_owned()),
            Some(ErrorCode::NotADatabase) => Error::Foreign(place.to_owned()),
            Some(ErrorCode::DatabaseCorrupt) => Error::Damaged(format!("{}: a part of it is damaged", place.display())),
            Some(ErrorCode::DatabaseBusy) => {
                Error::Busy { place: place.to_owned(), holder: "another process".to_owned() }
            }
            // A write that a limit on file sizes refused comes as an I/O error of the operating system.
            Some(ErrorCode::SystemIoFailure) if written_short(&error) => Error::Full(place.to_owned()),
            _ => Error::Database(error),
        }
    }
}

/// Whether writing, not reading, failed.
fn written_short(error: &rusqlite::Error) -> bool {
    let rusqlite::Error::SqliteFailure(failure, _) = error else { return false };
    matches!(
        failure.extended_code,
        rusqlite::ffi::SQLITE_IOERR_WRITE
            | rusqlite::ffi::SQLITE_IOERR_FSYNC
            | rusqlite::ffi::SQLITE_IOERR_TRUNCATE
            | rusqlite::ffi::SQLITE_IOERR_SHMSIZE
    )
}
