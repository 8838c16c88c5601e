//! Dates that readers do not see: JSON-LD, `<meta>`, `itemprop`, the state of scripts.

use super::reading::{dated, of_element};
use crate::fields::clues::words::{attribute, json_string};
use crate::fields::clues::{Clues, Spot, json_members, meta_keys};
use crate::json::Json;
use memchr::memmem::Finder;
use onrecord_document::{Moment, Stated};
use onrecord_span::Traced;
use std::sync::LazyLock;

/// `"datePublished": "2024-11-18T09:30:00Z"` of the article's node.
pub(super) fn linked_published(clues: &Clues<'_>) -> Option<Stated<Moment>> {
    linked(clues, json_members("published"))
}

pub(super) fn linked_modified(clues: &Clues<'_>) -> Option<Stated<Moment>> {
    linked(clues, json_members("modified"))
}

/// `datePublished` of the page's node, if no article has one.
pub(super) fn linked_page_date(clues: &Clues<'_>) -> Option<Stated<Moment>> {
    let value = clues.json_ld.pages.iter().find_map(|page| page.get("datePublished"))?;
    dated(clues, &json_string(value.string()?))
}

fn linked(clues: &Clues<'_>, keys: &[&str]) -> Option<Stated<Moment>> {
    keys.iter().find_map(|key| {
        clues
            .json_ld
            .articles
            .iter()
            .filter_map(|article| article.get(key))
            .flat_map(Json::items)
            .find_map(|value| dated(clues, &json_string(value.string()?)))
    })
}

/// `<meta property="article:published_time" content="…">` and others like it.
pub(super) fn meta_published(clues: &Clues<'_>) -> Option<Stated<Moment>> {
    meta(clues, "published")
}

/// `<meta name="date" content="…">` and others that may be the page's rather than the article's.
pub(super) fn meta_date(clues: &Clues<'_>) -> Option<Stated<Moment>> {
    meta(clues, "date")
}

pub(super) fn meta_modified(clues: &Clues<'_>) -> Option<Stated<Moment>> {
    meta(clues, "modified")
}

fn meta(clues: &Clues<'_>, list: &str) -> Option<Stated<Moment>> {
    clues.survey.metas(meta_keys(list)).find_map(|node| dated(clues, &attribute(clues.page.tree, node, "content")?))
}

/// `<meta itemprop="datePublished" content="…">`, `<time itemprop="datePublished" datetime="…">`.
pub(super) fn prop_published(clues: &Clues<'_>) -> Option<Stated<Moment>> {
    prop(clues, &["datepublished", "datecreated"])
}

pub(super) fn prop_modified(clues: &Clues<'_>) -> Option<Stated<Moment>> {
    prop(clues, &["datemodified"])
}

/// `<div class="footer"><time itemprop="datePublished" datetime="2024-11-18">`: in furniture, if the whole page has no other
/// date of publication.
pub(super) fn repeated_prop(clues: &Clues<'_>) -> Option<Stated<Moment>> {
    /// Elements that must all state the same day.
    const PROPS: usize = 20;
    let spots = clues.survey.props.iter().filter(|(prop, _)| prop == "datepublished").take(PROPS);
    let mut found = spots.filter_map(|(_, spot)| of_element(clues, spot.node));
    let first = found.next()?;
    found.all(|other| other.value.ymd() == first.value.ymd()).then_some(first)
}

fn prop(clues: &Clues<'_>, names: &[&str]) -> Option<Stated<Moment>> {
    /// Elements that are looked at, nearest to the headline first.
    const PROPS: usize = 10;
    let mut spots: Vec<Spot> = clues
        .survey
        .props
        .iter()
        .filter(|(prop, spot)| names.contains(&prop.as_str()) && !clues.survey.is_furniture(*spot))
        .map(|(_, spot)| *spot)
        .collect();
    spots.sort_by_key(|spot| clues.distance(*spot));
    spots.into_iter().take(PROPS).find_map(|spot| of_element(clues, spot.node))
}

/// The members of a page's state that state its date.
static STATE_MEMBERS: LazyLock<Vec<Finder<'static>>> =
    LazyLock::new(|| json_members("state_published").iter().map(Finder::new).collect());

/// `"datePublished":"2024-11-18T09:30:00Z"` in a script that is not JSON-LD: the state of a page that scripts draw, also as a
/// JavaScript object (`firstPublicationDate: "20241118"`) or inside a string (`\"publishedAt\":\"…\"`).
pub(super) fn script_state(clues: &Clues<'_>) -> Option<Stated<Moment>> {
    /// Bytes after the member's name that are looked at.
    const MAX_VALUE: usize = 60;
    let source = clues.page.tree.source();
    STATE_MEMBERS.iter().find_map(|key| {
        let behind = key.find(source.as_bytes())? + key.needle().len();
        let tail = &source[behind..source.floor_char_boundary(behind + MAX_VALUE)];
        let value = tail.trim_start_matches(['\\', '"', '\'']).trim_start().strip_prefix(':')?.trim_start();
        let value = value.trim_start_matches('\\').strip_prefix(['"', '\''])?;
        let start = behind + tail.len() - value.len();
        let end = start + value.find(['"', '\'', '\\'])?;
        let mut words = Traced::new();
        words.push_verbatim(source, start as u32..end as u32);
        dated(clues, &words)
    })
}
