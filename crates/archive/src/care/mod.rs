//! Care for an archive: looking for damage, backups, merging, compacting, and taking pages down.

pub(crate) mod backup;
pub(crate) mod check;
mod compact;
mod remove;
