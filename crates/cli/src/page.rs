//! `onrecord page`.

use crate::archive_args::PageArgs;
use crate::store::{self, failed};
use crate::{Outcome, messages, tools};

/// Prints a page's bytes as they came.
pub fn run(args: &PageArgs) -> Outcome {
    let archive = match store::open(&args.archive) {
        Ok(archive) => archive,
        Err(outcome) => return outcome,
    };
    match archive.page_starting(&args.hash) {
        Ok(Some(page)) => tools::print(page.as_bytes()),
        Ok(None) => {
            messages::say(&format!("the archive has no page with the hash {}", args.hash));
            Outcome::Misused
        }
        Err(error) => failed(error),
    }
}
