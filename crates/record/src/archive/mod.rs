//! Lines about an archive.

mod found;
mod listed;

pub use found::{FoundLine, marks_in_code_points};
pub use listed::{ChangeLine, CorrectionLine, StatsLine, VersionLine};
