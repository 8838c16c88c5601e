//! How what is worked out from the archive keeps up with it: a search index, and whatever else can be deleted and made again.
//!
//! The database is the only truth. Every change of a document that a search could notice (it was added, read again, tagged,
//! corrected, removed, or a newer version of it came) gives it the next number of one sequence, its `changed`. A commit
//! of the database ends with a [`Mark`]: the last number so far, and a token that no other database has.
//!
//! A follower stores the mark that it has come to in its own commit. When a [`Writer`](crate::Writer) opens, and after
//! each of its commits, it gives each follower whatever changed since that follower's mark: first the database commits,
//! then the follower, at its own [`Pace`]. So after a crash between the two the follower is behind, never ahead, and catches
//! up. A mark that the database doesn't know (the follower belongs to another database, to one put back from a backup, or to
//! one of an older format) means that the follower begins anew.
//!
//! A writer has a list of followers: each has its own name, folder, mark and pace, and one that fails leaves the others as
//! they are. `examples/count_documents.rs` is one to copy.

use crate::{Archive, Corrected, DocumentId, Listed, Result};
use onrecord_document::Document;
use std::path::Path;

/// How far a database, or a follower, has come.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The number of the last change.
    pub seq: u64,
    /// Tells this history from others.
    pub token: [u8; 8],
}

impl Mark {
    /// As 16 bytes, for a follower to store.
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

/// A document as a follower takes it in.
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

/// When a follower commits: commits mostly cost far more than those of the database, and it catches up after a crash.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct Pace {
    /// After so many changes.
    pub changes: u64,
    /// After so many seconds, if anything changed.
    pub seconds: u64,
}

impl Default for Pace {
    fn default() -> Self {
        Pace { changes: 20_000, seconds: 30 }
    }
}

/// Something beside the database that is worked out from it. All calls come from the one writer.
pub trait Follower: Send {
    /// What it is called in messages, without an article: "search index".
    fn name(&self) -> &'static str;
    /// The name of the file or folder that it keeps beside the database.
    fn folder(&self) -> &'static str;
    /// When it commits.
    fn pace(&self) -> Pace {
        Pace::default()
    }
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

/// Opens everything that follows the archive at a place.
pub type Followers = fn(&Path) -> Vec<Box<dyn Follower>>;

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

    /// Gives what a follower needs to know of a document to `take`. `document`: where it is at hand already.
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
