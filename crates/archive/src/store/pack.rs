//! Bytes made small, and where they lie.

use crate::{Error, Result};
use rusqlite::{Connection, MAIN_DB};
use std::cell::RefCell;
use std::path::Path;
use zstd::zstd_safe::{CCtx, DCtx};

/// How hard to compress pages while adding: the last level before time grows much faster than size shrinks (16.4 % of the
/// page at 2 ms, against 15.6 % at 60 ms for the highest).
const QUICK: i32 = 9;
/// How hard to compress what is short: for that, levels from 7 on search trees, for next to nothing.
const QUICK_SHORT: i32 = 5;
/// Up to how many bytes are short.
const SHORT: usize = 16 << 10;

/// How hard to compress so many bytes while adding.
pub(crate) fn quick(bytes: usize) -> i32 {
    if bytes <= SHORT { QUICK_SHORT } else { QUICK }
}

/// Bytes that are put together in one row.
pub(crate) const PACK_BYTES: usize = 256 << 10;

thread_local! {
    static COMPRESSOR: RefCell<CCtx<'static>> = RefCell::new(CCtx::create());
    static DECOMPRESSOR: RefCell<DCtx<'static>> = RefCell::new(DCtx::create());
}

/// Where a stretch of bytes lies.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) struct PackPlace {
    pub pack: i64,
    pub offset: usize,
    pub length: usize,
}

/// The bytes at a place.
pub(crate) fn fetch(place: &Path, db: &Connection, at: PackPlace) -> Result<Vec<u8>> {
    let sql = |error| match error {
        rusqlite::Error::QueryReturnedNoRows => lost(place, at.pack),
        rusqlite::Error::SqliteFailure(..) => Error::sql(place, error),
        _ => lost(place, at.pack),
    };
    let blob = db.blob_open(MAIN_DB, "packs", "bytes", at.pack, true).map_err(sql)?;
    if at.offset.checked_add(at.length).is_none_or(|end| end > blob.len()) {
        return Err(lost(place, at.pack));
    }
    let mut bytes = vec![0; at.length];
    blob.read_at_exact(&mut bytes, at.offset).map_err(sql)?;
    Ok(bytes)
}

fn lost(place: &Path, pack: i64) -> Error {
    Error::Damaged(format!("{}: pack {pack} is damaged", place.display()))
}

/// Compresses. What `base` holds already is not stored again; the same base is needed to get the bytes back. `None` where
/// there is not enough memory, or the base can't be used.
pub(crate) fn pack(bytes: &[u8], base: &[u8], level: i32) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(zstd::zstd_safe::compress_bound(bytes.len()));
    // A context that is used again keeps its tables: making them anew costs more than a short text.
    let packed = COMPRESSOR.with_borrow_mut(|context| context.compress_using_dict(&mut out, bytes, base, level));
    packed.ok()?;
    out.shrink_to_fit();
    Some(out)
}

/// What [`pack`] made small; `None` where it gives not exactly `size` bytes.
pub(crate) fn unpack(packed: &[u8], base: &[u8], size: usize) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(size);
    let unpacked = DECOMPRESSOR.with_borrow_mut(|context| context.decompress_using_dict(&mut out, packed, base));
    (unpacked.ok()? == size).then_some(out)
}

/// What [`pack`] made small, of a size that the frame itself states and that must not pass `limit`.
pub(crate) fn unpack_stated(packed: &[u8], base: &[u8], limit: usize) -> Option<Vec<u8>> {
    let size = zstd::zstd_safe::get_frame_content_size(packed).ok()??;
    unpack(packed, base, usize::try_from(size).ok().filter(|size| *size <= limit)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_like_its_base_takes_next_to_nothing() {
        let mut state = 7u32;
        let mut random = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 24) as u8
        };
        let noise: Vec<u8> = (0..60_000).map(|_| random()).collect();
        let mut page = noise.clone();
        page.extend_from_slice(b"six people died");
        let packed = pack(&page, &noise, quick(page.len())).unwrap();
        assert!(packed.len() * 100 < page.len(), "{}", packed.len());
        assert_eq!(unpack(&packed, &noise, page.len()).unwrap(), page);
        assert_eq!(unpack_stated(&packed, &noise, page.len()).unwrap(), page);
        assert!(unpack(&packed, b"", page.len()).is_none());
        assert!(unpack_stated(&packed, &noise, page.len() - 1).is_none());
    }

    #[test]
    fn nothing_is_packed_too() {
        let packed = pack(b"", b"", quick(0)).unwrap();
        assert_eq!(unpack(&packed, b"", 0).unwrap(), b"");
    }
}
