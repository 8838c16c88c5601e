//! The article's body: which lines of a page are it, and what each of the others is.

mod boxes;
mod chapters;
mod container;
mod hints;
mod segments;
mod sentence;
mod sift;
mod slides;
mod tables;
mod title;
mod witness;

pub(crate) use segments::Segment;
pub(crate) use sift::{Claim, Outline};
pub(crate) use witness::{Witness, stands_in, steps_stand_in};

#[cfg(test)]
mod tests;
