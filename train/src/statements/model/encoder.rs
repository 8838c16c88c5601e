//! The encoder: embeddings, then layers of simple recurrent units in both directions.

use super::parameters::{INPUT_AT, LAST_AT, LAYERS_AT};
use super::pass::{BatchPass, Gradient, Normalisation, Product, times};
use super::random::XorShift;
use onrecord_facts::training::{DEPTH, FEATURES, INPUT, OF_THE_WORD, PIECE, WIDTH};
use onrecord_tensors::{sigmoid, tanh};

/// What the way back needs to know of the way there.
pub struct EncoderPass {
    /// The features of each word as they were read: those of an unknown word are dropped.
    rows: Vec<[u16; FEATURES.len()]>,
    input: Vec<f32>,
    input_drop: Vec<f32>,
    layers: Vec<EncoderLayer>,
    last: Normalisation,
    drop: Vec<f32>,
    /// What was made of each word.
    pub encoded: Vec<f32>,
}

struct EncoderLayer {
    norm: Normalisation,
    drop: Vec<f32>,
    scaled: Vec<f32>,
    mixed: Vec<f32>,
    incoming: Vec<f32>,
    kept: Vec<f32>,
    shown: Vec<f32>,
    state: Vec<f32>,
}

const INPUT_PRODUCT: Product = Product { at: INPUT_AT, inputs: INPUT, outputs: WIDTH };

impl EncoderPass {
    pub fn forward(pass: &BatchPass, pieces: &[f32], random: &mut XorShift) -> Self {
        let count = pass.batch.count;
        let (rows, mut input) = embed(pass, pieces, random);
        let input_drop = pass.drop(random, input.len(), pass.dropout.input);
        times(&mut input, &input_drop);
        let mut stream = INPUT_PRODUCT.biased(pass, INPUT_AT + 1, &input, count);
        let mut layers: Vec<EncoderLayer> = Vec::new();
        for depth in 0..DEPTH {
            layers.push(EncoderLayer::forward(pass, depth, &mut stream, random));
        }
        let (last, mut encoded) = Normalisation::forward(pass, LAST_AT, &stream);
        let drop = pass.drop(random, encoded.len(), pass.dropout.between);
        times(&mut encoded, &drop);
        EncoderPass { rows, input, input_drop, layers, last, drop, encoded }
    }

    /// From the gradient of `encoded` to that of all parameters of the encoder.
    pub fn back(&self, pass: &BatchPass, gradient: &mut Gradient, mut from: Vec<f32>) {
        let count = pass.batch.count;
        times(&mut from, &self.drop);
        let mut stream = vec![0.0; count * WIDTH];
        self.last.back(pass, gradient, &from, &mut stream);
        for (depth, layer) in self.layers.iter().enumerate().rev() {
            layer.back(pass, depth, gradient, &mut stream);
        }
        let mut input = vec![0.0; self.input.len()];
        INPUT_PRODUCT.back_biased(pass, gradient, &self.input, &stream, count, &mut input);
        times(&mut input, &self.input_drop);
        for (row, from) in self.rows.iter().zip(input.chunks_exact(INPUT)) {
            let mut start = 0;
            for (number, (feature, place)) in row.iter().zip(FEATURES.iter().zip(&pass.places.all)) {
                let to = place.start + usize::from(*number) * feature.width;
                let to = &mut gradient.numbers[to..to + feature.width];
                to.iter_mut().zip(&from[start..]).for_each(|(sum, number)| *sum += number);
                start += feature.width;
            }
        }
    }
}

/// The embedded features of each word, and the mean of its word pieces. A share of words is made unknown.
fn embed(pass: &BatchPass, pieces: &[f32], random: &mut XorShift) -> (Vec<[u16; FEATURES.len()]>, Vec<f32>) {
    let mut rows = Vec::with_capacity(pass.batch.count);
    let mut input = vec![0.0; pass.batch.count * INPUT];
    let words = pass.batch.lessons.iter().flat_map(|lesson| (0..lesson.labels.len()).map(move |at| (lesson, at)));
    for ((lesson, at), to) in words.zip(input.chunks_exact_mut(INPUT)) {
        let mut row = lesson.inputs.rows[at];
        let unknown = pass.dropout.on && random.share() < pass.dropout.words;
        if unknown {
            OF_THE_WORD.iter().for_each(|feature| row[*feature] = 0);
        }
        let mut start = 0;
        for (number, (feature, place)) in row.iter().zip(FEATURES.iter().zip(&pass.places.all)) {
            let from = place.start + usize::from(*number) * feature.width;
            to[start..start + feature.width].copy_from_slice(&pass.parameters[from..from + feature.width]);
            start += feature.width;
        }
        if !unknown {
            let own = lesson.inputs.pieces_of(at);
            for piece in own {
                let from = &pieces[*piece as usize * PIECE..(*piece as usize + 1) * PIECE];
                to[start..].iter_mut().zip(from).for_each(|(sum, number)| *sum += number);
            }
            let share = 1.0 / own.len().max(1) as f32;
            to[start..].iter_mut().for_each(|sum| *sum *= share);
        }
        rows.push(row);
    }
    (rows, input)
}

impl EncoderLayer {
    /// The first tensor of a layer.
    fn first(depth: usize) -> usize {
        LAYERS_AT + 5 * depth
    }

    fn gates(depth: usize) -> Product {
        Product { at: Self::first(depth) + 3, inputs: WIDTH, outputs: 3 * WIDTH }
    }

    /// Adds to `stream` what the layer makes of it.
    fn forward(pass: &BatchPass, depth: usize, stream: &mut [f32], random: &mut XorShift) -> Self {
        let (batch, count, at) = (&pass.batch, pass.batch.count, Self::first(depth));
        let (norm, mut scaled) = Normalisation::forward(pass, at, stream);
        // One factor for each number of a lesson, the same for all its words.
        let mut drop = Vec::new();
        if pass.dropout.on && depth > 0 {
            for lesson in batch.lessons {
                let own = random.drop(WIDTH, pass.dropout.between);
                for _ in 0..lesson.labels.len() {
                    drop.extend_from_slice(&own);
                }
            }
        }
        times(&mut scaled, &drop);
        let mut mixed = vec![0.0; count * WIDTH];
        let neighbours = pass.tensor(at + 2);
        batch.each_neighbour(|to, from, which| {
            let weights = &neighbours[which * WIDTH..(which + 1) * WIDTH];
            let (to, from) = (&mut mixed[to * WIDTH..(to + 1) * WIDTH], &scaled[from * WIDTH..(from + 1) * WIDTH]);
            to.iter_mut().zip(from).zip(weights).for_each(|((sum, number), weight)| *sum += number * weight);
        });
        let gates = Self::gates(depth).biased(pass, at + 4, &mixed, count);
        let zeros = || vec![0.0; count * WIDTH];
        let (incoming, kept, shown, state) = (zeros(), zeros(), zeros(), zeros());
        let mut layer = EncoderLayer { norm, drop, scaled, mixed, incoming, kept, shown, state };
        for word in 0..count {
            let (from, to) = (word * 3 * WIDTH, word * WIDTH..(word + 1) * WIDTH);
            layer.incoming[to.clone()].copy_from_slice(&gates[from..from + WIDTH]);
            let kept = layer.kept[to.clone()].iter_mut().zip(&gates[from + WIDTH..from + 2 * WIDTH]);
            kept.for_each(|(kept, number)| *kept = sigmoid(*number));
            let shown = layer.shown[to].iter_mut().zip(&gates[from + 2 * WIDTH..from + 3 * WIDTH]);
            shown.for_each(|(shown, number)| *shown = sigmoid(*number));
        }
        batch.each_step(|word, before, half| {
            for unit in half {
                let at = word * WIDTH + unit;
                let last = before.map_or(0.0, |before| layer.state[before * WIDTH + unit]);
                layer.state[at] = layer.kept[at] * last + (1.0 - layer.kept[at]) * layer.incoming[at];
            }
        });
        for (number, (shown, state)) in stream.iter_mut().zip(layer.shown.iter().zip(&layer.state)) {
            *number += shown * tanh(*state);
        }
        layer
    }

    /// From the gradient of the stream after the layer to that before it.
    fn back(&self, pass: &BatchPass, depth: usize, gradient: &mut Gradient, stream: &mut [f32]) {
        let (batch, count, at) = (&pass.batch, pass.batch.count, Self::first(depth));
        let mut gates = vec![0.0; count * 3 * WIDTH];
        let mut carried = vec![0.0_f32; count * WIDTH];
        // Against the direction of the units: first comes what a state gives to the one after it.
        batch.each_step_back(|word, before, half| {
            for unit in half {
                let at = word * WIDTH + unit;
                let (state, shown, kept) = (self.state[at], self.shown[at], self.kept[at]);
                let curved = tanh(state);
                let gate = word * 3 * WIDTH + unit;
                gates[gate + 2 * WIDTH] = stream[at] * curved * shown * (1.0 - shown);
                let state_gradient = carried[at] + stream[at] * shown * (1.0 - curved * curved);
                let last = before.map_or(0.0, |before| self.state[before * WIDTH + unit]);
                gates[gate] = state_gradient * (1.0 - kept);
                gates[gate + WIDTH] = state_gradient * (last - self.incoming[at]) * kept * (1.0 - kept);
                if let Some(before) = before {
                    carried[before * WIDTH + unit] = state_gradient * kept;
                }
            }
        });
        let mut mixed = vec![0.0; count * WIDTH];
        Self::gates(depth).back_biased(pass, gradient, &self.mixed, &gates, count, &mut mixed);
        let mut scaled = vec![0.0; count * WIDTH];
        let neighbours = pass.tensor(at + 2);
        let weights = gradient.tensor(at + 2);
        batch.each_neighbour(|to, from, which| {
            for unit in 0..WIDTH {
                let number = mixed[to * WIDTH + unit];
                scaled[from * WIDTH + unit] += number * neighbours[which * WIDTH + unit];
                weights[which * WIDTH + unit] += number * self.scaled[from * WIDTH + unit];
            }
        });
        times(&mut scaled, &self.drop);
        self.norm.back(pass, gradient, &scaled, stream);
    }
}
