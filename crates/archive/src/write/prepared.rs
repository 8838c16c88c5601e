//! What is worked out about a page before the writer takes it: everything that needs no database and can be done on many
//! threads.

use crate::Reading;
use crate::codec::{self, layers::EncodedLayer};
use crate::store::address::{compared, host_of};
use crate::store::key::CaptureKey;
use crate::store::pack::{pack, quick};
use crate::write::bases::Bases;
use onrecord_document::{Document, Media};
use onrecord_span::ContentId;
use sha2::{Digest, Sha256};

/// A page that was read, packed and ready for the writer.
pub struct Prepared {
    pub(crate) document: Document,
    pub(crate) reading: Reading,
    pub(crate) key: CaptureKey,
    pub(crate) address: String,
    /// The outlet's host, where the page has one that shares its templates with others.
    pub(crate) host: Option<String>,
    pub(crate) page: PackedPage,
    pub(crate) parts: PackedParts,
}

/// A page's bytes, packed.
pub(crate) struct PackedPage {
    pub bytes: Vec<u8>,
    /// The page that it is a difference to.
    pub base: Option<i64>,
}

/// A document's parts, packed.
pub(crate) struct PackedParts {
    pub words: Vec<u8>,
    pub origins: Vec<u8>,
    /// Of both, before they were packed.
    pub hash: [u8; 16],
    /// Of the words alone: what layers are made from.
    pub words_hash: [u8; 8],
    pub layers: Vec<EncodedLayer>,
}

/// How much smaller a page must be beside its base than alone for the base to be worth depending on.
const WORTH_A_BASE: f64 = 0.9;

impl Prepared {
    /// Packs a document. `bases`: the pages that those of an outlet are stored as differences to.
    pub fn new(document: Document, reading: Reading, bases: &Bases) -> Prepared {
        let capture = document.capture();
        let address = compared(&address_of(&document));
        let host = (capture.media == Media::Html).then(|| host_of(&address)).flatten();
        let page = packed_page(&document, host.as_deref(), bases);
        let parts = PackedParts::of(&document);
        Prepared { key: CaptureKey::of(capture), reading, address, host, page, parts, document }
    }

    /// The document.
    pub fn document(&self) -> &Document {
        &self.document
    }
}

/// The article's address: what the page calls its own, else where it was fetched, else its name.
pub(crate) fn address_of(document: &Document) -> String {
    let capture = document.capture();
    let stated = document.fields.canonical_url.as_ref().or(document.fields.url.as_ref());
    let url = stated.map(|url| url.value.as_str()).filter(|url| host_of(url).is_some());
    url.or(capture.url.as_deref()).unwrap_or(&capture.id).to_owned()
}

fn packed_page(document: &Document, host: Option<&str>, bases: &Bases) -> PackedPage {
    let bytes = document.capture().page.as_bytes();
    let share = |packed: &Vec<u8>| packed.len() as f64 / bytes.len().max(1) as f64;
    let alone = || PackedPage { bytes: pack(bytes, b"", quick(bytes.len())).unwrap_or_default(), base: None };
    let Some(base) = host.and_then(|host| bases.of(host)) else { return alone() };
    let Some(packed) = pack(bytes, base.page.as_bytes(), quick(bytes.len())) else { return alone() };
    // Pages of an outlet come out far smaller than their base; one that doesn't may be of another template, and is then
    // better off alone, and as a base for others of its kind.
    if share(&packed) < base.share * WORTH_A_BASE / 2.0 {
        return PackedPage { bytes: packed, base: Some(base.id) };
    }
    let alone = alone();
    let worth = packed.len() as f64 <= alone.bytes.len() as f64 * WORTH_A_BASE;
    if worth { PackedPage { bytes: packed, base: Some(base.id) } } else { alone }
}

impl PackedParts {
    pub fn of(document: &Document) -> PackedParts {
        let words = codec::words::encode(document);
        let origins = codec::origins::encode(document);
        PackedParts {
            hash: hash_of(&words, &origins),
            words_hash: *ContentId::of([&*words]).as_bytes(),
            // Captions, titles and headlines stand in the words already.
            origins: pack(&origins, &words, quick(origins.len())).unwrap_or_default(),
            words: pack(&words, b"", quick(words.len())).unwrap_or_default(),
            layers: codec::layers::encode(document),
        }
    }
}

/// Hash of a document's parts, to find damage and to see whether a reading changed.
pub(crate) fn hash_of(words: &[u8], origins: &[u8]) -> [u8; 16] {
    let mut hasher = Sha256::new();
    hasher.update((words.len() as u64).to_le_bytes());
    hasher.update(words);
    hasher.update(origins);
    let digest: [u8; 32] = hasher.finalize().into();
    let mut hash = [0; 16];
    hash.copy_from_slice(&digest[..16]);
    hash
}
