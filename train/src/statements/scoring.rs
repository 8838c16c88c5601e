//! Which statements are right: the joint score of `score/quotes.py`.

use super::articles::AnnotatedArticle;
use onrecord_facts::training::TaggerReading;
use std::ops::Range;

/// How many statements were found and right, found, and annotated.
#[derive(Copy, Clone, Default)]
pub struct ScoreCounts {
    pub right: usize,
    pub found: usize,
    pub annotated: usize,
}

impl ScoreCounts {
    /// Counts the statements that were found in an article, and gives which of them are right.
    pub fn count(&mut self, article: &AnnotatedArticle, found: &[TaggerReading]) -> Vec<bool> {
        let right = rights(article, found);
        self.found += found.len();
        self.annotated += article.annotated.iter().filter(|statement| !statement.content.is_empty()).count();
        self.right += right.iter().filter(|right| **right).count();
        right
    }

    pub fn f1(self) -> f64 {
        2.0 * self.right as f64 / (self.found + self.annotated).max(1) as f64
    }
}

/// Which of the found statements are right: content and source each share by half or more the words of an annotated
/// statement's, every annotated statement being taken once, by the largest share of content first.
fn rights(article: &AnnotatedArticle, found: &[TaggerReading]) -> Vec<bool> {
    let words = ScoredWords::of(article.document.buffer().as_str());
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

/// ScoredWords as the scorer counts them: runs of letters and digits, with a mark inside.
struct ScoredWords(Vec<Range<usize>>);

impl ScoredWords {
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
        ScoredWords(words)
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
