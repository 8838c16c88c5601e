//! `onrecord undo`.

use super::subject::write;
use crate::args::{ArchiveArg, Signed};
use crate::exit::Exit;
use clap::Args;

/// Undo a correction, tag or note.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  Undo one that `onrecord corrections` lists:
    onrecord undo 4b5a90f3c2d1e807")]
pub struct UndoArgs {
    /// Its id, or a unique prefix
    pub id: String,
    #[command(flatten)]
    pub archive: ArchiveArg,
}

/// Undoes a correction, tag or note.
pub fn run(args: &UndoArgs) -> Exit {
    let signed = Signed { archive: args.archive.clone(), author: String::new() };
    write(&signed, |writer| {
        let annotation = writer.archive().annotation_starting(&args.id)?;
        if annotation.undone.is_some() {
            return Ok(format!("{} was already undone\n", annotation.id));
        }
        writer.undo(annotation.id)?;
        Ok(format!("{} undone\n", annotation.id))
    })
}
