//! `onrecord correct`.

use super::subject::{anchor, article, write};
use crate::args::Signed;
use crate::exit::Exit;
use clap::{Args, ValueEnum};
use onrecord_archive::{AnnotationKind, Error};

/// Mark a statement as right or wrong, or say who really made it.
///
/// A correction belongs to words and their place on the page, so it survives an update that reads the page differently. If
/// its words are no longer read as a statement, `onrecord corrections --orphaned` lists it.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  Mark statement 3 as wrong:
    onrecord correct https://example.com/ferry 3 wrong
  Name who really made it:
    onrecord correct https://example.com/ferry 3 --speaker 'Daniel Okafor'
  Treat two names as one person, in the whole archive:
    onrecord correct --same 'T. Adler' 'Tomas Adler'")]
pub struct CorrectArgs {
    /// The article, by address or page hash
    #[arg(required_unless_present = "same")]
    pub article: Option<String>,
    /// The statement, by number or id
    #[arg(required_unless_present = "same", value_name = "STATEMENT")]
    pub statement: Option<String>,
    /// Whether it was read right
    #[arg(value_enum, required_unless_present_any = ["same", "speaker"], conflicts_with = "speaker")]
    pub verdict: Option<Verdict>,
    /// Who really made it
    #[arg(long, value_name = "NAME")]
    pub speaker: Option<String>,
    /// Two names of one person; the second is the one to show
    #[arg(long, num_args = 2, value_names = ["NAME", "NAME"], conflicts_with_all = ["article", "statement", "verdict", "speaker"])]
    pub same: Option<Vec<String>>,
    #[command(flatten)]
    pub signed: Signed,
}

#[derive(Copy, Clone, Debug, PartialEq, Eq, ValueEnum)]
pub enum Verdict {
    /// It was read right
    Right,
    /// It was read wrong
    Wrong,
}

/// Marks a statement as right or wrong, names its speaker, or makes two names one.
pub fn run(args: &CorrectArgs) -> Exit {
    write(&args.signed, |writer| {
        let author = &args.signed.author;
        if let Some([from, to]) = args.same.as_deref() {
            let unknown = || Error::Unknown(format!("nobody in this archive is called {from}"));
            let anchor = writer.archive().speaker_anchor(from)?.ok_or_else(unknown)?;
            let id = writer.correct(AnnotationKind::SameSpeaker, anchor, to, author)?;
            return Ok(format!("{id}\n"));
        }
        // The parser requires both.
        let (what, statement) =
            (args.article.as_deref().unwrap_or_default(), args.statement.as_deref().unwrap_or_default());
        let (listed, document) = article(writer.archive(), what)?;
        let anchor = anchor(&document, &listed, statement)?;
        let (kind, value) = match (&args.speaker, args.verdict) {
            (Some(name), _) => (AnnotationKind::Speaker, name.as_str()),
            (None, Some(Verdict::Wrong)) => (AnnotationKind::Wrong, ""),
            (None, _) => (AnnotationKind::Right, ""),
        };
        Ok(format!("{}\n", writer.correct(kind, anchor, value, author)?))
    })
}
