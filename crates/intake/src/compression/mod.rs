//! Which compression is a file under, and what does it hold once decompressed?

mod contents;
mod decompressor;
pub(crate) mod zstd;

pub use contents::MAX_NESTED_BYTES;
pub(crate) use contents::{Contents, unpack};
pub(crate) use decompressor::reason_in;
