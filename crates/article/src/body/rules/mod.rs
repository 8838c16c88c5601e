//! The rules that say what a line is, each looking at one line by itself.
//!
//! To add a rule, copy `example.rs`, and give it a row in [`RULES`].

mod byline;
mod caption;
mod claimed;
mod items;
mod links;
mod regions;
mod subhead;
mod timestamp;
mod words;

#[cfg(test)]
mod example;

use crate::ablation;
use crate::body::lines::PageLines;
use onrecord_document::BlockKind;

/// A rule says what the line at an index is, or `None` where it does not know.
type LineRule = fn(&PageLines<'_>, usize) -> Option<BlockKind>;

/// A rule with the name under which `bench/page/ablate` reports it.
pub(super) type NamedRule = (&'static str, LineRule);

/// The rules in the order in which they are tried. The first that knows a line decides; a line that none knows is body, of the
/// kind that its markup makes it.
pub(super) const RULES: &[NamedRule] = &[
    ("claimed", claimed::claimed),
    ("breadcrumb", words::breadcrumb),
    ("embed", regions::embed),
    ("furniture_region", regions::furniture_region),
    ("furniture_phrase", words::furniture_phrase),
    ("outside", regions::outside),
    ("caption", caption::caption),
    ("photo_line", words::photo_line),
    ("correction", words::correction),
    ("byline", byline::byline),
    ("signature", byline::signature),
    ("timestamp", timestamp::timestamp),
    ("only_links", links::only_links),
    ("mostly_links", links::mostly_links),
    ("subhead", subhead::subhead),
    ("bulleted", items::bulleted),
    ("paragraph_of_item", items::paragraph_of_item),
];

/// What a line is by the first of some rules that knows it, or else by its markup.
pub(super) fn kind(rules: &[NamedRule], page: &PageLines<'_>, index: usize) -> BlockKind {
    let by_rule = |(name, rule): &NamedRule| rule(page, index).filter(|_| ablation::stands("rule", name));
    rules.iter().find_map(by_rule).unwrap_or_else(|| page.segment(index).markup.kind())
}
