//! Pages that tests read: the project's examples, and those beside the repository where they are.

use flate2::read::GzDecoder;
use onrecord_document::{Capture, Document, Media, Stage};
use onrecord_reader::read;
use onrecord_span::{PageBytes, Span, Text};
use std::io::Read;
use std::path::{Path, PathBuf};

/// The workspace's root.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// All files below a folder with an ending, sorted.
pub fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path, ending));
        } else if path.to_string_lossy().ends_with(ending) {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// The example pages.
pub fn examples() -> Vec<PathBuf> {
    files(&root().join("examples"), ".html")
}

/// A page from a file, plain or gzipped.
pub fn capture(path: &Path, media: Media) -> Capture {
    let mut bytes = std::fs::read(path).unwrap();
    if path.extension().is_some_and(|ending| ending == "gz") {
        let mut plain = Vec::new();
        GzDecoder::new(bytes.as_slice()).read_to_end(&mut plain).unwrap();
        bytes = plain;
    }
    Capture::new(path.display().to_string(), PageBytes::new(bytes).unwrap(), media)
}

/// Whether the network's weights are there, with which the examples are read as they must be; says so where they are left out.
pub fn is_trained() -> bool {
    if !onrecord_reader::TRAINED {
        // Straight to stderr: the test runner keeps what eprintln prints to itself.
        let _ = std::io::Write::write_all(&mut std::io::stderr(), b"skipped: the network's weights are left out\n");
    }
    onrecord_reader::TRAINED
}

/// A plain text, read to the end.
pub fn read_text(text: &str) -> Document {
    read(&Capture::new("article.txt", PageBytes::new(text.into()).unwrap(), Media::Text), Stage::Facts)
}

/// The words of spans, with a sign where one ends and the next begins.
pub fn words(document: &Document, spans: &[Span<Text>]) -> String {
    spans.iter().map(|span| document.words(*span)).collect::<Vec<_>>().join(" … ")
}
