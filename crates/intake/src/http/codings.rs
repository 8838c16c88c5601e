//! Which bytes of a body are the page, once chunks and compression are removed?

use crate::compression::zstd::ZstdFrames;
use crate::formats::{Compression, SNIFF_BYTES, is_plain_page, is_zstd_frame};
use crate::source::Buffered;
use crate::unreadable::Reason;
use brotli_decompressor::Decompressor;
use flate2::bufread::GzDecoder;
use flate2::read::{DeflateDecoder, ZlibDecoder};
use onrecord_document::Coding;
use std::io::{self, Cursor, Read};

/// How many codings are removed, not counting chunks.
pub const MAX_CODINGS: usize = 4;

/// How many digits the size of a chunk may have.
const MAX_SIZE_DIGITS: usize = 15;

/// A body without its codings.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct DecodedBody {
    pub(crate) bytes: Vec<u8>,
    /// What was removed, in that order.
    pub(crate) codings: Vec<Coding>,
    /// Whether a coding ended too early: then these are the bytes up to there.
    pub(crate) cut: bool,
}

/// Removes the codings of a body, but only those that it has: servers, proxies and crawlers name codings that are absent
/// or were already removed, and don't name others.
///
/// `chunked` and `encodings` (those of `Content-Encoding`, in their order) are what the headers claim. A body of more than
/// `limit` bytes is an error, and so is a damaged one; of one that is cut short the beginning is returned.
pub(crate) fn decode(bytes: Vec<u8>, chunked: bool, encodings: &[Coding], limit: usize) -> Result<DecodedBody, Reason> {
    let mut body = DecodedBody { bytes, codings: Vec::new(), cut: false };
    if chunked {
        body.dechunk()?;
    }
    for coding in encodings.iter().rev().take(MAX_CODINGS) {
        if *coding == Coding::Brotli {
            body.unbrotli(limit)?;
        } else if begins_as(&body.bytes, *coding) {
            body.unpack(*coding, limit)?;
        }
    }
    // No page or text begins like these, so this is a coding that no header names.
    while body.codings.len() < MAX_CODINGS
        && let Some(coding) = [Coding::Gzip, Coding::Zstd].into_iter().find(|coding| begins_as(&body.bytes, *coding))
    {
        body.unpack(coding, limit)?;
    }
    Ok(body)
}

/// The codings in a list such as `Content-Encoding` has. `identity` and unknown names are left out.
pub(crate) fn named(value: &str) -> impl Iterator<Item = Coding> {
    value.split(',').filter_map(|name| match name.trim().to_ascii_lowercase().as_str() {
        "gzip" | "x-gzip" => Some(Coding::Gzip),
        "deflate" => Some(Coding::Deflate),
        "br" => Some(Coding::Brotli),
        "zstd" => Some(Coding::Zstd),
        _ => None,
    })
}

/// Whether bytes begin like a coding. Brotli data may begin with anything.
fn begins_as(bytes: &[u8], coding: Coding) -> bool {
    match coding {
        Coding::Gzip => bytes.starts_with(&Compression::GZIP_MAGIC),
        Coding::Zstd => is_zstd_frame(bytes),
        Coding::Deflate => is_zlib(bytes) || is_deflate(bytes),
        Coding::Brotli | Coding::Chunked => true,
    }
}

/// A zlib header (RFC 1950, section 2.2).
fn is_zlib(bytes: &[u8]) -> bool {
    matches!(bytes, [a, b, ..] if a & 0x0f == 8 && a >> 4 <= 7 && (u16::from(*a) << 8 | u16::from(*b)).is_multiple_of(31))
}

/// Whether bytes can be read as a bare deflate stream, which some servers send as `deflate`. It has no magic number, but
/// text fails at once.
fn is_deflate(bytes: &[u8]) -> bool {
    let mut probe = [0; 64];
    DeflateDecoder::new(bytes).read(&mut probe).is_ok_and(|count| count > 0)
}

impl DecodedBody {
    fn unpack(&mut self, coding: Coding, limit: usize) -> Result<(), Reason> {
        let packed = std::mem::take(&mut self.bytes);
        let (bytes, ended) = match coding {
            Coding::Gzip => gunzip(&packed, limit),
            Coding::Deflate if is_zlib(&packed) => drain(ZlibDecoder::new(&packed[..]), Vec::new(), limit),
            Coding::Deflate => drain(DeflateDecoder::new(&packed[..]), Vec::new(), limit),
            Coding::Zstd => drain(ZstdFrames::new(Buffered::new(Box::new(Cursor::new(packed)))), Vec::new(), limit),
            Coding::Brotli => drain(Decompressor::new(&packed[..], 4096), Vec::new(), limit),
            Coding::Chunked => (packed, Ending::Whole),
        };
        self.codings.push(coding);
        self.bytes = bytes;
        match ended {
            Ending::Whole => Ok(()),
            Ending::TooLarge => Err(Reason::TooLarge { limit }),
            Ending::CutShort if !self.bytes.is_empty() => {
                self.cut = true;
                Ok(())
            }
            Ending::CutShort | Ending::Damaged => Err(Reason::DamagedCoding(coding)),
        }
    }

    /// Brotli data has no magic number (RFC 7932, section 9), so a body that reads like a page is taken for one.
    fn unbrotli(&mut self, limit: usize) -> Result<(), Reason> {
        let head = &self.bytes[..self.bytes.len().min(SNIFF_BYTES)];
        if is_plain_page(head) {
            return Ok(());
        }
        self.unpack(Coding::Brotli, limit)
    }

    /// Joins the chunks (RFC 9112, section 7.1). A body that doesn't begin with the size of a chunk has none.
    fn dechunk(&mut self) -> Result<(), Reason> {
        let bytes = &self.bytes;
        let Some((mut size, mut at)) = chunk_size(bytes) else { return Ok(()) };
        let mut whole = Vec::new();
        while size > 0 {
            let chunk = bytes.get(at..).unwrap_or_default();
            if size as usize >= chunk.len() {
                whole.extend_from_slice(chunk);
                // A server may close the connection instead of sending the last, empty chunk: then nothing is missing.
                self.cut = size as usize > chunk.len();
                break;
            }
            whole.extend_from_slice(&chunk[..size as usize]);
            let after = &chunk[size as usize..];
            let line_end = match after {
                [b'\r', b'\n', ..] => 2,
                [b'\n', ..] => 1,
                [b'\r'] => break,
                _ => return Err(Reason::DamagedCoding(Coding::Chunked)),
            };
            if after.len() == line_end {
                break;
            }
            let Some((next, length)) = chunk_size(&after[line_end..]) else {
                // Cut off within the size of the next one.
                if memchr::memchr(b'\n', &after[line_end..]).is_none() && after.len() < 2 * MAX_SIZE_DIGITS {
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

/// The size of a chunk, and the length of the line that states it: `1f40;ext=1\r\n`. httparse would refuse a line that
/// ends in a line feed alone.
fn chunk_size(bytes: &[u8]) -> Option<(u64, usize)> {
    const MAX_LINE: usize = 1024;
    let end = memchr::memchr(b'\n', &bytes[..bytes.len().min(MAX_LINE)])?;
    let line = bytes[..end].split(|byte| *byte == b';').next()?.trim_ascii();
    let is_size = (1..=MAX_SIZE_DIGITS).contains(&line.len()) && line.iter().all(u8::is_ascii_hexdigit);
    let size = is_size.then(|| std::str::from_utf8(line).ok()).flatten()?;
    Some((u64::from_str_radix(size, 16).ok()?, end + 1))
}

enum Ending {
    Whole,
    CutShort,
    Damaged,
    TooLarge,
}

/// Decompresses member after member. Like browsers, ignores what follows the last one.
fn gunzip(packed: &[u8], limit: usize) -> (Vec<u8>, Ending) {
    let mut bytes = Vec::new();
    let mut rest = packed;
    loop {
        let mut member = GzDecoder::new(rest);
        let (unpacked, ended) = drain(&mut member, bytes, limit);
        bytes = unpacked;
        rest = member.into_inner();
        if !matches!(ended, Ending::Whole) || !rest.starts_with(&Compression::GZIP_MAGIC) {
            return (bytes, ended);
        }
    }
}

/// Reads a decoder to its end and appends to `bytes`, which may reach `limit` bytes.
fn drain(mut decoder: impl Read, mut bytes: Vec<u8>, limit: usize) -> (Vec<u8>, Ending) {
    let left = limit - bytes.len().min(limit);
    match decoder.by_ref().take(left as u64 + 1).read_to_end(&mut bytes) {
        Ok(_) if bytes.len() > limit => (Vec::new(), Ending::TooLarge),
        Ok(_) => (bytes, Ending::Whole),
        Err(error) if is_cut(&error) => (bytes, Ending::CutShort),
        Err(_) => (bytes, Ending::Damaged),
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

    fn decoded(bytes: &[u8], chunked: bool, encodings: &[Coding]) -> Result<(Vec<u8>, Vec<Coding>, bool), Reason> {
        decode(bytes.to_vec(), chunked, encodings, 10_000).map(|body| (body.bytes, body.codings, body.cut))
    }

    fn page(codings: &[Coding]) -> Result<(Vec<u8>, Vec<Coding>, bool), Reason> {
        Ok((PAGE.to_vec(), codings.to_vec(), false))
    }

    #[test]
    fn chunks_are_joined() {
        let chunked = b"12;name=value\r\n<!doctype html><p>\r\n2A \nSix people died, and about 30 were injured\n1\r\n.\r\n0\r\nTrailer: x\r\n\r\n";
        assert_eq!(decoded(chunked, true, &[]), page(&[Coding::Chunked]));
        let open = &chunked[..chunked.len() - 18];
        assert_eq!(decoded(open, true, &[]), page(&[Coding::Chunked]), "the last, empty chunk is missing");
    }

    #[test]
    fn a_body_without_chunks_is_left_as_it_is() {
        assert_eq!(decoded(PAGE, true, &[]), page(&[]));
        assert_eq!(decoded(b"", true, &[]), Ok((Vec::new(), vec![], false)));
        assert_eq!(decoded(b"bad news", true, &[]), Ok((b"bad news".to_vec(), vec![], false)));
    }

    #[test]
    fn chunks_with_wrong_sizes_are_cut_or_damaged() {
        let cut = |bytes: &[u8]| Ok((bytes.to_vec(), vec![Coding::Chunked], true));
        assert_eq!(decoded(b"ff\r\n<p>Six", true, &[]), cut(b"<p>Six"));
        assert_eq!(decoded(b"fffffffffffffff\r\n<p>Six", true, &[]), cut(b"<p>Six"));
        assert_eq!(decoded(b"3\r\n<p>\r\n12", true, &[]), cut(b"<p>"));
        let damaged = Err(Reason::DamagedCoding(Coding::Chunked));
        assert_eq!(decoded(b"3\r\n<p>Six\r\n0\r\n", true, &[]), damaged);
        assert_eq!(decoded(b"3\r\n<p>\r\nSix people\r\n", true, &[]), damaged);
        // Sixteen digits are no size, so there are no chunks.
        assert_eq!(decoded(b"ffffffffffffffff\r\n<p>", true, &[]).unwrap().1, []);
    }

    #[test]
    fn each_coding_is_removed() {
        assert_eq!(decoded(&gzip(PAGE), false, &[Coding::Gzip]), page(&[Coding::Gzip]));
        let mut zlib = ZlibEncoder::new(Vec::new(), Compression::default());
        zlib.write_all(PAGE).unwrap();
        assert_eq!(decoded(&zlib.finish().unwrap(), false, &[Coding::Deflate]), page(&[Coding::Deflate]));
        let mut bare = DeflateEncoder::new(Vec::new(), Compression::default());
        bare.write_all(PAGE).unwrap();
        assert_eq!(decoded(&bare.finish().unwrap(), false, &[Coding::Deflate]), page(&[Coding::Deflate]));
        let zstd = ruzstd::encoding::compress_to_vec(PAGE, ruzstd::encoding::CompressionLevel::Fastest);
        assert_eq!(decoded(&zstd, false, &[Coding::Zstd]), page(&[Coding::Zstd]));
        assert_eq!(decoded(&brotli(PAGE), false, &[Coding::Brotli]), page(&[Coding::Brotli]));
        let twice = gzip(&brotli(PAGE));
        assert_eq!(decoded(&twice, false, &[Coding::Brotli, Coding::Gzip]), page(&[Coding::Gzip, Coding::Brotli]));
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
    fn codings_that_are_only_named_or_only_present() {
        for coding in [Coding::Gzip, Coding::Deflate, Coding::Brotli, Coding::Zstd] {
            assert_eq!(decoded(PAGE, false, &[coding]), page(&[]), "{coding:?} is only named");
        }
        assert_eq!(decoded(&gzip(PAGE), false, &[]), page(&[Coding::Gzip]));
        assert_eq!(decoded(&gzip(&gzip(PAGE)), false, &[Coding::Gzip]), page(&[Coding::Gzip, Coding::Gzip]));
        assert_eq!(decoded(&[gzip(PAGE), b"junk".to_vec()].concat(), false, &[Coding::Gzip]), page(&[Coding::Gzip]));
        assert_eq!(named("GZIP, br,, identity, x-unknown").collect::<Vec<_>>(), [Coding::Gzip, Coding::Brotli]);
    }

    #[test]
    fn a_coding_cut_short_gives_its_beginning_and_a_damaged_one_nothing() {
        let text: String = (0..300).map(|number| format!("{} people died. ", number * 7919 % 1009)).collect();
        let packed = gzip(text.as_bytes());
        let (bytes, _, cut) = decoded(&packed[..packed.len() / 2], false, &[Coding::Gzip]).unwrap();
        assert!(cut && !bytes.is_empty() && text.as_bytes().starts_with(&bytes));
        let mut damaged = packed.clone();
        let checksum = damaged.len() - 6;
        damaged[checksum] ^= 1;
        assert_eq!(decoded(&damaged, false, &[Coding::Gzip]), Err(Reason::DamagedCoding(Coding::Gzip)));
        assert_eq!(decoded(&packed[..12], false, &[Coding::Gzip]), Err(Reason::DamagedCoding(Coding::Gzip)));
    }

    #[test]
    fn the_size_of_a_page_and_its_codings_have_limits() {
        let bomb = gzip(&vec![b'a'; 10_001]);
        assert_eq!(decoded(&bomb, false, &[Coding::Gzip]), Err(Reason::TooLarge { limit: 10_000 }));
        assert_eq!(decoded(&gzip(&vec![b'a'; 10_000]), false, &[]).map(|body| body.0.len()), Ok(10_000));
        let often = (0..MAX_CODINGS + 1).fold(PAGE.to_vec(), |bytes, _| gzip(&bytes));
        assert_eq!(decoded(&often, false, &[]), Ok((gzip(PAGE), vec![Coding::Gzip; MAX_CODINGS], false)));
    }
}
