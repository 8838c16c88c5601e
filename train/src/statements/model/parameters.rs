//! The parameters that are trained: where each tensor is, and what it begins with.

use super::random::XorShift;
use onrecord_facts::training::{DEPTH, FEATURES, WIDTH, tensors};
use std::ops::Range;

/// Where each tensor is in the flat vector of parameters.
#[derive(Clone)]
pub struct ParameterPlaces {
    pub all: Vec<Range<usize>>,
    pub total: usize,
}

impl ParameterPlaces {
    pub fn new() -> Self {
        let mut total = 0;
        let all = tensors()
            .iter()
            .map(|tensor| {
                let start = total;
                total += tensor.rows * tensor.columns;
                start..total
            })
            .collect();
        ParameterPlaces { all, total }
    }
}

/// Positions of the tensors after the embeddings.
pub const INPUT_AT: usize = FEATURES.len();
pub const LAYERS_AT: usize = INPUT_AT + 2;
pub const LAST_AT: usize = LAYERS_AT + 5 * DEPTH;
pub const TAGGER_AT: usize = LAST_AT + 2;
pub const LABELS_AT: usize = TAGGER_AT + 2;
pub const STEPS_AT: usize = LABELS_AT + 2;
pub const CUE_AT: usize = STEPS_AT + 2;
pub const WORD_AT: usize = CUE_AT + 2;
pub const LINKS_AT: usize = WORD_AT + 2;
pub const PAIR_AT: usize = LINKS_AT + 1;
pub const PAIR_HIDDEN_AT: usize = PAIR_AT + 1;
pub const CUE_HIDDEN_AT: usize = PAIR_HIDDEN_AT + 1;
pub const WORD_HIDDEN_AT: usize = CUE_HIDDEN_AT + 1;
pub const HIDDEN_BIAS_AT: usize = WORD_HIDDEN_AT + 1;
pub const OUT_AT: usize = HIDDEN_BIAS_AT + 1;
pub const OUT_BIAS_AT: usize = OUT_AT + 1;

/// Which share of the numbers is dropped in training: of the input, between layers, in the heads, and of whole words. None if
/// `on` is false.
#[derive(Copy, Clone)]
pub struct Dropout {
    pub on: bool,
    pub input: f32,
    pub between: f32,
    pub heads: f32,
    pub words: f32,
}

/// First parameters: matrices by the width of what comes in, scales one.
pub fn start(places: &ParameterPlaces, random: &mut XorShift) -> Vec<f32> {
    let mut numbers = vec![0.0; places.total];
    for (at, (tensor, place)) in tensors().iter().zip(&places.all).enumerate() {
        let spread = match tensor.name.as_str() {
            _ if at < INPUT_AT => 0.1,
            name if name.ends_with("scale") => {
                numbers[place.clone()].fill(1.0);
                continue;
            }
            name if name.ends_with("neighbours") || name.ends_with("gates bias") => {
                numbers[place.start + WIDTH..place.start + 2 * WIDTH].fill(1.0);
                continue;
            }
            "links" | "pair" | "pair hidden" => 0.05,
            name if name.ends_with("bias") || name == "steps" || name == "starts" => continue,
            "input" => (1.0 / tensor.rows as f32).sqrt() * 3.0,
            _ => (1.3 / tensor.rows as f32).sqrt(),
        };
        numbers[place.clone()].iter_mut().for_each(|number| *number = random.normal() * spread);
    }
    numbers
}
