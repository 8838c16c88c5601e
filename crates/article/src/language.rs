//! The language an article is written in, from its words.

use whatlang::{Detector, Info, Lang};

/// Characters of text that the detector looks at, and those of them that it looks at first: it costs time, and is
/// mostly sure after a few lines. More than the former changes nothing.
const SAMPLE: usize = 3_000;
const FIRST: usize = 800;
/// Fewest letters that a language is told from.
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
/// Gives an ISO 639-1 code and whether it is the label's: where the words can't decide between close relatives
/// (Norwegian and Danish, Croatian and Serbian), or there are too few, a plausible label does.
pub(crate) fn detect(text: &str, label: Option<&str>) -> Option<(String, bool)> {
    let label = label.map(primary_subtag).filter(|code| code.len() == 2 || code.len() == 3);
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
            // The detector is sure of itself in long texts of a language it knows; a label it doesn't know stands.
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

/// The first so many characters.
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
