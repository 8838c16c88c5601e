//! Statements without quotation marks: what the parse of a sentence says that somebody says, thinks or wants.
//!
//! 1. `clauses`: the words of a block with their heads and relations.
//! 2. `candidates`: every clause that could report something, by frame.
//! 3. `scores`: how sure it is that a candidate reports: a trained table of weights (`features`), or without it the
//!    verbs in `data/statement_verbs.txt`.
//! 4. [`read`]: the surest first; what overlaps a surer one is left out.

mod candidates;
mod clauses;
mod features;
mod scores;
#[cfg(feature = "training")]
pub mod training;

use candidates::Candidate;
use clauses::Clauses;
pub(crate) use scores::Scorer;

use onrecord_document::{Act, Document};
use onrecord_span::{Span, Text};
use std::ops::Range;

/// A statement, before it is known who made it.
#[derive(Clone, Debug)]
pub(crate) struct Statement {
    pub content: Vec<Span<Text>>,
    pub cue: Span<Text>,
    pub source: Option<Span<Text>>,
    /// Whom the source's pronoun stands for.
    pub antecedent: Option<Span<Text>>,
    pub act: Act,
    /// How sure it is, 0 to 1.
    pub confidence: f32,
}

/// The statements of a block; `quoted` are the ranges inside quotation marks, sorted. None where no model parsed it.
pub(crate) fn read(
    document: &Document,
    block: Span<Text>,
    quoted: &[Range<usize>],
    scorer: &mut Scorer,
) -> Vec<Statement> {
    let Some(clauses) = Clauses::of(document, block, quoted) else { return Vec::new() };
    let mut found: Vec<(f32, Candidate)> = Vec::new();
    for candidate in candidates::candidates(&clauses) {
        let score = scorer.score(&clauses, &candidate);
        if score >= scorer.threshold() {
            found.push((score, candidate));
        }
    }
    // The surest first; of those as sure, the longer, then the earlier.
    found.sort_by(|(a, first), (b, second)| {
        b.total_cmp(a).then_with(|| second.len().cmp(&first.len())).then_with(|| first.word.cmp(&second.word))
    });
    let mut content = vec![false; clauses.words.len()];
    let mut cues = vec![false; clauses.words.len()];
    let mut statements = Vec::new();
    for (confidence, candidate) in found {
        let taken = candidate.indices().filter(|at| content[*at]).count();
        if taken * 10 > candidate.len() * 3 || content[candidate.word] || cues[candidate.word] {
            continue;
        }
        candidate.indices().for_each(|at| content[at] = true);
        cues[candidate.word] = true;
        let span = |range: &Range<usize>| {
            let (first, last) = (clauses.words.get(range.start)?, clauses.words.get(range.end.checked_sub(1)?)?);
            Some(first.span.cover(last.span))
        };
        let Some(cue) = span(&candidate.cue) else { continue };
        statements.push(Statement {
            content: candidate.content.iter().filter_map(span).collect(),
            cue,
            source: candidate.source.as_ref().and_then(span),
            antecedent: candidate.antecedent.as_ref().and_then(span),
            act: scores::act(clauses.words[candidate.word].lemma),
            confidence,
        });
    }
    statements.sort_by_key(|statement| statement.content.first().copied());
    statements
}
