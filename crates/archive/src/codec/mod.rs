//! Documents as bytes and back.
//!
//! A document is stored in parts, so that whoever wants little reads little: its words with their blocks, their origins
//! on the page with fields and notes, and each layer by itself. Reading back checks everything (spans fit their buffers,
//! kinds exist, nothing is left over): bytes that were tampered with give `None`, never a panic.

mod bytes;
pub(crate) mod layers;
pub(crate) mod names;
pub(crate) mod origins;
pub(crate) mod words;
