//! The language core: text in, tokens, tags, parse and entities out, as spaCy's `en_core_web_sm` 3.8.0 reads them.
//!
//! ```
//! use onrecord_language::{Model, Scratch};
//!
//! let model = Model::english();
//! let parse = model.parse("The ferry sank.", &mut Scratch::default());
//! assert_eq!(parse.word(parse.tokens[2].lemma), "sink");
//! assert_eq!(model.label(parse.tokens[1].dep), "nsubj");
//! ```
//!
//! All threads share a [`Model`]; each has a [`Scratch`] of its own, which remembers the words it has met. What a text is
//! read as does not depend on what the scratch has met before.
//!
//! An [`Annotator`] does this for a whole document, as layers; [`fill_sentences`] and [`fill_plain`] do what they can in any
//! language. What is known of each language is in [`languages`].

mod entities;
pub mod languages;
mod layers;
mod model;
mod morphology;
mod networks;
mod parse;
mod parser;
pub mod sentences;
mod tokenizer;
mod words;

pub use languages::{USUAL, language_of};
pub use layers::{Annotator, MAX_READ, PRODUCER, fill_plain, fill_sentences};
pub use model::{MAX_WINDOW, Model, ParsingStep, Scratch};
pub use onrecord_tensors::WeightsError;
pub use parse::{EntitySpan, LabelId, Parse, ParseToken, WordId};
pub use sentences::is_abbreviation;
pub use words::string_id;
