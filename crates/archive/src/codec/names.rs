//! Names that code knows as constants, restored from the archive.

use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};

/// Most names that are kept. Producers, versions and codes of notes are a few dozen; an archive that was tampered with
/// could hold any number, and kept names are never given back.
const MAX_NAMES: usize = 4096;

static NAMES: Mutex<Option<HashSet<&'static str>>> = Mutex::new(None);

/// The name as a constant, kept once for the life of the process; `"unknown"` beyond [`MAX_NAMES`].
pub(crate) fn interned(name: &str) -> &'static str {
    let mut guard = NAMES.lock().unwrap_or_else(PoisonError::into_inner);
    let names = guard.get_or_insert_with(HashSet::new);
    if let Some(known) = names.get(name) {
        return known;
    }
    if names.len() >= MAX_NAMES {
        return "unknown";
    }
    let kept: &'static str = Box::leak(name.to_owned().into_boxed_str());
    names.insert(kept);
    kept
}
