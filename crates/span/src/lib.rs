//! Where something was read.
//!
//! Every answer that Onrecord gives points at words, and through them at the bytes of the original page. This crate provides the
//! types for that and nothing else:
//!
//! - [`Span`]: half-open ranges that know which kind of buffer they index ([`Text`] or [`Bytes`]);
//! - [`TextBuffer`] and [`PageBytes`]: the only types that make spans;
//! - [`PageHash`] and [`ContentId`]: names of things by their content;
//! - [`Traced`]: a string under construction that remembers the origin of each part;
//! - [`SourceMap`]: the finished mapping from a document's text to the page's bytes;
//! - [`shares`]: which bytes belong to which character, if a charset's decoder needs several before it outputs anything.
//!
//! ```
//! use onrecord_span::{PageBytes, SourceMap, TextBuffer, Traced, Utf8};
//!
//! let page = PageBytes::new(b"<p>Fish &amp; chips</p>".to_vec()).unwrap();
//! let mut words = Traced::new();
//! words.push_verbatim("<p>Fish &amp; chips</p>", 3..8);
//! words.push_unit("&", 8..13);
//! words.push_verbatim("<p>Fish &amp; chips</p>", 13..19);
//!
//! let text = TextBuffer::new(words.text().to_owned()).unwrap();
//! let map = SourceMap::new(&words, &text, &page, &Utf8).unwrap();
//! let span = text.span(5..12).unwrap();
//! assert_eq!(text.slice(span), "& chips");
//! let bytes = map.resolve(span, &page);
//! assert_eq!(page.slice(bytes[0]), b"&amp; chips");
//! ```

mod hash;
mod shares;
mod source_map;
mod spans;
mod traced;

pub use hash::{ContentId, PageHash};
pub use shares::shares;
pub use source_map::{Decoding, PageHow, PageRun, SourceMap, Utf8};
pub use spans::{Bytes, MAX_BUFFER, PageBytes, Span, Text, TextBuffer};
pub use traced::{How, Traced, TracedRun, is_invisible};
