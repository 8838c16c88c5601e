//! What a model knows of single words, before they stand in a text.

use super::ids::string_id;
use onrecord_tensors::{NumberTable, StringTable, WeightsFile};
use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};

/// Tells lexicons apart.
static NEXT: AtomicU64 = AtomicU64::new(1);

/// A token of an exception: its letters, and its norm where it has one of its own.
#[derive(Clone, Debug)]
pub(crate) struct ExceptionToken {
    pub orth: String,
    pub norm: Option<String>,
}

/// What a model knows of single words. Shared by all threads; what it gives is remembered by the
/// [`LexemeCache`](super::LexemeCache) of each.
#[derive(Debug)]
pub(crate) struct Lexicon {
    /// Tells it from those of other models.
    pub(super) id: u64,
    /// Numbers in a row of mixed embeddings, which are kept with each word.
    pub(super) row_width: usize,
    /// The tokenizer's exceptions: chunks that are always split in the same way.
    pub(super) exceptions: Vec<Vec<ExceptionToken>>,
    /// Groups of the tokenizer's patterns, by their first word.
    pattern_groups: HashMap<String, u16>,
    /// Numbers of the words that the attribute ruler asks for.
    ruler_words: HashMap<String, u16>,
    /// Norms that are not just the lower-cased word: ids of words, sorted, and the norm of each.
    norms: Option<(NumberTable<u64>, StringTable)>,
}

impl Lexicon {
    /// Puts together what the file, the tokenizer and the attribute ruler know of words.
    pub fn new(
        file: &WeightsFile,
        row_width: usize,
        exceptions: Vec<Vec<ExceptionToken>>,
        pattern_groups: HashMap<String, u16>,
        ruler_words: HashMap<String, u16>,
    ) -> Self {
        let norms = file.numbers("norms/ids").ok().zip(file.strings("norms").ok());
        let id = NEXT.fetch_add(1, Ordering::Relaxed);
        Self { id, row_width, exceptions, pattern_groups, ruler_words, norms }
    }

    /// The norm of a word, where it isn't the lower-cased word.
    pub fn norm(&self, word: &str) -> Option<&str> {
        let (ids, norms) = self.norms.as_ref()?;
        Some(norms.get(ids.binary_search(&string_id(word)).ok()?))
    }

    /// The group of the tokenizer's patterns that begin with a word, counted from 1; 0 for none.
    pub fn pattern_group(&self, word: &str) -> u16 {
        self.pattern_groups.get(word).copied().unwrap_or(0)
    }

    /// The number of a lower-cased word that the attribute ruler asks for; 0 for others.
    pub fn ruler_word(&self, lower: &str) -> u16 {
        self.ruler_words.get(lower).copied().unwrap_or(0)
    }
}
