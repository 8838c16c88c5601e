//! `onrecord archive check`.

use super::report::print_report;
use crate::args::ArchiveArg;
use crate::exit::Exit;
use crate::print::messages::{counted, say};
use crate::print::progress::ProgressLine;
use crate::run::store::{self, failed};
use clap::Args;
use onrecord_archive::Archive;

/// Look for damage, and list the pages and articles it affects.
///
/// Reads everything: the structure of the database, and every page, document and layer against its hash.
///
/// Exit status: 0 if nothing is damaged, 2 if something is.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  Look for damage:
    onrecord archive check
  Remove what is damaged, so that the pages can be added again:
    onrecord archive check --forget && onrecord add pages/")]
pub struct CheckArgs {
    #[command(flatten)]
    pub archive: ArchiveArg,
    /// Remove damaged pages and documents, so that they can be added again
    #[arg(long)]
    pub forget: bool,
}

/// Looks for damage.
pub fn run(args: &CheckArgs) -> Exit {
    check(args).unwrap_or_else(|exit| exit)
}

fn check(args: &CheckArgs) -> Result<Exit, Exit> {
    let archive = store::open(&args.archive)?;
    let progress = ProgressLine::begin_steps();
    let report = archive.check(|done, of| progress.step(done, of)).map_err(failed)?;
    progress.end();
    let checked = format!(
        "checked {}, {} and {}",
        counted(report.pages, "page"),
        counted(report.documents, "document"),
        counted(report.layers, "layer")
    );
    let index = index_state(&archive);
    let exit = print_report(&report, &checked, &index);
    if args.forget && !report.problems.is_empty() {
        drop(archive);
        let mut writer = store::existing(&args.archive)?;
        let forgotten = writer.forget_damaged(&report).and_then(|forgotten| writer.finish().map(|()| forgotten));
        say(&format!(
            "removed {}; add the pages again to store them",
            counted(forgotten.map_err(failed)?, "damaged page")
        ));
    }
    Ok(exit)
}

/// A line about a search index that needs work. It is derived from the database, so nothing wrong with it is a loss.
fn index_state(archive: &Archive) -> String {
    match onrecord_search::check_index(archive.place()) {
        Ok(None) => String::new(),
        Ok(Some(wrong)) => format!(
            "the search index {wrong}; it is repaired when it is next needed, or by `onrecord archive rebuild`\n"
        ),
        Err(error) => format!("{error}\n"),
    }
}
