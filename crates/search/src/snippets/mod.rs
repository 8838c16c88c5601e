//! The words that are shown of a result, with those marked that were searched for.

mod marks;
mod snippet;

pub(crate) use marks::Marker;
pub(crate) use snippet::snippet;
pub use snippet::{Passage, SNIPPET_CHARS};
