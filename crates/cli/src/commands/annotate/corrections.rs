//! `onrecord corrections`.

use super::lines::{json, text};
use crate::args::{ArchiveArg, ListFormat};
use crate::exit::Exit;
use crate::print::output;
use crate::run::store::{self, failed};
use clap::Args;
use onrecord_archive::Error;

/// List corrections, tags and notes.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  List all of them:
    onrecord corrections
  List those whose words are no longer read as they were:
    onrecord corrections --orphaned
  Save them as JSON:
    onrecord corrections --format jsonl > corrections.jsonl
  Undo one:
    onrecord undo 4b5a90f3c2d1e807")]
pub struct CorrectionsArgs {
    /// The article, by address or page hash [default: all]
    pub article: Option<String>,
    #[command(flatten)]
    pub archive: ArchiveArg,
    /// Only those whose words are no longer read as they were
    #[arg(long)]
    pub orphaned: bool,
    /// Include those that were undone
    #[arg(long)]
    pub undone: bool,
    /// Output format
    #[arg(short, long, value_enum, default_value = "text")]
    pub format: ListFormat,
}

/// Lists corrections, tags and notes.
pub fn run(args: &CorrectionsArgs) -> Exit {
    let archive = match store::open(&args.archive) {
        Ok(archive) => archive,
        Err(exit) => return exit,
    };
    let listed = archive.at_once(|| {
        let pages = match &args.article {
            Some(article) => {
                let mut pages: Vec<_> = archive.meant(article)?.iter().map(|listed| listed.page).collect();
                pages.dedup();
                if pages.is_empty() {
                    return Err(Error::Unknown(format!("the archive has no page with the hash or address {article}")));
                }
                pages.into_iter().map(Some).collect()
            }
            None => vec![None],
        };
        let mut placed = Vec::new();
        for page in pages {
            placed.extend(archive.placed(page, args.undone)?);
        }
        placed.retain(|placed| !args.orphaned || placed.orphaned);
        let mut out = String::new();
        for placed in &placed {
            let document = placed.document.map(|id| Ok((archive.listed(id)?, archive.document(id)?))).transpose()?;
            out.push_str(&match args.format {
                ListFormat::Text => text(placed, document.as_ref()),
                ListFormat::Jsonl => json(placed, document.as_ref()) + "\n",
            });
        }
        Ok(out)
    });
    match listed {
        Ok(out) if out.is_empty() && args.format == ListFormat::Text => {
            let what = if args.orphaned { "nothing is orphaned" } else { "no corrections, tags or notes yet" };
            output::print(format!("{what}\n").as_bytes())
        }
        Ok(out) => output::print(out.as_bytes()),
        Err(error) => failed(error),
    }
}
