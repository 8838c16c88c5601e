//! Parts of speech, morphology and lemmas, by rule.

mod lemmas;
mod ruler;

pub(crate) use lemmas::Lemmatiser;
pub(crate) use ruler::{AttributeRuler, Attributes};
