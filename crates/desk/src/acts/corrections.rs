//! Corrections, tags and notes, and undoing them.

use super::write;
use crate::links;
use crate::routes::{Answer, Asking, Failure};
use crate::server::Response;
use onrecord_archive::{Anchor, AnnotationKind, Error, Writer};
use onrecord_document::{Document, Quote};

/// Writes what a form says, and leads back to where it was written.
pub(crate) fn correct(asking: &Asking<'_>) -> Answer {
    let field = |name: &str| asking.request.field(name).map(str::trim).unwrap_or_default();
    let (verdict, value) = (field("verdict"), field("value"));
    let kind = AnnotationKind::ALL.into_iter().find(|kind| kind.name() == verdict);
    let kind = kind.ok_or_else(|| {
        Failure::Misused("A correction is right, wrong, speaker, note, tag or same_speaker.".to_owned())
    })?;
    let wants_words = !matches!(kind, AnnotationKind::Right | AnnotationKind::Wrong);
    if wants_words && value.is_empty() {
        return Err(Failure::Misused("Nothing was written.".to_owned()));
    }
    let value = if wants_words { value } else { "" };
    let author = field("author");
    if kind == AnnotationKind::SameSpeaker {
        let from = field("speaker");
        let unknown = || Failure::NotFound(format!("Nobody in this archive is called {from}."));
        if from == value {
            return Err(Failure::Misused("That is the same name.".to_owned()));
        }
        let anchor = asking.reader.archive().speaker_anchor(from)?.ok_or_else(unknown)?;
        write(asking.desk, |writer| writer.annotate(kind, anchor, value, author))?;
        return Ok(Response::see(links::speaker(value)));
    }
    let key = field("article");
    let listed = asking.listed(key)?;
    let document = asking.reader.archive().document(listed.id)?;
    let key = listed.key.to_string();
    let (statement, number) = (field("statement"), field("number"));
    let quote = match statement.is_empty() && number.is_empty() {
        true => None,
        false => Some(quote(&document, statement, number).ok_or_else(|| {
            Failure::NotFound("This article has no such statement any more: it may have been read anew.".to_owned())
        })?),
    };
    let anchor = match (quote, kind) {
        (_, AnnotationKind::Tag) | (None, AnnotationKind::Note) => Anchor::page(&document),
        (Some((_, quote)), _) => Anchor::quote(&document, quote),
        (None, _) => return Err(Failure::Misused("Which statement is meant was not said.".to_owned())),
    };
    write(asking.desk, |writer| judge(writer, kind, anchor, value, author))?;
    Ok(Response::see(match quote {
        Some((number, _)) => links::statement(&key, number),
        None => links::article(&key),
    }))
}

/// The statement of this id, or else of this number, with its number from 1.
fn quote<'d>(document: &'d Document, id: &str, number: &str) -> Option<(usize, &'d Quote)> {
    let quotes = &document.layers.quotes.as_ref()?.items;
    let numbered = || quotes.iter().enumerate().map(|(nth, quote)| (nth + 1, quote));
    if !id.is_empty() {
        return numbered().find(|(_, quote)| quote.id.to_string() == id);
    }
    numbered().find(|(known, _)| number.parse() == Ok(*known))
}

/// Writes an annotation. A verdict that is given again is taken back, and one that is given takes the place of the others;
/// so does another speaker.
fn judge(
    writer: &mut Writer,
    kind: AnnotationKind,
    anchor: Anchor,
    value: &str,
    author: &str,
) -> onrecord_archive::Result<()> {
    let replaces = |other: AnnotationKind| match kind {
        AnnotationKind::Right | AnnotationKind::Wrong => matches!(other, AnnotationKind::Right | AnnotationKind::Wrong),
        AnnotationKind::Speaker => other == AnnotationKind::Speaker,
        _ => false,
    };
    let before = writer.archive().annotations(Some(anchor.page), false)?;
    let mut taken_back = false;
    for old in before.iter().filter(|old| old.anchor == anchor && replaces(old.kind)) {
        taken_back |= old.kind == kind && old.value == value;
        writer.undo(old.id)?;
    }
    if !taken_back {
        writer.annotate(kind, anchor, value, author)?;
    }
    Ok(())
}

/// Undoes what a form names, and leads back.
pub(crate) fn undo(asking: &Asking<'_>) -> Answer {
    let field = |name: &str| asking.request.field(name).map(str::trim).unwrap_or_default();
    let annotation = asking.reader.archive().annotation_starting(field("id")).map_err(|error| match error {
        Error::Unknown(words) => Failure::NotFound(format!("{words}.")),
        error => Failure::Archive(error),
    })?;
    if annotation.undone.is_none() {
        write(asking.desk, |writer| writer.undo(annotation.id))?;
    }
    let (article, speaker) = (field("article"), field("speaker"));
    Ok(Response::see(match field("number").parse::<usize>() {
        Ok(number) if !article.is_empty() => links::statement(&asking.listed(article)?.key.to_string(), number),
        _ if !article.is_empty() => links::article(&asking.listed(article)?.key.to_string()),
        _ if !speaker.is_empty() => links::speaker(speaker),
        _ => "/corrections".to_owned(),
    }))
}
