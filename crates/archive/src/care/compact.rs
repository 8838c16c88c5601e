//! Packing an archive more tightly.

use crate::store::pack::{pack, unpack_stated};
use crate::{DocumentId, Result, Writer};
use onrecord_intake::{ByteSize, in_order};
use std::io;

/// Bytes of new packs after which a batch commits.
const BATCH_BYTES: usize = 8 << 20;

impl Writer {
    /// Packs every page and document anew at `level` (1 to 22), keeps whichever is smaller, and gives back the room of what
    /// was removed. Each batch is committed: what was done stays done if it is stopped. `on_step` hears how many of how many
    /// pages and documents are done, and may stop it by `false`.
    pub fn compact(&mut self, level: i32, threads: usize, mut on_step: impl FnMut(u64, u64) -> bool) -> Result<()> {
        self.commit()?;
        let last = self.archive().one("SELECT max(id) FROM packs", [], |row| row.get::<_, Option<i64>>(0))?.flatten();
        let Some(last) = last else { return Ok(()) };
        let query = "SELECT id, 1, pack, offset FROM pages WHERE pack <= ?1
            UNION ALL SELECT id, 0, pack, offset FROM documents WHERE pack <= ?1 ORDER BY 3, 4";
        let parts = self.archive().all(query, [last], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, bool>(1)?)))?;
        let total = parts.len() as u64;
        let reader = self.archive().again()?;
        let mut failed = None;
        let mut done = 0;
        let mut since = 0;
        let items = parts.into_iter().map(move |(id, is_page)| PackedPart::read(&reader, id, is_page));
        let ended = in_order(
            items,
            threads,
            |part| part.packed(level),
            |packed| {
                let written = packed.and_then(|packed| {
                    since += packed.bytes.len();
                    self.rewrite(&packed)?;
                    if since > BATCH_BYTES {
                        since = 0;
                        self.commit()?;
                    }
                    Ok(())
                });
                done += 1;
                match written {
                    Ok(()) if on_step(done, total) => Ok(()),
                    Ok(()) => Err(io::ErrorKind::Interrupted.into()),
                    Err(error) => {
                        failed = Some(error);
                        Err(io::ErrorKind::Other.into())
                    }
                }
            },
        );
        if let Some(error) = failed {
            return Err(error);
        }
        self.begin()?;
        let unused = "DELETE FROM packs WHERE id <= ?1 AND id NOT IN (SELECT pack FROM pages) AND id NOT IN (SELECT pack FROM documents)";
        self.run(unused, [last])?;
        self.commit()?;
        if ended.is_ok() {
            self.archive().one("VACUUM", [], |_| Ok(()))?;
        }
        Ok(())
    }

    fn rewrite(&mut self, packed: &Packed) -> Result<()> {
        self.begin()?;
        let at = self.place(&[&packed.bytes])?;
        if packed.is_page {
            let query = "UPDATE pages SET pack = ?1, offset = ?2, length = ?3 WHERE id = ?4";
            self.run(query, (at.pack, at.offset, at.length, packed.id))?;
        } else {
            let query = "UPDATE documents SET pack = ?1, offset = ?2, words = ?3, origins = ?4 WHERE id = ?5";
            let origins = packed.bytes.len() - packed.words;
            self.run(query, (at.pack, at.offset, packed.words, origins, packed.id))?;
        }
        Ok(())
    }
}

/// A page or a document, as it is stored and unpacked.
struct PackedPart {
    id: i64,
    is_page: bool,
    stored: Vec<u8>,
    /// Length of the stored words of a document.
    stored_words: usize,
    bytes: Vec<u8>,
    /// What it is a difference to; the words of a document.
    base: Vec<u8>,
}

struct Packed {
    id: i64,
    is_page: bool,
    bytes: Vec<u8>,
    words: usize,
}

/// A part, or why it can't be read.
struct Read(Result<PackedPart>);

impl ByteSize for Read {
    fn bytes(&self) -> usize {
        self.0.as_ref().map_or(0, |part| part.bytes.len() + part.base.len())
    }
}

impl PackedPart {
    fn read(archive: &crate::Archive, id: i64, is_page: bool) -> Read {
        let read = || {
            if is_page {
                let (stored, base) = archive.stored_page(id)?;
                let bytes = archive.page_by_id(id)?.as_bytes().to_vec();
                return Ok(PackedPart { id, is_page, stored, stored_words: 0, bytes, base });
            }
            let (stored, stored_words) = archive.stored_parts(DocumentId(id))?;
            let (words, origins) = archive.parts(DocumentId(id), true)?;
            Ok(PackedPart { id, is_page, stored, stored_words, bytes: origins, base: words })
        };
        Read(read())
    }
}

impl Read {
    fn packed(self, level: i32) -> Result<Packed> {
        let PackedPart { id, is_page, stored, stored_words, bytes, base } = self.0?;
        let smaller = |packed: Option<Vec<u8>>, stored: &[u8]| packed.filter(|packed| packed.len() < stored.len());
        let part = smaller(pack(&bytes, &base, level), &stored[stored_words..]);
        let part = part.unwrap_or_else(|| stored[stored_words..].to_vec());
        if is_page {
            return Ok(Packed { id, is_page, bytes: part, words: 0 });
        }
        let words = smaller(pack(&base, b"", level), &stored[..stored_words]);
        let mut all = words.unwrap_or_else(|| stored[..stored_words].to_vec());
        let words = all.len();
        // Origins are packed beside the unpacked words, which are the same whatever the level.
        debug_assert!(unpack_stated(&part, &base, bytes.len()).is_some());
        all.extend_from_slice(&part);
        Ok(Packed { id, is_page, bytes: all, words })
    }
}
