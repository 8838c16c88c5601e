//! Which format is this, going by a name or by the first bytes? Knows no file and no reader.

mod compression;
mod content;
mod file_kind;
mod signatures;

pub use compression::MAX_LAYERS;
pub(crate) use compression::{Compression, ZSTD_FRAME, is_skippable_frame, is_zstd_frame};
pub use content::SNIFF_BYTES;
pub(crate) use content::{ContentHead, is_blank, is_plain_page, is_plainly_other, without_mark};
pub(crate) use file_kind::FileKind;
pub(crate) use signatures::known_format;

/// What every record of a WARC file begins with, in all versions of the format.
pub(crate) const WARC_MARK: &[u8] = b"WARC/";

/// The skippable zstd frame that holds the dictionary of a WARC file, first in it (the IIPC's "Zstandard for WARC
/// files", section 3).
pub(crate) const DICTIONARY_FRAME: [u8; 4] = [0x5d, 0x2a, 0x4d, 0x18];

/// What every file in a ZIP archive begins with, and so the archive itself (PKWARE's APPNOTE.TXT 6.3.10, section 4.3.7).
pub(crate) const ZIP_FILE_MARK: &[u8] = b"PK\x03\x04";
