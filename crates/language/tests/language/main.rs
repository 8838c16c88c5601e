//! The language core: texts, layers of documents, files of weights.

mod layers;
mod texts;
mod weights;
