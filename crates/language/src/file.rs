//! The file that weights come in: one header of text, then tables that can be used where they lie.
//!
//! ```text
//! 16 bytes  "onrecord-weights"
//!  4 bytes  version of the format, little-endian, as all numbers
//!  4 bytes  length of the header
//!  8 bytes  XXH3 of the header
//!    ...    header: lines of tab-separated fields
//!             name, version, licence, language and their value
//!             sha256 of everything after the header's padding
//!             table, its name, kind (f32 u32 u64 text), shape, offset, bytes, XXH3
//!    ...    padding with zeros to the next multiple of 64, then the tables, each padded alike
//! ```
//! Offsets count from the first table. Nothing in the file is code; every number read from it is checked.

use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::fmt;
use xxhash_rust::xxh3::xxh3_64;

const MAGIC: &[u8; 16] = b"onrecord-weights";
/// Version of the format that is read and written here.
const FORMAT: u32 = 1;
/// Tables begin at multiples of this, so that their numbers can be used in place.
const ALIGNMENT: usize = 64;
/// Most bytes of a header.
const MAX_HEADER: usize = 1 << 20;
/// Most numbers or bytes of a table.
const MAX_TABLE: usize = 1 << 31;

/// Why weights could not be loaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ModelError {
    /// The bytes don't begin as weights do.
    NotWeights,
    /// The format's version is another than the one that this program reads.
    Version {
        /// The file's.
        found: u32,
        /// This program's.
        expected: u32,
    },
    /// The file ends too early.
    Truncated {
        /// Bytes that there should be.
        expected: usize,
        /// Bytes that there are.
        found: usize,
    },
    /// The header, or the table of this name, doesn't match its hash.
    Damaged(String),
    /// A table that the model needs is missing, or isn't what it must be.
    Table {
        /// Name of the table.
        name: String,
        /// What is wrong with it.
        reason: String,
    },
}

impl fmt::Display for ModelError {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotWeights => to.write_str("these are no weights: the file doesn't begin with \"onrecord-weights\""),
            Self::Version { found, expected } => {
                write!(
                    to,
                    "the weights are in format {found}, this program reads format {expected}: convert them again"
                )
            }
            Self::Truncated { expected, found } => {
                write!(to, "the weights are cut short: {found} bytes of {expected}")
            }
            Self::Damaged(what) => write!(to, "the weights are damaged: {what} doesn't match its hash"),
            Self::Table { name, reason } => write!(to, "the weights can't be used: table {name} {reason}"),
        }
    }
}

impl std::error::Error for ModelError {}

pub(crate) fn wrong(name: &str, reason: impl Into<String>) -> ModelError {
    ModelError::Table { name: name.to_owned(), reason: reason.into() }
}

#[derive(Clone, Debug)]
struct Entry {
    kind: String,
    shape: Vec<usize>,
    start: usize,
    end: usize,
}

/// A file of weights, opened: its tables have been checked against their hashes.
#[derive(Debug)]
pub(crate) struct WeightsFile {
    storage: Storage,
    data: usize,
    facts: HashMap<String, String>,
    tables: HashMap<String, Entry>,
}

impl WeightsFile {
    /// Opens a file that is part of the program or mapped into memory: its tables are used where they lie.
    pub fn open_static(bytes: &'static [u8]) -> Result<Self, ModelError> {
        if bytes.as_ptr().addr().is_multiple_of(8) { Self::check(Storage::Static(bytes)) } else { Self::open(bytes) }
    }

    /// Opens a file; everything that can be wrong with its bytes is found here.
    pub fn open(bytes: &[u8]) -> Result<Self, ModelError> {
        Self::check(Storage::copy(bytes))
    }

    fn check(storage: Storage) -> Result<Self, ModelError> {
        let bytes = storage.bytes();
        let start = bytes.get(..32).ok_or(if bytes.starts_with(MAGIC) || MAGIC.starts_with(bytes) {
            ModelError::Truncated { expected: 32, found: bytes.len() }
        } else {
            ModelError::NotWeights
        })?;
        let number = |at: usize| u32::from_le_bytes([start[at], start[at + 1], start[at + 2], start[at + 3]]);
        if !start.starts_with(MAGIC) {
            return Err(ModelError::NotWeights);
        }
        if number(16) != FORMAT {
            return Err(ModelError::Version { found: number(16), expected: FORMAT });
        }
        let length = number(20) as usize;
        if length > MAX_HEADER {
            return Err(ModelError::Damaged("the header's length".to_owned()));
        }
        let found = bytes.len();
        let header = bytes.get(32..32 + length).ok_or(ModelError::Truncated { expected: 32 + length, found })?;
        let hash = u64::from(number(24)) | u64::from(number(28)) << 32;
        if xxh3_64(header) != hash {
            return Err(ModelError::Damaged("the header".to_owned()));
        }
        let header = std::str::from_utf8(header).map_err(|_| ModelError::Damaged("the header".to_owned()))?;
        let data = (32 + length).next_multiple_of(ALIGNMENT);
        let (facts, tables) = read_header(header, data, bytes)?;
        Ok(Self { facts, tables, data, storage })
    }

    /// A fact of the header: name, version, licence, language, sha256.
    pub fn fact(&self, name: &str) -> &str {
        self.facts.get(name).map_or("", String::as_str)
    }

    /// Whether there is a table of that name.
    pub fn has(&self, name: &str) -> bool {
        self.tables.contains_key(name)
    }

    /// The numbers of a table, which must have that shape.
    pub fn floats(&self, name: &str, shape: &[usize]) -> Result<&[f32], ModelError> {
        self.numbers(name, "f32", Some(shape)).map(|(numbers, _)| numbers)
    }

    /// The numbers of a table of two dimensions, with its rows.
    pub fn rows(&self, name: &str, width: usize) -> Result<(&[f32], usize), ModelError> {
        let (numbers, shape) = self.numbers(name, "f32", None)?;
        match shape {
            [rows, columns] if *columns == width && *rows > 0 => Ok((numbers, *rows)),
            _ => Err(wrong(name, format!("has shape {shape:?}, not rows of {width}"))),
        }
    }

    /// The shape of a table.
    pub fn shape(&self, name: &str) -> Result<&[usize], ModelError> {
        self.tables.get(name).map(|entry| entry.shape.as_slice()).ok_or_else(|| wrong(name, "is missing"))
    }

    /// A table of 32-bit numbers.
    pub fn words(&self, name: &str) -> Result<&[u32], ModelError> {
        self.numbers(name, "u32", None).map(|(numbers, _)| numbers)
    }

    /// A table of 64-bit numbers.
    pub fn long_words(&self, name: &str) -> Result<&[u64], ModelError> {
        self.numbers(name, "u64", None).map(|(numbers, _)| numbers)
    }

    /// A table of text.
    pub fn text(&self, name: &str) -> Result<&str, ModelError> {
        std::str::from_utf8(self.bytes(name)?).map_err(|_| wrong(name, "is no UTF-8"))
    }

    /// The bytes of a table of text.
    pub fn bytes(&self, name: &str) -> Result<&[u8], ModelError> {
        self.entry(name, "text").map(|(_, bytes)| bytes)
    }

    fn entry(&self, name: &str, kind: &str) -> Result<(&Entry, &[u8]), ModelError> {
        let entry = self.tables.get(name).ok_or_else(|| wrong(name, "is missing"))?;
        if entry.kind != kind {
            return Err(wrong(name, format!("holds {}, not {kind}", entry.kind)));
        }
        let bytes = self.storage.bytes().get(self.data + entry.start..self.data + entry.end);
        Ok((entry, bytes.ok_or_else(|| wrong(name, "lies outside the file"))?))
    }

    fn numbers<T: bytemuck::AnyBitPattern>(
        &self,
        name: &str,
        kind: &str,
        shape: Option<&[usize]>,
    ) -> Result<(&[T], &[usize]), ModelError> {
        let (entry, bytes) = self.entry(name, kind)?;
        let numbers: &[T] = bytemuck::try_cast_slice(bytes).map_err(|_| wrong(name, "is not whole numbers"))?;
        let product = entry.shape.iter().try_fold(1_usize, |product, side| product.checked_mul(*side));
        if product != Some(numbers.len()) {
            return Err(wrong(name, format!("has {} numbers, not what shape {:?} holds", numbers.len(), entry.shape)));
        }
        match shape {
            Some(shape) if shape != entry.shape => {
                Err(wrong(name, format!("has shape {:?}, not {shape:?}", entry.shape)))
            }
            _ => Ok((numbers, &entry.shape)),
        }
    }
}

type Header = (HashMap<String, String>, HashMap<String, Entry>);

fn read_header(header: &str, data: usize, bytes: &[u8]) -> Result<Header, ModelError> {
    let (mut facts, mut tables) = (HashMap::new(), HashMap::new());
    for line in header.lines() {
        let fields: Vec<&str> = line.split('\t').collect();
        match fields.as_slice() {
            ["table", name, kind, shape, start, length, hash] => {
                let number = |field: &str| field.parse::<usize>().ok().filter(|number| *number <= MAX_TABLE);
                let shape: Option<Vec<usize>> = shape.split(',').map(number).collect();
                let entry = (|| {
                    let (start, length) = (number(start)?, number(length)?);
                    Some(Entry { kind: (*kind).to_owned(), shape: shape?, start, end: start + length })
                })();
                let entry = entry.ok_or_else(|| wrong(name, "is not described in numbers"))?;
                let found = bytes.len();
                let expected = data + entry.end;
                let table = bytes.get(data + entry.start..expected).ok_or(ModelError::Truncated { expected, found })?;
                if u64::from_str_radix(hash, 16) != Ok(xxh3_64(table)) {
                    return Err(ModelError::Damaged(format!("table {name}")));
                }
                tables.insert((*name).to_owned(), entry);
            }
            [name, value] => {
                facts.insert((*name).to_owned(), (*value).to_owned());
            }
            _ => return Err(ModelError::Damaged("a line of the header".to_owned())),
        }
    }
    Ok((facts, tables))
}

/// The bytes of a file, at an address that numbers can be read at.
#[derive(Debug)]
enum Storage {
    Static(&'static [u8]),
    Own { words: Vec<u64>, length: usize },
}

impl Storage {
    fn copy(bytes: &[u8]) -> Self {
        // A vector of bytes may begin anywhere; one of 64-bit numbers begins at a multiple of 8.
        let mut words = vec![0_u64; bytes.len().div_ceil(8)];
        bytemuck::cast_slice_mut::<u64, u8>(&mut words)[..bytes.len()].copy_from_slice(bytes);
        Self::Own { words, length: bytes.len() }
    }

    fn bytes(&self) -> &[u8] {
        match self {
            Self::Static(bytes) => bytes,
            Self::Own { words, length } => bytemuck::cast_slice(words).get(..*length).unwrap_or_default(),
        }
    }
}

/// Makes a file of weights.
#[derive(Debug, Default)]
pub struct WeightsWriter {
    facts: String,
    tables: String,
    data: Vec<u8>,
}

impl WeightsWriter {
    /// States a fact: name, version, licence, language.
    pub fn fact(&mut self, name: &str, value: &str) {
        self.facts += &format!("{name}\t{value}\n");
    }

    /// Adds a table of text.
    pub fn text(&mut self, name: &str, text: &str) {
        self.table(name, "text", &[text.len()], text.as_bytes());
    }

    /// Adds a table of floats.
    pub fn floats(&mut self, name: &str, shape: &[usize], numbers: &[f32]) {
        let bytes: Vec<u8> = numbers.iter().flat_map(|number| number.to_le_bytes()).collect();
        self.table(name, "f32", shape, &bytes);
    }

    /// Adds a table of 32-bit numbers.
    pub fn words(&mut self, name: &str, numbers: &[u32]) {
        let bytes: Vec<u8> = numbers.iter().flat_map(|number| number.to_le_bytes()).collect();
        self.table(name, "u32", &[numbers.len()], &bytes);
    }

    /// Adds a table of 64-bit numbers.
    pub fn long_words(&mut self, name: &str, numbers: &[u64]) {
        let bytes: Vec<u8> = numbers.iter().flat_map(|number| number.to_le_bytes()).collect();
        self.table(name, "u64", &[numbers.len()], &bytes);
    }

    fn table(&mut self, name: &str, kind: &str, shape: &[usize], bytes: &[u8]) {
        self.data.resize(self.data.len().next_multiple_of(ALIGNMENT), 0);
        let shape: Vec<String> = shape.iter().map(usize::to_string).collect();
        let (at, length, hash) = (self.data.len(), bytes.len(), xxh3_64(bytes));
        self.tables += &format!("table\t{name}\t{kind}\t{}\t{at}\t{length}\t{hash:016x}\n", shape.join(","));
        self.data.extend_from_slice(bytes);
    }

    /// The file.
    pub fn finish(mut self) -> Vec<u8> {
        let hash: String = Sha256::digest(&self.data).iter().map(|byte| format!("{byte:02x}")).collect();
        self.fact("sha256", &hash);
        let header = self.facts + &self.tables;
        let mut file = MAGIC.to_vec();
        file.extend(FORMAT.to_le_bytes());
        file.extend(u32::try_from(header.len()).unwrap_or(u32::MAX).to_le_bytes());
        file.extend(xxh3_64(header.as_bytes()).to_le_bytes());
        file.extend(header.as_bytes());
        file.resize(file.len().next_multiple_of(ALIGNMENT), 0);
        file.extend(self.data);
        file
    }
}
