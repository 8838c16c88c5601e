//! The state of pages that scripts draw: the text of an article that stands in no element, only in the data of a script.
//!
//! `<script id="__NEXT_DATA__" type="application/json">{"props": {"article": {"title": "Ferry sinks", "body": "<p>Six …"}}}</script>`

use crate::fields::PageFields;
use crate::fields::clues::words::overlap;
use crate::fields::clues::{Clues, json_members};
use crate::json::{self, Json};
use onrecord_html::HtmlName;
use onrecord_span::Traced;

/// Fewest letters of a text that is taken for an article's.
const MIN_LENGTH: usize = 400;

/// Most scripts that are read for it.
const MAX_SCRIPTS: usize = 64;

/// Most objects with the article's title that are looked into: a title may stand in many.
const MAX_TITLED: usize = 32;

/// Share of words from which a string is the article's title.
const SAME_TITLE: f32 = 0.6;

/// Longest title in bytes.
const LONGEST_TITLE: usize = 300;

/// Reads the text of the article from the state of the page's scripts, if the page itself says little: the longest text in an
/// object that also has the article's title. State holds other articles too, so that a text without the title is not believed.
pub(in crate::fields) fn read_bodies(clues: &Clues<'_>, found: &mut PageFields) {
    let title = clues.headline_text();
    if !clues.story.is_thin || title.is_empty() {
        return;
    }
    let tree = clues.page.tree;
    let scripts = tree.descendants(tree.root()).filter(|&node| tree.is(node, HtmlName::SCRIPT));
    for script in scripts.take(MAX_SCRIPTS) {
        for text in tree.children(script) {
            let range = tree.source_range(text);
            if range.len() < MIN_LENGTH || !tree.raw_text(text).contains('{') {
                continue;
            }
            let parsed = json::parse(tree.source(), range.start as usize..range.end as usize);
            let mut titled = Vec::new();
            parsed.values.iter().for_each(|value| find_titled(value, title, &mut titled));
            let bodies = titled.iter().filter_map(|object| longest_text(object));
            found.state_bodies.extend(bodies.max_by_key(Traced::len));
        }
    }
}

/// Adds the objects that have the title, outer ones first. A title may stand one object deeper than the text:
/// `{"headlines": {"basic": "Ferry sinks"}, "content_elements": […]}`.
fn find_titled<'v, 's>(value: &'v Json<'s>, title: &str, titled: &mut Vec<&'v Json<'s>>) {
    let is_title = |value: &Json<'_>| {
        value
            .string()
            .is_some_and(|words| words.raw().len() < LONGEST_TITLE && overlap(&words.text(), title) > SAME_TITLE)
    };
    if titled.len() >= MAX_TITLED {
        return;
    }
    match value {
        Json::Array(items) => items.iter().for_each(|item| find_titled(item, title, titled)),
        Json::Object(members) => {
            let nested = |member: &Json<'_>| match member {
                Json::Object(members) => members.iter().any(|(_, member)| is_title(member)),
                member => is_title(member),
            };
            if members.iter().any(|(_, member)| nested(member)) {
                titled.push(value);
            }
            members.iter().for_each(|(_, member)| find_titled(member, title, titled));
        }
        _ => {}
    }
}

/// The longest text in an object: a string, or the strings of a list of paragraphs, a line each.
fn longest_text(value: &Json<'_>) -> Option<Traced> {
    let mut longest: Option<Traced> = None;
    let mut waiting = vec![value];
    while let Some(value) = waiting.pop() {
        let text = match value {
            Json::String(words) if words.raw().len() >= MIN_LENGTH && words.raw().contains(' ') => Some(words.traced()),
            Json::Array(items) => {
                waiting.extend(items);
                joined(items)
            }
            Json::Object(members) => {
                waiting.extend(members.iter().map(|(_, member)| member));
                None
            }
            _ => None,
        };
        if let Some(text) = text
            && text.len() >= MIN_LENGTH
            && longest.as_ref().is_none_or(|longest| longest.len() < text.len())
        {
            longest = Some(text);
        }
    }
    longest
}

/// The paragraphs of a list: strings, or objects that have one under a name of `state_text`. `None` where it has fewer than three,
/// or more items than paragraphs that say nothing.
fn joined(items: &[Json<'_>]) -> Option<Traced> {
    /// Fewest paragraphs.
    const FEWEST: usize = 3;
    if items.len() < FEWEST {
        return None;
    }
    let words = |item: &Json<'_>| match item {
        Json::String(words) => Some(words.traced()),
        Json::Object(_) => json_members("state_text").iter().find_map(|name| Some(item.get(name)?.string()?.traced())),
        _ => None,
    };
    let mut text = Traced::new();
    let mut count = 0;
    for words in items.iter().filter_map(words).filter(|words| words.text().contains(' ')) {
        if count > 0 {
            text.push_inserted("\n");
        }
        text.append(&words);
        count += 1;
    }
    (count >= FEWEST && count * 2 >= items.len()).then_some(text)
}
