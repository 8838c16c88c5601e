//! Pages that are being read in.

use super::Writing;
use crate::server::Upload;
use onrecord_archive::{Added, Adding, Reading, Tally, add_all};
use onrecord_document::Stage;
use onrecord_intake::{Intake, Options};
use onrecord_reader::{ARTICLE, FACTS, LANGUAGE};
use onrecord_record::Producers;
use schemars::JsonSchema;
use serde::Serialize;
use std::fs::File;
use std::io::Read;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::available_parallelism;
use std::time::Instant;

/// Intakes that are remembered after they ended.
const REMEMBERED: usize = 50;
/// Remarks that are kept of one intake.
const REMARKS: usize = 200;

/// Intakes under way and lately ended.
#[derive(Default)]
pub(crate) struct Intakes(Mutex<KeptUpload>);

#[derive(Default)]
struct KeptUpload {
    last: u64,
    list: Vec<Arc<UnderWay>>,
}

/// An intake.
pub(crate) struct UnderWay {
    pub number: u64,
    names: Vec<String>,
    /// Bytes of all its files.
    bytes: u64,
    /// Bytes that were taken up so far.
    read: AtomicU64,
    begun: Instant,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    tally: Tally,
    remarks: Vec<(String, String)>,
    more_remarks: u64,
    latest: String,
    ended: Option<Result<(), String>>,
}

/// How far an intake is.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Progress {
    /// Names it.
    pub number: u64,
    /// The files.
    pub names: Vec<String>,
    /// The share that is done, 0 to 1.
    pub done: f64,
    /// Seconds that are left, as far as can be told.
    pub seconds_left: Option<u64>,
    /// Pages so far.
    pub pages: u64,
    /// New articles.
    pub new: u64,
    /// New versions of known articles.
    pub versions: u64,
    /// Pages that were here already.
    pub known: u64,
    /// Pages that were taken down before.
    pub taken_down: u64,
    /// Pages that could not be read.
    pub unread: u64,
    /// The page that came last.
    pub latest: String,
    /// What to know of single pages: name and reason.
    pub remarks: Vec<(String, String)>,
    /// Remarks beyond those.
    pub more_remarks: u64,
    /// Whether it has ended.
    pub ended: bool,
    /// Why it ended early.
    pub failed: Option<String>,
}

impl Intakes {
    /// Begins to read files in; gives the number of the intake.
    pub fn begin(&self, writing: &Arc<Writing>, files: Vec<Upload>) -> u64 {
        let size = |upload: &Upload| upload.file.as_file().metadata().map_or(0, |metadata| metadata.len());
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.last += 1;
        let under_way = Arc::new(UnderWay {
            number: kept.last,
            names: files.iter().map(|upload| upload.name.clone()).collect(),
            bytes: files.iter().map(size).sum(),
            read: AtomicU64::new(0),
            begun: Instant::now(),
            state: Mutex::default(),
        });
        let surplus = kept.list.len().saturating_sub(REMEMBERED);
        kept.list.drain(..surplus);
        kept.list.push(Arc::clone(&under_way));
        drop(kept);
        let (writing, number) = (Arc::clone(writing), under_way.number);
        std::thread::spawn(move || {
            for upload in files {
                // Corrections get their turn between files.
                if let Err(reason) = under_way.read_in(&writing, &upload) {
                    return under_way.state().ended = Some(Err(reason));
                }
            }
            under_way.state().ended = Some(Ok(()));
        });
        number
    }

    /// How far an intake is; `None` for one that nobody knows.
    pub fn progress(&self, number: u64) -> Option<Progress> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.list.iter().find(|known| known.number == number).map(|known| known.progress())
    }

    /// All that are remembered, latest first.
    pub fn all(&self) -> Vec<Progress> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.list.iter().rev().map(|known| known.progress()).collect()
    }
}

/// Counts the bytes that are taken up.
struct Counting {
    file: File,
    under_way: Arc<UnderWay>,
}

impl Read for Counting {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let count = self.file.read(buffer)?;
        self.under_way.read.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }
}

impl UnderWay {
    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn read_in(self: &Arc<Self>, writing: &Writing, upload: &Upload) -> Result<(), String> {
        let file = upload.file.reopen().map_err(|error| format!("{}: {error}", upload.name))?;
        let counting = Counting { file, under_way: Arc::clone(self) };
        let mut intake = Intake::of_reader(upload.name.clone(), counting, Options::default());
        let producers =
            Producers { article: Some(ARTICLE.version), language: Some(LANGUAGE.version), facts: Some(FACTS.version) };
        let adding = Adding {
            reading: Reading { until: onrecord_document::Stage::Facts, producers },
            read: &|capture| onrecord_reader::read(capture, Stage::Facts),
            threads: available_parallelism().map_or(1, usize::from),
        };
        let before = self.state().tally;
        let added = writing.write(|writer| {
            add_all(writer, &mut intake, &adding, |page| {
                let mut state = self.state();
                state.tally.pages += 1;
                state.tally.unread += u64::from(page.unread);
                match page.added {
                    Some(Added::New) => state.tally.new += 1,
                    Some(Added::Version) => state.tally.versions += 1,
                    Some(Added::Known) => state.tally.known += 1,
                    Some(Added::Further) => state.tally.further += 1,
                    Some(Added::TakenDown) => state.tally.taken_down += 1,
                    None => {}
                }
                state.latest.clone_from(&page.id);
                for note in &page.notes {
                    if state.remarks.len() < REMARKS {
                        state.remarks.push((page.id.clone(), note.message.clone()));
                    } else {
                        state.more_remarks += 1;
                    }
                }
                ControlFlow::Continue(())
            })
        });
        if added.is_err() {
            // What was counted of this file may not all have been stored.
            self.state().tally = before;
        }
        added.map(|_| ()).map_err(|error| error.to_string())
    }

    fn progress(&self) -> Progress {
        let state = self.state();
        let ended = state.ended.is_some();
        let done = match ended {
            true => 1.0,
            false => (self.read.load(Ordering::Relaxed) as f64 / self.bytes.max(1) as f64).min(0.99),
        };
        let spent = self.begun.elapsed().as_secs_f64();
        let left = (!ended && done > 0.02 && spent > 1.0).then(|| (spent * (1.0 - done) / done).ceil() as u64);
        Progress {
            number: self.number,
            names: self.names.clone(),
            done,
            seconds_left: left,
            pages: state.tally.pages,
            new: state.tally.new,
            versions: state.tally.versions,
            known: state.tally.known + state.tally.further,
            taken_down: state.tally.taken_down,
            unread: state.tally.unread,
            latest: state.latest.clone(),
            remarks: state.remarks.clone(),
            more_remarks: state.more_remarks,
            ended,
            failed: state.ended.as_ref().and_then(|ended| ended.as_ref().err().cloned()),
        }
    }
}
