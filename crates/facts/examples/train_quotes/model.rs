//! The network with its gradients, written out by hand. The same arithmetic as `tagger::network`, with dropout.

use super::matrix::{add_product, add_product_turned_left, add_product_turned_right};
use onrecord_facts::training::{
    CHOICES, Chain, DEPTH, FEATURES, HALF, HIDDEN, INPUT, LINK, LINKS, Lesson, OF_THE_WORD, PAIR_ROWS, PIECE, WIDTH,
    tensors,
};
use onrecord_tensors::{exp, sigmoid, tanh};
use std::ops::Range;

/// Where each tensor stands in the flat vector of parameters.
#[derive(Clone)]
pub struct Places {
    pub all: Vec<Range<usize>>,
    pub total: usize,
}

impl Places {
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
        Places { all, total }
    }
}

/// Tensors behind the embeddings, by position.
const INPUT_AT: usize = FEATURES.len();
const LAYERS_AT: usize = INPUT_AT + 2;
const LAST_AT: usize = LAYERS_AT + 5 * DEPTH;
const TAGGER_AT: usize = LAST_AT + 2;
const LABELS_AT: usize = TAGGER_AT + 2;
const STEPS_AT: usize = LABELS_AT + 2;
const CUE_AT: usize = STEPS_AT + 2;
const WORD_AT: usize = CUE_AT + 2;
const LINKS_AT: usize = WORD_AT + 2;
const PAIR_AT: usize = LINKS_AT + 1;
const PAIR_HIDDEN_AT: usize = PAIR_AT + 1;
const CUE_HIDDEN_AT: usize = PAIR_HIDDEN_AT + 1;
const WORD_HIDDEN_AT: usize = CUE_HIDDEN_AT + 1;
const HIDDEN_BIAS_AT: usize = WORD_HIDDEN_AT + 1;
const OUT_AT: usize = HIDDEN_BIAS_AT + 1;
const OUT_BIAS_AT: usize = OUT_AT + 1;

/// A cheap source of random numbers with a seed of its own.
#[derive(Clone)]
pub struct Random(pub u64);

impl Random {
    pub fn next(&mut self) -> u32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 24) as u32
    }

    /// From 0 to 1.
    pub fn share(&mut self) -> f32 {
        (self.next() >> 8) as f32 / (1 << 24) as f32
    }

    /// Normal with variance one, nearly.
    pub fn normal(&mut self) -> f32 {
        (0..12).map(|_| self.share()).sum::<f32>() - 6.0
    }

    /// Factors that drop a share of numbers and scale up the rest.
    fn drop(&mut self, count: usize, share: f32) -> Vec<f32> {
        let least = (f64::from(share) * 4_294_967_296.0) as u64;
        let factor = 1.0 / (1.0 - share);
        (0..count).map(|_| if u64::from(self.next()) < least { 0.0 } else { factor }).collect()
    }
}

/// How much is dropped in training; none where `on` is false.
#[derive(Copy, Clone)]
pub struct Dropout {
    pub on: bool,
    pub input: f32,
    pub between: f32,
    pub heads: f32,
    pub words: f32,
}

/// First parameters: matrices by the width of what comes in, scales one.
pub fn start(places: &Places, random: &mut Random) -> Vec<f32> {
    let mut numbers = vec![0.0; places.total];
    for (at, (tensor, place)) in tensors().iter().zip(&places.all).enumerate() {
        let spread = match tensor.name.as_str() {
            _ if at < INPUT_AT => 0.1,
            "scale" | "last scale" => {
                numbers[place.clone()].fill(1.0);
                continue;
            }
            "neighbours" => {
                numbers[place.start + WIDTH..place.start + 2 * WIDTH].fill(1.0);
                continue;
            }
            "gates bias" => {
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

struct Layer {
    /// Normalised, before scale and shift; the inverse deviation of each row.
    normal: Vec<f32>,
    inverse: Vec<f32>,
    drop: Vec<f32>,
    scaled: Vec<f32>,
    mixed: Vec<f32>,
    incoming: Vec<f32>,
    kept: Vec<f32>,
    shown: Vec<f32>,
    state: Vec<f32>,
}

/// Loss of lessons: of labels, of links, each summed, and words; gradients of their sum are added to `gradient`.
pub fn learn(
    parameters: &[f32],
    places: &Places,
    pieces: &[f32],
    lessons: &[&Lesson],
    dropout: Dropout,
    random: &mut Random,
    gradient: Option<&mut [f32]>,
) -> (f64, f64, usize) {
    let tensor = |at: usize| &parameters[places.all[at].clone()];
    let mut ends = Vec::new();
    let mut count = 0;
    for lesson in lessons {
        count += lesson.labels.len();
        ends.push(count);
    }
    let starts: Vec<usize> = std::iter::once(0).chain(ends.iter().copied()).collect();
    let drop = |random: &mut Random, count: usize, share: f32| {
        if dropout.on && share > 0.0 { random.drop(count, share) } else { Vec::new() }
    };
    let times = |numbers: &mut [f32], factors: &[f32]| {
        numbers.iter_mut().zip(factors).for_each(|(number, factor)| *number *= factor);
    };

    // Embeddings.
    let mut rows = Vec::with_capacity(count);
    let mut input = vec![0.0; count * INPUT];
    let mut word = 0;
    for lesson in lessons {
        for at in 0..lesson.labels.len() {
            let mut row = lesson.inputs.rows[at];
            let unknown = dropout.on && random.share() < dropout.words;
            if unknown {
                OF_THE_WORD.iter().for_each(|feature| row[*feature] = 0);
            }
            let to = &mut input[word * INPUT..(word + 1) * INPUT];
            let mut start = 0;
            for (number, (feature, place)) in row.iter().zip(FEATURES.iter().zip(&places.all)) {
                let from = place.start + usize::from(*number) * feature.width;
                to[start..start + feature.width].copy_from_slice(&parameters[from..from + feature.width]);
                start += feature.width;
            }
            let own = lesson.inputs.pieces_of(at);
            if !unknown {
                for piece in own {
                    let from = &pieces[*piece as usize * PIECE..(*piece as usize + 1) * PIECE];
                    to[start..].iter_mut().zip(from).for_each(|(sum, number)| *sum += number);
                }
                let share = 1.0 / own.len().max(1) as f32;
                to[start..].iter_mut().for_each(|sum| *sum *= share);
            }
            rows.push(row);
            word += 1;
        }
    }
    let input_drop = drop(random, input.len(), dropout.input);
    times(&mut input, &input_drop);
    let mut stream = biased(tensor(INPUT_AT + 1), count);
    add_product(&input, tensor(INPUT_AT), count, INPUT, WIDTH, &mut stream);

    // Recurrent layers.
    let mut layers: Vec<Layer> = Vec::new();
    for depth in 0..DEPTH {
        let at = LAYERS_AT + 5 * depth;
        let (normal, inverse) = normalise(&stream);
        let mut scaled = scale(&normal, tensor(at), tensor(at + 1));
        // One factor for each number of a lesson, the same for all its words.
        let mut factors = Vec::new();
        if dropout.on && depth > 0 {
            for lesson in lessons {
                let own = random.drop(WIDTH, dropout.between);
                for _ in 0..lesson.labels.len() {
                    factors.extend_from_slice(&own);
                }
            }
        }
        times(&mut scaled, &factors);
        let mut mixed = vec![0.0; count * WIDTH];
        let neighbours = tensor(at + 2);
        each_neighbour(&starts, |to, from, which| {
            let weights = &neighbours[which * WIDTH..(which + 1) * WIDTH];
            let (to, from) = (&mut mixed[to * WIDTH..(to + 1) * WIDTH], &scaled[from * WIDTH..(from + 1) * WIDTH]);
            to.iter_mut().zip(from).zip(weights).for_each(|((sum, number), weight)| *sum += number * weight);
        });
        let mut gates = biased(tensor(at + 4), count);
        add_product(&mixed, tensor(at + 3), count, WIDTH, 3 * WIDTH, &mut gates);
        let mut layer = Layer {
            normal,
            inverse,
            drop: factors,
            scaled,
            mixed,
            incoming: vec![0.0; count * WIDTH],
            kept: vec![0.0; count * WIDTH],
            shown: vec![0.0; count * WIDTH],
            state: vec![0.0; count * WIDTH],
        };
        for word in 0..count {
            let (from, to) = (word * 3 * WIDTH, word * WIDTH..(word + 1) * WIDTH);
            layer.incoming[to.clone()].copy_from_slice(&gates[from..from + WIDTH]);
            let kept = layer.kept[to.clone()].iter_mut().zip(&gates[from + WIDTH..from + 2 * WIDTH]);
            kept.for_each(|(kept, number)| *kept = sigmoid(*number));
            let shown = layer.shown[to].iter_mut().zip(&gates[from + 2 * WIDTH..from + 3 * WIDTH]);
            shown.for_each(|(shown, number)| *shown = sigmoid(*number));
        }
        each_step(&starts, |word, before, half| {
            for unit in half {
                let at = word * WIDTH + unit;
                let last = before.map_or(0.0, |before| layer.state[before * WIDTH + unit]);
                layer.state[at] = layer.kept[at] * last + (1.0 - layer.kept[at]) * layer.incoming[at];
            }
        });
        for (number, (shown, state)) in stream.iter_mut().zip(layer.shown.iter().zip(&layer.state)) {
            *number += shown * tanh(*state);
        }
        layers.push(layer);
    }
    let (normal, inverse) = normalise(&stream);
    let mut encoded = scale(&normal, tensor(LAST_AT), tensor(LAST_AT + 1));
    let encoded_drop = drop(random, encoded.len(), dropout.between);
    times(&mut encoded, &encoded_drop);

    // Labels.
    let mut hidden = biased(tensor(TAGGER_AT + 1), count);
    add_product(&encoded, tensor(TAGGER_AT), count, WIDTH, HIDDEN, &mut hidden);
    hidden.iter_mut().for_each(|number| *number = number.max(0.0));
    let hidden_drop = drop(random, hidden.len(), dropout.heads);
    times(&mut hidden, &hidden_drop);
    let mut scores = biased(tensor(LABELS_AT + 1), count);
    add_product(&hidden, tensor(LABELS_AT), count, HIDDEN, CHOICES, &mut scores);
    let scores: Vec<[f32; CHOICES]> = scores.as_chunks::<CHOICES>().0.to_vec();
    let chain = Chain::new(tensor(STEPS_AT), tensor(STEPS_AT + 1));
    let mut score_gradient = vec![0.0; count * CHOICES];
    let mut step_gradient = [0.0_f32; CHOICES * CHOICES];
    let mut start_gradient = [0.0_f32; CHOICES];
    let mut label_loss = 0.0;
    let (mut forward, mut backward, mut likely) = (Vec::new(), Vec::new(), Vec::new());
    for (lesson, start) in lessons.iter().zip(&starts) {
        let scores = &scores[*start..start + lesson.labels.len()];
        let all = chain.likely(scores, &mut forward, &mut backward, &mut likely);
        let labels = &lesson.labels;
        let mut own = chain.starts[usize::from(labels[0])];
        start_gradient.iter_mut().zip(&likely[0]).for_each(|(sum, likely)| *sum += likely);
        start_gradient[usize::from(labels[0])] -= 1.0;
        for (at, label) in labels.iter().enumerate() {
            let label = usize::from(*label);
            own += scores[at][label];
            for choice in 0..CHOICES {
                score_gradient[(start + at) * CHOICES + choice] = likely[at][choice];
            }
            score_gradient[(start + at) * CHOICES + label] -= 1.0;
            if at > 0 {
                let before = usize::from(labels[at - 1]);
                own += chain.steps[before][label];
                step_gradient[before * CHOICES + label] -= 1.0;
                for a in 0..CHOICES {
                    for b in 0..CHOICES {
                        let sum = forward[at - 1][a] + chain.steps[a][b] + scores[at][b] + backward[at][b] - all;
                        step_gradient[a * CHOICES + b] += exp(sum);
                    }
                }
            }
        }
        label_loss += f64::from(all - own);
    }

    // Links.
    let mut words = biased(tensor(WORD_AT + 1), count);
    add_product(&encoded, tensor(WORD_AT), count, WIDTH, LINK, &mut words);
    words.iter_mut().for_each(|number| *number = number.max(0.0));
    let words_drop = drop(random, words.len(), dropout.heads);
    times(&mut words, &words_drop);
    let mut word_hidden = vec![0.0; count * LINK];
    add_product(&words, tensor(WORD_HIDDEN_AT), count, LINK, LINK, &mut word_hidden);
    let cues: Vec<(usize, &onrecord_facts::training::Cue)> =
        lessons.iter().zip(&starts).flat_map(|(lesson, start)| lesson.cues.iter().map(|cue| (*start, cue))).collect();
    let mut means = vec![0.0; cues.len() * WIDTH];
    for ((start, cue), mean) in cues.iter().zip(means.chunks_exact_mut(WIDTH)) {
        let share = 1.0 / cue.words.len() as f32;
        for word in cue.words.clone() {
            let row = &encoded[(start + word) * WIDTH..(start + word + 1) * WIDTH];
            mean.iter_mut().zip(row).for_each(|(sum, number)| *sum += number * share);
        }
    }
    let mut own = biased(tensor(CUE_AT + 1), cues.len());
    add_product(&means, tensor(CUE_AT), cues.len(), WIDTH, LINK, &mut own);
    own.iter_mut().for_each(|number| *number = number.max(0.0));
    let own_drop = drop(random, own.len(), dropout.heads);
    times(&mut own, &own_drop);
    let mut cue_hidden = biased(tensor(HIDDEN_BIAS_AT), cues.len());
    add_product(&own, tensor(CUE_HIDDEN_AT), cues.len(), LINK, LINK, &mut cue_hidden);
    let mut link_loss = 0.0;
    let mut own_gradient = vec![0.0; own.len()];
    let mut cue_hidden_gradient = vec![0.0; cue_hidden.len()];
    let mut word_gradient = vec![0.0; words.len()];
    let mut word_hidden_gradient = vec![0.0; word_hidden.len()];
    let mut none = vec![0.0; if gradient.is_some() { 0 } else { places.total }];
    let wanted = gradient.is_some();
    let gradient = gradient.unwrap_or(&mut none);
    const SIDE: usize = LINK + 1;
    let (links, pair, pair_hidden) = (tensor(LINKS_AT), tensor(PAIR_AT), tensor(PAIR_HIDDEN_AT));
    let (out, out_bias) = (tensor(OUT_AT), tensor(OUT_BIAS_AT));
    for (number, (start, cue)) in cues.iter().enumerate() {
        let mut with_one = [1.0_f32; SIDE];
        with_one[..LINK].copy_from_slice(&own[number * LINK..(number + 1) * LINK]);
        let mut parts = [[0.0_f32; SIDE]; LINKS];
        let mut parts_gradient = [[0.0_f32; SIDE]; LINKS];
        for (link, part) in parts.iter_mut().enumerate() {
            for (from, number) in with_one.iter().enumerate() {
                let row = &links[(link * SIDE + from) * SIDE..(link * SIDE + from + 1) * SIDE];
                part.iter_mut().zip(row).for_each(|(sum, weight)| *sum += number * weight);
            }
        }
        let base = &cue_hidden[number * LINK..(number + 1) * LINK];
        for (at, rows) in cue.pairs.iter().enumerate() {
            let word = start + at;
            let own_word = &words[word * LINK..(word + 1) * LINK];
            let mut scores: [f32; LINKS] = std::array::from_fn(|link| {
                let product: f32 = own_word.iter().zip(&parts[link]).map(|(a, b)| a * b).sum();
                out_bias[link] + parts[link][LINK] + product
            });
            let mut sums = [0.0_f32; LINK];
            sums.copy_from_slice(base);
            sums.iter_mut().zip(&word_hidden[word * LINK..]).for_each(|(sum, number)| *sum += number);
            for row in rows {
                let row = usize::from(*row);
                scores.iter_mut().zip(&pair[row * LINKS..]).for_each(|(sum, number)| *sum += number);
                sums.iter_mut().zip(&pair_hidden[row * LINK..]).for_each(|(sum, number)| *sum += number);
            }
            for (sum, weights) in sums.iter_mut().zip(out.as_chunks::<LINKS>().0) {
                *sum = sum.max(0.0);
                scores.iter_mut().zip(weights).for_each(|(score, weight)| *score += *sum * weight);
            }
            let most = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
            let mut shares = scores.map(|score| exp(score - most));
            let all: f32 = shares.iter().sum();
            shares.iter_mut().for_each(|share| *share /= all);
            let right = usize::from(cue.links[at]);
            link_loss -= f64::from(shares[right].max(1e-9).ln());
            if !wanted {
                continue;
            }
            shares[right] -= 1.0;
            let own_gradient = &mut word_gradient[word * LINK..(word + 1) * LINK];
            for link in 0..LINKS {
                let share = shares[link];
                gradient[places.all[OUT_BIAS_AT].start + link] += share;
                parts_gradient[link][LINK] += share;
                for unit in 0..LINK {
                    own_gradient[unit] += share * parts[link][unit];
                    parts_gradient[link][unit] += share * own_word[unit];
                }
            }
            let mut sums_gradient = [0.0_f32; LINK];
            let out_gradient = &mut gradient[places.all[OUT_AT].clone()];
            for unit in 0..LINK {
                if sums[unit] > 0.0 {
                    for link in 0..LINKS {
                        out_gradient[unit * LINKS + link] += sums[unit] * shares[link];
                        sums_gradient[unit] += out[unit * LINKS + link] * shares[link];
                    }
                }
            }
            let from = &mut cue_hidden_gradient[number * LINK..(number + 1) * LINK];
            from.iter_mut().zip(&sums_gradient).for_each(|(sum, number)| *sum += number);
            let from = &mut word_hidden_gradient[word * LINK..(word + 1) * LINK];
            from.iter_mut().zip(&sums_gradient).for_each(|(sum, number)| *sum += number);
            for row in rows {
                let row = usize::from(*row);
                let to = &mut gradient[places.all[PAIR_AT].start + row * LINKS..];
                to.iter_mut().zip(&shares).for_each(|(sum, number)| *sum += number);
                let to = &mut gradient[places.all[PAIR_HIDDEN_AT].start + row * LINK..];
                to.iter_mut().zip(&sums_gradient).for_each(|(sum, number)| *sum += number);
            }
        }
        if wanted {
            let links_gradient = &mut gradient[places.all[LINKS_AT].clone()];
            let own_gradient = &mut own_gradient[number * LINK..(number + 1) * LINK];
            for (link, part) in parts_gradient.iter().enumerate() {
                for (from, number) in with_one.iter().enumerate() {
                    let place = (link * SIDE + from) * SIDE;
                    let to = &mut links_gradient[place..place + SIDE];
                    to.iter_mut().zip(part).for_each(|(sum, gradient)| *sum += number * gradient);
                    if from < LINK {
                        let row = &links[place..place + SIDE];
                        own_gradient[from] += row.iter().zip(part).map(|(a, b)| a * b).sum::<f32>();
                    }
                }
            }
        }
    }
    debug_assert_eq!(PAIR_ROWS * LINKS, pair.len());
    if !wanted {
        return (label_loss, link_loss, count);
    }

    // Back through the linker.
    add_sums(&cue_hidden_gradient, LINK, &mut gradient[places.all[HIDDEN_BIAS_AT].clone()]);
    add_product_turned_left(
        &own,
        &cue_hidden_gradient,
        cues.len(),
        LINK,
        LINK,
        &mut gradient[places.all[CUE_HIDDEN_AT].clone()],
    );
    add_product_turned_right(&cue_hidden_gradient, tensor(CUE_HIDDEN_AT), cues.len(), LINK, LINK, &mut own_gradient);
    let open = |gradient: &mut [f32], numbers: &[f32], factors: &[f32]| {
        for (gradient, number) in gradient.iter_mut().zip(numbers) {
            if *number <= 0.0 {
                *gradient = 0.0;
            }
        }
        gradient.iter_mut().zip(factors).for_each(|(number, factor)| *number *= factor);
    };
    open(&mut own_gradient, &own, &own_drop);
    let mut encoded_gradient = vec![0.0; encoded.len()];
    let mut means_gradient = vec![0.0; means.len()];
    back(places, gradient, parameters, CUE_AT, &means, &own_gradient, cues.len(), WIDTH, LINK, &mut means_gradient);
    for ((start, cue), mean) in cues.iter().zip(means_gradient.chunks_exact(WIDTH)) {
        let share = 1.0 / cue.words.len() as f32;
        for word in cue.words.clone() {
            let row = &mut encoded_gradient[(start + word) * WIDTH..(start + word + 1) * WIDTH];
            row.iter_mut().zip(mean).for_each(|(sum, number)| *sum += number * share);
        }
    }
    add_product_turned_left(
        &words,
        &word_hidden_gradient,
        count,
        LINK,
        LINK,
        &mut gradient[places.all[WORD_HIDDEN_AT].clone()],
    );
    add_product_turned_right(&word_hidden_gradient, tensor(WORD_HIDDEN_AT), count, LINK, LINK, &mut word_gradient);
    open(&mut word_gradient, &words, &words_drop);
    back(places, gradient, parameters, WORD_AT, &encoded, &word_gradient, count, WIDTH, LINK, &mut encoded_gradient);

    // Back through the labels.
    let add = |gradient: &mut [f32], at: usize, numbers: &[f32]| {
        gradient[places.all[at].clone()].iter_mut().zip(numbers).for_each(|(sum, number)| *sum += number);
    };
    add(gradient, STEPS_AT, &step_gradient);
    add(gradient, STEPS_AT + 1, &start_gradient);
    let mut hidden_gradient = vec![0.0; hidden.len()];
    back(
        places,
        gradient,
        parameters,
        LABELS_AT,
        &hidden,
        &score_gradient,
        count,
        HIDDEN,
        CHOICES,
        &mut hidden_gradient,
    );
    open(&mut hidden_gradient, &hidden, &hidden_drop);
    back(
        places,
        gradient,
        parameters,
        TAGGER_AT,
        &encoded,
        &hidden_gradient,
        count,
        WIDTH,
        HIDDEN,
        &mut encoded_gradient,
    );

    // Back through the encoder.
    times(&mut encoded_gradient, &encoded_drop);
    let mut stream_gradient = vec![0.0; count * WIDTH];
    back_normal(places, gradient, parameters, LAST_AT, &normal, &inverse, &encoded_gradient, &mut stream_gradient);
    for (depth, layer) in layers.iter().enumerate().rev() {
        let at = LAYERS_AT + 5 * depth;
        let mut gates_gradient = vec![0.0; count * 3 * WIDTH];
        let mut carried = vec![0.0_f32; count * WIDTH];
        // Against the direction of the units: what a state gives to the one behind it comes first.
        each_step_back(&starts, |word, before, half| {
            for unit in half {
                let at = word * WIDTH + unit;
                let (state, shown, kept) = (layer.state[at], layer.shown[at], layer.kept[at]);
                let curved = tanh(state);
                let gates = word * 3 * WIDTH + unit;
                gates_gradient[gates + 2 * WIDTH] = stream_gradient[at] * curved * shown * (1.0 - shown);
                let state_gradient = carried[at] + stream_gradient[at] * shown * (1.0 - curved * curved);
                let last = before.map_or(0.0, |before| layer.state[before * WIDTH + unit]);
                gates_gradient[gates] = state_gradient * (1.0 - kept);
                gates_gradient[gates + WIDTH] = state_gradient * (last - layer.incoming[at]) * kept * (1.0 - kept);
                if let Some(before) = before {
                    carried[before * WIDTH + unit] = state_gradient * kept;
                }
            }
        });
        let mut mixed_gradient = vec![0.0; count * WIDTH];
        back(
            places,
            gradient,
            parameters,
            at + 3,
            &layer.mixed,
            &gates_gradient,
            count,
            WIDTH,
            3 * WIDTH,
            &mut mixed_gradient,
        );
        let mut scaled_gradient = vec![0.0; count * WIDTH];
        let neighbours = tensor(at + 2);
        let place = places.all[at + 2].start;
        each_neighbour(&starts, |to, from, which| {
            for unit in 0..WIDTH {
                let number = mixed_gradient[to * WIDTH + unit];
                scaled_gradient[from * WIDTH + unit] += number * neighbours[which * WIDTH + unit];
                gradient[place + which * WIDTH + unit] += number * layer.scaled[from * WIDTH + unit];
            }
        });
        times(&mut scaled_gradient, &layer.drop);
        back_normal(
            places,
            gradient,
            parameters,
            at,
            &layer.normal,
            &layer.inverse,
            &scaled_gradient,
            &mut stream_gradient,
        );
    }
    let mut input_gradient = vec![0.0; input.len()];
    back(places, gradient, parameters, INPUT_AT, &input, &stream_gradient, count, INPUT, WIDTH, &mut input_gradient);
    times(&mut input_gradient, &input_drop);
    for (row, from) in rows.iter().zip(input_gradient.chunks_exact(INPUT)) {
        let mut start = 0;
        for (number, (feature, place)) in row.iter().zip(FEATURES.iter().zip(&places.all)) {
            let to = place.start + usize::from(*number) * feature.width;
            let to = &mut gradient[to..to + feature.width];
            to.iter_mut().zip(&from[start..]).for_each(|(sum, number)| *sum += number);
            start += feature.width;
        }
    }
    (label_loss, link_loss, count)
}

/// Rows that hold the bias.
fn biased(bias: &[f32], rows: usize) -> Vec<f32> {
    let mut all = Vec::with_capacity(rows * bias.len());
    for _ in 0..rows {
        all.extend_from_slice(bias);
    }
    all
}

fn normalise(rows: &[f32]) -> (Vec<f32>, Vec<f32>) {
    let mut normal = rows.to_vec();
    let inverse = normal
        .chunks_exact_mut(WIDTH)
        .map(|row| {
            let mean = row.iter().sum::<f32>() / WIDTH as f32;
            let variance = row.iter().map(|number| (number - mean) * (number - mean)).sum::<f32>() / WIDTH as f32;
            let inverse = 1.0 / (variance + 1e-8).sqrt();
            row.iter_mut().for_each(|number| *number = (*number - mean) * inverse);
            inverse
        })
        .collect();
    (normal, inverse)
}

fn scale(normal: &[f32], scale: &[f32], shift: &[f32]) -> Vec<f32> {
    let mut rows = normal.to_vec();
    for row in rows.chunks_exact_mut(WIDTH) {
        for ((number, scale), shift) in row.iter_mut().zip(scale).zip(shift) {
            *number = *number * scale + shift;
        }
    }
    rows
}

/// Through a normalisation whose scale is the tensor `at` and whose shift is the one behind it.
#[allow(clippy::too_many_arguments)]
fn back_normal(
    places: &Places,
    gradient: &mut [f32],
    parameters: &[f32],
    at: usize,
    normal: &[f32],
    inverse: &[f32],
    from: &[f32],
    to: &mut [f32],
) {
    let scale = &parameters[places.all[at].clone()];
    let (scales, shifts) = (places.all[at].start, places.all[at + 1].start);
    let mut own = vec![0.0; WIDTH];
    for (((from, normal), inverse), to) in
        from.chunks_exact(WIDTH).zip(normal.chunks_exact(WIDTH)).zip(inverse).zip(to.chunks_exact_mut(WIDTH))
    {
        let (mut sum, mut along) = (0.0, 0.0);
        for unit in 0..WIDTH {
            gradient[scales + unit] += from[unit] * normal[unit];
            gradient[shifts + unit] += from[unit];
            own[unit] = from[unit] * scale[unit];
            sum += own[unit];
            along += own[unit] * normal[unit];
        }
        let (sum, along) = (sum / WIDTH as f32, along / WIDTH as f32);
        for unit in 0..WIDTH {
            to[unit] += inverse * (own[unit] - sum - normal[unit] * along);
        }
    }
}

/// Through a product with the matrix `at`, whose bias is the tensor behind it.
#[allow(clippy::too_many_arguments)]
fn back(
    places: &Places,
    gradient: &mut [f32],
    parameters: &[f32],
    at: usize,
    input: &[f32],
    from: &[f32],
    rows: usize,
    inputs: usize,
    outputs: usize,
    to: &mut [f32],
) {
    add_product_turned_left(input, from, rows, inputs, outputs, &mut gradient[places.all[at].clone()]);
    add_sums(from, outputs, &mut gradient[places.all[at + 1].clone()]);
    add_product_turned_right(from, &parameters[places.all[at].clone()], rows, inputs, outputs, to);
}

fn add_sums(rows: &[f32], width: usize, to: &mut [f32]) {
    for row in rows.chunks_exact(width) {
        to.iter_mut().zip(row).for_each(|(sum, number)| *sum += number);
    }
}

/// Every word with the one before, itself and the one behind, within lessons.
fn each_neighbour(starts: &[usize], mut with: impl FnMut(usize, usize, usize)) {
    for lesson in starts.windows(2) {
        for word in lesson[0]..lesson[1] {
            if word > lesson[0] {
                with(word, word - 1, 0);
            }
            with(word, word, 1);
            if word + 1 < lesson[1] {
                with(word, word + 1, 2);
            }
        }
    }
}

/// Every word with the one whose state it takes over, in each direction.
fn each_step(starts: &[usize], mut with: impl FnMut(usize, Option<usize>, Range<usize>)) {
    for lesson in starts.windows(2) {
        for word in lesson[0]..lesson[1] {
            with(word, (word > lesson[0]).then(|| word - 1), 0..HALF);
        }
        for word in (lesson[0]..lesson[1]).rev() {
            with(word, (word + 1 < lesson[1]).then_some(word + 1), HALF..WIDTH);
        }
    }
}

/// The same, the last first.
fn each_step_back(starts: &[usize], mut with: impl FnMut(usize, Option<usize>, Range<usize>)) {
    for lesson in starts.windows(2) {
        for word in (lesson[0]..lesson[1]).rev() {
            with(word, (word > lesson[0]).then(|| word - 1), 0..HALF);
        }
        for word in lesson[0]..lesson[1] {
            with(word, (word + 1 < lesson[1]).then_some(word + 1), HALF..WIDTH);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use onrecord_facts::training::{Cue, Inputs};

    fn lesson(count: usize, random: &mut Random) -> Lesson {
        let mut inputs = Inputs::default();
        for _ in 0..count {
            inputs.rows.push(std::array::from_fn(|feature| (random.next() as usize % FEATURES[feature].rows) as u16));
            inputs.pieces.push(random.next() % 3);
            inputs.ends.push(inputs.pieces.len() as u32);
        }
        let pairs = (0..count).map(|_| std::array::from_fn(|_| (random.next() as usize % PAIR_ROWS) as u16)).collect();
        let mut labels = vec![0; count];
        labels[..4].copy_from_slice(&[5, 3, 1, 2]);
        let mut links = vec![0; count];
        links[..4].copy_from_slice(&[2, 0, 1, 1]);
        Lesson { inputs, labels, cues: vec![Cue { words: 1..3, pairs, links }] }
    }

    #[test]
    fn gradients_are_the_slopes_of_the_loss() {
        let places = Places::new();
        let mut random = Random(7);
        let mut parameters = start(&places, &mut random);
        parameters[places.all[STEPS_AT].clone()].iter_mut().for_each(|number| *number = 0.1);
        let pieces: Vec<f32> = (0..3 * PIECE).map(|_| random.normal()).collect();
        let lessons = [lesson(6, &mut random), lesson(9, &mut random)];
        let lessons: Vec<&Lesson> = lessons.iter().collect();
        let off = Dropout { on: false, input: 0.0, between: 0.0, heads: 0.0, words: 0.0 };
        let mut gradient = vec![0.0; places.total];
        learn(&parameters, &places, &pieces, &lessons, off, &mut Random(1), Some(&mut gradient));
        for (tensor, place) in tensors().iter().zip(&places.all) {
            // Along the gradient itself, so that the slope stands out from rounding.
            let length: f32 = gradient[place.clone()].iter().map(|number| number * number).sum::<f32>().sqrt();
            assert!(length > 0.0, "{} has no gradient", tensor.name);
            let step = 2e-3;
            let mut at = |sign: f32| {
                let mut moved = parameters.clone();
                for index in place.clone() {
                    moved[index] += sign * step * gradient[index] / length;
                }
                let (labels, links, _) = learn(&moved, &places, &pieces, &lessons, off, &mut Random(1), None);
                labels + links
            };
            let slope = (at(1.0) - at(-1.0)) / f64::from(2.0 * step);
            let off = (slope - f64::from(length)).abs() / f64::from(length.max(0.05));
            assert!(off < 0.05, "{}: slope {slope}, gradient {length}", tensor.name);
        }
    }
}
