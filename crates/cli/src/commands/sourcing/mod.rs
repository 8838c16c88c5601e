//! `onrecord sourcing`: of pages, or of an archive.

mod args;
mod pages;
mod table;

use crate::exit::Exit;
use crate::run::store::{self, failed};
pub use args::SourcingArgs;

/// Counts the sources of the pages that were named, or else of the archive.
pub fn run(args: &SourcingArgs) -> Exit {
    if !args.paths.is_empty() {
        return pages::run(args);
    }
    let archive = match store::open(&args.archive) {
        Ok(archive) => archive,
        Err(exit) => return exit,
    };
    match archive.sourcing(args.by.stretches()) {
        Ok(counts) => table::print(args, &counts),
        Err(error) => failed(error),
    }
}
