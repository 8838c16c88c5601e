//! Which dictionary are the records of a WARC file compressed with?

use crate::compression::zstd::ZstdFrames;
use crate::formats::{Compression, is_zstd_frame};
use crate::source::Buffered;
use crate::unreadable::Reason;
use ruzstd::decoding::Dictionary as Tables;
use std::io::{self, Cursor, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

/// The largest dictionary, in bytes. `zstd --train` makes them 110 KiB large by default.
pub const MAX_DICTIONARY_BYTES: usize = 16 << 20;

/// What a dictionary begins with (RFC 8878, section 5).
const MAGIC: [u8; 4] = [0x37, 0xa4, 0x30, 0xec];
/// Magic number and id.
const HEADER: usize = 8;
/// Bytes added after a dictionary while its tables are read, so that reading past the end of a broken one is noticed.
const PADDING: usize = 4096;

/// A dictionary, decompressed.
#[derive(Clone)]
pub(crate) struct Dictionary {
    bytes: Arc<[u8]>,
    pub(crate) id: u32,
}

impl Dictionary {
    /// Reads a frame that begins with [`DICTIONARY_FRAME`](crate::formats::DICTIONARY_FRAME). The dictionary in it may be
    /// compressed. `None`, with nothing consumed, if the frame holds something else.
    pub(crate) fn read(source: &mut Buffered) -> io::Result<Option<Self>> {
        let &[_, _, _, _, a, b, c, d, m, n, o, p, ..] = source.peek(12)? else { return Ok(None) };
        let length = u32::from_le_bytes([a, b, c, d]) as usize;
        let is_compressed = is_zstd_frame(&[m, n, o, p]);
        if !is_compressed && [m, n, o, p] != MAGIC {
            return Ok(None);
        }
        if length > MAX_DICTIONARY_BYTES {
            return Err(Reason::DictionaryTooLarge { limit: MAX_DICTIONARY_BYTES }.into());
        }
        source.skip(8)?;
        let mut bytes = Vec::new();
        source.take(length as u64).read_to_end(&mut bytes)?;
        if bytes.len() < length {
            return Err(Reason::CutShort(Compression::Zstd).into());
        }
        if is_compressed {
            let frames = ZstdFrames::new(Buffered::new(Box::new(Cursor::new(std::mem::take(&mut bytes)))));
            frames.take(MAX_DICTIONARY_BYTES as u64 + 1).read_to_end(&mut bytes)?;
            if bytes.len() > MAX_DICTIONARY_BYTES {
                return Err(Reason::DictionaryTooLarge { limit: MAX_DICTIONARY_BYTES }.into());
            }
        }
        let id = match bytes.get(..HEADER) {
            Some(&[m, n, o, p, a, b, c, d]) if [m, n, o, p] == MAGIC => u32::from_le_bytes([a, b, c, d]),
            _ => return Err(Reason::Corrupt(Compression::Zstd).into()),
        };
        let dictionary = Dictionary { bytes: bytes.into(), id };
        dictionary.tables().map(|_| Some(dictionary)).ok_or_else(|| Reason::Corrupt(Compression::Zstd).into())
    }

    /// The tables that a decoder needs; `None` if the dictionary is damaged.
    pub(crate) fn tables(&self) -> Option<Tables> {
        let padded = [&self.bytes, &[0; PADDING][..]].concat();
        // The library reads past the end of a dictionary that is cut short.
        let mut tables = catch_unwind(AssertUnwindSafe(|| Tables::decode_dict(&padded).ok())).ok().flatten()?;
        let content = tables.dict_content.len().checked_sub(PADDING)?;
        tables.dict_content.truncate(content);
        Some(tables)
    }
}
