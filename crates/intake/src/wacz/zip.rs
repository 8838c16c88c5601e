//! Which files are in a ZIP archive (PKWARE's APPNOTE.TXT 6.3.10, sections 4.3 and 4.5.3)?

use crate::formats::ZIP_FILE_MARK;
use crate::source::Buffered;
use crate::unreadable::Reason;
use std::io;

/// The maximum number of files in an archive that are listed, of those that may hold pages.
pub const MAX_ARCHIVE_FILES: usize = 10_000;
/// The longest name of a file, in bytes.
pub const MAX_NAME_BYTES: usize = 4096;

/// The largest record at the end of the directory: its fixed part and a comment.
const MAX_END: u64 = 22 + 65_535;
const END: &[u8] = b"PK\x05\x06";
const END_64: &[u8] = b"PK\x06\x06";
const END_64_LOCATOR: &[u8] = b"PK\x06\x07";
const ENTRY: &[u8] = b"PK\x01\x02";

/// The compression methods that are read.
pub(crate) const STORED: u16 = 0;
pub(crate) const DEFLATED: u16 = 8;

/// A file in an archive.
#[derive(Clone, Debug)]
pub(crate) struct ZipEntry {
    pub(crate) name: String,
    pub(crate) encrypted: bool,
    /// [`STORED`], [`DEFLATED`] or one that is not read.
    pub(crate) method: u16,
    /// Where its local header is.
    pub(crate) header: u64,
    /// Its compressed size, in bytes.
    pub(crate) compressed_size: u64,
    /// Whether its name was longer than [`MAX_NAME_BYTES`] and was cut.
    pub(crate) long_name: bool,
}

/// The files of an archive.
#[derive(Debug, Default)]
pub(crate) struct ZipDirectory {
    pub(crate) entries: Vec<ZipEntry>,
    /// Whether the archive has lost its directory, and these are the files that were found from its beginning on.
    pub(crate) lost: bool,
    /// Whether there were more than [`MAX_ARCHIVE_FILES`].
    pub(crate) more: bool,
}

impl ZipDirectory {
    /// Lists the files whose names are wanted, in the order of the directory.
    pub(crate) fn read(source: &mut Buffered, wanted: impl Fn(&str) -> bool) -> io::Result<Self> {
        match end(source)? {
            Some((offset, length)) => listed(source, offset, length, wanted),
            None => found(source, wanted),
        }
    }

    fn push(&mut self, entry: ZipEntry) -> bool {
        self.more = self.entries.len() == MAX_ARCHIVE_FILES;
        if !self.more {
            self.entries.push(entry);
        }
        !self.more
    }
}

/// Where the directory begins, and its size in bytes; `None` if it was not found.
fn end(source: &mut Buffered) -> io::Result<Option<(u64, u64)>> {
    let size = source.size().unwrap_or_default();
    let start = size.saturating_sub(MAX_END);
    source.go_to(start)?;
    let tail = source.peek((size - start) as usize)?;
    let is_end = |at: &usize| {
        let comment = u16_at(&tail[*at..], 20).map(usize::from);
        tail[*at..].starts_with(END) && comment.is_some_and(|length| at + 22 + length <= tail.len())
    };
    let Some(at) = (0..tail.len()).rev().find(is_end) else { return Ok(None) };
    let record = &tail[at..];
    let place = (u64::from(u32_at(record, 16).unwrap_or_default()), u64::from(u32_at(record, 12).unwrap_or_default()));
    let locator =
        at.checked_sub(20).map(|locator| &tail[locator..at]).filter(|bytes| bytes.starts_with(END_64_LOCATOR));
    let Some(end_64) = locator.and_then(|locator| u64_at(locator, 8)) else { return Ok(Some(place)) };
    source.go_to(end_64)?;
    let record = source.peek(56)?;
    let place = u64_at(record, 48).zip(u64_at(record, 40)).filter(|_| record.starts_with(END_64));
    Ok(place)
}

fn listed(source: &mut Buffered, offset: u64, length: u64, wanted: impl Fn(&str) -> bool) -> io::Result<ZipDirectory> {
    let mut directory = ZipDirectory::default();
    source.go_to(offset)?;
    let end = offset.saturating_add(length);
    while source.position() < end {
        let head = source.peek(46)?;
        let (Some(names), true) = (u16_at(head, 28), head.starts_with(ENTRY) && head.len() >= 46) else {
            return Err(Reason::DamagedZip.into());
        };
        let (name_length, extra_length) = (usize::from(names), usize::from(u16_at(head, 30).unwrap_or_default()));
        let comment = usize::from(u16_at(head, 32).unwrap_or_default());
        let all = 46 + name_length + extra_length;
        let head = source.peek(all)?;
        if head.len() < all {
            return Err(Reason::DamagedZip.into());
        }
        let name = &head[46..46 + name_length];
        let extra = Zip64Sizes::of(&head[46 + name_length..all]);
        let is_wanted = wanted(&String::from_utf8_lossy(name));
        let shown = String::from_utf8_lossy(&name[..name.len().min(MAX_NAME_BYTES)]).into_owned();
        let compressed_size = extra.compressed_size(u32_at(head, 20), u32_at(head, 24) == Some(u32::MAX));
        let header = extra.header(u32_at(head, 42), u32_at(head, 24), u32_at(head, 20));
        let entry = ZipEntry {
            encrypted: u16_at(head, 8).unwrap_or_default() & 1 != 0,
            method: u16_at(head, 10).unwrap_or_default(),
            header,
            compressed_size,
            long_name: name.len() > MAX_NAME_BYTES,
            name: shown,
        };
        source.skip((all + comment) as u64)?;
        if is_wanted && !directory.push(entry) {
            break;
        }
    }
    Ok(directory)
}

/// The extra field of sizes and places beyond 4 GiB (section 4.5.3): those that the fixed part has no room for, in a fixed
/// order.
struct Zip64Sizes(Vec<u64>);

impl Zip64Sizes {
    fn of(mut extra: &[u8]) -> Self {
        while let (Some(id), Some(length)) = (u16_at(extra, 0), u16_at(extra, 2)) {
            let Some(field) = extra.get(4..4 + usize::from(length)) else { break };
            if id == 1 {
                return Zip64Sizes(field.chunks_exact(8).filter_map(|value| u64_at(value, 0)).collect());
            }
            extra = &extra[4 + usize::from(length)..];
        }
        Zip64Sizes(Vec::new())
    }

    /// The compressed size, which comes after the decompressed one if that is in the field too.
    fn compressed_size(&self, fixed: Option<u32>, size_is_here: bool) -> u64 {
        match fixed {
            Some(u32::MAX) => self.0.get(usize::from(size_is_here)).copied().unwrap_or_default(),
            fixed => u64::from(fixed.unwrap_or_default()),
        }
    }

    /// The place of the local header, which comes after the sizes that are in the field too.
    fn header(&self, header: Option<u32>, size: Option<u32>, compressed_size: Option<u32>) -> u64 {
        let before = [size, compressed_size].into_iter().filter(|value| *value == Some(u32::MAX)).count();
        match header {
            Some(u32::MAX) => self.0.get(before).copied().unwrap_or(u64::MAX),
            header => u64::from(header.unwrap_or_default()),
        }
    }
}

/// Finds file after file from the beginning on, as long as their headers say how large they are.
fn found(source: &mut Buffered, wanted: impl Fn(&str) -> bool) -> io::Result<ZipDirectory> {
    let mut directory = ZipDirectory { lost: true, ..ZipDirectory::default() };
    source.go_to(0)?;
    loop {
        let header = source.position();
        let head = source.peek(30)?;
        let (Some(names), true) = (u16_at(head, 26), head.starts_with(ZIP_FILE_MARK) && head.len() >= 30) else {
            break;
        };
        let (name_length, extra_length) = (usize::from(names), usize::from(u16_at(head, 28).unwrap_or_default()));
        let all = 30 + name_length + extra_length;
        let head = source.peek(all)?;
        if head.len() < all {
            break;
        }
        let (flags, compressed_size) = (u16_at(head, 6).unwrap_or_default(), u32_at(head, 18));
        let name = &head[30..30 + name_length];
        let extra = Zip64Sizes::of(&head[30 + name_length..all]);
        let is_wanted = wanted(&String::from_utf8_lossy(name));
        let mut entry = ZipEntry {
            encrypted: flags & 1 != 0,
            method: u16_at(head, 8).unwrap_or_default(),
            header,
            compressed_size: extra.compressed_size(compressed_size, u32_at(head, 22) == Some(u32::MAX)),
            long_name: name.len() > MAX_NAME_BYTES,
            name: String::from_utf8_lossy(&name[..name.len().min(MAX_NAME_BYTES)]).into_owned(),
        };
        // Its size comes after it: all that follows belongs to it, and no file after it can be found.
        let is_last = flags & 8 != 0 && entry.compressed_size == 0;
        if is_last {
            entry.compressed_size = u64::MAX;
        }
        let next = entry.compressed_size;
        source.skip(all as u64)?;
        if (is_wanted && !directory.push(entry)) || is_last {
            break;
        }
        source.skip(next)?;
    }
    Ok(directory)
}

/// Where the content of a file begins, after its local header.
pub(crate) fn content_start(source: &mut Buffered, header: u64) -> Result<u64, Reason> {
    source.go_to(header).map_err(|error| Reason::of(&error))?;
    let head = source.peek(30).map_err(|error| Reason::of(&error))?;
    match (u16_at(head, 26), u16_at(head, 28)) {
        (Some(name), Some(extra)) if head.starts_with(ZIP_FILE_MARK) => {
            Ok(header + 30 + u64::from(name) + u64::from(extra))
        }
        _ => Err(Reason::DamagedZip),
    }
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..at + 2)?.try_into().ok().map(u16::from_le_bytes)
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at + 4)?.try_into().ok().map(u32::from_le_bytes)
}

fn u64_at(bytes: &[u8], at: usize) -> Option<u64> {
    bytes.get(at..at + 8)?.try_into().ok().map(u64::from_le_bytes)
}
