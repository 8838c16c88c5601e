//! Looking for damage, and proving what is whole.

use crate::codec::{
    self,
    layers::{RawLayer, StoredProducer},
};
use crate::write::prepared::hash_of;
use crate::{Archive, DocumentId, Error, Result, Writer};
use onrecord_document::{Document, Layers};
use onrecord_span::{ContentId, PageHash, PageHow, PageRun};

/// Complaints of SQLite that are passed on; a damaged file can have as many as it has pages.
const MAX_COMPLAINTS: u32 = 20;

/// One thing that is wrong, and what it touches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Damage {
    /// What is wrong, in words.
    pub what: String,
    /// The page that it touches, where it is one.
    pub page: Option<PageHash>,
    /// The articles that it touches, as the output names them.
    pub affects: Vec<String>,
}

/// What was looked at, and what is wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Pages whose bytes were held against their hash.
    pub pages: u64,
    /// Documents that were held against theirs.
    pub documents: u64,
    /// Layers that were held against theirs.
    pub layers: u64,
    /// Stretches of text whose bytes were decoded anew.
    pub proofs: u64,
    /// What is wrong.
    pub problems: Vec<Damage>,
}

impl Archive {
    /// Reads everything: the database's structure, every page against its SHA-256, every document and layer against its
    /// hash. `on_step` hears how many of how many pages and documents are done.
    pub fn check(&self, mut on_step: impl FnMut(u64, u64)) -> Result<Report> {
        self.at_once(|| {
            let mut report = Report::default();
            self.check_structure(&mut report);
            let pages = self.tolerant("SELECT id FROM pages ORDER BY pack, offset", "pages", &mut report);
            let documents = self.tolerant("SELECT id FROM documents ORDER BY pack, offset", "documents", &mut report);
            let total = (pages.len() + documents.len()) as u64;
            for id in pages {
                self.check_page(id, &mut report);
                report.pages += 1;
                on_step(report.pages, total);
            }
            for id in documents {
                self.check_document(DocumentId(id), &mut report);
                report.documents += 1;
                on_step(report.pages + report.documents, total);
            }
            Ok(report)
        })
    }

    fn check_structure(&self, report: &mut Report) {
        let query = format!("PRAGMA integrity_check({MAX_COMPLAINTS})");
        match self.all(&query, [], |row| row.get::<_, String>(0)) {
            Ok(lines) if lines == ["ok"] => {}
            Ok(lines) => lines.into_iter().for_each(|line| {
                report.add(format!("the database's structure: {}", line.replace('\n', " ")), None, Vec::new());
            }),
            Err(error) => report.add(format!("the database's structure: {error}"), None, Vec::new()),
        }
        let lost = "SELECT count(*) FROM captures WHERE id NOT IN (SELECT id FROM documents)
            OR page NOT IN (SELECT id FROM pages)";
        if let Ok(Some(lost)) = self.one(lost, [], |row| row.get::<_, u64>(0))
            && lost > 0
        {
            report.add(format!("{lost} captures have lost their page or document"), None, Vec::new());
        }
    }

    /// The ids that can be listed; what can't be is a problem.
    fn tolerant(&self, query: &str, table: &str, report: &mut Report) -> Vec<i64> {
        let mut ids = Vec::new();
        let listed = self.all(query, [], |row| {
            ids.push(row.get::<_, i64>(0)?);
            Ok(())
        });
        if let Err(error) = listed {
            report.add(format!("not all {table} can be listed: {error}"), None, Vec::new());
        }
        ids
    }

    fn check_page(&self, id: i64, report: &mut Report) {
        let hash = self.one("SELECT hash FROM pages WHERE id = ?1", [id], |row| Ok(PageHash::from_bytes(row.get(0)?)));
        let (what, hash) = match (self.page_by_id(id), hash) {
            (Ok(page), Ok(Some(hash))) if PageHash::of(page.as_bytes()) == hash => return,
            (Ok(_), Ok(hash)) => ("a page's bytes are not those of its hash", hash),
            (Err(_), hash) => ("a page can't be unpacked", hash.unwrap_or(None)),
            (Ok(_), Err(_)) => ("a page's row can't be read", None),
        };
        report.add(what.to_owned(), hash, self.names("page = ?1", id));
    }

    /// The names of captures, as many as can be read.
    fn names(&self, condition: &str, id: i64) -> Vec<String> {
        let query = format!("SELECT name FROM captures WHERE {condition} ORDER BY name");
        self.all(&query, [id], |row| row.get(0)).unwrap_or_default()
    }

    fn check_document(&self, id: DocumentId, report: &mut Report) {
        let mut add = |what: String| {
            let page = "SELECT hash FROM captures JOIN pages ON pages.id = page WHERE captures.id = ?1";
            let page = self.one(page, [id.0], |row| Ok(PageHash::from_bytes(row.get(0)?))).unwrap_or(None);
            report.add(what, page, self.names("id = ?1", id.0));
        };
        let hash = self.one("SELECT hash FROM documents WHERE id = ?1", [id.0], |row| row.get::<_, [u8; 16]>(0));
        let words = match (self.parts(id, true), hash) {
            (Ok((words, origins)), Ok(Some(hash))) if hash_of(&words, &origins) == hash => words,
            (Ok(_), _) => return add("what was read from a page is not what its hash says".to_owned()),
            (Err(_), _) => return add("what was read from a page can't be unpacked".to_owned()),
        };
        let Some(words) = codec::words::decode(&words) else {
            return add("what was read from a page can't be understood".to_owned());
        };
        let query = "SELECT name, hash, made_from, bytes FROM layers WHERE document = ?1";
        let producer = StoredProducer { name: String::new(), version: String::new(), model: Default::default() };
        let mut damaged = Vec::new();
        let mut count = 0;
        let read = self.all(query, [id.0], |row| {
            let (name, bytes) = (row.get_ref(0)?.as_str()?, row.get_ref(3)?.as_blob()?);
            let raw = RawLayer { name, producer: &producer, made_from: row.get_ref(2)?.as_str()?, bytes };
            let same = row.get::<_, [u8; 8]>(1)? == *ContentId::of([bytes]).as_bytes();
            if !same || codec::layers::decode(&raw, &words.buffer, &mut Layers::default()).is_none() {
                damaged.push(name.to_owned());
            }
            count += 1;
            Ok(())
        });
        if read.is_err() {
            add("what was read from the words can't be read back".to_owned());
        }
        damaged.into_iter().for_each(|layer| add(format!("the layer {layer} is damaged")));
        report.layers += count;
    }

    /// Proves documents: the page has the SHA-256 that every answer carries, and each stretch of text stands where the source
    /// map says, decoded anew from the page's bytes by the encoding's own decoder.
    pub fn verify(&self, ids: &[DocumentId], mut on_step: impl FnMut(u64, u64)) -> Result<Report> {
        let mut report = Report::default();
        for (nth, id) in ids.iter().enumerate() {
            let names = || self.names("id = ?1", id.0);
            match self.document(*id) {
                Ok(document) => {
                    let hash = document.capture().hash;
                    if PageHash::of(document.capture().page.as_bytes()) != hash {
                        report.add("a page's bytes are not those of its hash".to_owned(), Some(hash), names());
                    }
                    let runs = document.map().runs();
                    report.proofs += runs.len() as u64;
                    let wrong = runs.iter().filter(|run| !proved(&document, run)).count();
                    if wrong > 0 {
                        let what = format!("{wrong} stretches of an article are not what its page says there");
                        report.add(what, Some(hash), names());
                    }
                    let unfounded = unfounded(&document);
                    if unfounded > 0 {
                        let what = format!("{unfounded} statements stand nowhere on their page");
                        report.add(what, Some(hash), names());
                    }
                }
                Err(Error::Unknown(_)) => {}
                Err(error) => report.add(error.to_string(), None, names()),
            }
            report.documents += 1;
            report.pages += 1;
            on_step(nth as u64 + 1, ids.len() as u64);
        }
        Ok(report)
    }
}

impl Report {
    fn add(&mut self, what: String, page: Option<PageHash>, affects: Vec<String>) {
        self.problems.push(Damage { what, page, affects });
    }
}

/// Whether the bytes behind a stretch of text decode to it. A character reference, an escape or folded white space stands for
/// its words as a whole: there, that the bytes are one of these.
fn proved(document: &Document, run: &PageRun) -> bool {
    let bytes = document.capture().page.slice(run.page);
    let words = document.words(run.text);
    match run.how {
        PageHow::Verbatim => bytes == words.as_bytes(),
        PageHow::Charset => {
            let (decoded, _) = document.map().encoding().decode_without_bom_handling(bytes);
            decoded == words
        }
        PageHow::Unit => !bytes.is_empty(),
    }
}

/// How many statements have content without a place on the page.
fn unfounded(document: &Document) -> usize {
    let statements = document.statements().iter();
    statements.filter(|statement| statement.content.iter().any(|span| document.evidence(*span).is_empty())).count()
}

impl Writer {
    /// Forgets the pages that a report finds damaged; adding them again stores them anew. Gives how many. Commits.
    pub fn forget_damaged(&mut self, report: &Report) -> Result<u64> {
        let mut pages: Vec<PageHash> = report.problems.iter().filter_map(|problem| problem.page).collect();
        pages.sort_unstable();
        pages.dedup();
        pages.iter().try_for_each(|page| self.forget_page(*page))?;
        self.commit()?;
        Ok(pages.len() as u64)
    }
}
