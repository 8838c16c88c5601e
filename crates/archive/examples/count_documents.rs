//! A follower to copy: it counts the documents of an archive, and keeps the count in a file beside the database.
//!
//!     cargo run -p onrecord-archive --example count_documents -- my-archive
#![allow(dead_code, clippy::expect_used)] // the tests of the archive use it too

use onrecord_archive::{DocumentId, Entry, Error, Follower, Mark, Result, Writer};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The file that the counter keeps.
const FILE: &str = "count";
/// Bytes of a [`Mark`], with which the file begins.
const MARK_BYTES: usize = 16;

/// Counts documents. What it has not committed is forgotten with it.
pub struct DocumentCounter {
    file: PathBuf,
    mark: Option<Mark>,
    documents: BTreeSet<u64>,
}

impl DocumentCounter {
    /// The counter of the archive at `place`. One that can't be read begins anew.
    pub fn of(place: &Path) -> DocumentCounter {
        let file = place.join(FILE);
        let bytes = fs::read(&file).unwrap_or_default();
        let (mark, numbers) = bytes.split_at(MARK_BYTES.min(bytes.len()));
        let numbers = numbers.chunks_exact(8).filter_map(|number| number.try_into().ok());
        DocumentCounter { mark: Mark::from_bytes(mark), documents: numbers.map(u64::from_le_bytes).collect(), file }
    }

    /// How many documents there are.
    pub fn count(&self) -> usize {
        self.documents.len()
    }
}

impl Follower for DocumentCounter {
    fn name(&self) -> &'static str {
        "document counter"
    }

    fn folder(&self) -> &'static str {
        FILE
    }

    fn mark(&self) -> Option<Mark> {
        self.mark
    }

    fn clear(&mut self) -> Result<()> {
        self.mark = None;
        self.documents.clear();
        Ok(())
    }

    fn take(&mut self, entry: &Entry<'_>) -> Result<()> {
        self.documents.insert(entry.listed.id.number());
        Ok(())
    }

    fn forget(&mut self, id: DocumentId) -> Result<()> {
        self.documents.remove(&id.number());
        Ok(())
    }

    fn commit(&mut self, mark: Mark) -> Result<()> {
        let mut bytes = mark.to_bytes().to_vec();
        bytes.extend(self.documents.iter().flat_map(|number| number.to_le_bytes()));
        // Under another name until it is whole: after a crash the file is the old one or the new one.
        let unfinished = self.file.with_extension("unfinished");
        let written = fs::write(&unfinished, bytes).and_then(|()| fs::rename(&unfinished, &self.file));
        written.map_err(|error| Error::Follower { name: self.name(), what: error.to_string() })?;
        self.mark = Some(mark);
        Ok(())
    }
}

fn main() {
    let place = PathBuf::from(std::env::args().nth(1).expect("usage: count_documents ARCHIVE"));
    // Opening a writer brings its followers up to date.
    let writer = Writer::open(&place, vec![Box::new(DocumentCounter::of(&place))]);
    match writer.and_then(Writer::finish) {
        Ok(()) => println!("{}", DocumentCounter::of(&place).count()),
        Err(error) => eprintln!("{error}"),
    }
}
