//! Answers that are no view: lists with their cursors, and what the API says of itself.

use crate::acts::adding::Progress;
use crate::views::corrections::Written;
use crate::views::front::Story;
use crate::views::speakers::Speaker;
use schemars::JsonSchema;
use serde::Serialize;

/// What is served.
#[derive(Serialize, JsonSchema)]
pub(super) struct Status {
    /// The version of Onrecord.
    pub onrecord: &'static str,
    /// The contract that records keep to.
    pub schema: &'static str,
    /// The archive's name.
    pub archive: String,
    /// Its articles.
    pub articles: u64,
    /// Statements in them.
    pub statements: u64,
    /// How many people and organisations make them.
    pub speakers: u64,
}

/// A page of the archive's articles, newest first.
#[derive(Serialize, JsonSchema)]
pub(super) struct Articles {
    /// All that there are.
    pub total: u64,
    /// Those of this page.
    pub articles: Vec<Story>,
    /// The cursor of the next page.
    pub next: Option<String>,
}

/// A page of speakers, most statements first.
#[derive(Serialize, JsonSchema)]
pub(super) struct SpeakerList<'a> {
    /// All that there are.
    pub total: u64,
    /// Those of this page.
    pub speakers: &'a [Speaker],
    /// The cursor of the next page.
    pub next: Option<&'a str>,
}

/// A page of corrections, tags and notes, latest first.
#[derive(Serialize, JsonSchema)]
pub(super) struct Corrections {
    /// All that there are.
    pub total: u64,
    /// Those of this page.
    pub corrections: Vec<Written>,
    /// The cursor of the next page.
    pub next: Option<String>,
}

/// Intakes under way and lately ended, latest first.
#[derive(Serialize, JsonSchema)]
pub(super) struct Adding {
    /// Each with how far it is.
    pub adding: Vec<Progress>,
}

/// Where tables and pictures are.
#[derive(Serialize, JsonSchema)]
pub(super) struct Exports {
    /// All of them.
    pub exports: Vec<Export>,
}

/// A table or a picture.
#[derive(Serialize, JsonSchema)]
pub(super) struct Export {
    /// Its address at the desk.
    pub address: &'static str,
    /// What it is.
    pub media_type: &'static str,
    /// What it shows.
    pub about: &'static str,
}

/// A problem (RFC 9457).
#[derive(Serialize, JsonSchema)]
#[allow(dead_code)] // only its schema is wanted: errors are written by `pages::error`
pub(super) struct Problem {
    /// Always `about:blank`: the status says which kind it is.
    pub r#type: String,
    /// What went wrong, in a few words.
    pub title: String,
    /// The status.
    pub status: u16,
    /// What would help.
    pub detail: String,
    /// The query that was not understood.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub query: Option<String>,
    /// The characters of it that were not, half-open, counted from 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub characters: Option<[usize; 2]>,
}
