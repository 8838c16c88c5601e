//! What is asked.

mod cursor;
mod kind;

pub use cursor::Cursor;
pub(crate) use cursor::Rank;
pub use kind::{Kind, Sort};

use crate::query::{Query, WordField};
use crate::snippets::Marker;

/// Most results of one page.
pub const MAX_LIMIT: usize = 1_000;
/// Results of a page where nobody says how many.
const USUAL_LIMIT: usize = 20;

/// What is asked.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// What must hold of a result.
    pub query: Query,
    /// What results are.
    pub kind: Kind,
    /// Their order.
    pub sort: Sort,
    /// Most results, up to [`MAX_LIMIT`].
    pub limit: usize,
    /// Only results after the page that gave this cursor.
    pub after: Option<Cursor>,
    /// Whether to count by outlet, language, month, source and speaker.
    pub facets: bool,
    /// Leaves out statements that the reader is less sure of, 0 to 1. Of no effect on articles.
    pub min_confidence: f32,
}

impl Request {
    /// The first 20 results by relevance, without facets; by time, where the query has no words that one could fit better
    /// than another.
    pub fn new(query: Query, kind: Kind) -> Request {
        let has_words = Marker::of(&query).wanted_in(&WordField::ALL) > 0;
        Request {
            sort: if has_words { Sort::Relevance } else { Sort::Time },
            query,
            kind,
            limit: USUAL_LIMIT,
            after: None,
            facets: false,
            min_confidence: 0.0,
        }
    }
}
