//! `onrecord note`, `tag`, `correct`, `corrections` and `undo`.

use crate::archive_args::{CorrectArgs, CorrectionsArgs, ListFormat, NoteArgs, Signed, TagArgs, UndoArgs, Verdict};
use crate::store::{self, failed};
use crate::terminal::safe;
use crate::{Outcome, tools};
use onrecord_archive::{Anchor, AnnotationKind, Archive, Error, Listed, Placed, Result, Writer};
use onrecord_document::Document;
use onrecord_record::CorrectionLine;

/// Longest words of a statement in a list, in characters.
const LISTED_CHARS: usize = 60;

/// Writes a note.
pub fn note(args: &NoteArgs) -> Outcome {
    wrote(&args.signed, |writer| {
        let (listed, document) = article(writer.archive(), &args.article)?;
        let anchor = match &args.statement {
            Some(statement) => anchor(&document, &listed, statement)?,
            None => Anchor::page(&document),
        };
        let id = writer.correct(AnnotationKind::Note, anchor, &args.words, &args.signed.author)?;
        Ok(format!("{id}\n"))
    })
}

/// Tags an article, or takes tags away.
pub fn tag(args: &TagArgs) -> Outcome {
    wrote(&args.signed, |writer| {
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

/// Says that a statement was read right or wrong, who made it, or that two names are one.
pub fn correct(args: &CorrectArgs) -> Outcome {
    wrote(&args.signed, |writer| {
        let author = &args.signed.author;
        if let Some([from, to]) = args.same.as_deref() {
            let unknown = || Error::Unknown(format!("nobody in this archive is called {from}"));
            let anchor = writer.archive().speaker_anchor(from)?.ok_or_else(unknown)?;
            let id = writer.correct(AnnotationKind::SameSpeaker, anchor, to, author)?;
            return Ok(format!("{id}\n"));
        }
        // The parser has made sure of both.
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

/// Undoes a correction, tag or note.
pub fn undo(args: &UndoArgs) -> Outcome {
    let signed = Signed { archive: args.archive.clone(), author: String::new() };
    wrote(&signed, |writer| {
        let annotation = writer.archive().annotation_starting(&args.id)?;
        if annotation.undone.is_some() {
            return Ok(format!("{} was undone before\n", annotation.id));
        }
        writer.undo(annotation.id)?;
        Ok(format!("{} undone\n", annotation.id))
    })
}

/// Lists corrections, tags and notes.
pub fn list(args: &CorrectionsArgs) -> Outcome {
    let archive = match store::open(&args.archive) {
        Ok(archive) => archive,
        Err(outcome) => return outcome,
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
            tools::print(format!("{what}\n").as_bytes())
        }
        Ok(out) => tools::print(out.as_bytes()),
        Err(error) => failed(error),
    }
}

/// Every correction, tag and note that was not undone, as lines of JSON.
pub fn write_lines(archive: &Archive, mut out: impl std::io::Write) -> Result<()> {
    let io = |error| Error::Io("the output".into(), error);
    archive.at_once(|| {
        for placed in archive.placed(None, false)? {
            let document = placed.document.map(|id| Ok((archive.listed(id)?, archive.document(id)?))).transpose()?;
            writeln!(out, "{}", json(&placed, document.as_ref())).map_err(io)?;
        }
        out.flush().map_err(io)
    })
}

/// Opens the archive, does something to it, and prints what that gives.
fn wrote(signed: &Signed, act: impl FnOnce(&mut Writer) -> Result<String>) -> Outcome {
    let mut writer = match store::existing(&signed.archive) {
        Ok(writer) => writer,
        Err(outcome) => return outcome,
    };
    match act(&mut writer).and_then(|out| writer.finish().map(|()| out)) {
        Ok(out) => tools::print(out.as_bytes()),
        Err(error) => failed(error),
    }
}

/// The latest version of the article that is meant.
fn article(archive: &Archive, what: &str) -> Result<(Listed, Document)> {
    let unknown = || Error::Unknown(format!("the archive has no page with the hash or address {what}"));
    let listed = archive.meant(what)?.pop().ok_or_else(unknown)?;
    let document = archive.document(listed.id)?;
    Ok((listed, document))
}

/// The place of a statement, by its number from 1 or its id.
fn anchor(document: &Document, listed: &Listed, called: &str) -> Result<Anchor> {
    let (_, statement) = document.statement_called(called).ok_or_else(|| {
        let has = match document.statements().len() {
            0 => "no statements".to_owned(),
            1 => "statement 1".to_owned(),
            number => format!("statements 1 to {number}"),
        };
        Error::Unknown(format!("{} has no statement {called}; it has {has}", listed.name))
    })?;
    Ok(Anchor::statement(document, statement))
}

fn text(placed: &Placed, document: Option<&(Listed, Document)>) -> String {
    let annotation = &placed.annotation;
    let mut parts = vec![annotation.id.to_string(), annotation.kind.name().replace('_', " ")];
    let name = document.map_or_else(
        || format!("page {}", &annotation.anchor.page.to_string()[..16]),
        |(listed, _)| listed.name.clone(),
    );
    parts.push(match placed.statement {
        Some(nth) => format!("{name} [{}]", nth + 1),
        None => name,
    });
    if !annotation.value.is_empty() {
        parts.push(format!("{:?}", annotation.value));
    }
    if !annotation.anchor.words.is_empty() {
        let words: String = annotation.anchor.words.chars().take(LISTED_CHARS).collect();
        let more = if words.len() < annotation.anchor.words.len() { "…" } else { "" };
        parts.push(format!("on {words}{more}"));
    }
    if !annotation.author.is_empty() {
        parts.push(format!("by {}", annotation.author));
    }
    parts.push(annotation.made.clone());
    if let Some(undone) = &annotation.undone {
        parts.push(format!("undone {undone}"));
    }
    if placed.orphaned {
        let why = if placed.document.is_none() { "its page is gone" } else { "its words are no longer read so" };
        parts.push(format!("orphaned: {why}"));
    }
    format!("{}\n", safe(&parts.join("  ")))
}

fn json(placed: &Placed, document: Option<&(Listed, Document)>) -> String {
    let annotation = &placed.annotation;
    let statement = placed.statement.and_then(|nth| document?.1.statements().get(nth));
    let line = CorrectionLine {
        id: annotation.id.to_string(),
        kind: annotation.kind.name(),
        article: document.map(|(listed, _)| listed.name.as_str()),
        page: annotation.anchor.page.to_string(),
        bytes: annotation.anchor.ranges.clone(),
        words: &annotation.anchor.words,
        value: &annotation.value,
        author: &annotation.author,
        made: &annotation.made,
        undone: annotation.undone.as_deref(),
        statement: statement.map(|statement| statement.id.to_string()),
        orphaned: placed.orphaned,
    };
    line.to_json()
}
