//! Statements without quotation marks: what the parse of a sentence says that somebody says, thinks or wants.
//!
//! `clauses` are the words of a block with their heads and relations. Where the program has trained weights, the network of
//! [`crate::tagger`] reads them. Without, rules do:
//!
//! 1. `candidates`: every clause that could report something, by frame.
//! 2. `scores`: those whose verb, noun or adjective is listed in `data/`.
//! 3. The surest first; what overlaps a surer one is left out.

mod candidates;
mod clauses;
mod scores;

use crate::tagger::{Reader, Settings, verb_of};
use candidates::{Candidate, Frame};
pub(crate) use clauses::{Clauses, Relation, Word};
pub(crate) use scores::{Listing, listing};

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
    /// Whether the network read it; else a rule did.
    pub learned: bool,
}

/// What the network read, as statements.
fn learned(clauses: &Clauses, relations: Vec<crate::tagger::Relation>, settings: &Settings) -> Vec<Statement> {
    let span = |range: &Range<usize>| span_of(clauses, range);
    let statements = relations.iter().filter_map(|relation| {
        let verb = verb_of(clauses, &relation.cue);
        Some(Statement {
            content: relation.content.iter().filter_map(span).collect(),
            cue: span(&relation.cue)?,
            source: relation.source.as_ref().and_then(span),
            antecedent: relation.source.as_ref().and_then(|source| clauses.antecedent(source)).as_ref().and_then(span),
            act: scores::act(clauses.words[verb].lemma),
            confidence: settings.confidence(&relation.traits),
            learned: true,
        })
    });
    statements.collect()
}

/// "The decision, confirmed by two officials": who stands behind something the article tells on its own. Such words are
/// hardly annotated in PolNeAR, so the network passes over them.
fn corroborated(clauses: &Clauses, relations: &[crate::tagger::Relation]) -> Vec<(f32, Candidate)> {
    let meets = |candidate: &Candidate| {
        let own = || [&candidate.cue].into_iter().chain(&candidate.source);
        relations.iter().any(|relation| {
            let mut taken = [&relation.cue].into_iter().chain(&relation.content).chain(&relation.source);
            taken.any(|taken| own().any(|own| taken.start < own.end && own.start < taken.end))
        })
    };
    let passive =
        candidates::candidates(clauses).into_iter().filter(|candidate| candidate.frame == Frame::PassiveObject);
    passive
        .map(|candidate| (scores::listed(clauses, &candidate), candidate))
        .filter(|(score, candidate)| *score > 0.0 && !meets(candidate))
        .collect()
}

/// A candidate of the rules as a statement.
fn listed(clauses: &Clauses, candidate: &Candidate, confidence: f32) -> Option<Statement> {
    let span = |range: &Range<usize>| span_of(clauses, range);
    Some(Statement {
        content: candidate.content.iter().filter_map(span).collect(),
        cue: span(&candidate.cue)?,
        source: candidate.source.as_ref().and_then(span),
        antecedent: candidate.antecedent.as_ref().and_then(span),
        act: scores::act(clauses.words[candidate.word].lemma),
        confidence,
        learned: false,
    })
}

/// The words of a range.
fn span_of(clauses: &Clauses, range: &Range<usize>) -> Option<Span<Text>> {
    let (first, last) = (clauses.words.get(range.start)?, clauses.words.get(range.end.checked_sub(1)?)?);
    Some(first.span.cover(last.span))
}

/// The statements of a block; `quoted` are the ranges inside quotation marks, sorted. None where no model parsed it.
pub(crate) fn read(
    document: &Document,
    block: Span<Text>,
    quoted: &[Range<usize>],
    reader: &mut Reader,
) -> Vec<Statement> {
    let Some(clauses) = Clauses::of(document, block, quoted).filter(|clauses| !clauses.words.is_empty()) else {
        return Vec::new();
    };
    if let Some((network, settings)) = crate::tagger::built_in() {
        let relations = reader.read(network, settings, &clauses);
        let missed = corroborated(&clauses, &relations);
        let mut statements = learned(&clauses, relations, settings);
        statements.extend(missed.iter().filter_map(|(confidence, candidate)| listed(&clauses, candidate, *confidence)));
        statements.sort_by_key(|statement| statement.content.first().copied());
        return statements;
    }
    let mut found: Vec<(f32, Candidate)> = Vec::new();
    for candidate in candidates::candidates(&clauses) {
        let score = scores::listed(&clauses, &candidate);
        if score > 0.0 {
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
        statements.extend(listed(&clauses, &candidate, confidence));
    }
    statements.sort_by_key(|statement| statement.content.first().copied());
    statements
}
