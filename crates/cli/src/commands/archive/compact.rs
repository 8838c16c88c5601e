//! `onrecord archive compact`.

use crate::args::ArchiveArg;
use crate::exit::Exit;
use crate::print::messages::bytes;
use crate::print::output;
use crate::print::progress::ProgressLine;
use crate::run::store::{self, failed};
use crate::run::{interrupt, model};
use clap::Args;
use onrecord_archive::Archive;
use std::sync::atomic::Ordering;

/// Compress an archive harder, and free the space of what was removed.
///
/// This is slow: about a tenth of a second for a typical page. It can be stopped and started again.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  Shrink the archive as far as possible:
    onrecord archive compact
  Only free unused space, which is much faster:
    onrecord archive compact --level 9")]
pub struct CompactArgs {
    #[command(flatten)]
    pub archive: ArchiveArg,
    /// Compression level, 1 to 22
    #[arg(long, value_name = "LEVEL", default_value_t = 19, value_parser = clap::value_parser!(i32).range(1..=22))]
    pub level: i32,
}

/// Compresses an archive harder.
pub fn run(args: &CompactArgs) -> Exit {
    compact(args).unwrap_or_else(|exit| exit)
}

fn compact(args: &CompactArgs) -> Result<Exit, Exit> {
    let mut writer = store::existing(&args.archive)?;
    let before = writer.archive().stats().map_err(failed)?.database_bytes;
    let stop = interrupt::flag();
    let progress = ProgressLine::begin_steps();
    let mut stopped = false;
    let threads = model::threads(None);
    let compacted = writer.compact(args.level, threads, |done, of| {
        progress.step(done, of);
        stopped = stop.load(Ordering::Relaxed);
        !stopped
    });
    progress.end();
    compacted.map_err(failed)?;
    let place = writer.archive().place().to_owned();
    writer.finish().map_err(failed)?;
    let after = Archive::open(&place).and_then(|archive| archive.stats()).map_err(failed)?.database_bytes;
    let how = if stopped { "stopped; run the command again to continue" } else { "compacted" };
    let printed = output::print(format!("{how}: {} before, {} now\n", bytes(before), bytes(after)).as_bytes());
    Ok(if stopped { Exit::Incomplete } else { printed })
}
