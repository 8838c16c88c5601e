//! Static vectors of words, which larger models have.

use crate::words::string_id;
use onrecord_tensors::{Dense, Level, NumberTable, WeightsError, WeightsFile};

/// Vectors of words by their id, and the layer that makes them as wide as the embeddings.
#[derive(Debug)]
pub(super) struct StaticVectors {
    /// Ids of words, sorted.
    ids: NumberTable<u64>,
    /// The row of each.
    rows: NumberTable<u32>,
    table: NumberTable<f32>,
    width: usize,
    layer: Dense,
}

impl StaticVectors {
    /// Loads the vectors of a component, if it reads any.
    pub fn load(file: &WeightsFile, name: &str, outputs: usize) -> Result<Option<Self>, WeightsError> {
        if !file.has(&format!("{name}/vectors/W")) {
            return Ok(None);
        }
        let width = match file.shape("vectors")? {
            [_, width @ 1..=4096] => *width,
            shape => return Err(WeightsError::table("vectors", format!("has shape {shape:?}"))),
        };
        let table = file.rows("vectors", width)?;
        let (ids, rows) = (file.numbers("vectors/ids")?, file.numbers::<u32>("vectors/rows")?);
        let count = table.len() / width;
        if ids.len() != rows.len() || rows.iter().any(|row| *row as usize >= count) {
            return Err(WeightsError::table("vectors/rows", "names rows that don't exist"));
        }
        let weights = file.shaped(&format!("{name}/vectors/W"), &[outputs, width])?;
        Ok(Some(Self { layer: Dense::linear(weights, &vec![0.0; outputs], width), ids, rows, table, width }))
    }

    /// Writes what the layer makes of a word's vector, if it has one.
    pub fn write(&self, level: Level, word: &str, to: &mut [f32]) {
        let Ok(at) = self.ids.binary_search(&string_id(word)) else { return };
        let row = self.rows[at] as usize;
        self.layer.forward(level, &self.table[row * self.width..(row + 1) * self.width], self.width, 1, to);
    }
}
