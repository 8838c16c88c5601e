//! Scores of a transition system's moves, for parser and entities alike.
//!
//! A state is described by a few tokens. What each token contributes to the hidden layer, in each place that it may take, is
//! computed in advance, so that a move only adds it up.

use onrecord_tensors::{Dense, Level, WeightsError, WeightsFile, add};

/// How many tokens' parts of the hidden layer are kept at once: 8 MB for the parser. Those of tokens farther away are computed
/// again.
const RING: usize = 2048;
/// How many tokens are computed at once.
const AHEAD: usize = 64;
/// Hidden units, and inputs of them.
const HIDDEN: usize = 64;
/// Numbers in a token's part for one place: two pieces of every unit.
const PART: usize = 2 * HIDDEN;

/// Updates the best move, given moves that stand in a row: the first of those with the highest score.
pub(crate) fn best_of(scores: &[f32], range: std::ops::Range<usize>, best: &mut Option<(f32, usize)>) {
    for at in range {
        if best.is_none_or(|(most, _)| scores[at] > most) {
            *best = Some((scores[at], at));
        }
    }
}

/// Runs of equal keys: each key with the places that it takes in a row.
pub(crate) fn runs<K: PartialEq>(keys: impl Iterator<Item = K>) -> Vec<(K, std::ops::Range<usize>)> {
    let mut runs: Vec<(K, std::ops::Range<usize>)> = Vec::new();
    for (at, key) in keys.enumerate() {
        match runs.last_mut() {
            Some((last, range)) if *last == key => range.end = at + 1,
            _ => runs.push((key, at..at + 1)),
        }
    }
    runs
}

/// The network that scores moves.
#[derive(Debug)]
pub(crate) struct Scorer {
    lower: Dense,
    hidden: Dense,
    pad: Vec<f32>,
    bias: Vec<f32>,
    upper: Dense,
    places: usize,
}

/// Buffers that are kept between texts.
#[derive(Debug, Default)]
pub(crate) struct ScorerBuffers {
    lower: Vec<f32>,
    parts: Vec<f32>,
    owners: Vec<u32>,
    /// How many tokens have had their part computed once.
    seen: usize,
    units: Vec<f32>,
    /// The scores of the last step.
    pub scores: Vec<f32>,
}

impl Scorer {
    /// Loads the network of a component whose states are described by this many tokens.
    pub fn load(
        file: &WeightsFile,
        name: &str,
        width: usize,
        places: usize,
        moves: usize,
    ) -> Result<Self, WeightsError> {
        let table = |part: &str, shape: &[usize]| file.shaped(&format!("{name}/{part}"), shape);
        let weights = table("hidden/W", &[places, HIDDEN, 2, HIDDEN])?;
        let pad = table("hidden/pad", &[1, places, HIDDEN, 2])?;
        let bias = table("hidden/b", &[HIDDEN, 2])?;
        if moves == 0 {
            return Err(WeightsError::table(name, "has no moves"));
        }
        // The two pieces of a unit stand side by side; here the first pieces of all units come first.
        let order = |at: usize| at / PART * PART + at % HIDDEN * 2 + at % PART / HIDDEN;
        let rows = (0..places * PART).map(order);
        let hidden: Vec<f32> =
            rows.clone().flat_map(|row| &weights[row * HIDDEN..(row + 1) * HIDDEN]).copied().collect();
        Ok(Self {
            lower: Dense::linear(table("lower/W", &[HIDDEN, width])?, table("lower/b", &[HIDDEN])?, width),
            hidden: Dense::linear(&hidden, &vec![0.0; places * PART], HIDDEN),
            pad: rows.map(|row| pad[row]).collect(),
            bias: (0..PART).map(|at| bias[order(at)]).collect(),
            upper: Dense::linear(table("upper/W", &[moves, HIDDEN])?, table("upper/b", &[moves])?, HIDDEN),
            places,
        })
    }

    /// Starts a text with this many tokens.
    pub fn begin(&self, tokens: usize, buffers: &mut ScorerBuffers) {
        buffers.lower.clear();
        buffers.owners.clear();
        buffers.owners.resize(RING.min(tokens), u32::MAX);
        buffers.seen = 0;
        buffers.parts.resize(RING.min(tokens) * self.places * PART, 0.0);
        buffers.units.resize(PART, 0.0);
        buffers.scores.resize(self.upper.outputs, 0.0);
    }

    /// Takes the vectors of the next tokens.
    pub fn take(&self, level: Level, rows: &[f32], width: usize, buffers: &mut ScorerBuffers) {
        let (count, before) = (rows.len() / width, buffers.lower.len());
        buffers.lower.resize(before + count * HIDDEN, 0.0);
        self.lower.forward(level, rows, width, count, &mut buffers.lower[before..]);
    }

    /// Scores the moves of a state that the given tokens describe; `u32::MAX` where there is none.
    pub fn score(&self, level: Level, tokens: &[u32], buffers: &mut ScorerBuffers) {
        buffers.units.fill(0.0);
        for (place, token) in tokens.iter().enumerate() {
            let part = if *token == u32::MAX {
                &self.pad[place * PART..(place + 1) * PART]
            } else {
                let slot = self.part(level, *token, buffers);
                &buffers.parts[(slot * self.places + place) * PART..][..PART]
            };
            add(level, &mut buffers.units, part);
        }
        add(level, &mut buffers.units, &self.bias);
        let (first, second) = buffers.units.split_at_mut(HIDDEN);
        first
            .iter_mut()
            .zip(second)
            .for_each(|(first, second)| *first = if *second > *first { *second } else { *first });
        self.upper.forward(level, first, HIDDEN, 1, &mut buffers.scores);
    }

    /// The slot of a token's part, computed if it isn't there.
    fn part(&self, level: Level, token: u32, buffers: &mut ScorerBuffers) -> usize {
        let (at, ring) = (token as usize, buffers.owners.len());
        let slot = at % ring;
        if buffers.owners[slot] == token {
            return slot;
        }
        // Tokens are mostly asked for from left to right, so those that follow a new one are computed with it. One that was
        // pushed out is computed alone: it may stay on the stack for thousands of moves, taking turns with another in its
        // slot.
        let count = match at < buffers.seen {
            true => 1,
            false => AHEAD.min(ring - slot).min(buffers.lower.len() / HIDDEN - at),
        };
        buffers.seen = buffers.seen.max(at + count);
        let size = self.places * PART;
        let output = &mut buffers.parts[slot * size..(slot + count) * size];
        self.hidden.forward(level, &buffers.lower[at * HIDDEN..], HIDDEN, count, output);
        buffers.owners[slot..slot + count].iter_mut().zip(token..).for_each(|(owner, token)| *owner = token);
        slot
    }
}
