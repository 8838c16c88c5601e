//! `onrecord archive reread`.

use crate::args::{ArchiveArg, Threads, last_stage};
use crate::exit::Exit;
use crate::print::messages::{counted, say};
use crate::print::output;
use crate::print::progress::ProgressLine;
use crate::run::store::{self, failed};
use crate::run::{interrupt, model};
use clap::Args;
use onrecord_archive::{Archive, DocumentId, Error, Renewed, Reread, Rereading, Result};
use onrecord_document::Stage;
use onrecord_intake::{ByteSize, in_order};
use std::io;
use std::sync::atomic::Ordering;
use std::sync::{Mutex, PoisonError};

/// What a stored page is taken to weigh before it is read: more than most do.
const ASSUMED_BYTES: usize = 1 << 20;

/// Read stored pages again where this version reads them differently.
///
/// Replaces only what another version read, or what depends on something that changed. Corrections, tags and notes stay with
/// the words they are about; `onrecord corrections --orphaned` lists those that no longer fit.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  After an update:
    onrecord archive reread
  Read the statements of articles that were added without them:
    onrecord archive reread --until facts")]
pub struct RereadArgs {
    #[command(flatten)]
    pub archive: ArchiveArg,
    /// Read at least up to this stage [default: as far as each article was read]
    #[arg(long, value_parser = last_stage(), value_name = "STAGE")]
    pub until: Option<Stage>,
    #[command(flatten)]
    pub threads: Threads,
}

/// A document to read again.
struct RereadTask(DocumentId);

impl ByteSize for RereadTask {
    fn bytes(&self) -> usize {
        ASSUMED_BYTES
    }
}

/// Reads stored pages again.
pub fn run(args: &RereadArgs) -> Exit {
    reread(args).unwrap_or_else(|exit| exit)
}

fn reread(args: &RereadArgs) -> std::result::Result<Exit, Exit> {
    let mut writer = store::existing(&args.archive)?;
    let stop = interrupt::flag();
    let readers = Mutex::new(Vec::<Archive>::new());
    let place = writer.archive().place().to_owned();
    let ids = writer.archive().ids().map_err(failed)?;
    let total = ids.len() as u64;
    let how = Rereading {
        producers: &|until| store::reading(until).producers,
        article: &|capture| onrecord_reader::read(capture, Stage::Article),
        layers: &|document, until| onrecord_reader::read_on(document, until),
        at_least: args.until,
    };
    let progress = ProgressLine::begin_steps();
    let (mut done, mut failures) = (0, 0);
    let mut counts = [0u64; 4];
    let mut failure = None;
    let work = |RereadTask(id): RereadTask| {
        let kept = readers.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let archive = kept.map_or_else(|| Archive::open(&place), Ok)?;
        let renewed = archive.reread(id, &how);
        readers.lock().unwrap_or_else(PoisonError::into_inner).push(archive);
        renewed
    };
    let sink = |renewed: Result<Option<Renewed>>| {
        let renewed = renewed.and_then(|renewed| renewed.map(|renewed| writer.renew(renewed)).transpose());
        done += 1;
        progress.step(done, total);
        match renewed {
            Ok(what) => counts[what.unwrap_or(Reread::Current) as usize] += 1,
            Err(Error::Damaged(what)) => {
                failures += 1;
                progress.aside(|| say(&what));
            }
            Err(error) => {
                failure = Some(error);
                return Err(io::ErrorKind::Other.into());
            }
        }
        if stop.load(Ordering::Relaxed) { Err(io::ErrorKind::Interrupted.into()) } else { Ok(()) }
    };
    let ended = in_order(ids.into_iter().map(RereadTask), model::threads(args.threads.count), work, sink);
    progress.end();
    if let Some(error) = failure {
        return Err(failed(error));
    }
    writer.finish().map_err(failed)?;
    let [current, same, layers, article] = counts;
    let stopped = if ended.is_err() { "stopped; run the command again to continue; " } else { "" };
    let out = format!(
        "{stopped}{}: {current} already read by this version, {same} unchanged, {layers} with different statements, \
        {article} with different words or fields\n",
        counted(done, "article")
    );
    let printed = output::print(out.as_bytes());
    Ok(if ended.is_err() || failures > 0 { Exit::Incomplete } else { printed })
}
