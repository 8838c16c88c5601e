//! Bylines in lines of their own, recognised by their words.

use super::kinds::OutletNames;
use super::names::{BylineName, MAX_LINE, has_prefix, names};
use super::signed::role_below;
use crate::fields::clues::Clues;
use onrecord_document::BylineKind;

/// A line of its own between headline and body that begins like a byline: `<p>By Nora Blythe</p>`.
pub(super) fn line_above_body(clues: &Clues<'_>, outlet: OutletNames<'_>) -> Vec<BylineName> {
    /// Texts after the headline that are looked at; the byline is among the first.
    const TEXTS: usize = 30;
    let tree = clues.page.tree;
    for text in clues.texts_behind().iter().take(TEXTS) {
        let (_, words) = text.line(tree);
        if words.len() > MAX_LINE || !has_prefix(words.text()) {
            continue;
        }
        let mut names = names(words, outlet);
        if names.iter().any(|name| name.kind != BylineKind::Outlet && name.words.text().contains(char::is_whitespace)) {
            if let [only] = names.as_mut_slice()
                && only.role.is_none()
            {
                only.role = role_below(clues, text.node).map(|role| role.text().to_owned());
            }
            return names;
        }
    }
    Vec::new()
}

/// A line of its own between headline and body that is only the name of an agency: `CONTINENTAL PRESS AGENCY<br>`.
pub(super) fn agency_line(clues: &Clues<'_>, outlet: OutletNames<'_>) -> Vec<BylineName> {
    /// Texts after the headline that are looked at: farther down, a name is one of many.
    const TEXTS: usize = 8;
    /// Most words of an agency's name.
    const WORDS: usize = 5;
    let tree = clues.page.tree;
    for text in clues.texts_behind().iter().take(TEXTS) {
        let (_, words) = text.line(tree);
        if words.text().split_whitespace().nth(WORDS).is_some() {
            continue;
        }
        let names = names(words, outlet);
        if let [only] = names.as_slice()
            && only.kind == BylineKind::Agency
            && only.words.len() == words.len()
        {
            return names;
        }
    }
    Vec::new()
}
