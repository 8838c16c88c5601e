//! What is seen of a candidate: names of observations, hashed to places in a table of weights.
//!
//! An observation is a short string, "L|f:say|ccomp": the reporting word with its frame. Observations of one candidate are
//! hashed to [`PLACES`]; two that share a place share a weight, which costs little where the table is large.

use super::candidates::Candidate;
use super::clauses::{Clauses, Relation as R, Word};
use std::fmt::Write;

/// Weights of the table.
pub(crate) const PLACES: usize = 1 << 17;

/// Makes the observations of candidates; keeps its buffers.
#[derive(Default)]
pub(crate) struct Observer {
    name: String,
    places: Vec<u32>,
}

impl Observer {
    /// The places of a candidate's observations, sorted, each once.
    pub fn observe(&mut self, clauses: &Clauses, candidate: &Candidate) -> &[u32] {
        self.places.clear();
        let words = &clauses.words;
        let word = &words[candidate.word];
        let frame = candidate.frame.name();
        let lemma = word.lemma;
        let head = &words[word.head];
        let count = candidate.len();
        let quoted = candidate.indices().filter(|at| words[*at].quoted).count();
        let marks = match quoted {
            0 => "none",
            quoted if quoted * 10 > count * 9 => "all",
            _ => "some",
        };
        let length = (usize::BITS - (count + 1).leading_zeros()).min(8);
        let top = top_of(clauses, candidate);
        let place = match (candidate.content.first(), candidate.content.last()) {
            (_, Some(last)) if last.end <= candidate.word => "before",
            (Some(first), _) if first.start > candidate.word => "behind",
            _ => "around",
        };
        macro_rules! see {
            ($($part:tt)*) => {{
                self.name.clear();
                // Writing to a string does not fail.
                let _ = write!(self.name, $($part)*);
                self.places.push(place_of(&self.name));
            }};
        }
        see!("all");
        see!("frame {frame}");
        see!("word {lemma}");
        see!("word {lemma} {frame}");
        see!("tag {} {frame}", word.tag);
        see!("tag {} {lemma}", word.tag);
        see!("relation {} {frame}", word.dep);
        see!("relation {} {lemma}", word.dep);
        see!("head {} {}", head.lemma, word.dep);
        see!("marks {marks} {frame}");
        see!("marks {marks} {lemma}");
        see!("length {length} {frame}");
        see!("length {length} {lemma}");
        see!("place {place} {frame}");
        see!("parts {}", candidate.content.len().min(4));
        see!("first sentence {}", word.sentence == 0);
        see!("in marks {} {frame}", word.quoted);
        see!("ending {} {frame}", tail(lemma));
        let kids = clauses.children(candidate.word);
        let join = |relations: &[R], lemma: bool| {
            let mut names: Vec<&str> = kids
                .iter()
                .map(|kid| &words[*kid])
                .filter(|kid| relations.contains(&kid.relation))
                .map(|kid| if lemma { kid.lemma } else { kid.dep })
                .collect();
            names.sort_unstable();
            names.dedup();
            names.join("+")
        };
        const PATTERN: &[R] = &[
            R::Clause,
            R::Infinitive,
            R::Object,
            R::Subject,
            R::PassiveSubject,
            R::PassiveAuxiliary,
            R::Predicate,
            R::Preposition,
            R::Agent,
            R::Negation,
            R::AdverbialClause,
            R::Mark,
            R::Particle,
            R::AdjectiveComplement,
        ];
        let pattern = join(PATTERN, false);
        see!("pattern {pattern}");
        see!("pattern {pattern} {lemma}");
        let auxiliaries = join(&[R::Auxiliary, R::Negation], true);
        see!("auxiliaries {auxiliaries}");
        see!("auxiliaries {auxiliaries} {frame}");
        let prepositions = join(&[R::Preposition], true);
        see!("prepositions {prepositions} {frame}");
        see!("prepositions {prepositions} {lemma}");
        let particles = join(&[R::Particle], true);
        see!("particles {particles} {lemma}");
        let mark = clauses.kid(top, &[R::Mark]).map_or("", |mark| words[mark].lemma);
        see!("mark {mark} {frame}");
        see!("mark {mark} {lemma}");
        let clause = ["S", "A", "P", "E", "C"].iter().zip([
            R::Subject,
            R::Auxiliary,
            R::PassiveSubject,
            R::Expletive,
            R::ClauseSubject,
        ]);
        let clause: String = clause
            .filter(|(_, relation)| clauses.children(top).iter().any(|kid| words[*kid].relation == *relation))
            .map(|(name, _)| *name)
            .collect();
        see!("clause {clause} {frame}");
        see!("top {}", words[top].lemma);
        see!("top {} {lemma}", words[top].lemma);
        see!("top tag {} {frame}", words[top].tag);
        let first = candidate.content.first().map_or("", |part| words[part.start].text);
        self.name.clear();
        self.name.push_str("opens ");
        self.name.extend(first.chars().flat_map(char::to_lowercase));
        self.places.push(place_of(&self.name));
        self.see_source(clauses, candidate, word);
        self.places.sort_unstable();
        self.places.dedup();
        &self.places
    }

    fn see_source(&mut self, clauses: &Clauses, candidate: &Candidate, word: &Word) {
        let (frame, lemma) = (candidate.frame.name(), word.lemma);
        let source = candidate.source.as_ref().map(|source| {
            let head =
                source.clone().find(|at| !source.contains(&clauses.words[*at].head) || clauses.words[*at].head == *at);
            (source, head.unwrap_or(source.start))
        });
        let (entity, kind) = match &source {
            Some((_, head)) => {
                let head = &clauses.words[*head];
                (head.entity, if head.tag.starts_with("NNP") { "name" } else { head.lemma })
            }
            None => ("none", "none"),
        };
        let mut see = |arguments: std::fmt::Arguments| {
            self.name.clear();
            let _ = self.name.write_fmt(arguments);
            self.places.push(place_of(&self.name));
        };
        see(format_args!("source entity {entity} {lemma}"));
        see(format_args!("source entity {entity} {frame}"));
        see(format_args!("source {kind}"));
        see(format_args!("source {kind} {lemma}"));
        see(format_args!("source {kind} {frame}"));
        if let Some((source, head)) = source {
            see(format_args!("source tag {}", clauses.words[head].tag));
            see(format_args!("source length {}", source.len().min(6)));
            see(format_args!("source at {} {}", head < candidate.word, head.abs_diff(candidate.word).min(5)));
        }
    }
}

/// The word of the content that nothing else of it governs.
fn top_of(clauses: &Clauses, candidate: &Candidate) -> usize {
    let inside = |at: usize| candidate.content.iter().any(|part| part.contains(&at));
    let top = candidate.indices().find(|at| {
        let head = clauses.words[*at].head;
        head == *at || !inside(head)
    });
    top.or_else(|| candidate.indices().next()).unwrap_or(candidate.word)
}

/// The last three letters.
fn tail(word: &str) -> &str {
    let from = word.char_indices().rev().nth(2).map_or(0, |(at, _)| at);
    &word[from..]
}

/// FNV-1a, folded to the table; upper-case letters of ASCII count as lower-case ones.
fn place_of(name: &str) -> u32 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in name.bytes() {
        hash = (hash ^ u64::from(byte.to_ascii_lowercase())).wrapping_mul(0x0100_0000_01b3);
    }
    ((hash ^ hash >> 29) % PLACES as u64) as u32
}
