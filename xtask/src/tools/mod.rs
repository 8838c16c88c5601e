//! Programs of others that the project's checks run, at pinned versions.

pub mod archives;
pub mod deny;
pub mod python;
