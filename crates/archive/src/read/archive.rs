//! Reading an archive.

use crate::Reading;
use crate::codec::layers::{RawLayer, StoredProducer};
use crate::codec::{self, words::Words};
use crate::store::key::{CaptureKey, media_of};
use crate::store::moment::moment;
use crate::store::pack::{PackPlace, fetch, unpack, unpack_stated};
use crate::{Error, FORMAT, Result, format};
use onrecord_document::{Capture, Document, Layers, Origin, Parts, Stage};
use onrecord_record::StatementArticle;
use onrecord_span::{MAX_BUFFER, PageBytes, PageHash};
use rusqlite::{Connection, OptionalExtension, Params, Row};
use std::path::{Path, PathBuf};

/// Largest part of a document, unpacked: text and origins of the largest page.
const MAX_PART: usize = MAX_BUFFER;
/// Statements whose plans are kept.
const KEPT_STATEMENTS: usize = 64;
/// Kilobytes of the database's pages that a reader keeps at hand; the system has the others. No memory map: a disk that
/// fails under one ends the process without a word.
const CACHE_KILOBYTES: i64 = 4_096;

/// An archive that is read. Any number of them, in any number of processes, also while one [`Writer`](crate::Writer)
/// writes: each answer is of one moment.
pub struct Archive {
    place: PathBuf,
    pub(crate) db: Connection,
}

/// Names a document inside one archive; never given to another, even after it is removed.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocumentId(pub(crate) i64);

impl DocumentId {
    /// As a number, for an index.
    pub fn number(self) -> u64 {
        self.0 as u64
    }

    /// The id that [`DocumentId::number`] gave.
    pub fn of(number: u64) -> Self {
        DocumentId(number as i64)
    }
}

/// What is known of a document without unpacking it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Its name in this archive.
    pub id: DocumentId,
    /// Its name in every archive.
    pub key: CaptureKey,
    /// The change that made it what it is now.
    pub changed: u64,
    /// How the output names it.
    pub name: String,
    /// SHA-256 of its page.
    pub page: PageHash,
    /// The article's address as it is compared; the name where it has none. Documents with the same are its versions.
    pub address: String,
    /// The address the page was fetched from.
    pub url: Option<String>,
    /// When it was fetched, RFC 3339.
    pub fetched: Option<String>,
    /// Orders the versions of an address: when it was fetched, else what the page states; empty where nothing is known.
    pub seen: String,
    /// When it was added, Unix time.
    pub added: i64,
    /// The outlet.
    pub site: Option<String>,
    /// ISO 639 code.
    pub language: Option<String>,
    /// As the page states it.
    pub published: Option<String>,
    /// As the page states it.
    pub headline: Option<String>,
    /// How it was read.
    pub reading: Reading,
}

impl Listed {
    /// What rows of the article's statements say of it.
    pub fn row(&self) -> StatementArticle<'_> {
        StatementArticle {
            id: &self.name,
            page: self.page,
            url: self.url.as_deref(),
            outlet: self.site.as_deref(),
            language: self.language.as_deref(),
            published: self.published.as_deref().map(Into::into),
            headline: self.headline.as_deref(),
        }
    }
}

/// The columns of [`Listed`].
pub(crate) const LISTED: &str =
    "SELECT d.id, c.key, d.changed, c.name, p.hash, a.url, c.url, c.fetched, d.seen, b.at, d.site,
    d.language, d.published, d.headline, r.until, r.producers
    FROM documents d JOIN captures c ON c.id = d.id JOIN pages p ON p.id = c.page JOIN addresses a ON a.id = d.address
    JOIN batches b ON b.id = d.batch JOIN readings r ON r.id = d.reading";

pub(crate) fn listed(row: &Row<'_>) -> rusqlite::Result<Listed> {
    Ok(Listed {
        id: DocumentId(row.get(0)?),
        key: CaptureKey(row.get(1)?),
        changed: row.get::<_, i64>(2)? as u64,
        name: row.get(3)?,
        page: PageHash::from_bytes(row.get(4)?),
        address: row.get(5)?,
        url: row.get(6)?,
        fetched: row.get(7)?,
        seen: row.get(8)?,
        added: row.get(9)?,
        site: row.get(10)?,
        language: row.get(11)?,
        published: row.get(12)?,
        headline: row.get(13)?,
        reading: reading(row, 14)?,
    })
}

/// A reading from its columns, which begin at `from`.
pub(crate) fn reading(row: &Row<'_>, from: usize) -> rusqlite::Result<Reading> {
    Ok(Reading::restored(row.get_ref(from)?.as_str()?, row.get_ref(from + 1)?.as_str()?))
}

impl Archive {
    /// Opens the archive at `place` to read it. One of an older format is first brought up to date, as
    /// [`upgrade`](crate::upgrade) does it. An archive on a disk that may not be written to can be read.
    pub fn open(place: &Path) -> Result<Archive> {
        let db = format::open_to_read(place)?;
        match format::found(place, &db)? {
            None => Err(Error::Absent(place.to_owned())),
            Some(FORMAT) => Archive::over(place, db),
            Some(_) => {
                drop(db);
                format::upgrade(place, |_, _| {})?;
                Archive::over(place, format::open_to_read(place)?)
            }
        }
    }

    /// An archive over a connection that is open.
    pub(crate) fn over(place: &Path, db: Connection) -> Result<Archive> {
        let archive = Archive { place: place.to_owned(), db };
        archive.set_up()?;
        Ok(archive)
    }

    fn set_up(&self) -> Result<()> {
        let sql = |error| self.sql(error);
        self.db.busy_timeout(format::PATIENCE).map_err(sql)?;
        self.db.pragma_update(None, "cache_size", -CACHE_KILOBYTES).map_err(sql)?;
        self.db.pragma_update(None, "trusted_schema", false).map_err(sql)?;
        self.db.set_prepared_statement_cache_capacity(KEPT_STATEMENTS);
        Ok(())
    }

    /// Where it is.
    pub fn place(&self) -> &Path {
        &self.place
    }

    /// Another reader of the same archive, for another thread.
    pub fn again(&self) -> Result<Archive> {
        Archive::open(&self.place)
    }

    pub(crate) fn sql(&self, error: rusqlite::Error) -> Error {
        Error::sql(&self.place, error)
    }

    /// The row that a query finds, if it finds one.
    pub(crate) fn one<T>(
        &self,
        query: &str,
        params: impl Params,
        get: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Option<T>> {
        let mut statement = self.db.prepare_cached(query).map_err(|error| self.sql(error))?;
        statement.query_row(params, get).optional().map_err(|error| self.sql(error))
    }

    /// All rows that a query finds.
    pub(crate) fn all<T>(
        &self,
        query: &str,
        params: impl Params,
        get: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>> {
        let mut statement = self.db.prepare_cached(query).map_err(|error| self.sql(error))?;
        let rows = statement.query_map(params, get).map_err(|error| self.sql(error))?;
        rows.collect::<rusqlite::Result<_>>().map_err(|error| self.sql(error))
    }

    /// Does something with each row that a query finds, one after the other: however many there are, none is kept.
    pub(crate) fn each(
        &self,
        query: &str,
        params: impl Params,
        mut take: impl FnMut(&Row<'_>) -> rusqlite::Result<()>,
    ) -> Result<()> {
        let mut statement = self.db.prepare_cached(query).map_err(|error| self.sql(error))?;
        let mut rows = statement.query(params).map_err(|error| self.sql(error))?;
        while let Some(row) = rows.next().map_err(|error| self.sql(error))? {
            take(row).map_err(|error| self.sql(error))?;
        }
        Ok(())
    }

    /// Does something that reads several times, all of one moment.
    pub fn at_once<T>(&self, read: impl FnOnce() -> Result<T>) -> Result<T> {
        if !self.db.is_autocommit() {
            return read();
        }
        let moment = self.db.unchecked_transaction().map_err(|error| self.sql(error))?;
        let result = read();
        // Nothing was written: how the transaction ends makes no difference.
        let _ = moment.finish();
        result
    }

    /// The number of documents.
    pub fn len(&self) -> Result<u64> {
        let count = self.one("SELECT count(*) FROM documents", [], |row| row.get::<_, i64>(0))?;
        Ok(count.unwrap_or(0) as u64)
    }

    /// Whether there is no document.
    pub fn is_empty(&self) -> Result<bool> {
        Ok(self.one("SELECT 1 FROM documents LIMIT 1", [], |_| Ok(()))?.is_none())
    }

    /// The ids of all documents, in the order in which they were added.
    pub fn ids(&self) -> Result<Vec<DocumentId>> {
        self.all("SELECT id FROM documents ORDER BY id", [], |row| Ok(DocumentId(row.get(0)?)))
    }

    /// The latest articles by the day that they state, `limit` at most; those without one are none of them.
    pub fn newest(&self, limit: usize) -> Result<Vec<Listed>> {
        let query = format!("{LISTED} WHERE d.published IS NOT NULL ORDER BY d.published DESC, d.id DESC LIMIT ?1");
        self.all(&query, [limit as i64], listed)
    }

    /// What was added last, `limit` at most, latest first.
    pub fn just_added(&self, limit: usize) -> Result<Vec<Listed>> {
        let query = format!("{LISTED} ORDER BY d.batch DESC, d.id DESC LIMIT ?1");
        self.all(&query, [limit as i64], listed)
    }

    /// What is known of a document without unpacking it.
    pub fn listed(&self, id: DocumentId) -> Result<Listed> {
        let found = self.one(&format!("{LISTED} WHERE d.id = ?1"), [id.0], listed)?;
        found.ok_or_else(|| absent(id))
    }

    /// The document with this key.
    pub fn find(&self, key: CaptureKey) -> Result<Option<DocumentId>> {
        let query = "SELECT documents.id FROM captures JOIN documents USING (id) WHERE key = ?1";
        self.one(query, [key.0], |row| Ok(DocumentId(row.get(0)?)))
    }

    /// A page's bytes, as they came.
    pub fn page(&self, hash: PageHash) -> Result<Option<PageBytes>> {
        let id = self.one("SELECT id FROM pages WHERE hash = ?1", [hash.as_bytes()], |row| row.get::<_, i64>(0))?;
        id.map(|id| self.page_by_id(id)).transpose()
    }

    pub(crate) fn page_by_id(&self, id: i64) -> Result<PageBytes> {
        let query = "SELECT pack, offset, length, size, base FROM pages WHERE id = ?1";
        let found = self.one(query, [id], |row| {
            let at = PackPlace { pack: row.get(0)?, offset: row.get(1)?, length: row.get(2)? };
            Ok((at, row.get::<_, usize>(3)?, row.get::<_, Option<i64>>(4)?))
        })?;
        let damaged = || Error::Damaged(format!("{}: page {id} is damaged", self.place.display()));
        let (at, size, base) = found.ok_or_else(damaged)?;
        // A base stands alone; were it a difference too, reading could go round in a circle.
        let base = match base {
            Some(base) => {
                let alone = "SELECT 1 FROM pages WHERE id = ?1 AND base IS NULL";
                self.one(alone, [base], |_| Ok(()))?.ok_or_else(damaged)?;
                Some(self.page_by_id(base)?)
            }
            None => None,
        };
        let packed = fetch(&self.place, &self.db, at)?;
        let bytes = unpack(&packed, base.as_ref().map_or(b"", |base| base.as_bytes()), size.min(MAX_BUFFER));
        bytes.and_then(PageBytes::new).ok_or_else(damaged)
    }

    /// A page as it is stored, and the bytes that it is a difference to.
    pub(crate) fn stored_page(&self, id: i64) -> Result<(Vec<u8>, Vec<u8>)> {
        let query = "SELECT pack, offset, length, base FROM pages WHERE id = ?1";
        let found = self.one(query, [id], |row| {
            let at = PackPlace { pack: row.get(0)?, offset: row.get(1)?, length: row.get(2)? };
            Ok((at, row.get::<_, Option<i64>>(3)?))
        })?;
        let (at, base) = found.ok_or_else(|| Error::Unknown(format!("the archive has no page {id}")))?;
        let base = base.map(|base| self.page_by_id(base)).transpose()?;
        let base = base.map_or(Vec::new(), |base| base.as_bytes().to_vec());
        Ok((fetch(&self.place, &self.db, at)?, base))
    }

    /// A document as it is stored, and how much of that are its words.
    pub(crate) fn stored_parts(&self, id: DocumentId) -> Result<(Vec<u8>, usize)> {
        let query = "SELECT pack, offset, words + origins, words FROM documents WHERE id = ?1";
        let found = self.one(query, [id.0], |row| {
            let at = PackPlace { pack: row.get(0)?, offset: row.get(1)?, length: row.get(2)? };
            Ok((at, row.get::<_, usize>(3)?))
        })?;
        let (at, words) = found.ok_or_else(|| absent(id))?;
        Ok((fetch(&self.place, &self.db, at)?, words))
    }

    /// The words of a document and its blocks: enough for lists and snippets, at a fraction of the whole.
    pub fn words(&self, id: DocumentId) -> Result<Words> {
        let (words, _) = self.parts(id, false)?;
        codec::words::decode(&words).ok_or_else(|| self.damaged(id))
    }

    /// The packed parts of a document, unpacked: words and, where asked for, origins.
    pub(crate) fn parts(&self, id: DocumentId, with_origins: bool) -> Result<(Vec<u8>, Vec<u8>)> {
        let query = "SELECT pack, offset, words, origins FROM documents WHERE id = ?1";
        let found = self.one(query, [id.0], |row| {
            Ok((row.get::<_, i64>(0)?, row.get::<_, usize>(1)?, row.get::<_, usize>(2)?, row.get::<_, usize>(3)?))
        })?;
        let (pack, offset, words, origins) = found.ok_or_else(|| absent(id))?;
        let length = if with_origins { words.saturating_add(origins) } else { words };
        let bytes = fetch(&self.place, &self.db, PackPlace { pack, offset, length })?;
        let (words, origins) = bytes.split_at(words);
        let words = unpack_stated(words, b"", MAX_PART).ok_or_else(|| self.damaged(id))?;
        let origins = match with_origins {
            true => unpack_stated(origins, &words, MAX_PART).ok_or_else(|| self.damaged(id))?,
            false => Vec::new(),
        };
        Ok((words, origins))
    }

    /// The layers of a document over its words.
    pub fn layers(&self, id: DocumentId, words: &Words) -> Result<Layers> {
        let query = "SELECT l.name, made_from, bytes, p.name, version, model, model_version, weights
            FROM layers l JOIN producers p ON p.id = producer WHERE document = ?1";
        let mut layers = Layers::default();
        let mut is_whole = true;
        self.all(query, [id.0], |row| {
            let producer = StoredProducer {
                name: row.get(3)?,
                version: row.get(4)?,
                model: [row.get(5)?, row.get(6)?, row.get(7)?],
            };
            let raw = RawLayer {
                name: row.get_ref(0)?.as_str()?,
                producer: &producer,
                made_from: row.get_ref(1)?.as_str()?,
                bytes: row.get_ref(2)?.as_blob()?,
            };
            is_whole &= codec::layers::decode(&raw, &words.buffer, &mut layers).is_some();
            Ok(())
        })?;
        if is_whole { Ok(layers) } else { Err(self.damaged(id)) }
    }

    /// A capture with its page, as it was read.
    pub fn capture(&self, id: DocumentId) -> Result<Capture> {
        let query = "SELECT page, media, url, charset, name, hash, fetched, found FROM captures
            JOIN pages ON pages.id = page WHERE captures.id = ?1";
        let found = self.one(query, [id.0], |row| {
            Ok((
                row.get::<_, i64>(0)?,
                row.get::<_, u8>(1)?,
                row.get::<_, Option<String>>(2)?,
                row.get::<_, Option<String>>(3)?,
                row.get::<_, String>(4)?,
                row.get::<_, [u8; 32]>(5)?,
                row.get::<_, Option<String>>(6)?,
                row.get::<_, Option<String>>(7)?,
            ))
        })?;
        let (page, media, url, charset, name, hash, fetched, found) = found.ok_or_else(|| absent(id))?;
        let media = media_of(media).ok_or_else(|| self.damaged(id))?;
        // The hash is the stored one: `verify` works it out anew.
        let hash = PageHash::from_bytes(hash);
        let fetched = fetched.and_then(|fetched| moment(&fetched));
        let origin = Origin::File(found.unwrap_or_else(|| name.clone()));
        let page = self.page_by_id(page)?;
        // The notes that came with it are the first of its document's.
        Ok(Capture { id: name, page, hash, media, url, charset, fetched, origin, notes: Vec::new() })
    }

    /// A document as it was read. Tokens and noun chunks are not stored; the language stage makes them again.
    pub fn document(&self, id: DocumentId) -> Result<Document> {
        self.at_once(|| {
            let mut capture = self.capture(id)?;
            let (words, origins) = self.parts(id, true)?;
            let words = codec::words::decode(&words).ok_or_else(|| self.damaged(id))?;
            let origins = codec::origins::decode(&origins, &words.buffer, &capture.page);
            let origins = origins.ok_or_else(|| self.damaged(id))?;
            let layers = self.layers(id, &words)?;
            let Words { buffer, text_len, blocks } = words;
            let codec::origins::Origins { map, fields, notes } = origins;
            capture.notes = notes.iter().filter(|note| note.stage == Stage::Intake).cloned().collect();
            let parts = Parts { capture, buffer, text_len, blocks, map, fields, layers, notes };
            Document::restore(parts).ok_or_else(|| self.damaged(id))
        })
    }

    pub(crate) fn damaged(&self, id: DocumentId) -> Error {
        Error::Damaged(format!("{}: document {} is damaged", self.place.display(), id.0))
    }
}

fn absent(id: DocumentId) -> Error {
    Error::Unknown(format!("the archive has no document {}", id.0))
}

impl Archive {
    /// The tags that people gave a page, sorted.
    pub fn tags(&self, page: PageHash) -> Result<Vec<String>> {
        let query = "SELECT DISTINCT value FROM annotations WHERE page = ?1 AND kind = 'tag' AND undone IS NULL
            ORDER BY value";
        self.all(query, [page.as_bytes()], |row| row.get(0))
    }

    /// Whether a page was taken down.
    pub fn is_taken_down(&self, page: PageHash) -> Result<bool> {
        Ok(self.one("SELECT 1 FROM removed WHERE page = ?1", [page.as_bytes()], |_| Ok(()))?.is_some())
    }
}
