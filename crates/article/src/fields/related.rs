//! Other articles that the page points to: "Also read: …", lists headed "Related".

use super::clues::urls::resolve;
use super::clues::words::{attribute, folded, folded_until, folded_visible_until, visible};
use super::clues::{Clues, Roles, Spot};
use super::found::PageFields;
use crate::lists;
use foldhash::{HashMap, HashSet};
use onrecord_document::Related;
use onrecord_html::{NodeId, NodeKind, Tree};
use onrecord_span::Traced;
use std::sync::LazyLock;

/// Most related articles of a page.
const MAX_RELATED: usize = 20;

/// Shortest title of an article in characters; shorter links are buttons and sections.
const MIN_TITLE: usize = 12;

/// Folded headings of lists of related articles.
static HEADINGS: LazyLock<HashSet<String>> =
    LazyLock::new(|| lists::lines(include_str!("../../data/fields/related_words.txt")).map(folded).collect());

/// The length of the longest of them in bytes.
static LONGEST_HEADING: LazyLock<usize> = LazyLock::new(|| HEADINGS.iter().map(String::len).max().unwrap_or_default());

/// The length of the shortest of them in bytes, and how they all begin, in as many bytes.
static BEGINNINGS: LazyLock<(usize, HashSet<&'static [u8]>)> = LazyLock::new(|| {
    let shortest = HEADINGS.iter().map(String::len).min().unwrap_or_default();
    (shortest, HEADINGS.iter().map(|heading| &heading.as_bytes()[..shortest]).collect())
});

/// Whether folded words cannot be the beginning of such a heading.
fn is_another(words: &str) -> bool {
    let (len, beginnings) = &*BEGINNINGS;
    words.len() > *LONGEST_HEADING || words.as_bytes().get(..*len).is_some_and(|words| !beginnings.contains(words))
}

/// Reads links in elements named for related articles, and links after a heading or label that says so.
pub(super) fn read(clues: &Clues<'_>, page: &mut PageFields) {
    let tree = clues.page.tree;
    let mut found: Vec<Related> = Vec::new();
    let mut known: HashMap<NodeId, bool> = HashMap::default();
    for spot in &clues.survey.links {
        if found.len() >= MAX_RELATED {
            break;
        }
        let named = spot.within.has(Roles::RELATED) || spot.roles.has(Roles::RELATED);
        if !named && !is_labelled(tree, *spot, &mut known) {
            continue;
        }
        let title = without_label(&visible(tree, spot.node));
        let Some(address) = attribute(tree, spot.node, "href") else { continue };
        let leads_on = !address.text().starts_with(['#']) && !address.text().starts_with("javascript:");
        if title.text().chars().count() < MIN_TITLE || !leads_on || HEADINGS.contains(&folded(title.text())) {
            continue;
        }
        let stated = clues.page.stated(&address);
        let url = resolve(&stated.value, clues.page.capture.url.as_deref());
        if !found.iter().any(|other| other.url.value == url) {
            found.push(Related { url: stated.map(|_| url), title: clues.page.stated(&title) });
        }
    }
    page.fields.related = found;
}

/// Whether "Also read:" stands before a link, on the same line or as the heading of its list.
///
/// `known` remembers what stands before the elements around other links: the links of a list share these elements.
fn is_labelled(tree: &Tree<'_>, spot: Spot, known: &mut HashMap<NodeId, bool>) -> bool {
    /// Levels from a link up to its list, and nodes inside a link that are looked at.
    const UP: usize = 3;
    const MAX_NODES: usize = 100;
    // Most links are small and have no colon, not even as a character reference.
    let mut below = tree.descendants(spot.node);
    let colon = below.by_ref().take(MAX_NODES).any(|below| tree.raw_text(below).contains([':', '&']));
    let may_label = colon || below.next().is_some();
    if may_label
        && let own = visible(tree, spot.node)
        && own.text().split_once(':').is_some_and(|(label, _)| HEADINGS.contains(&folded(label)))
    {
        return true;
    }
    is_label_before(tree, spot.node)
        || tree
            .ancestors(spot.node)
            .take(UP)
            .any(|around| *known.entry(around).or_insert_with(|| is_label_before(tree, around)))
}

/// Whether the last words before a node are such a label.
fn is_label_before(tree: &Tree<'_>, node: NodeId) -> bool {
    /// Siblings before the node that are looked at.
    const SIBLINGS: usize = 3;
    /// Bytes of the longest element that is a label, with its markup.
    const LONGEST: usize = 400;
    let mut before = tree.prev_sibling(node);
    for _ in 0..SIBLINGS {
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
