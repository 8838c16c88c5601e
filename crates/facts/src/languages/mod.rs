//! The languages whose news is read: a pack each.

#[cfg(test)]
mod dummy;
mod english;
mod german;

use crate::statements::pack::Pack;
use onrecord_document::Document;

/// The languages that are read. A new one is a file beside this one and a row here.
const PACKS: &[&Pack] = &[&english::PACK, &german::PACK];

/// Languages that only tests read.
#[cfg(test)]
const TEST_PACKS: &[&Pack] = &[&dummy::PACK];
#[cfg(not(test))]
const TEST_PACKS: &[&Pack] = &[];

/// The language that a document is in if it states none.
const USUAL: &str = "en";

/// The pack for a document's language, whatever follows its code ("en-GB", "deu"); `None` where the language is not
/// read.
pub(crate) fn pack_of(document: &Document) -> Option<&'static Pack> {
    let language = document.fields.language.as_ref().map_or(USUAL, |language| language.value.as_str());
    PACKS.iter().chain(TEST_PACKS).find(|pack| language.starts_with(pack.code)).copied()
}
