//! Reading an archive: documents, lists and counts, and what people wrote beside it.

pub(crate) mod annotations;
pub(crate) mod archive;
pub(crate) mod corrected;
pub(crate) mod days;
pub(crate) mod diff;
mod find;
mod lines;
pub(crate) mod overview;
pub(crate) mod reading;
pub(crate) mod speakers;
mod stats;
mod versions;
