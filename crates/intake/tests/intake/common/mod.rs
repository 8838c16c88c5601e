//! What the tests share: temporary folders, and items as lines that can be compared.

pub mod warc;
pub mod zip;

use flate2::Compression;
use flate2::write::GzEncoder;
use onrecord_document::Stage;
use onrecord_intake::{Intake, Item, Options};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

pub const PAGE: &[u8] = b"<!doctype html><p>Six people died.";

/// A folder that is removed with the value.
pub struct Folder(tempfile::TempDir);

impl Folder {
    pub fn new() -> Self {
        Folder(tempfile::tempdir().unwrap())
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    /// Writes a file, its folders too.
    pub fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, content).unwrap();
        path
    }

    /// Reads the folder itself, as [`lines`] does.
    pub fn read(&self) -> Vec<String> {
        let intake = Intake::open(vec![self.path().to_owned()], Options::default());
        lines(intake).into_iter().map(|line| self.shorten(&line)).collect()
    }

    /// Ids relative to the folder, on every system with `/`.
    pub fn shorten(&self, line: &str) -> String {
        let line = line.replace(&format!("{}{}", self.path().display(), std::path::MAIN_SEPARATOR), "");
        line.replace(&self.path().display().to_string(), "").replace('\\', "/")
    }
}

/// One line an item: `id media` or `id !code`.
pub fn lines(intake: Intake) -> Vec<String> {
    intake
        .map(|item| match item {
            Item::Capture(capture) => format!("{} {}", capture.id, capture.media.media_type()),
            Item::Unreadable(unreadable) => {
                assert_eq!(unreadable.note.stage, Stage::Intake);
                format!("{} !{}", unreadable.id, unreadable.note.code)
            }
        })
        .collect()
}

/// The items of bytes from standard input, with the default options.
pub fn stdin(bytes: impl Into<Vec<u8>>) -> Vec<Item> {
    limited(bytes, Options::default().max_page_bytes)
}

/// The same with pages of at most `limit` bytes.
pub fn limited(bytes: impl Into<Vec<u8>>, limit: usize) -> Vec<Item> {
    let options = Options { max_page_bytes: limit, ..Options::default() };
    Intake::of_reader("-", std::io::Cursor::new(bytes.into()), options).collect()
}

/// The only item, as a page.
#[track_caller]
pub fn page(items: Vec<Item>) -> Vec<u8> {
    match items.as_slice() {
        [Item::Capture(capture)] => capture.page.as_bytes().to_vec(),
        other => panic!("one page expected, got {other:?}"),
    }
}

/// The only item, as the code and message of why it could not be read.
#[track_caller]
pub fn reason(items: Vec<Item>) -> (&'static str, String) {
    match items.as_slice() {
        [Item::Unreadable(unreadable)] => (unreadable.note.code, unreadable.note.message.clone()),
        other => panic!("one unreadable item expected, got {other:?}"),
    }
}

pub fn open(path: impl Into<PathBuf>) -> Vec<Item> {
    Intake::open(vec![path.into()], Options::default()).collect()
}

pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

pub fn zstd(bytes: &[u8]) -> Vec<u8> {
    ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest)
}

/// What the first gzip member unpacks to.
pub fn gunzip(bytes: &[u8]) -> Vec<u8> {
    let mut unpacked = Vec::new();
    std::io::Read::read_to_end(&mut flate2::read::GzDecoder::new(bytes), &mut unpacked).unwrap();
    unpacked
}

/// What the first zstd frame unpacks to.
pub fn unzstd(bytes: &[u8]) -> Vec<u8> {
    let mut unpacked = Vec::new();
    let mut decoder = ruzstd::decoding::StreamingDecoder::new(bytes).unwrap();
    std::io::Read::read_to_end(&mut decoder, &mut unpacked).unwrap();
    unpacked
}

/// One line an item: its id, and the page or the reason why it can't be read.
pub fn described(items: &[Item]) -> Vec<String> {
    items
        .iter()
        .map(|item| match item {
            Item::Capture(capture) => {
                format!("{} {}", capture.id, String::from_utf8_lossy(capture.page.as_bytes()))
            }
            Item::Unreadable(unreadable) => format!("{} {}", unreadable.id, unreadable.note.message),
        })
        .collect()
}
