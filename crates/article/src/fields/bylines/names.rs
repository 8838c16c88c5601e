//! Names in a byline: "By Nora Blythe and Jan Holm in Lorne" → two people.

use super::kinds::{OutletNames, ends_in_role, is_role, kind_of, split_role, trimmed, without_place};
use super::lists::LISTS;
use crate::dates;
use crate::fields::clues::words::folded;
use crate::lists;
use memchr::memmem::Finder;
use onrecord_document::{Byline, BylineKind};
use onrecord_span::Traced;
use std::ops::Range;
use std::sync::LazyLock;

/// Most people that write one article; more are a list of a newsroom.
pub(super) const MAX_NAMES: usize = 20;

/// Longest line on the page that is taken for a byline because of how it begins, in bytes.
pub(super) const MAX_LINE: usize = 160;

/// Longest text that is searched for names, in bytes.
const MAX_TEXT: usize = 600;

/// A name in a byline, with the words that state it.
#[derive(Clone, Debug)]
pub(super) struct BylineName {
    pub words: Traced,
    pub kind: BylineKind,
    pub role: Option<String>,
}

impl BylineName {
    /// The byline for the document.
    pub fn byline(&self) -> Byline {
        Byline { name: self.words.text().to_owned(), kind: self.kind, role: self.role.clone() }
    }
}

/// The names in a byline, without the dates, addresses and prompts in it. A line without a plausible name gives none.
pub(super) fn names(line: &Traced, outlet: OutletNames<'_>) -> Vec<BylineName> {
    if line.len() > MAX_TEXT {
        return Vec::new();
    }
    let text = line.text();
    let range = match inner_prefix(text) {
        Some(start) => without_prefix(text, start..start + cut_at_marks(&text[start..]).end),
        None => without_prefix(text, cut_at_marks(text)),
    };
    let mut found: Vec<BylineName> = Vec::new();
    for part in parts(text, range) {
        let part = without_prefix(text, part);
        let (name, role) = split_role(text, part.clone());
        let name = without_place(text, trimmed(text, name));
        // "June Tolliver, Gazette Staff Writer": after a person, what ends with an occupation is a role.
        if let Some(last) = found.last_mut()
            && last.kind == BylineKind::Person
            && last.role.is_none()
            && ends_in_role(&text[part.clone()])
        {
            last.role = Some(text[trimmed(text, part)].to_owned());
            continue;
        }
        match kind_of(&text[name.clone()], outlet) {
            Some(kind) => {
                let words = line.slice(name);
                if !found.iter().any(|other| folded(other.words.text()) == folded(words.text())) {
                    found.push(BylineName { words, kind, role: role.map(|role| text[role].to_owned()) });
                }
            }
            // "Nora Blythe, Transport correspondent"
            None if is_role(&text[part.clone()]) => {
                if let Some(last) = found.last_mut()
                    && last.role.is_none()
                {
                    last.role = Some(text[trimmed(text, part)].to_owned());
                }
            }
            None => {}
        }
    }
    found
}

/// Whether a name could be a full name: given name and family name, in scripts with spaces between words.
///
/// "Nachrichten" in an element named for authors is not a name; "nora77" in JSON-LD is somebody even so.
pub(super) fn is_full(name: &BylineName) -> bool {
    /// Longest name in a script without spaces, in characters.
    const LONGEST_UNSPACED: usize = 8;
    let text = name.words.text();
    let unspaced = text.chars().any(|char| ('\u{3040}'..='\u{9FFF}').contains(&char));
    if unspaced {
        return text.split(char::is_whitespace).all(|word| word.chars().count() <= LONGEST_UNSPACED);
    }
    name.kind != BylineKind::Person || text.contains(char::is_whitespace)
}

/// Whether a line begins like a byline: "By ", "Von ", "Автор: ".
pub(super) fn has_prefix(text: &str) -> bool {
    // After a quotation mark, the line is somebody's words.
    text.starts_with(char::is_alphanumeric)
        && (without_prefix(text, 0..text.len()).start > 0 || inner_prefix(text).is_some())
}

/// Where "Author: " begins in a line that says something else first: "12.03.2026 09:15, Авторы: Вера Соколян".
fn inner_prefix(text: &str) -> Option<usize> {
    /// Shortest such word: shorter ones stand before colons for other reasons.
    const SHORTEST: usize = 4;
    let colons = text.char_indices().filter(|(_, char)| matches!(char, ':' | '：')).map(|(at, _)| at);
    colons.into_iter().find_map(|at| {
        let (space, char) = text[..at].char_indices().rev().find(|(_, char)| char.is_whitespace())?;
        let start = space + char.len_utf8();
        let word = text.get(start..at)?.to_lowercase();
        (word.chars().count() >= SHORTEST && LISTS.prefix.contains(&word.as_str())).then_some(start)
    })
}

/// Marks at which a byline ends.
static ENDS: LazyLock<Vec<EndMark>> = LazyLock::new(|| {
    let data = lists::rows(include_str!("../../../data/fields/byline_ends.txt"));
    data.map(|(how, mark)| EndMark {
        finder: if how == "apart" { Finder::new(&format!(" {mark} ")).into_owned() } else { Finder::new(mark) },
        at_start: mark.ends_with(':'),
    })
    .collect()
});

/// A mark at which a byline ends.
struct EndMark {
    finder: Finder<'static>,
    /// Whether a line that begins with it is not a byline: "Posted by Nora" begins one, "Photo: Nora" does not.
    at_start: bool,
}

/// The range of a line up to where it is no longer a byline: a date, a separator, an address. After a date at the beginning, the
/// rest of the line.
fn cut_at_marks(text: &str) -> Range<usize> {
    let mut end = text.len();
    for mark in ENDS.iter() {
        if let Some(at) = mark.finder.find(text.as_bytes())
            && (at > 1 || mark.at_start)
        {
            end = end.min(at);
        }
    }
    // No part of an e-mail address is a name.
    if let Some(at) = text.find('@') {
        end = end.min(text[..at].rfind(char::is_whitespace).unwrap_or(0));
    }
    if let Some((_, range)) = dates::find_in(text, dates::DayOrder::DayFirst) {
        if range.start > 1 {
            end = end.min(range.start);
        } else {
            return range.end..text.len();
        }
    }
    0..text.floor_char_boundary(end)
}

/// "By Nora Blythe" → "Nora Blythe", also "Von: ", "WRITTEN BY".
fn without_prefix(text: &str, range: Range<usize>) -> Range<usize> {
    /// Prefixes one after the other: "Text: By ".
    const PREFIXES: usize = 3;
    let mut range = trimmed(text, range);
    for _ in 0..PREFIXES {
        let rest = &text[range.clone()];
        let cut = prefixes_like(rest).iter().find_map(|prefix| {
            let len = strip_folded(rest, prefix)?;
            let behind = &rest[len..];
            let next = behind.chars().next()?;
            let uncased = !prefix.is_ascii() && !prefix.chars().any(char::is_lowercase);
            let ends = next == ':'
                || next == '：'
                || next.is_whitespace()
                || (uncased && matches!(next, '＝' | '=' | '／' | '/' | '・'));
            let named = next == ':' || behind.trim_start().starts_with(|first: char| !first.is_lowercase());
            (ends && named).then_some(len)
        });
        let Some(len) = cut else { break };
        let behind = range.start + len;
        let start = behind + text[behind..range.end].len()
            - text[behind..range.end]
                .trim_start_matches([':', '：', ' ', '\u{A0}', '/', '／', '＝', '=', '・', '-', '–'])
                .len();
        range = trimmed(text, start..range.end);
    }
    range
}

/// The words that bylines begin with and that have the same first letter as a text, the longest first.
fn prefixes_like(text: &str) -> &'static [&'static str] {
    let mut first = text.chars().next().into_iter().flat_map(char::to_lowercase);
    match (first.next(), first.next()) {
        (Some(first), None) => LISTS.prefix_by_first.get(&first).map(Vec::as_slice).unwrap_or_default(),
        _ => &[],
    }
}

/// The length of the beginning of `text` that equals `prefix`, ignoring case.
fn strip_folded(text: &str, prefix: &str) -> Option<usize> {
    let mut chars = text.char_indices();
    for expected in prefix.chars() {
        let (_, char) = chars.next()?;
        if !char.to_lowercase().eq(std::iter::once(expected)) {
            return None;
        }
    }
    Some(text.len() - chars.as_str().len())
}

/// Splits at commas, slashes and words for "and".
fn parts(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    /// Fewest letters of a name in front of "and".
    const LETTERS: usize = 2;
    let mut parts = Vec::new();
    let mut start = range.start;
    let mut depth = 0;
    let mut skip_to = range.start;
    for (at, char) in text[range.clone()].char_indices() {
        let at = range.start + at;
        if at < skip_to {
            continue;
        }
        match char {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        if depth > 0 {
            continue;
        }
        let dash = matches!(char, '-' | '–' | '—')
            && text[start..at].ends_with(' ')
            && text[at + char.len_utf8()..].starts_with(' ');
        if dash || matches!(char, ',' | ';' | '|' | '/' | '،' | '、' | '&' | '\n' | '・') {
            parts.push(start..at);
            start = at + char.len_utf8();
        } else if char.is_whitespace() {
            let behind = at + char.len_utf8();
            let and = LISTS.and.iter().filter(|word| !word.is_empty()).find_map(|word| {
                let len = strip_folded(&text[behind..range.end], word)?;
                text[behind + len..range.end].starts_with(char::is_whitespace).then_some(behind + len)
            });
            // Initials and particles are not "and": in "Jose y Gasset" the name in front is too short.
            if let Some(end) = and
                && text[end..range.end].trim_start().starts_with(|first: char| !first.is_lowercase())
                && (text[start..at].trim().contains(' ')
                    || text[end..range.end].trim_start().split(' ').count() == 1
                    || text[start..at].chars().filter(|char| char.is_alphabetic()).count() >= LETTERS)
            {
                parts.push(start..at);
                start = end;
                skip_to = end;
            }
        }
    }
    parts.push(start..range.end);
    parts
}

/// Adds names that are not yet among those found.
pub(super) fn add(found: &mut Vec<BylineName>, names: Vec<BylineName>) {
    for name in names {
        if !found.iter().any(|other| folded(other.words.text()) == folded(name.words.text())) {
            found.push(name);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NO_OUTLET: OutletNames<'static> = OutletNames { site: None, host: None, publisher: None };

    fn read(line: &str) -> Vec<(String, &'static str, Option<String>)> {
        let mut words = Traced::new();
        words.push_verbatim(line, 0..line.len() as u32);
        names(&words, NO_OUTLET)
            .into_iter()
            .map(|name| (name.words.text().to_owned(), name.kind.name(), name.role))
            .collect()
    }

    fn people(line: &str) -> Vec<String> {
        read(line).into_iter().map(|(name, ..)| name).collect()
    }

    #[test]
    fn names_are_what_is_left_of_a_byline() {
        assert_eq!(people("By Nora Blythe"), ["Nora Blythe"]);
        assert_eq!(people("BY NORA BLYTHE"), ["NORA BLYTHE"]);
        assert_eq!(people("Von Jan Holm und Ida Berg"), ["Jan Holm", "Ida Berg"]);
        assert_eq!(people("By Nora Blythe, Jan Holm and Ida Berg in Lorne"), ["Nora Blythe", "Jan Holm", "Ida Berg"]);
        assert_eq!(people("Par Anne Dupré, à Lorne"), ["Anne Dupré"]);
        assert_eq!(people("Автор: Вера Соколян"), ["Вера Соколян"]);
        assert_eq!(people("بقلم: سلمى الحاج"), ["سلمى الحاج"]);
        assert_eq!(people("By Nora Blythe | Updated 18 November 2024"), ["Nora Blythe"]);
        assert_eq!(people("Nora Blythe Nov. 18, 2024 3:45 p.m."), ["Nora Blythe"]);
        assert_eq!(people("Posted by Nora Blythe - Harbour team"), ["Nora Blythe", "Harbour team"]);
        assert!(people("Photo: Nora Blythe").is_empty());
        assert_eq!(people("Ana de la Cruz"), ["Ana de la Cruz"]);
        assert_eq!(people("Vonda Shepard"), ["Vonda Shepard"]);
        assert!(people("5 min read").is_empty());
        assert!(people("Share this article").is_empty());
        assert!(people("nora@courier.example").is_empty());
    }

    #[test]
    fn roles_stand_beside_names() {
        let role = Some("Transport correspondent".to_owned());
        assert_eq!(
            read("By Nora Blythe, Transport correspondent"),
            [("Nora Blythe".to_owned(), "person", role.clone())]
        );
        assert_eq!(read("Nora Blythe (Transport correspondent)"), [("Nora Blythe".to_owned(), "person", role)]);
    }

    #[test]
    fn agencies_and_desks_are_no_people() {
        let kinds = |line: &str| read(line).into_iter().map(|(_, kind, _)| kind).collect::<Vec<_>>();
        assert_eq!(kinds("Nora Blythe, Reuters"), ["person", "agency"]);
        assert_eq!(kinds("dpa"), ["agency"]);
        assert_eq!(kinds("Continental Press Agency"), ["agency"]);
        assert_eq!(kinds("Courier Staff"), ["outlet"]);
        assert_eq!(kinds("سلمى الحاج، وكالات"), ["person", "agency"]);
    }

    #[test]
    fn a_name_keeps_its_own_place() {
        let line = "By Nora Blythe and Jan Holm";
        let mut words = Traced::new();
        words.push_verbatim(line, 0..line.len() as u32);
        let found = names(&words, NO_OUTLET);
        assert_eq!(found[1].words.sources(), [std::ops::Range { start: 19, end: 27 }]);
    }
}
