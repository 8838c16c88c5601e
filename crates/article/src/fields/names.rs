//! Names in a byline: "By Nora Blythe and Jan Holm in Lorne" → two people.

use super::site::names_site;
use super::words::folded;
use crate::dates;
use foldhash::{HashMap, HashSet};
use memchr::memmem::Finder;
use onrecord_document::{Byline, BylineKind};
use onrecord_span::Traced;
use std::ops::Range;
use std::sync::LazyLock;

/// Longest name in characters and words.
const MAX_NAME: (usize, usize) = (70, 7);

/// Longest line that is read as a byline, in bytes.
const MAX_LINE: usize = 600;

/// One name with the words that state it.
#[derive(Clone, Debug)]
pub(super) struct Name {
    pub words: Traced,
    pub kind: BylineKind,
    pub role: Option<String>,
}

impl Name {
    /// The byline that it makes.
    pub fn byline(&self) -> Byline {
        Byline { name: self.words.text().to_owned(), kind: self.kind, role: self.role.clone() }
    }
}

/// What is known of the outlet, to tell its name from people's.
#[derive(Copy, Clone)]
pub(super) struct Outlet<'a> {
    pub site: Option<&'a Traced>,
    pub host: Option<&'a str>,
    pub publisher: Option<&'a Traced>,
}

struct Lists {
    prefix: Vec<&'static str>,
    /// The same by their first character.
    prefix_by_first: HashMap<char, Vec<&'static str>>,
    and: Vec<&'static str>,
    in_place: HashSet<&'static str>,
    role: HashSet<&'static str>,
    outlet: HashSet<&'static str>,
    agency: HashSet<&'static str>,
    stop: HashSet<&'static str>,
    person: HashSet<&'static str>,
    agencies: HashSet<&'static str>,
}

static LISTS: LazyLock<Lists> = LazyLock::new(|| {
    let mut words: HashMap<&str, Vec<&'static str>> = HashMap::default();
    let data = include_str!("../../data/fields/byline_words.txt");
    for line in data.lines().filter(|line| !line.starts_with('#')) {
        if let Some((role, list)) = line.split_once('\t') {
            words.entry(role).or_default().extend(list.split("; ").map(str::trim));
        }
    }
    let mut take = |role: &str| words.remove(role).unwrap_or_default();
    let mut prefix = take("prefix");
    prefix.sort_by_key(|word| std::cmp::Reverse(word.len()));
    let mut prefix_by_first: HashMap<char, Vec<&str>> = HashMap::default();
    for &word in &prefix {
        if let Some(first) = word.chars().next() {
            prefix_by_first.entry(first).or_default().push(word);
        }
    }
    let agencies = include_str!("../../data/fields/agencies.txt").lines().filter(|line| !line.starts_with('#'));
    Lists {
        prefix,
        prefix_by_first,
        and: take("and"),
        in_place: take("in").into_iter().collect(),
        role: take("role").into_iter().collect(),
        outlet: take("outlet").into_iter().collect(),
        agency: take("agency").into_iter().collect(),
        stop: take("stop").into_iter().collect(),
        person: take("person").into_iter().collect(),
        agencies: agencies.collect(),
    }
});

/// The names in a byline. Dates, addresses and prompts in it are left out; a line without a plausible name gives none.
pub(super) fn names(line: &Traced, outlet: Outlet<'_>) -> Vec<Name> {
    if line.len() > MAX_LINE {
        return Vec::new();
    }
    let text = line.text();
    let range = match inner_prefix(text) {
        Some(start) => without_prefix(text, start..start + cut_at_marks(&text[start..]).end),
        None => without_prefix(text, cut_at_marks(text)),
    };
    let mut found: Vec<Name> = Vec::new();
    for part in parts(text, range) {
        let part = without_prefix(text, part);
        let (name, role) = split_role(text, part.clone());
        let name = without_place(text, trimmed(text, name));
        // "June Tolliver, Gazette Staff Writer": behind a person, what ends in an occupation is a role.
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
                    found.push(Name { words, kind, role: role.map(|role| text[role].to_owned()) });
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

/// Whether a name could be somebody's whole name: given name and family name, in scripts that part words by spaces.
///
/// "Nachrichten" in an element named for authors is none; "nora77" in JSON-LD is somebody all the same.
pub(super) fn is_full(name: &Name) -> bool {
    const LONGEST_UNSPACED: usize = 8;
    let text = name.words.text();
    let unspaced = text.chars().any(|char| ('\u{3040}'..='\u{9FFF}').contains(&char));
    if unspaced {
        return text.split(char::is_whitespace).all(|word| word.chars().count() <= LONGEST_UNSPACED);
    }
    name.kind != BylineKind::Person || text.contains(char::is_whitespace)
}

/// Whether a line begins as bylines do: "By ", "Von ", "Автор: ".
pub(super) fn has_prefix(text: &str) -> bool {
    // A quotation mark in front is no prefix: the line is somebody's words.
    text.starts_with(char::is_alphanumeric)
        && (without_prefix(text, 0..text.len()).start > 0 || inner_prefix(text).is_some())
}

/// Where "Author: " begins inside a line that says something else first: "12.03.2026 09:15, Авторы: Вера Соколян".
fn inner_prefix(text: &str) -> Option<usize> {
    const SHORTEST: usize = 4;
    let colon = text.char_indices().filter(|(_, char)| matches!(char, ':' | '：')).map(|(at, _)| at);
    colon.into_iter().find_map(|at| {
        let (space, char) = text[..at].char_indices().rev().find(|(_, char)| char.is_whitespace())?;
        let start = space + char.len_utf8();
        let word = text.get(start..at)?.to_lowercase();
        (word.chars().count() >= SHORTEST && LISTS.prefix.contains(&word.as_str())).then_some(start)
    })
}

/// The line up to what is no byline any more: a date, a mark of separation, an address.
fn cut_at_marks(text: &str) -> Range<usize> {
    const MARKS: [&str; 26] = [
        "•",
        "·",
        "http",
        " – ",
        " — ",
        "►",
        "…",
        "＝",
        "Updated",
        "Published",
        "Posted",
        "UPDATED",
        "Stand:",
        "Aktualisiert",
        "Veröffentlicht",
        "Publié",
        "Mis à jour",
        "Publicado",
        "Actualizado",
        " on ",
        "Follow",
        "min read",
        "Share",
        "Bild:",
        "Foto:",
        "Photo:",
    ];
    static FINDERS: LazyLock<[Finder<'static>; 26]> = LazyLock::new(|| MARKS.map(Finder::new));
    let mut end = text.len();
    for (mark, finder) in MARKS.iter().zip(&*FINDERS) {
        // "Posted by Nora" begins a byline; "Photo: Nora" begins none.
        if let Some(at) = finder.find(text.as_bytes())
            && (at > 1 || mark.ends_with(':'))
        {
            end = end.min(at);
        }
    }
    // An e-mail address is no name, not even its part before the sign.
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
    let mut range = trimmed(text, range);
    for _ in 0..3 {
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

/// The words that bylines begin with, as far as they begin as a text does, the longest first.
fn prefixes_like(text: &str) -> &'static [&'static str] {
    let mut first = text.chars().next().into_iter().flat_map(char::to_lowercase);
    match (first.next(), first.next()) {
        (Some(first), None) => LISTS.prefix_by_first.get(&first).map(Vec::as_slice).unwrap_or_default(),
        _ => &[],
    }
}

/// The length of the beginning of `text` that is `prefix` but for its case.
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

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let out = |char: char| {
        char.is_whitespace()
            || matches!(
                char,
                ',' | ';'
                    | ':'
                    | '|'
                    | '/'
                    | '-'
                    | '–'
                    | '—'
                    | '('
                    | '['
                    | '"'
                    | '“'
                    | '”'
                    | '*'
                    | '_'
                    | '>'
                    | '<'
                    | '،'
                    | '、'
                    | '\\'
                    | '+'
                    | '\''
            )
    };
    let words = &text[range.clone()];
    let start = range.start + words.len() - words.trim_start_matches(out).len();
    let words = &text[start..range.end];
    let end = start + words.trim_end_matches(out).len();
    // A full stop ends a sentence, unless it is an initial's or an abbreviation's.
    let last = text[start..end].trim_end_matches('.');
    let letters = last.chars().rev().take_while(|char| char.is_alphabetic()).count();
    if letters > 3 && !last.contains(',') { start..start + last.len() } else { start..end }
}

/// Splits at commas, slashes and words for "and".
fn parts(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
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
            // Initials and particles are no "and": "Jose y Gasset" has too short a name in front.
            if let Some(end) = and
                && text[end..range.end].trim_start().starts_with(|first: char| !first.is_lowercase())
                && (text[start..at].trim().contains(' ')
                    || text[end..range.end].trim_start().split(' ').count() == 1
                    || text[start..at].chars().filter(|char| char.is_alphabetic()).count() >= 2)
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

/// "Nora Blythe (Transport correspondent)", "Nora Blythe Transport correspondent" are a name and a role.
fn split_role(text: &str, range: Range<usize>) -> (Range<usize>, Option<Range<usize>>) {
    let words = &text[range.clone()];
    if let Some(open) = words.find('(')
        && open > 0
    {
        let role = trimmed(text, range.start + open..range.end);
        let role = role.start..role.start + text[role.clone()].trim_end_matches(')').len();
        let is = is_role(&text[role.clone()]);
        return (range.start..range.start + open, is.then_some(role));
    }
    // Words from the first role word on; a title of several words begins at its own capital.
    let mut at = range.start;
    for (before, word) in words.split_inclusive(char::is_whitespace).enumerate() {
        let plain = folded(word);
        if before >= 2 && LISTS.role.contains(plain.as_str()) {
            return (range.start..at, Some(trimmed(text, at..range.end)));
        }
        at += word.len();
    }
    (range, None)
}

/// Whether some words are a role by their last: "Gazette Staff Writer"; one word alone may be a name.
pub(super) fn ends_in_role(words: &str) -> bool {
    let folded = folded(words);
    let count = folded.split(' ').count();
    (2..=6).contains(&count)
        && folded.rsplit(' ').next().is_some_and(|last| LISTS.role.contains(last) && !LISTS.outlet.contains(last))
}

fn is_role(words: &str) -> bool {
    let folded = folded(words);
    words.chars().count() <= 90 && folded.split(' ').any(|word| LISTS.role.contains(word))
}

/// "Nora Blythe in Lorne" → "Nora Blythe".
fn without_place(text: &str, range: Range<usize>) -> Range<usize> {
    let words = &text[range.clone()];
    let mut at = 0;
    for (count, word) in words.split_inclusive(char::is_whitespace).enumerate() {
        let place = word.trim();
        if count >= 2
            && LISTS.in_place.contains(place)
            && words[at + word.len()..].starts_with(|first: char| !first.is_lowercase())
            && !matches!(place, "da")
        {
            return trimmed(text, range.start..range.start + at);
        }
        at += word.len();
    }
    range
}

/// Whether a name is an agency's: one of the list, or three to five capitals, also of full width: "ＣＰＡ".
pub(super) fn is_agency(name: &str) -> bool {
    let capitals = name.chars().all(|char| char.is_ascii_uppercase() || ('Ａ'..='Ｚ').contains(&char));
    LISTS.agencies.contains(name.to_lowercase().as_str()) || capitals && (3..=5).contains(&name.chars().count())
}

/// What kind of writer a name is; `None` if it is no name.
fn kind_of(name: &str, outlet: Outlet<'_>) -> Option<BylineKind> {
    let plain = folded(name);
    let words: Vec<&str> = plain.split(' ').collect();
    let count = name.chars().count();
    if count < 2 || count > MAX_NAME.0 || words.len() > MAX_NAME.1 || LISTS.stop.contains(plain.as_str()) {
        return None;
    }
    let letters = name.chars().filter(|char| char.is_alphabetic()).count();
    if letters < 2 || letters * 2 < count || name.contains("://") || name.contains(['@', '#', '{', '<', '=', '?', '!'])
    {
        return None;
    }
    let lower = name.to_lowercase();
    if matches!(lower.as_str(), "http" | "https") {
        return None;
    }
    if LISTS.agencies.contains(lower.as_str()) || LISTS.agencies.contains(plain.as_str()) {
        return Some(BylineKind::Agency);
    }
    let acronym = (3..=5).contains(&count) && name.chars().all(|char| char.is_ascii_uppercase());
    if acronym && !names_outlet(&plain, name, outlet) {
        return Some(BylineKind::Agency);
    }
    if words.iter().any(|word| LISTS.person.contains(word)) {
        return None;
    }
    if words.iter().any(|word| LISTS.agency.contains(word)) {
        return Some(BylineKind::Agency);
    }
    if names_outlet(&plain, name, outlet) || words.iter().any(|word| LISTS.outlet.contains(word)) {
        return Some(BylineKind::Outlet);
    }
    if is_role(name) && words.iter().any(|word| LISTS.role.contains(word)) {
        return None;
    }
    if name.chars().any(|char| char.is_ascii_digit()) {
        return None;
    }
    // Names of people have capitals, where their script has them, in most of their words ("Ana de la Cruz" in half).
    let cased = name.split_whitespace().filter(|word| word.starts_with(char::is_lowercase)).count();
    let all = name.split_whitespace().count();
    let begins_low = name.starts_with(char::is_lowercase);
    (all == 1 || !begins_low && cased * 2 <= all).then_some(BylineKind::Person)
}

fn names_outlet(plain: &str, name: &str, outlet: Outlet<'_>) -> bool {
    let same = [outlet.site, outlet.publisher].into_iter().flatten().any(|site| folded(site.text()) == plain);
    same || (name.split_whitespace().count() <= 4
        && plain.len() >= 3
        && names_site(name, outlet.site, outlet.host)
        && name.split_whitespace().count() != 2)
        || outlet.host.is_some_and(|host| name.eq_ignore_ascii_case(host))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NO_OUTLET: Outlet<'static> = Outlet { site: None, host: None, publisher: None };

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
