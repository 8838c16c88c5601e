//! Speakers as people corrected them: what was read stays as it is, and is counted, searched and shown under the names that
//! people gave.

use crate::{Annotation, AnnotationKind, Archive, DocumentId, Listed, Result};
use onrecord_document::Document;
use std::collections::{BTreeMap, HashMap};

/// What people said of the speakers of one document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Corrected {
    /// Statements by their index, with the name of who made them instead.
    moved: BTreeMap<u32, String>,
    /// Names to the name that is kept of one person's several.
    kept: HashMap<String, String>,
}

impl Corrected {
    /// The name of who made the statement of this index, where it is another than the one that was read.
    pub fn name(&self, nth: u32, read: Option<&str>) -> Option<&str> {
        let moved = self.moved.get(&nth).map(String::as_str);
        let kept = moved.or(read).and_then(|name| self.kept.get(name)).map(String::as_str);
        kept.or(moved)
    }

    /// Whether people said that somebody else made the statement of this index.
    pub fn is_moved(&self, nth: u32) -> bool {
        self.moved.contains_key(&nth)
    }
}

/// A statement that somebody else made than was read.
pub(crate) struct Moved {
    pub document: DocumentId,
    pub nth: u32,
    pub name: String,
}

impl Archive {
    /// What people said of the speakers of a document. `document`: where it is at hand already.
    pub fn corrected(&self, listed: &Listed, document: Option<&Document>) -> Result<Corrected> {
        let kept = self.same_speakers()?.into_iter().collect();
        let mut said: Vec<Annotation> = self.annotations(Some(listed.page), false)?;
        said.retain(|annotation| annotation.kind == AnnotationKind::Speaker);
        if said.is_empty() {
            return Ok(Corrected { moved: BTreeMap::new(), kept });
        }
        let stored = if document.is_none() { Some(self.document(listed.id)?) } else { None };
        let Some(document) = document.or(stored.as_ref()) else { return Err(self.damaged(listed.id)) };
        // Of two that name somebody for the same statement the later one counts.
        let moved = said.iter().filter_map(|annotation| {
            Some((u32::try_from(annotation.anchor.find(document)?).ok()?, folded(&annotation.value)))
        });
        Ok(Corrected { moved: moved.collect(), kept })
    }

    /// Every statement that somebody else made than was read.
    pub(crate) fn moved(&self) -> Result<Vec<Moved>> {
        let query = "SELECT DISTINCT captures.id FROM annotations
            JOIN pages ON pages.hash = annotations.page JOIN captures ON captures.page = pages.id
            JOIN documents ON documents.id = captures.id
            WHERE annotations.kind = 'speaker' AND undone IS NULL ORDER BY 1";
        let mut moved = Vec::new();
        for id in self.all(query, [], |row| Ok(DocumentId(row.get(0)?)))? {
            let of_document = self.corrected(&self.listed(id)?, None)?.moved.into_iter();
            moved.extend(of_document.map(|(nth, name)| Moved { document: id, nth, name }));
        }
        Ok(moved)
    }
}

/// A name with its white space folded, as names are read.
fn folded(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}
