//! Parsing alone: bytes or text to a tree, the tree's end included.

use html5ever::tendril::TendrilSink;
use html5ever::{ParseOpts, parse_document};
use markup5ever_rcdom::RcDom;
use std::hint::black_box;

use crate::clock::timed;

/// Parses a page, given as its bytes and as the text they decode to, and says how many nanoseconds it took, and of how
/// many bytes.
pub type Parse = fn(&[u8], &str) -> (u64, usize);

/// The parsers by name.
pub const PARSERS: &[(&str, Parse)] = &[
    ("parse-onrecord-html", |_, text| (timed(|| drop(black_box(onrecord_html::parse(text)))).1, text.len())),
    ("parse-onrecord-html-decode", |page, _| {
        (timed(|| drop(black_box(onrecord_html::parse(&onrecord_html::decode(page, None).text)))).1, page.len())
    }),
    ("parse-html5ever", |_, text| {
        (timed(|| drop(black_box(parse_document(RcDom::default(), ParseOpts::default()).one(text)))).1, text.len())
    }),
    ("parse-tl", |_, text| (timed(|| drop(black_box(tl::parse(text, tl::ParserOptions::default())))).1, text.len())),
];

#[cfg(test)]
mod tests {
    use super::PARSERS;

    #[test]
    fn every_parser_says_what_it_was_given() {
        let page = "<p>Caf\u{e9} <b>Sund</b>".repeat(100);
        for (name, parse) in PARSERS {
            let (time, bytes) = parse(page.as_bytes(), &page);
            assert_eq!(bytes, page.len(), "{name}");
            assert!(time > 0, "{name}");
        }
    }
}
