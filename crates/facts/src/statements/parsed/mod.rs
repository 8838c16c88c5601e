//! Statements without quotation marks: what the parse of a sentence says that somebody says, thinks or wants.
//!
//! `clauses` are the words of a block with their heads and relations. Where the program has trained weights, the network of
//! [`crate::tagger`] reads them. Without, rules do:
//!
//! 1. `candidates`: every clause that could report something, by frame.
//! 2. `scores`: those whose verb, noun or adjective is listed in `data/`.
//! 3. The surest first; what overlaps a surer one is left out.

mod candidates;
mod scores;

use crate::tagger::{StatementTagger, TaggerSettings, verb_of};
use crate::words::clauses::Clauses;
use crate::words::lexicon::Lexicon;
use crate::words::reporting::{act, listing};
use candidates::{Candidate, Frame};

use onrecord_document::{Act, Document};
use onrecord_span::{Span, Text};
use std::ops::Range;

/// A claim, before it is known who made it.
#[derive(Clone, Debug)]
pub(crate) struct Claim {
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
fn learned(
    clauses: &Clauses,
    lexicon: &Lexicon,
    relations: Vec<crate::tagger::Relation>,
    settings: &TaggerSettings,
) -> Vec<Claim> {
    let span = |range: &Range<usize>| span_of(clauses, range);
    let statements =
        relations.iter().filter(|relation| !is_of_nobody(clauses, lexicon, relation)).filter_map(|relation| {
            let apart = if is_apart(clauses, relation) { APART } else { 1.0 };
            let verb = verb_of(clauses, &relation.cue);
            Some(Claim {
                content: relation.content.iter().filter_map(span).collect(),
                cue: span(&relation.cue)?,
                source: relation.source.as_ref().and_then(span),
                antecedent: relation
                    .source
                    .as_ref()
                    .and_then(|source| clauses.antecedent(source))
                    .as_ref()
                    .and_then(span),
                act: act(clauses.words[verb].lemma),
                confidence: apart * settings.confidence(&relation.traits),
                learned: true,
            })
        });
    statements.collect()
}

/// Whether a report says that nothing was said: "nobody said anything", "none of them told us", "he said nothing about it".
/// What nobody believes or wants is told all the same.
fn is_of_nobody(clauses: &Clauses, lexicon: &Lexicon, relation: &crate::tagger::Relation) -> bool {
    const NOTHING: [&str; 2] = ["nothing", "anything"];
    let word = |at: usize| clauses.words.get(at).map_or("", |word| word.text);
    let lemma = clauses.words[verb_of(clauses, &relation.cue)].lemma;
    let says = listing(lemma).clause && act(lemma) == Act::Statement;
    let source =
        relation.source.as_ref().is_some_and(|source| lexicon.names_nobody(word(source.start), word(source.start + 1)));
    let content = matches!(relation.content.as_slice(), [only] if NOTHING.contains(&word(only.start))
        && (only.len() == 1 || word(only.start + 1) == "about"));
    says && (source || content)
}

/// Whether a quotation stands in other sentences than what is read as its cue: "Mr Okafor wrote to the company. “Who decided
/// that she should sail?”" may be his, or somebody else's.
fn is_apart(clauses: &Clauses, relation: &crate::tagger::Relation) -> bool {
    let sentence = |at: usize| clauses.words[at].sentence;
    let mut content = relation.content.iter().cloned().flatten();
    content.all(|at| clauses.words[at].quoted && sentence(at) != sentence(relation.cue.start))
}

/// What is left of the confidence of a quotation apart from its cue: an estimate, since PolNeAR annotates hardly any.
const APART: f32 = 0.5;

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

/// A candidate of the rules as a claim.
fn listed(clauses: &Clauses, candidate: &Candidate, confidence: f32) -> Option<Claim> {
    let span = |range: &Range<usize>| span_of(clauses, range);
    Some(Claim {
        content: candidate.content.iter().filter_map(span).collect(),
        cue: span(&candidate.cue)?,
        source: candidate.source.as_ref().and_then(span),
        antecedent: candidate.antecedent.as_ref().and_then(span),
        act: act(clauses.words[candidate.word].lemma),
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
    lexicon: &Lexicon,
    block: Span<Text>,
    quoted: &[Range<usize>],
    reader: &mut StatementTagger,
) -> Vec<Claim> {
    let Some(clauses) = Clauses::of(document, block, quoted).filter(|clauses| !clauses.words.is_empty()) else {
        return Vec::new();
    };
    if let Some((network, settings)) = crate::tagger::built_in() {
        let relations = reader.read(network, settings, &clauses);
        let missed = corroborated(&clauses, &relations);
        let mut statements = learned(&clauses, lexicon, relations, settings);
        statements.extend(missed.iter().filter_map(|(confidence, candidate)| listed(&clauses, candidate, *confidence)));
        statements.sort_by_key(|claim| claim.content.first().copied());
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
    statements.sort_by_key(|claim| claim.content.first().copied());
    statements
}
