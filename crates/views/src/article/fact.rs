//! A fact, with where it stands.

use onrecord_span::{Span, Text};
use schemars::JsonSchema;
use serde::Serialize;

/// A field and where it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Fact {
    /// Names it in addresses: `content-1`, `terms`, `headline`.
    pub name: String,
    /// Its name for people.
    pub label: String,
    /// The words that it was read from; of a field without words on the page, empty.
    pub words: String,
    /// What they were read as.
    pub read_as: String,
    /// Code points of text and rest, where it was read from the text.
    pub characters: Option<[u32; 2]>,
    /// Byte ranges of the page; none where it rests on something else than the page.
    pub bytes: Vec<[u32; 2]>,
    /// What it rests on, where that is not the page.
    pub basis: Option<&'static str>,
    #[serde(skip)]
    pub(crate) span: Option<Span<Text>>,
}
