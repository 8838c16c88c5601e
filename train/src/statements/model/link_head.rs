//! The head that says what each word is to a cue: nothing, content or source.

use super::parameters::{
    CUE_AT, CUE_HIDDEN_AT, HIDDEN_BIAS_AT, LINKS_AT, OUT_AT, OUT_BIAS_AT, PAIR_AT, PAIR_HIDDEN_AT, WORD_AT,
    WORD_HIDDEN_AT,
};
use super::pass::{BatchPass, Gradient, Product, add_sums, back_rectified, rectify, times};
use super::random::XorShift;
use onrecord_facts::training::{CueLesson, LINK, LINKS, WIDTH};
use onrecord_tensors::exp;

/// Numbers of a cue with a one behind them, for what depends on the word alone; the same of a word.
const SIDE: usize = LINK + 1;

const WORD_PRODUCT: Product = Product { at: WORD_AT, inputs: WIDTH, outputs: LINK };
const WORD_HIDDEN: Product = Product { at: WORD_HIDDEN_AT, inputs: LINK, outputs: LINK };
const CUE_PRODUCT: Product = Product { at: CUE_AT, inputs: WIDTH, outputs: LINK };
const CUE_HIDDEN: Product = Product { at: CUE_HIDDEN_AT, inputs: LINK, outputs: LINK };

/// What the way back needs to know of the way there.
pub struct LinkHead<'a> {
    /// Each cue, with the number of its lesson's first word.
    cues: Vec<(usize, &'a CueLesson)>,
    words: Vec<f32>,
    words_drop: Vec<f32>,
    word_hidden: Vec<f32>,
    /// The mean of each cue's words.
    means: Vec<f32>,
    own: Vec<f32>,
    own_drop: Vec<f32>,
    cue_hidden: Vec<f32>,
    gradients: LinkGradients,
    /// Summed over all cues and words.
    pub loss: f64,
}

/// Gradients of what the head makes of words and cues.
struct LinkGradients {
    own: Vec<f32>,
    cue_hidden: Vec<f32>,
    words: Vec<f32>,
    word_hidden: Vec<f32>,
}

impl<'a> LinkHead<'a> {
    /// Computes the loss and, if a gradient is wanted, adds to that of the parameters that tie cue and word together.
    pub fn forward(
        pass: &BatchPass<'a>,
        encoded: &[f32],
        random: &mut XorShift,
        gradient: &mut Option<Gradient>,
    ) -> LinkHead<'a> {
        let count = pass.batch.count;
        let mut words = WORD_PRODUCT.biased(pass, WORD_AT + 1, encoded, count);
        rectify(&mut words);
        let words_drop = pass.drop(random, words.len(), pass.dropout.heads);
        times(&mut words, &words_drop);
        let mut word_hidden = vec![0.0; count * LINK];
        WORD_HIDDEN.forward(pass, &words, count, &mut word_hidden);
        let lessons = pass.batch.with_starts();
        let cues: Vec<(usize, &CueLesson)> =
            lessons.flat_map(|(lesson, start)| lesson.cues.iter().map(move |cue| (start, cue))).collect();
        let mut means = vec![0.0; cues.len() * WIDTH];
        for ((start, cue), mean) in cues.iter().zip(means.chunks_exact_mut(WIDTH)) {
            let share = 1.0 / cue.words.len() as f32;
            for word in cue.words.clone() {
                let row = &encoded[(start + word) * WIDTH..(start + word + 1) * WIDTH];
                mean.iter_mut().zip(row).for_each(|(sum, number)| *sum += number * share);
            }
        }
        let mut own = CUE_PRODUCT.biased(pass, CUE_AT + 1, &means, cues.len());
        rectify(&mut own);
        let own_drop = pass.drop(random, own.len(), pass.dropout.heads);
        times(&mut own, &own_drop);
        let cue_hidden = CUE_HIDDEN.biased(pass, HIDDEN_BIAS_AT, &own, cues.len());
        let gradients = LinkGradients {
            own: vec![0.0; own.len()],
            cue_hidden: vec![0.0; cue_hidden.len()],
            words: vec![0.0; words.len()],
            word_hidden: vec![0.0; word_hidden.len()],
        };
        let mut head =
            LinkHead { cues, words, words_drop, word_hidden, means, own, own_drop, cue_hidden, gradients, loss: 0.0 };
        for number in 0..head.cues.len() {
            head.lose(pass, number, gradient);
        }
        head
    }

    /// Adds the loss of a cue and, if wanted, its gradients.
    fn lose(&mut self, pass: &BatchPass, number: usize, gradient: &mut Option<Gradient>) {
        let (start, cue) = self.cues[number];
        let links = pass.tensor(LINKS_AT);
        let mut with_one = [1.0_f32; SIDE];
        with_one[..LINK].copy_from_slice(&self.own[number * LINK..(number + 1) * LINK]);
        let mut parts = [[0.0_f32; SIDE]; LINKS];
        let mut parts_gradient = [[0.0_f32; SIDE]; LINKS];
        for (link, part) in parts.iter_mut().enumerate() {
            for (from, number) in with_one.iter().enumerate() {
                let row = &links[(link * SIDE + from) * SIDE..(link * SIDE + from + 1) * SIDE];
                part.iter_mut().zip(row).for_each(|(sum, weight)| *sum += number * weight);
            }
        }
        for at in 0..cue.pairs.len() {
            let (mut shares, sums) = self.shares(pass, number, at, &parts);
            let right = usize::from(cue.links[at]);
            self.loss -= f64::from(shares[right].max(1e-9).ln());
            if let Some(gradient) = gradient {
                shares[right] -= 1.0;
                self.back_word(pass, gradient, (number, start + at), &shares, &sums, &parts, &mut parts_gradient);
                for row in &cue.pairs[at] {
                    let row = usize::from(*row);
                    let to = &mut gradient.tensor(PAIR_AT)[row * LINKS..];
                    to.iter_mut().zip(&shares).for_each(|(sum, number)| *sum += number);
                }
            }
        }
        if let Some(gradient) = gradient {
            let links_gradient = gradient.tensor(LINKS_AT);
            let own_gradient = &mut self.gradients.own[number * LINK..(number + 1) * LINK];
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

    /// How likely a word is nothing, content or source to a cue, and the hidden numbers between.
    fn shares(
        &self,
        pass: &BatchPass,
        number: usize,
        at: usize,
        parts: &[[f32; SIDE]; LINKS],
    ) -> ([f32; LINKS], [f32; LINK]) {
        let (start, cue) = self.cues[number];
        let word = start + at;
        let (pair, pair_hidden, out) = (pass.tensor(PAIR_AT), pass.tensor(PAIR_HIDDEN_AT), pass.tensor(OUT_AT));
        let out_bias = pass.tensor(OUT_BIAS_AT);
        let own_word = &self.words[word * LINK..(word + 1) * LINK];
        let mut scores: [f32; LINKS] = std::array::from_fn(|link| {
            let product: f32 = own_word.iter().zip(&parts[link]).map(|(a, b)| a * b).sum();
            out_bias[link] + parts[link][LINK] + product
        });
        let mut sums = [0.0_f32; LINK];
        sums.copy_from_slice(&self.cue_hidden[number * LINK..(number + 1) * LINK]);
        sums.iter_mut().zip(&self.word_hidden[word * LINK..]).for_each(|(sum, number)| *sum += number);
        for row in &cue.pairs[at] {
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
        (shares, sums)
    }

    /// From the gradient of the scores of a word beside a cue to those of all that they were made of.
    #[allow(clippy::too_many_arguments, reason = "all of it is at hand for one word only")]
    fn back_word(
        &mut self,
        pass: &BatchPass,
        gradient: &mut Gradient,
        (number, word): (usize, usize),
        shares: &[f32; LINKS],
        sums: &[f32; LINK],
        parts: &[[f32; SIDE]; LINKS],
        parts_gradient: &mut [[f32; SIDE]; LINKS],
    ) {
        let (start, cue) = self.cues[number];
        let out = pass.tensor(OUT_AT);
        let own_word = &self.words[word * LINK..(word + 1) * LINK];
        let own_gradient = &mut self.gradients.words[word * LINK..(word + 1) * LINK];
        for link in 0..LINKS {
            let share = shares[link];
            gradient.tensor(OUT_BIAS_AT)[link] += share;
            parts_gradient[link][LINK] += share;
            for unit in 0..LINK {
                own_gradient[unit] += share * parts[link][unit];
                parts_gradient[link][unit] += share * own_word[unit];
            }
        }
        let mut sums_gradient = [0.0_f32; LINK];
        let out_gradient = gradient.tensor(OUT_AT);
        for unit in 0..LINK {
            if sums[unit] > 0.0 {
                for link in 0..LINKS {
                    out_gradient[unit * LINKS + link] += sums[unit] * shares[link];
                    sums_gradient[unit] += out[unit * LINKS + link] * shares[link];
                }
            }
        }
        let add = |to: &mut [f32]| to.iter_mut().zip(&sums_gradient).for_each(|(sum, number)| *sum += number);
        add(&mut self.gradients.cue_hidden[number * LINK..(number + 1) * LINK]);
        add(&mut self.gradients.word_hidden[word * LINK..(word + 1) * LINK]);
        for row in &cue.pairs[word - start] {
            add(&mut gradient.tensor(PAIR_HIDDEN_AT)[usize::from(*row) * LINK..]);
        }
    }

    /// To the gradient of the head's parameters and, added to `to`, that of the encoded words.
    pub fn back(&mut self, pass: &BatchPass, gradient: &mut Gradient, encoded: &[f32], to: &mut [f32]) {
        let (count, cues) = (pass.batch.count, self.cues.len());
        let LinkGradients { own, cue_hidden, words, word_hidden } = &mut self.gradients;
        add_sums(cue_hidden, LINK, gradient.tensor(HIDDEN_BIAS_AT));
        CUE_HIDDEN.back(pass, gradient, &self.own, cue_hidden, cues, own);
        back_rectified(own, &self.own, &self.own_drop);
        let mut means = vec![0.0; self.means.len()];
        CUE_PRODUCT.back_biased(pass, gradient, &self.means, own, cues, &mut means);
        for ((start, cue), mean) in self.cues.iter().zip(means.chunks_exact(WIDTH)) {
            let share = 1.0 / cue.words.len() as f32;
            for word in cue.words.clone() {
                let row = &mut to[(start + word) * WIDTH..(start + word + 1) * WIDTH];
                row.iter_mut().zip(mean).for_each(|(sum, number)| *sum += number * share);
            }
        }
        WORD_HIDDEN.back(pass, gradient, &self.words, word_hidden, count, words);
        back_rectified(words, &self.words, &self.words_drop);
        WORD_PRODUCT.back_biased(pass, gradient, encoded, words, count, to);
    }
}
