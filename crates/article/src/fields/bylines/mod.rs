//! Who wrote or supplied the article.

mod elements;
mod kinds;
mod lines;
mod lists;
mod metadata;
mod names;
mod shown;
mod signed;

pub(super) use kinds::is_agency;

use super::clues::Clues;
use super::clues::urls::host;
use super::found::PageFields;
use kinds::OutletNames;
use names::{BylineName, MAX_NAMES};
use onrecord_document::BylineKind;

/// One source of names.
type BylineSource = fn(&Clues<'_>, OutletNames<'_>) -> Vec<BylineName>;

/// The sources in the order in which they are asked. The first that names a person or an agency wins; if none does, the first
/// that names the outlet.
const SOURCES: &[BylineSource] = &[
    metadata::linked,
    elements::rel_author,
    elements::prop_author,
    elements::named,
    elements::author_link,
    lines::line_above_body,
    lines::agency_line,
    signed::dateline_bracket,
    signed::below_body,
    metadata::meta,
];

/// Reads the bylines from the first source that has any, and finds the elements that show bylines on the page.
pub(super) fn read(clues: &Clues<'_>, found: &mut PageFields) {
    let host = clues.url.as_deref().and_then(host).map(str::to_owned);
    let publisher = clues.json_ld.publisher();
    let outlet = OutletNames { site: clues.site.as_ref(), host: host.as_deref(), publisher: publisher.as_ref() };
    let mut names = Vec::new();
    for source in SOURCES {
        let mut next = source(clues, outlet);
        next.truncate(MAX_NAMES);
        let writes = next.iter().any(|name| name.kind != BylineKind::Outlet);
        if writes || names.is_empty() {
            names = next;
        }
        if writes {
            break;
        }
    }
    found.byline_nodes = shown::shown(clues, outlet, &mut names);
    for name in names {
        found.fields.bylines.push(clues.page.stated(&name.words).map(|_| name.byline()));
    }
}
