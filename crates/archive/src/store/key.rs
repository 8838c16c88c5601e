//! What names a document in every archive.

use onrecord_document::{Capture, Media};
use sha2::{Digest, Sha256};
use std::fmt;

/// Names a capture by all that reading it depends on: the page's hash, what its bytes hold, its address and the charset
/// that came with it. The same in every archive. The first 16 bytes of a SHA-256.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CaptureKey(pub(crate) [u8; 16]);

impl CaptureKey {
    /// The key of a capture.
    pub fn of(capture: &Capture) -> Self {
        let mut hasher = Sha256::new();
        hasher.update(capture.hash.as_bytes());
        hasher.update([media_code(capture.media)]);
        for part in [&capture.url, &capture.charset] {
            let part = part.as_deref();
            hasher.update([u8::from(part.is_some())]);
            hasher.update((part.map_or(0, str::len) as u64).to_le_bytes());
            hasher.update(part.unwrap_or_default());
        }
        let digest: [u8; 32] = hasher.finalize().into();
        let mut key = [0; 16];
        key.copy_from_slice(&digest[..16]);
        CaptureKey(key)
    }

    /// The key that [`CaptureKey`]'s text stands for.
    pub fn parse(text: &str) -> Option<Self> {
        let mut key = [0; 16];
        if text.len() != 32 || !text.is_ascii() {
            return None;
        }
        for (nth, byte) in key.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&text[2 * nth..2 * nth + 2], 16).ok()?;
        }
        Some(CaptureKey(key))
    }

    /// Its bytes.
    pub fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }
}

impl fmt::Display for CaptureKey {
    /// 32 lower-case hexadecimal digits.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for CaptureKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

/// What a page holds, as a number that never changes its meaning.
pub(crate) fn media_code(media: Media) -> u8 {
    match media {
        Media::Html => 0,
        Media::Text => 1,
        Media::JsonLine => 2,
    }
}

pub(crate) fn media_of(code: u8) -> Option<Media> {
    [Media::Html, Media::Text, Media::JsonLine].into_iter().find(|media| media_code(*media) == code)
}
