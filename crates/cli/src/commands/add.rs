//! `onrecord add`.

use crate::args::{ArchiveArg, InputArgs, Threads, last_stage};
use crate::exit::Exit;
use crate::print::progress::ProgressLine;
use crate::print::{messages, output};
use crate::run::store::{self, failed};
use crate::run::{interrupt, model};
use clap::Args;
use onrecord_archive::{Added, Adding, PageAdded, Step, Tally, Writer, add_all};
use onrecord_document::Stage;
use onrecord_intake::{Intake, Options};
use std::fs::File;
use std::io::Write;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::Ordering;

/// Read pages and store them in an archive.
///
/// Reads everything that `read` reads. A page that is already stored is not read again, so running the same command again
/// continues where it stopped. Different bytes at a known address become a new version of the article. Ctrl-C finishes the
/// batch at hand and reports how far it got.
///
/// Exit status: 0 if everything was read and stored, 2 if something could not be, 1 if the command line was wrong.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  Add a folder of saved pages:
    onrecord add pages/
  Choose the archive:
    onrecord add --archive ~/ferry pages/ crawl.warc.gz
  Read only the articles now, and their statements later:
    onrecord add --until article articles.jsonl")]
pub struct AddArgs {
    /// Files or folders to read, or - for standard input
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    #[command(flatten)]
    pub archive: ArchiveArg,
    #[command(flatten)]
    pub input: InputArgs,
    /// Stop reading after this stage
    #[arg(long, value_parser = last_stage(), default_value = "facts", value_name = "STAGE")]
    pub until: Stage,
    #[command(flatten)]
    pub threads: Threads,
}

/// Reads pages into the archive and reports what became of them.
pub fn run(args: &AddArgs) -> Exit {
    match add(args) {
        Ok(added) | Err(added) => added,
    }
}

/// The same; an `Err` where the archive could not be written to, or the user interrupted.
pub fn add(args: &AddArgs) -> Result<Exit, Exit> {
    let place = store::place(&args.archive)?;
    let is_new = !place.join("archive.db").exists();
    let mut writer = store::writer(&args.archive)?;
    if is_new {
        let chosen = args.archive.folder.is_some();
        let hint = if chosen { "" } else { " (choose another with --archive DIR)" };
        messages::say(&format!("created an archive in {}{hint}", place.display()));
    }
    let trace = CommitTrace::begin(&mut writer);
    let until = args.until;
    let mut intake = Intake::open(args.paths.clone(), Options { input: args.input.kind.into(), ..Options::default() });
    let stop = interrupt::flag();
    let mut progress = ProgressLine::begin_alone(intake.total_hint());
    let adding = Adding {
        reading: store::reading(until),
        read: &|capture| {
            trace.line(format_args!("reads {}", capture.id));
            onrecord_reader::read(capture, until)
        },
        threads: model::threads(args.threads.count),
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
            let exit = failed(error);
            messages::say(&format!("stopped after {} pages; run the command again to continue", partly.pages));
            return Err(exit);
        }
    };
    let holds = writer.archive().len();
    let finished = writer.finish();
    let mut exit = output::print(summary_line(&tally, holds.ok(), &place.display().to_string()).as_bytes());
    if let Some(summary) = messages::summary(tally.pages, tally.unread, intake.skipped_files(), intake.passed_records())
    {
        messages::say(&summary);
    }
    if let Err(error) = finished {
        exit = failed(error);
    }
    if tally.stopped {
        return Err(Exit::Incomplete);
    }
    Ok(if tally.unread > 0 || tally.taken_down > 0 { Exit::Incomplete } else { exit })
}

/// What to say of one page on standard error.
fn say(page: &PageAdded, progress: &ProgressLine) {
    let mut reasons: Vec<&str> = page.notes.iter().map(|note| note.message.as_str()).collect();
    if page.added == Some(Added::TakenDown) {
        reasons.push("was taken down from this archive and is not added again");
    }
    if !reasons.is_empty() {
        // That nobody listens is no reason to stop.
        let _ = progress.aside(|| std::io::stderr().write_all(messages::problem(&page.id, &reasons).as_bytes()));
    }
}

/// What became of all pages, on one line.
fn summary_line(tally: &Tally, holds: Option<u64>, place: &str) -> String {
    let parts = [
        (tally.new, "new"),
        (tally.versions, if tally.versions == 1 { "new version" } else { "new versions" }),
        (tally.further, "read further"),
        (tally.known, "already stored"),
        (tally.taken_down, "taken down earlier"),
        (tally.unread, "not read"),
    ];
    let parts: Vec<String> =
        parts.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")).collect();
    let stopped = if tally.stopped { "stopped after " } else { "" };
    let what = if parts.is_empty() { String::new() } else { format!(": {}", parts.join(", ")) };
    let holds =
        holds.map_or(String::new(), |holds| format!("; {place} now holds {}", messages::counted(holds, "article")));
    let rest = if tally.stopped { "; run the command again to continue" } else { "" };
    format!("{stopped}{}{what}{holds}{rest}\n", messages::counted(tally.pages, "page"))
}

/// For tests that end the process in the middle of things: with `ONRECORD_TRACE=FILE` every page read and every commit of
/// database and index is written to that file, and with `ONRECORD_BATCH=N` batches have N documents.
struct CommitTrace(Option<Arc<File>>);

impl CommitTrace {
    fn begin(writer: &mut Writer) -> CommitTrace {
        let Some(path) = std::env::var_os("ONRECORD_TRACE") else { return CommitTrace(None) };
        let trace = CommitTrace(File::options().append(true).create(true).open(path).ok().map(Arc::new));
        if let Some(batch) = std::env::var("ONRECORD_BATCH").ok().and_then(|batch| batch.parse().ok()) {
            writer.commit_after(batch, 3 * batch as u64);
        }
        let commits = CommitTrace(trace.0.clone());
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
