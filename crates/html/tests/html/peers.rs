//! Real pages make the same trees here as in html5ever, whose authors read the standard for themselves.
//!
//! The pages lie in `shared/` beside the workspace; where they are absent, the test says so and is skipped.

use crate::parts::{Numbers, soup};
use crate::peer::{difference, dump_peer, is_read_otherwise};
use crate::real_pages;
use onrecord_html::{decode, parse};

#[test]
fn real_pages_make_the_trees_of_html5ever() {
    let Some(pages) = real_pages::all() else { return };
    let mut differing = Vec::new();
    for path in &pages {
        let page = real_pages::read(path);
        let text = decode(&page, None).text.into_owned();
        let ours = crate::dump::dump(&parse(&text));
        let theirs = dump_peer(&text, None);
        if ours != theirs {
            differing.push(format!("{}: {}", path.display(), difference(&ours, &theirs)));
        }
    }
    eprintln!("{} pages, {} differ", pages.len(), differing.len());
    assert!(differing.is_empty(), "{}", differing.join("\n\n"));
}

#[test]
fn soup_of_markup_makes_the_trees_of_html5ever() {
    let mut numbers = Numbers(0x1234_5678);
    let mut compared = 0;
    for _ in 0..30_000 {
        let source = soup(&mut numbers, 12);
        if is_read_otherwise(&source, None) {
            continue;
        }
        compared += 1;
        let ours = crate::dump::dump(&parse(&source));
        let theirs = dump_peer(&source, None);
        assert_eq!(ours, theirs, "{source:?}");
    }
    assert!(compared > 15_000, "only {compared} were compared");
}

#[test]
fn elements_with_other_attributes_are_not_taken_for_equal() {
    // Of four that are open, the oldest goes only if all have the same attributes; here the numbers of their names have the same
    // sum. A finding of the tree's fuzzer.
    const NAMES: usize = 40;
    let all: String = (0..NAMES).map(|name| format!(" n{name}")).collect();
    for sum in 1..2 * NAMES {
        let pairs: Vec<(usize, usize)> = (0..sum).map(|one| (one, sum - one)).filter(|(_, two)| *two < NAMES).collect();
        for (one, two) in pairs.iter().filter(|(one, two)| one < two) {
            for (three, four) in pairs.iter().filter(|(three, four)| three < four) {
                let open = format!("<b n{one} n{two}>").repeat(3);
                let source = format!("<p><u{all}></u>{open}<b n{three} n{four}></p>x");
                assert_eq!(crate::dump::dump(&parse(&source)), dump_peer(&source, None), "{source}");
            }
        }
    }
}

#[test]
fn a_line_feed_at_the_beginning_is_left_out_behind_what_is_no_token() {
    // `</>` is an error and no token, so that the line feed is the next one. A finding of the tree's fuzzer: html5ever keeps it.
    let source = "<pre></>\nFog.\n";
    let expected = "| <html>\n|   <head>\n|   <body>\n|     <pre>\n|       \"Fog.\n\"\n";
    assert_eq!(crate::dump::dump(&parse(source)), expected);
    assert!(is_read_otherwise(source, None));
}

#[test]
fn elements_with_other_names_and_values_are_not_taken_for_equal() {
    // As above, where the bits in which two names' numbers differ are those in which their values do. A finding of the tree's fuzzer.
    const NAMES: usize = 8;
    let all: String = (0..NAMES).map(|name| format!(" n{name}")).collect();
    for (name, other, value) in
        (0..NAMES).flat_map(|name| (0..NAMES).flat_map(move |other| (0..10).map(move |value| (name, other, value))))
    {
        let equal = format!("<font n{name}=4>").repeat(3);
        let source = format!("<p><font{all}>{equal}<font n{other}={value}></p><p>x");
        assert_eq!(crate::dump::dump(&parse(&source)), dump_peer(&source, None), "{source}");
    }
}
