//! What `onrecord parse` prints.

use crate::CodePoints;
use crate::json::write_escaped;
use crate::line::{EntityLine, NoteLine, TokenLines};
use onrecord_document::{Document, Note};
use serde::Serialize;
use serde::ser::Serializer;
use std::io;
use std::sync::Arc;

/// What `onrecord parse` prints about one text: what the language core alone says of it, as one document. Offsets are
/// Unicode code points, half-open, into the text.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[allow(missing_docs)] // the names are the contract's
pub struct ParseLine<'a> {
    pub id: &'a str,
    /// Name and version of the model: "en_core_web_sm-3.8.0".
    pub model: &'a str,
    #[serde(serialize_with = "tokens_or_none")]
    pub tokens: Option<TokenLines<'a>>,
    pub sentences: Vec<[u32; 2]>,
    pub entities: Vec<EntityLine<'a>>,
    pub noun_chunks: Vec<[u32; 2]>,
    /// Only where there is something to say.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<NoteLine<'a>>,
}

impl<'a> ParseLine<'a> {
    /// The line of a document whose language layers are filled.
    pub fn of(document: &'a Document, model: &'a str) -> Self {
        let points = Arc::new(CodePoints::of(document.text()));
        let layers = &document.layers;
        ParseLine {
            id: &document.capture().id,
            model,
            sentences: layers.sentences.iter().flat_map(|layer| points.spans(&layer.items)).collect(),
            entities: document.entities().map(|entity| EntityLine::of(entity, &points)).collect(),
            noun_chunks: layers.noun_chunks.iter().flat_map(|layer| points.spans(&layer.items)).collect(),
            tokens: Some(TokenLines::of(document, &points)),
            notes: document.notes.iter().map(NoteLine::from).collect(),
        }
    }

    /// The line of a text that could not be read, with the note that says why.
    pub fn unreadable(id: &'a str, model: &'a str, note: &'a Note) -> Self {
        ParseLine {
            id,
            model,
            tokens: None,
            sentences: Vec::new(),
            entities: Vec::new(),
            noun_chunks: Vec::new(),
            notes: vec![note.into()],
        }
    }

    /// Writes the line as JSON, without a line break in or after it. Characters that a terminal would obey are escaped.
    pub fn write<W: io::Write>(&self, out: W) -> io::Result<()> {
        write_escaped(out, self, false)
    }
}

/// An empty list where there are no tokens.
fn tokens_or_none<S: Serializer>(tokens: &Option<TokenLines<'_>>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(tokens.iter().flat_map(TokenLines::iter))
}
