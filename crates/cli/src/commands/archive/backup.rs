//! `onrecord archive backup`.

use crate::args::ArchiveArg;
use crate::exit::Exit;
use crate::print::messages::counted;
use crate::print::output;
use crate::print::progress::ProgressLine;
use crate::run::store::{self, failed};
use clap::Args;
use onrecord_archive::Archive;
use std::path::PathBuf;

/// Copy an archive, even while pages are being added to it.
///
/// The copy is a complete archive of one moment. The search index is left out; it is rebuilt when it is needed.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  Make a copy:
    onrecord archive backup /mnt/disk/onrecord-2026-11
  Use the copy:
    onrecord archive stats --archive /mnt/disk/onrecord-2026-11")]
pub struct BackupArgs {
    /// The folder to copy to; it must be empty or not exist
    #[arg(value_name = "DIR")]
    pub to: PathBuf,
    #[command(flatten)]
    pub archive: ArchiveArg,
}

/// Copies an archive.
pub fn run(args: &BackupArgs) -> Exit {
    backup(args).unwrap_or_else(|exit| exit)
}

fn backup(args: &BackupArgs) -> Result<Exit, Exit> {
    let archive = store::open(&args.archive)?;
    let progress = ProgressLine::begin_steps();
    let copied = archive.backup(&args.to, |done, of| progress.step(done, of));
    progress.end();
    copied.map_err(failed)?;
    let articles = Archive::open(&args.to).and_then(|copy| copy.len()).map_err(failed)?;
    Ok(output::print(format!("copied {} to {}\n", counted(articles, "article"), args.to.display()).as_bytes()))
}
