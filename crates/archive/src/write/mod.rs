//! Writing to an archive: one writer, whole batches, and those that follow it.

pub(crate) mod adding;
pub(crate) mod annotate;
pub(crate) mod bases;
mod correct;
pub(crate) mod follow;
pub(crate) mod prepared;
pub(crate) mod reread;
pub(crate) mod writer;
