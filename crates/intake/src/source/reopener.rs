//! Files that are opened again: to read a file inside a ZIP archive, or a record that a later one refers to.

use super::buffered::{Buffered, ReadSeek};
use super::progress::FileProgress;
use std::fs::File;
use std::io::{self, Cursor, Read, Seek, SeekFrom};
use std::path::PathBuf;
use std::sync::Arc;

/// Opens a file, or a section of one, as often as needed.
#[derive(Clone)]
pub(crate) struct Reopener {
    backing: Backing,
    /// Where it begins in the file.
    start: u64,
    /// `None`: up to the end of the file.
    length: Option<u64>,
}

#[derive(Clone)]
enum Backing {
    Path(PathBuf, FileProgress),
    Memory(Arc<[u8]>),
}

impl Reopener {
    /// Opens a whole file. Whatever reads it counts as `progress`.
    pub(crate) fn file(path: PathBuf, progress: FileProgress) -> Self {
        Reopener { backing: Backing::Path(path, progress), start: 0, length: None }
    }

    /// Opens what was read into memory.
    pub(crate) fn memory(bytes: Vec<u8>) -> Self {
        Reopener { backing: Backing::Memory(bytes.into()), start: 0, length: None }
    }

    /// Opens a section of this one.
    pub(crate) fn within(&self, start: u64, length: u64) -> Self {
        Reopener { backing: self.backing.clone(), start, length: Some(length) }
    }

    /// A reader at the beginning of it.
    pub(crate) fn open(&self) -> io::Result<Buffered> {
        match &self.backing {
            Backing::Path(path, progress) => {
                let file = File::open(path)?;
                let size = file.metadata()?.len();
                self.section(progress.track(file), size)
            }
            Backing::Memory(bytes) => self.section(Cursor::new(bytes.clone()), bytes.len() as u64),
        }
    }

    fn section(&self, mut file: impl ReadSeek + 'static, size: u64) -> io::Result<Buffered> {
        let length = self.length.unwrap_or(size).min(size.saturating_sub(self.start));
        file.seek(SeekFrom::Start(self.start))?;
        Ok(Buffered::seekable(Box::new(FileSection { file, start: self.start, length, at: 0 }), length))
    }
}

/// A section of a file, read as if it were a file.
struct FileSection<S> {
    file: S,
    start: u64,
    length: u64,
    at: u64,
}

impl<S: Read> Read for FileSection<S> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let wanted = (buffer.len() as u64).min(self.length - self.at) as usize;
        let count = self.file.read(&mut buffer[..wanted])?;
        self.at += count as u64;
        Ok(count)
    }
}

impl<S: Seek> Seek for FileSection<S> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let SeekFrom::Start(to) = to else { return Err(io::ErrorKind::Unsupported.into()) };
        self.at = to.min(self.length);
        self.file.seek(SeekFrom::Start(self.start + self.at))?;
        Ok(self.at)
    }
}
