//! The file format of weights: a text header, then tables that can be used in place.
//!
//! ```text
//! 16 bytes  "onrecord-weights"
//!  4 bytes  version of the format, little-endian like every number
//!  4 bytes  length of the header
//!  8 bytes  XXH3 of the header
//!    ...    header: lines of tab-separated fields
//!             a property (name, version, licence, language and so on) and its value
//!             sha256 of everything after the header's padding
//!             table, its name, kind, shape, offset, length in bytes, XXH3
//!    ...    zeros up to the next multiple of 64, then the tables, each padded the same way
//! ```
//!
//! Offsets count from the first table. Nothing in a file is code, and every number read from it is checked.
//!
//! | kind | holds |
//! |---|---|
//! | `f32` `u32` `u64` | numbers |
//! | `i16` `i8` | floats rounded to steps: a table `NAME/step` of `f32` holds the size of a step, one for all or one for each row |
//! | `text` | UTF-8. A list of strings is a text and a table `NAME/ends` of `u32`: 0, then where each string ends |

mod error;
mod file;
mod table;
mod writer;

pub use error::WeightsError;
pub use file::WeightsFile;
pub use table::{NumberTable, StringTable, WeightNumber};
pub use writer::WeightsWriter;

/// How a file begins.
const MAGIC: &[u8; 16] = b"onrecord-weights";
/// Version of the format that is read and written here.
const FORMAT: u32 = 1;
/// Length of what precedes the header.
const PREFIX: usize = 32;
/// Tables begin at multiples of this, so that their numbers can be used in place.
const ALIGNMENT: usize = 64;

/// The table with the size of a table's steps.
fn step_table(name: &str) -> String {
    format!("{name}/step")
}

/// The table that says where the strings of a list end.
fn ends_table(name: &str) -> String {
    format!("{name}/ends")
}
