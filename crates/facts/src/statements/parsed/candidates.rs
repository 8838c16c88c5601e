//! What could be a statement: for each word that could report one, the frames that its clause offers.
//!
//! Each frame is a pattern of a parsed sentence that gives cue, source and content. Nothing is decided here: every verb
//! with a subject and an object is a candidate, whatever it means; [`super::scores`] tells which report something.

use crate::words::clauses::{ClauseWord, Clauses, Relation};
use crate::words::reporting::in_class;
use onrecord_document::Pos;
use std::ops::Range;

/// How a clause says what somebody said.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) enum Frame {
    /// "The ship was late, according to the harbour master."
    According,
    /// "Solheim said the ship was late."
    Clause,
    /// The same without a source: "It was said that the ship was late."
    Unsourced,
    /// "The ship – Solheim said – was late."
    Parataxis,
    /// "The ship was late, Solheim added on Monday", where the parser did not join the two.
    Tag,
    /// "Solheim is adamant that the ship was late."
    Adjective,
    /// "his insistence that the ship was late"
    Noun,
    /// "Solheim urged them to leave."
    Infinitive,
    /// "The ship is expected to sail."
    PassiveInfinitive,
    /// "Solheim called the plan a farce."
    Predicate,
    /// "the decision, confirmed by two officials"
    PassiveObject,
    /// "Solheim denied the report."
    Object,
    /// "Solheim warned of delays."
    Preposition,
}

/// A possible statement: ranges of words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Candidate {
    pub frame: Frame,
    /// The word that reports: a verb, a noun, an adjective, "according".
    pub word: usize,
    pub cue: Range<usize>,
    pub source: Option<Range<usize>>,
    /// Whom the source's pronoun stands for: "Solheim, who said".
    pub antecedent: Option<Range<usize>>,
    /// Parts in order, apart from each other, from cue and source.
    pub content: Vec<Range<usize>>,
}

impl Candidate {
    /// Words of the content.
    pub fn len(&self) -> usize {
        self.content.iter().map(Range::len).sum()
    }

    /// Indices of the words of the content.
    pub fn indices(&self) -> impl Iterator<Item = usize> {
        self.content.iter().cloned().flatten()
    }
}

/// All candidates of a block.
pub(crate) fn candidates(clauses: &Clauses) -> Vec<Candidate> {
    let mut finder = Finder { clauses, found: Vec::new() };
    for at in 0..clauses.words.len() {
        finder.word(at);
    }
    finder.found
}

struct Finder<'c, 'd> {
    clauses: &'c Clauses<'d>,
    found: Vec<Candidate>,
}

use Relation as R;

impl<'d> Finder<'_, 'd> {
    fn at(&self, at: usize) -> &ClauseWord<'d> {
        &self.clauses.words[at]
    }

    fn word(&mut self, at: usize) {
        let word = *self.at(at);
        if word.text.eq_ignore_ascii_case("according") {
            self.according(at);
        } else if word.is_verb() {
            self.verb(at);
        } else if word.pos == Pos::Adj && matches!(word.relation, R::AdjectiveComplement | R::Predicate) {
            self.adjective(at);
        } else if word.pos == Pos::Noun {
            self.noun(at);
        }
    }

    fn according(&mut self, at: usize) {
        let clauses = self.clauses;
        if !clauses.words.get(at + 1).is_some_and(|next| next.text.eq_ignore_ascii_case("to")) {
            return;
        }
        let object =
            clauses.kid(at + 1, &[R::ObjectOfPreposition]).or_else(|| clauses.kid(at, &[R::ObjectOfPreposition]));
        let Some(object) = object else { return };
        let source = self.phrase(object);
        let mut top = self.at(at).head;
        while matches!(self.at(top).relation, R::Preposition | R::ObjectOfPreposition | R::Adverb)
            && self.at(top).head != top
        {
            top = self.at(top).head;
        }
        let end = source.end;
        let mut content = clauses.subtree(top, &[at]);
        content.retain(|word| !(at..end).contains(word));
        self.emit(Frame::According, at, at..at + 2, Some(source), content);
    }

    fn adjective(&mut self, at: usize) {
        let clauses = self.clauses;
        let verb = self.at(at).head;
        if !self.at(verb).is_verb() {
            return;
        }
        let clause = clauses.kid(at, &[R::Clause]).or_else(|| clauses.kid(verb, &[R::Clause]));
        if let (Some(clause), Some(subject)) = (clause, self.subject(verb, 0)) {
            let cue = self.cue(verb).start..at + 1;
            self.emit(Frame::Adjective, at, cue, Some(self.phrase(subject)), clauses.subtree(clause, &[]));
        }
    }

    fn noun(&mut self, at: usize) {
        let clauses = self.clauses;
        let says_that = |clause: &usize| {
            clauses.kids(*clause, &[R::Mark]).any(|mark| self.at(mark).text.eq_ignore_ascii_case("that"))
        };
        let Some(clause) = clauses.kids(at, &[R::NounClause, R::Clause]).find(says_that) else { return };
        let mut start = at;
        let mut source = None;
        let of = || {
            clauses
                .kids(at, &[R::Preposition])
                .filter(|preposition| matches!(self.at(*preposition).text, "of" | "by" | "from" | "among"))
                .find_map(|preposition| clauses.kid(preposition, &[R::ObjectOfPreposition]))
        };
        if let Some(owner) = clauses.kid(at, &[R::Possessive]) {
            let mut phrase = self.phrase(owner);
            if matches!(self.at(phrase.end - 1).text, "'s" | "’s" | "’" | "'") && phrase.len() > 1 {
                phrase.end -= 1;
            }
            source = Some(phrase);
        } else if let Some(object) = of() {
            source = Some(self.phrase(object));
        } else if self.at(at).relation == R::Object && in_class("voicing", self.at(self.at(at).head).lemma) {
            let verb = self.at(at).head;
            source = self.subject(verb, 0).map(|subject| self.phrase(subject));
            start = self.cue(verb).start.min(at);
        }
        self.emit(Frame::Noun, at, start..at + 1, source, clauses.subtree(clause, &[]));
    }

    fn verb(&mut self, at: usize) {
        let clauses = self.clauses;
        let word = *self.at(at);
        let passive = clauses.kid(at, &[R::PassiveAuxiliary, R::PassiveSubject]).is_some()
            || (word.relation == R::NounClause && word.tag == "VBN");
        let clause = self.clause(at);
        let subject = if passive { self.agent(at) } else { self.subject(at, 0) };
        let subject = subject.or_else(|| if passive || clause.is_none() { None } else { self.subject_above(at) });
        let source = subject.map(|subject| self.phrase(subject));
        let cue = self.cue(at);
        if word.relation == R::Parataxis && clause.is_none() && source.is_some() {
            let content = clauses.subtree(word.head, &[at]);
            self.emit(Frame::Parataxis, at, cue, source, content);
            return;
        }
        let mut done = false;
        if let Some(clause) = clause {
            let frame = if source.is_some() { Frame::Clause } else { Frame::Unsourced };
            self.emit(frame, at, cue.clone(), source.clone(), clauses.subtree(clause, &[]));
            done = true;
        }
        let object = clauses.kid(at, &[R::Object]);
        if let Some(wish) = clauses.kid(at, &[R::Infinitive]) {
            self.infinitive(at, wish, object, passive, &cue, &source);
            done = true;
        }
        if passive {
            let Some(source) = source else { return };
            // "confirmed by": the preposition is part of the cue.
            let by = clauses.kids(at, &[R::Agent]).any(|by| by == cue.end);
            let cue = cue.start..cue.end + usize::from(by);
            let patient =
                clauses.kid(at, &[R::PassiveSubject]).or((word.relation == R::NounClause).then_some(word.head));
            if let Some(patient) = patient {
                // "the decision, confirmed by two officials": the clause is no part of what was confirmed.
                let mut content = clauses.subtree(patient, &[at]);
                for more in clauses.kids(at, &[R::Preposition, R::Predicate, R::Infinitive]) {
                    content.extend(clauses.subtree(more, &[]));
                }
                self.emit(Frame::PassiveObject, at, cue, Some(source), content);
            }
            return;
        }
        let Some(source) = source else { return };
        if let Some(object) = object {
            let mut content = clauses.subtree(object, &[]);
            if in_class("with_predicate", word.lemma) {
                const MORE: &[R] = &[
                    R::Preposition,
                    R::Predicate,
                    R::Infinitive,
                    R::AdjectiveComplement,
                    R::Clause,
                    R::AdverbialClause,
                ];
                for more in clauses.kids(at, MORE) {
                    let goes_on = matches!(self.at(more).lemma, "as" | "of" | "for" | "to");
                    if self.at(more).relation != R::Preposition || goes_on {
                        content.extend(clauses.subtree(more, &[]));
                    }
                }
            }
            self.emit(Frame::Object, at, cue.clone(), Some(source.clone()), content);
            done = true;
        }
        let predicate = clauses.kid(at, &[R::Predicate]).or(clause).filter(|_| in_class("naming", word.lemma));
        if let Some(predicate) = predicate {
            let mut content = clauses.subtree(predicate, &[]);
            content.extend(object.map(|object| clauses.subtree(object, &[])).unwrap_or_default());
            self.emit(Frame::Predicate, at, cue.clone(), Some(source.clone()), content);
            done = true;
        }
        let prepositions: Vec<usize> = clauses.kids(at, &[R::Preposition]).collect();
        if let Some(first) = prepositions.first().copied() {
            // "called for": a preposition that follows at once is part of the cue.
            let joined = first == cue.end;
            let cue = cue.start..cue.end + usize::from(joined);
            let content = prepositions.iter().flat_map(|preposition| clauses.subtree(*preposition, &[]));
            let content = content.filter(|word| !joined || *word != first).collect();
            self.emit(Frame::Preposition, at, cue, Some(source.clone()), content);
            done = true;
        }
        let mays = matches!(word.relation, R::Root | R::Conjunct | R::AdverbialClause | R::Clause | R::Parataxis);
        if !done && mays {
            self.tag(at, cue, source);
        }
    }

    fn infinitive(
        &mut self,
        at: usize,
        wish: usize,
        object: Option<usize>,
        passive: bool,
        cue: &Range<usize>,
        source: &Option<Range<usize>>,
    ) {
        let clauses = self.clauses;
        let lemma = self.at(at).lemma;
        let mut content = clauses.subtree(wish, &[]);
        if passive {
            if let Some(subject) = clauses.kid(at, &[R::PassiveSubject]).filter(|_| in_class("held", lemma)) {
                content.extend(self.phrase(subject));
            }
            self.emit(Frame::PassiveInfinitive, at, cue.clone(), source.clone(), content);
        } else if source.is_some() {
            if let Some(object) = object.filter(|_| in_class("with_object", lemma)) {
                content.extend(clauses.subtree(object, &[wish]));
            }
            self.emit(Frame::Infinitive, at, cue.clone(), source.clone(), content);
        }
    }

    /// A tag behind what was said: what stands before it in its sentence, with a comma or a quotation mark between.
    fn tag(&mut self, at: usize, cue: Range<usize>, source: Range<usize>) {
        const FEWEST: usize = 4;
        let start = cue.start.min(source.start);
        let sentence = self.at(at).sentence;
        let mut first = start;
        while first > 0 && self.at(first - 1).sentence == sentence {
            first -= 1;
        }
        if start - first >= FEWEST && matches!(self.at(start - 1).text, "," | "”" | "\"") {
            self.emit(Frame::Tag, at, cue, Some(source), (first..start).collect());
        }
    }

    /// The clause that says what: the first with a subject or a "that", else the first.
    fn clause(&self, at: usize) -> Option<usize> {
        let whole = |clause: &usize| {
            self.clauses
                .kid(*clause, &[R::Mark, R::Subject, R::PassiveSubject, R::Expletive, R::ClauseSubject])
                .is_some()
        };
        self.clauses.kids(at, &[R::Clause]).find(whole).or_else(|| self.clauses.kid(at, &[R::Clause]))
    }

    /// Who does what the verb says: its own subject, or that of the verb it hangs on ("reiterated …, saying").
    fn subject(&self, at: usize, depth: usize) -> Option<usize> {
        const DEEPEST: usize = 4;
        let clauses = self.clauses;
        if let Some(subject) = clauses.kid(at, &[R::Subject]) {
            return Some(subject);
        }
        let word = self.at(at);
        if clauses.kid(at, &[R::PassiveSubject]).is_some() || word.head == at || depth > DEEPEST {
            return None;
        }
        let above = word.head;
        match word.relation {
            R::Conjunct => self.subject(above, depth + 1),
            R::AdverbialClause | R::Infinitive if self.at(above).is_verb() => {
                if word.relation == R::Infinitive
                    && !in_class("of_subject", self.at(above).lemma)
                    && let Some(object) = clauses.kid(above, &[R::Object])
                {
                    return Some(object);
                }
                if word.relation == R::AdverbialClause && clauses.kid(at, &[R::Mark]).is_some() {
                    return None;
                }
                self.subject(above, depth + 1).or_else(|| clauses.kid(above, &[R::PassiveSubject]))
            }
            R::NounClause if word.tag == "VBG" && matches!(self.at(above).pos, Pos::Noun | Pos::Propn) => Some(above),
            R::Clause | R::ClauseOfPreposition if word.tag == "VBG" && self.at(above).pos == Pos::Adp => {
                let verb = self.at(above).head;
                if self.at(verb).is_verb() { self.subject(verb, depth + 1) } else { None }
            }
            _ => None,
        }
    }

    /// The nearest subject above a verb without one, outside what the verb says.
    fn subject_above(&self, at: usize) -> Option<usize> {
        const HIGHEST: usize = 6;
        let mut above = at;
        for _ in 0..HIGHEST {
            if self.at(above).head == above {
                return None;
            }
            above = self.at(above).head;
            if self.at(above).is_verb() {
                let mut subjects = self.clauses.kids(above, &[R::Subject, R::PassiveSubject]);
                if let Some(subject) = subjects.find(|subject| !self.clauses.is_below(*subject, at)) {
                    return Some(subject);
                }
            }
        }
        None
    }

    /// "confirmed by two officials"
    fn agent(&self, at: usize) -> Option<usize> {
        self.clauses.kids(at, &[R::Agent]).find_map(|by| self.clauses.kid(by, &[R::ObjectOfPreposition]))
    }

    /// The phrase of a head, with all that belongs to it.
    fn phrase(&self, head: usize) -> Range<usize> {
        let clauses = self.clauses;
        let asides: Vec<usize> = clauses.kids(head, &[R::Parataxis, R::AdverbialClause]).collect();
        let run = Clauses::runs(&clauses.subtree(head, &asides)).into_iter().find(|run| run.contains(&head));
        let run = clauses.trim(run.unwrap_or(head..head + 1));
        if run.is_empty() { head..head + 1 } else { run }
    }

    /// The verb with the auxiliaries, negations and adverbs before it and the particle behind it.
    fn cue(&self, at: usize) -> Range<usize> {
        let mut start = at;
        while start > 0 {
            let before = self.at(start - 1);
            let fits = before.head == at
                && (matches!(before.relation, R::Auxiliary | R::PassiveAuxiliary | R::Negation)
                    || (before.relation == R::Adverb && before.pos == Pos::Adv && !is_link(before.text)));
            if !fits {
                break;
            }
            start -= 1;
        }
        let particle = self.clauses.kids(at, &[R::Particle]).any(|particle| particle == at + 1);
        start..at + 1 + usize::from(particle)
    }

    fn emit(
        &mut self,
        frame: Frame,
        word: usize,
        cue: Range<usize>,
        source: Option<Range<usize>>,
        mut content: Vec<usize>,
    ) {
        let clauses = self.clauses;
        if source.as_ref().is_some_and(|source| source.start < cue.end && cue.start < source.end) {
            return;
        }
        let taken = |at: usize| cue.contains(&at) || source.as_ref().is_some_and(|source| source.contains(&at));
        content.sort_unstable();
        content.dedup();
        content.retain(|at| !taken(*at));
        let parts = Clauses::runs(&content).into_iter().map(|run| clauses.trim(run)).filter(|run| !run.is_empty());
        let mut parts: Vec<Range<usize>> = parts.collect();
        self.to_end_of_quotation(&mut parts, taken);
        let empty =
            |at: usize| clauses.words[at].is_mark() || matches!(clauses.words[at].text, "and" | "but" | "And" | "But");
        parts.retain(|part| !part.clone().all(empty));
        if !parts.is_empty() {
            let antecedent = source.as_ref().and_then(|source| clauses.antecedent(source));
            self.found.push(Candidate { frame, word, cue, source, antecedent, content: parts });
        }
    }

    /// A part that ends or begins inside a quotation goes on to its mark: the parser cuts where a sentence ends.
    fn to_end_of_quotation(&self, parts: &mut [Range<usize>], taken: impl Fn(usize) -> bool) {
        let words = &self.clauses.words;
        let quoted = |at: usize| words.get(at).is_some_and(|word| word.quoted);
        if let Some(last) = parts.last_mut()
            && quoted(last.end - 1)
        {
            while quoted(last.end) && !taken(last.end) && !is_opening(words[last.end].text) {
                last.end += 1;
            }
            *last = self.clauses.trim(last.clone());
        }
        if let Some(first) = parts.first_mut()
            && quoted(first.start)
        {
            while first.start > 0
                && quoted(first.start - 1)
                && !taken(first.start - 1)
                && !is_opening(words[first.start].text)
            {
                first.start -= 1;
            }
            *first = self.clauses.trim(first.clone());
        }
    }
}

fn is_opening(mark: &str) -> bool {
    matches!(mark, "“" | "‘" | "«" | "„")
}

/// Adverbs that join clauses and are no part of a cue.
fn is_link(word: &str) -> bool {
    ["when", "how", "why", "where", "also", "then"].iter().any(|link| word.eq_ignore_ascii_case(link))
}
