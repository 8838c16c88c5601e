//! Opening the archive that a command works on.

use super::followers::FOLLOWERS;
use super::model;
use crate::args::ArchiveArg;
use crate::exit::Exit;
use crate::print::messages;
use crate::print::progress::ProgressLine;
use onrecord_archive::{Archive, Error, Listed, Reading, Writer, upgrade};
use onrecord_document::Stage;
use std::cell::OnceCell;
use std::path::{Path, PathBuf};

/// Where the archive is, or will be.
pub fn place(arg: &ArchiveArg) -> Result<PathBuf, Exit> {
    arg.folder.clone().or_else(onrecord_archive::default_place).ok_or_else(|| {
        messages::say("this system has no default folder for an archive; choose one with --archive DIR");
        Exit::Misused
    })
}

/// Upgrades an archive in an older format, and says so. Does nothing where there is no archive.
pub fn bring_up_to_date(place: &Path) -> Result<(), Exit> {
    // Most archives are up to date, and there is nothing to show.
    let progress = OnceCell::new();
    let upgraded = upgrade(place, |done, of| progress.get_or_init(ProgressLine::begin_steps).step(done, of));
    progress.get().into_iter().for_each(ProgressLine::end);
    let upgraded = match upgraded {
        Ok(Some(upgraded)) => upgraded,
        Ok(None) | Err(Error::Absent(_)) => return Ok(()),
        Err(error) => return Err(failed(error)),
    };
    messages::say(&format!("upgraded {} to this version's format", place.display()));
    if let [name, others @ ..] = &upgraded.damaged[..] {
        let more = if others.is_empty() { String::new() } else { format!(" and {} more", others.len()) };
        messages::say(&format!(
            "part of what was read from {name}{more} is unreadable; `onrecord archive check` lists what is damaged"
        ));
    }
    Ok(())
}

/// The archive, to read from. One in an older format is upgraded first.
pub fn open(arg: &ArchiveArg) -> Result<Archive, Exit> {
    let place = place(arg)?;
    bring_up_to_date(&place)?;
    Archive::open(&place).map_err(|error| {
        let hint = if matches!(error, Error::Absent(_)) { "; create one with `onrecord add PATH`" } else { "" };
        messages::say(&format!("{error}{hint}"));
        Exit::Incomplete
    })
}

/// The archive, to write to. It is created if there is none.
pub fn writer(arg: &ArchiveArg) -> Result<Writer, Exit> {
    let place = place(arg)?;
    bring_up_to_date(&place)?;
    Writer::open(&place, FOLLOWERS(&place)).map_err(failed)
}

/// The archive, to write to. It must exist.
pub fn existing(arg: &ArchiveArg) -> Result<Writer, Exit> {
    let place = place(arg)?;
    if !place.join("archive.db").exists() {
        return Err(failed(Error::Absent(place)));
    }
    writer(arg)
}

/// Says what went wrong.
pub fn failed(error: Error) -> Exit {
    messages::say(&error.to_string());
    match error {
        Error::Unknown(_) => Exit::Misused,
        _ => Exit::Incomplete,
    }
}

/// The documents that somebody means by an address, a page's hash, or a path it was added from.
pub fn meant(archive: &Archive, what: &str) -> Result<Vec<Listed>, Exit> {
    let found = archive.meant(what).map_err(failed)?;
    if found.is_empty() {
        messages::say(&format!("the archive has no page with the hash or address {what}"));
        return Err(Exit::Misused);
    }
    Ok(found)
}

/// How pages are read up to a stage.
pub fn reading(until: Stage) -> Reading {
    Reading { until, producers: model::producers(&until.into()) }
}
