//! WARC files (ISO 28500:2017, and the versions before it): record after record, a capture for each page.

mod content;
mod dictionary;
mod record;
mod revisits;
mod stream;

pub(crate) use dictionary::DICTIONARY_FRAME;
pub use dictionary::MAX_DICTIONARY_BYTES;
pub use revisits::MAX_REMEMBERED_NAMES;
pub(crate) use revisits::{Reopen, Seen};
pub use stream::MAX_RATIO;
pub(crate) use stream::{MARK, SNIFF_PACKED_BYTES};

use crate::buffered::Buffered;
use crate::intake::Item;
use crate::unpack::Packing;
use crate::unreadable::{Reason, Unreadable};
use content::{Content, Found, Page};
use memchr::memmem;
use onrecord_document::{Capture, Origin, Record, RecordPacking};
use onrecord_span::PageBytes;
use record::Header;
use revisits::Place;
use std::io::BufRead;
use stream::Stream;

/// How many line breaks may stand between two records; two should.
const MAX_LINE_BREAKS: u64 = 1 << 20;

/// How much may be read once more to find records behind broken ones: this many times what was read, and as many bytes.
/// A file of nothing but broken records would take forever otherwise.
const AGAIN_TIMES: u64 = 4;
const AGAIN_BYTES: u64 = 256 << 20;

/// How far a record's header is looked for, in bytes, from where one may begin.
const HEADER_AHEAD: usize = 16 << 10;

/// A WARC file that is being read. Holds one page at a time.
pub(crate) struct Warc {
    stream: Stream,
    file: String,
    member: Option<String>,
    /// How to read from it again; `None` if that can't be done.
    reopen: Option<Reopen>,
    /// Its number among the files that were seen.
    place: Option<u32>,
    limit: usize,
    /// Whether it is packed as a whole instead of record by record; known behind the first record.
    whole: Option<bool>,
    /// How many bytes were read more than once.
    again: u64,
    /// Whether it held anything yet.
    any: bool,
    ended: bool,
}

/// Where a record begins.
#[derive(Copy, Clone)]
struct Start {
    member: u64,
    inner: u64,
    /// In the unpacked file.
    unpacked: u64,
}

/// What became of a record.
enum Step {
    Item(Item),
    /// It holds no page, and needn't: the crawler's own notes.
    Silent,
    /// It holds something else than a page.
    Passed,
    End,
}

impl Warc {
    pub(crate) fn new(
        source: Buffered,
        packing: Option<Packing>,
        file: String,
        member: Option<String>,
        reopen: Option<Reopen>,
        limit: usize,
    ) -> Self {
        let stream = Stream::new(source, packing, None);
        Warc { stream, file, member, reopen, place: None, limit, whole: None, again: 0, any: false, ended: false }
    }

    /// The next page or broken record; `None` behind the last. `passed` counts what the web answered and is no page.
    pub(crate) fn next(&mut self, seen: &mut Seen, passed: &mut u64) -> Option<Item> {
        while !self.ended {
            match self.step(seen) {
                Step::Item(item) => {
                    self.any = true;
                    return Some(item);
                }
                Step::Passed => {
                    self.any = true;
                    *passed += 1;
                }
                Step::Silent => self.any = true,
                Step::End => {
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

    fn step(&mut self, seen: &mut Seen) -> Step {
        let begun = self.go_to_record();
        let start =
            Start { member: self.stream.member_start(), inner: self.stream.inner(), unpacked: self.stream.unpacked() };
        match begun {
            Ok(true) => {}
            Ok(false) => return Step::End,
            Err(reason) => return self.broken(start, &reason, None),
        }
        match self.record(start) {
            Ok((header, found)) => self.told(&header, found, start, seen),
            Err((reason, length)) => self.broken(start, &reason, length),
        }
    }

    /// Goes to the next record, past the line breaks before it; `false` at the end.
    fn go_to_record(&mut self) -> Result<bool, Reason> {
        let of = |error: std::io::Error| Reason::of(&error);
        let mut line_breaks = 0;
        loop {
            let ahead = self.stream.peek(MARK.len()).map_err(of)?;
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
            } else if ahead.starts_with(MARK) {
                return Ok(true);
            } else {
                return Err(Reason::NoRecord);
            }
        }
    }

    /// Reads one record. It counts only if it ends where its length says. An error has its length, where that is known.
    fn record(&mut self, start: Start) -> Result<(Header, Found), (Reason, Option<u64>)> {
        let mut content = Content { stream: &mut self.stream, left: u64::MAX, crossed: false };
        let header = Header::read(&mut content).map_err(|reason| (reason, None))?;
        let length = Some(header.content);
        content.left = header.content;
        let source = content.stream.source();
        // Said without going to the end and back.
        if content.stream.packing().is_none()
            && source.size().is_some_and(|size| header.content > size - source.position().min(size))
        {
            return Err((Reason::RecordCutShort, length));
        }
        let found = content::read(&header, &mut content, self.limit);
        let found = found.and_then(|found| content.skip().map(|()| found).map_err(|error| Reason::of(&error)));
        let crossed = content.crossed;
        let found = found.map_err(|reason| (reason, length))?;
        let at_end = self.close().map_err(|reason| (reason, length))?;
        if self.whole.is_none() {
            self.whole = Some(self.stream.packing().is_some() && (crossed || !at_end || start.inner > 0));
        }
        Ok((header, found))
    }

    /// Checks that a record is followed by line breaks and the next one, or by the end of its member, and says which.
    fn close(&mut self) -> Result<bool, Reason> {
        let mut any = false;
        loop {
            let ahead = self.stream.peek(MARK.len()).map_err(|error| Reason::of(&error))?;
            match ahead.first() {
                None => return Ok(true),
                Some(b'\r' | b'\n') => {
                    any = true;
                    self.stream.consume(1);
                }
                Some(_) if any && ahead.starts_with(MARK) => return Ok(false),
                Some(_) => return Err(Reason::WrongLength),
            }
            if self.stream.is_bomb() {
                return Err(Reason::Bomb { ratio: MAX_RATIO });
            }
        }
    }

    /// What is said of a whole record.
    fn told(&mut self, header: &Header, found: Found, start: Start, seen: &mut Seen) -> Step {
        match found {
            Found::Page(page) => {
                self.remember(header, start, seen);
                let origin = self.origin(start, &page);
                self.capture(header, *page, start, origin)
            }
            Found::Other if header.kind == record::Kind::Other || !header.is_on_the_web() => Step::Silent,
            Found::Other => Step::Passed,
            Found::Unreadable(reason) => self.unreadable(start, &reason, Some(header.content)),
            Found::Before => self.revisit(header, start, seen),
        }
    }

    fn capture(&self, header: &Header, page: Page, start: Start, origin: Record) -> Step {
        let Some(bytes) = PageBytes::new(page.bytes) else {
            return self.unreadable(start, &Reason::TooLarge { limit: self.limit }, Some(header.content));
        };
        let mut capture = Capture::new(self.id(start), bytes, page.media);
        capture.url = header.url().map(str::to_owned);
        capture.charset = page.charset;
        capture.fetched = header.date().or(page.answered);
        capture.origin = Origin::Record(Box::new(origin));
        capture.notes = page.notes;
        Step::Item(Item::Capture(capture))
    }

    fn remember(&mut self, header: &Header, start: Start, seen: &mut Seen) {
        let Some(reopen) = &self.reopen else { return };
        if self.whole == Some(true) || start.inner > 0 {
            return;
        }
        let place = *self.place.get_or_insert_with(|| {
            seen.place(Place {
                reopen: reopen.clone(),
                file: self.file.clone(),
                member: self.member.clone(),
                packing: self.stream.packing(),
                dictionary: self.stream.dictionary().cloned(),
            })
        });
        let offset = if self.stream.packing().is_some() { start.member } else { start.unpacked };
        seen.remember(&header.names(), place, offset);
    }

    /// The page that a record says it is the same as.
    fn revisit(&self, header: &Header, start: Start, seen: &Seen) -> Step {
        let meant = header.refers_to();
        for (place, offset) in seen.find(&meant) {
            match again(&place, offset, self.limit) {
                Ok((original, Found::Page(page))) if original.names().meet(&meant) => {
                    let origin = Record {
                        file: place.file.clone(),
                        member: place.member.clone(),
                        packing: Stream::new(
                            Buffered::new(Box::new(std::io::empty())),
                            place.packing,
                            place.dictionary,
                        )
                        .record_packing(false),
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

    fn unreadable(&self, start: Start, reason: &Reason, length: Option<u64>) -> Step {
        Step::Item(Item::Unreadable(Unreadable::new(self.id(start), reason, length)))
    }

    fn id(&self, start: Start) -> String {
        Origin::Record(Box::new(self.at(start))).to_string()
    }

    /// Where a record is, its content left aside.
    fn at(&self, start: Start) -> Record {
        let whole = self.whole == Some(true);
        let packing = self.stream.record_packing(whole);
        let (offset, inner) = match packing {
            RecordPacking::Plain | RecordPacking::GzipWhole | RecordPacking::ZstdWhole => (start.unpacked, 0),
            _ => (start.member, start.inner),
        };
        let (file, member) = (self.file.clone(), self.member.clone());
        Record { file, member, packing, offset, inner, head: 0, length: 0, codings: Vec::new() }
    }

    fn origin(&self, start: Start, page: &Page) -> Record {
        Record { head: page.head, length: page.length, codings: page.codings.clone(), ..self.at(start) }
    }

    /// Says that a record is broken, and goes to the next.
    fn broken(&mut self, start: Start, reason: &Reason, length: Option<u64>) -> Step {
        let step = self.unreadable(start, reason, length);
        if self.find(start, reason).is_err() {
            // A disk that fails was said with the record, or will fail again.
            self.ended = true;
        }
        step
    }

    /// Goes to the next record behind a broken one, if there is one.
    fn find(&mut self, start: Start, reason: &Reason) -> std::io::Result<()> {
        if reason.is_of_the_system() {
            self.ended = true;
            return Ok(());
        }
        let packed = self.stream.packing().is_some();
        if packed && self.stream.inner() == 0 && self.stream.member_start() != start.member {
            // It ended too early, and the next begins here.
            if self.stream.peek(MARK.len()).is_ok_and(|ahead| ahead.starts_with(MARK)) {
                return Ok(());
            }
        }
        let is_damaged = matches!(
            reason,
            Reason::Corrupt(_) | Reason::CutShort(_) | Reason::WindowTooLarge { .. } | Reason::Bomb { .. }
        );
        if packed && (is_damaged || self.whole == Some(false)) {
            return self.find_member(is_damaged);
        }
        let back = self.stream.unpacked().saturating_sub(start.unpacked);
        if self.may_repeat(back) {
            let before = start.unpacked - start.inner.min(start.unpacked);
            let inner = if packed { start.inner + 1 } else { start.unpacked + 1 };
            self.stream.go_back(start.member, before, inner)?;
        }
        match self.find_record() {
            Ok(()) => Ok(()),
            Err(_) if packed => self.find_member(true),
            Err(error) => Err(error),
        }
    }

    /// Goes to the next member that begins a record: from within a damaged one, or from the end of a whole one.
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

    /// Whether so many bytes may be read once more.
    fn may_repeat(&mut self, bytes: u64) -> bool {
        let allowed = self.stream.source().position().saturating_mul(AGAIN_TIMES).saturating_add(AGAIN_BYTES);
        let again = self.again.saturating_add(bytes);
        if again > allowed {
            return false;
        }
        self.again = again;
        true
    }

    /// Searches what is left of the member, and those behind it, for the beginning of a record. It need not begin a line:
    /// where bytes were lost it follows on whatever is left of those before it.
    fn find_record(&mut self) -> std::io::Result<()> {
        const CHUNK: usize = 64 << 10;
        let finder = memmem::Finder::new(MARK);
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
                    if Header::is_certain(self.stream.peek(HEADER_AHEAD)?) {
                        return Ok(());
                    }
                    self.stream.consume(1);
                }
                // Its first bytes may be here.
                None => self.stream.consume(if count < CHUNK { count } else { count - MARK.len() }),
            }
            if self.stream.is_bomb() {
                return Err(Reason::Bomb { ratio: MAX_RATIO }.into());
            }
        }
    }
}

/// Reads a record once more.
fn again(place: &Place, offset: u64, limit: usize) -> Result<(Header, Found), Reason> {
    let of = |error: std::io::Error| Reason::of(&error);
    let mut source = place.reopen.open().map_err(of)?;
    source.go_to(offset).map_err(of)?;
    let mut stream = Stream::new(source, place.packing, place.dictionary.clone());
    if place.packing.is_some() {
        stream.next_member().map_err(of)?;
    }
    let mut content = Content { stream: &mut stream, left: u64::MAX, crossed: false };
    let header = Header::read(&mut content)?;
    content.left = header.content;
    let found = content::read(&header, &mut content, limit)?;
    Ok((header, found))
}
