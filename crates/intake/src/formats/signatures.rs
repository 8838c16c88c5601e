//! Which formats are known by their first bytes not to be a page or a text?

/// Formats that people keep beside pages: their first bytes, from the formats' specifications, and what they are. No
/// page or text begins like this.
const SIGNATURES: [(&[u8], &str); 19] = [
    (b"%PDF-", "a PDF"),
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"II*\0", "a TIFF image"),
    (b"MM\0*", "a TIFF image"),
    (b"\0\0\x01\0", "an icon"),
    (b"PK\x03\x04", "a ZIP archive"),
    (b"PK\x05\x06", "a ZIP archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"\xfd7zXZ\0", "an xz archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office document"),
    (b"\x7fELF", "a program"),
    (b"\0asm", "a program"),
    (b"\xca\xfe\xba\xbe", "a program"),
    (b"\xcf\xfa\xed\xfe", "a program"),
    (b"SQLite format 3\0", "a database"),
    (b"OggS\0", "a sound file"),
    (b"\0\x05\x16\x07", "a resource file of macOS"),
];

/// Formats whose first bytes might begin a text too: they are recognised only with a NUL byte near them.
const SIGNATURES_WITH_NUL: [(&[u8], &str); 8] = [
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"BZh", "a bzip2 archive"),
    (b"MZ", "a program"),
    (b"ID3", "a sound file"),
    (b"PAR1", "a Parquet table"),
    (b"wOFF", "a font"),
    (b"wOF2", "a font"),
];

/// The format that the first bytes are known for, as a person would call it ("a PNG image").
pub(crate) fn known_format(head: &[u8]) -> Option<&'static str> {
    let sure = SIGNATURES.iter().find(|(magic, _)| head.starts_with(magic));
    let with_nul = || SIGNATURES_WITH_NUL.iter().find(|(magic, _)| head.starts_with(magic) && head.contains(&0));
    if let Some((_, what)) = sure.or_else(with_nul) {
        return Some(what);
    }
    match head {
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some("a WebP image"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'A', b'V', b'E', ..] => Some("a sound file"),
        [0, _, _, _, b'f', b't', b'y', b'p', b'a', b'v', b'i', b'f', ..] => Some("an AVIF image"),
        [0, _, _, _, b'f', b't', b'y', b'p', ..] => Some("a film"),
        _ => None,
    }
}
