//! A WARC file (ISO 28500:2017, and earlier versions): where does each record begin and end, and which hold pages?
//!
//! A record counts only if it ends where its length says. After a broken one, the next is searched for.

mod content;
mod dictionary;
mod header;
mod revisits;
mod stream;

pub use dictionary::MAX_DICTIONARY_BYTES;
pub use revisits::MAX_REMEMBERED_NAMES;
pub(crate) use revisits::RecordIndex;
pub use stream::MAX_RATIO;

use crate::formats::{Compression, WARC_MARK};
use crate::item::Item;
use crate::source::{Buffered, Reopener};
use crate::unreadable::{Reason, Unreadable};
use content::{ArchivedPage, ContentReader, RecordContent};
use header::{RecordHeader, RecordKind};
use memchr::memmem;
use onrecord_document::{Capture, Origin, Record, RecordPacking};
use onrecord_span::PageBytes;
use revisits::WarcFile;
use std::io::BufRead;
use stream::MemberStream;

/// The maximum number of line breaks between two records; there should be two.
const MAX_LINE_BREAKS: u64 = 1 << 20;

/// How much may be read again to find records after broken ones: this many times what was read, plus so many bytes.
/// Otherwise a file of nothing but broken records would take forever.
const AGAIN_TIMES: u64 = 4;
const AGAIN_BYTES: u64 = 256 << 20;

/// How many bytes are read to see whether they are the header of a record.
const HEADER_AHEAD: usize = 16 << 10;

/// Reads a WARC file, with one page in memory at a time.
pub(crate) struct Warc {
    stream: MemberStream,
    file: String,
    /// Its name within a WACZ.
    member: Option<String>,
    /// `None` if it can't be read again.
    reopener: Option<Reopener>,
    /// Its number in the [`RecordIndex`].
    number: Option<u32>,
    limit: usize,
    /// Whether it is compressed as a whole instead of record by record; known after the first record.
    whole: Option<bool>,
    /// How many bytes were read more than once.
    again: u64,
    /// Whether it had any record so far.
    any: bool,
    ended: bool,
}

/// Where a record begins.
#[derive(Copy, Clone)]
struct RecordStart {
    /// Where its gzip member or zstd frame begins in the file.
    member: u64,
    /// Its place in the decompressed member.
    inner: u64,
    /// Its place in the decompressed file.
    decompressed: u64,
}

/// What comes of a record.
enum RecordStep {
    Item(Item),
    /// Nothing: it is one of the crawler's own notes.
    Silent,
    /// Nothing: it holds something other than a page.
    Passed,
    End,
}

impl Warc {
    pub(crate) fn new(
        source: Buffered,
        compression: Option<Compression>,
        file: String,
        member: Option<String>,
        reopener: Option<Reopener>,
        limit: usize,
    ) -> Self {
        let stream = MemberStream::new(source, compression, None);
        Warc { stream, file, member, reopener, number: None, limit, whole: None, again: 0, any: false, ended: false }
    }

    /// The next page or broken record; `None` after the last. `passed` counts records of the web that hold no page.
    pub(crate) fn next(&mut self, records: &mut RecordIndex, passed: &mut u64) -> Option<Item> {
        while !self.ended {
            match self.step(records) {
                RecordStep::Item(item) => {
                    self.any = true;
                    return Some(item);
                }
                RecordStep::Passed => {
                    self.any = true;
                    *passed += 1;
                }
                RecordStep::Silent => self.any = true,
                RecordStep::End => {
                    self.ended = true;
                    if !self.any {
                        let id =
                            self.member.as_ref().map_or(self.file.clone(), |member| format!("{}!{member}", self.file));
                        return Some(Item::Unreadable(Unreadable::new(id, &Reason::Empty, None)));
                    }
                }
            }
        }
        None
    }

    fn step(&mut self, records: &mut RecordIndex) -> RecordStep {
        let begun = self.go_to_record();
        let start = RecordStart {
            member: self.stream.member_start(),
            inner: self.stream.inner(),
            decompressed: self.stream.decompressed(),
        };
        match begun {
            Ok(true) => {}
            Ok(false) => return RecordStep::End,
            Err(reason) => return self.broken(start, &reason, None),
        }
        match self.record(start) {
            Ok((header, payload)) => self.step_for(&header, payload, start, records),
            Err((reason, length)) => self.broken(start, &reason, length),
        }
    }

    /// Goes to the next record and past the line breaks before it; `false` at the end.
    fn go_to_record(&mut self) -> Result<bool, Reason> {
        let of = |error: std::io::Error| Reason::of(&error);
        let mut line_breaks = 0;
        loop {
            let ahead = self.stream.peek(WARC_MARK.len()).map_err(of)?;
            let count = ahead.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
            if ahead.is_empty() {
                if !self.stream.next_member().map_err(of)? {
                    return Ok(false);
                }
            } else if count > 0 {
                self.stream.consume(count);
                line_breaks += count as u64;
                if line_breaks > MAX_LINE_BREAKS {
                    return Err(Reason::NoRecord);
                }
            } else if ahead.starts_with(WARC_MARK) {
                return Ok(true);
            } else {
                return Err(Reason::NoRecord);
            }
        }
    }

    /// Reads one record, which must end where its length says. An error comes with the length, if that is known.
    fn record(&mut self, start: RecordStart) -> Result<(RecordHeader, RecordContent), (Reason, Option<u64>)> {
        let mut content = ContentReader { stream: &mut self.stream, left: u64::MAX, crossed: false };
        let header = RecordHeader::read(&mut content).map_err(|reason| (reason, None))?;
        let length = Some(header.content);
        content.left = header.content;
        let source = content.stream.source();
        // Known without going to the end and back.
        if content.stream.compression().is_none()
            && source.size().is_some_and(|size| header.content > size - source.position().min(size))
        {
            return Err((Reason::RecordCutShort, length));
        }
        let payload = content::read(&header, &mut content, self.limit);
        let payload = payload.and_then(|payload| content.skip().map(|()| payload).map_err(|error| Reason::of(&error)));
        let crossed = content.crossed;
        let payload = payload.map_err(|reason| (reason, length))?;
        let at_end = self.close().map_err(|reason| (reason, length))?;
        if self.whole.is_none() {
            self.whole = Some(self.stream.compression().is_some() && (crossed || !at_end || start.inner > 0));
        }
        Ok((header, payload))
    }

    /// Checks that a record is followed by line breaks and another record, or by the end of its member; `true` if by the
    /// end.
    fn close(&mut self) -> Result<bool, Reason> {
        let mut any = false;
        loop {
            let ahead = self.stream.peek(WARC_MARK.len()).map_err(|error| Reason::of(&error))?;
            match ahead.first() {
                None => return Ok(true),
                Some(b'\r' | b'\n') => {
                    any = true;
                    self.stream.consume(1);
                }
                Some(_) if any && ahead.starts_with(WARC_MARK) => return Ok(false),
                Some(_) => return Err(Reason::WrongLength),
            }
            if self.stream.is_bomb() {
                return Err(Reason::Bomb { ratio: MAX_RATIO });
            }
        }
    }

    /// What comes of a whole record.
    fn step_for(
        &mut self,
        header: &RecordHeader,
        payload: RecordContent,
        start: RecordStart,
        records: &mut RecordIndex,
    ) -> RecordStep {
        match payload {
            RecordContent::Page(page) => {
                self.remember(header, start, records);
                let origin = self.origin(start, &page);
                self.capture(header, *page, start, origin)
            }
            RecordContent::Other if header.kind == RecordKind::Other || !header.is_on_the_web() => RecordStep::Silent,
            RecordContent::Other => RecordStep::Passed,
            RecordContent::Unreadable(reason) => self.unreadable(start, &reason, Some(header.content)),
            RecordContent::Revisit => self.revisit(header, start, records),
        }
    }

    fn capture(&self, header: &RecordHeader, page: ArchivedPage, start: RecordStart, origin: Record) -> RecordStep {
        let Some(bytes) = PageBytes::new(page.bytes) else {
            return self.unreadable(start, &Reason::TooLarge { limit: self.limit }, Some(header.content));
        };
        let mut capture = Capture::new(self.id(start), bytes, page.media);
        capture.url = header.url().map(str::to_owned);
        capture.charset = page.charset;
        capture.fetched = header.date().or(page.answered);
        capture.origin = Origin::Record(Box::new(origin));
        capture.notes = page.notes;
        RecordStep::Item(Item::Capture(capture))
    }

    /// Adds a record to the index, if it can be read again.
    fn remember(&mut self, header: &RecordHeader, start: RecordStart, records: &mut RecordIndex) {
        let Some(reopener) = &self.reopener else { return };
        if self.whole == Some(true) || start.inner > 0 {
            return;
        }
        let number = *self.number.get_or_insert_with(|| {
            records.add_file(WarcFile {
                reopener: reopener.clone(),
                file: self.file.clone(),
                member: self.member.clone(),
                compression: self.stream.compression(),
                dictionary: self.stream.dictionary().cloned(),
            })
        });
        let offset = if self.stream.compression().is_some() { start.member } else { start.decompressed };
        records.add(&header.names(), number, offset);
    }

    /// The page that a record says had not changed.
    fn revisit(&self, header: &RecordHeader, start: RecordStart, records: &RecordIndex) -> RecordStep {
        let wanted = header.refers_to();
        for (file, offset) in records.find(&wanted) {
            match read_again(&file, offset, self.limit) {
                Ok((original, RecordContent::Page(page))) if original.names().meet(&wanted) => {
                    let nothing = Buffered::new(Box::new(std::io::empty()));
                    let stream = MemberStream::new(nothing, file.compression, file.dictionary);
                    let origin = Record {
                        file: file.file.clone(),
                        member: file.member.clone(),
                        packing: stream.record_packing(false),
                        offset,
                        inner: 0,
                        head: page.head,
                        length: page.length,
                        codings: page.codings.clone(),
                    };
                    return self.capture(header, *page, start, origin);
                }
                _ => {}
            }
        }
        self.unreadable(start, &Reason::Revisit, None)
    }

    fn unreadable(&self, start: RecordStart, reason: &Reason, length: Option<u64>) -> RecordStep {
        RecordStep::Item(Item::Unreadable(Unreadable::new(self.id(start), reason, length)))
    }

    fn id(&self, start: RecordStart) -> String {
        Origin::Record(Box::new(self.at(start))).to_string()
    }

    /// Where a record is, without its content.
    fn at(&self, start: RecordStart) -> Record {
        let whole = self.whole == Some(true);
        let packing = self.stream.record_packing(whole);
        let (offset, inner) = match packing {
            RecordPacking::Plain | RecordPacking::GzipWhole | RecordPacking::ZstdWhole => (start.decompressed, 0),
            _ => (start.member, start.inner),
        };
        let (file, member) = (self.file.clone(), self.member.clone());
        Record { file, member, packing, offset, inner, head: 0, length: 0, codings: Vec::new() }
    }

    fn origin(&self, start: RecordStart, page: &ArchivedPage) -> Record {
        Record { head: page.head, length: page.length, codings: page.codings.clone(), ..self.at(start) }
    }

    /// Reports a broken record, and goes to the next.
    fn broken(&mut self, start: RecordStart, reason: &Reason, length: Option<u64>) -> RecordStep {
        let step = self.unreadable(start, reason, length);
        if self.find(start, reason).is_err() {
            // A disk that fails was reported with the record, or will fail again.
            self.ended = true;
        }
        step
    }

    /// Goes to the next record after a broken one, if there is one.
    fn find(&mut self, start: RecordStart, reason: &Reason) -> std::io::Result<()> {
        if reason.is_system_error() {
            self.ended = true;
            return Ok(());
        }
        let is_compressed = self.stream.compression().is_some();
        if is_compressed && self.stream.inner() == 0 && self.stream.member_start() != start.member {
            // It ended too early, and the next one begins here.
            if self.stream.peek(WARC_MARK.len()).is_ok_and(|ahead| ahead.starts_with(WARC_MARK)) {
                return Ok(());
            }
        }
        let is_damaged = matches!(
            reason,
            Reason::Corrupt(_) | Reason::CutShort(_) | Reason::WindowTooLarge { .. } | Reason::Bomb { .. }
        );
        if is_compressed && (is_damaged || self.whole == Some(false)) {
            return self.find_member(is_damaged);
        }
        let back = self.stream.decompressed().saturating_sub(start.decompressed);
        if self.may_repeat(back) {
            let before = start.decompressed - start.inner.min(start.decompressed);
            let inner = if is_compressed { start.inner + 1 } else { start.decompressed + 1 };
            self.stream.go_back(start.member, before, inner)?;
        }
        match self.find_record() {
            Ok(()) => Ok(()),
            Err(_) if is_compressed => self.find_member(true),
            Err(error) => Err(error),
        }
    }

    /// Goes to the next member that begins a record: from inside a damaged one, or from the end of a whole one.
    fn find_member(&mut self, is_damaged: bool) -> std::io::Result<()> {
        if !is_damaged && self.stream.skip(u64::MAX).is_ok() {
            return Ok(());
        }
        let here = self.stream.source().position();
        let member = self.stream.member_start() + 1;
        let back = here.saturating_sub(member) + self.stream.inner();
        let from = if self.may_repeat(back) { member } else { here };
        self.stream.find_member(from).map(|_| ())
    }

    /// Whether so many bytes may be read again.
    fn may_repeat(&mut self, bytes: u64) -> bool {
        let allowed = self.stream.source().position().saturating_mul(AGAIN_TIMES).saturating_add(AGAIN_BYTES);
        let again = self.again.saturating_add(bytes);
        if again > allowed {
            return false;
        }
        self.again = again;
        true
    }

    /// Searches the rest of the member, and those after it, for the beginning of a record. It need not begin a line: if
    /// bytes were lost, it follows whatever is left of the record before.
    fn find_record(&mut self) -> std::io::Result<()> {
        const CHUNK: usize = 64 << 10;
        let finder = memmem::Finder::new(WARC_MARK);
        loop {
            let ahead = self.stream.peek(CHUNK)?;
            let count = ahead.len();
            if count == 0 {
                if !self.stream.next_member()? {
                    return Ok(());
                }
                continue;
            }
            match finder.find(ahead) {
                Some(at) => {
                    self.stream.consume(at);
                    if RecordHeader::is_certain(self.stream.peek(HEADER_AHEAD)?) {
                        return Ok(());
                    }
                    self.stream.consume(1);
                }
                // A record's first bytes may be at the end.
                None => self.stream.consume(if count < CHUNK { count } else { count - WARC_MARK.len() }),
            }
            if self.stream.is_bomb() {
                return Err(Reason::Bomb { ratio: MAX_RATIO }.into());
            }
        }
    }
}

/// Reads a record again.
fn read_again(file: &WarcFile, offset: u64, limit: usize) -> Result<(RecordHeader, RecordContent), Reason> {
    let of = |error: std::io::Error| Reason::of(&error);
    let mut source = file.reopener.open().map_err(of)?;
    source.go_to(offset).map_err(of)?;
    let mut stream = MemberStream::new(source, file.compression, file.dictionary.clone());
    if file.compression.is_some() {
        stream.next_member().map_err(of)?;
    }
    let mut content = ContentReader { stream: &mut stream, left: u64::MAX, crossed: false };
    let header = RecordHeader::read(&mut content)?;
    content.left = header.content;
    let payload = content::read(&header, &mut content, limit)?;
    Ok((header, payload))
}
