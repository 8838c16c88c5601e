//! Tokens of one block: words and marks with what the word lists know of them.

use super::lexicon::{ADVERB, Cue, Flags, Lexicon, LexiconEntry, ORGANISATION, ORGANISATION_NAME};
use std::ops::Range;

/// What a token is by its looks.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// "harbour": letters, the first of them small.
    Lower,
    /// "Harbour", "MAB", "U.N.": the first letter is a capital.
    Capital,
    /// "36", "3,500", "10th".
    Digits,
    /// A comma.
    Comma,
    /// "." "?" "!" "…" outside quotations: the sentence may end here.
    Stop,
    /// A colon.
    Colon,
    /// A semicolon.
    Semicolon,
    /// A dash between words.
    Dash,
    /// "(" or "[".
    Open,
    /// ")" or "]".
    Close,
    /// Anything else.
    Other,
    /// A whole quotation part, by its index in the block's list of parts.
    Mark(u32),
}

/// One token.
#[derive(Copy, Clone, Debug)]
pub(crate) struct LexicalToken {
    pub start: u32,
    pub end: u32,
    pub shape: Shape,
    pub flags: Flags,
    pub cue: Option<Cue>,
    pub number: Option<u32>,
}

impl LexicalToken {
    /// What is no word: a mark, or a whole quotation.
    fn mark(start: usize, end: usize, shape: Shape) -> Self {
        LexicalToken { start: start as u32, end: end as u32, shape, flags: 0, cue: None, number: None }
    }

    pub(crate) fn has(&self, flags: Flags) -> bool {
        self.flags & flags != 0
    }

    pub(crate) fn is_word(&self) -> bool {
        matches!(self.shape, Shape::Lower | Shape::Capital | Shape::Digits)
    }

    pub(crate) fn text<'a>(&self, buffer: &'a str) -> &'a str {
        &buffer[self.start as usize..self.end as usize]
    }
}

/// About how many bytes a token takes, with the space before it.
const BYTES_PER_TOKEN: usize = 6;

/// Longest word that is looked up, in bytes: longer ones stand in no list.
const LONGEST_WORD: usize = 32;

/// Tokens of `buffer[range]`, each of the given quotation parts (sorted, apart from each other) being one token.
pub(crate) fn tokenize(
    buffer: &str,
    range: Range<usize>,
    parts: &[Range<usize>],
    lexicon: &Lexicon,
) -> Vec<LexicalToken> {
    let tokens = Vec::with_capacity(range.len() / BYTES_PER_TOKEN + 1);
    let mut tokenizer = Tokenizer { buffer, lexicon, tokens, lower: String::with_capacity(LONGEST_WORD) };
    let mut at = range.start;
    for (index, part) in parts.iter().enumerate() {
        tokenizer.plain(at..part.start);
        tokenizer.tokens.push(LexicalToken::mark(part.start, part.end, Shape::Mark(index as u32)));
        at = part.end;
    }
    tokenizer.plain(at..range.end);
    tokenizer.tokens
}

struct Tokenizer<'a> {
    buffer: &'a str,
    lexicon: &'a Lexicon,
    tokens: Vec<LexicalToken>,
    /// The word that is looked up, in lower case.
    lower: String,
}

impl Tokenizer<'_> {
    fn plain(&mut self, range: Range<usize>) {
        let Some(text) = self.buffer.get(range.clone()) else { return };
        let mut chars = text.char_indices().peekable();
        while let Some((offset, char)) = chars.next() {
            let start = range.start + offset;
            if char.is_whitespace() {
                continue;
            }
            let mut end = start + char.len_utf8();
            if char.is_alphanumeric() {
                while let Some(&(next_offset, next)) = chars.peek() {
                    let next_start = range.start + next_offset;
                    let after = text[next_offset + next.len_utf8()..].chars().next();
                    if !next.is_alphanumeric() && !joins(next, after, &self.buffer[start..end]) {
                        break;
                    }
                    end = next_start + next.len_utf8();
                    chars.next();
                }
                self.word(start, end, char);
                continue;
            }
            let shape = match char {
                ',' => Shape::Comma,
                '.' | '?' | '!' | '…' => Shape::Stop,
                ':' => Shape::Colon,
                ';' => Shape::Semicolon,
                '–' | '—' | '-' | '―' => Shape::Dash,
                '(' | '[' => Shape::Open,
                ')' | ']' => Shape::Close,
                _ => Shape::Other,
            };
            self.tokens.push(LexicalToken::mark(start, end, shape));
        }
    }

    fn word(&mut self, start: usize, end: usize, first: char) {
        let text = &self.buffer[start..end];
        let shape = if first.is_uppercase() {
            Shape::Capital
        } else if first.is_numeric() {
            Shape::Digits
        } else {
            Shape::Lower
        };
        self.lower.clear();
        if text.len() <= LONGEST_WORD {
            self.lower.extend(text.chars().flat_map(char::to_lowercase));
        }
        let mut entry = self.lexicon.look_up(&self.lower);
        if shape == Shape::Capital && entry.flags & ORGANISATION_NAME != 0 {
            entry.flags |= ORGANISATION;
        }
        if shape == Shape::Digits {
            entry.number = text.replace(',', "").parse().ok();
        }
        if entry.flags == 0 && shape == Shape::Lower && self.lexicon.is_adverb(text) {
            entry.flags = ADVERB;
        }
        let LexiconEntry { flags, cue, number } = entry;
        self.tokens.push(LexicalToken { start: start as u32, end: end as u32, shape, flags, cue, number });
    }
}

/// Whether a mark inside or behind a word belongs to it: "Secretary-General", "Ukraine’s", "3,500", "U.S.", "Mr.".
fn joins(mark: char, after: Option<char>, word: &str) -> bool {
    let inner = after.is_some_and(char::is_alphanumeric);
    match mark {
        '\'' | '’' | '-' | '‑' | '_' | '@' | '&' => inner,
        '.' => inner || is_abbreviated(word),
        ',' => after.is_some_and(|next| next.is_ascii_digit()) && word.ends_with(|last: char| last.is_ascii_digit()),
        _ => false,
    }
}

/// "U.S" and "J" before a full stop, and titles: "Mr", "Gov".
fn is_abbreviated(word: &str) -> bool {
    let initials =
        word.split('.').all(|part| part.len() == 1 && part.starts_with(|char: char| char.is_ascii_uppercase()));
    initials || onrecord_language::is_abbreviation(word)
}

/// A word without a possessive ending.
pub(crate) fn bare(word: &str) -> &str {
    word.trim_end_matches("’s").trim_end_matches("'s").trim_end_matches(['’', '\''])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<&str> {
        tokenize(text, 0..text.len(), &[], &Lexicon::default()).iter().map(|token| token.text(text)).collect()
    }

    #[test]
    fn names_and_numbers_stay_whole() {
        assert_eq!(
            texts("U.N. Secretary-General J. Doe, Ukraine’s 3,500 men."),
            ["U.N.", "Secretary-General", "J.", "Doe", ",", "Ukraine’s", "3,500", "men", "."]
        );
        assert_eq!(texts("Mr. Rourke spoke."), ["Mr.", "Rourke", "spoke", "."]);
    }

    #[test]
    fn a_quotation_is_one_token() {
        let text = "He said, “Go on.” Then";
        let quotation = text.find('“').unwrap()..text.find(" Then").unwrap();
        let tokens = tokenize(text, 0..text.len(), &[quotation], &Lexicon::default());
        assert_eq!(tokens[3].shape, Shape::Mark(0));
        assert_eq!(tokens[4].text(text), "Then");
    }
}
