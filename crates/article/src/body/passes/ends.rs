//! Lines at both ends of the body that do not belong to it.

use crate::body::lines::PageLines;
use crate::body::segments::Markup;
use crate::lists::Lists;
use onrecord_document::BlockKind;
use std::sync::LazyLock;

/// Words after a name that say something about the writer.
static ABOUT_WRITERS: LazyLock<Lists> = LazyLock::new(|| Lists::read(include_str!("../../../data/writer_phrases.txt")));

/// Whether words go on about somebody whose name stands before them.
fn is_about_writer(words: &str) -> bool {
    let after = |phrase: &str| words.strip_prefix(phrase);
    ABOUT_WRITERS.of("word").iter().any(|phrase| after(phrase).is_some_and(|after| after.starts_with(' ')))
        || ABOUT_WRITERS.of("start").iter().any(|phrase| after(phrase).is_some())
}

/// The last lines of the body are an author box if they are about the writer: "Wally Breck has covered the waterfront since
/// 1988."
pub(super) fn writer_at_the_end(page: &mut PageLines<'_>) {
    /// Lines at the end that may be about the writers: one for each, and how to reach them.
    const LINES: usize = 6;
    /// Longest line about a writer; a longer one is a paragraph about somebody of that name.
    const LONGEST: f32 = 500.0;
    let last = (0..page.kinds.len()).rev().filter(|&index| page.is_body(index)).take(LINES);
    for index in last.collect::<Vec<_>>() {
        let words = page.words(index);
        let about = page.names.iter().any(|name| {
            let (head, tail) = words.split_at(words.floor_char_boundary(name.len()));
            // Bylines may be in capitals: "By WALLY BRECK".
            head.to_lowercase() == name.to_lowercase() && tail.strip_prefix(' ').is_some_and(is_about_writer)
        });
        if about && page.segment(index).length < LONGEST {
            page.kinds[index] = BlockKind::AuthorBox;
        }
    }
}

/// List items with a link after the last sentence of the body point to more to read.
pub(super) fn links_at_the_end(page: &mut PageLines<'_>) {
    /// Share of links from which a sentence is a title that points elsewhere.
    const LINKED: f32 = 0.5;
    for index in (0..page.kinds.len()).rev() {
        let segment = page.segment(index);
        let sentence = segment.sentence && segment.linked < LINKED;
        if page.is_body(index) && sentence {
            break;
        }
        if page.kinds[index] == BlockKind::ListItem && !segment.links.is_empty() {
            page.kinds[index] = BlockKind::Related;
        }
    }
}

/// Lines before the first and after the last sentence of the body are labels if they are not sentences: the name of a section, a
/// date, a list of tags.
pub(super) fn scraps_at_the_ends(page: &mut PageLines<'_>) {
    /// Lines after the last sentence that may belong to the text if they are set like it: "With agency reports".
    const NEAR: usize = 1;
    /// Longer list items before the first sentence are points of a summary.
    const POINT: f32 = 40.0;
    /// Shortest line of a list that is set as the text.
    const LISTED: f32 = 40.0;
    /// Longer lines are text even if they do not end like a sentence.
    const TEXT: f32 = 120.0;
    let is_text = |page: &PageLines<'_>, index: usize| {
        let segment = page.segment(index);
        page.is_body(index)
            && (segment.sentence || segment.length > TEXT)
            && !matches!(segment.markup, Markup::Heading(_))
    };
    let texts: Vec<usize> = (0..page.kinds.len()).filter(|&index| is_text(page, index)).collect();
    let (Some(&first), Some(&last)) = (texts.first(), texts.last()) else { return };
    // A calendar, a list of contacts: lines of some length, set as the text, one after another right behind it.
    let listed = |index: &usize| {
        let segment = page.segment(*index);
        page.is_set_as_text(*index) && segment.links.is_empty() && segment.length > LISTED
    };
    let listed = last + 1 + (last + 1..page.kinds.len()).take_while(listed).count();
    for index in (0..first).chain(listed..page.kinds.len()) {
        let segment = page.segment(index);
        let point = matches!(segment.markup, Markup::Quote | Markup::Preformatted)
            || (segment.markup == Markup::ListItem && (index > first || segment.length > POINT));
        // Before the first sentence only a heading element makes a subhead: "LOCAL NEWS" in a cell is the section's name.
        let heads = page.kinds[index] == BlockKind::LiveEntry
            || page.kinds[index] == BlockKind::Subhead
                && (index > first || matches!(segment.markup, Markup::Heading(_)));
        let goes_on = index > last && index - last <= NEAR && page.is_set_as_text(index) && segment.links.is_empty();
        if page.is_body(index) && !point && !heads && !goes_on {
            page.kinds[index] = BlockKind::Other;
        }
    }
}
