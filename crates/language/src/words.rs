//! Words of the model: norms, and the exceptions of the tokenizer.

use crate::file::{ModelError, WeightsFile, wrong};
use crate::hash::string_id;

/// Strings of a table, found by number.
#[derive(Clone, Copy, Debug)]
pub(crate) struct List<'f> {
    letters: &'f [u8],
    ends: &'f [u32],
}

impl<'f> List<'f> {
    pub fn open(file: &'f WeightsFile, name: &str) -> Result<Self, ModelError> {
        let (letters, ends) = (file.bytes(name)?, file.words(&format!("{name}/ends"))?);
        if ends.is_empty() { Err(wrong(name, "says of no string where it ends")) } else { Ok(Self { letters, ends }) }
    }

    pub fn len(self) -> usize {
        self.ends.len() - 1
    }

    /// The string of a number; empty where the table is not sound.
    pub fn get(self, at: usize) -> &'f str {
        std::str::from_utf8(self.bytes(at)).unwrap_or("")
    }

    fn bytes(self, at: usize) -> &'f [u8] {
        let range = self.ends.get(at..at + 2).map(|ends| ends[0] as usize..ends[1] as usize);
        range.and_then(|range| self.letters.get(range)).unwrap_or_default()
    }

    /// Where a string stands in a sorted list.
    pub fn find(self, string: &str) -> Option<usize> {
        let (mut from, mut to) = (0, self.len());
        while from < to {
            let middle = usize::midpoint(from, to);
            match self.bytes(middle).cmp(string.as_bytes()) {
                std::cmp::Ordering::Less => from = middle + 1,
                std::cmp::Ordering::Greater => to = middle,
                std::cmp::Ordering::Equal => return Some(middle),
            }
        }
        None
    }
}

/// The norms of words that are not their lower case.
pub(crate) fn norm<'f>(file: &'f WeightsFile, word: &str) -> Option<&'f str> {
    let at = file.long_words("norms/ids").ok()?.binary_search(&string_id(word)).ok()?;
    Some(List::open(file, "norms").ok()?.get(at))
}

/// A token of an exception: its letters, and its norm where it has one of its own.
#[derive(Clone, Debug)]
pub(crate) struct ExceptionToken {
    pub orth: String,
    pub norm: Option<String>,
}

/// The tokenizer's exceptions: chunks that are always split in one way.
pub(crate) fn exceptions(file: &WeightsFile) -> Result<Vec<Vec<ExceptionToken>>, ModelError> {
    let name = "tokenizer/exceptions";
    let mut exceptions = Vec::new();
    for record in file.text(name)?.split('\x1e') {
        let fields: Vec<&str> = record.split('\x1f').collect();
        let (pairs, rest) = fields.as_chunks::<2>();
        if !rest.is_empty() || pairs.iter().any(|[orth, _]| orth.is_empty()) {
            return Err(wrong(name, "has an exception without letters"));
        }
        let token = |[orth, norm]: &[&str; 2]| ExceptionToken {
            orth: (*orth).to_owned(),
            norm: (!norm.is_empty()).then(|| (*norm).to_owned()),
        };
        exceptions.push(pairs.iter().map(token).collect());
    }
    Ok(exceptions)
}
