//! Words on their own: what a model knows of them, and what each thread remembers.

mod cache;
pub(crate) mod chars;
mod features;
mod ids;
mod lexicon;
mod pool;

pub(crate) use cache::{LexemeCache, LexemeId, NOT_YET};
pub(crate) use features::{WordFeature, lower};
pub(crate) use ids::embedding_rows;
pub use ids::string_id;
pub(crate) use lexicon::{ExceptionToken, Lexicon};
