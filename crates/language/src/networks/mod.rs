//! The networks of a model: words to vectors, and vectors to scores of moves.

mod encoder;
mod scorer;
mod vectors;

pub(crate) use encoder::{Encoder, EncoderBuffers};
pub(crate) use scorer::{Scorer, ScorerBuffers, best_of, runs};
