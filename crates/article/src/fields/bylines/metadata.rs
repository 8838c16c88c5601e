//! Bylines that readers do not see: JSON-LD and `<meta>`.

use super::kinds::OutletNames;
use super::names::{BylineName, MAX_NAMES, add, names};
use crate::fields::clues::words::{attribute, json_string};
use crate::fields::clues::{Clues, meta_keys};
use crate::json::Json;
use onrecord_document::BylineKind;

/// `"author": [{"@type": "Person", "name": "Nora Blythe", "jobTitle": "Transport correspondent"}]`, also a string, a list
/// of strings, a reference into the json_ld.
pub(super) fn linked(clues: &Clues<'_>, outlet: OutletNames<'_>) -> Vec<BylineName> {
    let json_ld = &clues.json_ld;
    let mut found = Vec::new();
    for key in ["author", "creator"] {
        let Some(value) = json_ld.member(key).or_else(|| json_ld.pages.iter().find_map(|page| page.get(key))) else {
            continue;
        };
        for author in value.items().iter().take(MAX_NAMES) {
            let author = json_ld.resolve(author);
            let list =
                author.string().map(|_| std::slice::from_ref(author)).or_else(|| author.get("name").map(Json::items));
            for words in list.unwrap_or_default().iter().filter_map(Json::string) {
                let mut names = names(&json_string(words), outlet);
                if json_ld.is(author, "Organization") || json_ld.is(author, "NewsMediaOrganization") {
                    // An organisation that writes for an outlet, but is not the outlet, supplies articles as agencies do.
                    let own = names.iter().any(|name| json_ld.is_publisher(name.words.text()));
                    for name in names.iter_mut().filter(|name| name.kind == BylineKind::Person) {
                        name.kind = if own { BylineKind::Outlet } else { BylineKind::Agency };
                    }
                }
                let title = author.get("jobTitle").and_then(|title| json_ld.words_of(title));
                if let (Some(title), [only]) = (title, names.as_mut_slice()) {
                    only.role = Some(title.text().to_owned());
                }
                add(&mut found, names);
            }
        }
        if !found.is_empty() {
            break;
        }
    }
    found
}

/// `<meta name="author" content="Nora Blythe">` and others like it.
pub(super) fn meta(clues: &Clues<'_>, outlet: OutletNames<'_>) -> Vec<BylineName> {
    for list in ["author", "author_of_tools", "author_of_networks", "creator"] {
        let mut found = Vec::new();
        for node in clues.survey.metas(meta_keys(list)).take(MAX_NAMES) {
            if let Some(words) = attribute(clues.page.tree, node, "content") {
                add(&mut found, names(&words, outlet));
            }
        }
        if found.iter().any(|name| name.kind != BylineKind::Outlet) {
            return found;
        }
    }
    Vec::new()
}
