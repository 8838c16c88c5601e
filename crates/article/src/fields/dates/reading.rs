//! Reads dates from words and from elements.

use super::labels::says_update;
use crate::dates::{self, DAY_ORDER, DayOrder};
use crate::fields::clues::urls::host;
use crate::fields::clues::words::{attribute, visible};
use crate::fields::clues::{Clues, Spot, meta_keys};
use onrecord_document::{Moment, Stated};
use onrecord_html::{HtmlName, NodeId, NodeKind};
use onrecord_span::Traced;

/// Longest line that is searched for a date, in bytes: dates in prose belong to the story.
pub(super) const MAX_LINE: usize = 160;

/// Longest label before a date, in bytes; after longer words, the date belongs to the story.
pub(super) const MAX_LABEL: usize = 60;

/// Which number is the day in dates such as `4/5/2024`, by the country of the page's address, by the page's language, or by
/// another date of its metadata: beside `07/14/2023`, `07/11/2023` is in July.
pub(super) fn order(clues: &Clues<'_>) -> DayOrder {
    let tree = clues.page.tree;
    let language = clues.survey.html.and_then(|node| tree.attr(node, "lang").or_else(|| tree.attr(node, "xml:lang")));
    let language = language.map(|lang| lang.value().to_ascii_lowercase().replace('_', "-")).unwrap_or_default();
    let country = clues.url.as_deref().and_then(host).and_then(|host| host.rsplit('.').next()).unwrap_or_default();
    match language.as_str() {
        _ if DAY_ORDER.of("month_first").contains(&country) => DayOrder::MonthFirst,
        _ if DAY_ORDER.of("day_first").contains(&country) => DayOrder::DayFirst,
        "en-us" => DayOrder::MonthFirst,
        "" | "en" => order_of_metas(clues),
        _ => DayOrder::DayFirst,
    }
}

/// Which number is the day in the dates of the page's metadata.
fn order_of_metas(clues: &Clues<'_>) -> DayOrder {
    let keys = ["published", "modified"].into_iter().flat_map(|list| clues.survey.metas(meta_keys(list)));
    let contents = keys.filter_map(|node| clues.page.tree.attr_named(node, HtmlName::CONTENT));
    let mut orders =
        contents.filter(|content| content.raw().contains('/')).map(|content| dates::order_in(&content.value()));
    orders.find(|order| *order != DayOrder::Unknown).unwrap_or(DayOrder::Unknown)
}

/// The date in some words, with only its own words as evidence.
pub(super) fn dated(clues: &Clues<'_>, words: &Traced) -> Option<Stated<Moment>> {
    let (moment, range) = dates::find_in(words.text(), order(clues))?;
    // A missing date often becomes the first second of Unix time.
    if moment.ymd() == (1970, 1, 1) {
        return None;
    }
    Some(clues.page.stated(&words.slice(range)).map(|_| moment))
}

/// The words before the date in some words.
pub(super) fn label<'w>(clues: &Clues<'_>, words: &'w Traced) -> Option<&'w str> {
    dates::find_in(words.text(), order(clues)).map(|(_, range)| &words.text()[..range.start])
}

/// The date of an element: its `datetime`, its `content`, a Unix time, its words.
pub(super) fn of_element(clues: &Clues<'_>, node: NodeId) -> Option<Stated<Moment>> {
    let tree = clues.page.tree;
    let of_attribute =
        |name| attribute(tree, node, name).and_then(|words| dated(clues, &words).or_else(|| unix(clues, &words)));
    ["datetime", "content", "data-datetime"].into_iter().find_map(of_attribute).or_else(|| {
        let words = visible(tree, node);
        if words.len() <= MAX_LINE { dated(clues, &words) } else { None }
    })
}

fn unix(clues: &Clues<'_>, words: &Traced) -> Option<Stated<Moment>> {
    let moment = dates::unix(words.text())?;
    Some(clues.page.stated(words).map(|_| moment))
}

/// `data-timestamp="1731922200"`
pub(super) fn stamp(clues: &Clues<'_>, spot: Spot) -> Option<Stated<Moment>> {
    let (_, name) = clues.survey.stamps.iter().find(|(stamped, _)| stamped.node == spot.node)?;
    let words = attribute(clues.page.tree, spot.node, name)?;
    dated(clues, &words).or_else(|| unix(clues, &words))
}

/// Whether an element states a change, by its names or the words before it.
pub(super) fn is_update(clues: &Clues<'_>, node: NodeId) -> bool {
    /// Neighbours before the element that may hold its label.
    const NEIGHBOURS: usize = 2;
    let tree = clues.page.tree;
    let class = tree.attr_named(node, HtmlName::CLASS).map(|attr| attr.value().to_lowercase()).unwrap_or_default();
    let around = tree
        .parent(node)
        .and_then(|parent| tree.attr_named(parent, HtmlName::CLASS))
        .map(|attr| attr.value().to_lowercase())
        .unwrap_or_default();
    let mut text = visible(tree, node).text().to_lowercase();
    let mut before = tree.prev_sibling(node);
    for _ in 0..NEIGHBOURS {
        let Some(sibling) = before else { break };
        let is_text = tree.kind(sibling) == NodeKind::Text;
        let words = if is_text { tree.text(sibling).into_owned() } else { visible(tree, sibling).text().to_owned() };
        // Words before another date label that one.
        if tree.is(sibling, HtmlName::TIME) || words.len() <= MAX_LABEL && dates::find(&words).is_some() {
            break;
        }
        let words = words.to_lowercase();
        if words.len() <= MAX_LABEL {
            text.push(' ');
            text.push_str(&words);
        }
        if !words.trim().is_empty() {
            break;
        }
        before = tree.prev_sibling(sibling);
    }
    says_update(&text) || says_update(&class) || says_update(&around)
}
