//! Languages without trained weights: the rules of Unicode (UAX #29), corrected for what they get wrong in news.

use super::trimmed;
use super::words::is_abbreviation;
use icu_segmenter::{SentenceSegmenter, SentenceSegmenterBorrowed, options::SentenceBreakInvariantOptions};
use std::ops::Range;
use std::sync::LazyLock;

static SENTENCES: LazyLock<SentenceSegmenterBorrowed<'static>> =
    LazyLock::new(|| SentenceSegmenter::new(SentenceBreakInvariantOptions::default()));

/// Gives each sentence of `buffer[range]` to `found`, in order.
pub(crate) fn split(buffer: &str, range: Range<usize>, found: &mut dyn FnMut(Range<usize>)) {
    split_with(buffer, range, false, found);
}

/// The same for a language that writes ordinal numbers with a full stop: "am 3. März".
pub(crate) fn split_with_ordinals(buffer: &str, range: Range<usize>, found: &mut dyn FnMut(Range<usize>)) {
    split_with(buffer, range, true, found);
}

fn split_with(buffer: &str, range: Range<usize>, ordinals: bool, found: &mut dyn FnMut(Range<usize>)) {
    let block = &buffer[range.clone()];
    let mut start = 0;
    for end in SENTENCES.segment_str(block) {
        if end > start && (end == block.len() || !goes_on(block, end, ordinals)) {
            trimmed(buffer, range.start + start..range.start + end, found);
            start = end;
        }
    }
}

/// Whether a sentence goes on where Unicode ends it: at the end of a wrapped line, in "J. Doe", "Dr. Weber", "am 3. März".
fn goes_on(block: &str, end: usize, ordinals: bool) -> bool {
    let before = block[..end].trim_end();
    let gap = &block[before.len()..end];
    let wrapped = !before.ends_with(|char: char| !char.is_alphanumeric() && char != ',');
    if gap.contains('\n') && wrapped && gap.matches('\n').count() == 1 {
        return true;
    }
    let Some(before) = before.strip_suffix('.') else { return false };
    let word = before.rsplit(|char: char| char.is_whitespace() || "(„“\"«".contains(char)).next().unwrap_or_default();
    let initial = word.chars().count() == 1 && word.chars().all(char::is_uppercase);
    let number = word.len() <= 2 && !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
    initial || is_abbreviation(word) || (number && ordinals)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sentences::SentenceSplitter;

    fn sentences(text: &str, splitter: SentenceSplitter) -> Vec<&str> {
        let mut found = Vec::new();
        splitter(text, 0..text.len(), &mut |range| found.push(&text[range]));
        found
    }

    #[test]
    fn scripts_have_stops_of_their_own() {
        assert_eq!(sentences("船が着いた。港は静かだ。", split), ["船が着いた。", "港は静かだ。"]);
        assert_eq!(sentences("هل وصلت؟ نعم.", split), ["هل وصلت؟", "نعم."]);
        assert_eq!(sentences("Паром затонул. Шесть погибли.", split), ["Паром затонул.", "Шесть погибли."]);
    }

    #[test]
    fn titles_initials_and_ordinals_end_no_sentence() {
        assert_eq!(sentences("Am 3. März kam Dr. Weber mit J. Adler. Es war spät.", split_with_ordinals).len(), 2);
        assert_eq!(sentences("Costó 3. Mucho.", split).len(), 2);
    }

    #[test]
    fn a_wrapped_line_ends_no_sentence() {
        assert_eq!(sentences("Die Fähre lief\nam Abend aus. Sie sank.", split_with_ordinals).len(), 2);
    }
}
