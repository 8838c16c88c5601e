//! Sentences of one block: they cover all of it but white space.
//!
//! English is cut by a small trained model over what is on both sides of each place where a sentence may end (`english`,
//! `features`, `weights`); other languages by the rules of Unicode, corrected for what these get wrong in news (`unicode`).
//! Either way the words alone decide: the same sentences come out whatever else is asked for.

pub mod english;
mod features;
pub(crate) mod unicode;
mod weights;
mod words;

pub use words::is_abbreviation;

use std::ops::Range;

/// Cuts a block into sentences: takes a buffer and the block's range in it, and gives the range of each sentence, in order.
pub type SentenceSplitter = fn(&str, Range<usize>, &mut dyn FnMut(Range<usize>));

/// Gives what is between two places, without the white space around it, if there is anything.
fn trimmed(buffer: &str, range: Range<usize>, found: &mut dyn FnMut(Range<usize>)) {
    let part = &buffer[range.clone()];
    let from = range.start + (part.len() - part.trim_start().len());
    let to = from + part.trim().len();
    if from < to {
        found(from..to);
    }
}
