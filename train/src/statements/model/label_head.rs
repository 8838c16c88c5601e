//! The head that labels words, and its loss: a conditional random field.

use super::parameters::{LABELS_AT, STEPS_AT, TAGGER_AT};
use super::pass::{BatchPass, Gradient, Product, back_rectified, rectify, times};
use super::random::XorShift;
use onrecord_facts::training::{CHOICES, HIDDEN, LabelChain, WIDTH};
use onrecord_tensors::exp;

/// What the way back needs to know of the way there.
pub struct LabelHead {
    hidden: Vec<f32>,
    drop: Vec<f32>,
    /// Gradients of the scores, of the steps from label to label, and of the first label.
    scores: Vec<f32>,
    steps: [f32; CHOICES * CHOICES],
    starts: [f32; CHOICES],
    /// Summed over all lessons.
    pub loss: f64,
}

const HIDDEN_PRODUCT: Product = Product { at: TAGGER_AT, inputs: WIDTH, outputs: HIDDEN };
const LABEL_PRODUCT: Product = Product { at: LABELS_AT, inputs: HIDDEN, outputs: CHOICES };

impl LabelHead {
    pub fn forward(pass: &BatchPass, encoded: &[f32], random: &mut XorShift) -> Self {
        let count = pass.batch.count;
        let mut hidden = HIDDEN_PRODUCT.biased(pass, TAGGER_AT + 1, encoded, count);
        rectify(&mut hidden);
        let drop = pass.drop(random, hidden.len(), pass.dropout.heads);
        times(&mut hidden, &drop);
        let scores = LABEL_PRODUCT.biased(pass, LABELS_AT + 1, &hidden, count);
        let mut head = LabelHead {
            hidden,
            drop,
            scores: vec![0.0; count * CHOICES],
            steps: [0.0; CHOICES * CHOICES],
            starts: [0.0; CHOICES],
            loss: 0.0,
        };
        head.lose(pass, scores.as_chunks::<CHOICES>().0);
        head
    }

    /// Adds up the loss and its gradients.
    fn lose(&mut self, pass: &BatchPass, scores: &[[f32; CHOICES]]) {
        let chain = LabelChain::new(pass.tensor(STEPS_AT), pass.tensor(STEPS_AT + 1));
        let (mut forward, mut backward, mut likely) = (Vec::new(), Vec::new(), Vec::new());
        for (lesson, start) in pass.batch.with_starts() {
            let scores = &scores[start..start + lesson.labels.len()];
            let all = chain.likely(scores, &mut forward, &mut backward, &mut likely);
            let labels = &lesson.labels;
            let mut own = chain.starts[usize::from(labels[0])];
            self.starts.iter_mut().zip(&likely[0]).for_each(|(sum, likely)| *sum += likely);
            self.starts[usize::from(labels[0])] -= 1.0;
            for (at, label) in labels.iter().enumerate() {
                let label = usize::from(*label);
                own += scores[at][label];
                self.scores[(start + at) * CHOICES..][..CHOICES].copy_from_slice(&likely[at]);
                self.scores[(start + at) * CHOICES + label] -= 1.0;
                if at > 0 {
                    let before = usize::from(labels[at - 1]);
                    own += chain.steps[before][label];
                    self.steps[before * CHOICES + label] -= 1.0;
                    let rows = forward[at - 1].iter().zip(&chain.steps).zip(self.steps.chunks_exact_mut(CHOICES));
                    for ((before, steps), sums) in rows {
                        for (next, sum) in sums.iter_mut().enumerate() {
                            *sum += exp(before + steps[next] + scores[at][next] + backward[at][next] - all);
                        }
                    }
                }
            }
            self.loss += f64::from(all - own);
        }
    }

    /// To the gradient of the head's parameters and, added to `to`, that of the encoded words.
    pub fn back(&self, pass: &BatchPass, gradient: &mut Gradient, encoded: &[f32], to: &mut [f32]) {
        let count = pass.batch.count;
        gradient.add(STEPS_AT, &self.steps);
        gradient.add(STEPS_AT + 1, &self.starts);
        let mut hidden = vec![0.0; self.hidden.len()];
        LABEL_PRODUCT.back_biased(pass, gradient, &self.hidden, &self.scores, count, &mut hidden);
        back_rectified(&mut hidden, &self.hidden, &self.drop);
        HIDDEN_PRODUCT.back_biased(pass, gradient, encoded, &hidden, count, to);
    }
}
