//! What a search finds.

use crate::query::Query;
use crate::request::Cursor;
use crate::results::facets::Facets;
use crate::snippets::Passage;
use onrecord_archive::{Listed, Words};
use onrecord_document::{Act, Count, Layers, SourceKind, StatementForm, Terms};
use std::sync::Arc;

/// A page of results.
#[derive(Clone, Debug)]
pub struct Found {
    /// The results, best first.
    pub hits: Vec<Hit>,
    /// How many there are in all.
    pub total: u64,
    /// Where the next page begins; `None` after the last.
    pub next: Option<Cursor>,
    /// Counts over all results, where they were asked for.
    pub facets: Option<Facets>,
    /// How many changes of the archive the index does not know yet: another process is writing them.
    pub behind: u64,
    /// Whether results are by relevance and the archive has changed since the page before: some may have moved between
    /// pages.
    pub has_shifted: bool,
    /// What would find something, where nothing was found.
    pub advice: Option<Advice>,
}

/// A result.
#[derive(Clone, Debug)]
pub enum Hit {
    /// An article.
    Article(ArticleHit),
    /// A statement.
    Statement(StatementHit),
}

impl Hit {
    /// The document of the result.
    pub fn listed(&self) -> &Listed {
        match self {
            Hit::Article(hit) => &hit.listed,
            Hit::Statement(hit) => &hit.listed,
        }
    }
}

/// An article that was found.
#[derive(Clone, Debug)]
pub struct ArticleHit {
    /// What the archive knows of it.
    pub listed: Listed,
    /// Its score; 0 by time.
    pub score: f32,
    /// Bytes of the headline that were searched for.
    pub headline_marks: Vec<std::ops::Range<usize>>,
    /// Where it says what was searched for, or how it begins.
    pub snippet: Option<Passage>,
    /// How many statements were read from it.
    pub statements: u32,
}

/// A statement that was found.
#[derive(Clone, Debug)]
pub struct StatementHit {
    /// The document that it stands in.
    pub listed: Listed,
    /// Its score; 0 by time.
    pub score: f32,
    /// The statement.
    pub statement: FoundStatement,
    /// The document's words and layers, to show more of it; shared by the results of a page that stand in it.
    pub source: Arc<(Words, Layers)>,
}

/// A statement, in words.
#[derive(Clone, Debug, PartialEq)]
pub struct FoundStatement {
    /// Its index among those of the document.
    pub nth: u32,
    /// Its id in the output.
    pub id: String,
    /// How it is rendered.
    pub form: StatementForm,
    /// What it does.
    pub act: Act,
    /// What was said.
    pub content: Vec<Passage>,
    /// The words that attribute it.
    pub cue: Vec<Passage>,
    /// The words that name the source.
    pub source: Vec<Passage>,
    /// Who is behind it.
    pub speaker: Option<SpokenBy>,
    /// What kind of source.
    pub source_kind: SourceKind,
    /// On which terms.
    pub terms: Terms,
    /// How many people.
    pub count: Option<Count>,
    /// How sure the reader is, 0 to 1.
    pub confidence: f32,
}

/// Who is behind a statement, in the article's words.
#[derive(Clone, Debug, PartialEq)]
pub struct SpokenBy {
    /// The fullest name; where people corrected it, the one they gave.
    pub name: String,
    /// The name that was read, where people gave another; empty where nobody was read.
    pub read_as: Option<String>,
    /// The role.
    pub role: Option<String>,
    /// The affiliation.
    pub affiliation: Option<String>,
    /// How sure the reader is that it is this one, 0 to 1; 1 where people say so.
    pub confidence: f32,
}

/// What would find something, where a query finds nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Advice {
    /// Parts of the query without which something would be found, and how much.
    pub without: Vec<(Query, u64)>,
    /// The query with a word that the archive knows in place of one that it doesn't, and how much that finds.
    pub meant: Vec<(Query, u64)>,
}
