//! The arithmetic under Onrecord's networks, and the one file format of their weights.
//!
//! ```
//! use onrecord_tensors::{Dense, Level, WeightsFile, WeightsWriter};
//!
//! // Two outputs, three inputs: one row of weights for each output.
//! let mut writer = WeightsWriter::default();
//! writer.property("name", "example");
//! writer.numbers("W", &[2, 3], &[1.0_f32, 0.0, 0.0, 0.0, 2.0, 0.0]);
//! writer.numbers("b", &[2], &[0.5_f32, 0.0]);
//! let file = WeightsFile::open(&writer.finish())?;
//!
//! let layer = Dense::linear(file.shaped("W", &[2, 3])?, file.shaped("b", &[2])?, 3);
//! let mut output = [0.0; 2];
//! layer.forward(Level::detect(), &[1.0, 2.0, 3.0], 3, 1, &mut output);
//! assert_eq!(output, [1.5, 4.0]);
//! # Ok::<(), onrecord_tensors::WeightsError>(())
//! ```
//!
//! Every kernel performs the same operations in the same order on every machine, so the same weights give the same bits
//! everywhere. This crate knows nothing of words: what a network reads, and what its outputs mean, is the business of the
//! crates above.

mod dense;
mod functions;
mod level;
mod rows;
#[cfg(test)]
mod testing;
mod weights;

pub use dense::Dense;
pub use functions::{exp, sigmoid, tanh};
pub use level::Level;
pub use rows::{LayerNorm, add, mix_neighbours, normalise, rectify, recur};
pub use weights::{NumberTable, StringTable, WeightNumber, WeightsError, WeightsFile, WeightsWriter};
