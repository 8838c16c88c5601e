//! Words without case and accents.

use unicode_normalization::char::decompose_compatible;

/// Adds a character in lower case and without its accents to `out`: `É` as `e`, `ø` as `o`, `ß` as `ss`.
///
/// Marks that make another letter stay (й, ї, が, Devanagari vowels); vowel points of Arabic and Hebrew go, as papers leave
/// them out at will; letters that keyboards confuse (ى is not ي, but ی is) are one.
pub(crate) fn push_folded(char: char, out: &mut String) {
    if char.is_ascii() {
        return out.push(char.to_ascii_lowercase());
    }
    for lower in char.to_lowercase() {
        match lower {
            'й' | 'ї' | 'ў' => out.push(lower),
            'æ' => out.push_str("ae"),
            'œ' => out.push_str("oe"),
            'ß' => out.push_str("ss"),
            'þ' => out.push_str("th"),
            'ø' => out.push('o'),
            'ł' => out.push('l'),
            'đ' | 'ð' => out.push('d'),
            'ħ' => out.push('h'),
            'ı' => out.push('i'),
            'ς' => out.push('σ'),
            'ی' => out.push('ي'),
            'ک' => out.push('ك'),
            // Whole characters of East and South-East Asia; only their half and full width forms are decomposed.
            '\u{0E00}'..='\u{109F}' | '\u{1780}'..='\u{17FF}' | '\u{2E80}'..='\u{D7FF}' => out.push(lower),
            lower => decompose_compatible(lower, |part| {
                if !is_accent(part) {
                    out.push(part);
                }
            }),
        }
    }
}

/// A word without case and accents.
pub fn folded(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    word.chars().for_each(|char| push_folded(char, &mut out));
    out
}

/// Marks that a reader may leave out: accents, points of Hebrew and Arabic, the Arabic stretch, joiners, soft hyphens.
fn is_accent(char: char) -> bool {
    matches!(char,
        '\u{0300}'..='\u{036F}'
        | '\u{0591}'..='\u{05C7}'
        | '\u{0640}'
        | '\u{064B}'..='\u{065F}'
        | '\u{0670}'
    ) || is_invisible(char)
}

/// Characters inside words that nobody sees.
pub(crate) fn is_invisible(char: char) -> bool {
    matches!(char, '\u{00AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::folded;

    #[test]
    fn accents_and_case_are_folded_in_many_scripts() {
        for (written, expected) in [
            ("Élysée", "elysee"),
            ("Łódź", "lodz"),
            ("Straße", "strasse"),
            ("İzmir", "izmir"),
            ("Søren", "soren"),
            ("Ёлка", "елка"),
            ("ΆΘΛΟΣ", "αθλοσ"),
            ("הַסְפִינָה", "הספינה"),
            ("السَّفِينَة", "السفينة"),
            ("إسرائيل", "اسراييل"),
            ("ﬁnance", "finance"),
            ("co\u{AD}operate", "cooperate"),
        ] {
            assert_eq!(folded(written), expected, "{written}");
        }
    }

    #[test]
    fn letters_that_are_letters_of_their_own_stay() {
        for word in ["район", "київ", "が", "서울", "हिन्दी", "กรุงเทพ"] {
            assert_eq!(folded(word), word);
        }
        assert_ne!(folded("й"), folded("и"));
    }
}
