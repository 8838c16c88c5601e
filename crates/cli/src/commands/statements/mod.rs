//! `onrecord statements`: of pages, or of an archive.

mod archive;
mod args;
mod pages;

use crate::exit::Exit;
pub use args::StatementsArgs;

/// Lists the statements of the pages that were named, or else of the archive.
pub fn run(args: &StatementsArgs) -> Exit {
    if args.paths.is_empty() { archive::run(args) } else { pages::run(args) }
}
