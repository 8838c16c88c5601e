//! The bytes of a WARC file, unpacked, with the borders of the members that it is packed in.

use crate::buffered::Buffered;
use crate::unpack::{Packing, reason_in};
use crate::unreadable::Reason;
use crate::warc::dictionary::{DICTIONARY_FRAME, Dictionary};
use crate::zstd;
use flate2::bufread::GzDecoder;
use memchr::memmem;
use onrecord_document::RecordPacking;
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};
use std::io::{self, BufRead, Read};

/// What every record begins with, in all versions of the format.
pub(crate) const MARK: &[u8] = b"WARC/";

/// How many bytes are asked for at a time.
const CHUNK: usize = 64 << 10;

/// How much of a packed file must be seen to know what it holds: a zstd block and what stands before it.
pub(crate) const SNIFF_PACKED_BYTES: usize = (128 << 10) + 64;

/// How many times larger than its compressed bytes a member may be if it is to be passed over by unpacking it; text
/// reaches 20.
pub const MAX_RATIO: u64 = 200;

/// Unpacked bytes of one member that are never called too many.
const FREE_BYTES: u64 = 64 << 20;

/// A WARC file while it is read: the bytes of a member, then those of the next.
pub(crate) struct Stream {
    member: Member,
    packing: Option<Packing>,
    dictionary: Option<Dictionary>,
    /// For zstd; holds the tables of the dictionary.
    decoder: Box<FrameDecoder>,
    /// Unpacked bytes of the member; unused without compression.
    ready: Vec<u8>,
    at: usize,
    /// Where the member begins in the file.
    member_start: u64,
    /// How many unpacked bytes of the member were consumed, and of those before it.
    inner: u64,
    before: u64,
}

enum Member {
    /// All of a file without compression.
    Plain(Buffered),
    /// Before a member, or behind the last.
    Between(Buffered),
    Gzip(Box<GzDecoder<Buffered>>),
    Zstd(Buffered),
}

impl Stream {
    /// Over a file from its current place on; `dictionary` is that of the file, where it is known already.
    pub(crate) fn new(mut source: Buffered, packing: Option<Packing>, dictionary: Option<Dictionary>) -> Self {
        source.look_back();
        let member_start = source.position();
        let member = if packing.is_none() { Member::Plain(source) } else { Member::Between(source) };
        let decoder = Box::new(FrameDecoder::new());
        let mut stream = Stream {
            member,
            packing,
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

    pub(crate) fn packing(&self) -> Option<Packing> {
        self.packing
    }

    /// The compression, of one record at a time or of all as a `whole`.
    pub(crate) fn record_packing(&self, whole: bool) -> RecordPacking {
        match self.packing {
            None => RecordPacking::Plain,
            Some(Packing::Gzip) if whole => RecordPacking::GzipWhole,
            Some(Packing::Gzip) => RecordPacking::GzipEach,
            Some(Packing::Zstd) if whole => RecordPacking::ZstdWhole,
            Some(Packing::Zstd) if self.dictionary.is_some() => RecordPacking::ZstdDictionary,
            Some(Packing::Zstd) => RecordPacking::ZstdEach,
        }
    }

    /// The file, at the place up to which it was read.
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

    /// How many unpacked bytes of the member were consumed.
    pub(crate) fn inner(&self) -> u64 {
        self.inner
    }

    /// How many unpacked bytes of the file were consumed; without compression, where it is at.
    pub(crate) fn unpacked(&self) -> u64 {
        match &self.member {
            Member::Plain(source) => source.position(),
            _ => self.before + self.inner,
        }
    }

    /// Whether the member has grown out of all proportion to its compressed bytes.
    pub(crate) fn is_bomb(&self) -> bool {
        let packed = self.source().position().saturating_sub(self.member_start);
        self.packing.is_some() && self.inner > FREE_BYTES && self.inner / MAX_RATIO > packed
    }

    /// The next bytes of the member: `wanted` or more of them, or fewer if it has no more. None at its end.
    pub(crate) fn peek(&mut self, wanted: usize) -> io::Result<&[u8]> {
        if self.packing.is_some() {
            while self.ready.len() - self.at < wanted && self.grow()? {}
        }
        match &mut self.member {
            Member::Plain(source) => source.peek(wanted),
            _ => Ok(&self.ready[self.at..]),
        }
    }

    /// Unpacks one more chunk; `false` at the end of the member.
    fn grow(&mut self) -> io::Result<bool> {
        self.ready.drain(..self.at);
        self.at = 0;
        let held = self.ready.len();
        self.ready.resize(held + CHUNK, 0);
        let packing = self.packing.unwrap_or(Packing::Gzip);
        let read = loop {
            match self.unpack_to(held) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                read => break read,
            }
        };
        self.ready.truncate(held + read.as_ref().map_or(0, |count| *count));
        read.map(|count| count > 0).map_err(|error| reason_in(&error, packing).into())
    }

    fn unpack_to(&mut self, held: usize) -> io::Result<usize> {
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

    /// Leaves the member, which was read to its end, and begins the next; `false` if there is none.
    pub(crate) fn next_member(&mut self) -> io::Result<bool> {
        let Some(mut source) = self.leave() else { return Ok(false) };
        let begun = self.begin(&mut source);
        self.member = match (&begun, self.packing) {
            (Ok(true), Some(Packing::Zstd)) => Member::Zstd(source),
            (Ok(true), _) => Member::Gzip(Box::new(GzDecoder::new(source))),
            _ => Member::Between(source),
        };
        begun
    }

    /// Goes back to a place in a member that was read from before, with `before` unpacked bytes of members before it;
    /// `false` if the source can't. Without compression `inner` is the place in the file.
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

    /// Passes over up to `amount` bytes of the member, and says how many there were.
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

    /// Takes the source out of a packed member, wherever that was read to.
    fn leave(&mut self) -> Option<Buffered> {
        self.packing?;
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

    /// Looks at what follows: a member, whose beginning is not consumed but for a zstd frame's header, or the end.
    fn begin(&mut self, source: &mut Buffered) -> io::Result<bool> {
        let packing = self.packing.unwrap_or(Packing::Gzip);
        loop {
            self.member_start = source.position();
            let head = source.peek(zstd::MAX_HEADER_BYTES)?;
            let head = &head[..head.len().min(zstd::MAX_HEADER_BYTES)];
            if head.is_empty() {
                return Ok(false);
            }
            match Packing::of(head) {
                Some(Packing::Gzip) if packing == Packing::Gzip => return Ok(true),
                Some(Packing::Zstd) if packing == Packing::Zstd => {}
                _ => return Err(Reason::Corrupt(packing).into()),
            }
            if zstd::is_skippable(head) {
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
                Err(error) => Err(reason_in(&io::Error::other(error), packing).into()),
            };
        }
    }

    /// Goes to the next member, from a place in the file on, that begins a record; `false` at the end of the file. A
    /// source that can't go back is searched from where it is. Nothing without compression.
    pub(crate) fn find_member(&mut self, from: u64) -> io::Result<bool> {
        let magic: &[u8] = match self.packing {
            None => return Ok(false),
            Some(Packing::Gzip) => &[0x1f, 0x8b, 8],
            Some(Packing::Zstd) => &[0x28, 0xb5, 0x2f, 0xfd],
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
                    if self.unpacks_to_record(source.peek(SNIFF_PACKED_BYTES)?) {
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

    fn unpacks_to_record(&mut self, head: &[u8]) -> bool {
        let mut mark = [0; MARK.len()];
        match self.packing {
            Some(Packing::Zstd) => {
                let forced = self.dictionary.as_ref().map(|dictionary| dictionary.id);
                zstd::first_bytes(head, &mut self.decoder, forced, &mut mark) && mark == MARK
            }
            _ => GzDecoder::new(head).read_exact(&mut mark).is_ok() && mark == MARK,
        }
    }
}

impl Read for Stream {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let ready = self.fill_buf()?;
        let count = ready.len().min(buffer.len());
        buffer[..count].copy_from_slice(&ready[..count]);
        self.consume(count);
        Ok(count)
    }
}

/// The bytes of the member: they end where it ends.
impl BufRead for Stream {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.packing.is_some() && self.at == self.ready.len() {
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
