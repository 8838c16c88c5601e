//! Looking through gzip and zstd.

use crate::buffered::Buffered;
use crate::unreadable::{Broken, Reason};
use crate::zstd::{self, ZstdFrames};
use flate2::bufread::MultiGzDecoder;
use std::error::Error;
use std::fmt;
use std::io::{self, Read};

/// How often a file may be compressed over: once, and once more for a file that was compressed by mistake again.
pub const MAX_LAYERS: usize = 2;

/// How much compressed data within compressed data may be, in bytes: there, a few megabytes can hold years of work that
/// gives nothing.
pub const MAX_NESTED_BYTES: u64 = 256 << 20;

/// The longest beginning that a packing is known by: a zstd frame header.
const HEADER_BYTES: usize = zstd::MAX_HEADER_BYTES;

/// A compression that is looked through.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) enum Packing {
    /// RFC 1952; all members of a file are read as one.
    Gzip,
    /// RFC 8878; all frames of a file are read as one.
    Zstd,
}

impl Packing {
    /// Told by the first bytes alone: a name may lie, and standard input has none.
    fn of(head: &[u8]) -> Option<Self> {
        if head.starts_with(&[0x1f, 0x8b, 0x08]) {
            Some(Packing::Gzip)
        } else if zstd::is_frame(head) {
            Some(Packing::Zstd)
        } else {
            None
        }
    }
}

impl fmt::Display for Packing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Packing::Gzip => "gzip",
            Packing::Zstd => "zstd",
        })
    }
}

/// Removes up to [`MAX_LAYERS`] layers of compression. Also says whether there was any. Nothing is unpacked but what
/// the look ahead needs.
pub(crate) fn unpack(source: Box<dyn Read + Send>) -> Result<(Buffered, bool), Reason> {
    let mut reader = Buffered::new(source);
    for layer in 0..=MAX_LAYERS {
        let head = reader.peek(HEADER_BYTES).map_err(|error| Reason::of(&error))?;
        let Some(packing) = Packing::of(head) else { return Ok((reader, layer > 0)) };
        if layer > 0 {
            reader = Buffered::new(Box::new(Capped { reader, left: MAX_NESTED_BYTES }));
        }
        let unpacked: Box<dyn Read + Send> = match packing {
            Packing::Gzip => Box::new(MultiGzDecoder::new(reader)),
            Packing::Zstd => Box::new(ZstdFrames::new(reader)),
        };
        reader = Buffered::new(Box::new(Unpacking { packing, unpacked }));
    }
    Err(Reason::TooManyLayers { limit: MAX_LAYERS })
}

/// Gives up where there is more than [`MAX_NESTED_BYTES`].
struct Capped {
    reader: Buffered,
    left: u64,
}

impl Read for Capped {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.reader.read(buffer)?;
        match self.left.checked_sub(count as u64) {
            Some(left) => {
                self.left = left;
                Ok(count)
            }
            None => Err(Reason::NestedTooLarge { limit: MAX_NESTED_BYTES }.into()),
        }
    }
}

/// Tells damaged data from a disk that fails: decoders report both as `io::Error`.
struct Unpacking {
    packing: Packing,
    unpacked: Box<dyn Read + Send>,
}

impl Read for Unpacking {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.unpacked.read(buffer).map_err(|error| match error.kind() {
            io::ErrorKind::Interrupted => error,
            _ => reason_in(&error, self.packing).into(),
        })
    }
}

/// The reason somewhere down the chain of errors: one of ours, one of the operating system, or an unexpected end.
/// Everything else that a decoder says means damaged data.
fn reason_in(error: &io::Error, packing: Packing) -> Reason {
    let mut link: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(error) = link {
        if let Some(Broken(reason)) = error.downcast_ref() {
            return reason.clone();
        }
        let mut wrapped = None;
        if let Some(io) = error.downcast_ref::<io::Error>() {
            if io.kind() == io::ErrorKind::UnexpectedEof {
                return Reason::CutShort(packing);
            }
            if io.raw_os_error().is_some() {
                return Reason::of(io);
            }
            // `source` of an `io::Error` skips the error that it wraps.
            wrapped = io.get_ref().map(|inner| inner as &(dyn Error + 'static));
        }
        link = wrapped.or_else(|| error.source());
    }
    Reason::Corrupt(packing)
}
