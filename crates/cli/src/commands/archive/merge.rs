//! `onrecord archive merge`.

use crate::args::ArchiveArg;
use crate::exit::Exit;
use crate::print::messages::{counted, say};
use crate::print::output;
use crate::print::progress::ProgressLine;
use crate::run::store::{self, failed};
use clap::Args;
use onrecord_archive::Archive;
use std::path::PathBuf;

/// Copy everything from another archive into this one: pages, what was read from them, corrections, tags and notes.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  Merge a colleague's archive:
    onrecord archive merge /mnt/share/ferry-archive")]
pub struct MergeArgs {
    /// The other archive's folder
    #[arg(value_name = "DIR")]
    pub from: PathBuf,
    #[command(flatten)]
    pub archive: ArchiveArg,
}

/// Copies everything from another archive into this one.
pub fn run(args: &MergeArgs) -> Exit {
    merge(args).unwrap_or_else(|exit| exit)
}

fn merge(args: &MergeArgs) -> Result<Exit, Exit> {
    let other = Archive::open(&args.from).map_err(failed)?;
    let total = other.len().map_err(failed)?;
    let mut writer = store::writer(&args.archive)?;
    let progress = ProgressLine::begin_steps();
    let merged = writer.merge(&other, |done| progress.step(done, total));
    progress.end();
    let merged = merged.map_err(failed)?;
    writer.finish().map_err(failed)?;
    for name in &merged.removed_there {
        say(&format!(
            "{name}: was taken down in the other archive but is still in this one; `onrecord archive remove` takes it down here too"
        ));
    }
    let mut out = format!("{}: {} new", counted(total, "article"), merged.new);
    for (count, what) in [
        (merged.versions, "new versions"),
        (merged.known, "already stored"),
        (merged.taken_down, "taken down here earlier"),
        (merged.corrections, "corrections, tags and notes"),
    ] {
        if count > 0 {
            out.push_str(&format!(", {count} {what}"));
        }
    }
    Ok(output::print((out + "\n").as_bytes()))
}
