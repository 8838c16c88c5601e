//! An HTML parser after the WHATWG standard, into a flat arena that remembers its bytes.
//!
//! [`decode`] turns a page's bytes into text and knows the way back; [`parse`] makes a [`Tree`] of
//! the text. Names are interned, text and attributes are decoded only when asked for, and every
//! node knows its place in the source. Parsing never fails and never panics; [`limits`] bound what a hostile page
//! can cost.
//!
//! ```
//! use onrecord_html::{HtmlName, decode, parse};
//!
//! let page = b"<p class=lead>Caf\xE9 \x93Sund\x94 &amp; more";
//! let decoded = decode(page, Some("windows-1252"));
//! let tree = parse(&decoded.text);
//! let p = tree.descendants(tree.root()).find(|&id| tree.is(id, HtmlName::P)).unwrap();
//! let text = tree.first_child(p).unwrap();
//! assert_eq!(tree.text(text), "Café “Sund” & more");
//! assert_eq!(tree.attr(p, "class").unwrap().value(), "lead");
//! assert_eq!(decoded.to_page(tree.source_range(text)), 14..36);
//! ```

pub mod limits;

mod attr;
mod builder;
mod decode;
mod decoding;
mod foreign;
mod names;
mod references;
mod sniff;
mod tokenizer;
mod tree;

pub use attr::{Attr, Attrs};
pub use builder::{parse, parse_fragment};
pub use decode::{Decoded, decode};
pub use encoding_rs::Encoding;
pub use foreign::{mathml_attribute_name, prefixed_attribute, svg_attribute_name};
pub use limits::Truncation;
pub use names::HtmlName;
pub use sniff::declared_encoding;
pub use tokenizer::Doctype;
#[cfg(feature = "tokens")]
pub use tokenizer::{FirstState, Spelled, spelled_tokens};
pub use tree::{Ancestors, Children, Descendants, Namespace, NodeId, NodeKind, Tree};
