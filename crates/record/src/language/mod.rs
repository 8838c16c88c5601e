//! The language core alone: what `onrecord parse` prints.

mod conllu;
mod parse;

pub use conllu::conllu;
pub use parse::ParseLine;
