//! What is known of each language: one pack each, in one table.
//!
//! To add a language, add a file beside [`english`](self) with its [`LanguagePack`], and a row to [`LANGUAGES`]. The tests of
//! this module have an invented language to copy from. A language that is not in the table gets words, sentences by the rules
//! of Unicode, and a note that there is no model.

mod english;
mod pack;

pub use pack::LanguagePack;

use crate::sentences::unicode;
use onrecord_document::Document;

/// The language of a document that neither states one nor has had one detected.
pub const USUAL: &str = english::PACK.code;

/// The languages of which anything is known, English first.
pub const LANGUAGES: &[LanguagePack] = &[
    english::PACK,
    dotted_ordinals("de"),
    dotted_ordinals("da"),
    dotted_ordinals("no"),
    dotted_ordinals("nb"),
    dotted_ordinals("fi"),
    dotted_ordinals("et"),
    dotted_ordinals("lv"),
    dotted_ordinals("cs"),
    dotted_ordinals("sk"),
    dotted_ordinals("sl"),
    dotted_ordinals("hr"),
    dotted_ordinals("sr"),
    dotted_ordinals("bs"),
    dotted_ordinals("hu"),
    dotted_ordinals("pl"),
    dotted_ordinals("is"),
];

/// What any other language gets.
const OTHER: LanguagePack = LanguagePack { code: "", model: None, sentences: unicode::split };

/// A language without a model that writes ordinal numbers with a full stop ("am 3. März"), according to its orthography.
const fn dotted_ordinals(code: &'static str) -> LanguagePack {
    LanguagePack { code, model: None, sentences: unicode::split_with_ordinals }
}

/// The language that a document is read in: the one that it states or that was detected, else [`USUAL`].
pub fn language_of(document: &Document) -> &str {
    document.fields.language.as_ref().map_or(USUAL, |language| language.value.split(['-', '_']).next().unwrap_or(USUAL))
}

/// What is known of a document's language.
pub fn pack_of(document: &Document) -> &'static LanguagePack {
    find(LANGUAGES, language_of(document))
}

/// The pack with a code in a table, else that of other languages.
fn find(table: &'static [LanguagePack], code: &str) -> &'static LanguagePack {
    table.iter().find(|pack| pack.code == code).unwrap_or(&OTHER)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An invented language to copy from: its sentences end with a bar.
    mod invented {
        use crate::languages::LanguagePack;
        use std::ops::Range;

        /// A code that ISO 639 reserves for private use.
        pub const PACK: LanguagePack = LanguagePack { code: "qaa", model: None, sentences: split };

        fn split(buffer: &str, range: Range<usize>, found: &mut dyn FnMut(Range<usize>)) {
            let mut start = range.start;
            for sentence in buffer[range].split_inclusive('|') {
                let white = sentence.len() - sentence.trim_start().len();
                found(start + white..start + sentence.trim_end().len());
                start += sentence.len();
            }
        }
    }

    #[test]
    fn a_language_is_a_file_and_a_row() {
        const TABLE: &[LanguagePack] = &[english::PACK, invented::PACK];
        let text = "Tiro falu | Es nav| Il";
        let mut sentences = Vec::new();
        (find(TABLE, "qaa").sentences)(text, 0..text.len(), &mut |range| sentences.push(&text[range]));
        assert_eq!(sentences, ["Tiro falu |", "Es nav|", "Il"]);
    }

    #[test]
    fn each_language_has_one_row_and_others_are_read_by_unicode() {
        for pack in LANGUAGES {
            assert_eq!(LANGUAGES.iter().filter(|other| other.code == pack.code).count(), 1, "{}", pack.code);
        }
        assert_eq!(LANGUAGES[0].code, USUAL);
        assert!(find(LANGUAGES, "en").model.is_some());
        assert!(find(LANGUAGES, "tlh").model.is_none());
    }
}
