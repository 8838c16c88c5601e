//! Other articles that the page points to: "Also read: …", lists headed "Related".

use super::Sources;
use super::address::resolve;
use super::survey::{Place, Roles};
use super::words::{attribute, folded, folded_until, folded_visible_until, visible};
use foldhash::{HashMap, HashSet};
use onrecord_document::Related;
use onrecord_html::{NodeId, NodeKind, Tree};
use onrecord_span::Traced;
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

/// Length of the longest of them in bytes.
static LONGEST_HEADING: LazyLock<usize> = LazyLock::new(|| HEADINGS.iter().map(String::len).max().unwrap_or_default());

/// How they begin, in as many bytes as the shortest has.
static BEGINNINGS: LazyLock<(usize, HashSet<&'static [u8]>)> = LazyLock::new(|| {
    let shortest = HEADINGS.iter().map(String::len).min().unwrap_or_default();
    (shortest, HEADINGS.iter().map(|heading| &heading.as_bytes()[..shortest]).collect())
});

/// Whether folded words, of which more may follow, can't become such a heading.
fn is_another(words: &str) -> bool {
    let (len, beginnings) = &*BEGINNINGS;
    words.len() > *LONGEST_HEADING || words.as_bytes().get(..*len).is_some_and(|words| !beginnings.contains(words))
}

/// Links in an element named for related articles, and links behind a heading or label that says so.
pub(super) fn related(sources: &Sources<'_, '_>) -> Vec<Related> {
    let tree = sources.page.tree;
    let mut found: Vec<Related> = Vec::new();
    let mut known: HashMap<NodeId, bool> = HashMap::default();
    for place in &sources.survey.links {
        if found.len() >= MAX_RELATED {
            break;
        }
        let named = place.within.has(Roles::RELATED) || place.roles.has(Roles::RELATED);
        if !named && !is_labelled(tree, *place, &mut known) {
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
///
/// `known` keeps what was found before the elements around other links: the links of a list share them.
fn is_labelled(tree: &Tree<'_>, place: Place, known: &mut HashMap<NodeId, bool>) -> bool {
    const UP: usize = 3;
    const MAX_NODES: usize = 100;
    // Most links are small and have no colon, not even one written as a reference.
    let mut below = tree.descendants(place.node);
    let colon = below.by_ref().take(MAX_NODES).any(|below| tree.raw_text(below).contains([':', '&']));
    let may_label = colon || below.next().is_some();
    if may_label
        && let own = visible(tree, place.node)
        && own.text().split_once(':').is_some_and(|(label, _)| HEADINGS.contains(&folded(label)))
    {
        return true;
    }
    is_label_before(tree, place.node)
        || tree
            .ancestors(place.node)
            .take(UP)
            .any(|around| *known.entry(around).or_insert_with(|| is_label_before(tree, around)))
}

/// Whether the last words before a node, among its next three siblings, are such a label.
fn is_label_before(tree: &Tree<'_>, node: NodeId) -> bool {
    /// Bytes of the longest element that is a label.
    const LONGEST: usize = 400;
    let mut before = tree.prev_sibling(node);
    for _ in 0..3 {
        let Some(sibling) = before else { break };
        let words = match tree.kind(sibling) {
            NodeKind::Text if tree.raw_text(sibling).trim_ascii_start().is_empty() => String::new(),
            NodeKind::Text => folded_until(&tree.text(sibling), is_another),
            NodeKind::Element if tree.source_range(sibling).len() < LONGEST => {
                folded_visible_until(tree, sibling, is_another)
            }
            _ => String::new(),
        };
        if !words.is_empty() {
            return HEADINGS.contains(&words);
        }
        before = tree.prev_sibling(sibling);
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
