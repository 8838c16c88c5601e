//! Corrections, tags and notes as lines of text and JSON.

use crate::print::terminal::safe;
use onrecord_archive::{Archive, Error, Listed, Placed, Result};
use onrecord_document::Document;
use onrecord_record::CorrectionLine;

/// Number of characters that a list shows of a statement.
const LISTED_CHARS: usize = 60;

/// Writes every correction, tag and note that was not undone, as lines of JSON.
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

/// One line of text.
pub fn text(placed: &Placed, document: Option<&(Listed, Document)>) -> String {
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

/// One JSON object, without a line break.
pub fn json(placed: &Placed, document: Option<&(Listed, Document)>) -> String {
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
