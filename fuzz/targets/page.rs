//! Any page is read without a panic, and every word that is read can be found again in its bytes by other decoders.
//!
//! The first byte chooses the charset that comes with the page, or none; the rest is the page.

#![no_main]

#[path = "../../crates/reader/tests/reader/walk.rs"]
mod walk;

use libfuzzer_sys::fuzz_target;
use onrecord_document::{Capture, Media};
use onrecord_span::PageBytes;
use walk::Walk;

/// Charsets in which each stretch of bytes can be read by itself, as the walk does.
const CHARSETS: &[Option<&str>] = &[
    Some("utf-8"),
    None,
    Some("windows-1252"),
    Some("windows-1251"),
    Some("shift_jis"),
    Some("gb18030"),
    Some("euc-kr"),
    Some("utf-16le"),
];

fuzz_target!(|input: &[u8]| {
    let Some((first, rest)) = input.split_first() else { return };
    let Some(page) = PageBytes::new(rest.to_vec()) else { return };
    let mut capture = Capture::new("fuzz".to_owned(), page, Media::Html);
    capture.charset = CHARSETS[usize::from(*first) % CHARSETS.len()].map(str::to_owned);
    let document = onrecord_article::read(&capture);
    let mut walk = Walk::new(&document);
    walk.walk();
    assert!(walk.wrong.is_empty(), "{:#?}", walk.wrong);
});
