//! How an index beside the database keeps up with it.
//!
//! The database is the only truth. Every change of a document that a search could notice (it was added, read anew, tagged,
//! corrected, removed, or a newer version of it came) gives it the next number of one sequence, its `changed`. A commit
//! of the database ends with a [`Mark`]: the last number so far, and a token that no other database has.
//!
//! An index stores the mark that it has come to in its own commit. When a [`Writer`](crate::Writer) opens, and after
//! each of its commits, it asks the index for its mark and gives it whatever changed since: first the database commits,
//! then the index. So after a crash between the two the index is behind, never ahead, and catches up. A mark that the
//! database doesn't know (the index belongs to another database, or to one put back from a backup) means that the index is
//! made anew.

use crate::{Archive, Corrected, DocumentId, Listed, Result};
use onrecord_document::Document;

/// How far a database, or an index that follows it, has come.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The number of the last change.
    pub seq: u64,
    /// Tells this history from others.
    pub token: [u8; 8],
}

impl Mark {
    /// As 16 bytes, for an index to store.
    pub fn to_bytes(self) -> [u8; 16] {
        let mut bytes = [0; 16];
        bytes[..8].copy_from_slice(&self.seq.to_le_bytes());
        bytes[8..].copy_from_slice(&self.token);
        bytes
    }

    /// The mark that [`Mark::to_bytes`] wrote.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (seq, token) = bytes.split_first_chunk::<8>()?;
        Some(Mark { seq: u64::from_le_bytes(*seq), token: token.try_into().ok()? })
    }
}

/// One document's last change.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Its number.
    pub seq: u64,
    /// The document.
    pub id: DocumentId,
    /// Whether it was taken down.
    pub removed: bool,
}

/// A document as an index takes it in.
pub struct Entry<'a> {
    /// What the database knows of it.
    pub listed: &'a Listed,
    /// The document with its layers.
    pub document: &'a Document,
    /// Whether no later version of the article is in the archive.
    pub latest: bool,
    /// How many versions of the article there are.
    pub versions: u32,
    /// Tags that people gave it, sorted.
    pub tags: &'a [String],
    /// What people said of its speakers.
    pub corrected: &'a Corrected,
}

/// An index beside the database. All calls come from the one writer.
pub trait Follower: Send {
    /// The mark of its last commit; `None` where it holds nothing or can't be read.
    fn mark(&self) -> Option<Mark>;
    /// Forgets everything.
    fn clear(&mut self) -> Result<()>;
    /// Takes a document in, in place of whatever it has under the same id.
    fn take(&mut self, entry: &Entry<'_>) -> Result<()>;
    /// Forgets a document; one that it doesn't know is no error.
    fn forget(&mut self, id: DocumentId) -> Result<()>;
    /// Makes all calls so far last, with the mark that they led to.
    fn commit(&mut self, mark: Mark) -> Result<()>;
}

impl Archive {
    /// The mark of the last commit; `None` for an archive that holds nothing.
    pub fn mark(&self) -> Result<Option<Mark>> {
        self.one("SELECT seq, token FROM batches ORDER BY seq DESC LIMIT 1", [], |row| {
            Ok(Mark { seq: row.get::<_, i64>(0)? as u64, token: row.get(1)? })
        })
    }

    /// Whether a mark is one of this database's.
    pub fn knows(&self, mark: Mark) -> Result<bool> {
        let query = "SELECT 1 FROM batches WHERE seq = ?1 AND token = ?2";
        Ok(self.one(query, (mark.seq as i64, mark.token), |_| Ok(()))?.is_some())
    }

    /// The documents that changed after `seq`, each at its last change, in the order of the changes; `limit` at most.
    pub fn changes(&self, seq: u64, limit: usize) -> Result<Vec<Change>> {
        let query = "SELECT changed, id, 0 FROM documents WHERE changed > ?1
            UNION ALL SELECT changed, capture, 1 FROM removed WHERE changed > ?1 ORDER BY 1 LIMIT ?2";
        self.all(query, (seq as i64, limit as i64), |row| {
            Ok(Change { seq: row.get::<_, i64>(0)? as u64, id: DocumentId(row.get(1)?), removed: row.get(2)? })
        })
    }

    /// Gives what an index needs to know of a document to `take`. `document`: where it is at hand already.
    pub fn entry<T>(
        &self,
        id: DocumentId,
        document: Option<&Document>,
        take: impl FnOnce(&Entry<'_>) -> Result<T>,
    ) -> Result<T> {
        let listed = self.listed(id)?;
        let stored = if document.is_none() { Some(self.document(id)?) } else { None };
        let Some(document) = document.or(stored.as_ref()) else { return Err(self.damaged(id)) };
        let others = self.versions_of(&listed)?;
        let tags = self.tags(listed.page)?;
        let corrected = self.corrected(&listed, Some(document))?;
        let latest = others.last().is_none_or(|last| *last == id);
        take(&Entry {
            listed: &listed,
            document,
            latest,
            versions: others.len() as u32,
            tags: &tags,
            corrected: &corrected,
        })
    }
}
