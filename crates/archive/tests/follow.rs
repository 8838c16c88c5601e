//! An index beside the database is never ahead of it, and always catches up.
#![allow(clippy::unwrap_used)] // a panic is how a test reports

mod common;

use common::{add, text};
use onrecord_archive::{DocumentId, Entry, Follower, Mark, Result, Writer};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

/// An index that remembers what it was told, committed or not.
#[derive(Default)]
struct Told {
    mark: Option<Mark>,
    committed: BTreeMap<DocumentId, String>,
    pending: BTreeMap<DocumentId, Option<String>>,
    taken: usize,
}

#[derive(Clone, Default)]
struct Index(Arc<Mutex<Told>>);

impl Follower for Index {
    fn mark(&self) -> Option<Mark> {
        self.0.lock().unwrap().mark
    }
    fn clear(&mut self) -> Result<()> {
        let mut told = self.0.lock().unwrap();
        *told = Told { taken: told.taken, ..Told::default() };
        Ok(())
    }
    fn take(&mut self, entry: &Entry<'_>) -> Result<()> {
        let mut told = self.0.lock().unwrap();
        told.taken += 1;
        let state = format!("{} latest={} of {}", entry.document.text().len(), entry.latest, entry.versions);
        told.pending.insert(entry.listed.id, Some(state));
        Ok(())
    }
    fn forget(&mut self, id: DocumentId) -> Result<()> {
        self.0.lock().unwrap().pending.insert(id, None);
        Ok(())
    }
    fn commit(&mut self, mark: Mark) -> Result<()> {
        let mut told = self.0.lock().unwrap();
        for (id, state) in std::mem::take(&mut told.pending) {
            match state {
                Some(state) => told.committed.insert(id, state),
                None => told.committed.remove(&id),
            };
        }
        told.mark = Some(mark);
        Ok(())
    }
}

impl Index {
    fn open(&self) -> Option<Box<dyn Follower>> {
        self.0.lock().unwrap().pending.clear();
        Some(Box::new(self.clone()))
    }
    fn holds(&self) -> usize {
        self.0.lock().unwrap().committed.len()
    }
}

fn article(nth: usize) -> onrecord_document::Capture {
    text(&format!("{nth}.txt"), &format!("The ferry made crossing number {nth} on Monday, and nobody was hurt."))
}

#[test]
fn an_index_takes_in_what_was_committed_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let index = Index::default();
    let mut writer = Writer::open(folder.path(), index.open()).unwrap();
    add(&mut writer, &article(0)).unwrap();
    assert_eq!(index.0.lock().unwrap().taken, 0, "nothing is committed yet");
    writer.finish().unwrap();
    assert_eq!(index.holds(), 1);
    // A writer that ends without a commit leaves nothing behind.
    let mut writer = Writer::open(folder.path(), index.open()).unwrap();
    add(&mut writer, &article(1)).unwrap();
    drop(writer);
    let writer = Writer::open(folder.path(), index.open()).unwrap();
    assert_eq!((index.holds(), writer.archive().len().unwrap()), (1, 1));
}

#[test]
fn an_index_that_fell_behind_catches_up() {
    let folder = tempfile::tempdir().unwrap();
    let index = Index::default();
    let mut writer = Writer::open(folder.path(), index.open()).unwrap();
    add(&mut writer, &article(0)).unwrap();
    writer.finish().unwrap();
    // The database commits, and the power goes before the index does.
    let mut writer = Writer::open(folder.path(), None).unwrap();
    add(&mut writer, &article(1)).unwrap();
    writer.finish().unwrap();
    let taken = index.0.lock().unwrap().taken;
    Writer::open(folder.path(), index.open()).unwrap().finish().unwrap();
    assert_eq!(index.holds(), 2);
    assert_eq!(index.0.lock().unwrap().taken, taken + 1, "what it has is not taken in again");
}

#[test]
fn an_index_of_another_history_is_made_anew() {
    let folder = tempfile::tempdir().unwrap();
    let index = Index::default();
    let mut writer = Writer::open(folder.path(), index.open()).unwrap();
    add(&mut writer, &article(0)).unwrap();
    writer.finish().unwrap();
    let backup = std::fs::read(folder.path().join("archive.db")).unwrap();
    let mut writer = Writer::open(folder.path(), index.open()).unwrap();
    add(&mut writer, &article(1)).unwrap();
    writer.finish().unwrap();
    // The database is put back from a backup, and goes on with another article under the same number.
    std::fs::write(folder.path().join("archive.db"), backup).unwrap();
    let mut writer = Writer::open(folder.path(), None).unwrap();
    add(&mut writer, &text("other.txt", "Another article about the harbour, and no ferry in it at all.")).unwrap();
    writer.finish().unwrap();
    Writer::open(folder.path(), index.open()).unwrap().finish().unwrap();
    let told = index.0.lock().unwrap();
    assert_eq!(told.committed.len(), 2);
    assert!(told.committed.values().any(|state| state.starts_with("61 ")), "{:?}", told.committed);
}
