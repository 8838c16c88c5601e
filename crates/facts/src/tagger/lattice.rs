//! Labels of words as a chain (a conditional random field): the best sequence, and how likely each label is.

use onrecord_tensors::exp;

/// Labels: none, then of content, cue and source each the first word and the later ones.
pub const CHOICES: usize = 7;

/// What a span is.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum WordRole {
    /// What was said.
    Content,
    /// The words that report it.
    Cue,
    /// Who said it.
    Source,
}

impl WordRole {
    /// In the order of their labels.
    pub const ALL: [WordRole; 3] = [WordRole::Content, WordRole::Cue, WordRole::Source];

    /// The label of a span's first word.
    pub fn first(self) -> usize {
        1 + 2 * self as usize
    }
}

/// A label's score behind another, and at the start; what cannot be is far below all else.
#[derive(Clone, Debug)]
pub struct LabelChain {
    /// `steps[a][b]`: `b` behind `a`.
    pub steps: [[f32; CHOICES]; CHOICES],
    /// At the start.
    pub starts: [f32; CHOICES],
}

const NEVER: f32 = -1e4;

impl LabelChain {
    /// Scores of all steps, as trained; later words of a span are only let behind their own kind.
    pub fn new(steps: &[f32], starts: &[f32]) -> Self {
        let later = |label: usize| label > 0 && label.is_multiple_of(2);
        let may = |a: usize, b: usize| !later(b) || a == b || a + 1 == b;
        LabelChain {
            steps: std::array::from_fn(|a| {
                std::array::from_fn(|b| steps[a * CHOICES + b] + if may(a, b) { 0.0 } else { NEVER })
            }),
            starts: std::array::from_fn(|b| starts[b] + if later(b) { NEVER } else { 0.0 }),
        }
    }

    /// The best sequence of labels for rows of scores.
    pub fn best(&self, scores: &[[f32; CHOICES]]) -> Vec<usize> {
        let Some(first) = scores.first() else { return Vec::new() };
        let mut sums: [f32; CHOICES] = std::array::from_fn(|label| first[label] + self.starts[label]);
        let mut from: Vec<[u8; CHOICES]> = Vec::with_capacity(scores.len());
        for row in &scores[1..] {
            let mut back = [0; CHOICES];
            sums = std::array::from_fn(|label| {
                let mut best = (f32::NEG_INFINITY, 0);
                for (before, sum) in sums.iter().enumerate() {
                    let sum = sum + self.steps[before][label];
                    if sum > best.0 {
                        best = (sum, before);
                    }
                }
                back[label] = best.1 as u8;
                best.0 + row[label]
            });
            from.push(back);
        }
        let mut label = (0..CHOICES).fold(0, |best, label| if sums[label] > sums[best] { label } else { best });
        let mut labels = vec![label];
        for back in from.iter().rev() {
            label = usize::from(back[label]);
            labels.push(label);
        }
        labels.reverse();
        labels
    }

    /// How likely each label is for each word, and the logarithm of the sum over all sequences. `forward` and `backward`
    /// hold the sums up to and behind each word.
    pub fn likely(
        &self,
        scores: &[[f32; CHOICES]],
        forward: &mut Vec<[f32; CHOICES]>,
        backward: &mut Vec<[f32; CHOICES]>,
        likely: &mut Vec<[f32; CHOICES]>,
    ) -> f32 {
        forward.clear();
        backward.clear();
        likely.clear();
        let Some(first) = scores.first() else { return 0.0 };
        forward.push(std::array::from_fn(|label| first[label] + self.starts[label]));
        for row in &scores[1..] {
            let sums = forward[forward.len() - 1];
            forward.push(std::array::from_fn(|label| {
                log_sum(std::array::from_fn(|before| sums[before] + self.steps[before][label])) + row[label]
            }));
        }
        backward.resize(scores.len(), [0.0; CHOICES]);
        for at in (1..scores.len()).rev() {
            let (row, sums) = (scores[at], backward[at]);
            backward[at - 1] = std::array::from_fn(|label| {
                log_sum(std::array::from_fn(|next| self.steps[label][next] + row[next] + sums[next]))
            });
        }
        let all = log_sum(forward[scores.len() - 1]);
        likely.extend(
            forward.iter().zip(&*backward).map(|(a, b)| std::array::from_fn(|label| exp(a[label] + b[label] - all))),
        );
        all
    }
}

fn log_sum(numbers: [f32; CHOICES]) -> f32 {
    let most = numbers.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    most + numbers.iter().map(|number| exp(number - most)).sum::<f32>().ln()
}

/// The spans that labels spell.
pub fn spans(labels: &[usize]) -> Vec<(WordRole, std::ops::Range<usize>)> {
    let mut found: Vec<(WordRole, std::ops::Range<usize>)> = Vec::new();
    for (at, label) in labels.iter().enumerate() {
        let Some(role) = label.checked_sub(1).map(|label| WordRole::ALL[label / 2]) else { continue };
        match found.last_mut() {
            Some((last, span)) if *last == role && span.end == at && label.is_multiple_of(2) => span.end += 1,
            _ => found.push((role, at..at + 1)),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn later_words_stand_behind_their_own_kind() {
        let chain = LabelChain::new(&[0.0; CHOICES * CHOICES], &[0.0; CHOICES]);
        let mut scores = [[0.0; CHOICES]; 4];
        // A cue's later word is preferred everywhere; it can only follow a cue.
        scores.iter_mut().for_each(|row| row[4] = 3.0);
        scores[0][5] = 1.0;
        assert_eq!(chain.best(&scores), [3, 4, 4, 4]);
        let (mut a, mut b, mut likely) = (Vec::new(), Vec::new(), Vec::new());
        chain.likely(&scores, &mut a, &mut b, &mut likely);
        assert!(likely.iter().all(|row| (row.iter().sum::<f32>() - 1.0).abs() < 1e-4));
        assert_eq!(spans(&[5, 6, 3, 0, 1, 2, 1]).len(), 4);
    }
}
