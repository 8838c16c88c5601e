//! Opening the archive that a command means.

use crate::archive_args::ArchiveArg;
use crate::followers::FOLLOWERS;
use crate::progress::Progress;
use crate::{Outcome, messages};
use onrecord_archive::{Archive, Error, Listed, Reading, Writer, upgrade};
use onrecord_document::Stage;
use std::cell::OnceCell;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::thread::available_parallelism;

/// Where the archive is, or is to be.
pub fn place(arg: &ArchiveArg) -> Result<PathBuf, Outcome> {
    arg.folder.clone().or_else(onrecord_archive::default_place).ok_or_else(|| {
        messages::say("this system names no folder for an archive; name one with --archive DIR");
        Outcome::Misused
    })
}

/// Brings an archive of an older format up to date, and says so. Where there is none, there is nothing to do.
pub fn bring_up_to_date(place: &Path) -> Result<(), Outcome> {
    // Most archives are up to date, and there is nothing to show.
    let progress = OnceCell::new();
    let upgraded = upgrade(place, |done, of| progress.get_or_init(Progress::begin_steps).step(done, of));
    progress.get().into_iter().for_each(Progress::end);
    let upgraded = match upgraded {
        Ok(Some(upgraded)) => upgraded,
        Ok(None) | Err(Error::Absent(_)) => return Ok(()),
        Err(error) => return Err(failed(error)),
    };
    messages::say(&format!("brought {} up to date with this version's format", place.display()));
    if let [name, others @ ..] = &upgraded.damaged[..] {
        let more = if others.is_empty() { String::new() } else { format!(" and {} more", others.len()) };
        messages::say(&format!(
            "not all that was read from {name}{more} can be read back; `onrecord archive check` says what is damaged"
        ));
    }
    Ok(())
}

/// The archive, to read it. One of an older format is brought up to date first.
pub fn open(arg: &ArchiveArg) -> Result<Archive, Outcome> {
    let place = place(arg)?;
    bring_up_to_date(&place)?;
    Archive::open(&place).map_err(|error| {
        let hint = if matches!(error, Error::Absent(_)) { "; `onrecord add PATH` makes one" } else { "" };
        messages::say(&format!("{error}{hint}"));
        Outcome::Incomplete
    })
}

/// The archive, to write to it; one is made where there is none.
pub fn writer(arg: &ArchiveArg) -> Result<Writer, Outcome> {
    let place = place(arg)?;
    bring_up_to_date(&place)?;
    Writer::open(&place, FOLLOWERS(&place)).map_err(failed)
}

/// The archive, to write to it; it must be there.
pub fn existing(arg: &ArchiveArg) -> Result<Writer, Outcome> {
    let place = place(arg)?;
    if !place.join("archive.db").exists() {
        return Err(failed(Error::Absent(place)));
    }
    writer(arg)
}

/// Says what went wrong.
pub fn failed(error: Error) -> Outcome {
    messages::say(&error.to_string());
    match error {
        Error::Unknown(_) => Outcome::Misused,
        _ => Outcome::Incomplete,
    }
}

/// The documents that somebody means by an address, a page's hash, or a path it was added from.
pub fn meant(archive: &Archive, what: &str) -> Result<Vec<Listed>, Outcome> {
    let found = archive.meant(what).map_err(failed)?;
    if found.is_empty() {
        messages::say(&format!("the archive has no page with the hash or address {what}"));
        return Err(Outcome::Misused);
    }
    Ok(found)
}

/// How many pages to read at a time.
pub fn threads(asked: Option<u16>) -> usize {
    asked.map_or_else(|| available_parallelism().map_or(1, NonZeroUsize::get), usize::from)
}

/// How pages are read up to a stage.
pub fn reading(until: Stage) -> Reading {
    Reading { until, producers: crate::read::producers(&until.into()) }
}
