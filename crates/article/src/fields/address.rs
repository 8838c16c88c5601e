//! The addresses of the page.

use super::clues::Clues;
use super::clues::urls::resolve;
use super::found::PageFields;
use crate::evidence::unwritten;
use onrecord_document::{Basis, Stated};

/// The address that the page was fetched from.
pub(super) fn read_url(clues: &Clues<'_>, found: &mut PageFields) {
    let url = clues.page.capture.url.as_ref();
    found.fields.url = url.map(|url| Stated { as_written: url.clone(), ..unwritten(url.clone(), Basis::Url) });
}

/// The address that the page calls its own, resolved against the one that it was fetched from.
pub(super) fn read_canonical_url(clues: &Clues<'_>, found: &mut PageFields) {
    found.fields.canonical_url = clues.canonical().map(|words| {
        let stated = clues.page.stated(&words);
        let resolved = resolve(&stated.value, clues.page.capture.url.as_deref());
        stated.map(|_| resolved)
    });
}
