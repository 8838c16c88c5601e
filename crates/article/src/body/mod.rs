//! The article's body: which lines of a page are it, and what each of the others is.

mod container;
mod hints;
mod lines;
mod outline;
mod passes;
mod reach;
mod rules;
mod segments;
mod sentence;
mod style;
mod title;
mod weights;
mod witness;

pub(crate) use outline::{FieldElement, Outline};
pub(crate) use segments::Segment;
pub(crate) use witness::{Witness, stands_in, steps_stand_in};

#[cfg(test)]
mod tests;
