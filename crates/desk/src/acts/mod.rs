//! What changes the archive: corrections, tags, notes, adding.

pub(crate) mod adding;
mod corrections;

pub(crate) use corrections::{Correction, undone, written};

use onrecord_archive::{Error, Followers, Result, Writer};
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// How long one waits for another writer to end: a correction that is written elsewhere takes less.
const PATIENCE: Duration = Duration::from_secs(8);

/// Who writes to the archive, one after the other.
pub(crate) struct Writing {
    /// The archive.
    pub place: PathBuf,
    followers: Followers,
    turn: Mutex<()>,
}

impl Writing {
    pub fn new(place: PathBuf, followers: Followers) -> Writing {
        Writing { place, followers, turn: Mutex::new(()) }
    }

    /// Writes to the archive. Where something else writes for long, the error says what.
    pub fn write<T>(&self, act: impl FnOnce(&mut Writer) -> Result<T>) -> Result<T> {
        let begun = Instant::now();
        let _turn = loop {
            match self.turn.try_lock() {
                Ok(turn) => break turn,
                Err(std::sync::TryLockError::Poisoned(turn)) => break PoisonError::into_inner(turn),
                Err(std::sync::TryLockError::WouldBlock) if begun.elapsed() > PATIENCE => {
                    return Err(Error::Busy {
                        place: self.place.clone(),
                        holder: "this desk, which is adding pages".to_owned(),
                    });
                }
                Err(std::sync::TryLockError::WouldBlock) => sleep(Duration::from_millis(25)),
            }
        };
        let mut writer = self.opened(begun)?;
        let done = act(&mut writer)?;
        writer.finish()?;
        Ok(done)
    }

    fn opened(&self, begun: Instant) -> Result<Writer> {
        let place = &self.place;
        if !place.join("archive.db").exists() {
            // Opening would make a new one where the old one was.
            return Err(Error::Absent(place.to_owned()));
        }
        loop {
            match Writer::open(place, (self.followers)(place)) {
                Err(Error::Busy { .. }) if begun.elapsed() < PATIENCE => sleep(Duration::from_millis(50)),
                opened => return opened,
            }
        }
    }
}
