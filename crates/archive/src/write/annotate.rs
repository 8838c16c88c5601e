//! Writing corrections, tags and notes, and undoing them.

use crate::read::annotations::{Anchor, Annotation, AnnotationId, AnnotationKind};
use crate::{Archive, DocumentId, Error, Result, Writer, utc};
use onrecord_span::ContentId;
use std::collections::BTreeSet;
use std::time::{SystemTime, UNIX_EPOCH};

/// Longest words of an annotation's own, in bytes.
pub const MAX_VALUE: usize = 64 << 10;
/// Longest tag, in bytes.
pub const MAX_TAG: usize = 100;

impl Writer {
    /// Writes an annotation, and commits. Saying the same again, where it was not undone, changes nothing.
    pub(crate) fn annotate(
        &mut self,
        kind: AnnotationKind,
        anchor: Anchor,
        value: &str,
        author: &str,
    ) -> Result<AnnotationId> {
        let value = value.trim();
        let limit = if kind == AnnotationKind::Tag { MAX_TAG } else { MAX_VALUE };
        if value.len() > limit {
            return Err(Error::Unknown(format!("a {} has {limit} bytes at most", kind.name().replace('_', " "))));
        }
        if value.is_empty() && !matches!(kind, AnnotationKind::Right | AnnotationKind::Wrong) {
            return Err(Error::Unknown(format!("a {} without words says nothing", kind.name().replace('_', " "))));
        }
        let same = |other: &Annotation| other.kind == kind && other.anchor == anchor && other.value == value;
        if let Some(same) = self.archive().annotations(Some(anchor.page), false)?.into_iter().find(same) {
            return Ok(same.id);
        }
        let made = now();
        let ranges: Vec<String> = anchor.ranges.iter().map(|[start, end]| format!("{start}-{end}")).collect();
        let annotation = StoredAnnotation {
            kind: kind.name().to_owned(),
            page: *anchor.page.as_bytes(),
            ranges: ranges.join(" "),
            words: anchor.words,
            value: value.to_owned(),
            author: author.trim().to_owned(),
            made,
            undone: None,
        };
        self.begin()?;
        let mut salt = 0;
        // The same said, undone and said again within a second is said twice.
        let mut id = annotation.id(salt);
        while self.archive().one("SELECT 1 FROM annotations WHERE key = ?1", [id.as_bytes()], |_| Ok(()))?.is_some() {
            salt += 1;
            id = annotation.id(salt);
        }
        let names = self.archive().same_speakers()?;
        self.insert_annotation(id, &annotation)?;
        self.touch_page(annotation.page)?;
        self.touch_renamed(names)?;
        self.commit()?;
        Ok(AnnotationId(id))
    }

    /// Undoes an annotation, and commits.
    pub fn undo(&mut self, id: AnnotationId) -> Result<()> {
        self.undo_uncommitted(id)?;
        self.commit()
    }

    /// Undoes an annotation; it lasts from the next commit on.
    pub(crate) fn undo_uncommitted(&mut self, id: AnnotationId) -> Result<()> {
        self.begin()?;
        let names = self.archive().same_speakers()?;
        let query = "UPDATE annotations SET undone = ?1 WHERE key = ?2 AND undone IS NULL";
        self.run(query, (now(), id.0.as_bytes()))?;
        let page = "SELECT page FROM annotations WHERE key = ?1";
        if let Some(page) = self.archive().one(page, [id.0.as_bytes()], |row| row.get(0))? {
            self.touch_page(page)?;
        }
        self.touch_renamed(names)
    }

    /// Takes the annotations of another archive in; gives how many were new or newly undone.
    pub(crate) fn merge_annotations(&mut self, other: &Archive) -> Result<u64> {
        let query =
            "SELECT key, kind, page, ranges, words, value, author, made, undone FROM annotations ORDER BY made, id";
        let theirs = other.all(query, [], |row| {
            let annotation = StoredAnnotation {
                kind: row.get(1)?,
                page: row.get(2)?,
                ranges: row.get(3)?,
                words: row.get(4)?,
                value: row.get(5)?,
                author: row.get(6)?,
                made: row.get(7)?,
                undone: row.get(8)?,
            };
            Ok((ContentId::from_bytes(row.get(0)?), annotation))
        })?;
        self.begin()?;
        let names = self.archive().same_speakers()?;
        let mut count = 0;
        for (id, annotation) in theirs {
            let inserted = self.insert_annotation(id, &annotation)?;
            let query = "UPDATE annotations SET undone = ?1 WHERE key = ?2 AND undone IS NULL AND ?1 IS NOT NULL";
            let undone = self.run(query, (&annotation.undone, id.as_bytes()))?;
            if inserted + undone > 0 {
                count += 1;
                self.touch_page(annotation.page)?;
            }
        }
        self.touch_renamed(names)?;
        Ok(count)
    }

    fn insert_annotation(&self, id: ContentId, annotation: &StoredAnnotation) -> Result<usize> {
        let query = "INSERT OR IGNORE INTO annotations (key, kind, page, ranges, words, value, author, made, undone)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
        let StoredAnnotation { kind, page, ranges, words, value, author, made, undone } = annotation;
        self.run(query, (id.as_bytes(), kind, page, ranges, words, value, author, made, undone))
    }

    /// Has an index take in again the documents whose speakers are called otherwise than before.
    pub(crate) fn touch_renamed(&mut self, before: Vec<(String, String)>) -> Result<()> {
        let before: BTreeSet<(String, String)> = before.into_iter().collect();
        let after: BTreeSet<(String, String)> = self.archive().same_speakers()?.into_iter().collect();
        let names: BTreeSet<&str> = before.symmetric_difference(&after).map(|(name, _)| name.as_str()).collect();
        let mut touched = BTreeSet::new();
        for name in &names {
            let query =
                "SELECT DISTINCT document FROM statements JOIN speakers ON speakers.id = speaker WHERE name = ?1";
            touched.extend(self.archive().all(query, [name], |row| Ok(DocumentId(row.get(0)?)))?);
        }
        if !names.is_empty() {
            let moved = self.archive().moved()?;
            let renamed = moved.iter().filter(|moved| names.contains(moved.name.as_str()));
            touched.extend(renamed.map(|moved| moved.document));
        }
        for id in touched {
            self.touch(id)?;
        }
        Ok(())
    }

    /// Has an index take the documents of a page in again.
    fn touch_page(&mut self, page: [u8; 32]) -> Result<()> {
        let query = "SELECT captures.id FROM captures JOIN documents USING (id) JOIN pages ON pages.id = page WHERE pages.hash = ?1";
        for id in self.archive().all(query, [page], |row| Ok(DocumentId(row.get(0)?)))? {
            self.touch(id)?;
        }
        Ok(())
    }
}

/// An annotation as the table has it.
struct StoredAnnotation {
    kind: String,
    page: [u8; 32],
    ranges: String,
    words: String,
    value: String,
    author: String,
    made: String,
    undone: Option<String>,
}

impl StoredAnnotation {
    fn id(&self, salt: u64) -> ContentId {
        let StoredAnnotation { kind, page, ranges, words, value, author, made, .. } = self;
        let salt = salt.to_le_bytes();
        let parts = [kind, ranges, words, value, author, made].map(String::as_bytes);
        ContentId::of(parts.into_iter().chain([page.as_slice(), salt.as_slice()]))
    }
}

fn now() -> String {
    utc(SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs() as i64))
}
