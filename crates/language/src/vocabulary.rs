//! The words that one thread has met, with everything that hangs on the word alone.

use crate::chars::{is_alpha, is_digit, is_space};
use crate::hash::string_id;
use crate::model::Model;
use crate::parse::Word;
use crate::strings::{StringId, Strings};
use crate::words;
use std::collections::HashMap;

/// Number of a lexeme in a [`Vocabulary`].
pub(crate) type LexemeId = u32;

/// No lexeme, no row, no chunk yet.
pub(crate) const NONE: u32 = u32::MAX;

/// How many strings are kept between texts, and how many bytes of them: then a thread forgets what it has met.
const MAX_STRINGS: usize = 48 * 1024;
const MAX_STRING_BYTES: usize = 4 << 20;
/// How many rows of embeddings are kept between texts: 12 MB of them.
const MAX_ROWS: usize = 32 * 1024;
/// Characters from which on a word has the shape "LONG".
const LONG: usize = 100;

/// What hangs on a word alone. An exception's token with a norm of its own is a lexeme of its own.
#[derive(Clone, Debug)]
pub(crate) struct Lexeme {
    pub text: StringId,
    pub norm: StringId,
    /// The lower-cased word's number among the words that the attribute ruler asks for; 0 for others.
    pub ruler_word: u16,
    /// The first of the tokenizer's patterns that begin with this word, if any.
    pub pattern: u16,
    pub is_space: bool,
    /// Bytes of the word.
    pub length: u32,
    /// Rows of the mixed embeddings: shared, without and with a space after; names.
    pub rows: [u32; 3],
    /// The lemma that was last asked for: its part of speech and morphology, and the lemma.
    pub lemma: (u32, StringId),
}

/// The words that one thread has met.
#[derive(Debug, Default)]
pub(crate) struct Vocabulary {
    model: u64,
    strings: Strings,
    lexemes: Vec<Lexeme>,
    /// The lexeme of a string, and where its tokens as a chunk stand, if it has been one.
    of_string: Vec<(LexemeId, u32, u32)>,
    /// Tokens of chunks.
    pub chunks: Vec<LexemeId>,
    /// The tokens of the model's exceptions, in its order.
    pub exceptions: Vec<Vec<LexemeId>>,
    /// Width of a row.
    width: usize,
    rows: Vec<f32>,
    /// Lemmas by lexeme, part of speech and morphology.
    lemmas: HashMap<(LexemeId, u32), StringId>,
    /// For each string, the parse that it was last made a word of, and which word.
    words: Vec<(u64, Word)>,
}

impl Vocabulary {
    /// Makes ready for a text: forgets all when the model is another or too much has been met.
    pub fn prepare(&mut self, model: &Model) {
        let full = self.strings.len() > MAX_STRINGS || self.strings.bytes() > MAX_STRING_BYTES;
        if self.model == model.id && !full {
            return;
        }
        *self = Self { model: model.id, width: model.width(), ..Self::default() };
        for tokens in &model.tokenizer.exceptions {
            let lexeme = |token: &words::ExceptionToken| match &token.norm {
                Some(norm) => self.exception_lexeme(model, &token.orth, norm),
                None => self.lexeme(model, &token.orth),
            };
            let tokens: Vec<LexemeId> = tokens.iter().map(lexeme).collect();
            self.exceptions.push(tokens);
        }
    }

    /// A lexeme.
    pub fn get(&self, id: LexemeId) -> &Lexeme {
        &self.lexemes[id as usize]
    }

    /// A lexeme, to be changed.
    pub fn get_mut(&mut self, id: LexemeId) -> &mut Lexeme {
        &mut self.lexemes[id as usize]
    }

    /// The letters of a lexeme.
    pub fn text(&self, id: LexemeId) -> &str {
        self.strings.get(self.get(id).text)
    }

    /// The number of a string.
    pub fn intern(&mut self, string: &str) -> StringId {
        let id = self.strings.intern(string);
        if self.of_string.len() < self.strings.len() {
            self.of_string.resize(self.strings.len(), (NONE, NONE, 0));
        }
        id
    }

    /// The tokens of a chunk that has been met before.
    pub fn chunk(&self, string: StringId) -> Option<std::ops::Range<usize>> {
        let (_, start, count) = self.of_string[string as usize];
        (start != NONE).then(|| start as usize..(start + count) as usize)
    }

    /// Remembers the tokens of a chunk.
    pub fn remember(&mut self, string: StringId, tokens: &[LexemeId]) {
        let start = u32::try_from(self.chunks.len()).unwrap_or(NONE);
        self.chunks.extend_from_slice(tokens);
        let of = &mut self.of_string[string as usize];
        (of.1, of.2) = (start, u32::try_from(tokens.len()).unwrap_or(0));
    }

    /// The lexeme of a word.
    pub fn lexeme(&mut self, model: &Model, word: &str) -> LexemeId {
        let text = self.intern(word);
        let known = self.of_string[text as usize].0;
        if known != NONE {
            return known;
        }
        let lower = lower(word);
        let norm = self.intern(words::norm(&model.file, word).unwrap_or(&lower));
        let id = u32::try_from(self.lexemes.len()).unwrap_or(NONE);
        self.lexemes.push(Lexeme {
            text,
            norm,
            ruler_word: model.ruler.word(&lower),
            pattern: model.tokenizer.pattern_of(word),
            is_space: word.chars().all(is_space),
            length: u32::try_from(word.len()).unwrap_or(u32::MAX),
            rows: [NONE; 3],
            lemma: (NONE, 0),
        });
        self.of_string[text as usize].0 = id;
        id
    }

    fn exception_lexeme(&mut self, model: &Model, word: &str, norm: &str) -> LexemeId {
        let orth = self.lexeme(model, word);
        let norm = self.intern(norm);
        let lexeme = Lexeme { norm, ..self.get(orth).clone() };
        self.lexemes.push(lexeme);
        u32::try_from(self.lexemes.len() - 1).unwrap_or(NONE)
    }

    /// The values of the attributes that embeddings read, by name.
    pub fn feature(&self, lexeme: LexemeId, column: Column, space_after: bool) -> u64 {
        let entry = self.get(lexeme);
        let word = self.strings.get(entry.text);
        match column {
            Column::Orth => string_id(word),
            Column::Norm => string_id(self.strings.get(entry.norm)),
            Column::Prefix => string_id(&word[..word.chars().next().map_or(0, char::len_utf8)]),
            Column::Suffix => {
                let start = word.char_indices().rev().nth(2).map_or(0, |(at, _)| at);
                string_id(&word[start..])
            }
            Column::Shape => string_id(&shape(word)),
            Column::Space => u64::from(space_after),
            Column::IsSpace => u64::from(entry.is_space),
        }
    }

    /// The lemma of a lexeme for a part of speech and morphology, worked out by `find` the first time.
    pub fn lemma(&mut self, lexeme: LexemeId, key: u32, find: impl FnOnce(&str) -> String) -> StringId {
        let (known, lemma) = self.get(lexeme).lemma;
        if known == key {
            return lemma;
        }
        let lemma = match self.lemmas.get(&(lexeme, key)) {
            Some(lemma) => *lemma,
            None => {
                let lemma = find(self.text(lexeme));
                let lemma = self.intern(&lemma);
                self.lemmas.insert((lexeme, key), lemma);
                lemma
            }
        };
        self.get_mut(lexeme).lemma = (key, lemma);
        lemma
    }

    /// A row of mixed embeddings.
    pub fn row(&self, at: u32) -> &[f32] {
        let start = at as usize * self.width;
        &self.rows[start..start + self.width]
    }

    /// Forgets rows when there are too many.
    pub fn trim_rows(&mut self) {
        if self.rows.len() > MAX_ROWS * self.width {
            self.rows.clear();
            self.lexemes.iter_mut().for_each(|lexeme| lexeme.rows = [NONE; 3]);
        }
    }

    /// Adds rows; gives the number of the first.
    pub fn add_rows(&mut self, rows: &[f32]) -> u32 {
        let first = self.rows.len() / self.width.max(1);
        self.rows.extend_from_slice(rows);
        u32::try_from(first).unwrap_or(NONE)
    }

    /// The word of a string in the parse of that number, made by `add` the first time.
    pub fn word(&mut self, parse: u64, string: StringId, add: impl FnOnce(&str) -> Word) -> Word {
        let at = string as usize;
        if self.words.len() <= at {
            self.words.resize(self.strings.len(), (0, Word(0)));
        }
        if self.words[at].0 != parse {
            self.words[at] = (parse, add(self.strings.get(string)));
        }
        self.words[at].1
    }
}

/// An attribute that embeddings read.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) enum Column {
    Orth,
    Norm,
    Prefix,
    Suffix,
    Shape,
    Space,
    IsSpace,
}

impl Column {
    /// The attribute of spaCy's name.
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

/// Lower case, as Python has it.
pub(crate) fn lower(word: &str) -> String {
    if word.is_ascii() { word.to_ascii_lowercase() } else { word.to_lowercase() }
}

/// "Xxxxx" for "London": letters and digits by kind, at most four of one kind in a row.
fn shape(word: &str) -> String {
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
