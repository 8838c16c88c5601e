//! Searching an archive.

use super::store::{self, failed};
use crate::args::ArchiveArg;
use crate::exit::Exit;
use crate::print::messages;
use onrecord_search::query::QueryError;
use onrecord_search::{Found, Search};

/// Longest query that is repeated in a message, in bytes.
const REPEATED_LENGTH: usize = 100;

/// The index of an archive, brought up to date first.
pub fn open(archive: &ArchiveArg) -> Result<Search, Exit> {
    let place = store::place(archive)?;
    // Reports what is wrong with the archive itself, and upgrades an older one.
    drop(store::open(archive)?);
    Search::open(&place, messages::say).map_err(failed)
}

/// Says which part of a query was not understood, with a line that points at it.
pub fn misunderstood(typed: &str, error: &QueryError) -> Exit {
    messages::say(&error.to_string());
    // A query that is longer than a line or has control characters in it is not repeated.
    let fits = typed.len() <= REPEATED_LENGTH && typed.chars().all(|char| !char.is_control());
    if fits {
        let before = unicode_width::UnicodeWidthStr::width(typed.get(..error.bytes.start).unwrap_or_default());
        messages::aside(&format!("    {typed}\n    {}^", " ".repeat(before)));
    }
    Exit::Misused
}

/// Says what may be missing from the results.
pub fn warn(found: &Found) {
    if found.behind > 0 {
        let changes = if found.behind == 1 { "change" } else { "changes" };
        messages::say(&format!("{} {changes} of the archive are not in the index yet", found.behind));
    }
    if found.has_shifted {
        messages::say("the archive has changed since the previous page; some results may have moved between pages");
    }
}
