//! Finds the article on a page: its body, its fields, and what the other lines of the page are.

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
mod json_line;
mod language;
mod lists;
mod lower;
mod page;
mod phrases;
mod text;
mod unseen;

use onrecord_document::{Capture, Document, Media, Producer};

/// The producer of documents; its version changes whenever its output may change.
pub const PRODUCER: Producer = Producer::new("onrecord-article", env!("CARGO_PKG_VERSION"));

/// Reads a capture: a web page, a text or a line of JSON. Never fails: a page without an article becomes an empty document with a
/// note.
pub fn read(capture: &Capture) -> Document {
    match capture.media {
        Media::Html => html::read(capture),
        Media::Text => text::read(capture),
        Media::JsonLine => json_line::read(capture),
    }
}

/// Reads only the text of a capture. A text, or the text of a JSON line, becomes one block without fields; an HTML page is read as by
/// [`read`]. Never fails.
pub fn text_alone(capture: &Capture) -> Document {
    match capture.media {
        Media::Html => html::read(capture),
        Media::Text => text::read_alone(capture),
        Media::JsonLine => json_line::read_alone(capture),
    }
}
