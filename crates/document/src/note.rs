//! Notes: what went wrong or was cut short while reading a page.

use std::fmt;

/// The stage that a note or a producer belongs to.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// Bytes to captures.
    Intake,
    /// Captures to documents.
    Article,
    /// Sentences, tokens, names.
    Language,
    /// Quotes and sourcing.
    Facts,
}

impl Stage {
    /// The stage's name in the output.
    pub fn name(self) -> &'static str {
        match self {
            Stage::Intake => "intake",
            Stage::Article => "article",
            Stage::Language => "language",
            Stage::Facts => "facts",
        }
    }
}

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
