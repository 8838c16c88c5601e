//! The query language: one for the command line, the desk and the API.
//!
//! | written | finds |
//! |---|---|
//! | `ferry breakwater` | both words, anywhere in the article |
//! | `"struck the breakwater"` | the words in this order |
//! | `"strike sumy"~5` | the words in any order with at most five others between them |
//! | `ferry OR boat`, `-drill`, `(a OR b) c` | either, without, groups |
//! | `breakw*` | words that begin so |
//! | `speaker:adler said:"no radar"` | fields, see [`Field`]; `said:(radar OR sonar)` for several values |
//!
//! [`parse`] gives a [`Query`] or a [`QueryError`] that names the character and says what would work. A query prints as
//! text that parses to the same query.

mod ast;
mod dates;
mod error;
mod fields;
mod languages;
mod parse;
mod print;
mod scan;
#[cfg(test)]
mod tests;
mod values;

pub use ast::{Changed, Leaf, Query, SourceIs, Words};
pub(crate) use dates::day_number;
pub use dates::{Date, DateRange};
pub use error::QueryError;
pub use fields::{Field, FieldHelp, WordField};
pub use languages::name as language_name;
pub use parse::{MAX_DEPTH, MAX_DISTANCE, MAX_QUERY_BYTES, MAX_TERMS, MIN_PREFIX, parse};
