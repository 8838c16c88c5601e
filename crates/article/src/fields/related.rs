//! Other articles that the page points to: "Also read: …", lists headed "Related".

use super::Sources;
use super::address::resolve;
use super::survey::{Place, Roles};
use super::words::{attribute, folded, visible};
use onrecord_document::Related;
use onrecord_html::{NodeId, NodeKind};
use onrecord_span::Traced;
use std::collections::HashSet;
use std::sync::LazyLock;

/// Most related articles of a page.
const MAX_RELATED: usize = 20;

/// Shortest title of an article in characters; shorter links are buttons and sections.
const MIN_TITLE: usize = 12;

static HEADINGS: LazyLock<HashSet<String>> = LazyLock::new(|| {
    include_str!("../../data/fields/related_words.txt")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(folded)
        .collect()
});

/// Links in an element named for related articles, and links behind a heading or label that says so.
pub(super) fn related(sources: &Sources<'_, '_>) -> Vec<Related> {
    let tree = sources.page.tree;
    let mut found: Vec<Related> = Vec::new();
    for place in &sources.survey.links {
        if found.len() >= MAX_RELATED {
            break;
        }
        let named = place.within.has(Roles::RELATED) || place.roles.has(Roles::RELATED);
        if !named && !is_labelled(sources, *place) {
            continue;
        }
        let title = without_label(&visible(tree, place.node));
        let Some(address) = attribute(tree, place.node, "href") else { continue };
        let leads_on = !address.text().starts_with(['#']) && !address.text().starts_with("javascript:");
        if title.text().chars().count() < MIN_TITLE || !leads_on || HEADINGS.contains(&folded(title.text())) {
            continue;
        }
        let stated = sources.page.stated(&address);
        let url = resolve(&stated.value, sources.page.capture.url.as_deref());
        if !found.iter().any(|other| other.url.value == url) {
            found.push(Related { url: stated.map(|_| url), title: sources.page.stated(&title) });
        }
    }
    found
}

/// Whether "Also read:" stands before a link, in the same line or as the heading of its list.
fn is_labelled(sources: &Sources<'_, '_>, place: Place) -> bool {
    const UP: usize = 4;
    let tree = sources.page.tree;
    let own = visible(tree, place.node);
    if own.text().split_once(':').is_some_and(|(label, _)| HEADINGS.contains(&folded(label))) {
        return true;
    }
    let mut at: NodeId = place.node;
    for _ in 0..UP {
        let mut before = tree.prev_sibling(at);
        for _ in 0..3 {
            let Some(sibling) = before else { break };
            let words = match tree.kind(sibling) {
                NodeKind::Text => tree.text(sibling).into_owned(),
                NodeKind::Element if tree.source_range(sibling).len() < 400 => visible(tree, sibling).text().to_owned(),
                _ => String::new(),
            };
            let words = folded(&words);
            if HEADINGS.contains(&words) {
                return true;
            }
            if !words.is_empty() {
                break;
            }
            before = tree.prev_sibling(sibling);
        }
        match tree.parent(at) {
            Some(parent) => at = parent,
            None => break,
        }
    }
    false
}

/// "Also read: Council approves budget" → "Council approves budget".
fn without_label(words: &Traced) -> Traced {
    match words.text().split_once(':') {
        Some((label, _)) if HEADINGS.contains(&folded(label)) => words.slice(label.len() + 1..words.len()).trim(),
        _ => words.clone(),
    }
}
