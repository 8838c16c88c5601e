//! Adding many pages: read and packed on many threads, written by one.

use crate::read::reading::last_stage;
use crate::{Added, Archive, CaptureKey, DocumentId, Prepared, Reading, Result, Writer};
use onrecord_document::{Capture, Document, Note};
use onrecord_intake::{ByteSize, Intake, Item, Unreadable, in_order};
use std::io;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Mutex, PoisonError};

/// How pages are added.
pub struct Adding<'a> {
    /// How they are read, as `read` reads them.
    pub reading: Reading,
    /// Reads a page; called from many threads.
    pub read: &'a (dyn Fn(&Capture) -> Document + Sync),
    /// How many pages to read at a time.
    pub threads: usize,
}

/// What became of one page.
#[derive(Debug)]
pub struct PageAdded {
    /// How the output names it.
    pub id: String,
    /// How far reading had come with it, in files; see [`Intake::position`].
    pub position: f64,
    /// What the archive did with it; `None` where it could not be read at all.
    pub added: Option<Added>,
    /// What a user should know of it.
    pub notes: Vec<Note>,
    /// Whether it could not be read, or not wholly.
    pub unread: bool,
}

/// How many pages there were, and what became of them.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// All of them.
    pub pages: u64,
    /// Articles that the archive did not have.
    pub new: u64,
    /// Other bytes at an address that the archive had.
    pub versions: u64,
    /// Pages that the archive had, now read further.
    pub further: u64,
    /// Pages that the archive had, not read again.
    pub known: u64,
    /// Pages that were taken down before, and are not taken in again.
    pub taken_down: u64,
    /// Pages that could not be read.
    pub unread: u64,
    /// Whether somebody stopped it before all was added.
    pub stopped: bool,
}

/// Adds everything that `intake` gives. `on_page` hears of each page in the order of the input, and may stop it. All that
/// it heard of is stored when this returns; where this fails, all of earlier batches is.
pub fn add_all(
    writer: &mut Writer,
    intake: &mut Intake,
    adding: &Adding<'_>,
    mut on_page: impl FnMut(&PageAdded) -> ControlFlow<()>,
) -> Result<Tally> {
    let bases = writer.bases();
    let stored = Mutex::new(writer.archive().again()?);
    let mut tally = Tally::default();
    let mut failed = None;
    let items = std::iter::from_fn(|| {
        let item = intake.next()?;
        Some(Incoming { item, position: Intake::position(intake) })
    });
    let work = |incoming: Incoming| -> Ready {
        let capture = match incoming.item {
            Item::Capture(capture) => capture,
            Item::Unreadable(unreadable) => return Ready::Unreadable(unreadable, incoming.position),
        };
        // What is stored is not read again. That this can't be told is no reason to stop: the writer looks again.
        let archive = stored.lock().unwrap_or_else(PoisonError::into_inner);
        let before = archive.stored(&capture, adding.reading).unwrap_or(Stored::No);
        drop(archive);
        match before {
            Stored::Yes(id) => return Ready::Known(Box::new(capture), id, incoming.position),
            Stored::TakenDown => return Ready::TakenDown(capture.id, incoming.position),
            Stored::No => {}
        }
        let id = capture.id.clone();
        // Reading catches its own panics; this is for what comes after it.
        let prepared = catch_unwind(AssertUnwindSafe(|| {
            let document = (adding.read)(&capture);
            Prepared::new(document, adding.reading, &bases)
        }));
        match prepared {
            Ok(prepared) => Ready::New(Box::new(prepared), incoming.position),
            Err(_) => {
                let message = "storing this page failed inside Onrecord; please report it";
                let note = Note::new(onrecord_document::Stage::Intake, "panic", message);
                Ready::Unreadable(Unreadable { id, note, bytes: None }, incoming.position)
            }
        }
    };
    let sink = |ready: Ready| -> io::Result<()> {
        match write(writer, ready) {
            Ok(page) => {
                tally.count(&page);
                match on_page(&page) {
                    ControlFlow::Continue(()) => Ok(()),
                    ControlFlow::Break(()) => {
                        tally.stopped = true;
                        Err(io::ErrorKind::Interrupted.into())
                    }
                }
            }
            Err(error) => {
                failed = Some(error);
                Err(io::ErrorKind::Other.into())
            }
        }
    };
    let ended = in_order(items, adding.threads, work, sink);
    if let Some(error) = failed {
        return Err(error);
    }
    writer.commit()?;
    match ended {
        Err(error) if !tally.stopped => Err(crate::Error::io(writer.archive().place(), error)),
        _ => Ok(tally),
    }
}

struct Incoming {
    item: Item,
    position: f64,
}

impl ByteSize for Incoming {
    fn bytes(&self) -> usize {
        self.item.bytes()
    }
}

/// A page on its way from the readers to the writer.
enum Ready {
    New(Box<Prepared>, f64),
    Known(Box<Capture>, DocumentId, f64),
    TakenDown(String, f64),
    Unreadable(Unreadable, f64),
}

fn write(writer: &mut Writer, ready: Ready) -> Result<PageAdded> {
    let page = |id, position, added| PageAdded { id, position, added: Some(added), notes: Vec::new(), unread: false };
    match ready {
        Ready::New(prepared, position) => {
            let document = prepared.document();
            let (id, notes) = (document.capture().id.clone(), document.notes.clone());
            let unread = notes.iter().any(|note| note.code == "panic");
            let added = writer.add(*prepared)?;
            Ok(PageAdded { notes, unread, ..page(id, position, added) })
        }
        Ready::Known(capture, document, position) => {
            writer.sighted(document, &capture)?;
            Ok(page(capture.id, position, Added::Known))
        }
        Ready::TakenDown(id, position) => Ok(page(id, position, Added::TakenDown)),
        Ready::Unreadable(Unreadable { id, note, .. }, position) => {
            Ok(PageAdded { id, position, added: None, notes: vec![note], unread: true })
        }
    }
}

impl Tally {
    fn count(&mut self, page: &PageAdded) {
        self.pages += 1;
        self.unread += u64::from(page.unread);
        let Some(added) = page.added else { return };
        *match added {
            Added::New => &mut self.new,
            Added::Version => &mut self.versions,
            Added::Known => &mut self.known,
            Added::Further => &mut self.further,
            Added::TakenDown => &mut self.taken_down,
        } += 1;
    }
}

/// Whether an archive has a capture already.
enum Stored {
    No,
    Yes(DocumentId),
    TakenDown,
}

impl Archive {
    /// Whether a capture is stored, and read as far as asked.
    fn stored(&self, capture: &Capture, reading: Reading) -> Result<Stored> {
        let query = "SELECT d.id, r.until FROM captures JOIN documents d USING (id) JOIN readings r ON r.id = d.reading
            WHERE key = ?1";
        let key = CaptureKey::of(capture);
        let found = self
            .one(query, [key.as_bytes()], |row| Ok((DocumentId(row.get(0)?), last_stage(row.get_ref(1)?.as_str()?))))?;
        match found {
            Some((id, until)) if until >= reading.until => Ok(Stored::Yes(id)),
            Some(_) => Ok(Stored::No),
            None if self.is_taken_down(capture.hash)? => Ok(Stored::TakenDown),
            None => Ok(Stored::No),
        }
    }
}
