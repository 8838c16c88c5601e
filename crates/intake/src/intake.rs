//! The iterator over everything that is to be read.

use crate::buffered::Buffered;
use crate::detect::{detect, known_head};
use crate::gone::Gone;
use crate::lines::Lines;
use crate::listing::{self, Entry};
use crate::mhtml::{self, is_mhtml};
use crate::names::Named;
use crate::page::read_page;
use crate::unpack::{Unpacked, unpack};
use crate::unreadable::{Reason, Unreadable};
use crate::wacz::{MAX_PIPED_WACZ_BYTES, Wacz};
use crate::warc::{Reopen, Seen, Warc};
use onrecord_document::{Capture, Media};
use onrecord_span::MAX_BUFFER;
use std::fs::File;
use std::io::{self, Read};
use std::path::PathBuf;

/// The largest page, in bytes: a file after decompression, or one line of jsonl.
pub const MAX_PAGE_BYTES: usize = 64 << 20;

/// What files are taken for.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq)]
pub enum Input {
    /// Told by the content, then by the name.
    #[default]
    Auto,
    /// Web pages.
    Html,
    /// The file is the text.
    Text,
    /// One JSON object a line.
    Jsonl,
}

/// How to read.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// What files are taken for. Whatever it says, a PDF or an image is no page.
    pub input: Input,
    /// The largest page in bytes, [`MAX_PAGE_BYTES`] by default; at most [`MAX_BUFFER`] counts.
    pub max_page_bytes: usize,
}

impl Default for Options {
    fn default() -> Self {
        Options { input: Input::Auto, max_page_bytes: MAX_PAGE_BYTES }
    }
}

/// What one line of output is about.
#[derive(Clone, Debug)]
pub enum Item {
    /// A page with its bytes.
    Capture(Capture),
    /// What could not be read, and why.
    Unreadable(Unreadable),
}

impl Item {
    /// How the output names it.
    ///
    /// The path as given, joined with the path inside a folder (`dir/sub/a.html`, and `a.html.gz` as it is); `-` for
    /// standard input; `FILE!OFFSET` for a record of a web archive (see [`onrecord_document::Record::offset`]); for a line of jsonl its own `"id"`, or `PATH#LINE` where it has none, an empty one, or one that
    /// is no string. Parts of a path that are not Unicode are replaced by U+FFFD.
    pub fn id(&self) -> &str {
        match self {
            Item::Capture(capture) => &capture.id,
            Item::Unreadable(unreadable) => &unreadable.id,
        }
    }
}

/// Everything below some paths, one page at a time and in a fixed order.
///
/// - A folder is walked with all below it, by the bytes of the names; only `.html .htm .xhtml .txt .jsonl .warc .wacz
///   .mhtml .mht`, and `.gz` and `.zst` of these, are read from it. A file named outright is read whatever its name.
/// - A page of jsonl is one line without its line feed; a carriage return before that belongs to the page, being white
///   space in JSON. Blank lines are no pages. The file is streamed, however long it is.
/// - An error ends a file, not the iteration: see [`Unreadable`].
pub struct Intake {
    entries: std::vec::IntoIter<Entry>,
    /// The file that is being read, where it holds several pages.
    open: Option<Open>,
    /// The records of web archives so far.
    seen: Seen,
    passed: u64,
    /// A reader given instead of paths, and its name.
    reader: Option<(String, Box<dyn Read + Send>)>,
    options: Options,
    skipped: u64,
    total: Option<u64>,
    begun: u64,
    /// Of the file that was begun last: how far it is read, and its size in bytes, where that is known.
    within: Option<(Gone, u64)>,
}

impl Intake {
    /// Everything below `paths`, in that order; `-` is standard input. Folders are listed now, files opened later.
    pub fn open(paths: Vec<PathBuf>, options: Options) -> Self {
        let (entries, skipped) = listing::list(paths);
        let is_stream = entries.iter().any(|entry| matches!(entry, Entry::Stdin));
        let total = (!is_stream).then_some(entries.len() as u64);
        Intake {
            entries: entries.into_iter(),
            open: None,
            seen: Seen::default(),
            passed: 0,
            reader: None,
            options,
            skipped,
            total,
            begun: 0,
            within: None,
        }
    }

    /// What `reader` gives, read as a file named `id` would be.
    pub fn of_reader(id: impl Into<String>, reader: impl Read + Send + 'static, options: Options) -> Self {
        let mut intake = Intake::open(Vec::new(), options);
        intake.reader = Some((id.into(), Box::new(reader)));
        intake.total = None;
        intake
    }

    /// The number of files in folders that are not read because of their names or because they are pipes or devices.
    pub fn skipped_files(&self) -> u64 {
        self.skipped
    }

    /// The number of files to read, for a progress bar; unreadable folders and broken links count too. `None` where
    /// standard input is read, of which nobody knows how much will come.
    pub fn total_hint(&self) -> Option<u64> {
        self.total
    }

    /// How far reading has come, in files, of those that [`Intake::total_hint`] counts: 2.25 is a quarter into the third one.
    /// A file of one page is gone through when the page is given, and so is one whose size nobody knows.
    pub fn position(&self) -> f64 {
        let share = match (&self.open, &self.within) {
            (Some(_), Some((gone, size))) if *size > 0 => (gone.bytes() as f64 / *size as f64).min(1.0),
            _ => 1.0,
        };
        self.begun.saturating_sub(1) as f64 + if self.begun == 0 { 0.0 } else { share }
    }

    /// The number of records in web archives so far that hold something else than a page: images, redirects, errors.
    pub fn passed_records(&self) -> u64 {
        self.passed
    }

    fn limit(&self) -> usize {
        self.options.max_page_bytes.min(MAX_BUFFER)
    }

    /// The page of one entry; `None` if it holds several, which `self.open` then gives.
    fn begin(&mut self, entry: Entry) -> Option<Item> {
        match entry {
            Entry::Stdin => self.read("-".to_owned(), Buffered::new(Box::new(io::stdin())), None, None),
            Entry::Failed(path, reason) => Some(failed(path.to_string_lossy(), &reason, None)),
            Entry::File(path) => {
                let id = path.to_string_lossy().into_owned();
                let opened = File::open(&path).and_then(|file| file.metadata().map(|metadata| (file, metadata)));
                match opened {
                    Ok((file, metadata)) => {
                        if !metadata.is_file() {
                            return self.read(id, Buffered::new(Box::new(file)), None, None);
                        }
                        let size = metadata.len();
                        let gone = Gone::default();
                        let source = Buffered::seekable(Box::new(gone.counts(file)), size);
                        self.within = Some((gone.clone(), size));
                        self.read(id, source, Some(size), Some(Reopen::file(path, gone)))
                    }
                    Err(error) => Some(failed(id, &Reason::of(&error), None)),
                }
            }
        }
    }

    /// Reads what `source` gives; `size` is its size before decompression, in bytes, where that is known.
    /// `reopen` is how to read it again.
    fn read(&mut self, id: String, source: Buffered, size: Option<u64>, reopen: Option<Reopen>) -> Option<Item> {
        let archives = (self.options.input == Input::Auto).then(|| Named::of(&id));
        let (mut reader, is_packed) = match unpack(source, archives) {
            Ok(Unpacked::Plain(reader, is_packed)) => (reader, is_packed),
            Ok(Unpacked::Warc(source, packing)) => {
                // Within other compression, places are not those of the file.
                let reopen = reopen.filter(|_| source.size().is_some());
                let warc = Warc::new(source, packing, id, None, reopen, self.limit());
                self.open = Some(Open::Warc(Box::new(warc)));
                return None;
            }
            Ok(Unpacked::Zip(source)) => {
                // What can't be read from its end is read into memory.
                let reopen = match reopen.filter(|_| source.size().is_some()) {
                    Some(reopen) => Ok(reopen),
                    None => piped(source),
                };
                return match reopen.and_then(|reopen| Wacz::open(reopen, id.clone(), self.limit())) {
                    Ok(wacz) => {
                        self.open = Some(Open::Wacz(Box::new(wacz)));
                        None
                    }
                    Err(reason) => Some(failed(id, &reason, size)),
                };
            }
            Err(reason) => return Some(failed(id, &reason, size)),
        };
        if let Some(named) = archives {
            match is_mhtml(&mut reader, named) {
                Ok(false) => {}
                Ok(true) => {
                    let read = mhtml::read(&mut reader, &id, self.limit());
                    return Some(read.map_or_else(|reason| failed(id, &reason, size), Item::Capture));
                }
                Err(reason) => return Some(failed(id, &reason, size)),
            }
        }
        let expected = size.filter(|_| !is_packed);
        let is_large = expected.is_some_and(|size| size > self.limit() as u64);
        match self.media(&mut reader, &id) {
            Ok(Media::JsonLine) => {
                self.open = Some(Open::Lines(Lines::new(reader, id, self.limit())));
                None
            }
            // Said without reading it, and before guessing from its name or beginning what it might have been.
            Ok(_) | Err(Reason::Binary) if is_large => {
                Some(failed(id, &Reason::TooLarge { limit: self.limit() }, size))
            }
            Ok(media) => Some(match read_page(&mut reader, &id, media, expected, self.limit()) {
                Ok(capture) => Item::Capture(capture),
                Err(reason) => failed(id, &reason, size),
            }),
            Err(reason) => Some(failed(id, &reason, size)),
        }
    }

    fn media(&self, reader: &mut Buffered, id: &str) -> Result<Media, Reason> {
        match self.options.input {
            Input::Auto => detect(reader, id, self.limit()),
            Input::Html => known_head(reader).map(|_| Media::Html),
            Input::Text => known_head(reader).map(|_| Media::Text),
            Input::Jsonl => known_head(reader).map(|_| Media::JsonLine),
        }
    }
}

/// A file of several pages.
enum Open {
    Lines(Lines),
    Warc(Box<Warc>),
    Wacz(Box<Wacz>),
}

/// All of a WACZ that comes from a pipe.
fn piped(mut source: Buffered) -> Result<Reopen, Reason> {
    let mut bytes = Vec::new();
    let mut some = source.by_ref().take(MAX_PIPED_WACZ_BYTES + 1);
    some.read_to_end(&mut bytes).map_err(|error| Reason::of(&error))?;
    if bytes.len() as u64 > MAX_PIPED_WACZ_BYTES {
        return Err(Reason::PipedWaczTooLarge { limit: MAX_PIPED_WACZ_BYTES });
    }
    Ok(Reopen::memory(bytes))
}

fn failed(id: impl Into<String>, reason: &Reason, bytes: Option<u64>) -> Item {
    Item::Unreadable(Unreadable::new(id, reason, bytes))
}

impl Iterator for Intake {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        loop {
            if let Some(open) = &mut self.open {
                let item = match open {
                    Open::Lines(lines) => lines.next(),
                    Open::Warc(warc) => warc.next(&mut self.seen, &mut self.passed),
                    Open::Wacz(wacz) => wacz.next(&mut self.seen, &mut self.passed),
                };
                if item.is_some() {
                    return item;
                }
                self.open = None;
            }
            let item = if let Some((id, reader)) = self.reader.take() {
                self.begun += 1;
                self.within = None;
                self.read(id, Buffered::new(reader), None, None)
            } else {
                let entry = self.entries.next()?;
                self.begun += 1;
                self.within = None;
                self.begin(entry)
            };
            if item.is_some() {
                return item;
            }
        }
    }
}
