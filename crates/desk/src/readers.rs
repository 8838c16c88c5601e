//! Archive and search for the threads that answer.

use onrecord_archive::{Error, Result};
use onrecord_search::Search;
use std::ops::{Deref, DerefMut};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// Most readers that are kept for later.
const MAX_IDLE: usize = 16;

/// Readers of one archive, as many as are taken at a time.
pub(crate) struct Readers {
    place: PathBuf,
    shared: Arc<Mutex<Shared>>,
}

struct Shared {
    /// Which database the readers are of.
    database: u64,
    /// Whether there was nothing to search when they were opened: such readers never hear of an index.
    was_empty: bool,
    /// Counts how often the readers were opened anew.
    generation: u64,
    idle: Vec<Search>,
}

/// A reader, given back when it is dropped.
pub(crate) struct Reader {
    search: Option<Search>,
    generation: u64,
    home: Arc<Mutex<Shared>>,
}

impl Readers {
    /// Opens the archive, and brings its index up to date where that is needed. `news` hears of that.
    pub fn open(place: &Path, news: impl FnMut(&str)) -> Result<Readers> {
        let shared = Shared::open(place, 0, news)?;
        Ok(Readers { place: place.to_owned(), shared: Arc::new(Mutex::new(shared)) })
    }

    /// A reader of the archive as it is now: one that was deleted or put back in the meantime is noticed.
    pub fn take(&self) -> Result<Reader> {
        let mut shared = self.shared.lock().unwrap_or_else(PoisonError::into_inner);
        if shared.is_stale(&self.place)? {
            *shared = Shared::open(&self.place, shared.generation + 1, |_| {})?;
        }
        let search = match shared.idle.pop() {
            Some(search) if !shared.idle.is_empty() => search,
            // The last one stays, for others to be made of.
            Some(search) => {
                let again = search.again();
                shared.idle.push(search);
                again?
            }
            None => Search::open(&self.place, |_| {})?,
        };
        Ok(Reader { search: Some(search), generation: shared.generation, home: Arc::clone(&self.shared) })
    }

    /// Has later readers opened anew, after one found its index damaged or made anew under it.
    pub fn forget(&self) {
        let mut shared = self.shared.lock().unwrap_or_else(PoisonError::into_inner);
        shared.idle.clear();
        shared.generation += 1;
    }
}

impl Shared {
    fn open(place: &Path, generation: u64, news: impl FnMut(&str)) -> Result<Shared> {
        let database = identity(place)?;
        let search = Search::open(place, news)?;
        let was_empty = search.archive().mark()?.is_none();
        Ok(Shared { database, was_empty, generation, idle: vec![search] })
    }

    fn is_stale(&self, place: &Path) -> Result<bool> {
        if identity(place)? != self.database {
            return Ok(true);
        }
        let marked = || self.idle.first().map_or(Ok(true), |search| search.archive().mark().map(|mark| mark.is_some()));
        Ok(self.was_empty && marked()?)
    }
}

/// What tells the database's file from another that took its place.
fn identity(place: &Path) -> Result<u64> {
    let metadata = std::fs::metadata(place.join("archive.db")).map_err(|_| Error::Absent(place.to_owned()))?;
    #[cfg(unix)]
    let number = std::os::unix::fs::MetadataExt::ino(&metadata);
    #[cfg(not(unix))]
    let number = metadata
        .created()
        .ok()
        .and_then(|made| made.duration_since(std::time::UNIX_EPOCH).ok())
        .map_or(0, |since| since.as_nanos() as u64);
    Ok(number)
}

impl Deref for Reader {
    type Target = Search;

    fn deref(&self) -> &Search {
        match &self.search {
            Some(search) => search,
            None => unreachable!("a reader has its search until it is dropped"),
        }
    }
}

impl DerefMut for Reader {
    fn deref_mut(&mut self) -> &mut Search {
        match &mut self.search {
            Some(search) => search,
            None => unreachable!("a reader has its search until it is dropped"),
        }
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        let Some(search) = self.search.take().filter(|_| !std::thread::panicking()) else { return };
        let mut shared = self.home.lock().unwrap_or_else(PoisonError::into_inner);
        if shared.generation == self.generation && shared.idle.len() < MAX_IDLE {
            shared.idle.push(search);
        }
    }
}
