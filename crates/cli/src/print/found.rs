//! What a search found, as JSON Lines and rows.

use onrecord_archive::{Archive, DocumentId, Result};
use onrecord_document::{Document, Statement};
use onrecord_record::{Cell, FoundLine, STATEMENT_COLUMNS, marks_in_code_points, statement_in_context_row};
use onrecord_search::{ArticleHit, Hit, SpokenBy, StatementHit};
use std::fmt::Write as _;
use std::ops::Range;

/// The documents behind statements that were found, each loaded once for results in a row.
pub struct FoundDocuments<'a> {
    archive: &'a Archive,
    current: Option<(DocumentId, Document)>,
}

impl<'a> FoundDocuments<'a> {
    /// Loads from this archive.
    pub fn of(archive: &'a Archive) -> Self {
        FoundDocuments { archive, current: None }
    }

    /// Gives the document and the statement behind a result to `take`; `None` if it is no longer there.
    pub fn with<T>(&mut self, hit: &StatementHit, take: impl FnOnce(&Document, &Statement) -> T) -> Result<Option<T>> {
        let id = hit.listed.id;
        if self.current.as_ref().is_none_or(|(current, _)| *current != id) {
            self.current = Some((id, self.archive.document(id)?));
        }
        let Some((_, document)) = &self.current else { return Ok(None) };
        Ok(document.statements().get(hit.statement.nth as usize).map(|statement| take(document, statement)))
    }
}

/// The row of a statement, with the sentences around it, under the name that people corrected its speaker to.
pub fn statement_row<'a>(hit: &'a StatementHit, document: &'a Document, statement: &'a Statement) -> Vec<Cell<'a>> {
    let mut row = statement_in_context_row(document, hit.statement.nth as usize, statement);
    if let Some(speaker) = &hit.statement.speaker
        && speaker.read_as.is_some()
    {
        correct_speaker(&mut row, speaker);
    }
    row
}

fn correct_speaker<'a>(row: &mut [Cell<'a>], speaker: &'a SpokenBy) {
    let cells = [
        ("speaker", Cell::text(Some(speaker.name.as_str()))),
        ("role", Cell::text(speaker.role.as_deref())),
        ("affiliation", Cell::text(speaker.affiliation.as_deref())),
        ("speaker_confidence", Cell::Real(Some(speaker.confidence.into()))),
    ];
    for (name, cell) in cells {
        let at = STATEMENT_COLUMNS.iter().position(|column| column.name == name);
        if let Some(place) = at.and_then(|at| row.get_mut(at)) {
            *place = cell;
        }
    }
}

/// The row of an article: its cells are those of [`FOUND_ARTICLE_COLUMNS`](onrecord_record::FOUND_ARTICLE_COLUMNS).
pub fn article_row(hit: &ArticleHit) -> Vec<Cell<'_>> {
    let listed = &hit.listed;
    vec![
        Cell::text(Some(listed.name.as_str())),
        Cell::text(Some(listed.page.to_string())),
        Cell::text(listed.url.as_deref()),
        Cell::text(listed.site.as_deref()),
        Cell::text(listed.language.as_deref()),
        Cell::text(listed.headline.as_deref()),
        Cell::text(listed.published.as_deref()),
        Cell::Number(Some(hit.statements.into())),
        Cell::text(hit.snippet.as_ref().map(|snippet| snippet.words.as_str())),
        Cell::Real(Some(hit.score.into())),
    ]
}

fn line_of(hit: &Hit) -> FoundLine<'_> {
    let listed = hit.listed();
    let mut line = FoundLine {
        found: "article",
        id: &listed.name,
        page: listed.page.to_string(),
        url: listed.url.as_deref(),
        site: listed.site.as_deref(),
        language: listed.language.as_deref(),
        published: listed.published.as_deref(),
        headline: listed.headline.as_deref(),
        statement: None,
        number: None,
        form: None,
        speaker: None,
        kind: None,
        terms: None,
        words: None,
        marks: Vec::new(),
        score: 0.0,
    };
    match hit {
        Hit::Article(hit) => {
            line.score = hit.score;
            if let Some(snippet) = &hit.snippet {
                line.marks = marks_in_code_points(&snippet.words, &snippet.marks);
                line.words = Some(snippet.words.clone());
            }
        }
        Hit::Statement(hit) => {
            let statement = &hit.statement;
            line.found = "statement";
            line.score = hit.score;
            line.statement = Some(&statement.id);
            line.number = Some(statement.nth + 1);
            line.form = Some(statement.form.name());
            line.speaker = statement.speaker.as_ref().map(|speaker| speaker.name.as_str());
            line.kind = Some(statement.source_kind.name());
            line.terms = Some(statement.terms.name());
            let mut words = String::new();
            let mut marks: Vec<Range<usize>> = Vec::new();
            for (nth, part) in statement.content.iter().enumerate() {
                if nth > 0 {
                    words.push_str(" … ");
                }
                let before = words.len();
                marks.extend(part.marks.iter().map(|mark| before + mark.start..before + mark.end));
                words.push_str(&part.words);
            }
            line.marks = marks_in_code_points(&words, &marks);
            line.words = Some(words);
        }
    }
    line
}

/// Adds a result as one JSON object on a line.
pub fn push_json(hit: &Hit, out: &mut String) {
    let mut json = Vec::new();
    // Writing to memory cannot fail.
    let _ = line_of(hit).write(&mut json);
    let _ = writeln!(out, "{}", String::from_utf8_lossy(&json));
}
