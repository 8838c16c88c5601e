//! Words and marks of any language, by the rules of Unicode.

use icu_segmenter::{WordSegmenter, WordSegmenterBorrowed, options::WordBreakInvariantOptions};
use onrecord_document::{Document, Interner, Label, Pos, StringId, TokenPlace, TokenRow};
use onrecord_span::{Span, Text};
use std::ops::Range;
use std::sync::LazyLock;

/// UAX #29, with dictionaries for Chinese and Japanese, and statistics for Thai, Lao, Khmer and Burmese.
static WORDS: LazyLock<WordSegmenterBorrowed<'static>> =
    LazyLock::new(|| WordSegmenter::new_auto(WordBreakInvariantOptions::default()));

/// Gives each word and mark of a text to `found`, in order; white space is left out.
pub(super) fn words(text: &str, mut found: impl FnMut(Range<usize>)) {
    let mut start = 0;
    for end in WORDS.segment_str(text) {
        if text.get(start..end).is_some_and(|word| !word.trim().is_empty()) {
            found(start..end);
        }
        start = end;
    }
}

/// The token of such a word.
pub(super) fn row(document: &Document, span: Span<Text>, strings: &mut Interner, index: usize) -> TokenRow {
    let text = document.words(span);
    let lower = text.to_lowercase();
    TokenRow {
        span,
        norm: if lower == text { StringId::AS_WRITTEN } else { strings.add(&lower) },
        lemma: StringId::AS_WRITTEN,
        head: index as u32,
        tag: Label::NONE,
        morph: Label::NONE,
        dep: Label::NONE,
        ent_type: Label::NONE,
        pos: Pos::None,
        place: TokenPlace::default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        let mut found = Vec::new();
        words(text, |range| found.push(&text[range]));
        found
    }

    #[test]
    fn words_and_marks_of_spaced_scripts() {
        assert_eq!(split("Die Fähre sank, sagte er."), ["Die", "Fähre", "sank", ",", "sagte", "er", "."]);
        assert_eq!(split("L’eau coûte 3,50 €"), ["L’eau", "coûte", "3,50", "€"]);
        assert_eq!(split("Паром ударился"), ["Паром", "ударился"]);
        assert_eq!(split(" \n\t"), [""; 0]);
    }

    #[test]
    fn words_of_scripts_without_spaces() {
        assert_eq!(split("港内で船が沈んだ。").last(), Some(&"。"));
        assert!(split("東京都に住んでいます").len() < "東京都に住んでいます".chars().count());
        assert_eq!(split("สวัสดีชาวโลก"), ["สวัสดี", "ชาว", "โลก"]);
    }
}
