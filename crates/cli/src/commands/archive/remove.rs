//! `onrecord archive remove`.

use crate::args::ArchiveArg;
use crate::exit::Exit;
use crate::print::messages::say;
use crate::print::output;
use crate::print::terminal::safe;
use crate::run::store::{self, failed};
use clap::Args;

/// Take pages down: erase their bytes and everything that was read from them, and refuse to add them again.
///
/// A record of the removal stays, so that adding the page again is refused with a message. Corrections, tags and notes on
/// the page are erased too.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  Take down all versions of an article:
    onrecord archive remove --reason 'court order 4711' https://example.com/ferry
  Take down one page:
    onrecord archive remove 3f6c0c1f
  Allow it to be added again:
    onrecord archive remove --lift 3f6c0c1f")]
pub struct RemoveArgs {
    /// Pages to take down, by hash or address
    #[arg(required = true, value_name = "PAGE")]
    pub pages: Vec<String>,
    #[command(flatten)]
    pub archive: ArchiveArg,
    /// The reason, kept with the record of the removal
    #[arg(long, value_name = "WORDS", default_value = "")]
    pub reason: String,
    /// Allow pages that were taken down to be added again
    #[arg(long, conflicts_with = "reason")]
    pub lift: bool,
}

/// Takes pages down.
pub fn run(args: &RemoveArgs) -> Exit {
    remove(args).unwrap_or_else(|exit| exit)
}

fn remove(args: &RemoveArgs) -> Result<Exit, Exit> {
    let mut writer = store::existing(&args.archive)?;
    let mut out = String::new();
    for what in &args.pages {
        if args.lift {
            let lifted = writer.lift(what).map_err(failed)?;
            if !lifted {
                say(&format!("no page with the hash or address {what} was taken down"));
                return Err(Exit::Misused);
            }
            out.push_str(&format!("{what} can be added again\n"));
            continue;
        }
        let documents = store::meant(writer.archive(), what)?;
        for document in &documents {
            writer.take_down(document, &args.reason).map_err(failed)?;
            out.push_str(&format!("took down {}, page {}\n", safe(&document.name), document.page));
        }
    }
    writer.finish().map_err(failed)?;
    Ok(output::print(out.as_bytes()))
}
