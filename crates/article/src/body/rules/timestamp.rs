//! Lines that are a date or a time of day.

use crate::body::lines::PageLines;
use crate::dates;
use onrecord_document::BlockKind;

/// A short line that is mostly a date, or a time of day: `9 March 2026`, `20:25`.
pub(super) fn timestamp(page: &PageLines<'_>, index: usize) -> Option<BlockKind> {
    /// Longest such line, with a weekday and a label.
    const LONGEST: f32 = 60.0;
    let words = page.words(index);
    // "4:05 p.m." ends with a full stop but is not a sentence.
    let sentence = page.segment(index).sentence && !words.ends_with("m.");
    let is_date = page.segment(index).length < LONGEST
        && !sentence
        && (is_clock(words) || dates::find(words).is_some_and(|(_, range)| range.len() * 2 > words.len()));
    is_date.then_some(BlockKind::Dateline)
}

/// Whether a line is a time of day: `20:25`, `8.25 pm`, `20h25`.
fn is_clock(words: &str) -> bool {
    let hours = words.len() - words.trim_start_matches(|char: char| char.is_ascii_digit()).len();
    if !(1..=2).contains(&hours) {
        return false;
    }
    let mut behind = words[hours..].chars();
    let minutes =
        matches!(behind.next(), Some(':' | '.' | 'h')) && behind.by_ref().take(2).all(|char| char.is_ascii_digit());
    let suffix = || behind.as_str().trim_matches(|char: char| char.is_whitespace() || char == '.').to_lowercase();
    minutes && matches!(suffix().as_str(), "" | "am" | "pm" | "a.m" | "p.m" | "uhr" | "gmt" | "cet")
}
