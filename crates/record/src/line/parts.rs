//! The small shapes in a line: the page, bylines, images, links, blocks, notes.

use crate::schema;
use onrecord_document::Note;
use schemars::JsonSchema;
use serde::Serialize;
use std::borrow::Cow;

/// The page's bytes, after HTTP or gzip decoding, before the charset.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields, rename = "Page")]
#[allow(missing_docs)] // the names are the contract's
pub struct PageLine {
    /// SHA-256.
    #[schemars(regex(pattern = "^[0-9a-f]{64}$"))]
    pub hash: Option<String>,
    pub bytes: Option<u64>,
    /// The name that the WHATWG Encoding Standard gives it.
    pub encoding: Option<&'static str>,
    pub media_type: Option<&'static str>,
}

/// Somebody who wrote or supplied the article.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields, rename = "Byline")]
#[allow(missing_docs)] // the names are the contract's
pub struct BylineLine<'a> {
    pub name: &'a str,
    #[schemars(schema_with = "schema::byline_kind")]
    pub kind: &'static str,
    pub role: Option<&'a str>,
}

/// A picture of the article.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields, rename = "Image")]
#[allow(missing_docs)] // the names are the contract's
pub struct ImageLine<'a> {
    pub url: &'a str,
    pub caption: Option<&'a str>,
    pub credit: Option<&'a str>,
}

/// A link in the body.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields, rename = "Link")]
#[allow(missing_docs)] // the names are the contract's
pub struct LinkLine<'a> {
    pub span: [u32; 2],
    pub url: &'a str,
}

/// Another article that the page points to.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields, rename = "Related")]
#[allow(missing_docs)] // the names are the contract's
pub struct RelatedLine<'a> {
    pub url: &'a str,
    pub title: &'a str,
}

/// One block of the page.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields, rename = "Block")]
#[allow(missing_docs)] // the names are the contract's
pub struct BlockLine {
    #[schemars(schema_with = "schema::block_kind")]
    pub kind: &'static str,
    pub span: [u32; 2],
    /// Its place in reading order on the page.
    pub order: u32,
    /// Index of an earlier block that says the same.
    pub repeats: Option<u32>,
}

/// Something a user should know about the reading.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields, rename = "Note")]
#[allow(missing_docs)] // the names are the contract's
pub struct NoteLine<'a> {
    #[schemars(schema_with = "schema::stage")]
    pub stage: &'static str,
    /// A stable name for programs.
    pub code: &'a str,
    /// One sentence for people.
    pub message: Cow<'a, str>,
}

impl<'a> From<&'a Note> for NoteLine<'a> {
    fn from(note: &'a Note) -> Self {
        NoteLine { stage: note.stage.name(), code: note.code, message: note.message.as_str().into() }
    }
}
