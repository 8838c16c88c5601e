//! From a page to its article.

#[cfg(feature = "ablation")]
pub mod ablation;
#[cfg(not(feature = "ablation"))]
mod ablation;
mod body;
mod dates;
mod evidence;
mod fields;
mod html;
mod json;
mod language;
mod line;
mod lists;
mod lower;
mod page;
mod phrases;
mod text;

use onrecord_document::{Capture, Document, Media, Producer};

/// The producer of documents; its version changes whenever its output may change.
pub const PRODUCER: Producer = Producer::new("onrecord-article", env!("CARGO_PKG_VERSION"));

/// Reads a capture as what it holds. Never fails: what is no article becomes an empty document with a note.
pub fn read(capture: &Capture) -> Document {
    match capture.media {
        Media::Html => html::read(capture),
        Media::Text => text::read(capture),
        Media::JsonLine => line::read(capture),
    }
}

/// Reads nothing of a capture but its text, as one block without fields: of an HTML page the article's body, of a text or a
/// JSON line the text as it stands. Never fails, like [`read`].
pub fn text_alone(capture: &Capture) -> Document {
    match capture.media {
        Media::Html => html::read(capture),
        Media::Text => text::read_alone(capture),
        Media::JsonLine => line::read_alone(capture),
    }
}
