//! Sentences by rule: they cover every block, never cross one, and are trimmed of white space.

use onrecord_document::Document;
use onrecord_span::{Span, Text};
use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

static ABBREVIATIONS: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| lines(include_str!("../data/abbreviations.txt")).flat_map(str::split_whitespace).collect());
static STARTERS: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| lines(include_str!("../data/sentence_starters.txt")).flat_map(str::split_whitespace).collect());

/// Splits every block of the document, furniture too, into sentences.
///
/// A sentence ends behind `.`, `?`, `!`, `…`, `؟`, `۔` and the quotation marks and brackets that close there, where
/// white space and something that can open a sentence follow; behind `。`, `！`, `？` always. The full stops of
/// abbreviations ("Mr. Rourke") and initials ("J. Doe") end none; those of "U.S." do before a word that usually opens
/// a sentence ("U.S. The").
pub(crate) fn sentences_of(document: &Document) -> Vec<Span<Text>> {
    let buffer = document.buffer().as_str();
    let mut items = Vec::new();
    for block in document.blocks() {
        split(buffer, block.span.range(), |range| items.extend(document.span(range)));
    }
    items.sort();
    items
}

/// The lines of a data file without its comments.
fn lines(file: &'static str) -> impl Iterator<Item = &'static str> {
    file.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// Most marks and spaces between a stop and the word that opens the next sentence: a line of dots is not looked through.
const MOST_MARKS: usize = 16;

/// Gives each sentence of `buffer[range]` to `found`, in order.
pub(crate) fn split(buffer: &str, range: Range<usize>, mut found: impl FnMut(Range<usize>)) {
    let text = &buffer[range.clone()];
    let mut start = 0;
    let mut emit = |start: usize, end: usize| {
        let part = &text[start..end];
        let from = range.start + start + (part.len() - part.trim_start().len());
        let to = from + part.trim().len();
        if from < to {
            found(from..to);
        }
    };
    let mut chars = text.char_indices().peekable();
    while let Some((at, char)) = chars.next() {
        if !matches!(char, '.' | '?' | '!' | '…' | '؟' | '۔' | '。' | '！' | '？' | '\n') {
            continue;
        }
        let mut end = at + char.len_utf8();
        if char == '\n' {
            // A verbatim text may hold a line break inside a block; an empty line ends a sentence.
            if text[end..].starts_with(['\n', '\r']) {
                emit(start, end);
                start = end;
            }
            continue;
        }
        while let Some((offset, next)) = chars.next_if(|(_, next)| is_closing(*next)) {
            end = offset + next.len_utf8();
        }
        let wide = matches!(char, '。' | '！' | '？');
        if end == text.len() || wide || (opens_sentence(&text[end..]) && !goes_on(text, at, char, end)) {
            emit(start, end);
            start = end;
        }
    }
    emit(start, text.len());
}

/// Stops and marks that stand with the stop that ends a sentence.
fn is_closing(next: char) -> bool {
    matches!(next, '.' | '?' | '!' | '…' | '؟' | '”' | '’' | '"' | '\'' | '»' | ')' | ']' | '」' | '』' | '“')
}

/// Whether the text goes on with white space and something that can open a sentence.
fn opens_sentence(rest: &str) -> bool {
    let trimmed = rest.trim_start();
    if trimmed.len() == rest.len() {
        return false;
    }
    let first = trimmed.chars().take(MOST_MARKS).find(|char| char.is_alphanumeric());
    first.is_none_or(|char| !char.is_lowercase())
}

/// Whether the full stop at `at` belongs to an abbreviation or an initial.
fn goes_on(text: &str, at: usize, stop: char, end: usize) -> bool {
    if stop != '.' || end != at + 1 {
        return false;
    }
    let from = text[..at]
        .rfind(|char: char| char.is_whitespace() || "(“\"‘[".contains(char))
        .map_or(0, |found| found + text[found..].chars().next().map_or(1, char::len_utf8));
    let word = &text[from..at];
    if word.len() == 1 && word.starts_with(|char: char| char.is_ascii_uppercase()) && word != "I" {
        return true;
    }
    let dotted = word.len() > 2 && word.split('.').all(|part| part.len() == 1);
    if dotted || is_company(word) {
        let next = text[end..].split_whitespace().next().unwrap_or_default();
        let next = next.trim_start_matches(|char: char| !char.is_alphanumeric());
        return !STARTERS.contains(next.to_lowercase().as_str());
    }
    is_abbreviation(word)
}

/// "Inc.": an abbreviation that ends a sentence as often as not.
fn is_company(word: &str) -> bool {
    matches!(word, "Inc" | "Corp" | "Ltd" | "Co" | "plc" | "etc")
}

/// Whether a word (without its full stop) is a known abbreviation. "No" and "Pa" are only with their capital, "may" and
/// "sun" are words.
pub fn is_abbreviation(word: &str) -> bool {
    const LONGEST: usize = 8;
    if word.len() > LONGEST || !word.is_ascii() {
        return false;
    }
    let capital = word.starts_with(|char: char| char.is_ascii_uppercase());
    let always_small = ["vs", "etc", "viz", "approx", "cf", "e.g", "i.e", "ca"].contains(&word);
    (capital || always_small) && ABBREVIATIONS.contains(word.to_ascii_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split_all(text: &str) -> Vec<&str> {
        let mut found = Vec::new();
        split(text, 0..text.len(), |range| found.push(&text[range]));
        found
    }

    #[test]
    fn abbreviations_and_initials_end_no_sentence() {
        assert_eq!(split_all("Mr. Rourke met J. Doe. They talked."), ["Mr. Rourke met J. Doe.", "They talked."]);
        assert_eq!(split_all("He left the U.S. The ship sank."), ["He left the U.S.", "The ship sank."]);
        assert_eq!(split_all("The U.S. Senate met."), ["The U.S. Senate met."]);
    }

    #[test]
    fn closing_marks_belong_to_their_sentence() {
        assert_eq!(split_all("“We hit it.” He left."), ["“We hit it.”", "He left."]);
        assert_eq!(split_all("“Why?” she asked."), ["“Why?” she asked."]);
        assert_eq!(split_all("It rose 3.5 percent. (He knew.) Then"), ["It rose 3.5 percent.", "(He knew.)", "Then"]);
    }

    #[test]
    fn other_scripts_have_stops_of_their_own() {
        assert_eq!(split_all("船が着いた。港は静かだ。"), ["船が着いた。", "港は静かだ。"]);
        assert_eq!(split_all("هل وصلت؟ نعم."), ["هل وصلت؟", "نعم."]);
    }
}
