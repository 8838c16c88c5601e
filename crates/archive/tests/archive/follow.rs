//! An index beside the database is never ahead of it, and always catches up.
use crate::common::{add, text};
use crate::count_documents::DocumentCounter;
use onrecord_archive::{DocumentId, Entry, Follower, Mark, Result, Writer};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

/// What an index has heard, committed or not.
#[derive(Default)]
struct Heard {
    mark: Option<Mark>,
    committed: BTreeMap<DocumentId, String>,
    pending: BTreeMap<DocumentId, Option<String>>,
    taken: usize,
}

#[derive(Clone, Default)]
struct Index(Arc<Mutex<Heard>>);

impl Follower for Index {
    fn name(&self) -> &'static str {
        "index of a test"
    }
    fn folder(&self) -> &'static str {
        "index"
    }
    fn mark(&self) -> Option<Mark> {
        self.0.lock().unwrap().mark
    }
    fn clear(&mut self) -> Result<()> {
        let mut heard = self.0.lock().unwrap();
        *heard = Heard { taken: heard.taken, ..Heard::default() };
        Ok(())
    }
    fn take(&mut self, entry: &Entry<'_>) -> Result<()> {
        let mut heard = self.0.lock().unwrap();
        heard.taken += 1;
        let state = format!("{} latest={} of {}", entry.document.text().len(), entry.latest, entry.versions);
        heard.pending.insert(entry.listed.id, Some(state));
        Ok(())
    }
    fn forget(&mut self, id: DocumentId) -> Result<()> {
        self.0.lock().unwrap().pending.insert(id, None);
        Ok(())
    }
    fn commit(&mut self, mark: Mark) -> Result<()> {
        let mut heard = self.0.lock().unwrap();
        for (id, state) in std::mem::take(&mut heard.pending) {
            match state {
                Some(state) => heard.committed.insert(id, state),
                None => heard.committed.remove(&id),
            };
        }
        heard.mark = Some(mark);
        Ok(())
    }
}

impl Index {
    fn open(&self) -> Vec<Box<dyn Follower>> {
        self.0.lock().unwrap().pending.clear();
        vec![Box::new(self.clone())]
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
    let mut writer = Writer::open(folder.path(), Vec::new()).unwrap();
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
    let mut writer = Writer::open(folder.path(), Vec::new()).unwrap();
    add(&mut writer, &text("other.txt", "Another article about the harbour, and no ferry in it at all.")).unwrap();
    writer.finish().unwrap();
    Writer::open(folder.path(), index.open()).unwrap().finish().unwrap();
    let heard = index.0.lock().unwrap();
    assert_eq!(heard.committed.len(), 2);
    assert!(heard.committed.values().any(|state| state.starts_with("61 ")), "{:?}", heard.committed);
}

#[test]
fn every_follower_has_its_own_mark_and_one_that_fails_leaves_the_others() {
    let folder = tempfile::tempdir().unwrap();
    let index = Index::default();
    let counter = || -> Box<dyn Follower> { Box::new(DocumentCounter::of(folder.path())) };
    let followers = || {
        let mut followers = index.open();
        followers.push(counter());
        followers
    };
    let mut writer = Writer::open(folder.path(), followers()).unwrap();
    add(&mut writer, &article(0)).unwrap();
    writer.finish().unwrap();
    assert_eq!((index.holds(), DocumentCounter::of(folder.path()).count()), (1, 1));

    // One of them is left out for a while, and catches up by itself.
    let mut writer = Writer::open(folder.path(), index.open()).unwrap();
    add(&mut writer, &article(1)).unwrap();
    writer.finish().unwrap();
    assert_eq!((index.holds(), DocumentCounter::of(folder.path()).count()), (2, 1));
    let taken = index.0.lock().unwrap().taken;
    Writer::open(folder.path(), followers()).unwrap().finish().unwrap();
    assert_eq!((index.holds(), DocumentCounter::of(folder.path()).count()), (2, 2));
    assert_eq!(index.0.lock().unwrap().taken, taken, "the other one was up to date");

    // One that can't write says so; the database and the other one go on.
    std::fs::remove_file(folder.path().join(counter().folder())).unwrap();
    std::fs::create_dir(folder.path().join(counter().folder())).unwrap();
    let mut writer = Writer::open(folder.path(), followers()).unwrap();
    add(&mut writer, &article(2)).unwrap();
    writer.commit().unwrap();
    assert_eq!(writer.failed_followers().count(), 1);
    let said = writer.finish().unwrap_err().to_string();
    assert!(said.starts_with("the document counter: "), "{said}");
    assert_eq!(index.holds(), 3);
}
