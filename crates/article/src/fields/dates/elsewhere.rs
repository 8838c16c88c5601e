//! Dates anywhere on the page, for pages that show none near the headline.

use super::labels::{says_another_day, says_published};
use super::reading::{MAX_LINE, dated, label, of_element, stamp};
use crate::fields::clues::near;
use crate::fields::clues::words::visible;
use crate::fields::clues::{Clues, Roles, Spot};
use onrecord_document::{Moment, Stated};
use onrecord_span::Traced;

/// Elements that are looked at, nearest to the headline first.
const TIMES: usize = 10;
const NAMED: usize = 20;
const LINES: usize = 60;

/// A date in an element named for dates, anywhere outside furniture.
pub(super) fn named_date(clues: &Clues<'_>) -> Option<Stated<Moment>> {
    let tree = clues.page.tree;
    let mut spots: Vec<Spot> = clues
        .survey
        .named
        .iter()
        .filter(|spot| spot.roles.has(Roles::DATE) && !clues.survey.is_furniture(**spot))
        .copied()
        .collect();
    spots.sort_by_key(|spot| clues.distance(*spot));
    spots.into_iter().take(NAMED).find_map(|spot| {
        let words = visible(tree, spot.node);
        if words.len() > MAX_LINE {
            return None;
        }
        let now = label(clues, &words).is_some_and(says_another_day);
        if !now { dated(clues, &words) } else { None }
    })
}

/// Any `<time>` outside furniture, nearest first.
pub(super) fn any_time(clues: &Clues<'_>) -> Option<Stated<Moment>> {
    let mut times: Vec<Spot> =
        clues.survey.times.iter().filter(|spot| !clues.survey.is_furniture(**spot)).copied().collect();
    times.sort_by_key(|spot| clues.distance(*spot));
    times.into_iter().take(TIMES).find_map(|spot| of_element(clues, spot.node))
}

/// "This article was published on 18 November 2024 by Nora": a line that says that the page was published.
pub(super) fn labelled_line(clues: &Clues<'_>) -> Option<Stated<Moment>> {
    labelled(clues, false)
}

/// "[Stand: 18.11.2024]" in a footer: the same in furniture.
pub(super) fn labelled_furniture(clues: &Clues<'_>) -> Option<Stated<Moment>> {
    labelled(clues, true)
}

fn labelled(clues: &Clues<'_>, furniture: bool) -> Option<Stated<Moment>> {
    let tree = clues.page.tree;
    let mut lines: Vec<Spot> = clues
        .survey
        .dated
        .iter()
        .filter(|spot| {
            clues.survey.is_furniture(**spot) == furniture
                && !spot.within.has(Roles::RELATED)
                && !spot.within.has(Roles::CAPTION)
        })
        .copied()
        .collect();
    lines.sort_by_key(|spot| clues.distance(*spot));
    lines.into_iter().take(LINES).find_map(|spot| {
        let (_, words) = near::line(tree, spot.node);
        if says_published(label(clues, &words)?) { dated(clues, &words) } else { None }
    })
}

/// `<abbr data-utime="1731922200">`: a Unix time in an attribute named for time, nearest to the headline.
pub(super) fn stamped(clues: &Clues<'_>) -> Option<Stated<Moment>> {
    let mut spots: Vec<Spot> =
        clues.survey.stamps.iter().map(|(spot, _)| *spot).filter(|spot| !clues.survey.is_furniture(*spot)).collect();
    spots.sort_by_key(|spot| clues.distance(*spot));
    spots.into_iter().take(TIMES).find_map(|spot| stamp(clues, spot))
}

/// A date near the beginning of a short line outside furniture, the nearest first. Copyright lines, captions and clocks do not
/// state one.
pub(super) fn any_line(clues: &Clues<'_>) -> Option<Stated<Moment>> {
    /// Most words before the date.
    const LABEL_WORDS: usize = 4;
    let tree = clues.page.tree;
    let mut lines: Vec<Spot> = clues
        .survey
        .dated
        .iter()
        .filter(|spot| !clues.survey.is_furniture(**spot) && !spot.within.has(Roles::CAPTION))
        .copied()
        .collect();
    lines.sort_by_key(|spot| clues.distance(*spot));
    lines.into_iter().take(LINES).find_map(|spot| {
        let mut words = Traced::new();
        tree.trace_text(spot.node, &mut words);
        let words = words.fold_space();
        let label = label(clues, &words)?;
        let words_before = label.split_whitespace().count();
        let stated = words_before <= LABEL_WORDS && !words.text().contains('©') && !says_another_day(label);
        if stated { dated(clues, &words) } else { None }
    })
}
