//! Dates that readers see near the headline.

use super::labels::{says_another_day, says_update};
use super::reading::{MAX_LABEL, MAX_LINE, dated, is_update, label, of_element, order, stamp};
use crate::dates;
use crate::fields::clues::words::visible;
use crate::fields::clues::{Clues, Roles, Spot};
use onrecord_document::{Moment, Stated};
use onrecord_html::{HtmlName, NodeId};
use onrecord_span::Traced;

/// Elements that are looked at, nearest to the headline first: a date of the article is among the first.
const TIMES: usize = 10;
const NAMED: usize = 20;

/// Texts after the headline that are looked at.
const TEXTS: usize = 30;

/// `<time datetime="2024-11-18">` near the headline, the nearest that does not state a change.
pub(super) fn time_near_headline(clues: &Clues<'_>) -> Option<Stated<Moment>> {
    let mut times: Vec<Spot> = clues
        .survey
        .times
        .iter()
        .filter(|spot| !clues.survey.is_furniture(**spot) && clues.is_near(**spot))
        .copied()
        .collect();
    times.sort_by_cached_key(|spot| (is_update(clues, spot.node), clues.distance(*spot)));
    times.into_iter().take(TIMES).find_map(|spot| of_element(clues, spot.node))
}

/// `<h3 class="meta">18.11.2024</h3><h1>Ferry hits wall</h1>`, `<h1>Ferry hits wall</h1><p>Written: 2024-11-18 15:03</p>`:
/// a line next to the headline that begins with a date, whatever its element is named.
pub(super) fn beside_headline(clues: &Clues<'_>) -> Option<Stated<Moment>> {
    /// Elements between the headline and a line below it, and one above it: above, only the nearest line is meant.
    const BELOW: u32 = 40;
    const ABOVE: u32 = 10;
    /// Longest line, and longest label before its date, in bytes.
    const LONGEST: usize = 100;
    const LABEL: usize = 24;
    /// Lines that are looked at.
    const LINES: usize = 6;
    /// Levels from a line up to the element whose name makes it furniture, where that is only around this line.
    const OWN: usize = 2;
    /// Levels from a line up to a headline that it stands in.
    const INSIDE: usize = 6;
    let tree = clues.page.tree;
    let headline = clues.headline_spot()?;
    let mut lines: Vec<Spot> = clues
        .survey
        .dated
        .iter()
        .filter(|spot| {
            let near = if spot.order > headline.order {
                spot.order - headline.order <= BELOW
            } else {
                headline.order - spot.order <= ABOVE
            };
            let own =
                spot.furniture.is_some_and(|node| tree.ancestors(spot.node).take(OWN).any(|around| around == node));
            near && (own || !clues.survey.is_furniture(**spot))
                && !spot.within.has(Roles::CAPTION)
                && spot.order < clues.survey.first_block
                && !tree.ancestors(spot.node).take(INSIDE).any(|around| around == headline.node)
        })
        .copied()
        .collect();
    lines.sort_by_key(|spot| (spot.order < headline.order, clues.distance(*spot)));
    lines.into_iter().take(LINES).find_map(|spot| {
        let mut words = Traced::new();
        tree.trace_text(spot.node, &mut words);
        let words = words.fold_space();
        if words.len() > LONGEST {
            return None;
        }
        let label = label(clues, &words)?;
        let stated = label.len() <= LABEL && !says_another_day(label) && !says_update(label);
        if stated && !is_update(clues, spot.node) { dated(clues, &words) } else { None }
    })
}

/// A date in a short line near the headline: in an element named for dates, else in any line above the body.
pub(super) fn visible_near_headline(clues: &Clues<'_>) -> Option<Stated<Moment>> {
    let tree = clues.page.tree;
    let mut spots: Vec<Spot> = clues
        .survey
        .named
        .iter()
        .filter(|spot| {
            (spot.roles.has(Roles::DATE) || spot.roles.has(Roles::BYLINE))
                && !clues.survey.is_furniture(**spot)
                && clues.is_near(**spot)
                && !clues.survey.around.contains(&spot.node)
        })
        .copied()
        .collect();
    spots.sort_by_cached_key(|spot| (!spot.roles.has(Roles::DATE), is_update(clues, spot.node), clues.distance(*spot)));
    let named = spots.into_iter().take(NAMED).find_map(|spot| {
        let words = visible(tree, spot.node);
        if words.len() > MAX_LINE {
            return None;
        }
        let now = label(clues, &words).is_some_and(says_another_day);
        if !now { dated(clues, &words).or_else(|| stamp(clues, spot)) } else { None }
    });
    named.or_else(|| {
        clues.texts_above_body().iter().take(TEXTS).find_map(|text| {
            let words = text.words(tree);
            if words.len() > MAX_LINE {
                return None;
            }
            let label = label(clues, words)?;
            let stated = label.len() <= MAX_LABEL && !says_another_day(label);
            if stated { dated(clues, words) } else { None }
        })
    })
}

/// "(18.01.2018) Farmers fear …", "27.1.2022 - At the ceremony …": a paragraph near the headline that begins with a date.
pub(super) fn opening_date(clues: &Clues<'_>) -> Option<Stated<Moment>> {
    /// Beginning of a paragraph that may be its date, in bytes.
    const HEAD: usize = 40;
    /// Texts that are looked at; farther down, a date is one of the story's.
    const PARAGRAPHS: usize = 12;
    let tree = clues.page.tree;
    clues.texts_behind().iter().take(PARAGRAPHS).find_map(|text| {
        let words = text.words(tree);
        let head = words.slice(0..HEAD);
        let (_, range) = dates::find_in(head.text(), order(clues))?;
        let marked = head.text()[range.end..].trim_start().starts_with([')', '-', '–', '—', '|', ':', '/']);
        if range.start <= 1 && marked { dated(clues, &head) } else { None }
    })
}

/// "12.03.2026 09:15 (updated 12.03.2026 13:40)" near the headline: the second date of a line that speaks of a change.
pub(super) fn visible_modified(clues: &Clues<'_>) -> Option<Stated<Moment>> {
    clues.texts_behind().iter().take(TEXTS).find_map(|text| {
        let (_, words) = text.line(clues.page.tree);
        if words.len() > MAX_LINE {
            return None;
        }
        let (_, first) = dates::find_in(words.text(), order(clues))?;
        let behind = words.slice(first.end..words.len());
        if says_update(&behind.text().to_lowercase()) { dated(clues, &behind) } else { None }
    })
}

/// The elements above the body that show dates: short lines with a date in them.
pub(super) fn shown(clues: &Clues<'_>) -> Vec<NodeId> {
    /// Elements named for dates that are looked at.
    const SHOWN: usize = 40;
    let tree = clues.page.tree;
    let mut nodes: Vec<NodeId> = clues
        .survey
        .times
        .iter()
        .filter(|spot| clues.is_near(**spot) && tree.is(spot.node, HtmlName::TIME))
        .map(|spot| spot.node)
        .take(NAMED)
        .collect();
    for spot in
        clues.survey.named.iter().filter(|spot| spot.roles.has(Roles::DATE) && clues.is_near(**spot)).take(SHOWN)
    {
        let words = visible(tree, spot.node);
        if words.len() <= MAX_LINE && dates::find(words.text()).is_some() && !nodes.contains(&spot.node) {
            nodes.push(spot.node);
        }
    }
    nodes
}

/// The dates that the page shows near the headline; `shown` are the elements that show some.
pub(super) fn shown_days(clues: &Clues<'_>, shown: &[NodeId]) -> impl Iterator<Item = Stated<Moment>> {
    let in_words = shown.iter().filter_map(|&node| {
        let words = visible(clues.page.tree, node);
        if words.len() <= MAX_LINE && !is_update(clues, node) { dated(clues, &words) } else { None }
    });
    in_words.chain(std::iter::once_with(|| beside_headline(clues)).flatten())
}
