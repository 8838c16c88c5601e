//! Bylines that stand in brackets: where a paragraph opens with its dateline, or below the article.

use super::Sources;
use super::names::{Name, Outlet, ends_in_role, has_prefix, is_full, names};
use super::near;
use onrecord_document::BylineKind;
use onrecord_html::NodeId;
use onrecord_span::Traced;

/// Longest name, department or place in a script without spaces, in characters.
const LONGEST_UNSPACED: usize = 12;

/// 【ローン＝佐伯真由美】: the brackets that open a paragraph name the place, then whoever writes from there.
pub(super) fn dateline_bracket(sources: &Sources<'_, '_>, _: Outlet<'_>) -> Vec<Name> {
    const PARAGRAPHS: usize = 12;
    let tree = sources.page.tree;
    let texts = sources.behind.texts(sources).iter().take(PARAGRAPHS);
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

/// "(Text: Nora Blythe)", "（経済部・高瀬亮、カストラ＝能登由紀）": a line of the story that is nothing but brackets.
pub(super) fn below_body(sources: &Sources<'_, '_>, outlet: Outlet<'_>) -> Vec<Name> {
    let tree = sources.page.tree;
    // The line may be the body's last or stand behind it in the same element.
    let body = sources.survey.container;
    let around = body.and_then(|body| tree.parent(body));
    let lines = sources.survey.bracketed.iter().rev().filter(|place| {
        let inside = tree.ancestors(place.node).any(|above| Some(above) == body);
        let behind = tree.ancestors(place.node).take(3).any(|above| Some(above) == around);
        (inside || behind) && !sources.survey.is_furniture(**place) && place.order > sources.survey.first_block
    });
    for place in lines.take(10) {
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

/// The names in "経済部・高瀬亮、カストラ＝能登由紀": what stands before the mark is a place or a department, and
/// departments, which end in 部, are their writers' roles. Words in other scripts give none.
fn unspaced(words: &Traced) -> Vec<Name> {
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
            found.push(Name { words: name, kind: BylineKind::Person, role });
        }
    }
    found
}

fn is_unspaced(words: &str) -> bool {
    let count = words.chars().count();
    (2..=LONGEST_UNSPACED).contains(&count) && words.chars().all(|char| ('\u{3040}'..='\u{9FFF}').contains(&char))
}

/// The role in the text behind a byline's: `<b>By Wally Breck</b><br>Gazette Waterfront Writer`.
pub(super) fn role_below(sources: &Sources<'_, '_>, byline: NodeId) -> Option<Traced> {
    const LONGEST: usize = 60;
    let texts = sources.behind.texts(sources);
    let at = texts.iter().position(|text| text.node == byline)?;
    let (_, words) = texts.get(at + 1)?.line(sources.page.tree);
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
