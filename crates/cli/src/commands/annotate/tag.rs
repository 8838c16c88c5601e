//! `onrecord tag`.

use super::subject::{article, write};
use crate::args::Signed;
use crate::exit::Exit;
use clap::Args;
use onrecord_archive::{Anchor, AnnotationKind, Error};

/// Tag an article.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  Add two tags:
    onrecord tag https://example.com/ferry ferry-disaster checked
  Remove one again:
    onrecord tag --remove https://example.com/ferry checked")]
pub struct TagArgs {
    /// The article, by address or page hash
    pub article: String,
    /// The tags
    #[arg(required = true, value_name = "TAG")]
    pub tags: Vec<String>,
    /// Remove the tags
    #[arg(long)]
    pub remove: bool,
    #[command(flatten)]
    pub signed: Signed,
}

/// Tags an article, or removes tags.
pub fn run(args: &TagArgs) -> Exit {
    write(&args.signed, |writer| {
        let (listed, document) = article(writer.archive(), &args.article)?;
        let mut out = String::new();
        for tag in &args.tags {
            if !args.remove {
                let id = writer.correct(AnnotationKind::Tag, Anchor::page(&document), tag, &args.signed.author)?;
                out.push_str(&format!("{id}\n"));
                continue;
            }
            let annotations = writer.archive().annotations(Some(listed.page), false)?;
            let same = |kind, value: &str| kind == AnnotationKind::Tag && value == tag.trim();
            let found = annotations.iter().find(|annotation| same(annotation.kind, &annotation.value));
            let found = found.ok_or_else(|| Error::Unknown(format!("{} has no tag {tag}", listed.name)))?;
            writer.undo(found.id)?;
            out.push_str(&format!("{} undone\n", found.id));
        }
        Ok(out)
    })
}
