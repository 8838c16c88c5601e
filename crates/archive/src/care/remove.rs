//! Taking pages down.

use crate::store::pack::{PackPlace, fetch, pack, quick};
use crate::{DocumentId, Listed, Result, Writer};
use onrecord_span::PageHash;
use std::collections::BTreeMap;
use std::time::{SystemTime, UNIX_EPOCH};

impl Writer {
    /// Takes a document's page down: its bytes, every document that was read from it, and what people wrote beside it are
    /// wiped from the database; a tombstone with its hash and address stays. Commits.
    pub fn take_down(&mut self, document: &Listed, reason: &str) -> Result<()> {
        self.commit()?;
        // Freed pages of the database are overwritten, not left for anyone to find.
        self.archive().one("PRAGMA secure_delete = ON", [], |_| Ok(()))?;
        self.begin()?;
        self.wipe(document.page, Some(reason))?;
        self.commit()?;
        // What the log still has of it goes too.
        self.archive().one("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        Ok(())
    }

    /// Lifts the tombstones of a page; gives whether there was one. Commits.
    pub fn lift(&mut self, what: &str) -> Result<bool> {
        self.begin()?;
        let query = "UPDATE removed SET page = x'' WHERE page <> x'' AND (lower(hex(page)) LIKE ?1 || '%' OR url = ?2 OR name = ?2)";
        let digits = what.to_ascii_lowercase();
        let is_hash = digits.len() >= 8 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        let lifted = self.run(query, (if is_hash { &digits } else { "-" }, what))?;
        self.commit()?;
        Ok(lifted > 0)
    }

    /// Forgets a damaged page, without a tombstone: adding it again stores it anew. What people wrote beside it stays.
    pub(crate) fn forget_page(&mut self, page: PageHash) -> Result<()> {
        self.begin()?;
        self.wipe(page, None)
    }

    /// Wipes a page and its documents. With a reason it is a taking-down, without one a page that was damaged.
    fn wipe(&mut self, page: PageHash, reason: Option<&str>) -> Result<()> {
        let query = "SELECT id, pack FROM pages WHERE hash = ?1";
        let found =
            self.archive().one(query, [page.as_bytes()], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?)))?;
        let Some((number, page_pack)) = found else { return Ok(()) };
        self.free_dependents(number, reason.is_some())?;
        let captures =
            "SELECT c.id, key, name, c.url, d.pack, d.address FROM captures c LEFT JOIN documents d USING (id)
            WHERE page = ?1";
        let captures = self.archive().all(captures, [number], |row| {
            Ok((
                row.get::<_, i64>(0)?,
                row.get::<_, [u8; 16]>(1)?,
                row.get::<_, String>(2)?,
                row.get::<_, Option<String>>(3)?,
                row.get::<_, Option<i64>>(4)?,
                row.get::<_, Option<i64>>(5)?,
            ))
        })?;
        let mut packs = vec![page_pack];
        let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs() as i64);
        for (id, key, name, url, pack, address) in captures {
            packs.extend(pack);
            for table in ["layers", "statements"] {
                self.run(&format!("DELETE FROM {table} WHERE document = ?1"), [id])?;
            }
            self.run("DELETE FROM documents WHERE id = ?1", [id])?;
            self.run("DELETE FROM sightings WHERE capture = ?1", [id])?;
            self.run("DELETE FROM captures WHERE id = ?1", [id])?;
            let changed = self.next_seq();
            // The index must forget it either way; a page that was merely damaged may come back.
            let stone: &[u8] = if reason.is_some() { page.as_bytes() } else { &[] };
            self.run(
                "INSERT OR REPLACE INTO removed (capture, changed, key, page, name, url, reason, at)
                    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                (id, changed, key, stone, name, url, reason.unwrap_or("damaged"), now),
            )?;
            let others = "SELECT id FROM documents WHERE address = ?1";
            for other in self.archive().all(others, [address], |row| Ok(DocumentId(row.get(0)?)))? {
                self.touch(other)?;
            }
        }
        self.run("DELETE FROM outlets WHERE base = ?1", [number])?;
        self.run("DELETE FROM pages WHERE id = ?1", [number])?;
        self.forget_bases();
        if reason.is_some() {
            self.run("DELETE FROM annotations WHERE page = ?1", [page.as_bytes()])?;
            packs.sort_unstable();
            packs.dedup();
            packs.into_iter().try_for_each(|pack| self.repack(pack))?;
            // Names that nobody else has say who was on the page.
            self.run(
                "DELETE FROM speakers WHERE id NOT IN (SELECT speaker FROM statements WHERE speaker IS NOT NULL)",
                [],
            )?;
            self.run("DELETE FROM addresses WHERE id NOT IN (SELECT address FROM documents)", [])?;
            self.forget_numbers();
        }
        Ok(())
    }

    /// Stores the pages that are differences to this one alone. Those that can't be read because this one is damaged are
    /// forgotten with it.
    fn free_dependents(&mut self, base: i64, must: bool) -> Result<()> {
        let dependents = "SELECT id, hash FROM pages WHERE base = ?1";
        let dependents = self
            .archive()
            .all(dependents, [base], |row| Ok((row.get::<_, i64>(0)?, PageHash::from_bytes(row.get(1)?))))?;
        for (id, hash) in dependents {
            let page = match self.archive().page_by_id(id) {
                Ok(page) => page,
                Err(error) if must => return Err(error),
                Err(_) => {
                    self.wipe(hash, None)?;
                    continue;
                }
            };
            if PageHash::of(page.as_bytes()) != hash && !must {
                self.wipe(hash, None)?;
                continue;
            }
            let packed = pack(page.as_bytes(), b"", quick(page.as_bytes().len())).unwrap_or_default();
            let at = self.place(&[&packed])?;
            let query = "UPDATE pages SET base = NULL, pack = ?1, offset = ?2, length = ?3 WHERE id = ?4";
            self.run(query, (at.pack, at.offset, at.length, id))?;
        }
        Ok(())
    }

    /// Writes what is still needed of a pack to others, and deletes it.
    pub(crate) fn repack(&mut self, old: i64) -> Result<()> {
        let mut moved: BTreeMap<usize, (bool, i64, usize)> = BTreeMap::new();
        let pages = "SELECT offset, id, length FROM pages WHERE pack = ?1";
        let documents = "SELECT offset, id, words + origins FROM documents WHERE pack = ?1";
        for (is_page, query) in [(true, pages), (false, documents)] {
            let rows =
                self.archive().all(query, [old], |row| Ok((row.get::<_, usize>(0)?, row.get(1)?, row.get(2)?)))?;
            moved.extend(rows.into_iter().map(|(offset, id, length)| (offset, (is_page, id, length))));
        }
        for (offset, (is_page, id, length)) in moved {
            let bytes = fetch(self.archive().place(), &self.archive().db, PackPlace { pack: old, offset, length })?;
            let at = self.place(&[&bytes])?;
            let table = if is_page { "pages" } else { "documents" };
            self.run(&format!("UPDATE {table} SET pack = ?1, offset = ?2 WHERE id = ?3"), (at.pack, at.offset, id))?;
        }
        self.run("DELETE FROM packs WHERE id = ?1", [old])?;
        Ok(())
    }
}
