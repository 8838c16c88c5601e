//! What a name in a byline is: a person, an agency, the outlet, or no name at all.

use super::lists::LISTS;
use crate::fields::clues::words::folded;
use crate::fields::site::names_site;
use onrecord_document::BylineKind;
use onrecord_span::Traced;
use std::ops::{Range, RangeInclusive};

/// Longest name in characters, and in words.
const MAX_NAME: (usize, usize) = (70, 7);

/// How many capitals an acronym has that is taken for an agency: "CPA", "ANSA".
const ACRONYM: RangeInclusive<usize> = 3..=5;

/// Names of the outlet, to tell them from people's.
#[derive(Copy, Clone)]
pub(super) struct OutletNames<'a> {
    pub site: Option<&'a Traced>,
    pub host: Option<&'a str>,
    pub publisher: Option<&'a Traced>,
}

/// What kind of writer a name is; `None` if it is not a name.
pub(super) fn kind_of(name: &str, outlet: OutletNames<'_>) -> Option<BylineKind> {
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
    let acronym = ACRONYM.contains(&count) && name.chars().all(|char| char.is_ascii_uppercase());
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
    // If their script has capitals, most words of people's names have one, and at least half of them: "Ana de la Cruz".
    let cased = name.split_whitespace().filter(|word| word.starts_with(char::is_lowercase)).count();
    let all = name.split_whitespace().count();
    let begins_low = name.starts_with(char::is_lowercase);
    (all == 1 || !begins_low && cased * 2 <= all).then_some(BylineKind::Person)
}

/// Whether a name is an agency's: it is in the list, or an acronym, also in full-width letters such as "ＣＰＡ".
pub(in crate::fields) fn is_agency(name: &str) -> bool {
    let capitals = name.chars().all(|char| char.is_ascii_uppercase() || ('Ａ'..='Ｚ').contains(&char));
    LISTS.agencies.contains(name.to_lowercase().as_str()) || capitals && ACRONYM.contains(&name.chars().count())
}

/// Whether a name is the outlet's. `plain` is the name folded.
fn names_outlet(plain: &str, name: &str, outlet: OutletNames<'_>) -> bool {
    /// Most words of an outlet's name that is recognised by its host. Two words may be a person's name.
    const WORDS: usize = 4;
    /// Fewest letters that are compared with a host.
    const LETTERS: usize = 3;
    let same = [outlet.site, outlet.publisher].into_iter().flatten().any(|site| folded(site.text()) == plain);
    same || (name.split_whitespace().count() <= WORDS
        && plain.len() >= LETTERS
        && names_site(name, outlet.site, outlet.host)
        && name.split_whitespace().count() != 2)
        || outlet.host.is_some_and(|host| name.eq_ignore_ascii_case(host))
}

/// Splits a name from a role: "Nora Blythe (Transport correspondent)", "Nora Blythe Transport correspondent".
pub(super) fn split_role(text: &str, range: Range<usize>) -> (Range<usize>, Option<Range<usize>>) {
    /// Words of a name that stand before its role.
    const NAME: usize = 2;
    let words = &text[range.clone()];
    if let Some(open) = words.find('(')
        && open > 0
    {
        let role = trimmed(text, range.start + open..range.end);
        let role = role.start..role.start + text[role.clone()].trim_end_matches(')').len();
        let is = is_role(&text[role.clone()]);
        return (range.start..range.start + open, is.then_some(role));
    }
    // The role begins with the first word for a role. Before it stands at least a given name and a family name.
    let mut at = range.start;
    for (before, word) in words.split_inclusive(char::is_whitespace).enumerate() {
        let plain = folded(word);
        if before >= NAME && LISTS.role.contains(plain.as_str()) {
            return (range.start..at, Some(trimmed(text, at..range.end)));
        }
        at += word.len();
    }
    (range, None)
}

/// Whether words are a role by their last one: "Gazette Staff Writer". A single word may be a name.
pub(super) fn ends_in_role(words: &str) -> bool {
    /// How many words such a role has.
    const WORDS: RangeInclusive<usize> = 2..=6;
    let folded = folded(words);
    let count = folded.split(' ').count();
    WORDS.contains(&count)
        && folded.rsplit(' ').next().is_some_and(|last| LISTS.role.contains(last) && !LISTS.outlet.contains(last))
}

/// Whether words have a word for a role in them, and are not too long to be one.
pub(super) fn is_role(words: &str) -> bool {
    /// Longest role in characters.
    const LONGEST: usize = 90;
    let folded = folded(words);
    words.chars().count() <= LONGEST && folded.split(' ').any(|word| LISTS.role.contains(word))
}

/// "Nora Blythe in Lorne" → "Nora Blythe".
pub(super) fn without_place(text: &str, range: Range<usize>) -> Range<usize> {
    /// Words of a name that stand before its place.
    const NAME: usize = 2;
    let words = &text[range.clone()];
    let mut at = 0;
    for (count, word) in words.split_inclusive(char::is_whitespace).enumerate() {
        let word_alone = word.trim();
        if count >= NAME
            && LISTS.in_place.contains(word_alone)
            && words[at + word.len()..].starts_with(|first: char| !first.is_lowercase())
            && word_alone != "da"
        {
            return trimmed(text, range.start..range.start + at);
        }
        at += word.len();
    }
    range
}

/// A range of a text without white space, marks and a final full stop at its ends.
pub(super) fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    /// Marks that a name neither begins nor ends with.
    const MARKS: &str = ",;:|/-–—([\"“”*_><،、\\+'";
    /// Most letters of a last word that ends with a full stop of its own: an initial, an abbreviation.
    const ABBREVIATION: usize = 3;
    let out = |char: char| char.is_whitespace() || MARKS.contains(char);
    let words = &text[range.clone()];
    let start = range.start + words.len() - words.trim_start_matches(out).len();
    let words = &text[start..range.end];
    let end = start + words.trim_end_matches(out).len();
    // A full stop after a longer word ends a sentence.
    let last = text[start..end].trim_end_matches('.');
    let letters = last.chars().rev().take_while(|char| char.is_alphabetic()).count();
    if letters > ABBREVIATION && !last.contains(',') { start..start + last.len() } else { start..end }
}
