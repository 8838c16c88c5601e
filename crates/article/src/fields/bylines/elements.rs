//! Bylines in elements that are named or marked for them.

use super::kinds::OutletNames;
use super::lists::LISTS;
use super::names::{BylineName, MAX_LINE, add, has_prefix, is_full, names};
use crate::fields::clues::words::{folded, visible, visible_line};
use crate::fields::clues::{Clues, Roles, Spot};
use onrecord_document::BylineKind;
use onrecord_html::{HtmlName, NodeId, NodeKind};
use onrecord_span::Traced;

/// Most elements whose names are read, nearest to the headline first; the rest of a long page names other articles' writers.
const MAX_SPOTS: usize = 30;

/// Levels of elements between a name and the element that is named for it.
const LEVELS: usize = 4;

/// `<a rel="author" href="/nora">Nora Blythe</a>`
pub(super) fn rel_author(clues: &Clues<'_>, outlet: OutletNames<'_>) -> Vec<BylineName> {
    let found = from_spots(clues, clues.survey.rel_author.iter().copied(), outlet);
    /// Links whose surroundings are looked at: each costs reading a line.
    const LINKS: usize = 5;
    /// Levels from a link up to its line.
    const UP: usize = 2;
    // "by CPA and <a rel="author">Hollis Wren</a>": the line around the link names more.
    let tree = clues.page.tree;
    for spot in clues.survey.rel_author.iter().filter(|spot| clues.is_near(**spot)).take(LINKS) {
        for around in tree.ancestors(spot.node).take(UP) {
            let words = visible(tree, around);
            if words.len() > MAX_LINE || !has_prefix(words.text()) {
                continue;
            }
            let whole = names(&words, outlet);
            let all = found
                .iter()
                .all(|name| whole.iter().any(|other| folded(other.words.text()) == folded(name.words.text())));
            if all && whole.len() > found.len() && whole.iter().all(is_full) {
                return whole;
            }
        }
    }
    found
}

/// `<span itemprop="author"><span itemprop="name">Nora Blythe</span></span>`
pub(super) fn prop_author(clues: &Clues<'_>, outlet: OutletNames<'_>) -> Vec<BylineName> {
    /// Most authors, and most names inside them; a page with more marks up its comments.
    const AUTHORS: usize = 20;
    let props = &clues.survey.props;
    let authors = || props.iter().filter(|(prop, _)| prop == "author" || prop == "creator").map(|(_, spot)| *spot);
    let inner = props.iter().filter(|(prop, spot)| {
        prop == "name"
            && clues
                .page
                .tree
                .ancestors(spot.node)
                .take(LEVELS)
                .any(|around| authors().take(AUTHORS).any(|author| author.node == around))
    });
    let inner: Vec<Spot> = inner.map(|(_, spot)| *spot).take(AUTHORS).collect();
    if inner.is_empty() { from_spots(clues, authors(), outlet) } else { from_spots(clues, inner.into_iter(), outlet) }
}

/// `<p class="byline">By <a href="/nora">Nora Blythe</a>, Transport correspondent</p>`
pub(super) fn named(clues: &Clues<'_>, outlet: OutletNames<'_>) -> Vec<BylineName> {
    /// Longest element that is a byline, in bytes.
    const LONGEST: usize = 250;
    /// Links in a byline that are looked at, and levels between one and the byline's element.
    const LINKS: usize = 6;
    const LINK_LEVELS: usize = 5;
    let tree = clues.page.tree;
    let spots = byline_places(clues);
    let mut spots: Vec<Spot> =
        spots.into_iter().filter(|spot| visible_line(tree, spot.node, LONGEST).is_some()).collect();
    spots.sort_by_key(|spot| clues.distance(*spot));
    for spot in spots.into_iter().take(MAX_SPOTS) {
        let words = visible(tree, spot.node);
        // Links inside a byline name people best.
        let links: Vec<Spot> = clues
            .survey
            .links
            .iter()
            .filter(|link| {
                link.order > spot.order && tree.ancestors(link.node).take(LINK_LEVELS).any(|around| around == spot.node)
            })
            .copied()
            .collect();
        let mut found = Vec::new();
        for link in links.iter().take(LINKS) {
            add(&mut found, names(&visible(tree, link.node), outlet));
        }
        found.retain(|name: &BylineName| name.kind != BylineKind::Outlet && is_full(name));
        let has_role = clues.survey.named.iter().any(|role| {
            role.roles.has(Roles::WRITER_ROLE)
                && tree.ancestors(role.node).take(LEVELS).any(|around| around == spot.node)
        });
        let mut whole = if has_role { one_by_one(clues, spot.node, outlet) } else { names(&words, outlet) };
        // "by Lars" names somebody, "Nachrichten" names nobody.
        if !has_prefix(words.text()) {
            whole.retain(is_full);
        }
        if found.is_empty() && whole.is_empty() {
            whole = one_by_one(clues, spot.node, outlet);
        }
        let inside = |name: &BylineName| {
            found.iter().any(|other: &BylineName| folded(name.words.text()).contains(&folded(other.words.text())))
        };
        if found.is_empty()
            || whole.iter().filter(|name| name.kind != BylineKind::Outlet).all(inside) && whole.len() == found.len()
        {
            if !whole.is_empty() {
                return if found.is_empty() { whole } else { merge_roles(found, &whole) };
            }
        } else {
            return merge_roles(found, &whole);
        }
    }
    Vec::new()
}

/// `von <a href="/author/fabian/">Fabian</a>`: a link near the headline that leads to a writer's page.
pub(super) fn author_link(clues: &Clues<'_>, outlet: OutletNames<'_>) -> Vec<BylineName> {
    let tree = clues.page.tree;
    let links = clues.survey.links.iter().filter(|spot| {
        let href = tree.attr_named(spot.node, HtmlName::HREF).map(|href| href.value());
        let path = href.unwrap_or_default();
        let mut parts = path.split(['/', '?', '#']);
        parts.any(|part| LISTS.writer_paths.iter().any(|page| part.eq_ignore_ascii_case(page)))
            && parts.any(|name| !name.is_empty())
    });
    let links: Vec<Spot> = links.copied().collect();
    let found = from_spots(clues, links.iter().copied(), outlet);
    if !found.is_empty() {
        return found;
    }
    // A card about the writer is furniture below the text; between headline and text it is the byline.
    let above = links.into_iter().filter(|spot| {
        clues.headline_spot().is_some_and(|headline| spot.order > headline.order)
            && spot.order < clues.survey.first_block
            && clues.survey.first_block != u32::MAX
    });
    let mut found = Vec::new();
    above.take(MAX_SPOTS).for_each(|spot| add(&mut found, names(&visible(tree, spot.node), outlet)));
    found
}

/// Reads the names in elements near the headline, nearest first: the first element that names somebody, and all that stand close
/// to it.
fn from_spots(clues: &Clues<'_>, spots: impl Iterator<Item = Spot>, outlet: OutletNames<'_>) -> Vec<BylineName> {
    /// Elements between the first name and another one of the same byline.
    const GROUP: u32 = 40;
    let tree = clues.page.tree;
    let mut spots: Vec<Spot> = spots.filter(|spot| !clues.survey.is_furniture(*spot) && clues.is_near(*spot)).collect();
    spots.sort_by_key(|spot| clues.distance(*spot));
    let mut found: Vec<BylineName> = Vec::new();
    let mut first: Option<u32> = None;
    for spot in spots.into_iter().take(MAX_SPOTS) {
        if first.is_some_and(|first| first.abs_diff(spot.order) > GROUP) {
            continue;
        }
        let words = visible(tree, spot.node);
        let names = names(&words, outlet);
        if !names.is_empty() && first.is_none() {
            first = Some(spot.order);
        }
        add(&mut found, names);
    }
    found
}

/// `<div class="byline"><span>Nora Blythe</span><span>Jan Holm</span></div>`: each piece of text is a name.
fn one_by_one(clues: &Clues<'_>, node: NodeId, outlet: OutletNames<'_>) -> Vec<BylineName> {
    /// Nodes of a byline that are looked at.
    const MAX_NODES: usize = 60;
    let tree = clues.page.tree;
    let mut found = Vec::new();
    for text in tree.descendants(node).take(MAX_NODES).filter(|below| tree.kind(*below) == NodeKind::Text) {
        let mut words = Traced::new();
        tree.trace_text(text, &mut words);
        let mut names = names(&words.fold_space(), outlet);
        names.retain(|name| is_full(name) && name.kind != BylineKind::Outlet);
        add(&mut found, names);
    }
    found
}

/// Gives names the roles that the same names have in the whole line.
fn merge_roles(mut found: Vec<BylineName>, whole: &[BylineName]) -> Vec<BylineName> {
    for name in &mut found {
        let same = whole.iter().find(|other| folded(other.words.text()) == folded(name.words.text()));
        name.role = name.role.take().or_else(|| same.and_then(|other| other.role.clone()));
    }
    found
}

/// Elements named for bylines, near the headline and outside furniture.
pub(super) fn byline_places(clues: &Clues<'_>) -> Vec<Spot> {
    let tree = clues.page.tree;
    let first = clues.survey.first_block;
    clues
        .survey
        .named
        .iter()
        .filter(|spot| {
            spot.roles.has(Roles::BYLINE)
                && !spot.roles.has(Roles::CREDIT)
                && !spot.within.has(Roles::CAPTION)
                && !matches!(
                    tree.name(spot.node),
                    HtmlName::ARTICLE | HtmlName::BODY | HtmlName::MAIN | HtmlName::IMG | HtmlName::SECTION
                )
                && !clues.survey.is_furniture(**spot)
                && !clues.survey.around.contains(&spot.node)
                && (clues.is_near(**spot) || first == u32::MAX)
        })
        .copied()
        .collect()
}
