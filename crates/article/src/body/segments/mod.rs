//! A page as a row of segments: the lines a reader sees, each with its place in the tree.

mod cutter;
mod elements;
mod segment;
mod streamed;
mod tables;

#[cfg(test)]
mod tests;

pub(crate) use cutter::{segments, segments_without_scripts};
pub(crate) use segment::{Markup, Region, Segment, Segments, is_wide};
