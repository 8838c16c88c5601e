//! How far has a file been read, by whichever of its readers?

use std::io::{self, Read, Seek, SeekFrom};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// The farthest place in a file that any reader has reached, in bytes. Clones share it.
#[derive(Clone, Debug, Default)]
pub(crate) struct FileProgress(Arc<AtomicU64>);

impl FileProgress {
    /// Wraps a reader that is at the start of the file.
    pub(crate) fn track<R>(&self, reader: R) -> Tracker<R> {
        Tracker { reader, at: 0, progress: self.clone() }
    }

    /// How many bytes of the file were read.
    pub(crate) fn bytes(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// A reader that records how far it has come.
pub(crate) struct Tracker<R> {
    reader: R,
    at: u64,
    progress: FileProgress,
}

impl<R: Read> Read for Tracker<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.reader.read(buffer)?;
        self.at += count as u64;
        self.progress.0.fetch_max(self.at, Ordering::Relaxed);
        Ok(count)
    }
}

impl<R: Seek> Seek for Tracker<R> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.at = self.reader.seek(to)?;
        Ok(self.at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    #[test]
    fn the_farthest_place_read_counts() {
        let progress = FileProgress::default();
        let mut reader = progress.track(Cursor::new([0_u8; 100]));
        reader.read_exact(&mut [0; 30]).unwrap();
        assert_eq!(progress.bytes(), 30);
        reader.seek(SeekFrom::Start(60)).unwrap();
        assert_eq!(progress.bytes(), 30, "seeking is not reading");
        reader.read_exact(&mut [0; 10]).unwrap();
        reader.seek(SeekFrom::Start(0)).unwrap();
        reader.read_exact(&mut [0; 10]).unwrap();
        assert_eq!(progress.bytes(), 70);
    }
}
