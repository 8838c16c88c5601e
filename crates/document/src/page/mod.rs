//! The page that a document was read from.

mod capture;
mod origin;

pub use capture::{Capture, Media};
pub use origin::{Coding, Origin, Record, RecordPacking};
