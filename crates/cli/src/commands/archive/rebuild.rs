//! `onrecord archive rebuild`.

use crate::args::ArchiveArg;
use crate::exit::Exit;
use crate::print::messages::{counted, say};
use crate::print::output;
use crate::run::store::{self, failed};
use clap::Args;
use onrecord_archive::Writer;
use std::io;

/// Rebuild the search index from the database.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  After the folder `search` in the archive was deleted or damaged:
    onrecord archive rebuild")]
pub struct RebuildArgs {
    #[command(flatten)]
    pub archive: ArchiveArg,
}

/// Rebuilds the search index.
pub fn run(args: &RebuildArgs) -> Exit {
    rebuild(args).unwrap_or_else(|exit| exit)
}

fn rebuild(args: &RebuildArgs) -> Result<Exit, Exit> {
    let place = store::place(&args.archive)?;
    let index = place.join(onrecord_search::FOLDER);
    // Only once it is certain that this is an archive and that nobody is writing to it.
    drop(store::open(&args.archive)?);
    Writer::open(&place, Vec::new()).and_then(Writer::finish).map_err(failed)?;
    if let Err(error) = std::fs::remove_dir_all(&index)
        && error.kind() != io::ErrorKind::NotFound
    {
        say(&format!("{}: {error}", index.display()));
        return Err(Exit::Incomplete);
    }
    let writer = store::existing(&args.archive)?;
    if let Some(trouble) = writer.failed_followers().next() {
        say(&trouble.to_string());
        return Err(Exit::Incomplete);
    }
    let articles = writer.archive().len().map_err(failed)?;
    writer.finish().map_err(failed)?;
    Ok(output::print(format!("rebuilt the search index of {}\n", counted(articles, "article")).as_bytes()))
}
