//! What does a file hold under its compression?

use super::decompressor::Decompressor;
use super::zstd::{self, FIRST_BLOCK_BYTES, ZstdFrames};
use crate::formats::{
    Compression, DICTIONARY_FRAME, FileKind, MAX_LAYERS, SNIFF_BYTES, WARC_MARK, ZIP_FILE_MARK, is_plainly_other,
};
use crate::source::Buffered;
use crate::unreadable::Reason;
use flate2::bufread::{GzDecoder, MultiGzDecoder};
use ruzstd::decoding::FrameDecoder;
use std::io::{self, Read};

/// The limit on compressed data within compressed data, in bytes: a few megabytes of it can take years to decompress and
/// come to nothing.
pub const MAX_NESTED_BYTES: u64 = 256 << 20;

/// How many bytes are needed to recognise a compression: a zstd frame header.
const HEADER_BYTES: usize = zstd::MAX_HEADER_BYTES;

/// What a file holds under its compression.
pub(crate) enum Contents {
    /// Anything else, decompressed, and whether it was compressed.
    Plain(Buffered, bool),
    /// A WARC file, whose records are compressed one by one: still compressed, if it is.
    Warc(Buffered, Option<Compression>),
    /// A ZIP archive, which may be a WACZ.
    Zip(Buffered),
}

/// Removes up to [`MAX_LAYERS`] layers of compression, but not that of a WARC file. Decompresses no more than it must look
/// at. `archives` is what the name says, if web archives are looked for: a file with the name of one is one unless it
/// begins like something else.
pub(crate) fn unpack(source: Buffered, archives: Option<FileKind>) -> Result<Contents, Reason> {
    let mut reader = source;
    for layer in 0..=MAX_LAYERS {
        let head = reader.peek(HEADER_BYTES).map_err(|error| Reason::of(&error))?;
        let compression = Compression::of(head);
        if let Some(named) = archives
            && is_warc(&mut reader, compression, named == FileKind::Warc && layer == 0)?
        {
            return Ok(Contents::Warc(reader, compression));
        }
        if archives.is_some() && reader.peek(ZIP_FILE_MARK.len()).is_ok_and(|head| head.starts_with(ZIP_FILE_MARK)) {
            return Ok(Contents::Zip(reader));
        }
        let Some(compression) = compression else { return Ok(Contents::Plain(reader, layer > 0)) };
        if layer > 0 {
            reader = Buffered::new(Box::new(Limiter { reader, left: MAX_NESTED_BYTES }));
        }
        let decoder: Box<dyn Read + Send> = match compression {
            Compression::Gzip => Box::new(MultiGzDecoder::new(reader)),
            Compression::Zstd => Box::new(ZstdFrames::new(reader)),
        };
        reader = Buffered::new(Box::new(Decompressor::new(compression, decoder)));
    }
    Err(Reason::TooManyLayers { limit: MAX_LAYERS })
}

/// Whether a file is a WARC file, going by its first bytes. One `named` as such is one unless it is plainly something else.
fn is_warc(reader: &mut Buffered, compression: Option<Compression>, named: bool) -> Result<bool, Reason> {
    let wanted = if compression.is_some() { FIRST_BLOCK_BYTES } else { SNIFF_BYTES };
    let start = reader.peek(wanted).map_err(|error| Reason::of(&error))?;
    let mut head = [0; 8];
    let head = match compression {
        None => &start[..start.len().min(SNIFF_BYTES)],
        Some(Compression::Gzip) if GzDecoder::new(start).read_exact(&mut head).is_ok() => &head[..],
        // The records need the dictionary that comes first, so they can't be looked at yet.
        Some(Compression::Zstd) if start.starts_with(&DICTIONARY_FRAME) => return Ok(true),
        Some(Compression::Zstd) if zstd::first_bytes(start, &mut FrameDecoder::new(), None, &mut head) => &head[..],
        Some(_) => return Ok(named),
    };
    let is_compressed_again = compression.is_some() && Compression::of(head).is_some();
    Ok(head.starts_with(WARC_MARK) || (named && !is_compressed_again && !is_plainly_other(head)))
}

/// An error after [`MAX_NESTED_BYTES`].
struct Limiter {
    reader: Buffered,
    left: u64,
}

impl Read for Limiter {
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
