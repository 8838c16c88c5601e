//! Reading a file of weights.

use super::table::Storage;
use super::{
    ALIGNMENT, FORMAT, MAGIC, NumberTable, PREFIX, StringTable, WeightNumber, WeightsError, ends_table, step_table,
};
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;
use xxhash_rust::xxh3::xxh3_64;

/// Maximum length of a header, in bytes.
const MAX_HEADER: usize = 1 << 20;
/// Maximum number of bytes or numbers in a table.
const MAX_TABLE: usize = 1 << 31;
/// What the bytes of a file must be a multiple of to be used in place.
const NUMBER_ALIGNMENT: usize = 8;

/// What the header says of a table: its kind, its shape, and where it lies in the file.
#[derive(Clone, Debug)]
struct TableEntry {
    kind: String,
    shape: Vec<usize>,
    range: Range<usize>,
}

/// An open file of weights, its tables checked against their hashes.
#[derive(Debug)]
pub struct WeightsFile {
    storage: Arc<Storage>,
    header: WeightsHeader,
}

#[derive(Debug, Default)]
struct WeightsHeader {
    properties: HashMap<String, String>,
    tables: HashMap<String, TableEntry>,
}

impl WeightsFile {
    /// Opens a file that is part of the program or mapped into memory: its tables are used in place, unless its address is
    /// odd.
    ///
    /// # Errors
    /// As [`WeightsFile::open`].
    pub fn open_static(bytes: &'static [u8]) -> Result<Self, WeightsError> {
        if bytes.as_ptr().addr().is_multiple_of(NUMBER_ALIGNMENT) {
            Self::check(Storage::Static(bytes))
        } else {
            Self::open(bytes)
        }
    }

    /// Opens a file from its bytes, which are copied.
    ///
    /// # Errors
    /// Says what is wrong with bytes that are damaged, cut short, of another version, or no weights at all.
    pub fn open(bytes: &[u8]) -> Result<Self, WeightsError> {
        Self::check(Storage::copy(bytes))
    }

    fn check(storage: Storage) -> Result<Self, WeightsError> {
        let header = WeightsHeader::read(storage.bytes())?;
        Ok(Self { header, storage: Arc::new(storage) })
    }

    /// A property from the header (name, version, licence, language, sha256); empty if it isn't there.
    pub fn property(&self, name: &str) -> &str {
        self.header.properties.get(name).map_or("", String::as_str)
    }

    /// All properties, in no order.
    pub fn properties(&self) -> impl Iterator<Item = (&str, &str)> {
        self.header.properties.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Whether there is a table with that name.
    pub fn has(&self, name: &str) -> bool {
        self.header.tables.contains_key(name)
    }

    /// The shape of a table.
    ///
    /// # Errors
    /// If the table is missing.
    pub fn shape(&self, name: &str) -> Result<&[usize], WeightsError> {
        self.entry(name).map(|entry| entry.shape.as_slice())
    }

    /// The floats of a table that must have that shape.
    ///
    /// # Errors
    /// If the table is missing, of another kind, or of another shape.
    pub fn shaped(&self, name: &str, shape: &[usize]) -> Result<&[f32], WeightsError> {
        self.check_shape(name, shape)?;
        self.slice(name).map(|(numbers, _)| numbers)
    }

    /// The floats of a table of rows of that width; there is at least one row.
    ///
    /// # Errors
    /// If the table is missing, of another kind, or of another shape.
    pub fn rows(&self, name: &str, width: usize) -> Result<NumberTable<f32>, WeightsError> {
        match self.shape(name)? {
            [rows, columns] if *columns == width && *rows > 0 => self.numbers(name),
            shape => Err(WeightsError::table(name, format!("has shape {shape:?}, not rows of {width}"))),
        }
    }

    /// A table of numbers, of any shape.
    ///
    /// # Errors
    /// If the table is missing or of another kind.
    pub fn numbers<T: WeightNumber>(&self, name: &str) -> Result<NumberTable<T>, WeightsError> {
        self.slice::<T>(name).map(|(_, range)| NumberTable::new(&self.storage, range))
    }

    /// The floats of a table that must have that shape, rounded to steps or not.
    ///
    /// # Errors
    /// If the table is missing, holds no floats, or has another shape.
    pub fn unpacked(&self, name: &str, shape: &[usize]) -> Result<Vec<f32>, WeightsError> {
        self.check_shape(name, shape)?;
        let kind = self.entry(name)?.kind.as_str();
        match kind {
            "i16" => {
                let (pairs, rest) = self.bytes(name, kind)?.as_chunks::<2>();
                self.multiply_steps(name, pairs.iter().map(|pair| i16::from_le_bytes(*pair)), pairs.len(), rest.len())
            }
            "i8" => {
                let steps = self.bytes(name, kind)?;
                self.multiply_steps(name, steps.iter().map(|step| i16::from(*step as i8)), steps.len(), 0)
            }
            _ => self.shaped(name, shape).map(<[f32]>::to_vec),
        }
    }

    fn multiply_steps(
        &self,
        name: &str,
        steps: impl Iterator<Item = i16>,
        count: usize,
        rest: usize,
    ) -> Result<Vec<f32>, WeightsError> {
        let shape = self.shape(name)?;
        self.check_count(name, count)?;
        if rest > 0 {
            return Err(WeightsError::table(name, "doesn't hold whole numbers"));
        }
        let sizes = self.numbers::<f32>(&step_table(name))?;
        let rows = shape.first().copied().unwrap_or(1).max(1);
        let width = match sizes.len() {
            1 => count,
            sizes if sizes == rows => count / rows,
            sizes => return Err(WeightsError::table(name, format!("has {rows} rows, but steps of {sizes} sizes"))),
        };
        let steps: Vec<f32> = steps.map(f32::from).collect();
        let rows = steps.chunks(width.max(1)).zip(sizes.iter());
        Ok(rows.flat_map(|(row, size)| row.iter().map(move |step| step * size)).collect())
    }

    /// A table of text.
    ///
    /// # Errors
    /// If the table is missing, of another kind, or no UTF-8.
    pub fn text(&self, name: &str) -> Result<&str, WeightsError> {
        std::str::from_utf8(self.bytes(name, "text")?).map_err(|_| WeightsError::table(name, "is not UTF-8"))
    }

    /// A list of strings.
    ///
    /// # Errors
    /// If the table or that of its ends is missing, or of another kind.
    pub fn strings(&self, name: &str) -> Result<StringTable, WeightsError> {
        self.bytes(name, "text")?;
        let text = self.entry(name)?.range.clone();
        StringTable::new(&self.storage, name, text, self.numbers(&ends_table(name))?)
    }

    fn entry(&self, name: &str) -> Result<&TableEntry, WeightsError> {
        self.header.tables.get(name).ok_or_else(|| WeightsError::table(name, "is missing"))
    }

    fn bytes(&self, name: &str, kind: &str) -> Result<&[u8], WeightsError> {
        let entry = self.entry(name)?;
        if entry.kind != kind {
            return Err(WeightsError::table(name, format!("holds {}, not {kind}", entry.kind)));
        }
        let bytes = self.storage.bytes().get(entry.range.clone());
        bytes.ok_or_else(|| WeightsError::table(name, "lies outside the file"))
    }

    fn slice<T: WeightNumber>(&self, name: &str) -> Result<(&[T], Range<usize>), WeightsError> {
        let bytes = self.bytes(name, T::KIND)?;
        let numbers: &[T] =
            bytemuck::try_cast_slice(bytes).map_err(|_| WeightsError::table(name, "doesn't hold whole numbers"))?;
        self.check_count(name, numbers.len())?;
        Ok((numbers, self.entry(name)?.range.clone()))
    }

    fn check_count(&self, name: &str, count: usize) -> Result<(), WeightsError> {
        let shape = self.shape(name)?;
        if shape.iter().try_fold(1_usize, |product, side| product.checked_mul(*side)) == Some(count) {
            return Ok(());
        }
        Err(WeightsError::table(name, format!("has {count} numbers, which doesn't fit its shape {shape:?}")))
    }

    fn check_shape(&self, name: &str, expected: &[usize]) -> Result<(), WeightsError> {
        let shape = self.shape(name)?;
        if shape == expected {
            return Ok(());
        }
        Err(WeightsError::table(name, format!("has shape {shape:?}, not {expected:?}")))
    }
}

impl WeightsHeader {
    fn read(bytes: &[u8]) -> Result<Self, WeightsError> {
        let start = bytes.get(..PREFIX).ok_or(if bytes.starts_with(MAGIC) || MAGIC.starts_with(bytes) {
            WeightsError::Truncated { expected: PREFIX, found: bytes.len() }
        } else {
            WeightsError::NotWeights
        })?;
        let number = |at: usize| u32::from_le_bytes([start[at], start[at + 1], start[at + 2], start[at + 3]]);
        if !start.starts_with(MAGIC) {
            return Err(WeightsError::NotWeights);
        }
        if number(16) != FORMAT {
            return Err(WeightsError::Version { found: number(16), expected: FORMAT });
        }
        let length = number(20) as usize;
        if length > MAX_HEADER {
            return Err(WeightsError::Damaged("the header's length".to_owned()));
        }
        let end = PREFIX + length;
        let text = bytes.get(PREFIX..end).ok_or(WeightsError::Truncated { expected: end, found: bytes.len() })?;
        let hash = u64::from(number(24)) | u64::from(number(28)) << 32;
        if xxh3_64(text) != hash {
            return Err(WeightsError::Damaged("the header".to_owned()));
        }
        let text = std::str::from_utf8(text).map_err(|_| WeightsError::Damaged("the header".to_owned()))?;
        let mut header = Self::default();
        for line in text.lines() {
            header.add(line, end.next_multiple_of(ALIGNMENT), bytes)?;
        }
        Ok(header)
    }

    /// Adds what a line says; tables begin at `data`.
    fn add(&mut self, line: &str, data: usize, bytes: &[u8]) -> Result<(), WeightsError> {
        let fields: Vec<&str> = line.split('\t').collect();
        match fields.as_slice() {
            ["table", name, kind, shape, start, length, hash] => {
                let number = |field: &str| field.parse::<usize>().ok().filter(|number| *number <= MAX_TABLE);
                let shape: Option<Vec<usize>> = shape.split(',').map(number).collect();
                let entry = (|| {
                    let start = data + number(start)?;
                    Some(TableEntry { kind: (*kind).to_owned(), shape: shape?, range: start..start + number(length)? })
                })();
                let entry = entry.ok_or_else(|| WeightsError::table(name, "is not described in numbers"))?;
                let (found, expected) = (bytes.len(), entry.range.end);
                let table = bytes.get(entry.range.clone()).ok_or(WeightsError::Truncated { expected, found })?;
                if u64::from_str_radix(hash, 16) != Ok(xxh3_64(table)) {
                    return Err(WeightsError::Damaged(format!("table {name}")));
                }
                self.tables.insert((*name).to_owned(), entry);
            }
            [name, value] => {
                self.properties.insert((*name).to_owned(), (*value).to_owned());
            }
            _ => return Err(WeightsError::Damaged("a line of the header".to_owned())),
        }
        Ok(())
    }
}
