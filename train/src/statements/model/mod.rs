//! The network with its gradients, written out by hand: the arithmetic of the tagger in `onrecord-facts`, with dropout.

mod batch;
mod encoder;
mod label_head;
mod link_head;
mod parameters;
mod pass;
mod random;

pub use parameters::{Dropout, ParameterPlaces, start};
pub use random::XorShift;

use batch::Batch;
use encoder::EncoderPass;
use label_head::LabelHead;
use link_head::LinkHead;
use onrecord_facts::training::{Lesson, WIDTH};
use pass::{BatchPass, Gradient};

/// Loss of lessons, and how many words they have.
#[derive(Copy, Clone, Debug, Default)]
pub struct Loss {
    /// Summed over all lessons.
    pub labels: f64,
    /// Summed over all cues and words.
    pub links: f64,
    pub words: usize,
}

impl Loss {
    /// Adds the loss of other lessons.
    pub fn add(&mut self, other: Loss) {
        self.labels += other.labels;
        self.links += other.links;
        self.words += other.words;
    }

    /// The loss of labels and that of links, per word.
    pub fn per_word(self) -> (f64, f64) {
        let words = self.words.max(1) as f64;
        (self.labels / words, self.links / words)
    }
}

/// The loss of lessons. If a gradient is given, that of the sum of both losses is added to it.
pub fn learn(
    parameters: &[f32],
    places: &ParameterPlaces,
    pieces: &[f32],
    lessons: &[&Lesson],
    dropout: Dropout,
    random: &mut XorShift,
    gradient: Option<&mut [f32]>,
) -> Loss {
    let pass = BatchPass { parameters, places, batch: Batch::new(lessons), dropout };
    let mut gradient = gradient.map(|numbers| Gradient { numbers, places });
    let encoder = EncoderPass::forward(&pass, pieces, random);
    let labels = LabelHead::forward(&pass, &encoder.encoded, random);
    let mut links = LinkHead::forward(&pass, &encoder.encoded, random, &mut gradient);
    if let Some(gradient) = &mut gradient {
        let mut encoded = vec![0.0; pass.batch.count * WIDTH];
        links.back(&pass, gradient, &encoder.encoded, &mut encoded);
        labels.back(&pass, gradient, &encoder.encoded, &mut encoded);
        encoder.back(&pass, gradient, encoded);
    }
    Loss { labels: labels.loss, links: links.loss, words: pass.batch.count }
}

#[cfg(test)]
mod tests {
    use super::*;
    use onrecord_facts::training::{CueLesson, FEATURES, Inputs, PAIR_ROWS, PIECE, tensors};

    fn lesson(count: usize, random: &mut XorShift) -> Lesson {
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
        Lesson { inputs, labels, cues: vec![CueLesson { words: 1..3, pairs, links }] }
    }

    #[test]
    fn gradients_are_the_slopes_of_the_loss() {
        let places = ParameterPlaces::new();
        let mut random = XorShift(7);
        let mut parameters = start(&places, &mut random);
        parameters[places.all[parameters::STEPS_AT].clone()].iter_mut().for_each(|number| *number = 0.1);
        let pieces: Vec<f32> = (0..3 * PIECE).map(|_| random.normal()).collect();
        let lessons = [lesson(6, &mut random), lesson(9, &mut random)];
        let lessons: Vec<&Lesson> = lessons.iter().collect();
        let off = Dropout { on: false, input: 0.0, between: 0.0, heads: 0.0, words: 0.0 };
        let mut gradient = vec![0.0; places.total];
        learn(&parameters, &places, &pieces, &lessons, off, &mut XorShift(1), Some(&mut gradient));
        for (tensor, place) in tensors().iter().zip(&places.all) {
            // Along the gradient itself, so that the slope stands out from rounding.
            let length: f32 = gradient[place.clone()].iter().map(|number| number * number).sum::<f32>().sqrt();
            assert!(length > 0.0, "{} has no gradient", tensor.name);
            let step = 2e-3;
            let at = |sign: f32| {
                let mut moved = parameters.clone();
                for index in place.clone() {
                    moved[index] += sign * step * gradient[index] / length;
                }
                let loss = learn(&moved, &places, &pieces, &lessons, off, &mut XorShift(1), None);
                loss.labels + loss.links
            };
            let slope = (at(1.0) - at(-1.0)) / f64::from(2.0 * step);
            let off = (slope - f64::from(length)).abs() / f64::from(length.max(0.05));
            assert!(off < 0.05, "{}: slope {slope}, gradient {length}", tensor.name);
        }
    }
}
