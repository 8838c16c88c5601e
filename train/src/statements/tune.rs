//! Thresholds and calibration on articles that were not learned.

use super::articles::AnnotatedArticle;
use super::plot::plot;
use super::scoring::ScoreCounts;
use onrecord_facts::training::{Network, TRAITS, TaggerSettings, Traits, readings};

/// The thresholds with which most statements are right on the articles.
pub fn thresholds(network: &Network, articles: &[&AnnotatedArticle]) -> TaggerSettings {
    let mut all = Vec::new();
    for eagerness in [-0.3, 0.0, 0.3, 0.6, 0.9, 1.2, 1.6] {
        for source in [0.15, 0.3, 0.45] {
            for content in [0.0, 0.2, 0.35] {
                all.push(TaggerSettings { eagerness, source, content, ..TaggerSettings::default() });
            }
        }
    }
    let mut counts = vec![ScoreCounts::default(); all.len()];
    for article in articles {
        for (found, own) in readings(&article.document, network, &all).iter().zip(&mut counts) {
            own.count(article, found);
        }
    }
    let best = (0..all.len()).fold(0, |best, at| if counts[at].f1() > counts[best].f1() { at } else { best });
    let TaggerSettings { eagerness, source, content, .. } = all[best];
    println!(
        "thresholds on {} articles: eagerness {eagerness}, source {source}, content {content}: joint {:.1}; the usual ones {:.1}",
        articles.len(),
        100.0 * counts[best].f1(),
        all.iter()
            .zip(&counts)
            .find(|(own, _)| (own.eagerness, own.source) == (0.0, 0.3) && own.content == 0.2)
            .map_or(0.0, |(_, own)| 100.0 * own.f1())
    );
    all[best].clone()
}

/// Fits the confidence to the articles and prints how it holds; the plot shows it. Fitted on every other article and
/// measured on the rest, then fitted on all.
pub fn calibrate(network: &Network, articles: &[&AnnotatedArticle], settings: &mut TaggerSettings) -> String {
    let mut halves: [Vec<(Traits, bool)>; 2] = Default::default();
    let mut counts = ScoreCounts::default();
    for (at, article) in articles.iter().enumerate() {
        let found = readings(&article.document, network, std::slice::from_ref(settings)).remove(0);
        let right = counts.count(article, &found);
        halves[at % 2].extend(found.iter().map(|reading| reading.traits).zip(right));
    }
    println!("kept aside, {} articles: joint {:.1}", articles.len(), 100.0 * counts.f1());
    let mut measured: Vec<(f32, bool)> = Vec::new();
    for (fitted, other) in [(0, 1), (1, 0)] {
        settings.calibration = fit(&halves[fitted]);
        measured.extend(halves[other].iter().map(|(traits, right)| (settings.confidence(traits), *right)));
    }
    let all: Vec<_> = halves.iter().flatten().copied().collect();
    settings.calibration = fit(&all);
    let sure: Vec<&(f32, bool)> = measured.iter().filter(|(confidence, _)| *confidence > 0.9).collect();
    let right = sure.iter().filter(|(_, right)| *right).count();
    println!(
        "above .9, fitted on the other half of the articles: {} of {} statements, {:.1} % right",
        sure.len(),
        measured.len(),
        100.0 * right as f64 / sure.len().max(1) as f64
    );
    plot(&measured)
}

/// Weights of a logistic regression of being right on traits, by Newton's steps.
fn fit(examples: &[(Traits, bool)]) -> [f32; TRAITS + 1] {
    const COUNT: usize = TRAITS + 1;
    let mut weights = [0.0_f64; COUNT];
    for _ in 0..30 {
        let mut slope = [0.0_f64; COUNT];
        let mut curve = [[0.0_f64; COUNT]; COUNT];
        for at in 0..COUNT {
            slope[at] = -0.1 * weights[at];
            curve[at][at] = 0.1;
        }
        for (traits, right) in examples {
            let value: [f64; COUNT] = std::array::from_fn(|at| traits.get(at).map_or(1.0, |value| f64::from(*value)));
            let sum: f64 = value.iter().zip(&weights).map(|(a, b)| a * b).sum();
            let likely = 1.0 / (1.0 + (-sum).exp());
            for a in 0..COUNT {
                slope[a] += (f64::from(u8::from(*right)) - likely) * value[a];
                for b in 0..COUNT {
                    curve[a][b] += likely * (1.0 - likely) * value[a] * value[b];
                }
            }
        }
        let step = solve(curve, slope);
        weights.iter_mut().zip(step).for_each(|(weight, step)| *weight += step);
    }
    weights.map(|weight| weight as f32)
}

/// Solves linear equations by Gauss's elimination.
#[allow(clippy::needless_range_loop, reason = "rows and columns of one matrix")]
fn solve<const N: usize>(mut matrix: [[f64; N]; N], mut side: [f64; N]) -> [f64; N] {
    for at in 0..N {
        for row in 0..N {
            if row != at {
                let factor = matrix[row][at] / matrix[at][at];
                for column in 0..N {
                    matrix[row][column] -= factor * matrix[at][column];
                }
                side[row] -= factor * side[at];
            }
        }
    }
    std::array::from_fn(|at| side[at] / matrix[at][at])
}
