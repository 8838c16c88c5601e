//! The language core: text in, tokens, tags, parse and names out, as spaCy's `en_core_web_sm` 3.8.0 reads them.
//!
//! ```
//! use onrecord_language::{Model, Scratch};
//!
//! let model = Model::english();
//! let mut scratch = Scratch::default();
//! let parse = model.parse("", &mut scratch);
//! assert!(parse.tokens.is_empty());
//! ```
//!
//! A [`Model`] is shared by all threads; each thread has a [`Scratch`] of its own, which remembers the words it has met.
//! What a text is read as does not depend on what the scratch has seen before.

mod arc_eager;
mod chars;
mod encoder;
mod file;
mod hash;
pub mod kernels;
mod labels;
mod layers;
mod lemmas;
mod model;
mod names;
mod parse;
mod ruler;
mod scorer;
pub mod sentences;
mod strings;
mod tokenizer;
mod tree;
mod vocabulary;
mod words;

pub use file::{ModelError, WeightsWriter};
pub use hash::string_id;
pub use layers::{Annotator, BuiltIn, MAX_READ, MODELS, PRODUCER, USUAL, fill_plain, fill_sentences, language_of};
pub use model::{MAX_WINDOW, Model, Scratch, Stage};
pub use parse::{Entity, Iob, Label, Parse, Token, Word};
pub use sentences::is_abbreviation;
