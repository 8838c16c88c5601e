//! StringPool, each kept once and called by a number.

use hashbrown::HashTable;
use std::ops::Range;
use xxhash_rust::xxh3::xxh3_64;

/// Number of a string in [`StringPool`].
pub(crate) type TextId = u32;

/// A growing set of strings.
#[derive(Debug, Default)]
pub(crate) struct StringPool {
    letters: String,
    ranges: Vec<Range<u32>>,
    table: HashTable<TextId>,
}

impl StringPool {
    /// The number of a string, which is added if it is new.
    pub fn intern(&mut self, string: &str) -> TextId {
        let hash = xxh3_64(string.as_bytes());
        let (letters, ranges) = (&self.letters, &self.ranges);
        if let Some(id) = self.table.find(hash, |id| slice(letters, ranges, *id) == string) {
            return *id;
        }
        let id = u32::try_from(self.ranges.len()).unwrap_or(u32::MAX);
        let start = u32::try_from(self.letters.len()).unwrap_or(u32::MAX);
        self.letters.push_str(string);
        self.ranges.push(start..u32::try_from(self.letters.len()).unwrap_or(u32::MAX));
        let (letters, ranges) = (&self.letters, &self.ranges);
        self.table.insert_unique(hash, id, |id| xxh3_64(slice(letters, ranges, *id).as_bytes()));
        id
    }

    /// The string with a number.
    pub fn get(&self, id: TextId) -> &str {
        slice(&self.letters, &self.ranges, id)
    }

    /// How many strings there are.
    pub fn len(&self) -> usize {
        self.ranges.len()
    }

    /// How many bytes they take together.
    pub fn bytes(&self) -> usize {
        self.letters.len()
    }
}

fn slice<'s>(letters: &'s str, ranges: &[Range<u32>], id: TextId) -> &'s str {
    let range = ranges.get(id as usize).cloned().unwrap_or(0..0);
    letters.get(range.start as usize..range.end as usize).unwrap_or("")
}
