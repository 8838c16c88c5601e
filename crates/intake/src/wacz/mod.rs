//! WACZ files: web archives in a ZIP archive (Webrecorder's WACZ 1.1.1).

mod zip;

pub(crate) use zip::LOCAL;
pub use zip::{MAX_ARCHIVE_FILES, MAX_NAME_BYTES};

use crate::buffered::Buffered;
use crate::intake::Item;
use crate::names::Named;
use crate::unpack::{Unpacked, unpack};
use crate::unreadable::{Reason, Unreadable};
use crate::warc::{MAX_RATIO, Reopen, Seen, Warc};
use flate2::bufread::DeflateDecoder;
use onrecord_document::Coding;
use std::collections::{BTreeMap, HashSet};
use std::io::{self, Read};
use zip::{Directory, Entry};

/// The largest WACZ that can be read where its end can't be looked at first, in bytes: within compression, and from a
/// pipe. It is then held in memory.
pub const MAX_PIPED_WACZ_BYTES: u64 = 128 << 20;

/// What every WACZ has.
const PACKAGE: &str = "datapackage.json";

/// Unpacked bytes of a deflated file that are never called too many.
const FREE_BYTES: u64 = 64 << 20;

/// A WACZ that is being read: its WARC files in the order of its directory.
pub(crate) struct Wacz {
    reopen: Reopen,
    source: Buffered,
    file: String,
    entries: std::vec::IntoIter<Entry>,
    /// What is said behind everything else.
    last: Vec<Reason>,
    names: HashSet<String>,
    /// Where in the file those that were read begin and end.
    taken: BTreeMap<u64, u64>,
    warc: Option<Box<Warc>>,
    limit: usize,
}

impl Wacz {
    /// Opens a ZIP archive; refuses one that is no WACZ.
    pub(crate) fn open(reopen: Reopen, file: String, limit: usize) -> Result<Self, Reason> {
        let mut source = reopen.open().map_err(|error| Reason::of(&error))?;
        let wanted = |name: &str| matches!(Named::of(name), Named::Warc | Named::Wacz) || name == PACKAGE;
        let directory = Directory::read(&mut source, wanted).map_err(|error| Reason::of(&error))?;
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
        Ok(Wacz { reopen, source, file, entries: entries.into_iter(), last, names, taken, warc: None, limit })
    }

    /// The next page or broken record; `None` behind the last. See [`Warc::next`].
    pub(crate) fn next(&mut self, seen: &mut Seen, passed: &mut u64) -> Option<Item> {
        loop {
            if let Some(warc) = &mut self.warc {
                if let Some(item) = warc.next(seen, passed) {
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
                    return Some(Item::Unreadable(Unreadable::new(id, &reason, Some(entry.packed))));
                }
            }
        }
    }

    fn begin(&mut self, entry: &Entry) -> Result<Warc, Reason> {
        if leads_out(&entry.name) || entry.long_name {
            return Err(Reason::NameOfFile);
        }
        if Named::of(&entry.name) == Named::Wacz {
            return Err(Reason::WaczInWacz);
        }
        if !self.names.insert(entry.name.clone()) {
            return Err(Reason::SameName);
        }
        if entry.encrypted {
            return Err(Reason::Encrypted);
        }
        let start = zip::data(&mut self.source, entry.header)?;
        let end = start.saturating_add(entry.packed).min(self.source.size().unwrap_or_default());
        let before = self.taken.range(..end).next_back();
        if before.is_some_and(|(_, taken)| *taken > entry.header) {
            return Err(Reason::Overlap);
        }
        self.taken.insert(entry.header, end);
        let reopen = self.reopen.within(start, end.saturating_sub(start));
        let source = reopen.open().map_err(|error| Reason::of(&error))?;
        let (source, reopen) = match entry.method {
            0 => (source, Some(reopen)),
            8 => (Buffered::new(Box::new(Deflated { decoder: DeflateDecoder::new(source) })), None),
            _ => return Err(Reason::ZipMethod),
        };
        match unpack(source, Some(Named::Warc))? {
            Unpacked::Warc(source, packing) => {
                let reopen = reopen.filter(|_| source.size().is_some());
                let member = Some(entry.name.clone());
                Ok(Warc::new(source, packing, self.file.clone(), member, reopen, self.limit))
            }
            _ => Err(Reason::NoRecord),
        }
    }
}

/// Whether a name is one that a careless program would write elsewhere than it was told to, or that hides something.
fn leads_out(name: &str) -> bool {
    let is_above = name.split(['/', '\\']).any(|part| part == "..");
    is_above || name.starts_with(['/', '\\']) || name.contains(':') || name.chars().any(char::is_control)
}

/// A deflated file.
struct Deflated {
    decoder: DeflateDecoder<Buffered>,
}

impl Read for Deflated {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let (read, given) = (self.decoder.total_in(), self.decoder.total_out());
        if given > FREE_BYTES && given / MAX_RATIO > read {
            return Err(Reason::Bomb { ratio: MAX_RATIO }.into());
        }
        self.decoder.read(buffer).map_err(|error| match error.kind() {
            io::ErrorKind::Interrupted => error,
            _ if Reason::of(&error).is_of_the_system() && error.raw_os_error().is_some() => error,
            _ => Reason::DamagedCoding(Coding::Deflate).into(),
        })
    }
}
