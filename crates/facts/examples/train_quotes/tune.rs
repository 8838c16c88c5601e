//! Thresholds, calibration and scores on articles that were not learned.

use onrecord_document::Document;
use onrecord_facts::training::{Annotated, Network, Reading, Settings, TRAITS, readings};
use std::fmt::Write as _;
use std::ops::Range;

/// An article with what is annotated in it.
pub struct Article {
    pub document: Document,
    pub annotated: Vec<Annotated>,
}

/// Found and right, found, annotated.
#[derive(Copy, Clone, Default)]
struct Tally {
    right: usize,
    found: usize,
    annotated: usize,
}

impl Tally {
    fn f1(self) -> f64 {
        2.0 * self.right as f64 / (self.found + self.annotated).max(1) as f64
    }
}

/// The thresholds with which most statements are right on the articles.
pub fn thresholds(network: &Network, articles: &[Article]) -> Settings {
    let mut all = Vec::new();
    for eagerness in [-0.3, 0.0, 0.3, 0.6, 0.9, 1.2, 1.6] {
        for source in [0.15, 0.3, 0.45] {
            for content in [0.0, 0.2, 0.35] {
                all.push(Settings { eagerness, source, content, ..Settings::default() });
            }
        }
    }
    let mut tallies = vec![Tally::default(); all.len()];
    for article in articles {
        for (found, tally) in readings(&article.document, network, &all).iter().zip(&mut tallies) {
            tally.found += found.len();
            tally.annotated += article.annotated.iter().filter(|statement| !statement.content.is_empty()).count();
            tally.right += rights(article, found).iter().filter(|right| **right).count();
        }
    }
    let best = (0..all.len()).fold(0, |best, at| if tallies[at].f1() > tallies[best].f1() { at } else { best });
    let Settings { eagerness, source, content, .. } = all[best];
    println!(
        "thresholds on {} articles: eagerness {eagerness}, source {source}, content {content}: joint {:.1}; the usual ones {:.1}",
        articles.len(),
        100.0 * tallies[best].f1(),
        all.iter()
            .zip(&tallies)
            .find(|(own, _)| (own.eagerness, own.source) == (0.0, 0.3) && own.content == 0.2)
            .map_or(0.0, |(_, tally)| 100.0 * tally.f1())
    );
    all[best].clone()
}

/// Fits the confidence to the articles and prints how it holds; the picture shows it. Fitted on every other article and
/// measured on the rest, then fitted on all.
pub fn calibrate(network: &Network, articles: &[Article], settings: &mut Settings) -> String {
    let mut halves: [Vec<(onrecord_facts::training::Traits, bool)>; 2] = Default::default();
    let mut tally = Tally::default();
    for (at, article) in articles.iter().enumerate() {
        let found = readings(&article.document, network, std::slice::from_ref(settings)).remove(0);
        let right = rights(article, &found);
        tally.found += found.len();
        tally.annotated += article.annotated.iter().filter(|statement| !statement.content.is_empty()).count();
        tally.right += right.iter().filter(|right| **right).count();
        halves[at % 2].extend(found.iter().map(|reading| reading.traits).zip(right));
    }
    println!("kept aside, {} articles: joint {:.1}", articles.len(), 100.0 * tally.f1());
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
    picture(&measured)
}

/// Weights of a logistic regression of being right on traits, by Newton's steps.
fn fit(examples: &[(onrecord_facts::training::Traits, bool)]) -> [f32; TRAITS + 1] {
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

/// Gauss's elimination.
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

/// Which of the found statements are right: content and source each share by half or more the words of an annotated
/// statement's, every annotated statement being taken once, by the largest share of content first.
fn rights(article: &Article, found: &[Reading]) -> Vec<bool> {
    let words = Words::of(article.document.buffer().as_str());
    let sets = |spans: &[Range<usize>]| words.of_spans(spans);
    let own: Vec<_> = found.iter().map(|one| (sets(&one.statement.content), sets(&one.statement.source))).collect();
    let gold: Vec<_> = article.annotated.iter().map(|one| (sets(&one.content), sets(&one.source))).collect();
    let mut pairs = Vec::new();
    for (a, (content, source)) in own.iter().enumerate() {
        for (b, (other, origin)) in gold.iter().enumerate() {
            let shared = dice(content, other);
            if shared > 0.0 && !content.is_empty() && !other.is_empty() {
                pairs.push((shared, dice(source, origin), a, b));
            }
        }
    }
    pairs.sort_by(|x, y| y.0.total_cmp(&x.0).then(y.1.total_cmp(&x.1)).then((x.2, x.3).cmp(&(y.2, y.3))));
    let mut right = vec![false; own.len()];
    let (mut used, mut taken) = (vec![false; own.len()], vec![false; gold.len()]);
    for (content, source, a, b) in pairs {
        if !used[a] && !taken[b] {
            (used[a], taken[b]) = (true, true);
            right[a] = content >= 0.5 && source >= 0.5;
        }
    }
    right
}

fn dice(a: &[usize], b: &[usize]) -> f64 {
    if a.is_empty() && b.is_empty() {
        return 1.0;
    }
    let shared = a.iter().filter(|word| b.binary_search(word).is_ok()).count();
    2.0 * shared as f64 / (a.len() + b.len()) as f64
}

/// Words as the scorer counts them: runs of letters and digits, with a mark inside.
struct Words(Vec<Range<usize>>);

impl Words {
    fn of(text: &str) -> Self {
        let mut words: Vec<Range<usize>> = Vec::new();
        let chars: Vec<(usize, char)> = text.char_indices().collect();
        let counts = |char: char| char.is_alphanumeric() || char == '_';
        for (at, (start, char)) in chars.iter().enumerate() {
            let joined = |last: &Range<usize>| {
                last.end == *start && counts(*char)
                    || (matches!(char, '’' | '\'' | '.' | '-')
                        && last.end == *start
                        && chars.get(at + 1).is_some_and(|(_, next)| counts(*next)))
            };
            match words.last_mut() {
                Some(last) if joined(last) => last.end = start + char.len_utf8(),
                _ if counts(*char) => words.push(*start..start + char.len_utf8()),
                _ => {}
            }
        }
        Words(words)
    }

    fn of_spans(&self, spans: &[Range<usize>]) -> Vec<usize> {
        let mut found: Vec<usize> = spans
            .iter()
            .flat_map(|span| {
                self.0.partition_point(|word| word.end <= span.start)
                    ..self.0.partition_point(|word| word.start < span.end)
            })
            .collect();
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// A plot of what is right against how sure it was, in ten steps; circles grow with the statements of a step.
fn picture(measured: &[(f32, bool)]) -> String {
    let mut svg = String::from(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 340 340\" font-family=\"sans-serif\" font-size=\"11\">\n\
         <title>Share of statements that are right against their confidence</title>\n\
         <rect width=\"340\" height=\"340\" fill=\"#fff\"/>\n\
         <path d=\"M40 300H320M40 300V20\" stroke=\"#333\" fill=\"none\"/>\n\
         <path d=\"M40 300L320 20\" stroke=\"#999\" stroke-dasharray=\"4 4\"/>\n",
    );
    let most = 10.0_f64.max(measured.len() as f64);
    for step in 0..10 {
        let own: Vec<&(f32, bool)> =
            measured.iter().filter(|(confidence, _)| ((confidence * 10.0) as usize).min(9) == step).collect();
        let right = own.iter().filter(|(_, right)| *right).count() as f64 / own.len().max(1) as f64;
        let sure = own.iter().map(|(confidence, _)| f64::from(*confidence)).sum::<f64>() / own.len().max(1) as f64;
        println!(
            "  confidence {:.1} to {:.1}: {} statements, {:.1} % right",
            step as f64 / 10.0,
            (step + 1) as f64 / 10.0,
            own.len(),
            100.0 * right
        );
        if !own.is_empty() {
            let (x, y) = (40.0 + 280.0 * sure, 300.0 - 280.0 * right);
            let radius = 3.0 + 30.0 * (own.len() as f64 / most).sqrt();
            let _ = writeln!(
                svg,
                "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{radius:.1}\" fill=\"#1a6\" fill-opacity=\".5\"/>"
            );
            let _ =
                writeln!(svg, "<text x=\"{x:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{}</text>", y + 4.0, own.len());
        }
    }
    svg.push_str("<text x=\"180\" y=\"325\" text-anchor=\"middle\">confidence</text>\n");
    svg.push_str(
        "<text x=\"14\" y=\"160\" text-anchor=\"middle\" transform=\"rotate(-90 14 160)\">share right</text>\n</svg>\n",
    );
    svg
}
