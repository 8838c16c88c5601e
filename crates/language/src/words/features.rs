//! What embeddings look at in a word.

use super::chars::{is_alpha, is_digit};

/// Words of so many characters have the shape "LONG".
const LONG: usize = 100;

/// A feature of a word that embeddings are looked up by.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) enum WordFeature {
    Orth,
    Norm,
    Prefix,
    Suffix,
    Shape,
    Space,
    IsSpace,
}

impl WordFeature {
    /// The feature that spaCy calls by this name.
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "ORTH" => Self::Orth,
            "NORM" => Self::Norm,
            "PREFIX" => Self::Prefix,
            "SUFFIX" => Self::Suffix,
            "SHAPE" => Self::Shape,
            "SPACY" => Self::Space,
            "IS_SPACE" => Self::IsSpace,
            _ => return None,
        })
    }
}

/// Lower case, as Python computes it.
pub(crate) fn lower(word: &str) -> String {
    if word.is_ascii() { word.to_ascii_lowercase() } else { word.to_lowercase() }
}

/// "Xxxxx" for "London": what kind of letter or digit stands where, at most four of one kind in a row.
pub(super) fn shape(word: &str) -> String {
    if word.chars().nth(LONG - 1).is_some() {
        return "LONG".to_owned();
    }
    let mut shape = String::with_capacity(word.len());
    let (mut last, mut run) = (None, 0);
    for char in word.chars() {
        let kind = if is_alpha(char) {
            if char.is_uppercase() { 'X' } else { 'x' }
        } else if is_digit(char) {
            'd'
        } else {
            char
        };
        run = if last == Some(kind) { run + 1 } else { 0 };
        last = Some(kind);
        if run < 4 {
            shape.push(kind);
        }
    }
    shape
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_are_those_of_spacy() {
        for (word, expected) in [("London", "Xxxxx"), ("C3PO", "XdXX"), ("10,000", "dd,ddd"), ("…", "…"), ("½²", "½d")]
        {
            assert_eq!(shape(word), expected);
        }
        assert_eq!(shape(&"a".repeat(100)), "LONG");
        assert_eq!(shape(&"a".repeat(99)), "xxxx");
    }
}
