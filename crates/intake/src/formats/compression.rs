//! Compression that is decompressed on the fly.

use std::fmt;

/// How many times over a file may be compressed: once, and once more by mistake.
pub const MAX_LAYERS: usize = 2;

/// The magic number of a zstd frame of data (RFC 8878, section 3.1.1).
pub(crate) const ZSTD_FRAME: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];

/// A compression that is decompressed on the fly.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) enum Compression {
    /// RFC 1952; all members of a file are read as one.
    Gzip,
    /// RFC 8878; all frames of a file are read as one.
    Zstd,
}

impl Compression {
    /// What gzip data begins with: the magic number, then deflate as the method.
    pub(crate) const GZIP_MAGIC: [u8; 3] = [0x1f, 0x8b, 8];

    /// Goes by the first bytes alone: a name may be wrong, and standard input has none.
    pub(crate) fn of(head: &[u8]) -> Option<Self> {
        if head.starts_with(&Compression::GZIP_MAGIC) {
            Some(Compression::Gzip)
        } else if is_zstd_frame(head) {
            Some(Compression::Zstd)
        } else {
            None
        }
    }
}

impl fmt::Display for Compression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Compression::Gzip => "gzip",
            Compression::Zstd => "zstd",
        })
    }
}

/// Whether the bytes begin with a frame of data, or with a skippable frame, which parallel compressors write first.
pub(crate) fn is_zstd_frame(head: &[u8]) -> bool {
    head.starts_with(&ZSTD_FRAME) || is_skippable_frame(head)
}

/// Whether the bytes begin with a frame that decoders skip (RFC 8878, section 3.1.2).
pub(crate) fn is_skippable_frame(head: &[u8]) -> bool {
    matches!(head, [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..])
}
