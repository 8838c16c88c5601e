//! What somebody means by an address, a hash or a name.

use crate::read::archive::{LISTED, listed};
use crate::{Archive, DocumentId, Error, Listed, Result};
use onrecord_span::PageBytes;

/// Fewest digits of a hash that name a page.
const MIN_DIGITS: usize = 8;

impl Archive {
    /// The documents that are meant by a page's hash (or its first digits), an article's address, or the name of a page in
    /// the output; none where nothing fits. A beginning of hashes that fits several pages is an error.
    pub fn meant(&self, what: &str) -> Result<Vec<Listed>> {
        if let Some((low, high)) = bounds(what) {
            let page = self.page_between(what, &low, &high)?;
            if let Some(page) = page {
                return self.all(&format!("{LISTED} WHERE p.id = ?1 ORDER BY d.id"), [page], listed);
            }
        }
        let versions = self.versions(what)?;
        if !versions.is_empty() {
            return Ok(versions);
        }
        let named = format!("{LISTED} WHERE c.name = ?1 ORDER BY d.seen, d.id");
        self.all(&named, [what], listed)
    }

    /// The bytes of the page whose hash begins with these digits.
    pub fn page_starting(&self, digits: &str) -> Result<Option<PageBytes>> {
        let Some((low, high)) = bounds(digits) else {
            return Err(Error::Unknown(format!(
                "{digits} is no hash of a page: name {MIN_DIGITS} or more of its 64 hexadecimal digits"
            )));
        };
        let page = self.page_between(digits, &low, &high)?;
        page.map(|page| self.page_by_id(page)).transpose()
    }

    /// The numbers of the documents whose address, as it is compared, begins so.
    pub fn at_address(&self, beginning: &str) -> Result<Vec<u64>> {
        let query = "SELECT documents.id FROM addresses JOIN documents ON documents.address = addresses.id
            WHERE url >= ?1 AND url < ?2";
        self.all(query, (beginning, format!("{beginning}\u{10FFFF}")), |row| row.get::<_, i64>(0).map(|id| id as u64))
    }

    /// How many statements were read from a document.
    pub fn statements_in(&self, id: DocumentId) -> Result<u32> {
        let query = "SELECT items FROM layers WHERE document = ?1 AND name = 'statements'";
        Ok(self.one(query, [id.0], |row| row.get(0))?.unwrap_or(0))
    }

    fn page_between(&self, digits: &str, low: &[u8; 32], high: &[u8; 32]) -> Result<Option<i64>> {
        let query = "SELECT id FROM pages WHERE hash BETWEEN ?1 AND ?2 LIMIT 2";
        match *self.all(query, (low, high), |row| row.get(0))? {
            [] => Ok(None),
            [page] => Ok(Some(page)),
            _ => Err(Error::Unknown(format!(
                "more than one page has a hash that begins with {digits}; name more digits"
            ))),
        }
    }
}

/// The lowest and the highest hash that begin with these digits.
fn bounds(digits: &str) -> Option<([u8; 32], [u8; 32])> {
    let fits = (MIN_DIGITS..=64).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    if !fits {
        return None;
    }
    let filled = |fill: char| -> Option<[u8; 32]> {
        let full: String = digits.chars().chain(std::iter::repeat(fill)).take(64).collect();
        let mut hash = [0; 32];
        for (nth, byte) in hash.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&full[2 * nth..2 * nth + 2], 16).ok()?;
        }
        Some(hash)
    };
    Some((filled('0')?, filled('f')?))
}
