//! The contract's lines of all documents: the same for the same pages, however and whenever they were added.

use crate::read::archive::reading;
use crate::{Archive, DocumentId, Error, Result};
use onrecord_document::Document;
use onrecord_record::{Line, Show};
use std::io::Write;

impl Archive {
    /// The ids of all documents, sorted by their names in the output; of the same name, by page hash and address.
    pub fn ids_by_name(&self) -> Result<Vec<DocumentId>> {
        let query = "SELECT documents.id FROM documents JOIN captures USING (id) JOIN pages ON pages.id = page
            ORDER BY name, pages.hash, url, charset";
        self.all(query, [], |row| Ok(DocumentId(row.get(0)?)))
    }

    /// Gives the contract's line of a document to `take`.
    pub fn line<T>(&self, id: DocumentId, show: &Show, take: impl FnOnce(&Document, &Line<'_>) -> T) -> Result<T> {
        let document = self.document(id)?;
        let query = "SELECT until, producers FROM documents
            JOIN readings ON readings.id = reading WHERE documents.id = ?1";
        let reading = self.one(query, [id.0], |row| reading(row, 0))?.ok_or_else(|| self.damaged(id))?;
        Ok(take(&document, &Line::of(&document, show, &reading.producers)))
    }

    /// Writes every document's line, sorted by id, each with a line break. Nothing in it says when a page was added.
    pub fn write_lines(&self, show: &Show, mut out: impl Write) -> Result<()> {
        self.at_once(|| {
            for id in self.ids_by_name()? {
                let written = self.line(id, show, |_, line| {
                    line.write(&mut out)?;
                    out.write_all(b"\n")
                })?;
                written.map_err(|error| Error::Io("the output".into(), error))?;
            }
            out.flush().map_err(|error| Error::Io("the output".into(), error))
        })
    }

    /// Gives every document to `take`, sorted by id, all of one moment.
    pub fn each_document(&self, mut take: impl FnMut(&Document) -> std::io::Result<()>) -> Result<()> {
        self.at_once(|| {
            for id in self.ids_by_name()? {
                take(&self.document(id)?).map_err(|error| Error::Io("the output".into(), error))?;
            }
            Ok(())
        })
    }
}
