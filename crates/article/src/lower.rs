//! Lower case, quick for ASCII.

/// Adds the lower case of a character, as [`char::to_lowercase`] has it.
#[inline]
pub(crate) fn push_lower(out: &mut String, char: char) {
    if char.is_ascii() {
        out.push(char.to_ascii_lowercase());
    } else {
        out.extend(char.to_lowercase());
    }
}

/// A bit for each of the letters `a` to `z` that lower-case words have: words without a letter of a phrase do not have the
/// phrase.
pub(crate) fn letters(words: &str) -> u32 {
    words.bytes().filter(u8::is_ascii_lowercase).fold(0, |letters, byte| letters | 1 << (byte - b'a'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_is_lowered_as_unicode_says() {
        for char in ('\0'..='\u{2FFF}').chain('\u{A000}'..='\u{1FFFF}') {
            let mut out = String::new();
            push_lower(&mut out, char);
            assert!(out.chars().eq(char.to_lowercase()), "{char:?}");
        }
    }
}
