//! Writing a file of weights.

use super::{ALIGNMENT, FORMAT, MAGIC, WeightNumber, ends_table, step_table};
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use xxhash_rust::xxh3::xxh3_64;

/// Writes a file of weights, in memory.
#[derive(Debug, Default)]
pub struct WeightsWriter {
    properties: String,
    tables: String,
    data: Vec<u8>,
}

impl WeightsWriter {
    /// Adds a property to the header: name, version, licence, language. Neither name nor value may hold a tab or a line
    /// break.
    pub fn property(&mut self, name: &str, value: &str) {
        let _ = writeln!(self.properties, "{name}\t{value}");
    }

    /// Adds a table of text.
    pub fn text(&mut self, name: &str, text: &str) {
        self.table(name, "text", &[text.len()], text.as_bytes());
    }

    /// Adds a list of strings.
    pub fn strings(&mut self, name: &str, strings: &[String]) {
        let mut ends = vec![0_u32];
        let mut all = String::new();
        for string in strings {
            all += string;
            ends.push(u32::try_from(all.len()).unwrap_or(u32::MAX));
        }
        self.text(name, &all);
        self.numbers(&ends_table(name), &[ends.len()], &ends);
    }

    /// Adds a table of numbers.
    pub fn numbers<T: WeightNumber>(&mut self, name: &str, shape: &[usize], numbers: &[T]) {
        // Every machine that this is built for is little-endian; a test of the format would fail on another.
        self.table(name, T::KIND, shape, bytemuck::cast_slice(numbers));
    }

    /// Adds floats rounded to 16-bit steps of one size: half the room.
    pub fn steps_16(&mut self, name: &str, shape: &[usize], numbers: &[f32]) {
        let size = step(numbers, f32::from(i16::MAX));
        let steps: Vec<u8> = numbers.iter().flat_map(|number| ((number / size).round() as i16).to_le_bytes()).collect();
        self.table(name, "i16", shape, &steps);
        self.numbers(&step_table(name), &[1], &[size]);
    }

    /// Adds rows of floats rounded to 8-bit steps, of a size of its own for each row: a quarter of the room.
    pub fn steps_8(&mut self, name: &str, shape: [usize; 2], numbers: &[f32]) {
        let (mut steps, mut sizes) = (Vec::with_capacity(numbers.len()), Vec::new());
        for row in numbers.chunks(shape[1].max(1)) {
            let size = step(row, f32::from(i8::MAX));
            steps.extend(row.iter().map(|number| (number / size).round() as i8 as u8));
            sizes.push(size);
        }
        self.table(name, "i8", &shape, &steps);
        self.numbers(&step_table(name), &[sizes.len()], &sizes);
    }

    fn table(&mut self, name: &str, kind: &str, shape: &[usize], bytes: &[u8]) {
        self.data.resize(self.data.len().next_multiple_of(ALIGNMENT), 0);
        let shape: Vec<String> = shape.iter().map(usize::to_string).collect();
        let (shape, at, length, hash) = (shape.join(","), self.data.len(), bytes.len(), xxh3_64(bytes));
        let _ = writeln!(self.tables, "table\t{name}\t{kind}\t{shape}\t{at}\t{length}\t{hash:016x}");
        self.data.extend_from_slice(bytes);
    }

    /// The bytes of the file.
    pub fn finish(mut self) -> Vec<u8> {
        let hash: String = Sha256::digest(&self.data).iter().map(|byte| format!("{byte:02x}")).collect();
        self.property("sha256", &hash);
        let header = self.properties + &self.tables;
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

/// The size of a step, so that the largest number takes `most` of them.
fn step(numbers: &[f32], most: f32) -> f32 {
    let largest = numbers.iter().fold(0.0_f32, |largest, number| largest.max(number.abs()));
    if largest > 0.0 { largest / most } else { 1.0 }
}

#[cfg(test)]
mod tests {
    use crate::{WeightsError, WeightsFile, WeightsWriter};

    fn written() -> Vec<u8> {
        let mut to = WeightsWriter::default();
        to.property("name", "invented");
        to.numbers("plain", &[2, 2], &[0.25_f32, -1.0, 3.0, 0.0]);
        to.numbers("ids", &[2], &[7_u64, u64::MAX]);
        to.steps_16("fine", &[2, 2], &[0.5, -0.25, 0.125, 0.0]);
        to.steps_8("coarse", [2, 2], &[1.0, 0.5, 100.0, -50.0]);
        to.steps_8("zero", [1, 2], &[0.0, 0.0]);
        to.text("text", "St. Ellery");
        to.strings("words", &["bell".to_owned(), String::new(), "ferry".to_owned()]);
        to.finish()
    }

    #[test]
    fn tables_come_back_as_they_were_written() -> Result<(), WeightsError> {
        let file = WeightsFile::open(&written())?;
        assert_eq!(file.property("name"), "invented");
        assert_eq!(file.property("sha256").len(), 64);
        assert_eq!(file.shaped("plain", &[2, 2])?, [0.25, -1.0, 3.0, 0.0]);
        assert_eq!(file.numbers::<u64>("ids")?[..], [7, u64::MAX]);
        assert_eq!(file.text("text")?, "St. Ellery");
        let words = file.strings("words")?;
        assert_eq!((words.len(), words.get(0), words.get(1), words.get(2)), (3, "bell", "", "ferry"));
        assert_eq!(file.strings("text").err(), Some(WeightsError::table("text/ends", "is missing")));
        Ok(())
    }

    #[test]
    fn rounded_numbers_come_back_within_half_a_step() -> Result<(), WeightsError> {
        let file = WeightsFile::open(&written())?;
        let near = |found: &[f32], expected: &[f32], step: f32| {
            assert_eq!(found.len(), expected.len());
            assert!(found.iter().zip(expected).all(|(a, b)| (a - b).abs() <= step / 2.0), "{found:?}");
        };
        near(&file.unpacked("fine", &[2, 2])?, &[0.5, -0.25, 0.125, 0.0], 0.5 / 32767.0);
        near(&file.unpacked("coarse", &[2, 2])?[..2], &[1.0, 0.5], 1.0 / 127.0);
        near(&file.unpacked("coarse", &[2, 2])?[2..], &[100.0, -50.0], 100.0 / 127.0);
        near(&file.unpacked("zero", &[1, 2])?, &[0.0, 0.0], 0.0);
        near(&file.unpacked("plain", &[2, 2])?, &[0.25, -1.0, 3.0, 0.0], 0.0);
        assert!(file.unpacked("fine", &[4]).is_err());
        assert!(file.unpacked("ids", &[2]).is_err());
        Ok(())
    }

    #[test]
    fn a_byte_cut_off_or_changed_is_noticed() {
        let bytes = written();
        for length in 0..bytes.len() {
            assert!(WeightsFile::open(&bytes[..length]).is_err(), "{length}");
        }
        // Padding carries nothing, so a change of it changes nothing.
        let mut unnoticed = 0;
        for at in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[at] ^= 1;
            unnoticed += usize::from(WeightsFile::open(&changed).is_ok());
        }
        assert!(unnoticed < 11 * 64, "{unnoticed}");
    }
}
