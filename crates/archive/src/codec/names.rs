//! Names that code knows as constants, restored from the archive.

use onrecord_document::LayerKind;
use std::collections::{BTreeMap, HashSet};
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

static KINDS: Mutex<BTreeMap<u8, &'static [LayerKind]>> = Mutex::new(BTreeMap::new());

/// The kinds of layers whose bits are set, as a constant: there are 256 such lists at most.
pub(crate) fn interned_kinds(bits: u8, all: &[LayerKind]) -> &'static [LayerKind] {
    let mut lists = KINDS.lock().unwrap_or_else(PoisonError::into_inner);
    lists.entry(bits).or_insert_with(|| {
        let kinds = all.iter().enumerate().filter(|(nth, _)| bits & 1 << nth != 0).map(|(_, kind)| *kind);
        Box::leak(kinds.collect::<Vec<_>>().into_boxed_slice())
    })
}
