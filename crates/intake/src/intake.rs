//! The iterator over everything that is read.

use crate::compression::{Contents, unpack};
use crate::formats::FileKind;
use crate::item::Item;
use crate::json_lines::JsonLines;
use crate::mhtml::{self, is_mhtml};
use crate::pages::{detect, known_head, read_page};
use crate::source::{self, Buffered, FileProgress, InputPath, Reopener};
use crate::unreadable::{Reason, Unreadable};
use crate::wacz::{MAX_PIPED_WACZ_BYTES, Wacz};
use crate::warc::{RecordIndex, Warc};
use onrecord_document::Media;
use onrecord_span::MAX_BUFFER;
use std::fs::File;
use std::io::{self, Read};
use std::path::PathBuf;

/// The largest page, in bytes: a decompressed file, or one of JSON lines.
pub const MAX_PAGE_BYTES: usize = 64 << 20;

/// How files are read.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq)]
pub enum Input {
    /// As their content suggests, then their name.
    #[default]
    Auto,
    /// As web pages.
    Html,
    /// As texts: the file is the text.
    Text,
    /// As JSON lines: one object a line.
    Jsonl,
}

/// How to read the input.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// How files are read. Whatever it says, a PDF or an image is not a page.
    pub input: Input,
    /// The largest page in bytes: [`MAX_PAGE_BYTES`] by default, [`MAX_BUFFER`] at most.
    pub max_page_bytes: usize,
}

impl Default for Options {
    fn default() -> Self {
        Options { input: Input::Auto, max_page_bytes: MAX_PAGE_BYTES }
    }
}

/// Everything below some paths, one page at a time and in a fixed order.
///
/// - A folder is walked recursively, in the order of the bytes of the names. Only files that end in `.html .htm .xhtml .txt
///   .jsonl .warc .wacz .mhtml .mht`, or these with `.gz` or `.zst`, are read from it. A file given by its own path is read
///   whatever its name.
/// - A page of JSON lines is one line without its line feed. A carriage return before that belongs to the page: it is white
///   space in JSON. Blank lines are not pages. The file is streamed, however long it is.
/// - An error ends a file, not the iteration: see [`Unreadable`].
pub struct Intake {
    paths: std::vec::IntoIter<InputPath>,
    /// The file that is being read, if it holds several pages.
    open: Option<OpenFile>,
    /// The records of web archives so far.
    records: RecordIndex,
    passed: u64,
    /// A reader given instead of paths, and its name.
    reader: Option<(String, Box<dyn Read + Send>)>,
    options: Options,
    skipped: u64,
    total: Option<u64>,
    begun: u64,
    /// How far the last file was read, and its size in bytes, if that is known.
    progress: Option<(FileProgress, u64)>,
}

impl Intake {
    /// Reads everything below `paths`, in that order; `-` is standard input. Folders are listed now, files opened later.
    pub fn open(paths: Vec<PathBuf>, options: Options) -> Self {
        let (paths, skipped) = source::list(paths);
        let is_stream = paths.iter().any(|path| matches!(path, InputPath::Stdin));
        let total = (!is_stream).then_some(paths.len() as u64);
        Intake {
            paths: paths.into_iter(),
            open: None,
            records: RecordIndex::default(),
            passed: 0,
            reader: None,
            options,
            skipped,
            total,
            begun: 0,
            progress: None,
        }
    }

    /// Reads what `reader` returns, like a file named `id`.
    pub fn of_reader(id: impl Into<String>, reader: impl Read + Send + 'static, options: Options) -> Self {
        let mut intake = Intake::open(Vec::new(), options);
        intake.reader = Some((id.into(), Box::new(reader)));
        intake.total = None;
        intake
    }

    /// The number of files in folders that are left out because of their names or because they are pipes or devices.
    pub fn skipped_files(&self) -> u64 {
        self.skipped
    }

    /// The number of files to read, for a progress bar. Unreadable folders and broken links count too. `None` if standard
    /// input is read, which may be of any length.
    pub fn total_hint(&self) -> Option<u64> {
        self.total
    }

    /// How far reading has come, in files as [`Intake::total_hint`] counts them: 2.25 is a quarter into the third file. A file
    /// with a single page is finished when the page is returned, and so is one of unknown size.
    pub fn position(&self) -> f64 {
        let share = match (&self.open, &self.progress) {
            (Some(_), Some((progress, size))) if *size > 0 => (progress.bytes() as f64 / *size as f64).min(1.0),
            _ => 1.0,
        };
        self.begun.saturating_sub(1) as f64 + if self.begun == 0 { 0.0 } else { share }
    }

    /// The number of records in web archives so far that hold something other than a page: images, redirects, errors.
    pub fn passed_records(&self) -> u64 {
        self.passed
    }

    fn limit(&self) -> usize {
        self.options.max_page_bytes.min(MAX_BUFFER)
    }

    /// The page at one path; `None` if there are several, which `self.open` then returns.
    fn begin(&mut self, path: InputPath) -> Option<Item> {
        match path {
            InputPath::Stdin => self.read("-".to_owned(), Buffered::new(Box::new(io::stdin())), None, None),
            InputPath::Failed(path, reason) => Some(failed(path.to_string_lossy(), &reason, None)),
            InputPath::File(path) => {
                let id = path.to_string_lossy().into_owned();
                let opened = File::open(&path).and_then(|file| file.metadata().map(|metadata| (file, metadata)));
                match opened {
                    Ok((file, metadata)) => {
                        if !metadata.is_file() {
                            return self.read(id, Buffered::new(Box::new(file)), None, None);
                        }
                        let size = metadata.len();
                        let progress = FileProgress::default();
                        let source = Buffered::seekable(Box::new(progress.track(file)), size);
                        self.progress = Some((progress.clone(), size));
                        self.read(id, source, Some(size), Some(Reopener::file(path, progress)))
                    }
                    Err(error) => Some(failed(id, &Reason::of(&error), None)),
                }
            }
        }
    }

    /// Reads what `source` holds. `size` is its size before decompression, in bytes, if that is known; `reopener` reads it
    /// again.
    fn read(&mut self, id: String, source: Buffered, size: Option<u64>, reopener: Option<Reopener>) -> Option<Item> {
        let archives = (self.options.input == Input::Auto).then(|| FileKind::by_name(&id));
        let (mut reader, is_compressed) = match unpack(source, archives) {
            Ok(Contents::Plain(reader, is_compressed)) => (reader, is_compressed),
            Ok(Contents::Warc(source, compression)) => {
                // Under another compression, places are not those of the file.
                let reopener = reopener.filter(|_| source.size().is_some());
                let warc = Warc::new(source, compression, id, None, reopener, self.limit());
                self.open = Some(OpenFile::Warc(Box::new(warc)));
                return None;
            }
            Ok(Contents::Zip(source)) => {
                // A file whose end can't be read first is read into memory.
                let reopener = match reopener.filter(|_| source.size().is_some()) {
                    Some(reopener) => Ok(reopener),
                    None => piped(source),
                };
                return match reopener.and_then(|reopener| Wacz::open(reopener, id.clone(), self.limit())) {
                    Ok(wacz) => {
                        self.open = Some(OpenFile::Wacz(Box::new(wacz)));
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
        let expected = size.filter(|_| !is_compressed);
        let is_large = expected.is_some_and(|size| size > self.limit() as u64);
        match self.media(&mut reader, &id) {
            Ok(Media::JsonLine) => {
                self.open = Some(OpenFile::JsonLines(JsonLines::new(reader, id, self.limit())));
                None
            }
            // Known without reading it, whatever its beginning and its name suggest.
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
enum OpenFile {
    JsonLines(JsonLines),
    Warc(Box<Warc>),
    Wacz(Box<Wacz>),
}

/// The whole of a WACZ that comes from a pipe.
fn piped(mut source: Buffered) -> Result<Reopener, Reason> {
    let mut bytes = Vec::new();
    let mut some = source.by_ref().take(MAX_PIPED_WACZ_BYTES + 1);
    some.read_to_end(&mut bytes).map_err(|error| Reason::of(&error))?;
    if bytes.len() as u64 > MAX_PIPED_WACZ_BYTES {
        return Err(Reason::PipedWaczTooLarge { limit: MAX_PIPED_WACZ_BYTES });
    }
    Ok(Reopener::memory(bytes))
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
                    OpenFile::JsonLines(lines) => lines.next(),
                    OpenFile::Warc(warc) => warc.next(&mut self.records, &mut self.passed),
                    OpenFile::Wacz(wacz) => wacz.next(&mut self.records, &mut self.passed),
                };
                if item.is_some() {
                    return item;
                }
                self.open = None;
            }
            let item = if let Some((id, reader)) = self.reader.take() {
                self.begun += 1;
                self.progress = None;
                self.read(id, Buffered::new(reader), None, None)
            } else {
                let path = self.paths.next()?;
                self.begun += 1;
                self.progress = None;
                self.begin(path)
            };
            if item.is_some() {
                return item;
            }
        }
    }
}
