//! Names by content: the hash of a page and the ids of what was read from it.

use sha2::{Digest, Sha256};
use std::fmt;

/// SHA-256 of a page's bytes, so that anyone can check it with the tools they have (`sha256sum`).
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PageHash([u8; 32]);

impl PageHash {
    /// Hashes the bytes of a page as it came.
    pub fn of(bytes: &[u8]) -> Self {
        PageHash(Sha256::digest(bytes).into())
    }

    /// A hash that was worked out before.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        PageHash(bytes)
    }

    /// The 32 bytes of the hash.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Display for PageHash {
    /// 64 lower-case hexadecimal digits.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        hex(&self.0, f)
    }
}

impl fmt::Debug for PageHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        hex(&self.0, f)
    }
}

/// Id of something read from a page: the first 8 bytes of the SHA-256 of everything that makes it what it is.
///
/// The same parts give the same id on every machine and in every year.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ContentId([u8; 8]);

impl ContentId {
    /// Hashes the parts in order. Each part's length is hashed with it, so that `["ab", "c"]` and `["a", "bc"]` differ.
    pub fn of<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> Self {
        let mut hasher = Sha256::new();
        for part in parts {
            hasher.update((part.len() as u64).to_le_bytes());
            hasher.update(part);
        }
        let digest: [u8; 32] = hasher.finalize().into();
        let mut id = [0; 8];
        id.copy_from_slice(&digest[..8]);
        ContentId(id)
    }
}

impl ContentId {
    /// An id that was worked out before.
    pub fn from_bytes(bytes: [u8; 8]) -> Self {
        ContentId(bytes)
    }

    /// The 8 bytes of the id.
    pub fn as_bytes(&self) -> &[u8; 8] {
        &self.0
    }
}

impl fmt::Display for ContentId {
    /// 16 lower-case hexadecimal digits.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        hex(&self.0, f)
    }
}

impl fmt::Debug for ContentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        hex(&self.0, f)
    }
}

fn hex(bytes: &[u8], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    bytes.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_hash_is_what_sha256sum_prints() {
        let hash = PageHash::of(b"abc").to_string();
        assert_eq!(hash, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    #[test]
    fn ids_tell_parts_apart() {
        let one = ContentId::of([b"ab".as_slice(), b"c".as_slice()]);
        let two = ContentId::of([b"a".as_slice(), b"bc".as_slice()]);
        assert_ne!(one, two);
        assert_eq!(one.to_string().len(), 16);
    }
}
