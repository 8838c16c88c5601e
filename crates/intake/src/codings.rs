//! Undoing what HTTP wraps a page in: chunks, and compression.

use crate::unreadable::Reason;
use crate::zstd::ZstdFrames;
use crate::{buffered::Buffered, zstd};
use brotli_decompressor::Decompressor;
use flate2::bufread::GzDecoder;
use flate2::read::{DeflateDecoder, ZlibDecoder};
use onrecord_document::Coding;
use std::io::{self, Cursor, Read};

/// How many codings are undone, chunks not counted.
pub const MAX_CODINGS: usize = 4;

/// How many digits the size of a chunk may have.
const MAX_SIZE_DIGITS: usize = 15;

/// A body whose wrappings are undone.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Body {
    pub(crate) bytes: Vec<u8>,
    /// What was undone, in that order.
    pub(crate) codings: Vec<Coding>,
    /// Whether a wrapping ended too early: these are then the bytes up to there.
    pub(crate) cut: bool,
}

/// Undoes the codings of a body, but only those that it has: servers, proxies and crawlers name codings that are not
/// there (any more), and leave some unnamed.
///
/// `chunked` and `encodings` (of `Content-Encoding`, in their order) are what the headers claim. Gives at most `limit` bytes, else
/// [`Reason::TooLarge`]. What is cut short gives its beginning; what is damaged is an error.
pub(crate) fn undo(bytes: Vec<u8>, chunked: bool, encodings: &[Coding], limit: usize) -> Result<Body, Reason> {
    let mut body = Body { bytes, codings: Vec::new(), cut: false };
    if chunked {
        body.dechunk()?;
    }
    for coding in encodings.iter().rev().take(MAX_CODINGS) {
        if *coding == Coding::Brotli {
            body.unbrotli(limit)?;
        } else if found(&body.bytes, *coding) {
            body.unpack(*coding, limit)?;
        }
    }
    // No page or text begins with these bytes: a coding that no header names.
    while body.codings.len() < MAX_CODINGS
        && let Some(coding) = [Coding::Gzip, Coding::Zstd].into_iter().find(|coding| found(&body.bytes, *coding))
    {
        body.unpack(coding, limit)?;
    }
    Ok(body)
}

/// What a list of codings names, as `Content-Encoding` has it; names that say nothing (`identity`) or that nobody knows
/// are left out.
pub(crate) fn named(value: &str) -> impl Iterator<Item = Coding> {
    value.split(',').filter_map(|name| match name.trim().to_ascii_lowercase().as_str() {
        "gzip" | "x-gzip" => Some(Coding::Gzip),
        "deflate" => Some(Coding::Deflate),
        "br" => Some(Coding::Brotli),
        "zstd" => Some(Coding::Zstd),
        _ => None,
    })
}

/// Whether bytes begin as a coding does. Brotli begins with anything.
fn found(bytes: &[u8], coding: Coding) -> bool {
    match coding {
        Coding::Gzip => bytes.starts_with(&[0x1f, 0x8b, 8]),
        Coding::Zstd => zstd::is_frame(bytes),
        Coding::Deflate => is_zlib(bytes) || is_deflate(bytes),
        Coding::Brotli | Coding::Chunked => true,
    }
}

/// A zlib header (RFC 1950, section 2.2).
fn is_zlib(bytes: &[u8]) -> bool {
    matches!(bytes, [a, b, ..] if a & 0x0f == 8 && a >> 4 <= 7 && (u16::from(*a) << 8 | u16::from(*b)).is_multiple_of(31))
}

/// Whether bytes can be unpacked as a bare deflate stream, which some servers send for `deflate`: nothing in its first
/// bytes says so, but text fails at once.
fn is_deflate(bytes: &[u8]) -> bool {
    let mut probe = [0; 64];
    DeflateDecoder::new(bytes).read(&mut probe).is_ok_and(|count| count > 0)
}

impl Body {
    fn unpack(&mut self, coding: Coding, limit: usize) -> Result<(), Reason> {
        let packed = std::mem::take(&mut self.bytes);
        let (bytes, ended) = match coding {
            Coding::Gzip => gunzip(&packed, limit),
            Coding::Deflate if is_zlib(&packed) => drain(ZlibDecoder::new(&packed[..]), Vec::new(), limit),
            Coding::Deflate => drain(DeflateDecoder::new(&packed[..]), Vec::new(), limit),
            Coding::Zstd => drain(ZstdFrames::new(Buffered::new(Box::new(Cursor::new(packed)))), Vec::new(), limit),
            Coding::Brotli => drain(Decompressor::new(&packed[..], 4096), Vec::new(), limit),
            Coding::Chunked => (packed, Ended::Whole),
        };
        self.codings.push(coding);
        self.bytes = bytes;
        match ended {
            Ended::Whole => Ok(()),
            Ended::TooLarge => Err(Reason::TooLarge { limit }),
            Ended::CutShort if !self.bytes.is_empty() => {
                self.cut = true;
                Ok(())
            }
            Ended::CutShort | Ended::Damaged => Err(Reason::DamagedCoding(coding)),
        }
    }

    /// Brotli has no mark of its own (RFC 7932, section 9): what can't be unpacked and reads like a page is one.
    fn unbrotli(&mut self, limit: usize) -> Result<(), Reason> {
        let head = &self.bytes[..self.bytes.len().min(crate::detect::SNIFF_BYTES)];
        if crate::detect::is_plain_page(head) {
            return Ok(());
        }
        self.unpack(Coding::Brotli, limit)
    }

    /// RFC 9112, section 7.1. A body that doesn't begin with the size of a chunk has none.
    fn dechunk(&mut self) -> Result<(), Reason> {
        let bytes = &self.bytes;
        let Some((mut size, mut at)) = chunk_size(bytes) else { return Ok(()) };
        let mut whole = Vec::new();
        while size > 0 {
            let chunk = bytes.get(at..).unwrap_or_default();
            if size as usize >= chunk.len() {
                whole.extend_from_slice(chunk);
                // A server that hangs up instead of sending the last, empty chunk: nothing of the page is missing.
                self.cut = size as usize > chunk.len();
                break;
            }
            whole.extend_from_slice(&chunk[..size as usize]);
            let behind = &chunk[size as usize..];
            let line_end = match behind {
                [b'\r', b'\n', ..] => 2,
                [b'\n', ..] => 1,
                [b'\r'] => break,
                _ => return Err(Reason::DamagedCoding(Coding::Chunked)),
            };
            if behind.len() == line_end {
                break;
            }
            let Some((next, length)) = chunk_size(&behind[line_end..]) else {
                // Cut within the size of the next one.
                if memchr::memchr(b'\n', &behind[line_end..]).is_none() && behind.len() < 2 * MAX_SIZE_DIGITS {
                    self.cut = true;
                    break;
                }
                return Err(Reason::DamagedCoding(Coding::Chunked));
            };
            at += size as usize + line_end + length;
            size = next;
        }
        self.bytes = whole;
        self.codings.push(Coding::Chunked);
        Ok(())
    }
}

/// The size of a chunk, and how long the line is that says it: `1f40;ext=1\r\n`.
fn chunk_size(bytes: &[u8]) -> Option<(u64, usize)> {
    const MAX_LINE: usize = 1024;
    let end = memchr::memchr(b'\n', &bytes[..bytes.len().min(MAX_LINE)])?;
    let line = bytes[..end].split(|byte| *byte == b';').next()?.trim_ascii();
    let is_size = (1..=MAX_SIZE_DIGITS).contains(&line.len()) && line.iter().all(u8::is_ascii_hexdigit);
    let size = is_size.then(|| std::str::from_utf8(line).ok()).flatten()?;
    Some((u64::from_str_radix(size, 16).ok()?, end + 1))
}

enum Ended {
    Whole,
    CutShort,
    Damaged,
    TooLarge,
}

/// Member after member; what follows the last one and is none is left out, as browsers do.
fn gunzip(packed: &[u8], limit: usize) -> (Vec<u8>, Ended) {
    let mut bytes = Vec::new();
    let mut rest = packed;
    loop {
        let mut member = GzDecoder::new(rest);
        let (unpacked, ended) = drain(&mut member, bytes, limit);
        bytes = unpacked;
        rest = member.into_inner();
        if !matches!(ended, Ended::Whole) || !rest.starts_with(&[0x1f, 0x8b, 8]) {
            return (bytes, ended);
        }
    }
}

/// Reads a decoder to its end, behind what there is, up to `limit` bytes.
fn drain(mut decoder: impl Read, mut bytes: Vec<u8>, limit: usize) -> (Vec<u8>, Ended) {
    let left = limit - bytes.len().min(limit);
    match decoder.by_ref().take(left as u64 + 1).read_to_end(&mut bytes) {
        Ok(_) if bytes.len() > limit => (Vec::new(), Ended::TooLarge),
        Ok(_) => (bytes, Ended::Whole),
        Err(error) if is_cut(&error) => (bytes, Ended::CutShort),
        Err(_) => (bytes, Ended::Damaged),
    }
}

fn is_cut(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::UnexpectedEof || matches!(Reason::of(error), Reason::CutShort(_))
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::Compression;
    use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};
    use std::io::Write;

    const PAGE: &[u8] = b"<!doctype html><p>Six people died, and about 30 were injured.";

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn undone(bytes: &[u8], chunked: bool, encodings: &[Coding]) -> Result<(Vec<u8>, Vec<Coding>, bool), Reason> {
        undo(bytes.to_vec(), chunked, encodings, 10_000).map(|body| (body.bytes, body.codings, body.cut))
    }

    fn page(codings: &[Coding]) -> Result<(Vec<u8>, Vec<Coding>, bool), Reason> {
        Ok((PAGE.to_vec(), codings.to_vec(), false))
    }

    #[test]
    fn chunks_are_joined() {
        let chunked = b"12;name=value\r\n<!doctype html><p>\r\n2A \nSix people died, and about 30 were injured\n1\r\n.\r\n0\r\nTrailer: x\r\n\r\n";
        assert_eq!(undone(chunked, true, &[]), page(&[Coding::Chunked]));
        let open = &chunked[..chunked.len() - 18];
        assert_eq!(undone(open, true, &[]), page(&[Coding::Chunked]), "the last, empty chunk is missing");
    }

    #[test]
    fn chunks_that_are_not_there_are_not_looked_for() {
        assert_eq!(undone(PAGE, true, &[]), page(&[]));
        assert_eq!(undone(b"", true, &[]), Ok((Vec::new(), vec![], false)));
        assert_eq!(undone(b"bad news", true, &[]), Ok((b"bad news".to_vec(), vec![], false)));
    }

    #[test]
    fn chunks_that_lie() {
        let cut = |bytes: &[u8]| Ok((bytes.to_vec(), vec![Coding::Chunked], true));
        assert_eq!(undone(b"ff\r\n<p>Six", true, &[]), cut(b"<p>Six"));
        assert_eq!(undone(b"fffffffffffffff\r\n<p>Six", true, &[]), cut(b"<p>Six"));
        assert_eq!(undone(b"3\r\n<p>\r\n12", true, &[]), cut(b"<p>"));
        let damaged = Err(Reason::DamagedCoding(Coding::Chunked));
        assert_eq!(undone(b"3\r\n<p>Six\r\n0\r\n", true, &[]), damaged);
        assert_eq!(undone(b"3\r\n<p>\r\nSix people\r\n", true, &[]), damaged);
        // Sixteen digits are no size, so there are no chunks.
        assert_eq!(undone(b"ffffffffffffffff\r\n<p>", true, &[]).unwrap().1, []);
    }

    #[test]
    fn each_coding_is_undone() {
        assert_eq!(undone(&gzip(PAGE), false, &[Coding::Gzip]), page(&[Coding::Gzip]));
        let mut zlib = ZlibEncoder::new(Vec::new(), Compression::default());
        zlib.write_all(PAGE).unwrap();
        assert_eq!(undone(&zlib.finish().unwrap(), false, &[Coding::Deflate]), page(&[Coding::Deflate]));
        let mut bare = DeflateEncoder::new(Vec::new(), Compression::default());
        bare.write_all(PAGE).unwrap();
        assert_eq!(undone(&bare.finish().unwrap(), false, &[Coding::Deflate]), page(&[Coding::Deflate]));
        let zstd = ruzstd::encoding::compress_to_vec(PAGE, ruzstd::encoding::CompressionLevel::Fastest);
        assert_eq!(undone(&zstd, false, &[Coding::Zstd]), page(&[Coding::Zstd]));
        assert_eq!(undone(&brotli(PAGE), false, &[Coding::Brotli]), page(&[Coding::Brotli]));
        let twice = gzip(&brotli(PAGE));
        assert_eq!(undone(&twice, false, &[Coding::Brotli, Coding::Gzip]), page(&[Coding::Gzip, Coding::Brotli]));
    }

    /// Bytes as one uncompressed meta-block and the empty last one (RFC 7932, section 9.2): the window of 16 bits is one zero bit, then come
    /// ISLAST 0, MNIBBLES 0 for four nibbles, MLEN - 1, ISUNCOMPRESSED 1.
    fn brotli(bytes: &[u8]) -> Vec<u8> {
        let header = (bytes.len() as u32 - 1) << 4 | 1 << 20;
        let mut packed = header.to_le_bytes()[..3].to_vec();
        packed.extend_from_slice(bytes);
        packed.push(3);
        packed
    }

    #[test]
    fn codings_that_are_only_named_or_only_there() {
        for coding in [Coding::Gzip, Coding::Deflate, Coding::Brotli, Coding::Zstd] {
            assert_eq!(undone(PAGE, false, &[coding]), page(&[]), "{coding:?} is only named");
        }
        assert_eq!(undone(&gzip(PAGE), false, &[]), page(&[Coding::Gzip]));
        assert_eq!(undone(&gzip(&gzip(PAGE)), false, &[Coding::Gzip]), page(&[Coding::Gzip, Coding::Gzip]));
        assert_eq!(undone(&[gzip(PAGE), b"junk".to_vec()].concat(), false, &[Coding::Gzip]), page(&[Coding::Gzip]));
        assert_eq!(named("GZIP, br,, identity, x-unknown").collect::<Vec<_>>(), [Coding::Gzip, Coding::Brotli]);
    }

    #[test]
    fn a_coding_cut_short_gives_its_beginning_and_a_damaged_one_nothing() {
        let text: String = (0..300).map(|number| format!("{} people died. ", number * 7919 % 1009)).collect();
        let packed = gzip(text.as_bytes());
        let (bytes, _, cut) = undone(&packed[..packed.len() / 2], false, &[Coding::Gzip]).unwrap();
        assert!(cut && !bytes.is_empty() && text.as_bytes().starts_with(&bytes));
        let mut damaged = packed.clone();
        let checksum = damaged.len() - 6;
        damaged[checksum] ^= 1;
        assert_eq!(undone(&damaged, false, &[Coding::Gzip]), Err(Reason::DamagedCoding(Coding::Gzip)));
        assert_eq!(undone(&packed[..12], false, &[Coding::Gzip]), Err(Reason::DamagedCoding(Coding::Gzip)));
    }

    #[test]
    fn a_page_may_have_so_many_bytes_and_codings() {
        let bomb = gzip(&vec![b'a'; 10_001]);
        assert_eq!(undone(&bomb, false, &[Coding::Gzip]), Err(Reason::TooLarge { limit: 10_000 }));
        assert_eq!(undone(&gzip(&vec![b'a'; 10_000]), false, &[]).map(|body| body.0.len()), Ok(10_000));
        let often = (0..MAX_CODINGS + 1).fold(PAGE.to_vec(), |bytes, _| gzip(&bytes));
        assert_eq!(undone(&often, false, &[]), Ok((gzip(PAGE), vec![Coding::Gzip; MAX_CODINGS], false)));
    }
}
