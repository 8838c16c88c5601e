//! Statements as rows.

use super::articles::url;
use super::cells::{Cell, CellKind, Column};
use crate::line::rounded;
use onrecord_document::{Document, Statement};
use onrecord_span::{PageHash, Span, Text};
use std::borrow::Cow;
use std::sync::LazyLock;

/// The columns of statements, the same in every list of them: exports, searches, the desk. A list that knows more of a
/// statement adds columns after these.
pub const STATEMENT_COLUMNS: &[Column] = columns! {
    "article" Text "the article's id",
    "page" Text "SHA-256 of the page",
    "url" Text "the address that the page was fetched from or states",
    "outlet" Text "the outlet's name, as the page states it",
    "language" Text "ISO 639 code",
    "published" Text "as of the article",
    "headline" Text "the article's headline",
    "id" Text "the statement's id",
    "number" Number "its number in the article, from 1",
    "form" Text "direct, indirect or mixed",
    "act" Text "statement, denial, order, question, intention, belief, warning or other",
    "content" Text "what was said; parts joined by \" … \"",
    "cue" Text "the words that attribute it",
    "source" Text "the words that name the source",
    "speaker" Text "the fullest name or description of who said it",
    "role" Text "their role",
    "affiliation" Text "their affiliation",
    "speaker_confidence" Real "how sure it is that it is they, 0 to 1",
    "kind" Text "of source: named_person, named_organisation, unnamed_person, unnamed_group, document, other_media or none",
    "terms" Text "on_record, condition_of_anonymity, not_authorised_to_speak, background, declined_to_comment or unstated",
    "sources_min" Number "at least so many people",
    "sources_max" Number "at most so many, where the article bounds it",
    "confidence" Real "how sure it is that this is a statement, 0 to 1",
};

/// The columns of statements, and what stands around them.
pub static STATEMENT_IN_CONTEXT_COLUMNS: LazyLock<Vec<Column>> = LazyLock::new(|| {
    let around: &[Column] = columns! {
        "before" Text "the sentence before it",
        "after" Text "the sentence after it",
    };
    [STATEMENT_COLUMNS, around].concat()
});

/// The rows of a document's statements; their cells are those of [`STATEMENT_COLUMNS`].
pub fn statement_rows(document: &Document) -> impl Iterator<Item = Vec<Cell<'_>>> {
    document.statements().iter().enumerate().map(|(nth, statement)| statement_row(document, nth, statement))
}

/// The row of the statement of this index, with the sentences around it; its cells are those of
/// [`STATEMENT_IN_CONTEXT_COLUMNS`].
pub fn statement_in_context_row<'a>(document: &'a Document, nth: usize, statement: &'a Statement) -> Vec<Cell<'a>> {
    let mut row = statement_row(document, nth, statement);
    let sentences = document.layers.sentences.as_ref().map_or(&[][..], |layer| &layer.items);
    let start = statement.content.iter().map(|part| part.start()).min().unwrap_or_default();
    let end = statement.content.iter().map(|part| part.end()).max().unwrap_or_default();
    // A sentence across which the statement begins or ends is no neighbour of it.
    let before = sentences.partition_point(|sentence| sentence.end() <= start).checked_sub(1);
    let after = sentences.partition_point(|sentence| sentence.start() < end);
    for neighbour in [before.and_then(|at| sentences.get(at)), sentences.get(after)] {
        row.push(Cell::text(neighbour.map(|sentence| folded(document.words(*sentence)))));
    }
    row
}

/// The row of the statement of this index; its cells are those of [`STATEMENT_COLUMNS`].
pub fn statement_row<'a>(document: &'a Document, nth: usize, statement: &'a Statement) -> Vec<Cell<'a>> {
    let fields = &document.fields;
    let capture = document.capture();
    let article = StatementArticle {
        id: &capture.id,
        page: capture.hash,
        url: url(document),
        outlet: fields.site.as_ref().map(|site| site.value.as_str()),
        language: fields.language.as_ref().map(|language| language.value.as_str()),
        published: fields.published.as_ref().map(|moment| moment.value.to_string().into()),
        headline: fields.headline.as_ref().map(|headline| headline.value.as_str()),
    };
    let words = |span: Span<Text>| document.words(span);
    let speaker = statement.speaker.zip(document.speaker(statement)).map(|(speaker, name)| StatementSpeaker {
        name: folded(words(name.name)).into(),
        role: name.role.map(|role| folded(words(role)).into()),
        affiliation: name.affiliation.map(|affiliation| folded(words(affiliation)).into()),
        confidence: speaker.confidence,
    });
    statement_cells(article, nth, statement, speaker, words)
}

/// What the row of a statement says of its article.
#[derive(Clone, Debug)]
#[allow(missing_docs)] // the columns say it
pub struct StatementArticle<'a> {
    pub id: &'a str,
    pub page: PageHash,
    pub url: Option<&'a str>,
    pub outlet: Option<&'a str>,
    pub language: Option<&'a str>,
    pub published: Option<Cow<'a, str>>,
    pub headline: Option<&'a str>,
}

/// What the row of a statement says of who made it: as it was read, or as people corrected it.
#[derive(Clone, Debug)]
#[allow(missing_docs)] // the columns say it
pub struct StatementSpeaker<'a> {
    pub name: Cow<'a, str>,
    pub role: Option<Cow<'a, str>>,
    pub affiliation: Option<Cow<'a, str>>,
    pub confidence: f32,
}

/// The row of a statement whose document is not at hand; its cells are those of [`STATEMENT_COLUMNS`]. `words` gives the
/// words of a span of the article.
pub fn statement_cells<'a>(
    article: StatementArticle<'a>,
    nth: usize,
    statement: &Statement,
    speaker: Option<StatementSpeaker<'a>>,
    words: impl Fn(Span<Text>) -> &'a str,
) -> Vec<Cell<'a>> {
    let joined = |spans: &[Span<Text>]| {
        let parts: Vec<String> = spans.iter().map(|span| folded(words(*span))).collect();
        Cell::text((!parts.is_empty()).then(|| parts.join(" … ")))
    };
    let (confidence, speaker) = (speaker.as_ref().map(|speaker| rounded(speaker.confidence)), speaker);
    let (name, role, affiliation) = match speaker {
        Some(StatementSpeaker { name, role, affiliation, .. }) => (Some(name), role, affiliation),
        None => (None, None, None),
    };
    let count = statement.sourcing.count;
    vec![
        Cell::text(Some(article.id)),
        Cell::text(Some(article.page.to_string())),
        Cell::text(article.url),
        Cell::text(article.outlet),
        Cell::text(article.language),
        Cell::Text(article.published),
        Cell::text(article.headline),
        Cell::text(Some(statement.id.to_string())),
        Cell::Number(Some(nth as i64 + 1)),
        Cell::text(Some(statement.form.name())),
        Cell::text(Some(statement.act.name())),
        joined(&statement.content),
        joined(&statement.cue),
        joined(&statement.source),
        Cell::Text(name),
        Cell::Text(role),
        Cell::Text(affiliation),
        Cell::Real(confidence),
        Cell::text(Some(statement.sourcing.kind.name())),
        Cell::text(Some(statement.sourcing.terms.name())),
        Cell::Number(count.map(|count| count.min.into())),
        Cell::Number(count.and_then(|count| count.max).map(i64::from)),
        Cell::Real(Some(rounded(statement.confidence))),
    ]
}

fn folded(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
