//! The words of one block with what the language model says of them: who depends on whom, and how.

use onrecord_document::{Document, Pos, Token};
use onrecord_span::{Span, Text};
use std::ops::Range;

macro_rules! relations {
    ($($variant:ident $name:literal)*) => {
        /// How a word depends on its head: the relations that the rules ask for.
        #[derive(Copy, Clone, Debug, PartialEq, Eq)]
        pub(crate) enum Relation { $($variant,)* Other }

        impl Relation {
            fn of(name: &str) -> Self {
                match name { $($name => Relation::$variant,)* _ => Relation::Other }
            }
        }
    };
}

relations! {
    Root "ROOT" Subject "nsubj" PassiveSubject "nsubjpass" ClauseSubject "csubj" Expletive "expl" Auxiliary "aux"
    PassiveAuxiliary "auxpass" Negation "neg" Adverb "advmod" Particle "prt" Punctuation "punct" Clause "ccomp"
    Infinitive "xcomp" Object "dobj" Predicate "oprd" AdjectiveComplement "acomp" Preposition "prep" ObjectOfPreposition
    "pobj" ClauseOfPreposition "pcomp" Agent "agent" Possessive "poss" Mark "mark" Relative "relcl" NounClause "acl"
    Parataxis "parataxis" AdverbialClause "advcl" Conjunct "conj" Conjunction "cc"
}

/// One word or mark.
#[derive(Copy, Clone, Debug)]
pub(crate) struct ClauseWord<'d> {
    pub text: &'d str,
    pub lemma: &'d str,
    pub tag: &'d str,
    /// How it depends on its head, as the model names it.
    pub dep: &'d str,
    /// Type of the entity that it is part of; empty outside.
    pub entity: &'d str,
    pub pos: Pos,
    pub relation: Relation,
    /// Index of its head; a root's is its own.
    pub head: usize,
    pub span: Span<Text>,
    /// Counts the model's sentences of the block from 0.
    pub sentence: u32,
    /// Whether it stands inside quotation marks, or is one.
    pub quoted: bool,
}

impl ClauseWord<'_> {
    /// Whether it can be a predicate.
    pub fn is_verb(&self) -> bool {
        matches!(self.pos, Pos::Verb | Pos::Aux)
    }

    /// Whether it is a mark that no span begins or ends with, unless it is the quotation mark of what is inside.
    pub fn is_mark(&self) -> bool {
        let mut chars = self.text.chars();
        matches!((chars.next(), chars.next()), (Some(char), None) if MARKS.contains(char))
    }
}

/// Marks that stand between phrases.
const MARKS: &str = ",;:-—–.!?…\"'“”‘’()[]";

/// A block's words, white space left out.
pub(crate) struct Clauses<'d> {
    pub words: Vec<ClauseWord<'d>>,
    children: Vec<usize>,
    /// Of each word, where its children begin in `children`; one more entry ends the last.
    first: Vec<usize>,
}

/// Most words of a block whose statements are read: a longer one is no paragraph.
pub(crate) const MOST_WORDS: usize = 5000;

impl<'d> Clauses<'d> {
    /// The words of a block, `quoted` being the ranges inside quotation marks, sorted. `None` where no model was at work
    /// or the block is longer than [`MOST_WORDS`].
    pub fn of(document: &'d Document, block: Span<Text>, quoted: &[Range<usize>]) -> Option<Self> {
        let layer = document.layers.tokens.as_ref().filter(|layer| layer.are_tagged())?;
        let range = layer.within(block);
        if range.len() > MOST_WORDS {
            return None;
        }
        // Where each token stands among the words.
        let mut places: Vec<Option<usize>> = Vec::with_capacity(range.len());
        let mut count = 0;
        let tokens: Vec<Token<'d>> = range.clone().filter_map(|index| document.token(index)).collect();
        for token in &tokens {
            let space = token.pos() == Pos::Space || token.text().trim().is_empty();
            places.push((!space).then_some(count));
            count += usize::from(!space);
        }
        let place_of = |token: Token| places.get(token.index().checked_sub(range.start)?).copied().flatten();
        let mut words: Vec<ClauseWord> = Vec::with_capacity(count);
        let mut sentence = 0;
        let mut statements = quoted.iter().peekable();
        for token in &tokens {
            sentence += u32::from(token.starts_sentence() && !words.is_empty());
            let Some(here) = place_of(*token) else { continue };
            let mut head = token.head();
            while place_of(head).is_none() && !head.is_root() {
                head = head.head();
            }
            let span = token.span();
            while statements.next_if(|range| range.end <= span.start()).is_some() {}
            let in_statement = statements.peek().is_some_and(|range| range.start <= span.start());
            words.push(ClauseWord {
                text: token.text(),
                lemma: token.lemma(),
                tag: token.tag(),
                dep: token.dep(),
                entity: token.ent_type(),
                pos: token.pos(),
                relation: Relation::of(token.dep()),
                head: place_of(head).unwrap_or(here),
                span,
                sentence,
                quoted: in_statement,
            });
        }
        let mut first = vec![0; words.len() + 1];
        let dependents = || words.iter().enumerate().filter(|(at, word)| word.head != *at);
        for (_, word) in dependents() {
            first[word.head + 1] += 1;
        }
        for at in 0..words.len() {
            first[at + 1] += first[at];
        }
        let mut next = first.clone();
        let mut children = vec![0; first[words.len()]];
        for (at, word) in dependents() {
            children[next[word.head]] = at;
            next[word.head] += 1;
        }
        Some(Clauses { words, children, first })
    }

    /// The words that depend on `at`, in order.
    pub fn children(&self, at: usize) -> &[usize] {
        &self.children[self.first[at]..self.first[at + 1]]
    }

    /// Those of them in one of the relations.
    pub fn kids(&self, at: usize, relations: &'static [Relation]) -> impl Iterator<Item = usize> {
        self.children(at).iter().copied().filter(|child| relations.contains(&self.words[*child].relation))
    }

    /// The first of them.
    pub fn kid(&self, at: usize, relations: &'static [Relation]) -> Option<usize> {
        self.kids(at, relations).next()
    }

    /// `top` and all that depends on it, sorted; without the branches in `without`.
    pub fn subtree(&self, top: usize, without: &[usize]) -> Vec<usize> {
        let mut found = Vec::new();
        let mut open = vec![top];
        while let Some(at) = open.pop() {
            if !without.contains(&at) {
                found.push(at);
                open.extend(self.children(at));
            }
        }
        found.sort_unstable();
        found
    }

    /// Whether `at` lies below `top`, or is it.
    pub fn is_below(&self, at: usize, top: usize) -> bool {
        let mut at = at;
        for _ in 0..DEEPEST {
            if at == top {
                return true;
            }
            let head = self.words[at].head;
            if head == at {
                return false;
            }
            at = head;
        }
        false
    }

    /// What a relative pronoun stands for: the phrase that its clause is about, without the clause.
    pub fn antecedent(&self, source: &Range<usize>) -> Option<Range<usize>> {
        use Relation as R;
        let pronoun = &self.words[source.start];
        let relative =
            source.len() == 1 && ["who", "which", "that"].iter().any(|word| pronoun.text.eq_ignore_ascii_case(word));
        let verb = pronoun.head;
        let about = self.words[verb].head;
        if !relative || self.words[verb].relation != R::Relative || about >= source.start {
            return None;
        }
        let asides: Vec<usize> = self.kids(about, &[R::Relative, R::Parataxis, R::AdverbialClause]).collect();
        let run = Clauses::runs(&self.subtree(about, &asides)).into_iter().find(|run| run.contains(&about))?;
        Some(self.trim(run)).filter(|run| !run.is_empty())
    }

    /// A range of words without the marks at its ends; empty where there is nothing else. The quotation marks of quoted
    /// words stay, and a bracket whose other half is inside: "Price (D-Newport News)".
    pub fn trim(&self, mut range: Range<usize>) -> Range<usize> {
        let opens = |word: &ClauseWord| word.quoted && matches!(word.text, "\"" | "“" | "‘");
        let closes = |word: &ClauseWord| word.quoted && matches!(word.text, "\"" | "”" | "’");
        while !range.is_empty() && self.words[range.start].is_mark() && !opens(&self.words[range.start]) {
            range.start += 1;
        }
        let count = |range: &Range<usize>, mark: &str| {
            self.words[range.clone()].iter().filter(|word| word.text == mark).count()
        };
        while !range.is_empty() && self.words[range.end - 1].is_mark() && !closes(&self.words[range.end - 1]) {
            let bracket = self.words[range.end - 1].text == ")";
            if bracket && count(&range, "(") == count(&range, ")") {
                break;
            }
            range.end -= 1;
        }
        range
    }

    /// The runs of consecutive indices in a sorted list.
    pub fn runs(indices: &[usize]) -> Vec<Range<usize>> {
        let mut runs: Vec<Range<usize>> = Vec::new();
        for at in indices {
            match runs.last_mut() {
                Some(run) if run.end == *at => run.end += 1,
                _ => runs.push(*at..*at + 1),
            }
        }
        runs
    }
}

/// Longest way up a tree that is followed.
const DEEPEST: usize = 40;
