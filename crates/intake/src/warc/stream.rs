//! Where in a WARC file does each gzip member or zstd frame begin, and what does it decompress to?
//!
//! Both are called members here.

use super::dictionary::Dictionary;
use crate::compression::reason_in;
use crate::compression::zstd::{self, FIRST_BLOCK_BYTES};
use crate::formats::{Compression, DICTIONARY_FRAME, WARC_MARK, ZSTD_FRAME, is_skippable_frame};
use crate::source::Buffered;
use crate::unreadable::Reason;
use flate2::bufread::GzDecoder;
use memchr::memmem;
use onrecord_document::RecordPacking;
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};
use std::io::{self, BufRead, Read};

/// How many bytes are decompressed at a time.
const CHUNK: usize = 64 << 10;

/// How many times larger than its compressed bytes a member may be to be decompressed when it is skipped. Text reaches
/// 20.
pub const MAX_RATIO: u64 = 200;

/// How many decompressed bytes of a member are never too many.
const FREE_BYTES: u64 = 64 << 20;

/// Reads the bytes of one member after the other.
pub(crate) struct MemberStream {
    member: Member,
    compression: Option<Compression>,
    dictionary: Option<Dictionary>,
    /// For zstd; has the tables of the dictionary.
    decoder: Box<FrameDecoder>,
    /// Decompressed bytes of the member; unused without compression.
    ready: Vec<u8>,
    at: usize,
    /// Where the member begins in the file.
    member_start: u64,
    /// How many decompressed bytes of the member were consumed, and of those before it.
    inner: u64,
    before: u64,
}

enum Member {
    /// The whole of a file without compression.
    Plain(Buffered),
    /// Before a member, or after the last.
    Between(Buffered),
    Gzip(Box<GzDecoder<Buffered>>),
    Zstd(Buffered),
}

impl MemberStream {
    /// Reads a file from its current place on. `dictionary` is that of the file, if it is known already.
    pub(crate) fn new(mut source: Buffered, compression: Option<Compression>, dictionary: Option<Dictionary>) -> Self {
        source.look_back();
        let member_start = source.position();
        let member = if compression.is_none() { Member::Plain(source) } else { Member::Between(source) };
        let decoder = Box::new(FrameDecoder::new());
        let mut stream = MemberStream {
            member,
            compression,
            dictionary: None,
            decoder,
            ready: Vec::new(),
            at: 0,
            member_start,
            inner: 0,
            before: 0,
        };
        stream.learn(dictionary);
        stream
    }

    fn learn(&mut self, dictionary: Option<Dictionary>) {
        if let Some(tables) = dictionary.as_ref().and_then(Dictionary::tables) {
            // The decoder refuses a dictionary that it has.
            let _ = self.decoder.add_dict(tables);
            self.dictionary = dictionary;
        }
    }

    pub(crate) fn dictionary(&self) -> Option<&Dictionary> {
        self.dictionary.as_ref()
    }

    pub(crate) fn compression(&self) -> Option<Compression> {
        self.compression
    }

    /// How the records are compressed: each by itself, or the file as a `whole`.
    pub(crate) fn record_packing(&self, whole: bool) -> RecordPacking {
        match self.compression {
            None => RecordPacking::Plain,
            Some(Compression::Gzip) if whole => RecordPacking::GzipWhole,
            Some(Compression::Gzip) => RecordPacking::GzipEach,
            Some(Compression::Zstd) if whole => RecordPacking::ZstdWhole,
            Some(Compression::Zstd) if self.dictionary.is_some() => RecordPacking::ZstdDictionary,
            Some(Compression::Zstd) => RecordPacking::ZstdEach,
        }
    }

    /// The file, at the place that reading has reached.
    pub(crate) fn source(&self) -> &Buffered {
        match &self.member {
            Member::Plain(source) | Member::Between(source) | Member::Zstd(source) => source,
            Member::Gzip(decoder) => decoder.get_ref(),
        }
    }

    /// Where the member begins in the file.
    pub(crate) fn member_start(&self) -> u64 {
        self.member_start
    }

    /// How many decompressed bytes of the member were consumed.
    pub(crate) fn inner(&self) -> u64 {
        self.inner
    }

    /// How many decompressed bytes of the file were consumed; without compression, the place in the file.
    pub(crate) fn decompressed(&self) -> u64 {
        match &self.member {
            Member::Plain(source) => source.position(),
            _ => self.before + self.inner,
        }
    }

    /// Whether the member is out of all proportion to its compressed bytes.
    pub(crate) fn is_bomb(&self) -> bool {
        let compressed = self.source().position().saturating_sub(self.member_start);
        self.compression.is_some() && self.inner > FREE_BYTES && self.inner / MAX_RATIO > compressed
    }

    /// The next bytes of the member, without consuming them: at least `wanted`, or fewer if it has no more. None at its end.
    pub(crate) fn peek(&mut self, wanted: usize) -> io::Result<&[u8]> {
        if self.compression.is_some() {
            while self.ready.len() - self.at < wanted && self.grow()? {}
        }
        match &mut self.member {
            Member::Plain(source) => source.peek(wanted),
            _ => Ok(&self.ready[self.at..]),
        }
    }

    /// Decompresses one more chunk; `false` at the end of the member.
    fn grow(&mut self) -> io::Result<bool> {
        self.ready.drain(..self.at);
        self.at = 0;
        let held = self.ready.len();
        self.ready.resize(held + CHUNK, 0);
        let compression = self.compression.unwrap_or(Compression::Gzip);
        let read = loop {
            match self.decompress_to(held) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                read => break read,
            }
        };
        self.ready.truncate(held + read.as_ref().map_or(0, |count| *count));
        read.map(|count| count > 0).map_err(|error| reason_in(&error, compression).into())
    }

    fn decompress_to(&mut self, held: usize) -> io::Result<usize> {
        match &mut self.member {
            Member::Gzip(decoder) => decoder.read(&mut self.ready[held..]),
            Member::Zstd(source) => {
                while self.decoder.can_collect() < CHUNK && !self.decoder.is_finished() {
                    let one = BlockDecodingStrategy::UptoBlocks(1);
                    self.decoder.decode_blocks(&mut *source, one).map_err(io::Error::other)?;
                }
                let count = self.decoder.read(&mut self.ready[held..])?;
                if count == 0 {
                    zstd::check_sum(&self.decoder)?;
                }
                Ok(count)
            }
            Member::Plain(_) | Member::Between(_) => Ok(0),
        }
    }

    /// Begins the next member after one that was read to its end; `false` if there is none.
    pub(crate) fn next_member(&mut self) -> io::Result<bool> {
        let Some(mut source) = self.leave() else { return Ok(false) };
        let begun = self.begin(&mut source);
        self.member = match (&begun, self.compression) {
            (Ok(true), Some(Compression::Zstd)) => Member::Zstd(source),
            (Ok(true), _) => Member::Gzip(Box::new(GzDecoder::new(source))),
            _ => Member::Between(source),
        };
        begun
    }

    /// Goes back to a place in an earlier member, which has `before` decompressed bytes of members before it; `false` if the
    /// source can't. Without compression `inner` is the place in the file.
    pub(crate) fn go_back(&mut self, member_start: u64, before: u64, inner: u64) -> io::Result<bool> {
        if let Member::Plain(source) = &mut self.member {
            return source.go_to(inner);
        }
        let Some(mut source) = self.leave() else { return Ok(false) };
        let gone = source.go_to(member_start);
        self.member = Member::Between(source);
        if !gone? {
            return Ok(false);
        }
        let begun = self.next_member()?;
        self.before = before;
        Ok(begun && self.skip(inner)? == inner)
    }

    /// Skips up to `amount` bytes of the member, and returns how many there were.
    pub(crate) fn skip(&mut self, amount: u64) -> io::Result<u64> {
        if let Member::Plain(source) = &mut self.member {
            return source.skip(amount);
        }
        let mut left = amount;
        while left > 0 {
            let ready = self.fill_buf()?.len();
            if ready == 0 {
                break;
            }
            if self.is_bomb() {
                return Err(Reason::Bomb { ratio: MAX_RATIO }.into());
            }
            let count = left.min(ready as u64);
            self.consume(count as usize);
            left -= count;
        }
        Ok(amount - left)
    }

    /// Takes the source out of a compressed member, wherever that is.
    fn leave(&mut self) -> Option<Buffered> {
        self.compression?;
        self.before += self.inner;
        self.inner = 0;
        self.ready.clear();
        self.ready.shrink_to(2 * CHUNK);
        self.at = 0;
        let nothing = Member::Between(Buffered::new(Box::new(io::empty())));
        Some(match std::mem::replace(&mut self.member, nothing) {
            Member::Plain(source) | Member::Between(source) | Member::Zstd(source) => source,
            Member::Gzip(decoder) => decoder.into_inner(),
        })
    }

    /// Finds out whether a member follows. Nothing of it is consumed but the header of a zstd frame.
    fn begin(&mut self, source: &mut Buffered) -> io::Result<bool> {
        let compression = self.compression.unwrap_or(Compression::Gzip);
        loop {
            self.member_start = source.position();
            let head = source.peek(zstd::MAX_HEADER_BYTES)?;
            let head = &head[..head.len().min(zstd::MAX_HEADER_BYTES)];
            if head.is_empty() {
                return Ok(false);
            }
            match Compression::of(head) {
                Some(Compression::Gzip) if compression == Compression::Gzip => return Ok(true),
                Some(Compression::Zstd) if compression == Compression::Zstd => {}
                _ => return Err(Reason::Corrupt(compression).into()),
            }
            if is_skippable_frame(head) {
                let is_dictionary = self.dictionary.is_none() && head.starts_with(&DICTIONARY_FRAME);
                match if is_dictionary { Dictionary::read(source)? } else { None } {
                    Some(dictionary) => self.learn(Some(dictionary)),
                    None => zstd::skip_frame(source)?,
                }
                continue;
            }
            zstd::check_window(head)?;
            let forced =
                self.dictionary.as_ref().map(|dictionary| dictionary.id).filter(|_| !zstd::names_dictionary(head));
            let begun = self.decoder.init(&mut *source).and_then(|()| match forced {
                Some(id) => self.decoder.force_dict(id),
                None => Ok(()),
            });
            return match begun {
                Ok(()) => Ok(true),
                Err(error) => Err(reason_in(&io::Error::other(error), compression).into()),
            };
        }
    }

    /// Goes to the next member that begins a record, searching from a place in the file; `false` at the end of the file. A
    /// source that can't go back is searched from where it is. Without compression there are no members to find.
    pub(crate) fn find_member(&mut self, from: u64) -> io::Result<bool> {
        let magic: &[u8] = match self.compression {
            None => return Ok(false),
            Some(Compression::Gzip) => &Compression::GZIP_MAGIC,
            Some(Compression::Zstd) => &ZSTD_FRAME,
        };
        let Some(mut source) = self.leave() else { return Ok(false) };
        let found = self.find_in(&mut source, from, magic);
        self.member_start = source.position();
        self.member = Member::Between(source);
        found
    }

    fn find_in(&mut self, source: &mut Buffered, from: u64, magic: &[u8]) -> io::Result<bool> {
        source.go_to(from)?;
        let finder = memmem::Finder::new(magic);
        loop {
            let ahead = source.peek(CHUNK)?;
            let count = ahead.len();
            match finder.find(ahead) {
                Some(at) => {
                    source.consume(at);
                    if self.holds_record(source.peek(FIRST_BLOCK_BYTES)?) {
                        return Ok(true);
                    }
                    source.consume(1);
                }
                None if count < CHUNK => {
                    source.consume(count);
                    return Ok(false);
                }
                None => source.consume(count - magic.len()),
            }
        }
    }

    /// Whether a member decompresses to the beginning of a record.
    fn holds_record(&mut self, head: &[u8]) -> bool {
        let mut mark = [0; WARC_MARK.len()];
        match self.compression {
            Some(Compression::Zstd) => {
                let forced = self.dictionary.as_ref().map(|dictionary| dictionary.id);
                zstd::first_bytes(head, &mut self.decoder, forced, &mut mark) && mark == WARC_MARK
            }
            _ => GzDecoder::new(head).read_exact(&mut mark).is_ok() && mark == WARC_MARK,
        }
    }
}

impl Read for MemberStream {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let ready = self.fill_buf()?;
        let count = ready.len().min(buffer.len());
        buffer[..count].copy_from_slice(&ready[..count]);
        self.consume(count);
        Ok(count)
    }
}

/// The bytes of the member: they end where it ends.
impl BufRead for MemberStream {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.compression.is_some() && self.at == self.ready.len() {
            self.grow()?;
        }
        match &mut self.member {
            Member::Plain(source) => source.fill_buf(),
            _ => Ok(&self.ready[self.at..]),
        }
    }

    fn consume(&mut self, amount: usize) {
        if let Member::Plain(source) = &mut self.member {
            return source.consume(amount);
        }
        let amount = amount.min(self.ready.len() - self.at);
        self.at += amount;
        self.inner += amount as u64;
    }
}
