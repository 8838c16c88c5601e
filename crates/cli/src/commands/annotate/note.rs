//! `onrecord note`.

use super::subject::{anchor, article, write};
use crate::args::Signed;
use crate::exit::Exit;
use clap::Args;
use onrecord_archive::{Anchor, AnnotationKind};

/// Write a note about an article, or about one of its statements.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  Write a note about an article:
    onrecord note https://example.com/ferry 'The company confirmed this by phone.'
  Write a note about its third statement:
    onrecord note https://example.com/ferry --statement 3 'Check with the coroner.'")]
pub struct NoteArgs {
    /// The article, by address or page hash
    pub article: String,
    /// The note
    pub words: String,
    /// The statement, by number or id
    #[arg(long, value_name = "NUMBER|ID")]
    pub statement: Option<String>,
    #[command(flatten)]
    pub signed: Signed,
}

/// Writes a note.
pub fn run(args: &NoteArgs) -> Exit {
    write(&args.signed, |writer| {
        let (listed, document) = article(writer.archive(), &args.article)?;
        let anchor = match &args.statement {
            Some(statement) => anchor(&document, &listed, statement)?,
            None => Anchor::page(&document),
        };
        let id = writer.correct(AnnotationKind::Note, anchor, &args.words, &args.signed.author)?;
        Ok(format!("{id}\n"))
    })
}
