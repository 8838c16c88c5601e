//! Errors of the index.

use onrecord_archive::Error;
use std::fmt::Display;

/// What the index is called in messages.
pub(crate) const NAME: &str = "search index";

/// The index failed; the database did not.
pub(crate) fn index_error(what: impl Display) -> Error {
    Error::Follower { name: NAME, what: what.to_string() }
}
