//! Bylines in brackets: in the dateline that opens a paragraph, or below the article.

use super::kinds::{OutletNames, ends_in_role};
use super::names::{BylineName, has_prefix, is_full, names};
use crate::fields::clues::{Clues, near};
use onrecord_document::BylineKind;
use onrecord_html::NodeId;
use onrecord_span::Traced;

/// Longest name, department or place in a script without spaces, in characters.
const LONGEST_UNSPACED: usize = 12;

/// 【ローン＝佐伯真由美】: the brackets that open a paragraph name the place, then whoever writes from there.
pub(super) fn dateline_bracket(clues: &Clues<'_>, _: OutletNames<'_>) -> Vec<BylineName> {
    /// Texts after the headline that are looked at.
    const PARAGRAPHS: usize = 12;
    let tree = clues.page.tree;
    let texts = clues.texts_behind().iter().take(PARAGRAPHS);
    texts
        .into_iter()
        .find_map(|text| {
            let words = text.words(tree);
            let end = words.text().strip_prefix('【')?.find('】')? + '【'.len_utf8();
            let inside = words.slice('【'.len_utf8()..end);
            let found = unspaced(&inside);
            (!found.is_empty()).then_some(found)
        })
        .unwrap_or_default()
}

/// A line of the story that is only brackets: "(Text: Nora Blythe)", "（経済部・高瀬亮、カストラ＝能登由紀）".
pub(super) fn below_body(clues: &Clues<'_>, outlet: OutletNames<'_>) -> Vec<BylineName> {
    /// Lines in brackets that are looked at, from the end.
    const LINES: usize = 10;
    /// Levels from a line up to the element around the body.
    const BESIDE: usize = 3;
    let tree = clues.page.tree;
    // The line may be the body's last, or stand after it in the same element.
    let body = clues.survey.container;
    let around = body.and_then(|body| tree.parent(body));
    let lines = clues.survey.bracketed.iter().rev().filter(|place| {
        let inside = tree.ancestors(place.node).any(|above| Some(above) == body);
        let behind = tree.ancestors(place.node).take(BESIDE).any(|above| Some(above) == around);
        (inside || behind) && !clues.survey.is_furniture(**place) && place.order > clues.survey.first_block
    });
    for place in lines.take(LINES) {
        let (_, words) = near::line(tree, place.node);
        let Some(inside) = within_brackets(&words) else { continue };
        let unspaced = unspaced(&inside);
        if !unspaced.is_empty() {
            return unspaced;
        }
        if !has_prefix(inside.text()) {
            continue;
        }
        let mut found = names(&inside, outlet);
        found.retain(|name| is_full(name) && name.kind != BylineKind::Outlet);
        if !found.is_empty() {
            return found;
        }
    }
    Vec::new()
}

/// The words between the brackets that are all of a line.
fn within_brackets(line: &Traced) -> Option<Traced> {
    let text = line.text();
    let open = text.chars().next().filter(|char| matches!(char, '(' | '（'))?;
    let close = text.chars().last().filter(|char| matches!(char, ')' | '）'))?;
    let inside = line.slice(open.len_utf8()..text.len() - close.len_utf8());
    (!inside.text().contains(['(', '（'])).then_some(inside)
}

/// The names in "経済部・高瀬亮、カストラ＝能登由紀". Before the mark stands a place or a department; departments, which end in
/// 部, are the roles of their writers. Words in other scripts give no names.
fn unspaced(words: &Traced) -> Vec<BylineName> {
    let mut found = Vec::new();
    let mut start = 0;
    for part in words.text().split(['、', '，']) {
        let (from, end) = (start, start + part.len());
        start = end + '、'.len_utf8();
        let Some((at, mark)) = part.char_indices().find(|(_, char)| matches!(char, '＝' | '・' | '=')) else {
            continue;
        };
        let (before, name) = (&part[..at], words.slice(from + at + mark.len_utf8()..end).trim());
        if is_unspaced(before) && is_unspaced(name.text()) {
            let role = before.ends_with('部').then(|| before.to_owned());
            found.push(BylineName { words: name, kind: BylineKind::Person, role });
        }
    }
    found
}

/// Whether words are short and in a script without spaces.
fn is_unspaced(words: &str) -> bool {
    let count = words.chars().count();
    (2..=LONGEST_UNSPACED).contains(&count) && words.chars().all(|char| ('\u{3040}'..='\u{9FFF}').contains(&char))
}

/// The role in the text after a byline: `<b>By Wally Breck</b><br>Gazette Waterfront Writer`.
pub(super) fn role_below(clues: &Clues<'_>, byline: NodeId) -> Option<Traced> {
    /// Longest role in bytes.
    const LONGEST: usize = 60;
    let texts = clues.texts_behind();
    let at = texts.iter().position(|text| text.node == byline)?;
    let (_, words) = texts.get(at + 1)?.line(clues.page.tree);
    (words.len() <= LONGEST && ends_in_role(words.text())).then(|| words.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn traced(text: &str) -> Traced {
        let mut words = Traced::new();
        words.push_verbatim(text, 0..text.len() as u32);
        words
    }

    #[test]
    fn departments_are_roles_and_places_are_none() {
        let found = unspaced(&traced("経済部・高瀬亮、カストラ＝能登由紀"));
        let read: Vec<_> = found.iter().map(|name| (name.words.text(), name.role.as_deref())).collect();
        assert_eq!(read, [("高瀬亮", Some("経済部")), ("能登由紀", None)]);
        assert!(unspaced(&traced("Lorne=Nora")).is_empty());
        assert!(unspaced(&traced("速報")).is_empty());
    }

    #[test]
    fn only_a_whole_line_is_in_brackets() {
        assert_eq!(
            within_brackets(&traced("(Text: Nora)")).map(|words| words.text().to_owned()).as_deref(),
            Some("Text: Nora")
        );
        assert!(within_brackets(&traced("(Text) and (photo)")).is_none());
    }
}
