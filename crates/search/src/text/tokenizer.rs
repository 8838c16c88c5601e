//! The words of a text as the index asks for them.

use super::{Stem, Stems, Word, WordKind, Words};
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

/// A text with the letter of its stemmer before it, as the tokenizers of this module want it.
pub(crate) fn marked_value(stem: Stem, text: &str) -> String {
    let mut value = String::with_capacity(text.len() + 1);
    value.push(stem.letter());
    value.push_str(text);
    value
}

/// The letter and the text of a marked value.
fn parts(value: &str) -> (Stem, &str) {
    match value.as_bytes().first() {
        Some(letter) if letter.is_ascii() => (Stem::of_letter(*letter), &value[1..]),
        _ => (Stem::NONE, value),
    }
}

/// Words by their stems.
#[derive(Clone, Default)]
pub(crate) struct StemTokens {
    stems: Stems,
    word: Word,
    token: Token,
}

impl Tokenizer for StemTokens {
    type TokenStream<'a> = StemStream<'a>;

    fn token_stream<'a>(&'a mut self, value: &'a str) -> StemStream<'a> {
        let (stem, text) = parts(value);
        self.token.reset();
        StemStream { words: Words::of(text), stem, tokens: self }
    }
}

pub(crate) struct StemStream<'a> {
    words: Words<'a>,
    stem: Stem,
    tokens: &'a mut StemTokens,
}

impl TokenStream for StemStream<'_> {
    fn advance(&mut self) -> bool {
        let StemTokens { stems, word, token } = &mut *self.tokens;
        if !self.words.next_into(word) {
            return false;
        }
        stems.term(self.stem, word, &mut token.text);
        place(token, word);
        true
    }

    fn token(&self) -> &Token {
        &self.tokens.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.tokens.token
    }
}

/// Words as they are written, without case and accents. Pairs of characters are left out: their stems are the same.
#[derive(Clone, Default)]
pub(crate) struct Forms {
    word: Word,
    token: Token,
}

impl Tokenizer for Forms {
    type TokenStream<'a> = FormStream<'a>;

    fn token_stream<'a>(&'a mut self, value: &'a str) -> FormStream<'a> {
        self.token.reset();
        FormStream { words: Words::of(parts(value).1), tokens: self }
    }
}

pub(crate) struct FormStream<'a> {
    words: Words<'a>,
    tokens: &'a mut Forms,
}

impl TokenStream for FormStream<'_> {
    fn advance(&mut self) -> bool {
        let Forms { word, token } = &mut *self.tokens;
        loop {
            if !self.words.next_into(word) {
                return false;
            }
            if word.kind != WordKind::Pair {
                break;
            }
        }
        std::mem::swap(&mut token.text, &mut word.folded);
        place(token, word);
        true
    }

    fn token(&self) -> &Token {
        &self.tokens.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.tokens.token
    }
}

fn place(token: &mut Token, word: &Word) {
    token.position = word.position;
    token.offset_from = word.bytes.start;
    token.offset_to = word.bytes.end;
}
