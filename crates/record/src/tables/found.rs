//! The columns of what a search found.

use super::articles::ARTICLE_COLUMNS;
use super::cells::{CellKind, Column};
use super::statements::STATEMENT_IN_CONTEXT_COLUMNS;
use std::sync::LazyLock;

/// The columns of statements that a search found: those of statements in context, then the score.
pub static FOUND_STATEMENT_COLUMNS: LazyLock<Vec<Column>> =
    LazyLock::new(|| [STATEMENT_IN_CONTEXT_COLUMNS.as_slice(), &[SCORE]].concat());

/// The columns of articles that a search found: those of articles that an index knows, then the words that matched and the
/// score.
pub static FOUND_ARTICLE_COLUMNS: LazyLock<Vec<Column>> = LazyLock::new(|| {
    const KNOWN: [&str; 8] = ["id", "page", "url", "outlet", "language", "headline", "published", "statements"];
    let known = ARTICLE_COLUMNS.iter().copied().filter(|column| KNOWN.contains(&column.name));
    let words = Column { name: "words", kind: CellKind::Text, about: "the words around what was searched for" };
    known.chain([words, SCORE]).collect()
});

const SCORE: Column =
    Column { name: "score", kind: CellKind::Real, about: "how well it matches; 0 where sorted by time" };
