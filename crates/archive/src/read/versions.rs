//! Versions of an article: what one address showed at different times.

use crate::read::archive::{LISTED, listed};
use crate::{Archive, DocumentId, Listed, Result};

impl Archive {
    /// The documents of an address (see [`compared`](crate::compared)), oldest first; those whose time is not known stand
    /// before the others, in the order in which they were added.
    pub fn versions(&self, url: &str) -> Result<Vec<Listed>> {
        let query = format!("{LISTED} WHERE a.url = ?1 ORDER BY d.seen, d.id");
        self.all(&query, [crate::compared(url)], listed)
    }

    /// The documents of the same address, oldest first.
    pub(crate) fn versions_of(&self, document: &Listed) -> Result<Vec<DocumentId>> {
        let query = "SELECT documents.id FROM documents JOIN addresses ON addresses.id = address WHERE url = ?1
            ORDER BY seen, documents.id";
        self.all(query, [&document.address], |row| Ok(DocumentId(row.get(0)?)))
    }
}
