//! What was stored before, so that a record which says "as before" can be read.

use crate::buffered::{Buffered, ReadSeek};
use crate::gone::Gone;
use crate::unpack::Packing;
use crate::warc::dictionary::Dictionary;
use crate::warc::record::Names;
use std::collections::HashMap;
use std::fs::File;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{self, Cursor, Read, Seek, SeekFrom};
use std::path::PathBuf;
use std::sync::Arc;

/// How many names of records are remembered, some three for each page. Revisits of later ones are not found.
pub const MAX_REMEMBERED_NAMES: usize = 1 << 20;

/// A web archive that can be opened again: a file, or a stretch of one.
#[derive(Clone)]
pub(crate) struct Reopen {
    from: From,
    /// Where it lies in the file.
    start: u64,
    /// `None`: up to the end.
    length: Option<u64>,
}

#[derive(Clone)]
enum From {
    Path(PathBuf, Gone),
    Memory(Arc<[u8]>),
}

impl Reopen {
    /// A whole file. `gone`: where to note how far it is read.
    pub(crate) fn file(path: PathBuf, gone: Gone) -> Self {
        Reopen { from: From::Path(path, gone), start: 0, length: None }
    }

    /// What was read into memory.
    pub(crate) fn memory(bytes: Vec<u8>) -> Self {
        Reopen { from: From::Memory(bytes.into()), start: 0, length: None }
    }

    /// A stretch of the same file.
    pub(crate) fn within(&self, start: u64, length: u64) -> Self {
        Reopen { from: self.from.clone(), start, length: Some(length) }
    }

    pub(crate) fn open(&self) -> io::Result<Buffered> {
        match &self.from {
            From::Path(path, gone) => {
                let file = File::open(path)?;
                let size = file.metadata()?.len();
                self.section(gone.counts(file), size)
            }
            From::Memory(bytes) => self.section(Cursor::new(bytes.clone()), bytes.len() as u64),
        }
    }

    fn section(&self, mut file: impl ReadSeek + 'static, size: u64) -> io::Result<Buffered> {
        let length = self.length.unwrap_or(size).min(size.saturating_sub(self.start));
        file.seek(SeekFrom::Start(self.start))?;
        Ok(Buffered::seekable(Box::new(Section { file, start: self.start, length, at: 0 }), length))
    }
}

/// A stretch of a file as if it were one.
struct Section<S> {
    file: S,
    start: u64,
    length: u64,
    at: u64,
}

impl<S: Read> Read for Section<S> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let wanted = (buffer.len() as u64).min(self.length - self.at) as usize;
        let count = self.file.read(&mut buffer[..wanted])?;
        self.at += count as u64;
        Ok(count)
    }
}

impl<S: Seek> Seek for Section<S> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let SeekFrom::Start(to) = to else { return Err(io::ErrorKind::Unsupported.into()) };
        self.at = to.min(self.length);
        self.file.seek(SeekFrom::Start(self.start + self.at))?;
        Ok(self.at)
    }
}

/// A WARC file that records were seen in.
#[derive(Clone)]
pub(crate) struct Place {
    pub(crate) reopen: Reopen,
    /// How the output names it.
    pub(crate) file: String,
    pub(crate) member: Option<String>,
    pub(crate) packing: Option<Packing>,
    pub(crate) dictionary: Option<Dictionary>,
}

/// Where the pages of the input so far are.
#[derive(Default)]
pub(crate) struct Seen {
    places: Vec<Place>,
    /// By the hash of a name: the number of the place, and the offset of the record or its member there.
    records: HashMap<u64, (u32, u64)>,
}

impl Seen {
    /// Notes a file; its number is for [`Seen::remember`].
    pub(crate) fn place(&mut self, place: Place) -> u32 {
        self.places.push(place);
        (self.places.len() - 1) as u32
    }

    /// Notes a record that begins at `offset`. Of two with one name the first counts.
    pub(crate) fn remember(&mut self, names: &Names, place: u32, offset: u64) {
        for name in names.all() {
            if self.records.len() < MAX_REMEMBERED_NAMES {
                self.records.entry(hash(name)).or_insert((place, offset));
            }
        }
    }

    /// The places of records that may be meant, the likeliest first: names are known by their hashes alone.
    pub(crate) fn find(&self, names: &Names) -> Vec<(Place, u64)> {
        let found = names.all().filter_map(|name| self.records.get(&hash(name)));
        let mut found: Vec<(u32, u64)> = found.copied().collect();
        found.dedup();
        found
            .into_iter()
            .filter_map(|(place, offset)| Some((self.places.get(place as usize)?.clone(), offset)))
            .collect()
    }
}

fn hash(name: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    name.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_remembered_up_to_the_limit() {
        let mut seen = Seen::default();
        let reopen = Reopen::file("crawl.warc".into(), Gone::default());
        let place =
            seen.place(Place { reopen, file: "crawl.warc".into(), member: None, packing: None, dictionary: None });
        let names = |number: usize| Names { digest: Some(number.to_string()), ..Names::default() };
        for number in 0..MAX_REMEMBERED_NAMES + 1 {
            seen.remember(&names(number), place, number as u64);
        }
        assert_eq!(seen.find(&names(7)).first().map(|(_, offset)| *offset), Some(7));
        assert!(seen.find(&names(MAX_REMEMBERED_NAMES)).is_empty());
    }
}
