//! The words that one thread has met, with everything that depends on the word alone.

use super::chars::is_space;
use super::features::{WordFeature, lower, shape};
use super::ids::string_id;
use super::lexicon::{ExceptionToken, Lexicon};
use super::pool::{StringPool, TextId};
use crate::parse::WordId;
use std::collections::HashMap;

/// Number of a lexeme in a [`LexemeCache`].
pub(crate) type LexemeId = u32;

/// No lexeme, no row, no chunk yet.
pub(crate) const NOT_YET: u32 = u32::MAX;

/// How many strings are kept between texts, and how many bytes of them. Beyond that, a thread forgets what it has met.
const MAX_STRINGS: usize = 48 * 1024;
const MAX_STRING_BYTES: usize = 4 << 20;
/// How many rows of embeddings are kept between texts: 12 MB of them.
const MAX_ROWS: usize = 32 * 1024;

/// What depends on a word alone. A token of an exception with a norm of its own is a lexeme of its own.
#[derive(Clone, Debug)]
pub(crate) struct Lexeme {
    pub text: TextId,
    pub norm: TextId,
    /// The number of the lower-cased word among those that the attribute ruler asks for; 0 for others.
    pub ruler_word: u16,
    /// The group of the tokenizer's patterns that begin with this word, counted from 1; 0 for none.
    pub pattern: u16,
    pub is_space: bool,
    /// Bytes of the word.
    pub length: u32,
    /// Rows of the mixed embeddings: the shared network's without and with a space after, then the entity network's.
    pub rows: [u32; 3],
    /// The lemma that was asked for last, with the part of speech and morphology that it is for.
    pub lemma: (u32, TextId),
}

/// The words that one thread has met.
#[derive(Debug, Default)]
pub(crate) struct LexemeCache {
    /// Id of the lexicon that the words were looked up in.
    lexicon: u64,
    strings: StringPool,
    lexemes: Vec<Lexeme>,
    /// The lexeme of a string, and where its tokens are, if it has been a chunk: first and count in `chunks`.
    of_string: Vec<(LexemeId, u32, u32)>,
    /// Tokens of chunks.
    pub chunks: Vec<LexemeId>,
    /// The tokens of the model's exceptions, in its order.
    pub exceptions: Vec<Vec<LexemeId>>,
    /// Width of a row.
    width: usize,
    rows: Vec<f32>,
    /// Lemmas by lexeme, part of speech and morphology.
    lemmas: HashMap<(LexemeId, u32), TextId>,
    /// For each string, the last parse that it became a word of, and which word it is there.
    words: Vec<(u64, WordId)>,
}

impl LexemeCache {
    /// Gets ready for a text: forgets everything if the model is another one, or if too much has been met.
    pub fn prepare(&mut self, lexicon: &Lexicon) {
        let full = self.strings.len() > MAX_STRINGS || self.strings.bytes() > MAX_STRING_BYTES;
        if self.lexicon == lexicon.id && !full {
            return;
        }
        *self = Self { lexicon: lexicon.id, width: lexicon.row_width, ..Self::default() };
        for tokens in &lexicon.exceptions {
            let lexeme = |token: &ExceptionToken| match &token.norm {
                Some(norm) => self.exception_lexeme(lexicon, &token.orth, norm),
                None => self.lexeme(lexicon, &token.orth),
            };
            let tokens: Vec<LexemeId> = tokens.iter().map(lexeme).collect();
            self.exceptions.push(tokens);
        }
    }

    /// A lexeme.
    pub fn get(&self, id: LexemeId) -> &Lexeme {
        &self.lexemes[id as usize]
    }

    /// A lexeme, to change it.
    pub fn get_mut(&mut self, id: LexemeId) -> &mut Lexeme {
        &mut self.lexemes[id as usize]
    }

    /// The letters of a lexeme.
    pub fn text(&self, id: LexemeId) -> &str {
        self.strings.get(self.get(id).text)
    }

    /// The number of a string.
    pub fn intern(&mut self, string: &str) -> TextId {
        let id = self.strings.intern(string);
        if self.of_string.len() < self.strings.len() {
            self.of_string.resize(self.strings.len(), (NOT_YET, NOT_YET, 0));
        }
        id
    }

    /// The tokens of a chunk that has been met before.
    pub fn chunk(&self, string: TextId) -> Option<std::ops::Range<usize>> {
        let (_, start, count) = self.of_string[string as usize];
        (start != NOT_YET).then(|| start as usize..(start + count) as usize)
    }

    /// Remembers the tokens of a chunk.
    pub fn remember(&mut self, string: TextId, tokens: &[LexemeId]) {
        let start = u32::try_from(self.chunks.len()).unwrap_or(NOT_YET);
        self.chunks.extend_from_slice(tokens);
        let of = &mut self.of_string[string as usize];
        (of.1, of.2) = (start, u32::try_from(tokens.len()).unwrap_or(0));
    }

    /// The lexeme of a word.
    pub fn lexeme(&mut self, lexicon: &Lexicon, word: &str) -> LexemeId {
        let text = self.intern(word);
        let known = self.of_string[text as usize].0;
        if known != NOT_YET {
            return known;
        }
        let lower = lower(word);
        let norm = self.intern(lexicon.norm(word).unwrap_or(&lower));
        let id = u32::try_from(self.lexemes.len()).unwrap_or(NOT_YET);
        self.lexemes.push(Lexeme {
            text,
            norm,
            ruler_word: lexicon.ruler_word(&lower),
            pattern: lexicon.pattern_group(word),
            is_space: word.chars().all(is_space),
            length: u32::try_from(word.len()).unwrap_or(u32::MAX),
            rows: [NOT_YET; 3],
            lemma: (NOT_YET, 0),
        });
        self.of_string[text as usize].0 = id;
        id
    }

    fn exception_lexeme(&mut self, lexicon: &Lexicon, word: &str, norm: &str) -> LexemeId {
        let orth = self.lexeme(lexicon, word);
        let norm = self.intern(norm);
        let lexeme = Lexeme { norm, ..self.get(orth).clone() };
        self.lexemes.push(lexeme);
        u32::try_from(self.lexemes.len() - 1).unwrap_or(NOT_YET)
    }

    /// The value of a feature that embeddings are looked up by.
    pub fn feature(&self, lexeme: LexemeId, column: WordFeature, space_after: bool) -> u64 {
        let entry = self.get(lexeme);
        let word = self.strings.get(entry.text);
        match column {
            WordFeature::Orth => string_id(word),
            WordFeature::Norm => string_id(self.strings.get(entry.norm)),
            WordFeature::Prefix => string_id(&word[..word.chars().next().map_or(0, char::len_utf8)]),
            WordFeature::Suffix => {
                let start = word.char_indices().rev().nth(2).map_or(0, |(at, _)| at);
                string_id(&word[start..])
            }
            WordFeature::Shape => string_id(&shape(word)),
            WordFeature::Space => u64::from(space_after),
            WordFeature::IsSpace => u64::from(entry.is_space),
        }
    }

    /// The lemma of a lexeme for a part of speech and morphology; `find` works it out the first time.
    pub fn lemma(&mut self, lexeme: LexemeId, key: u32, find: impl FnOnce(&str) -> String) -> TextId {
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
            self.lexemes.iter_mut().for_each(|lexeme| lexeme.rows = [NOT_YET; 3]);
        }
    }

    /// Adds rows, and returns the number of the first.
    pub fn add_rows(&mut self, rows: &[f32]) -> u32 {
        let first = self.rows.len() / self.width.max(1);
        self.rows.extend_from_slice(rows);
        u32::try_from(first).unwrap_or(NOT_YET)
    }

    /// The word that a string is in a parse; `add` makes it the first time.
    pub fn word(&mut self, parse: u64, string: TextId, add: impl FnOnce(&str) -> WordId) -> WordId {
        let at = string as usize;
        if self.words.len() <= at {
            self.words.resize(self.strings.len(), (0, WordId(0)));
        }
        if self.words[at].0 != parse {
            self.words[at] = (parse, add(self.strings.get(string)));
        }
        self.words[at].1
    }
}
