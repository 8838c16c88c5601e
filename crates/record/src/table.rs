//! Articles and statements as rows of a table: what CSV, Parquet and lists in JSON Lines are made of.

use crate::json::write_escaped;
use crate::stated::authors;
use onrecord_document::{Document, SourceKind, Statement};
use onrecord_span::{PageHash, Span, Text};
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};
use std::borrow::Cow;
use std::io;
use std::sync::LazyLock;

/// What the cells of a column hold.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum CellKind {
    /// Words.
    Text,
    /// A whole number.
    Number,
    /// A number with decimals.
    Real,
    /// Yes or no.
    Flag,
}

/// A column.
#[derive(Copy, Clone, Debug)]
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// What its cells hold.
    pub kind: CellKind,
    /// What it says.
    pub about: &'static str,
}

/// A value; each kind may be absent.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs)] // see CellKind
pub enum Cell<'a> {
    Text(Option<Cow<'a, str>>),
    Number(Option<i64>),
    Real(Option<f64>),
    Flag(Option<bool>),
}

impl<'a> Cell<'a> {
    /// Words, or nothing.
    pub fn text(words: Option<impl Into<Cow<'a, str>>>) -> Self {
        Cell::Text(words.map(Into::into))
    }

    /// The kind that it is of.
    pub fn kind(&self) -> CellKind {
        match self {
            Cell::Text(_) => CellKind::Text,
            Cell::Number(_) => CellKind::Number,
            Cell::Real(_) => CellKind::Real,
            Cell::Flag(_) => CellKind::Flag,
        }
    }
}

macro_rules! columns {
    ($($name:literal $kind:ident $about:literal,)*) => {
        &[$(Column { name: $name, kind: CellKind::$kind, about: $about },)*]
    };
}

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

/// The columns of statements, and what stands around them.
pub static STATEMENT_IN_CONTEXT_COLUMNS: LazyLock<Vec<Column>> = LazyLock::new(|| {
    let around: &[Column] = columns! {
        "before" Text "the sentence before it",
        "after" Text "the sentence after it",
    };
    [STATEMENT_COLUMNS, around].concat()
});

/// The columns of statements, the same in every list of them: exports, searches, the desk. A list that knows more of a
/// statement adds columns behind these.
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

/// The rows of a document's statements; their cells are those of [`STATEMENT_COLUMNS`].
pub fn statement_rows(document: &Document) -> impl Iterator<Item = Vec<Cell<'_>>> {
    document.statements().iter().enumerate().map(|(nth, statement)| statement_row(document, nth, statement))
}

/// The row of the statement of this index, with the sentences around it; its cells are those of
/// [`QUOTE_IN_CONTEXT_COLUMNS`].
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

fn url(document: &Document) -> Option<&str> {
    document.fields.url.as_ref().map(|url| url.value.as_str()).or(document.capture().url.as_deref())
}

fn folded(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A confidence with three decimals, so that it prints the same everywhere.
fn rounded(confidence: f32) -> f64 {
    (f64::from(confidence.clamp(0.0, 1.0)) * 1000.0).round() / 1000.0
}

/// Writes a row as a JSON object under the names of its columns, without a line break.
pub fn write_row<W: io::Write>(columns: &[Column], row: &[Cell<'_>], out: W) -> io::Result<()> {
    write_escaped(out, &Named { columns, row }, false)
}

struct Named<'a> {
    columns: &'a [Column],
    row: &'a [Cell<'a>],
}

impl Serialize for Named<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.row.len()))?;
        for (column, cell) in self.columns.iter().zip(self.row) {
            match cell {
                Cell::Text(value) => map.serialize_entry(column.name, value)?,
                Cell::Number(value) => map.serialize_entry(column.name, value)?,
                Cell::Real(value) => map.serialize_entry(column.name, value)?,
                Cell::Flag(value) => map.serialize_entry(column.name, value)?,
            }
        }
        map.end()
    }
}
