//! Tables in place: the bytes of a file, shared by everything that reads from it.

use super::WeightsError;
use std::marker::PhantomData;
use std::ops::{Deref, Range};
use std::sync::Arc;

/// The bytes of a file, at an address that numbers can be read from.
#[derive(Debug)]
pub(super) enum Storage {
    Static(&'static [u8]),
    Owned { words: Vec<u64>, length: usize },
}

impl Storage {
    pub fn copy(bytes: &[u8]) -> Self {
        // A vector of bytes may begin anywhere; one of 64-bit numbers begins at a multiple of 8.
        let mut words = vec![0_u64; bytes.len().div_ceil(8)];
        bytemuck::cast_slice_mut::<u64, u8>(&mut words)[..bytes.len()].copy_from_slice(bytes);
        Self::Owned { words, length: bytes.len() }
    }

    pub fn bytes(&self) -> &[u8] {
        match self {
            Self::Static(bytes) => bytes,
            Self::Owned { words, length } => bytemuck::cast_slice(words).get(..*length).unwrap_or_default(),
        }
    }
}

/// A number that tables may hold.
pub trait WeightNumber: bytemuck::Pod {
    /// The kind of its tables, as the header of a file has it.
    const KIND: &'static str;
}

impl WeightNumber for f32 {
    const KIND: &'static str = "f32";
}
impl WeightNumber for u32 {
    const KIND: &'static str = "u32";
}
impl WeightNumber for u64 {
    const KIND: &'static str = "u64";
}

/// Bytes of a file; cheap to clone.
#[derive(Clone, Debug)]
struct TableBytes {
    storage: Arc<Storage>,
    range: Range<usize>,
}

impl TableBytes {
    fn bytes(&self) -> &[u8] {
        self.storage.bytes().get(self.range.clone()).unwrap_or_default()
    }
}

/// A table of numbers, used where it lies in the file; cheap to clone.
#[derive(Clone, Debug)]
pub struct NumberTable<T> {
    part: TableBytes,
    number: PhantomData<T>,
}

impl<T: WeightNumber> NumberTable<T> {
    pub(super) fn new(storage: &Arc<Storage>, range: Range<usize>) -> Self {
        Self { part: TableBytes { storage: storage.clone(), range }, number: PhantomData }
    }
}

impl<T: WeightNumber> Deref for NumberTable<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        bytemuck::try_cast_slice(self.part.bytes()).unwrap_or_default()
    }
}

/// A list of strings, used where it lies in the file; cheap to clone.
#[derive(Clone, Debug)]
pub struct StringTable {
    text: TableBytes,
    ends: NumberTable<u32>,
}

impl StringTable {
    pub(super) fn new(
        storage: &Arc<Storage>,
        name: &str,
        text: Range<usize>,
        ends: NumberTable<u32>,
    ) -> Result<Self, WeightsError> {
        if ends.is_empty() {
            return Err(WeightsError::table(name, "doesn't say where its strings end"));
        }
        Ok(Self { text: TableBytes { storage: storage.clone(), range: text }, ends })
    }

    /// How many strings there are.
    pub fn len(&self) -> usize {
        self.ends.len() - 1
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The string with a number; empty where there is none, or where it is no UTF-8.
    pub fn get(&self, at: usize) -> &str {
        std::str::from_utf8(self.bytes(at)).unwrap_or("")
    }

    fn bytes(&self, at: usize) -> &[u8] {
        let range = self.ends.get(at..at + 2).map(|ends| ends[0] as usize..ends[1] as usize);
        range.and_then(|range| self.text.bytes().get(range)).unwrap_or_default()
    }

    /// The number of a string in a sorted list.
    pub fn find(&self, string: &str) -> Option<usize> {
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
