//! How far reading has come in a file, whoever reads it.

use std::io::{self, Read, Seek, SeekFrom};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// The farthest place in a file that anybody has read up to, in bytes. Clones are of the same file.
#[derive(Clone, Debug, Default)]
pub(crate) struct Gone(Arc<AtomicU64>);

impl Gone {
    /// A reader of the file from its start, whose places count.
    pub(crate) fn counts<R>(&self, reader: R) -> Counted<R> {
        Counted { reader, at: 0, gone: self.clone() }
    }

    pub(crate) fn bytes(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// A reader that notes how far it has come.
pub(crate) struct Counted<R> {
    reader: R,
    at: u64,
    gone: Gone,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.reader.read(buffer)?;
        self.at += count as u64;
        self.gone.0.fetch_max(self.at, Ordering::Relaxed);
        Ok(count)
    }
}

impl<R: Seek> Seek for Counted<R> {
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
    fn the_farthest_place_that_was_read_counts() {
        let gone = Gone::default();
        let mut reader = gone.counts(Cursor::new([0_u8; 100]));
        reader.read_exact(&mut [0; 30]).unwrap();
        assert_eq!(gone.bytes(), 30);
        reader.seek(SeekFrom::Start(60)).unwrap();
        assert_eq!(gone.bytes(), 30, "going there is not reading");
        reader.read_exact(&mut [0; 10]).unwrap();
        reader.seek(SeekFrom::Start(0)).unwrap();
        reader.read_exact(&mut [0; 10]).unwrap();
        assert_eq!(gone.bytes(), 70);
    }
}
