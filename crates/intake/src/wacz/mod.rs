//! A WACZ, a ZIP archive of web archives (Webrecorder's WACZ 1.1.1): which WARC files does it hold, and which names and
//! places in it are wrong?

mod zip;

pub use zip::{MAX_ARCHIVE_FILES, MAX_NAME_BYTES};

use crate::compression::{Contents, unpack};
use crate::formats::FileKind;
use crate::item::Item;
use crate::source::{Buffered, Reopener};
use crate::unreadable::{Reason, Unreadable};
use crate::warc::{MAX_RATIO, RecordIndex, Warc};
use flate2::bufread::DeflateDecoder;
use onrecord_document::Coding;
use std::collections::{BTreeMap, HashSet};
use std::io::{self, Read};
use zip::{ZipDirectory, ZipEntry};

/// The largest WACZ that is read from a pipe or under compression, in bytes. Its end must be read first, so it is held in
/// memory.
pub const MAX_PIPED_WACZ_BYTES: u64 = 128 << 20;

/// What every WACZ has.
const PACKAGE: &str = "datapackage.json";

/// How many decompressed bytes of a file are never too many.
const FREE_BYTES: u64 = 64 << 20;

/// Reads the WARC files of a WACZ in the order of its directory.
pub(crate) struct Wacz {
    reopener: Reopener,
    source: Buffered,
    file: String,
    entries: std::vec::IntoIter<ZipEntry>,
    /// What is wrong with the archive as a whole, reported last.
    last: Vec<Reason>,
    /// The names of the files so far.
    names: HashSet<String>,
    /// Where in the archive the files so far begin and end.
    taken: BTreeMap<u64, u64>,
    warc: Option<Box<Warc>>,
    limit: usize,
}

impl Wacz {
    /// Opens a ZIP archive; an error if it is not a WACZ.
    pub(crate) fn open(reopener: Reopener, file: String, limit: usize) -> Result<Self, Reason> {
        let mut source = reopener.open().map_err(|error| Reason::of(&error))?;
        let wanted = |name: &str| matches!(FileKind::by_name(name), FileKind::Warc | FileKind::Wacz) || name == PACKAGE;
        let directory = ZipDirectory::read(&mut source, wanted).map_err(|error| Reason::of(&error))?;
        let mut entries = directory.entries;
        let is_wacz = !entries.is_empty();
        entries.retain(|entry| entry.name != PACKAGE);
        match (is_wacz, entries.is_empty(), directory.lost) {
            (false, _, true) => return Err(Reason::DamagedZip),
            (false, ..) => return Err(Reason::NotAPage("a ZIP archive")),
            (true, true, _) => return Err(Reason::NoWarc),
            _ => {}
        }
        let mut last = Vec::new();
        if directory.lost {
            last.push(Reason::LostDirectory);
        }
        if directory.more {
            last.push(Reason::TooManyFiles { limit: MAX_ARCHIVE_FILES });
        }
        let (names, taken) = (HashSet::new(), BTreeMap::new());
        Ok(Wacz { reopener, source, file, entries: entries.into_iter(), last, names, taken, warc: None, limit })
    }

    /// The next page or broken record; `None` after the last. See [`Warc::next`].
    pub(crate) fn next(&mut self, records: &mut RecordIndex, passed: &mut u64) -> Option<Item> {
        loop {
            if let Some(warc) = &mut self.warc {
                if let Some(item) = warc.next(records, passed) {
                    return Some(item);
                }
                self.warc = None;
            }
            let Some(entry) = self.entries.next() else {
                let reason = self.last.pop()?;
                return Some(Item::Unreadable(Unreadable::new(self.file.clone(), &reason, None)));
            };
            match self.begin(&entry) {
                Ok(warc) => self.warc = Some(Box::new(warc)),
                Err(reason) => {
                    let id = format!("{}!{}", self.file, entry.name);
                    return Some(Item::Unreadable(Unreadable::new(id, &reason, Some(entry.compressed_size))));
                }
            }
        }
    }

    fn begin(&mut self, entry: &ZipEntry) -> Result<Warc, Reason> {
        if leads_out(&entry.name) || entry.long_name {
            return Err(Reason::NameOfFile);
        }
        if FileKind::by_name(&entry.name) == FileKind::Wacz {
            return Err(Reason::WaczInWacz);
        }
        if !self.names.insert(entry.name.clone()) {
            return Err(Reason::SameName);
        }
        if entry.encrypted {
            return Err(Reason::Encrypted);
        }
        let start = zip::content_start(&mut self.source, entry.header)?;
        let end = start.saturating_add(entry.compressed_size).min(self.source.size().unwrap_or_default());
        let before = self.taken.range(..end).next_back();
        if before.is_some_and(|(_, taken)| *taken > entry.header) {
            return Err(Reason::Overlap);
        }
        self.taken.insert(entry.header, end);
        let reopener = self.reopener.within(start, end.saturating_sub(start));
        let source = reopener.open().map_err(|error| Reason::of(&error))?;
        let (source, reopener) = match entry.method {
            zip::STORED => (source, Some(reopener)),
            zip::DEFLATED => (Buffered::new(Box::new(Inflater { decoder: DeflateDecoder::new(source) })), None),
            _ => return Err(Reason::ZipMethod),
        };
        match unpack(source, Some(FileKind::Warc))? {
            Contents::Warc(source, compression) => {
                let reopener = reopener.filter(|_| source.size().is_some());
                let member = Some(entry.name.clone());
                Ok(Warc::new(source, compression, self.file.clone(), member, reopener, self.limit))
            }
            _ => Err(Reason::NoRecord),
        }
    }
}

/// Whether a careless program would write a file of this name outside its folder, or the name hides something.
fn leads_out(name: &str) -> bool {
    let is_above = name.split(['/', '\\']).any(|part| part == "..");
    is_above || name.starts_with(['/', '\\']) || name.contains(':') || name.chars().any(char::is_control)
}

/// Decompresses a file, unless it is out of all proportion to its compressed bytes.
struct Inflater {
    decoder: DeflateDecoder<Buffered>,
}

impl Read for Inflater {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let (read, given) = (self.decoder.total_in(), self.decoder.total_out());
        if given > FREE_BYTES && given / MAX_RATIO > read {
            return Err(Reason::Bomb { ratio: MAX_RATIO }.into());
        }
        self.decoder.read(buffer).map_err(|error| match error.kind() {
            io::ErrorKind::Interrupted => error,
            _ if Reason::of(&error).is_system_error() && error.raw_os_error().is_some() => error,
            _ => Reason::DamagedCoding(Coding::Deflate).into(),
        })
    }
}
