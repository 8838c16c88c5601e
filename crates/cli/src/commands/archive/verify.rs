//! `onrecord archive verify`.

use super::report::print_report;
use crate::args::ArchiveArg;
use crate::exit::Exit;
use crate::print::messages::counted;
use crate::print::progress::ProgressLine;
use crate::run::store::{self, failed};
use clap::Args;

/// Prove that the words of every answer are where it says they are.
///
/// Computes the SHA-256 of every page again, and decodes the bytes behind every word of every article and every statement
/// with a second, independent decoder.
///
/// Exit status: 0 if everything is proved, 2 if something is not.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  Verify the whole archive:
    onrecord archive verify
  Verify one page:
    onrecord archive verify 3f6c0c1f")]
pub struct VerifyArgs {
    /// Pages to verify, by hash or address [default: all]
    #[arg(value_name = "PAGE")]
    pub pages: Vec<String>,
    #[command(flatten)]
    pub archive: ArchiveArg,
}

/// Proves what the archive says of its pages.
pub fn run(args: &VerifyArgs) -> Exit {
    verify(args).unwrap_or_else(|exit| exit)
}

fn verify(args: &VerifyArgs) -> Result<Exit, Exit> {
    let archive = store::open(&args.archive)?;
    let ids = if args.pages.is_empty() {
        archive.ids().map_err(failed)?
    } else {
        let mut ids = Vec::new();
        for what in &args.pages {
            ids.extend(store::meant(&archive, what)?.iter().map(|listed| listed.id));
        }
        ids
    };
    let progress = ProgressLine::begin_steps();
    let report = archive.verify(&ids, |done, of| progress.step(done, of)).map_err(failed)?;
    progress.end();
    let checked = format!(
        "hashed the pages of {} and decoded the bytes of {}",
        counted(report.documents, "article"),
        counted(report.proofs, "run")
    );
    Ok(print_report(&report, &checked, ""))
}
