//! Every word that is read can be found again in the page's own bytes.

#![allow(clippy::unwrap_used)] // a test that can't read its input fails

mod support;
mod walk;

use onrecord_document::{Capture, Media};
use onrecord_reader::{Until, read};
use onrecord_span::PageBytes;
use std::path::{Path, PathBuf};
use walk::Walk;

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

fn walk_all(paths: &[PathBuf], media: fn(&Path) -> Media) {
    let mut checked = 0;
    let mut wrong = Vec::new();
    for path in paths {
        let document = read(&support::capture(path, media(path)), Until::Facts);
        let mut walk = Walk::new(&document);
        walk.walk();
        checked += walk.checked;
        wrong.extend(walk.wrong.into_iter().map(|what| format!("{}: {what}", path.display())));
    }
    let some: Vec<&String> = wrong.iter().take(40).collect();
    assert!(wrong.is_empty(), "{} of {checked} are not found again: {some:#?}", wrong.len());
    assert!(checked > paths.len(), "there was nothing to find");
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
    let document = read(&capture, Until::Article);
    let mut walk = Walk::new(&document);
    walk.walk();
    assert!(walk.wrong.is_empty(), "{:#?}", walk.wrong);
    assert!(walk.checked > 0);
}

#[test]
fn every_word_of_the_seed_is_found_again_in_its_bytes() {
    let Some(seed) = shared("data/seed/article.txt") else { return };
    walk_all(&[seed], |_| Media::Text);
}
