//! The elements that show the names, and the roles beside them.

use super::elements::byline_places;
use super::kinds::OutletNames;
use super::names::{BylineName, MAX_LINE, has_prefix, names};
use crate::fields::clues::words::{folded, visible};
use crate::fields::clues::{Clues, Roles, Spot};
use onrecord_html::NodeId;

/// Longest element that shows a name, with role and date, in bytes.
const LONGEST: usize = 300;

/// The elements above the body that show the names, which are not paragraphs. Gives names the roles that the page shows.
pub(super) fn shown(clues: &Clues<'_>, outlet: OutletNames<'_>, found: &mut [BylineName]) -> Vec<NodeId> {
    /// Elements named for bylines, and texts after the headline, that are looked at.
    const SPOTS: usize = 30;
    const TEXTS: usize = 20;
    let mut nodes = Vec::new();
    let tree = clues.page.tree;
    let mut spots: Vec<Spot> = byline_places(clues);
    spots.extend(clues.survey.rel_author.iter().filter(|spot| clues.is_near(**spot)));
    for spot in spots.into_iter().take(SPOTS) {
        let words = visible(tree, spot.node);
        if words.len() > LONGEST {
            continue;
        }
        let named = names(&words, outlet);
        if named.is_empty() {
            continue;
        }
        for name in found.iter_mut() {
            let Some(same) = named.iter().find(|other| folded(other.words.text()) == folded(name.words.text())) else {
                continue;
            };
            name.role = name.role.take().or_else(|| same.role.clone());
        }
        nodes.push(spot.node);
    }
    beside_names(clues, found);
    for text in clues.texts_behind().iter().take(TEXTS) {
        let (line, words) = text.line(tree);
        if words.len() <= MAX_LINE
            && has_prefix(words.text())
            && !names(words, outlet).is_empty()
            && !nodes.contains(line)
        {
            nodes.push(*line);
        }
    }
    nodes
}

/// `<div><span>Nora Blythe</span><span class="role">Transport correspondent</span></div>`: the role of the only name in the
/// same element.
fn beside_names(clues: &Clues<'_>, found: &mut [BylineName]) {
    /// Elements named for roles that are looked at.
    const ROLES: usize = 40;
    /// Longest role in bytes.
    const LONGEST_ROLE: usize = 100;
    let tree = clues.page.tree;
    for spot in clues.survey.named.iter().filter(|spot| spot.roles.has(Roles::WRITER_ROLE)).take(ROLES) {
        let Some(parent) = tree.parent(spot.node) else { continue };
        let (role, around) = (visible(tree, spot.node), visible(tree, parent));
        if role.is_empty() || role.len() > LONGEST_ROLE || around.len() > LONGEST {
            continue;
        }
        let mut beside = found.iter_mut().filter(|name| around.text().contains(name.words.text()));
        if let (Some(name), None) = (beside.next(), beside.next())
            && name.role.as_ref().is_none_or(|known| role.text().contains(known.as_str()))
            && !role.text().contains(name.words.text())
        {
            name.role = Some(role.text().to_owned());
        }
    }
}
