//! Articles as rows.

use super::cells::{Cell, CellKind, Column};
use crate::line::authors;
use onrecord_document::{Document, SourceKind, Statement};

/// The columns of articles.
pub const ARTICLE_COLUMNS: &[Column] = columns! {
    "id" Text "the id of the output: the path as it was added, FILE!OFFSET, or the record's own id",
    "page" Text "SHA-256 of the page",
    "url" Text "the address that the page was fetched from or states",
    "canonical_url" Text "the address that the page says is its own",
    "outlet" Text "the outlet's name, as the page states it",
    "section" Text "the section of the outlet",
    "language" Text "ISO 639 code",
    "genre" Text "news, opinion, analysis, live, interview, release or other",
    "paywalled" Flag "whether the page says that it is not free to read",
    "headline" Text "the headline",
    "standfirst" Text "the summary under it",
    "authors" Text "people and agencies, separated by semicolons",
    "published" Text "RFC 3339, or a local date-time or a date where that is all there is",
    "modified" Text "as published",
    "topics" Text "separated by semicolons",
    "text" Text "the body's blocks, joined by line breaks",
    "statements" Number "how many statements were read from it; empty where none were looked for",
    "statements_named" Number "of them, those of a person or organisation with a name",
    "statements_unnamed" Number "of them, those of people without",
    "statements_document" Number "of them, those of a document",
};

/// The row of an article; its cells are those of [`ARTICLE_COLUMNS`].
pub fn article_row(document: &Document) -> Vec<Cell<'_>> {
    let fields = &document.fields;
    let capture = document.capture();
    let statements = document.layers.statements.as_ref().map(|layer| &layer.items);
    let of = |kinds: &[SourceKind]| {
        let fits = |statement: &&Statement| kinds.contains(&statement.sourcing.kind);
        Cell::Number(statements.map(|statements| statements.iter().filter(fits).count() as i64))
    };
    let writers: Vec<&str> = authors(document).into_iter().map(|byline| byline.value.name.as_str()).collect();
    let topics: Vec<&str> = fields.topics.iter().map(|topic| topic.value.as_str()).collect();
    vec![
        Cell::text(Some(capture.id.as_str())),
        Cell::text(Some(capture.hash.to_string())),
        Cell::text(url(document)),
        Cell::text(fields.canonical_url.as_ref().map(|url| url.value.as_str())),
        Cell::text(fields.site.as_ref().map(|site| site.value.as_str())),
        Cell::text(fields.section.as_ref().map(|section| section.value.as_str())),
        Cell::text(fields.language.as_ref().map(|language| language.value.as_str())),
        Cell::text(fields.genre.as_ref().map(|genre| genre.value.name())),
        Cell::Flag(fields.paywalled.as_ref().map(|paywalled| paywalled.value)),
        Cell::text(fields.headline.as_ref().map(|headline| headline.value.as_str())),
        Cell::text(fields.standfirst.as_ref().map(|standfirst| standfirst.value.as_str())),
        Cell::text((!writers.is_empty()).then(|| writers.join("; "))),
        Cell::text(fields.published.as_ref().map(|moment| moment.value.to_string())),
        Cell::text(fields.modified.as_ref().map(|moment| moment.value.to_string())),
        Cell::text((!topics.is_empty()).then(|| topics.join("; "))),
        Cell::text(Some(document.text())),
        Cell::Number(statements.map(|statements| statements.len() as i64)),
        of(&[SourceKind::NamedPerson, SourceKind::NamedOrganisation]),
        of(&[SourceKind::UnnamedPerson, SourceKind::UnnamedGroup]),
        of(&[SourceKind::Document]),
    ]
}

/// The address that the article states, or else that of its page.
pub(super) fn url(document: &Document) -> Option<&str> {
    document.fields.url.as_ref().map(|url| url.value.as_str()).or(document.capture().url.as_deref())
}
