//! Corrections, tags and notes, and undoing them.

use super::Writing;
use crate::failure::{Failure, listed};
use crate::links;
use onrecord_archive::{Anchor, Annotation, AnnotationId, AnnotationKind, Archive, MAX_TAG, MAX_VALUE};
use onrecord_document::{Document, Statement};
use onrecord_span::PageHash;
use schemars::JsonSchema;
use serde::Deserialize;

/// What somebody has to say of a statement, an article or a speaker.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Correction {
    /// `right`, `wrong`, `speaker`, `same_speaker`, `note` or `tag`.
    pub kind: String,
    /// The name, tag or note; nothing for `right` and `wrong`.
    pub value: String,
    /// Who says it.
    pub author: String,
    /// The article: its key, the digits of its page's hash, or its address. Of `same_speaker`, nothing.
    pub article: String,
    /// The statement's id.
    pub statement: String,
    /// The statement's number in its article, from 1, where no id is given; 0 for none.
    pub number: usize,
    /// Of `same_speaker`, the name that is another name of `value`.
    pub speaker: String,
}

/// What was written, and where it is seen.
pub(crate) struct Done {
    /// `None` where it took back what was said before.
    pub id: Option<AnnotationId>,
    pub page: PageHash,
    pub place: String,
}

/// Writes a correction. `toggles`: whether a verdict that is given again is taken back.
pub(crate) fn written(
    archive: &Archive,
    writing: &Writing,
    correction: &Correction,
    toggles: bool,
) -> Result<Done, Failure> {
    let kind = AnnotationKind::ALL.into_iter().find(|kind| kind.name() == correction.kind);
    let kind = kind.ok_or_else(|| {
        Failure::Misused("A correction is right, wrong, speaker, note, tag or same_speaker.".to_owned())
    })?;
    let wants_words = !matches!(kind, AnnotationKind::Right | AnnotationKind::Wrong);
    let value = correction.value.trim();
    if wants_words && value.is_empty() {
        return Err(Failure::Misused("The text is empty.".to_owned()));
    }
    let most = if kind == AnnotationKind::Tag { MAX_TAG } else { MAX_VALUE };
    if value.len() > most {
        return Err(Failure::Misused(format!("That is too long: the maximum is {most} bytes.")));
    }
    let value = if wants_words { value } else { "" };
    let author = correction.author.trim();
    if kind == AnnotationKind::SameSpeaker {
        let from = correction.speaker.trim();
        let unknown = || Failure::NotFound(format!("Nobody in this archive is called {from}."));
        if from == value {
            return Err(Failure::Misused("That is the same name.".to_owned()));
        }
        let anchor = archive.speaker_anchor(from)?.ok_or_else(unknown)?;
        let page = anchor.page;
        let id = writing.write(|writer| writer.correct(kind, anchor, value, author))?;
        return Ok(Done { id: Some(id), page, place: links::speaker(value) });
    }
    let found = listed(archive, &correction.article)?;
    let document = archive.document(found.id)?;
    let key = found.key.to_string();
    let statement = match correction.statement.is_empty() && correction.number == 0 {
        true => None,
        false => Some(meant(&document, &correction.statement, correction.number).ok_or_else(|| {
            Failure::NotFound(
                "This article no longer has that statement: it may have been read again since.".to_owned(),
            )
        })?),
    };
    let anchor = match (statement, kind) {
        (_, AnnotationKind::Tag) | (None, AnnotationKind::Note) => Anchor::page(&document),
        (Some((_, statement)), _) => Anchor::statement(&document, statement),
        (None, _) => return Err(Failure::Misused("The request names no statement.".to_owned())),
    };
    let page = anchor.page;
    let id = writing.write(|writer| match toggles {
        true => writer.toggle(kind, anchor, value, author),
        false => writer.correct(kind, anchor, value, author).map(Some),
    })?;
    let place = match statement {
        Some((number, _)) => links::statement(&key, number),
        None => links::article(&key),
    };
    Ok(Done { id, page, place })
}

/// The statement of this id, or else of this number, with its number from 1.
fn meant<'d>(document: &'d Document, id: &str, number: usize) -> Option<(usize, &'d Statement)> {
    let all = &document.layers.statements.as_ref()?.items;
    let numbered = || all.iter().enumerate().map(|(nth, statement)| (nth + 1, statement));
    if !id.is_empty() {
        return numbered().find(|(_, statement)| statement.id.to_string() == id);
    }
    numbered().find(|(known, _)| number == *known)
}

/// Undoes the annotation whose id begins so; gives it.
pub(crate) fn undone(archive: &Archive, writing: &Writing, id: &str) -> Result<Annotation, Failure> {
    let annotation = archive.annotation_starting(id)?;
    if annotation.undone.is_none() {
        writing.write(|writer| writer.undo(annotation.id))?;
    }
    Ok(annotation)
}
