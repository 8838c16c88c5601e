//! The network: words of a block to a score for each label, and words beside a cue to what they are to it.
//!
//! Embedded features and word pieces, projected to 256 numbers; three layers of simple recurrent units in both
//! directions (Lei et al. 2018, "Simple Recurrent Units for Highly Parallelizable Recurrence"), each behind a layer
//! normalisation and a weighting of a word with its neighbours, added to what came in; then two small heads.

use super::inputs::{FEATURES, Inputs, Labels};
use super::lattice::{CHOICES, LabelChain};
use super::pairs::PairRow;
use super::pieces::Pieces;
use super::weights::{DEPTH, HALF, HIDDEN, INPUT, LINK, LINKS, PIECE, StatementWeights, WIDTH};
use onrecord_tensors::{self as tensors, Dense, LayerNorm, Level, WeightsError, exp, rectify};
use std::ops::Range;

/// A layer of the encoder.
struct Recurrent {
    norm: LayerNorm,
    neighbours: Vec<f32>,
    gates: Dense,
}

/// The trained network.
pub struct Network {
    /// What it was made of.
    pub weights: StatementWeights,
    pub(crate) labels: Labels,
    pub(crate) pieces: Pieces,
    /// How labels follow each other.
    pub chain: LabelChain,
    input: Dense,
    layers: Vec<Recurrent>,
    last: LayerNorm,
    tagger: Dense,
    choices: Dense,
    cue: Dense,
    word: Dense,
    links: Vec<f32>,
    pair: Vec<f32>,
    pair_hidden: Vec<f32>,
    cue_hidden: Dense,
    word_hidden: Dense,
    out: Vec<f32>,
    out_bias: Vec<f32>,
    level: Level,
}

/// Buffers of a thread.
#[derive(Default)]
pub struct Work {
    input: Vec<f32>,
    rows: Vec<f32>,
    normal: Vec<f32>,
    mixed: Vec<f32>,
    gates: Vec<f32>,
    hidden: Vec<f32>,
    /// What the encoder made of each word.
    encoded: Vec<f32>,
    flat: Vec<f32>,
    words: Vec<f32>,
    word_hidden: Vec<f32>,
    /// Scores of the labels of each word.
    pub scores: Vec<[f32; CHOICES]>,
}

impl Network {
    /// Makes a network of its weights.
    ///
    /// # Errors
    /// If a tensor is missing.
    pub fn new(weights: StatementWeights) -> Result<Network, WeightsError> {
        let mut tensors = weights.tensors.iter().skip(FEATURES.len());
        let mut next = || tensors.next().ok_or_else(|| WeightsError::table("out bias", "is missing"));
        let input = Dense::from_columns(next()?, next()?);
        let mut layers = Vec::new();
        for _ in 0..DEPTH {
            let (scale, shift, neighbours) = (next()?.clone(), next()?.clone(), next()?.clone());
            layers.push(Recurrent {
                norm: LayerNorm { scale, shift },
                neighbours,
                gates: Dense::from_columns(next()?, next()?),
            });
        }
        let last = LayerNorm { scale: next()?.clone(), shift: next()?.clone() };
        let tagger = Dense::from_columns(next()?, next()?);
        let choices = Dense::from_columns(next()?, next()?);
        let chain = LabelChain::new(next()?, next()?);
        let cue = Dense::from_columns(next()?, next()?);
        let word = Dense::from_columns(next()?, next()?);
        let (links, pair, pair_hidden) = (next()?.clone(), next()?.clone(), next()?.clone());
        let (cue_hidden, word_hidden, bias) = (next()?, next()?, next()?);
        let (cue_hidden, word_hidden) =
            (Dense::from_columns(cue_hidden, bias), Dense::from_columns(word_hidden, &[0.0; LINK]));
        let (out, out_bias) = (next()?.clone(), next()?.clone());
        let (labels, pieces) = (Labels::read(&weights.labels), Pieces::read(&weights.vocabulary));
        let level = Level::detect();
        Ok(Network {
            weights,
            labels,
            pieces,
            chain,
            input,
            layers,
            last,
            tagger,
            choices,
            cue,
            word,
            links,
            pair,
            pair_hidden,
            cue_hidden,
            word_hidden,
            out,
            out_bias,
            level,
        })
    }

    /// Encodes a block and scores the labels of its words.
    pub fn encode(&self, inputs: &Inputs, work: &mut Work) {
        let count = inputs.rows.len();
        work.input.clear();
        for (at, row) in inputs.rows.iter().enumerate() {
            for ((number, feature), table) in row.iter().zip(&FEATURES).zip(&self.weights.tensors) {
                let start = usize::from(*number).min(feature.rows - 1) * feature.width;
                work.input.extend_from_slice(&table[start..start + feature.width]);
            }
            let start = work.input.len();
            work.input.resize(start + PIECE, 0.0);
            let pieces = inputs.pieces_of(at);
            for piece in pieces {
                let row = &self.weights.pieces[*piece as usize * PIECE..(*piece as usize + 1) * PIECE];
                work.input[start..].iter_mut().zip(row).for_each(|(sum, number)| *sum += number);
            }
            let share = 1.0 / pieces.len().max(1) as f32;
            work.input[start..].iter_mut().for_each(|sum| *sum *= share);
        }
        work.rows.resize(count * WIDTH, 0.0);
        self.input.forward(self.level, &work.input, INPUT, count, &mut work.rows);
        for layer in &self.layers {
            work.normal.clear();
            work.normal.extend_from_slice(&work.rows);
            layer.norm.apply(self.level, &mut work.normal, None);
            work.mixed.resize(count * WIDTH, 0.0);
            tensors::mix_neighbours(self.level, &work.normal, &layer.neighbours, WIDTH, &mut work.mixed);
            work.gates.resize(count * 3 * WIDTH, 0.0);
            layer.gates.forward(self.level, &work.mixed, WIDTH, count, &mut work.gates);
            tensors::recur(self.level, &work.gates, HALF, &mut work.rows);
        }
        work.encoded.clear();
        work.encoded.extend_from_slice(&work.rows);
        self.last.apply(self.level, &mut work.encoded, None);
        work.hidden.resize(count * HIDDEN, 0.0);
        self.tagger.forward(self.level, &work.encoded, WIDTH, count, &mut work.hidden);
        rectify(&mut work.hidden);
        work.flat.resize(count * CHOICES, 0.0);
        self.choices.forward(self.level, &work.hidden, HIDDEN, count, &mut work.flat);
        work.scores.clear();
        work.scores.extend(work.flat.as_chunks::<CHOICES>().0);
    }

    /// What the linker makes of each word, once for all cues of the encoded block.
    pub fn prepare_links(&self, work: &mut Work) {
        let count = work.scores.len();
        work.words.resize(count * LINK, 0.0);
        self.word.forward(self.level, &work.encoded, WIDTH, count, &mut work.words);
        rectify(&mut work.words);
        work.word_hidden.resize(count * LINK, 0.0);
        self.word_hidden.forward(self.level, &work.words, LINK, count, &mut work.word_hidden);
    }

    /// How likely each word of the encoded block is nothing, content or source to the cue.
    pub fn link(&self, cue: &Range<usize>, pairs: &[PairRow], work: &Work) -> Vec<[f32; LINKS]> {
        let mut mean = vec![0.0; WIDTH];
        for row in work.encoded[cue.start * WIDTH..cue.end * WIDTH].chunks_exact(WIDTH) {
            tensors::add(self.level, &mut mean, row);
        }
        let share = 1.0 / cue.len().max(1) as f32;
        mean.iter_mut().for_each(|sum| *sum *= share);
        let mut own = vec![0.0; LINK];
        self.cue.forward(self.level, &mean, WIDTH, 1, &mut own);
        rectify(&mut own);
        let mut hidden = vec![0.0; LINK];
        self.cue_hidden.forward(self.level, &own, LINK, 1, &mut hidden);
        own.push(1.0);
        // The cue's part of the products, so that each word has three short ones.
        let mut parts = [[0.0_f32; LINK + 1]; LINKS];
        for (part, matrix) in parts.iter_mut().zip(self.links.chunks_exact((LINK + 1) * (LINK + 1))) {
            for (number, row) in own.iter().zip(matrix.chunks_exact(LINK + 1)) {
                part.iter_mut().zip(row).for_each(|(sum, weight)| *sum += number * weight);
            }
        }
        let words = work.words.chunks_exact(LINK).zip(work.word_hidden.chunks_exact(LINK)).zip(pairs);
        words
            .map(|((word, word_hidden), pair)| {
                let mut scores: [f32; LINKS] = std::array::from_fn(|link| self.out_bias[link] + parts[link][LINK]);
                let mut sums = [0.0_f32; LINK];
                for at in 0..LINK {
                    sums[at] = hidden[at] + word_hidden[at];
                    for (score, part) in scores.iter_mut().zip(&parts) {
                        *score += part[at] * word[at];
                    }
                }
                for row in pair {
                    let row = usize::from(*row);
                    scores.iter_mut().zip(&self.pair[row * LINKS..]).for_each(|(sum, number)| *sum += number);
                    sums.iter_mut().zip(&self.pair_hidden[row * LINK..]).for_each(|(sum, number)| *sum += number);
                }
                for (sum, weights) in sums.iter().zip(self.out.chunks_exact(LINKS)) {
                    let sum = sum.max(0.0);
                    scores.iter_mut().zip(weights).for_each(|(score, weight)| *score += sum * weight);
                }
                let most = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
                let shares = scores.map(|score| exp(score - most));
                let all: f32 = shares.iter().sum();
                shares.map(|share| share / all)
            })
            .collect()
    }
}
