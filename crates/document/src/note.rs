//! Notes: what went wrong or was cut short while reading a page.

use crate::Stage;
use std::fmt;

/// Something a user should know about the reading of one page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Who says so.
    pub stage: Stage,
    /// A stable name for programs: `no_article`, `too_large`.
    pub code: &'static str,
    /// One sentence for people.
    pub message: String,
}

impl Note {
    /// A note of a stage.
    pub fn new(stage: Stage, code: &'static str, message: impl Into<String>) -> Self {
        Note { stage, code, message: message.into() }
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}
