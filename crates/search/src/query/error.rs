//! Why a query was not understood.

use std::fmt;
use std::ops::Range;

/// What is wrong with a query, where, and what would work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueryError {
    /// The bytes of the query that are meant.
    pub bytes: Range<usize>,
    /// The same as a number of characters, counted from 1.
    pub character: usize,
    /// What is wrong: "`source:` does not know `anonymous`".
    pub message: String,
    /// What would work: "use named, unnamed or document". A sentence without its stop.
    pub help: String,
}

impl QueryError {
    pub(crate) fn new(query: &str, bytes: Range<usize>, message: impl Into<String>, help: impl Into<String>) -> Self {
        let before = query.get(..bytes.start).unwrap_or(query);
        QueryError { character: before.chars().count() + 1, bytes, message: message.into(), help: help.into() }
    }
}

impl fmt::Display for QueryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the search stops at character {}: {}", self.character, self.message)?;
        if !self.help.is_empty() {
            write!(f, "; {}", self.help)?;
        }
        Ok(())
    }
}

impl std::error::Error for QueryError {}

/// What was typed, short enough for a message.
pub(crate) fn shown(typed: &str) -> String {
    const MOST: usize = 40;
    match typed.char_indices().nth(MOST) {
        Some((end, _)) => format!("`{}…`", &typed[..end]),
        None => format!("`{typed}`"),
    }
}
