//! When the article was published and last changed, as the page states it.

mod address;
mod elsewhere;
mod labels;
mod metadata;
mod near_headline;
mod own_day;
mod reading;

use super::clues::Clues;
use super::found::PageFields;
use onrecord_document::{Moment, Stated};
use own_day::own_day;

/// One source of a date.
type DateSource = fn(&Clues<'_>) -> Option<Stated<Moment>>;

/// The sources of the date of publication in the order in which they are asked.
const PUBLISHED: &[DateSource] = &[
    metadata::linked_published,
    metadata::meta_published,
    metadata::prop_published,
    near_headline::time_near_headline,
    near_headline::beside_headline,
    metadata::meta_date,
    near_headline::visible_near_headline,
    near_headline::opening_date,
    address::url_date,
    metadata::repeated_prop,
    elsewhere::labelled_line,
    metadata::script_state,
    elsewhere::named_date,
    elsewhere::any_time,
    elsewhere::labelled_furniture,
    elsewhere::any_line,
    elsewhere::stamped,
    metadata::linked_page_date,
    metadata::linked_modified,
    metadata::meta_modified,
];

/// The sources of the date of the last change.
const MODIFIED: &[DateSource] =
    &[metadata::linked_modified, metadata::meta_modified, metadata::prop_modified, near_headline::visible_modified];

/// Reads both dates, and finds the elements that show dates.
pub(super) fn read(clues: &Clues<'_>, found: &mut PageFields) {
    let published = PUBLISHED.iter().find_map(|source| source(clues));
    let nodes = near_headline::shown(clues);
    let visible = near_headline::shown_days(clues, &nodes);
    let days = visible.chain(std::iter::once_with(|| address::url_date(clues)).flatten());
    let published = published.map(|stated| own_day(&stated.value, days).unwrap_or(stated));
    let modified = MODIFIED.iter().find_map(|source| source(clues));
    // Publishing systems state the moment of publication as the last change too: then nothing was changed.
    let modified =
        modified.filter(|modified| published.as_ref().is_none_or(|published| published.value != modified.value));
    found.fields.published = published;
    found.fields.modified = modified;
    found.date_nodes = nodes;
}
