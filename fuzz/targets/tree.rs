//! The tree of any page, and of any fragment, is that of html5ever, and sound.
//!
//! The first byte chooses the element that the text is a fragment of, or none; the rest is the text.

#![no_main]

#[path = "../../crates/html/tests/html/dump/mod.rs"]
mod dump;
#[path = "../../crates/html/tests/html/peer/mod.rs"]
mod peer;
#[path = "../../crates/html/tests/html/sound/mod.rs"]
mod sound;

use libfuzzer_sys::fuzz_target;
use onrecord_html::{parse, parse_fragment};

/// Every second input is a page; the others are fragments of these, in turn. `select` is not among them: html5ever
/// puts an `input` into a fragment of one, which the standard does no longer.
const CONTEXTS: &[&str] = &[
    "div", "p", "body", "html", "head", "title", "textarea", "style", "script", "table", "tbody", "tr", "td", "caption",
    "colgroup", "option", "template", "frameset", "button", "svg svg", "svg desc", "svg foreignObject",
    "math math", "math mi", "math annotation-xml",
];

fuzz_target!(|input: &[u8]| {
    let Some((first, rest)) = input.split_first() else { return };
    let text = String::from_utf8_lossy(rest);
    let context = (first % 2 == 1).then(|| CONTEXTS[usize::from(first / 2) % CONTEXTS.len()]);
    let tree = match context {
        None => parse(&text),
        Some(context) => parse_fragment(&text, context),
    };
    sound::check_tree(&text, &tree);
    // Limits are ours alone.
    if tree.truncated().is_some() || peer::is_read_otherwise(&text, context) {
        return;
    }
    let ours = dump::dump(&tree);
    let theirs = peer::dump_peer(&text, context);
    assert_eq!(ours, theirs, "{text:?} in {context:?}: {}", peer::difference(&ours, &theirs));
});
