//! The learned reader of statements: a network labels the words of a block as content, cue or source, and links them.
//!
//! 1. `inputs`, `pieces`: what is seen of each word, from the parse, the quotation marks and a vocabulary of word pieces.
//! 2. `network`: scores for the labels of each word; `lattice`: the best sequence of labels, and how likely it is.
//! 3. `pairs`, `network`: for each cue, how likely each word is its content or its source.
//! 4. `links`: relations of all that.
//! 5. `settings`: thresholds and calibration, as the training command found them; `weights`: the file with all of it.

mod inputs;
mod lattice;
mod links;
mod network;
mod pairs;
mod pieces;
mod settings;
#[cfg(feature = "training")]
pub mod training;
mod weights;

use crate::words::clauses::Clauses;
use inputs::Inputs;
pub(crate) use links::Relation;
use network::{Network, Work};
use pairs::{Pairing, head_of};
pub(crate) use settings::TaggerSettings;
#[cfg(feature = "statement-weights")]
use {
    onrecord_tensors::{WeightsError, WeightsFile},
    std::sync::LazyLock,
    weights::StatementWeights,
};

/// The network that is part of the program, with its settings, if the program was built with one.
///
/// # Panics
/// If the weights that the program was built with are damaged; a test makes sure that they are not.
#[cfg(feature = "statement-weights")]
pub(crate) fn built_in() -> Option<&'static (Network, TaggerSettings)> {
    static BUILT_IN: LazyLock<(Network, TaggerSettings)> = LazyLock::new(|| {
        let load = || {
            let weights = StatementWeights::of(&WeightsFile::open_static(onrecord_weights_statements::WEIGHTS)?)?;
            let settings = TaggerSettings::read(&weights);
            Ok((Network::new(weights)?, settings))
        };
        load().unwrap_or_else(|error: WeightsError| panic!("{error}"))
    });
    Some(&BUILT_IN)
}

/// The program was built without weights.
#[cfg(not(feature = "statement-weights"))]
pub(crate) fn built_in() -> Option<&'static (Network, TaggerSettings)> {
    None
}

/// Reads block after block; keeps its buffers.
#[derive(Default)]
pub(crate) struct StatementTagger {
    inputs: Inputs,
    pairing: Pairing,
    work: Work,
}

/// The word of a cue that says what is done.
pub(crate) fn verb_of(clauses: &Clauses, cue: &std::ops::Range<usize>) -> usize {
    head_of(clauses, cue)
}
