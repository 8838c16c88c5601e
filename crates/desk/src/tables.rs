//! Lists as CSV: every list of the desk, none of whose cells a spreadsheet runs.

use onrecord_archive::{Archive, DocumentId};
use onrecord_document::{Document, Terms};
use onrecord_record::{Cell, CellKind, Column, STATEMENT_COLUMNS, statement_rows};
use onrecord_tables::{Csv, RowSink};
use onrecord_views::corrections::CorrectionView;
use onrecord_views::search::FoundArticle;
use onrecord_views::sourcing::Row;
use onrecord_views::speakers::SpeakerEntry;
use onrecord_views::speakers::speaker::Time;
use std::io::{self, Write};

const fn text(name: &'static str, about: &'static str) -> Column {
    Column { name, kind: CellKind::Text, about }
}

const fn number(name: &'static str, about: &'static str) -> Column {
    Column { name, kind: CellKind::Number, about }
}

/// A table of statements that is being written, in the columns of `onrecord export`.
pub(crate) struct StatementTable<'w> {
    csv: Csv<&'w mut dyn Write>,
    /// The document of the row before: statements of one article mostly follow each other.
    at_hand: Option<(DocumentId, Document)>,
}

/// Statements.
pub(crate) fn statements(out: &mut dyn Write) -> io::Result<StatementTable<'_>> {
    Ok(StatementTable { csv: Csv::new(STATEMENT_COLUMNS, out)?, at_hand: None })
}

impl StatementTable<'_> {
    /// The statement of this index in a document; nothing where it has none.
    pub fn row(&mut self, archive: &Archive, id: DocumentId, nth: usize) -> io::Result<()> {
        if self.at_hand.as_ref().is_none_or(|(known, _)| *known != id) {
            self.at_hand = Some((id, archive.document(id).map_err(io::Error::other)?));
        }
        let row = self.at_hand.iter().flat_map(|(_, document)| statement_rows(document)).nth(nth);
        row.map_or(Ok(()), |row| self.csv.row(&row))
    }

    /// All statements of a document.
    pub fn rows(&mut self, document: &Document) -> io::Result<()> {
        statement_rows(document).try_for_each(|row| self.csv.row(&row))
    }

    pub fn finish(self) -> io::Result<()> {
        self.csv.finish()
    }
}

const FOUND: &[Column] = &[
    text("headline", "the headline"),
    text("outlet", "the outlet"),
    text("published", "as stated"),
    text("language", "ISO 639 code"),
    text("url", "its address"),
    number("statements", "how many statements"),
    number("versions", "how many versions"),
    text("words", "the words around what was searched for"),
    text("article", "its key"),
];

/// A table of articles that is being written.
pub(crate) struct FoundTable<'w>(Csv<&'w mut dyn Write>);

/// Articles.
pub(crate) fn found(out: &mut dyn Write) -> io::Result<FoundTable<'_>> {
    Ok(FoundTable(Csv::new(FOUND, out)?))
}

impl FoundTable<'_> {
    pub fn row(&mut self, found: &FoundArticle) -> io::Result<()> {
        let article = &found.story.article;
        self.0.row(&[
            Cell::text(article.headline.as_deref()),
            Cell::text(article.outlet.as_deref()),
            Cell::text(article.published.as_deref()),
            Cell::text(article.language.as_deref()),
            Cell::text(article.url.as_deref()),
            Cell::Number(Some(found.story.sources.all as i64)),
            Cell::Number(Some(found.story.versions as i64)),
            Cell::text(found.snippet.as_ref().map(|snippet| snippet.words.as_str())),
            Cell::text(Some(article.key.as_str())),
        ])
    }

    pub fn finish(self) -> io::Result<()> {
        self.0.finish()
    }
}

const SPEAKERS: &[Column] = &[
    text("speaker", "the name"),
    number("statements", "how many statements"),
    number("articles", "in how many articles"),
    text("outlets", "the outlets of these, separated by semicolons"),
    text("first", "first day of publication"),
    text("last", "last day of publication"),
];

/// Speakers.
pub(crate) fn speakers(speakers: impl Iterator<Item = SpeakerEntry>, out: &mut dyn Write) -> io::Result<()> {
    let mut csv = Csv::new(SPEAKERS, out)?;
    for speaker in speakers {
        csv.row(&[
            Cell::text(Some(speaker.name.as_str())),
            Cell::Number(Some(speaker.statements as i64)),
            Cell::Number(Some(speaker.articles as i64)),
            Cell::text(Some(speaker.outlets.join("; "))),
            Cell::text(speaker.first.as_deref()),
            Cell::text(speaker.last.as_deref()),
        ])?;
    }
    csv.finish()
}

const TIMES: &[Column] = &[
    text("from", "first day"),
    text("to", "last day"),
    number("mentions", "mentions in articles with statements by the speaker"),
    number("statements", "statements"),
];

/// A speaker over time.
pub(crate) fn times(times: &[Time], out: &mut dyn Write) -> io::Result<()> {
    let mut csv = Csv::new(TIMES, out)?;
    for time in times {
        csv.row(&[
            Cell::text(Some(time.from.as_str())),
            Cell::text(Some(time.to.as_str())),
            Cell::Number(Some(time.mentions as i64)),
            Cell::Number(Some(time.statements as i64)),
        ])?;
    }
    csv.finish()
}

/// Sourcing by outlet or over time; `name`: what the rows are.
pub(crate) fn sourcing(rows: &[Row], name: &'static str, out: &mut dyn Write) -> io::Result<()> {
    let mut columns = vec![
        text(name, "what is counted"),
        number("articles", "articles with statements"),
        number("statements", "statements"),
        number("named", "of named sources"),
        number("unnamed_persons", "of one unnamed person"),
        number("unnamed_groups", "of several unnamed people"),
        number("documents", "of documents and other media"),
        number("none", "without a source"),
    ];
    columns.extend(Terms::ALL.iter().map(|terms| number(terms.name(), "on these terms")));
    let mut csv = Csv::new(&columns, out)?;
    for row in rows {
        let sources = &row.sources;
        let mut cells = vec![Cell::text(Some(row.name.as_str()))];
        let counts = [
            row.articles,
            sources.all,
            sources.named,
            sources.unnamed_persons,
            sources.unnamed_groups,
            sources.documents,
            sources.none,
        ];
        cells.extend(counts.map(|count| Cell::Number(Some(count as i64))));
        cells.extend(row.terms.iter().map(|(_, count)| Cell::Number(Some(*count as i64))));
        csv.row(&cells)?;
    }
    csv.finish()
}

const WRITTEN: &[Column] = &[
    text("id", "its id"),
    text("kind", "right, wrong, speaker, same_speaker, note or tag"),
    text("value", "the name, tag or note"),
    text("author", "who wrote it"),
    text("made", "when"),
    text("words", "the words that it is about"),
    number("statement", "the statement’s number, from 1"),
    text("headline", "the article’s headline"),
    text("outlet", "its outlet"),
    text("page", "SHA-256 of the page"),
    text("article", "the article’s key"),
    Column { name: "orphaned", kind: CellKind::Flag, about: "whether it no longer fits" },
];

/// Corrections, tags and notes.
pub(crate) fn written(all: &[CorrectionView], out: &mut dyn Write) -> io::Result<()> {
    let mut csv = Csv::new(WRITTEN, out)?;
    for written in all {
        let article = written.article.as_ref();
        csv.row(&[
            Cell::text(Some(written.id.as_str())),
            Cell::text(Some(written.kind)),
            Cell::text(Some(written.value.as_str())),
            Cell::text(Some(written.author.as_str())),
            Cell::text(Some(written.made.as_str())),
            Cell::text(Some(written.words.as_str())),
            Cell::Number(written.statement.map(|number| number as i64)),
            Cell::text(article.and_then(|article| article.headline.as_deref())),
            Cell::text(article.and_then(|article| article.outlet.as_deref())),
            Cell::text(Some(written.page.as_str())),
            Cell::text(article.map(|article| article.key.as_str())),
            Cell::Flag(Some(written.orphaned)),
        ])?;
    }
    csv.finish()
}
