//! The article's body: which lines of a page are it, and what each of the others is.

mod container;
mod hints;
mod segments;
mod sift;

pub(crate) use segments::{Segment, Tag};
pub(crate) use sift::{Found, find};
