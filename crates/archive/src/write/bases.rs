//! The page of each outlet that its others are stored as differences to: what they share (menus, scripts, styles) is most
//! of them.

use crate::{Archive, Result};
use onrecord_span::PageBytes;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Most pages that may depend on one: damage to it takes no more than these with it, and a template that changed is
/// followed.
pub(crate) const MAX_USES: u32 = 256;
/// Bytes of bases that are kept at hand.
const MAX_KEPT: usize = 32 << 20;
/// Largest page that is taken for a base.
const MAX_BASE: usize = 4 << 20;

/// A page that others are stored as differences to.
#[derive(Debug)]
pub(crate) struct Base {
    pub id: i64,
    pub page: PageBytes,
    /// Its packed size as a share of its size.
    pub share: f64,
}

/// The bases of all outlets, for all threads that pack pages.
pub struct Bases {
    kept: Mutex<KeptBase>,
}

struct KeptBase {
    archive: Option<Archive>,
    /// `None`: the archive has none.
    by_host: HashMap<String, Option<Arc<Base>>>,
    bytes: usize,
}

impl Bases {
    /// Those of an archive, read when they are needed.
    pub fn of_archive(archive: Archive) -> Self {
        Bases { kept: Mutex::new(KeptBase { archive: Some(archive), by_host: HashMap::new(), bytes: 0 }) }
    }

    /// None at all.
    pub fn none() -> Self {
        Bases { kept: Mutex::new(KeptBase { archive: None, by_host: HashMap::new(), bytes: 0 }) }
    }

    /// Forgets all that is at hand.
    pub(crate) fn clear(&self) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.by_host.clear();
        kept.bytes = 0;
    }

    pub(crate) fn of(&self, host: &str) -> Option<Arc<Base>> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = kept.by_host.get(host) {
            return known.clone();
        }
        // That a base can't be read costs room, nothing else.
        let found = kept.archive.as_ref().and_then(|archive| archive.base(host).unwrap_or(None)).map(Arc::new);
        kept.keep(host, found.clone());
        found
    }

    /// The outlet's next pages are stored as differences to this one; with `None`, alone.
    pub(crate) fn put(&self, host: &str, base: Option<Base>) {
        let fits = base.filter(|base| base.page.as_bytes().len() <= MAX_BASE);
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).keep(host, fits.map(Arc::new));
    }
}

impl KeptBase {
    fn keep(&mut self, host: &str, base: Option<Arc<Base>>) {
        let size = |base: &Option<Arc<Base>>| base.as_ref().map_or(0, |base| base.page.as_bytes().len()) + 64;
        let added = size(&base);
        if self.bytes + added > MAX_KEPT {
            // Pages mostly come outlet by outlet, or all of them in turn: to forget all is as good as to forget the oldest.
            self.by_host.clear();
            self.bytes = 0;
        }
        self.bytes += added;
        if let Some(before) = self.by_host.insert(host.to_owned(), base) {
            self.bytes -= size(&before);
        }
    }
}

impl Archive {
    /// The page that those of an outlet are stored as differences to, where there is one that may have more of them.
    fn base(&self, host: &str) -> Result<Option<Base>> {
        let query =
            "SELECT base, uses, length * 1.0 / max(size, 1) FROM outlets JOIN pages ON pages.id = base WHERE host = ?1";
        let found = self.one(query, [host], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, u32>(1)?, row.get(2)?)))?;
        let Some((id, _, share)) = found.filter(|(_, uses, _)| *uses < MAX_USES) else { return Ok(None) };
        Ok(Some(Base { id, page: self.page_by_id(id)?, share }))
    }
}
