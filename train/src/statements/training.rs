//! Training: batches in random order, gradients on several threads, Adam's steps with decay, a running mean of the weights.

use super::model::{Dropout, Loss, ParameterPlaces, XorShift, learn, start};
use onrecord_facts::training::{Lesson, Rounding, tensors};
use std::time::Instant;

/// The seed of everything that is drawn.
pub const SEED: u64 = 1;
/// Words of a batch: a lesson that begins below it still belongs to it.
const BATCH: usize = 1500;
const RATE: f32 = 2e-3;
const DECAY: f32 = 0.02;
/// The longest gradient, per word; a longer one is shortened to it.
const LONGEST: f32 = 2.0;
const DROPOUT: Dropout = Dropout { on: true, input: 0.3, between: 0.3, heads: 0.2, words: 0.06 };
/// Steps between two lines that say how it goes.
const REPORT: i32 = 100;
/// Lessons that are measured together.
const MEASURED: usize = 30;

/// Learns from lessons, and measures after each epoch on lessons that were held back. Gives the parameters.
pub fn train(
    learned: &[Lesson],
    held: &[Lesson],
    pieces: &[f32],
    places: &ParameterPlaces,
    epochs: usize,
    threads: usize,
) -> Vec<f32> {
    let mut random = XorShift(SEED.wrapping_mul(0x9e37_79b9_7f4a_7c15));
    let words: usize = learned.iter().map(|lesson| lesson.labels.len()).sum();
    let mut optimiser = Optimiser::new(places, start(places, &mut random), words * epochs / BATCH);
    let began = Instant::now();
    let mut gradients = vec![vec![0.0_f32; places.total]; threads];
    for epoch in 0..epochs {
        let mut loss = Loss::default();
        for batch in batches(learned, &mut random) {
            let seeds: Vec<XorShift> = (0..threads)
                .map(|_| XorShift((u64::from(random.next()) << 32 | u64::from(random.next())) | 1))
                .collect();
            let parameters = &optimiser.parameters;
            let losses: Vec<Loss> = std::thread::scope(|scope| {
                let workers: Vec<_> = gradients
                    .iter_mut()
                    .zip(seeds)
                    .enumerate()
                    .map(|(at, (gradient, mut random))| {
                        let own: Vec<&Lesson> =
                            batch.iter().skip(at).step_by(threads).map(|lesson| &learned[*lesson]).collect();
                        scope.spawn(move || {
                            gradient.fill(0.0);
                            if own.is_empty() {
                                return Loss::default();
                            }
                            learn(parameters, places, pieces, &own, DROPOUT, &mut random, Some(gradient))
                        })
                    })
                    .collect();
                workers.into_iter().map(|worker| worker.join().expect("a worker does not panic")).collect()
            });
            let words = losses.iter().map(|loss| loss.words).sum();
            losses.into_iter().for_each(|own| loss.add(own));
            let (own, others) = gradients.split_at_mut(1);
            for other in others {
                own[0].iter_mut().zip(other.iter()).for_each(|(sum, number)| *sum += number);
            }
            optimiser.step(&own[0], words);
            if optimiser.steps % REPORT == 0 {
                let (labels, links) = loss.per_word();
                println!(
                    "  step {} of {}: {labels:.4} {links:.4}, {:.0?}",
                    optimiser.steps,
                    optimiser.total,
                    began.elapsed()
                );
            }
        }
        let mut held_loss = Loss::default();
        for lessons in held.chunks(MEASURED) {
            let own: Vec<&Lesson> = lessons.iter().collect();
            let off = Dropout { on: false, ..DROPOUT };
            held_loss.add(learn(&optimiser.mean, places, pieces, &own, off, &mut random, None));
        }
        let ((labels, links), (held_labels, held_links)) = (loss.per_word(), held_loss.per_word());
        println!(
            "epoch {}: loss of labels {labels:.4}, of links {links:.4}; held back {held_labels:.4}, {held_links:.4}; {:.0?}",
            epoch + 1,
            began.elapsed()
        );
    }
    optimiser.mean
}

/// Adam with decay (Loshchilov and Hutter 2019), a warm-up and a cosine, and the running mean of all steps.
struct Optimiser {
    parameters: Vec<f32>,
    mean: Vec<f32>,
    first: Vec<f32>,
    second: Vec<f32>,
    /// Decay of each parameter: of matrices alone.
    decays: Vec<f32>,
    steps: i32,
    /// Steps of the whole training.
    total: usize,
}

impl Optimiser {
    fn new(places: &ParameterPlaces, parameters: Vec<f32>, total: usize) -> Self {
        let mut decays = vec![0.0_f32; places.total];
        for (tensor, place) in tensors().iter().zip(&places.all) {
            if tensor.rounding == Rounding::Steps16 {
                decays[place.clone()].fill(DECAY);
            }
        }
        let zeros = || vec![0.0_f32; places.total];
        Optimiser { mean: parameters.clone(), parameters, first: zeros(), second: zeros(), decays, steps: 0, total }
    }

    /// Takes a step against the gradient of the loss of so many words.
    fn step(&mut self, gradient: &[f32], words: usize) {
        self.steps += 1;
        let step = self.steps;
        let length = gradient.iter().map(|number| f64::from(*number) * f64::from(*number)).sum::<f64>().sqrt();
        let length = length as f32 / words as f32;
        let factor = if length > LONGEST { LONGEST / length } else { 1.0 } / words as f32;
        let done = (step as f32 / self.total.max(1) as f32).min(1.0);
        let warm = (step as f32 / (0.05 * self.total as f32).max(1.0)).min(1.0);
        let rate = RATE * warm * (0.01 + 0.99 * 0.5 * (1.0 + (std::f32::consts::PI * done).cos()));
        let share = 1.0 - (0.998_f32).min((1.0 + step as f32) / (10.0 + step as f32));
        let (by_first, by_second) = (1.0 - 0.9_f32.powi(step), 1.0 - 0.98_f32.powi(step));
        for (at, slope) in gradient.iter().enumerate() {
            let slope = slope * factor;
            self.first[at] = 0.9 * self.first[at] + 0.1 * slope;
            self.second[at] = 0.98 * self.second[at] + 0.02 * slope * slope;
            let move_by = (self.first[at] / by_first) / ((self.second[at] / by_second).sqrt() + 1e-8);
            self.parameters[at] -= rate * (move_by + self.decays[at] * self.parameters[at]);
            self.mean[at] += share * (self.parameters[at] - self.mean[at]);
        }
    }
}

/// Lessons in batches of [`BATCH`] words, in random order.
fn batches(lessons: &[Lesson], random: &mut XorShift) -> Vec<Vec<usize>> {
    let mut order: Vec<usize> = (0..lessons.len()).collect();
    for at in (1..order.len()).rev() {
        order.swap(at, random.next() as usize % (at + 1));
    }
    let mut batches = vec![Vec::new()];
    let mut words = 0;
    for lesson in order {
        if words >= BATCH {
            batches.push(Vec::new());
            words = 0;
        }
        words += lessons[lesson].labels.len();
        if let Some(batch) = batches.last_mut() {
            batch.push(lesson);
        }
    }
    batches
}
