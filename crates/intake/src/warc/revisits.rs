//! Where was the page stored that a record says had not changed?

use super::dictionary::Dictionary;
use super::header::RecordNames;
use crate::formats::Compression;
use crate::source::Reopener;
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

/// How many names of records are remembered, about three for each page. Revisits of later pages are not found.
pub const MAX_REMEMBERED_NAMES: usize = 1 << 20;

/// A WARC file that had pages.
#[derive(Clone)]
pub(crate) struct WarcFile {
    pub(crate) reopener: Reopener,
    /// How the output names it.
    pub(crate) file: String,
    /// Its name within a WACZ.
    pub(crate) member: Option<String>,
    pub(crate) compression: Option<Compression>,
    pub(crate) dictionary: Option<Dictionary>,
}

/// Where the pages of the input so far are.
#[derive(Default)]
pub(crate) struct RecordIndex {
    files: Vec<WarcFile>,
    /// By the hash of a name: the number of the file, and the offset in it of the record or its member.
    records: HashMap<u64, (u32, u64)>,
}

impl RecordIndex {
    /// Adds a file; its number is for [`RecordIndex::add`].
    pub(crate) fn add_file(&mut self, file: WarcFile) -> u32 {
        self.files.push(file);
        (self.files.len() - 1) as u32
    }

    /// Adds a record that begins at `offset`. If two have the same name, the first counts.
    pub(crate) fn add(&mut self, names: &RecordNames, file: u32, offset: u64) {
        for name in names.all() {
            if self.records.len() < MAX_REMEMBERED_NAMES {
                self.records.entry(hash(name)).or_insert((file, offset));
            }
        }
    }

    /// Records that may have one of these names, the likeliest first. Only hashes of names are compared.
    pub(crate) fn find(&self, names: &RecordNames) -> Vec<(WarcFile, u64)> {
        let found = names.all().filter_map(|name| self.records.get(&hash(name)));
        let mut found: Vec<(u32, u64)> = found.copied().collect();
        found.dedup();
        found.into_iter().filter_map(|(file, offset)| Some((self.files.get(file as usize)?.clone(), offset))).collect()
    }
}

fn hash(name: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    name.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileProgress;

    #[test]
    fn names_are_remembered_up_to_the_limit() {
        let mut records = RecordIndex::default();
        let reopener = Reopener::file("crawl.warc".into(), FileProgress::default());
        let file = WarcFile { reopener, file: "crawl.warc".into(), member: None, compression: None, dictionary: None };
        let file = records.add_file(file);
        let names = |number: usize| RecordNames { digest: Some(number.to_string()), ..RecordNames::default() };
        for number in 0..MAX_REMEMBERED_NAMES + 1 {
            records.add(&names(number), file, number as u64);
        }
        assert_eq!(records.find(&names(7)).first().map(|(_, offset)| *offset), Some(7));
        assert!(records.find(&names(MAX_REMEMBERED_NAMES)).is_empty());
    }
}
