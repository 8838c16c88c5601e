//! Looking through gzip and zstd.

use crate::buffered::Buffered;
use crate::detect::{self, SNIFF_BYTES};
use crate::names::Named;
use crate::unreadable::{Broken, Reason};
use crate::wacz::LOCAL;
use crate::warc::{DICTIONARY_FRAME, MARK, SNIFF_PACKED_BYTES};
use crate::zstd::{self, ZstdFrames};
use flate2::bufread::{GzDecoder, MultiGzDecoder};
use ruzstd::decoding::FrameDecoder;
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
    pub(crate) fn of(head: &[u8]) -> Option<Self> {
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

/// What a file holds under its compression.
pub(crate) enum Unpacked {
    /// Something that is read from its beginning, and whether it was compressed.
    Plain(Buffered, bool),
    /// Web archives, whose records are compressed one by one: before the compression, if there is any.
    Warc(Buffered, Option<Packing>),
    /// A ZIP archive, which may be a WACZ.
    Zip(Buffered),
}

/// Removes up to [`MAX_LAYERS`] layers of compression, but not those of a web archive. Nothing is unpacked but what the look ahead
/// needs. `archives`: what the name says, if web archives are
/// looked for; what is named one is one unless it begins with something known.
pub(crate) fn unpack(source: Buffered, archives: Option<Named>) -> Result<Unpacked, Reason> {
    let mut reader = source;
    for layer in 0..=MAX_LAYERS {
        let head = reader.peek(HEADER_BYTES).map_err(|error| Reason::of(&error))?;
        let packing = Packing::of(head);
        if let Some(named) = archives
            && is_warc(&mut reader, packing, named == Named::Warc && layer == 0)?
        {
            return Ok(Unpacked::Warc(reader, packing));
        }
        if archives.is_some() && packing.is_none() && reader.peek(LOCAL.len()).is_ok_and(|head| head.starts_with(LOCAL))
        {
            return Ok(Unpacked::Zip(reader));
        }
        let Some(packing) = packing else { return Ok(Unpacked::Plain(reader, layer > 0)) };
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

/// Whether a file is a WARC file, going by its first bytes. One that is `named` so need only not be anything else.
fn is_warc(reader: &mut Buffered, packing: Option<Packing>, named: bool) -> Result<bool, Reason> {
    let wanted = if packing.is_some() { SNIFF_PACKED_BYTES } else { SNIFF_BYTES };
    let packed = reader.peek(wanted).map_err(|error| Reason::of(&error))?;
    let mut head = [0; 8];
    let head = match packing {
        None => &packed[..packed.len().min(SNIFF_BYTES)],
        Some(Packing::Gzip) if GzDecoder::new(packed).read_exact(&mut head).is_ok() => &head[..],
        // A dictionary comes first, and what it is needed for can't be looked at without it.
        Some(Packing::Zstd) if packed.starts_with(&DICTIONARY_FRAME) => return Ok(true),
        Some(Packing::Zstd) if zstd::first_bytes(packed, &mut FrameDecoder::new(), None, &mut head) => &head[..],
        Some(_) => return Ok(named),
    };
    let is_packed_again = packing.is_some() && Packing::of(head).is_some();
    Ok(head.starts_with(MARK) || (named && !is_packed_again && !detect::is_plainly_other(head)))
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
pub(crate) fn reason_in(error: &io::Error, packing: Packing) -> Reason {
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
