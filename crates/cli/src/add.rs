//! `onrecord add`.

use crate::archive_args::AddArgs;
use crate::progress::Progress;
use crate::store::{self, failed};
use crate::{Outcome, messages, tools};
use onrecord_archive::{Added, Adding, PageAdded, Step, Tally, Writer, add_all};
use onrecord_intake::{Intake, Options};
use std::fs::File;
use std::io::Write;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Reads what the arguments name into the archive, and says what became of it.
pub fn run(args: &AddArgs) -> Outcome {
    match add(args) {
        Ok(added) | Err(added) => added,
    }
}

/// Does so; an `Err` where the archive could not be written to, or the work was stopped.
pub fn add(args: &AddArgs) -> Result<Outcome, Outcome> {
    let place = store::place(&args.archive)?;
    let is_new = !place.join("archive.db").exists();
    let mut writer = store::writer(&args.archive)?;
    if is_new {
        let chosen = args.archive.folder.is_some();
        let hint = if chosen { "" } else { " (--archive DIR names another)" };
        messages::say(&format!("made an archive in {}{hint}", place.display()));
    }
    let trace = Trace::begin(&mut writer);
    let until = args.until;
    let mut intake = Intake::open(args.paths.clone(), Options { input: args.input.kind.into(), ..Options::default() });
    let stop = on_interrupt();
    let mut progress = Progress::begin_alone(intake.total_hint());
    let adding = Adding {
        reading: store::reading(until),
        read: &|capture| {
            trace.line(format_args!("reads {}", capture.id));
            onrecord_reader::read(capture, until)
        },
        threads: store::threads(args.threads.count),
    };
    let mut partly = Tally::default();
    let added = add_all(&mut writer, &mut intake, &adding, |page| {
        say(page, &progress);
        progress.page_done(page.position);
        partly.pages += 1;
        if stop.load(Ordering::Relaxed) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    progress.end();
    let tally = match added {
        Ok(tally) => tally,
        Err(error) => {
            let outcome = failed(error);
            messages::say(&format!("stopped after {} pages; adding again goes on from what is stored", partly.pages));
            return Err(outcome);
        }
    };
    let holds = writer.archive().len();
    let finished = writer.finish();
    let mut outcome = tools::print(told(&tally, holds.ok(), &place.display().to_string()).as_bytes());
    if let Some(summary) = messages::summary(tally.pages, tally.unread, intake.skipped_files(), intake.passed_records())
    {
        messages::say(&summary);
    }
    if let Err(error) = finished {
        outcome = failed(error);
    }
    if tally.stopped {
        return Err(Outcome::Incomplete);
    }
    Ok(if tally.unread > 0 || tally.taken_down > 0 { Outcome::Incomplete } else { outcome })
}

/// What to say of one page on standard error.
fn say(page: &PageAdded, progress: &Progress) {
    let mut reasons: Vec<&str> = page.notes.iter().map(|note| note.message.as_str()).collect();
    if page.added == Some(Added::TakenDown) {
        reasons.push("was taken down from this archive before, and is not taken in again");
    }
    if !reasons.is_empty() {
        // That nobody listens is no reason to stop.
        let _ = progress.aside(|| std::io::stderr().write_all(messages::problem(&page.id, &reasons).as_bytes()));
    }
}

/// What became of all pages, on one line.
fn told(tally: &Tally, holds: Option<u64>, place: &str) -> String {
    let parts = [
        (tally.new, "new"),
        (tally.versions, if tally.versions == 1 { "new version" } else { "new versions" }),
        (tally.further, "read further"),
        (tally.known, "known already"),
        (tally.taken_down, "taken down before"),
        (tally.unread, "not read"),
    ];
    let parts: Vec<String> =
        parts.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")).collect();
    let stopped = if tally.stopped { "stopped after " } else { "" };
    let what = if parts.is_empty() { String::new() } else { format!(": {}", parts.join(", ")) };
    let holds =
        holds.map_or(String::new(), |holds| format!("; {place} now holds {}", messages::counted(holds, "article")));
    let rest = if tally.stopped { "; the same command goes on from here" } else { "" };
    format!("{stopped}{}{what}{holds}{rest}\n", messages::counted(tally.pages, "page"))
}

/// Has Ctrl-C end the process at once from now on: what there was to add is added.
pub fn is_over() {
    OVER.store(true, Ordering::Relaxed);
}

static OVER: AtomicBool = AtomicBool::new(false);

/// Set by Ctrl-C. A second one ends the process at once, which loses nothing that was committed.
pub fn on_interrupt() -> Arc<AtomicBool> {
    let stop = Arc::new(AtomicBool::new(false));
    let asked = Arc::clone(&stop);
    // Without a handler Ctrl-C ends the process, which loses nothing either.
    let _ = ctrlc::set_handler(move || {
        if OVER.load(Ordering::Relaxed) {
            std::process::exit(0);
        }
        if asked.swap(true, Ordering::Relaxed) {
            std::process::exit(130);
        }
        messages::say("ending the batch; press Ctrl-C again to end at once");
    });
    stop
}

/// For tests that end the process in the middle of things: with `ONRECORD_TRACE=FILE` every page read and every commit of
/// database and index is written to that file, and with `ONRECORD_BATCH=N` batches have N documents.
struct Trace(Option<Arc<File>>);

impl Trace {
    fn begin(writer: &mut Writer) -> Trace {
        let Some(path) = std::env::var_os("ONRECORD_TRACE") else { return Trace(None) };
        let trace = Trace(File::options().append(true).create(true).open(path).ok().map(Arc::new));
        if let Some(batch) = std::env::var("ONRECORD_BATCH").ok().and_then(|batch| batch.parse().ok()) {
            writer.commit_after(batch, 3 * batch as u64);
        }
        let commits = Trace(trace.0.clone());
        writer.observe(move |step| match step {
            Step::DatabaseBegins => commits.line(format_args!("database begins")),
            Step::DatabaseDone(seq) => commits.line(format_args!("database done {seq}")),
            Step::FollowerBegins(name) => commits.line(format_args!("{name} begins")),
            Step::FollowerDone(name, seq) => commits.line(format_args!("{name} done {seq}")),
        });
        trace
    }

    fn line(&self, words: std::fmt::Arguments<'_>) {
        if let Some(file) = &self.0 {
            // In one go, so that lines of several threads don't mix.
            let _ = (&**file).write_all(format!("{words}\n").as_bytes());
        }
    }
}
