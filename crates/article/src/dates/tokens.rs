//! Words, numbers and marks of a date.

use std::borrow::Cow;
use std::ops::Range;

/// What a token is.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) enum DateTokenKind {
    /// Digits of any script; a number of more than 18 digits is 0.
    Number { value: u64, digits: u8 },
    /// Letters; a Chinese character is a word by itself.
    Word,
    /// Anything else that is no white space.
    Punct(char),
}

/// One token and where it stands.
#[derive(Clone, Debug)]
pub(super) struct DateToken<'w> {
    pub kind: DateTokenKind,
    pub text: &'w str,
    pub range: Range<usize>,
    pub after_space: bool,
}

impl<'w> DateToken<'w> {
    /// The word in lower case.
    pub fn lower(&self) -> Cow<'w, str> {
        if self.text.chars().any(char::is_uppercase) {
            Cow::Owned(self.text.to_lowercase().replace('\u{307}', ""))
        } else {
            Cow::Borrowed(self.text)
        }
    }
}

/// Whether words have a digit.
pub(super) fn has_digit(words: &str) -> bool {
    words.bytes().any(|byte| byte.is_ascii_digit())
        || !words.is_ascii() && words.chars().any(|char| digit(char).is_some())
}

/// Splits words into tokens.
pub(super) fn tokenize(words: &str) -> Vec<DateToken<'_>> {
    let mut tokens = Vec::new();
    let mut after_space = true;
    let mut at = 0;
    while let Some(first) = words[at..].chars().next() {
        let class = class_of(first);
        let len = match class {
            CharClass::Space => {
                after_space = true;
                at += first.len_utf8();
                continue;
            }
            CharClass::Digit | CharClass::Letter => {
                words[at..].find(|char| class_of(char) != class).unwrap_or(words.len() - at)
            }
            CharClass::Ideograph | CharClass::Mark => first.len_utf8(),
        };
        let text = &words[at..at + len];
        let kind = match class {
            CharClass::Digit => number(text),
            CharClass::Mark => DateTokenKind::Punct(first),
            _ => DateTokenKind::Word,
        };
        tokens.push(DateToken { kind, text, range: at..at + len, after_space });
        after_space = false;
        at += len;
    }
    tokens
}

#[derive(Copy, Clone, PartialEq, Eq)]
enum CharClass {
    Digit,
    Letter,
    Ideograph,
    Space,
    Mark,
}

fn class_of(char: char) -> CharClass {
    if char.is_ascii() {
        return match char {
            '0'..='9' => CharClass::Digit,
            'a'..='z' | 'A'..='Z' => CharClass::Letter,
            _ if char.is_whitespace() => CharClass::Space,
            _ => CharClass::Mark,
        };
    }
    match char {
        _ if digit(char).is_some() => CharClass::Digit,
        _ if char.is_whitespace() || matches!(char, '\u{200E}' | '\u{200F}' | '\u{200B}' | '\u{FEFF}') => {
            CharClass::Space
        }
        'º' | 'ª' => CharClass::Mark,
        '\u{3400}'..='\u{9FFF}' => CharClass::Ideograph,
        // Vowel signs and marks that belong to the words of Indic and Thai script, and the Hebrew mark of abbreviation.
        '\u{900}'..='\u{DFF}' | '\u{E00}'..='\u{E7F}' | '\u{5F3}' | '\u{200C}' => CharClass::Letter,
        '\u{300}'..='\u{36F}' => CharClass::Letter,
        _ if char.is_alphabetic() => CharClass::Letter,
        _ => CharClass::Mark,
    }
}

/// First digits of the scripts whose digits newspapers use; the other nine follow each.
const ZEROS: [char; 9] =
    ['0', '\u{660}', '\u{6F0}', '\u{966}', '\u{9E6}', '\u{AE6}', '\u{E50}', '\u{FF10}', '\u{17E0}'];

fn digit(char: char) -> Option<u32> {
    ZEROS.iter().map(|zero| (char as u32).wrapping_sub(*zero as u32)).find(|value| *value < 10)
}

fn number(text: &str) -> DateTokenKind {
    let digits = text.chars().count();
    let value =
        if digits > 18 { 0 } else { text.chars().filter_map(digit).fold(0, |sum, digit| sum * 10 + u64::from(digit)) };
    DateTokenKind::Number { value, digits: digits.min(255) as u8 }
}
