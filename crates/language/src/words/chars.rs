//! Characters as Python sees them, since spaCy's attributes are computed in it.

use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory};

/// `str.isspace` of one character: White_Space and the four separators of ASCII.
pub(crate) fn is_space(char: char) -> bool {
    char.is_whitespace() || matches!(char, '\x1c'..='\x1f')
}

/// `str.isalpha` of one character: of category L.
pub(crate) fn is_alpha(char: char) -> bool {
    if char.is_ascii() {
        char.is_ascii_alphabetic()
    } else {
        char.general_category_group() == GeneralCategoryGroup::Letter
    }
}

/// `str.isdigit` of one character: a decimal digit, or a digit in superscript, a circle and the like.
pub(crate) fn is_digit(char: char) -> bool {
    if char.is_ascii() {
        return char.is_ascii_digit();
    }
    is_decimal(char) || FRAMED_DIGITS.iter().any(|(from, to)| (*from..=*to).contains(&u32::from(char)))
}

/// `str.isdecimal` of one character, and what `\d` is in its regular expressions: of category Nd.
pub(crate) fn is_decimal(char: char) -> bool {
    char.is_ascii_digit()
        || (!char.is_ascii() && char.general_category() == unicode_properties::GeneralCategory::DecimalNumber)
}

/// What `\w` is in Python's regular expressions: a letter, a number or an underscore.
pub(crate) fn is_word(char: char) -> bool {
    if char.is_ascii() {
        return char.is_ascii_alphanumeric() || char == '_';
    }
    matches!(char.general_category_group(), GeneralCategoryGroup::Letter | GeneralCategoryGroup::Number)
}

/// Digits other than decimal digits: Numeric_Type=Digit of the Unicode Character Database.
const FRAMED_DIGITS: [(u32, u32); 20] = [
    (0xb2, 0xb3),
    (0xb9, 0xb9),
    (0x1369, 0x1371),
    (0x19da, 0x19da),
    (0x2070, 0x2070),
    (0x2074, 0x2079),
    (0x2080, 0x2089),
    (0x2460, 0x2468),
    (0x2474, 0x247c),
    (0x2488, 0x2490),
    (0x24ea, 0x24ea),
    (0x24f5, 0x24fd),
    (0x24ff, 0x24ff),
    (0x2776, 0x277e),
    (0x2780, 0x2788),
    (0x278a, 0x2792),
    (0x10a40, 0x10a43),
    (0x10e60, 0x10e68),
    (0x11052, 0x1105a),
    (0x1f100, 0x1f10a),
];
