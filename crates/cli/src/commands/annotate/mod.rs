//! Commands for what people write about pages: corrections, tags and notes.

pub mod correct;
pub mod corrections;
mod lines;
pub mod note;
mod subject;
pub mod tag;
pub mod undo;

pub use lines::write_lines;
