//! Commands that read pages and keep nothing.

pub mod explain;
pub mod parse;
pub mod read;
