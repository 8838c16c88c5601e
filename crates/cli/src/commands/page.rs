//! `onrecord page`.

use crate::args::ArchiveArg;
use crate::exit::Exit;
use crate::print::{messages, output};
use crate::run::store::{self, failed};
use clap::Args;

/// Print the bytes of a stored page, exactly as they were read.
///
/// `sha256sum` of these bytes gives the hash that comes with every answer, and the byte ranges of every answer count them.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  Save the page:
    onrecord page 3f6c0c1f > page.html
  Check its hash:
    onrecord page 3f6c0c1f | sha256sum
  Print the bytes 1200 to 1242 that an answer names:
    onrecord page 3f6c0c1f | tail -c +1201 | head -c 42")]
pub struct PageArgs {
    /// The page's SHA-256, or a unique prefix of at least 8 digits
    #[arg(value_name = "HASH")]
    pub hash: String,
    #[command(flatten)]
    pub archive: ArchiveArg,
}

/// Prints a page's bytes as they were read.
pub fn run(args: &PageArgs) -> Exit {
    let archive = match store::open(&args.archive) {
        Ok(archive) => archive,
        Err(exit) => return exit,
    };
    match archive.page_starting(&args.hash) {
        Ok(Some(page)) => output::print(page.as_bytes()),
        Ok(None) => {
            messages::say(&format!("the archive has no page with the hash {}", args.hash));
            Exit::Misused
        }
        Err(error) => failed(error),
    }
}
