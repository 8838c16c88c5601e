//! Every word that is read can be found again in the page's own bytes.

use crate::support;
use crate::walk::Walk;
use encoding_rs::Encoding;
use onrecord_document::{Capture, Document, Media, Stage};
use onrecord_reader::read;
use onrecord_span::PageBytes;
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::thread;

/// A file or folder beside the repository; says so and gives `None` where it is absent.
fn shared(path: &str) -> Option<PathBuf> {
    let found = support::root().join("../shared").join(path);
    if !found.exists() {
        // Straight to stderr: the test runner keeps what eprintln prints to itself.
        let _ =
            std::io::Write::write_fmt(&mut std::io::stderr(), format_args!("skipped: ../shared/{path} is absent\n"));
        return None;
    }
    Some(found)
}

/// Reads the pages, a thread for each core, and fails if something that was read of them can't be found again.
fn walk_all(paths: &[PathBuf], media: fn(&Path) -> Media) {
    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    let share = paths.len().div_ceil(threads).max(1);
    let walked: Vec<(usize, Vec<String>)> = thread::scope(|scope| {
        let shares = paths.chunks(share).map(|paths| scope.spawn(move || walk_some(paths, media)));
        let threads: Vec<_> = shares.collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    let checked: usize = walked.iter().map(|(checked, _)| checked).sum();
    let wrong: Vec<&String> = walked.iter().flat_map(|(_, wrong)| wrong).collect();
    let some: Vec<&&String> = wrong.iter().take(40).collect();
    assert!(wrong.is_empty(), "{} of {checked} are not found again: {some:#?}", wrong.len());
    assert!(checked > paths.len(), "there was nothing to find");
}

/// How many fields and blocks of the pages were looked for, and what was not found again.
fn walk_some(paths: &[PathBuf], media: fn(&Path) -> Media) -> (usize, Vec<String>) {
    let mut checked = 0;
    let mut wrong = Vec::new();
    for path in paths {
        let document = read(&support::capture(path, media(path)), Stage::Facts);
        let mut walk = Walk::new(&document);
        walk.walk();
        checked += walk.checked;
        wrong.extend(walk.wrong.into_iter().map(|what| format!("{}: {what}", path.display())));
    }
    (checked, wrong)
}

/// Fails if something that was read of a page can't be found again, or nothing was read.
fn found_again(document: &Document) {
    let mut walk = Walk::new(document);
    walk.walk();
    assert!(walk.wrong.is_empty(), "{:#?}", walk.wrong);
    assert!(walk.checked > 0, "there was nothing to find");
}

#[test]
fn every_word_of_the_examples_is_found_again_in_their_bytes() {
    walk_all(&support::examples(), |_| Media::Html);
}

#[test]
fn every_word_of_real_pages_is_found_again_in_their_bytes() {
    let Some(folder) = shared("data/pages/html") else { return };
    walk_all(&support::files(&folder, ".html.gz"), |_| Media::Html);
}

#[test]
fn words_around_line_breaks_are_found_again_however_those_are_written() {
    let page =
        b"<p>Six died.<Br>Rescuers searched<bR >the harbour of Caf\xE9 Sund.<BR/>Fog came in.</br>It was safe.</p>";
    let mut capture = Capture::new("breaks.html", PageBytes::new(page.to_vec()).unwrap(), Media::Html);
    capture.charset = Some("windows-1252".to_owned());
    let document = read(&capture, Stage::Article);
    found_again(&document);
}

#[test]
fn every_word_of_the_seed_is_found_again_in_its_bytes() {
    let Some(seed) = shared("data/seed/article.txt") else { return };
    walk_all(&[seed], |_| Media::Text);
}

#[test]
fn a_digit_that_was_held_for_a_part_of_a_character_is_found_again() {
    // In GB 18030 `AD 30` begins a character of four bytes; the NUL ends it, and the digit is read as one.
    // At the end of the page it is none.
    let page = b"<p>\xAD\xAD|\xAD\xAD\xAD0\0\0es</em>\xAD\xAD\xAD0\0\xAD\xFE\xFF\xFF\xADnmark sailed at 0:\xAD0</p>late\xAF\xAF\xAF1";
    let mut capture = Capture::new("digits.html", PageBytes::new(page.to_vec()).unwrap(), Media::Html);
    capture.charset = Some("gb18030".to_owned());
    let document = read(&capture, Stage::Article);
    found_again(&document);
}

#[test]
fn a_row_of_equal_bytes_with_one_too_many_is_found_again() {
    // In EUC-KR `E6 E6` is a character: without its first byte the row says the same, but for the mark of the one too many.
    let mut page = vec![0xE6; 55];
    page.extend(b"\0<script><!");
    let mut capture = Capture::new("row.html", PageBytes::new(page).unwrap(), Media::Html);
    capture.charset = Some("euc-kr".to_owned());
    let document = read(&capture, Stage::Article);
    found_again(&document);
}

/// The headline of a page, every word of which is found again.
fn headline_found_again(page: &[u8]) -> String {
    let document =
        read(&Capture::new("page.html", PageBytes::new(page.to_vec()).unwrap(), Media::Html), Stage::Article);
    found_again(&document);
    document.fields.headline.map(|headline| headline.value).unwrap_or_default()
}

#[test]
fn control_characters_in_a_string_of_json_are_found_again() {
    let page = b"<script type=application/ld+json>{\"@type\": \"NewsArticle\", \"headline\": \"Two sign \\\0\0\x01\\u0641 in Lorne\"}</script><p>They did.";
    let headline = headline_found_again(page);
    assert!(headline.contains('\u{641}'), "{headline:?}");
}

#[test]
fn nul_in_text_that_is_read_as_it_stands_is_found_again() {
    let page = b"<p>The harbour was closed on Monday.</p> <noframes>The \0ferry\0\0 <b>sank&shy; off Port Ellery\0.</noframes>";
    let document = read(&Capture::new("raw.html", PageBytes::new(page.to_vec()).unwrap(), Media::Html), Stage::Article);
    assert!(document.buffer().as_str().contains("<b>"), "{:?}", document.buffer().as_str());
    found_again(&document);
}

#[test]
fn nul_within_a_reference_in_a_title_is_found_again() {
    let page = b"<title>Fish &am\0p; chips sink &#8217;\0gainst Ellery</title><p>The harbour was closed on Monday.";
    assert_eq!(headline_found_again(page), "Fish &am\u{FFFD}p; chips sink ’\u{FFFD}gainst Ellery");
}

#[test]
fn a_reference_without_its_end_in_an_attribute_is_found_again() {
    let page = b"<meta property=og:title content='Lorne asks for 27&nbsp03 ships'><title>Lorne asks for 27&nbsp03 ships</title><p>So.";
    assert_eq!(headline_found_again(page), "Lorne asks for 27&nbsp03 ships");
}

#[test]
fn backslashes_at_the_end_of_a_string_of_json_are_found_again() {
    let page = br#"<script type=application/ld+json>{"@type": "NewsArticle", "headline": "They sign as Lorne\\\\"}</script><p>So."#;
    assert_eq!(headline_found_again(page), r"They sign as Lorne\\");
}

/// Charsets of the East, in which one byte too few or too many makes others of all that follow.
const EASTERN: [&Encoding; 5] =
    [encoding_rs::GB18030, encoding_rs::BIG5, encoding_rs::EUC_KR, encoding_rs::SHIFT_JIS, encoding_rs::EUC_JP];

/// A page with every so manieth byte broken, in a way that depends on `nth`.
fn broken(mut page: Vec<u8>, nth: usize) -> Vec<u8> {
    /// Bytes that begin characters in those charsets, go on with them, or do neither.
    const SHARDS: [u8; 12] = [0x81, 0x30, 0x39, 0x40, 0x7F, 0x80, 0x8E, 0x8F, 0xA1, 0xE3, 0xFE, 0xFF];
    const APART: usize = 97;
    for at in (nth..page.len()).step_by(APART) {
        // Ends of tags are left: else most of a page becomes one attribute.
        if !matches!(page[at], b'<' | b'>' | b'"') {
            page[at] = SHARDS[(at / APART + nth) % SHARDS.len()];
        }
    }
    page
}

#[test]
fn every_word_of_eastern_pages_is_found_again_where_bytes_are_broken() {
    let mut wrong = Vec::new();
    let mut checked = 0;
    for (nth, path) in support::examples().iter().enumerate() {
        let whole = support::capture(path, Media::Html);
        let text = String::from_utf8_lossy(whole.page.as_bytes()).into_owned();
        for encoding in EASTERN {
            let bytes = broken(encoding.encode(&text).0.into_owned(), nth);
            let mut capture = Capture::new(path.display().to_string(), PageBytes::new(bytes).unwrap(), Media::Html);
            capture.charset = Some(encoding.name().to_owned());
            let document = read(&capture, Stage::Article);
            let mut walk = Walk::new(&document);
            walk.walk();
            checked += walk.checked;
            wrong.extend(walk.wrong.iter().map(|what| format!("{} as {}: {what}", path.display(), encoding.name())));
        }
    }
    let some: Vec<&String> = wrong.iter().take(40).collect();
    assert!(wrong.is_empty(), "{} of {checked} are not found again: {some:#?}", wrong.len());
    assert!(checked > 1_000);
}
