//! Writing to an archive: one writer, whole batches.

mod following;
mod rows;
pub(crate) mod step;

use crate::codec::layers::StoredProducer;
use crate::read::reading::{Reading, last_stage};
use crate::store::address::compared;
use crate::store::key::media_code;
use crate::store::lock::Lock;
use crate::store::place;
use crate::write::bases::Bases;
use crate::write::follow::Follower;
use crate::write::prepared::{PackedParts, Prepared};
use crate::{Archive, DocumentId, Error, Result, format};
use following::{Committed, Following};
use onrecord_document::{Capture, Document};
use rusqlite::Params;
use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;
use std::time::{Instant, SystemTime, UNIX_EPOCH};
use step::Step;

/// Bytes of pages after which a batch is full.
const BATCH_BYTES: usize = 16 << 20;
/// Documents after which a batch is full.
const BATCH_DOCUMENTS: usize = 2_000;
/// Seconds after which a batch is full: no more than these are read again after a crash.
const BATCH_SECONDS: u64 = 2;
/// Kilobytes of the database's pages that the writer keeps at hand.
const CACHE_KILOBYTES: i64 = 65_536;

/// What became of a page that was added.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Added {
    /// It is new.
    New,
    /// The archive has its address already, with other bytes.
    Version,
    /// The archive has it already.
    Known,
    /// The archive has it already, and it was now read further.
    Further,
    /// It was taken down before, and is not taken in again.
    TakenDown,
}

/// The one writer of an archive. What is added lasts from the next commit on; a writer that is dropped forgets what came
/// after the last.
pub struct Writer {
    archive: Archive,
    followers: Vec<Following>,
    bases: Arc<Bases>,
    observer: Option<Box<dyn Fn(Step) + Send>>,
    state: WriterState,
    remembered: WriterMemory,
    fresh: HashMap<i64, Document>,
    batch_documents: usize,
    _lock: Lock,
}

/// Numbers that go on from what the database holds.
#[derive(Clone, Debug, Default)]
struct WriterState {
    seq: u64,
    committed_seq: u64,
    capture: i64,
    page: i64,
    batch: i64,
    pack: i64,
    /// The pack that is being filled.
    filling: Vec<u8>,
    bytes: usize,
    documents: usize,
    since: Option<Instant>,
}

#[derive(Default)]
struct WriterMemory {
    producers: HashMap<StoredProducer, i64>,
    readings: HashMap<Reading, i64>,
    addresses: HashMap<String, i64>,
    speakers: HashMap<String, i64>,
}

impl Writer {
    /// Opens the archive at `place` to write to it, makes one where there is none, and brings an older one up to date.
    /// Those that follow it catch up first; others, when they next follow a writer. A second writer is refused.
    pub fn open(place: &Path, followers: Vec<Box<dyn Follower>>) -> Result<Writer> {
        let folders: Vec<&str> = followers.iter().map(|follower| follower.folder()).collect();
        place::make(place, &folders)?;
        let lock = Lock::take(place)?;
        let sql = |error| Error::sql(place, error);
        let mut db = format::open(place)?;
        format::bring_up(place, &mut db, &mut |_, _| {})?;
        db.pragma_update(None, "journal_mode", "wal").map_err(sql)?;
        // Every commit is on the disk when it returns: what was said to be stored is.
        db.pragma_update(None, "synchronous", "full").map_err(sql)?;
        let archive = Archive::over(place, db)?;
        archive.db.pragma_update(None, "cache_size", -CACHE_KILOBYTES).map_err(sql)?;
        let bases = Arc::new(Bases::of_archive(archive.again()?));
        let mut writer = Writer {
            archive,
            followers: followers.into_iter().map(Following::new).collect(),
            bases,
            observer: None,
            state: WriterState::default(),
            remembered: WriterMemory::default(),
            fresh: HashMap::new(),
            batch_documents: BATCH_DOCUMENTS,
            _lock: lock,
        };
        writer.resume()?;
        writer.followed(Following::begin);
        Ok(writer)
    }

    /// Takes up the numbers where the database has them.
    fn resume(&mut self) -> Result<()> {
        let number = |query: &str| -> Result<i64> {
            Ok(self.archive.one(query, [], |row| row.get::<_, Option<i64>>(0))?.flatten().unwrap_or(0))
        };
        let seq = number("SELECT max(seq) FROM batches")? as u64;
        self.state = WriterState {
            seq,
            committed_seq: seq,
            capture: number(
                "SELECT max(coalesce((SELECT max(id) FROM captures), 0), coalesce((SELECT max(capture) FROM removed), 0))",
            )?,
            page: number("SELECT max(id) FROM pages")?,
            batch: number("SELECT max(id) FROM batches")? + 1,
            pack: number("SELECT max(id) FROM packs")? + 1,
            ..WriterState::default()
        };
        Ok(())
    }

    /// The archive that is written to, with all that was added, committed or not.
    pub fn archive(&self) -> &Archive {
        &self.archive
    }

    /// The pages that others of their outlet are stored as differences to, for [`Prepared::new`].
    pub fn bases(&self) -> Arc<Bases> {
        Arc::clone(&self.bases)
    }

    /// Has the database commit after so many documents and followers after so many changes, for callers that want to see
    /// many commits.
    pub fn commit_after(&mut self, documents: usize, changes: u64) {
        self.batch_documents = documents;
        self.followers.iter_mut().for_each(|following| following.pace.changes = changes);
    }

    /// Has every commit reported to `observer`.
    pub fn observe(&mut self, observer: impl Fn(Step) + Send + 'static) {
        self.observer = Some(Box::new(observer));
    }

    /// Why followers could not keep up: the database is whole, and they catch up when they next follow a writer.
    pub fn failed_followers(&self) -> impl Iterator<Item = &Error> {
        self.followers.iter().filter_map(Following::failure)
    }

    fn step(&self, step: Step) {
        if let Some(observer) = &self.observer {
            observer(step);
        }
    }

    pub(crate) fn run(&self, query: &str, params: impl Params) -> Result<usize> {
        let sql = |error| self.archive.sql(error);
        self.archive.db.prepare_cached(query).map_err(sql)?.execute(params).map_err(sql)
    }

    /// Begins a batch where none is under way.
    pub(crate) fn begin(&mut self) -> Result<()> {
        if self.archive.db.is_autocommit() {
            self.run("BEGIN IMMEDIATE", [])?;
        }
        self.state.since.get_or_insert_with(Instant::now);
        Ok(())
    }

    pub(crate) fn next_seq(&mut self) -> i64 {
        self.state.seq += 1;
        self.state.seq as i64
    }

    /// Adds a page that was read. Commits when the batch is full.
    pub fn add(&mut self, prepared: Prepared) -> Result<Added> {
        self.begin()?;
        let added = self.insert(prepared)?;
        self.commit_if_full()?;
        Ok(added)
    }

    pub(crate) fn commit_if_full(&mut self) -> Result<()> {
        if self.batch_is_full() { self.commit() } else { Ok(()) }
    }

    /// Forgets the bases that are at hand, because one is gone.
    pub(crate) fn forget_bases(&mut self) {
        self.bases.clear();
    }

    /// Forgets the numbers of texts that are at hand, because some are gone.
    pub(crate) fn forget_numbers(&mut self) {
        self.remembered = WriterMemory::default();
    }

    fn batch_is_full(&self) -> bool {
        let state = &self.state;
        state.bytes >= BATCH_BYTES
            || state.documents >= self.batch_documents
            || state.since.is_some_and(|since| since.elapsed().as_secs() >= BATCH_SECONDS)
    }

    fn insert(&mut self, prepared: Prepared) -> Result<Added> {
        let capture = prepared.document.capture();
        let known = "SELECT d.id, r.until FROM captures JOIN documents d USING (id) JOIN readings r ON r.id = d.reading
            WHERE key = ?1";
        let known = self
            .archive
            .one(known, [prepared.key.0], |row| Ok((row.get::<_, i64>(0)?, last_stage(row.get_ref(1)?.as_str()?))))?;
        if let Some((id, until)) = known {
            self.sighted(DocumentId(id), capture)?;
            if until >= prepared.reading.until {
                return Ok(Added::Known);
            }
            self.replace(DocumentId(id), prepared.document, prepared.reading, &prepared.parts)?;
            return Ok(Added::Further);
        }
        if self.archive.is_taken_down(capture.hash)? {
            return Ok(Added::TakenDown);
        }
        let Prepared { document, reading, key, address, host, page, parts } = prepared;
        let capture = document.capture();
        let page = self.page(capture, page, host.as_deref())?;
        self.state.capture += 1;
        let id = self.state.capture;
        let found = capture.origin.to_string();
        self.run(
            "INSERT INTO captures (id, key, page, media, url, charset, name, fetched, found)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            (
                id,
                key.0,
                page,
                media_code(capture.media),
                &capture.url,
                &capture.charset,
                &capture.id,
                capture.fetched.map(|fetched| fetched.to_string()),
                (found != capture.id).then_some(found),
            ),
        )?;
        let address = self.address(&address)?;
        let others = "SELECT id FROM documents WHERE address = ?1";
        let others = self.archive.all(others, [address], |row| row.get::<_, i64>(0))?;
        self.write_document(id, address, &document, reading, &parts)?;
        // An older version is no longer the latest, and whoever searches for it must hear of that.
        for other in &others {
            self.touch(DocumentId(*other))?;
        }
        self.state.bytes += document.capture().page.as_bytes().len();
        self.state.documents += 1;
        self.keep_fresh(id, document);
        Ok(if others.is_empty() { Added::New } else { Added::Version })
    }

    /// Gives a document's last change a new number, so that followers take it in again.
    pub(crate) fn touch(&mut self, id: DocumentId) -> Result<()> {
        let changed = self.next_seq();
        self.run("UPDATE documents SET changed = ?1 WHERE id = ?2", (changed, id.0))?;
        Ok(())
    }

    /// Notes that a capture was come across again.
    pub fn sighted(&mut self, id: DocumentId, capture: &Capture) -> Result<()> {
        self.begin()?;
        let fetched = capture.fetched.map(|fetched| fetched.to_string());
        let first = "SELECT 1 FROM captures WHERE id = ?1 AND name = ?2 AND fetched IS ?3";
        if self.archive.one(first, (id.0, &capture.id, &fetched), |_| Ok(()))?.is_none() {
            let query = "INSERT OR IGNORE INTO sightings (capture, name, fetched) VALUES (?1, ?2, ?3)";
            self.run(query, (id.0, &capture.id, fetched.unwrap_or_default()))?;
        }
        Ok(())
    }

    /// Puts a new reading of a document in the place of the one that is stored. Layers that come out the same stay as they
    /// are.
    pub(crate) fn replace(
        &mut self,
        id: DocumentId,
        document: Document,
        reading: Reading,
        parts: &PackedParts,
    ) -> Result<()> {
        self.begin()?;
        let address = compared(&crate::write::prepared::address_of(&document));
        let address = self.address(&address)?;
        self.write_document(id.0, address, &document, reading, parts)?;
        self.state.documents += 1;
        self.state.bytes += document.capture().page.as_bytes().len();
        self.keep_fresh(id.0, document);
        Ok(())
    }

    /// Keeps a document at hand until the batch ends, where a follower will want it.
    fn keep_fresh(&mut self, id: i64, document: Document) {
        if self.followers.iter().any(Following::follows) {
            self.fresh.insert(id, document);
        }
    }

    /// Makes everything so far last: first in the database, then in each follower whose pace says so.
    pub fn commit(&mut self) -> Result<()> {
        if !self.archive.db.is_autocommit() {
            let committed = self.commit_database();
            if let Err(error) = committed {
                self.roll_back();
                return Err(error);
            }
        }
        self.followed(Following::follow);
        self.fresh.clear();
        Ok(())
    }

    fn commit_database(&mut self) -> Result<()> {
        self.flush_pack()?;
        if self.state.seq > self.state.committed_seq {
            let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
            self.run(
                "INSERT INTO batches (id, seq, token, at) VALUES (?1, ?2, randomblob(8), ?3)",
                (self.state.batch, self.state.seq as i64, now as i64),
            )?;
        }
        self.step(Step::DatabaseBegins);
        self.run("COMMIT", [])?;
        if self.state.seq > self.state.committed_seq {
            self.state.batch += 1;
        }
        self.state.committed_seq = self.state.seq;
        self.state.bytes = 0;
        self.state.documents = 0;
        self.state.since = None;
        self.step(Step::DatabaseDone(self.state.seq));
        Ok(())
    }

    /// Forgets what was not committed.
    fn roll_back(&mut self) {
        // After some failures SQLite has rolled back by itself; then there is nothing to do.
        let _ = self.run("ROLLBACK", []);
        self.fresh.clear();
        self.remembered = WriterMemory::default();
        self.bases = Arc::new(Bases::none());
        let _ = self.resume();
    }

    fn followed(&mut self, act: impl Fn(&mut Following, &Committed<'_>)) {
        let committed = Committed { archive: &self.archive, fresh: &self.fresh, observer: self.observer.as_deref() };
        self.followers.iter_mut().for_each(|following| act(following, &committed));
    }

    /// Commits what is left, in the database and in all followers, and closes the archive tidily: one file, without a log
    /// beside it.
    pub fn finish(mut self) -> Result<()> {
        self.commit()?;
        self.followed(Following::end);
        // Best effort: a reader may be at work, and then the log stays until the next writer ends.
        let _ = self.archive.one("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
        match self.followers.into_iter().find_map(Following::into_failure) {
            Some(error) => Err(error),
            None => Ok(()),
        }
    }
}
