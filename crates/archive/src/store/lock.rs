//! One writer at a time.

use crate::store::place::LOCK;
use crate::{Error, Result};
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::Path;

/// Held while an archive is written to. The system gives it back when the process ends, however it ends.
pub(crate) struct Lock {
    _held: File,
}

impl Lock {
    /// Takes the lock, or says who has it.
    pub fn take(place: &Path) -> Result<Lock> {
        let path = place.join(LOCK);
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)
            .map_err(|error| Error::io(place, error))?;
        match file.try_lock() {
            Ok(()) => {
                // Only for the message that another writer gets: that it could not be written is no reason to stop.
                let _ = file.set_len(0).and_then(|()| file.rewind());
                let _ = write!(file, "process {}", std::process::id());
                Ok(Lock { _held: file })
            }
            Err(TryLockError::WouldBlock) => {
                let mut holder = String::new();
                let _ = Read::take(&mut file, 200).read_to_string(&mut holder);
                let known = holder.starts_with("process ");
                let holder = if known { format!("another onrecord ({holder})") } else { "another onrecord".to_owned() };
                Err(Error::Busy { place: place.to_owned(), holder })
            }
            Err(TryLockError::Error(error)) => Err(Error::io(place, error)),
        }
    }
}
