//! Detects the language of an article from its words.

use crate::lists;
use foldhash::{HashMap, HashSet};
use std::sync::LazyLock;
use whatlang::{Detector, Info, Lang};

/// Characters of text that the detector looks at; more change nothing. It looks at the first few alone, because it takes time and is
/// mostly sure after a few lines.
const SAMPLE: usize = 3_000;
const FIRST: usize = 800;
/// Fewest letters from which a language is detected.
const MIN_LETTERS: usize = 40;

/// Languages that whatlang names and ISO 639-1 has a code for. Origin: the ISO 639 tables.
const CODES: &[(Lang, &str)] = &[
    (Lang::Afr, "af"),
    (Lang::Aka, "ak"),
    (Lang::Amh, "am"),
    (Lang::Ara, "ar"),
    (Lang::Aze, "az"),
    (Lang::Bel, "be"),
    (Lang::Ben, "bn"),
    (Lang::Bul, "bg"),
    (Lang::Cat, "ca"),
    (Lang::Ces, "cs"),
    (Lang::Cmn, "zh"),
    (Lang::Dan, "da"),
    (Lang::Deu, "de"),
    (Lang::Ell, "el"),
    (Lang::Eng, "en"),
    (Lang::Epo, "eo"),
    (Lang::Est, "et"),
    (Lang::Fin, "fi"),
    (Lang::Fra, "fr"),
    (Lang::Guj, "gu"),
    (Lang::Heb, "he"),
    (Lang::Hin, "hi"),
    (Lang::Hrv, "hr"),
    (Lang::Hun, "hu"),
    (Lang::Hye, "hy"),
    (Lang::Ind, "id"),
    (Lang::Ita, "it"),
    (Lang::Jav, "jv"),
    (Lang::Jpn, "ja"),
    (Lang::Kan, "kn"),
    (Lang::Kat, "ka"),
    (Lang::Khm, "km"),
    (Lang::Kor, "ko"),
    (Lang::Lat, "la"),
    (Lang::Lav, "lv"),
    (Lang::Lit, "lt"),
    (Lang::Mal, "ml"),
    (Lang::Mar, "mr"),
    (Lang::Mkd, "mk"),
    (Lang::Mya, "my"),
    (Lang::Nep, "ne"),
    (Lang::Nld, "nl"),
    (Lang::Nob, "no"),
    (Lang::Ori, "or"),
    (Lang::Pan, "pa"),
    (Lang::Pes, "fa"),
    (Lang::Pol, "pl"),
    (Lang::Por, "pt"),
    (Lang::Ron, "ro"),
    (Lang::Rus, "ru"),
    (Lang::Sin, "si"),
    (Lang::Slk, "sk"),
    (Lang::Slv, "sl"),
    (Lang::Sna, "sn"),
    (Lang::Spa, "es"),
    (Lang::Srp, "sr"),
    (Lang::Swe, "sv"),
    (Lang::Tam, "ta"),
    (Lang::Tel, "te"),
    (Lang::Tgl, "tl"),
    (Lang::Tha, "th"),
    (Lang::Tuk, "tk"),
    (Lang::Tur, "tr"),
    (Lang::Ukr, "uk"),
    (Lang::Urd, "ur"),
    (Lang::Uzb, "uz"),
    (Lang::Vie, "vi"),
    (Lang::Yid, "yi"),
    (Lang::Zul, "zu"),
];

/// The language of a text, checked against the page's own label (`lang="en-GB"`, `inLanguage`).
///
/// Returns an ISO 639-1 code and whether it is the label's. A plausible label decides if there are too few words, or if they cannot
/// decide between close relatives such as Norwegian and Danish, or Croatian and Serbian.
pub(crate) fn detect(text: &str, label: Option<&str>) -> Option<(String, bool)> {
    let label = label.map(primary_subtag).filter(|code| code.len() == 2 || code.len() == 3);
    if let Some(label) = label.as_deref().filter(|label| is_plainly(text, label)) {
        return Some((label.to_owned(), true));
    }
    let sample = start(text, SAMPLE);
    let letters = sample.chars().filter(|char| char.is_alphabetic()).count();
    let sure = Detector::new().detect(start(sample, FIRST)).filter(Info::is_reliable);
    let found = sure.or_else(|| Detector::new().detect(sample)).filter(|_| letters >= MIN_LETTERS);
    let code =
        found.as_ref().and_then(|info| CODES.iter().find(|(lang, _)| *lang == info.lang()).map(|(_, code)| *code));
    match (code, label, found) {
        (Some(code), Some(label), _) if code == label => Some((label, true)),
        (Some(code), None, _) => Some((code.to_owned(), false)),
        (Some(code), Some(label), Some(info)) => {
            // The detector is reliable for long texts in languages that it knows; a label that it does not know wins.
            let knows_label = CODES.iter().any(|(_, known)| *known == label);
            match info.is_reliable() && knows_label && letters >= 4 * MIN_LETTERS {
                true => Some((code.to_owned(), false)),
                false => Some((label, true)),
            }
        }
        (_, Some(label), _) => Some((label, true)),
        (None, None, _) => None,
    }
}

/// By language: words that distinguish it from others.
static FUNCTION_WORDS: LazyLock<HashMap<&'static str, HashSet<&'static str>>> = LazyLock::new(|| {
    let rows = lists::rows(include_str!("../data/function_words.txt"));
    rows.map(|(code, words)| (code, words.split(' ').collect())).collect()
});

/// Whether a text is plainly in the language of its label: at least one in eight of its first words is among the most frequent words
/// of that language. Saves asking the detector, which takes a hundred times as long.
///
/// "The ferry struck the breakwater in thick fog on Monday evening, and at least four of the people …" is plainly English.
fn is_plainly(text: &str, label: &str) -> bool {
    /// Words that are looked at; a text must have this many.
    const WORDS: usize = 100;
    /// One word in so many must be a frequent one.
    const ONE_IN: usize = 8;
    /// Bytes of the longest frequent word.
    const LONGEST: usize = 8;
    let Some(known) = FUNCTION_WORDS.get(label) else { return false };
    let mut lower = [0; LONGEST];
    let (mut all, mut found) = (0, 0);
    for word in text.split(|char: char| !char.is_alphabetic()).filter(|word| !word.is_empty()).take(WORDS) {
        all += 1;
        let Some(lower) = lower.get_mut(..word.len()) else { continue };
        lower.copy_from_slice(word.as_bytes());
        lower.make_ascii_lowercase();
        found += usize::from(std::str::from_utf8(lower).is_ok_and(|word| known.contains(word)));
    }
    all == WORDS && found * ONE_IN >= WORDS
}

/// The first characters of a text.
fn start(text: &str, characters: usize) -> &str {
    text.char_indices().nth(characters).map_or(text, |(at, _)| &text[..at])
}

/// `en` of `en-GB`, `no` of `nb` and `nn`, `he` of the old `iw`.
fn primary_subtag(label: &str) -> String {
    let code = label.trim().split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    match code.as_str() {
        "nb" | "nn" => "no".to_owned(),
        "iw" => "he".to_owned(),
        "in" => "id".to_owned(),
        _ => code,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENGLISH: &str = "The ferry struck the breakwater in thick fog on Monday evening, and at least four people \
        died. Rescuers searched the harbour through the night for those who were still missing from the passenger list.";

    #[test]
    fn words_outweigh_a_wrong_label() {
        assert_eq!(detect(ENGLISH, Some("fr-FR")), Some(("en".to_owned(), false)));
        assert_eq!(detect(ENGLISH, Some("en-GB")), Some(("en".to_owned(), true)));
        assert_eq!(detect(ENGLISH, None), Some(("en".to_owned(), false)));
    }

    #[test]
    fn a_text_full_of_its_languages_words_is_plainly_in_it() {
        let german = "Die Fähre prallte am Montagabend in dichtem Nebel auf die Mole, und mindestens vier Menschen starben \
            in den ersten Stunden. ";
        assert!(is_plainly(&ENGLISH.repeat(4), "en"));
        assert!(is_plainly(&german.repeat(6), "de"));
        assert!(!is_plainly(&ENGLISH.repeat(4), "de"));
        assert!(!is_plainly(&german.repeat(6), "en"));
        assert!(!is_plainly(&german.repeat(6), "nl"));
        assert!(!is_plainly("The ferry and the fog.", "en"), "too few words to tell");
        assert!(!is_plainly(&ENGLISH.repeat(4), "sv"), "a language without a list is left to the detector");
        assert!(FUNCTION_WORDS.values().flatten().all(|word| word.len() <= 8));
    }

    #[test]
    fn a_label_decides_where_words_cannot() {
        assert_eq!(detect("Ferry", Some("en")), Some(("en".to_owned(), true)));
        assert_eq!(detect("Ferry", None), None);
    }

    #[test]
    fn scripts_tell_their_languages() {
        let japanese = "海港新報によると、フェリーは月曜日の夜、濃い霧の中で防波堤に衝突し、少なくとも四人が死亡した。救助隊は夜を徹して行方不明者を捜索している。";
        assert_eq!(detect(japanese, None).map(|(code, _)| code).as_deref(), Some("ja"));
    }
}
