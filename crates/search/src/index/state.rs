//! What state an index is in: whether it can be trusted, and how far it has come.

use super::schema::{Fields, VERSION, tokenizers};
use onrecord_archive::Mark;
use std::collections::HashMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::time::UNIX_EPOCH;
use tantivy::Index;

/// Names the files whose checksums were found right, with length and time: they never change, and are not checked again.
const CHECKED: &str = "checked";

/// An index as it is found.
pub(crate) enum State {
    /// There is none.
    Absent,
    /// It can't be used, and why.
    Unusable(String),
    /// It can.
    Usable(Usable),
}

/// An index that can be used.
pub(crate) struct Usable {
    pub index: Index,
    pub progress: IndexProgress,
}

/// What an index says of itself in each of its commits.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) struct IndexProgress {
    /// How far it has come; `None` before its first commit.
    pub mark: Option<Mark>,
    /// The highest number of a document that it was ever given: what is higher is not in it.
    pub highest: u64,
}

impl IndexProgress {
    pub const NOTHING: IndexProgress = IndexProgress { mark: None, highest: 0 };

    /// As the index stores it beside its segments.
    pub fn payload(self) -> String {
        let mut out = format!("onrecord {VERSION} {}", self.highest);
        if let Some(mark) = self.mark {
            out.push(' ');
            for byte in mark.to_bytes() {
                // Writing to a string cannot fail.
                let _ = write!(out, "{byte:02x}");
            }
        }
        out
    }

    /// What [`IndexProgress::payload`] wrote; `None` for an index of another version.
    pub fn read(payload: &str) -> Option<IndexProgress> {
        let mut parts = payload.split(' ');
        let (name, version) = (parts.next()?, parts.next()?);
        if name != "onrecord" || version.parse() != Ok(VERSION) {
            return None;
        }
        let highest = parts.next()?.parse().ok()?;
        let mark = match parts.next() {
            Some(digits) => Some(Mark::from_bytes(&bytes(digits)?)?),
            None => None,
        };
        Some(IndexProgress { mark, highest })
    }
}

fn bytes(digits: &str) -> Option<Vec<u8>> {
    let byte = |at| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
    (0..digits.len()).step_by(2).map(byte).collect()
}

/// Looks at the index in a folder. Files that were not checked since they last changed are.
pub(crate) fn found(dir: &Path, fields: &Fields) -> State {
    if !dir.join("meta.json").exists() {
        return State::Absent;
    }
    // Damaged bytes can make the library panic.
    let looked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| look(dir, fields)));
    looked.unwrap_or_else(|_| State::Unusable("is damaged".to_owned()))
}

fn look(dir: &Path, fields: &Fields) -> State {
    let opened = Index::open_in_dir(dir).and_then(|index| index.load_metas().map(|metas| (index, metas)));
    let (mut index, metas) = match opened {
        Ok(opened) => opened,
        Err(error) => return State::Unusable(format!("can't be opened ({error})")),
    };
    let progress = metas.payload.as_deref().map_or(Some(IndexProgress::NOTHING), IndexProgress::read);
    let Some(progress) = progress.filter(|_| index.schema() == fields.schema) else {
        return State::Unusable("was made by another version of Onrecord".to_owned());
    };
    if let Some(file) = damaged(dir, &index, false) {
        return State::Unusable(format!("is damaged ({file})"));
    }
    index.set_tokenizers(tokenizers());
    State::Usable(Usable { index, progress })
}

/// Checks every byte of the index in a folder; gives what is wrong with it.
pub(crate) fn check(dir: &Path, fields: &Fields) -> Option<String> {
    match found(dir, fields) {
        State::Absent => Some("is missing".to_owned()),
        State::Unusable(reason) => Some(reason),
        State::Usable(usable) => damaged(dir, &usable.index, true).map(|file| format!("is damaged ({file})")),
    }
}

/// The first file whose checksum is wrong. `all`: also those that were found right before and did not change since.
fn damaged(dir: &Path, index: &Index, all: bool) -> Option<String> {
    let metas = match index.searchable_segment_metas() {
        Ok(metas) => metas,
        Err(error) => return Some(error.to_string()),
    };
    let before = fs::read_to_string(dir.join(CHECKED)).unwrap_or_default();
    let before: HashMap<&str, &str> = before.lines().filter_map(|line| line.split_once('\t')).collect();
    let mut now = String::new();
    let mut is_news = false;
    let segments: Vec<String> = metas.iter().map(|meta| meta.id().uuid_string()).collect();
    let entries = match fs::read_dir(dir) {
        Ok(entries) => entries,
        Err(error) => return Some(error.to_string()),
    };
    let mut files: Vec<String> = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok()).collect();
    files.retain(|file| segments.iter().any(|segment| file.starts_with(segment)));
    files.sort();
    for name in files {
        let Ok(metadata) = fs::metadata(dir.join(&name)) else { return Some(name) };
        let modified =
            metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok()).unwrap_or_default();
        let stamp = format!("{} {}", metadata.len(), modified.as_nanos());
        if all || before.get(&*name) != Some(&&*stamp) {
            is_news = true;
            match index.directory().validate_checksum(Path::new(&name)) {
                Ok(true) => {}
                _ => return Some(name),
            }
        }
        // Writing to a string cannot fail.
        let _ = writeln!(now, "{name}\t{stamp}");
    }
    if is_news {
        // Without it the files are only checked again.
        let _ = fs::write(dir.join(CHECKED), now);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_index_remembers_how_far_it_came() {
        let mark = Mark { seq: 77, token: [1, 2, 3, 4, 5, 6, 7, 255] };
        for progress in [IndexProgress::NOTHING, IndexProgress { mark: Some(mark), highest: 9 }] {
            assert_eq!(IndexProgress::read(&progress.payload()), Some(progress));
        }
        for other in ["", "onrecord", "onrecord 0 9", "onrecord 1 x", "onrecord 1 9 zz", "something 1 9"] {
            assert_eq!(IndexProgress::read(other), None, "{other}");
        }
    }
}
