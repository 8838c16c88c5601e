//! What changes the archive: corrections, tags, notes, adding.

pub(crate) mod adding;
mod corrections;

pub(crate) use corrections::{Correction, correct, undo, undone, written};

use crate::Desk;
use onrecord_archive::{Error, Result, Writer};
use std::sync::PoisonError;
use std::thread::sleep;
use std::time::{Duration, Instant};

/// How long one waits for another writer to end: a correction that is written elsewhere takes less.
const PATIENCE: Duration = Duration::from_secs(8);

/// Writes to the archive, one after the other. Where something else writes for long, the error says what.
pub(crate) fn write<T>(desk: &Desk, act: impl FnOnce(&mut Writer) -> Result<T>) -> Result<T> {
    let begun = Instant::now();
    let _turn = loop {
        match desk.writing.try_lock() {
            Ok(turn) => break turn,
            Err(std::sync::TryLockError::Poisoned(turn)) => break PoisonError::into_inner(turn),
            Err(std::sync::TryLockError::WouldBlock) if begun.elapsed() > PATIENCE => {
                return Err(Error::Busy {
                    place: desk.place.clone(),
                    holder: "this desk, which is adding pages".to_owned(),
                });
            }
            Err(std::sync::TryLockError::WouldBlock) => sleep(Duration::from_millis(25)),
        }
    };
    let mut writer = opened(desk, begun)?;
    let done = act(&mut writer)?;
    writer.finish()?;
    Ok(done)
}

fn opened(desk: &Desk, begun: Instant) -> Result<Writer> {
    let place = &desk.place;
    if !place.join("archive.db").exists() {
        // Opening would make a new one where the old one was.
        return Err(Error::Absent(place.to_owned()));
    }
    loop {
        match Writer::open(place, (desk.followers)(place)) {
            Err(Error::Busy { .. }) if begun.elapsed() < PATIENCE => sleep(Duration::from_millis(50)),
            opened => return opened,
        }
    }
}
