//! From a query of people to a query of the index.

use super::ids::Ids;
use super::near::Near;
use super::view::View;
use crate::index::{ARTICLE, Fields, STATEMENT, Worded, act_number, form_number, source_number, terms_number};
use crate::query::{Changed, Leaf, Query, WordField, Words};
use crate::request::Kind;
use crate::text::{Stem, Stems, WordKind, Words as Cut, folded};
use onrecord_archive::{Archive, Result, compared};
use std::collections::BTreeSet;
use std::ops::Bound;
use tantivy::Term;
use tantivy::query::{
    BooleanQuery, ConstScoreQuery, EmptyQuery, FastFieldRangeQuery, InvertedIndexRangeQuery, Occur, PhraseQuery,
    Query as IndexQuery, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};

type Planned = Box<dyn IndexQuery>;

/// Turns queries into those of the index. Looks up in the database, and among entries of the other kind, what the index
/// alone can't tell.
pub(crate) struct Planner<'a> {
    pub view: &'a View,
    pub archive: &'a Archive,
    pub stems: Stems,
}

impl Planner<'_> {
    /// The whole query, for entries of a kind.
    pub fn plan(&mut self, query: &Query, kind: Kind) -> Result<Planned> {
        let planned = self.part(query, kind)?;
        if tells_kind(query, kind) {
            return Ok(planned);
        }
        let is = match kind {
            Kind::Articles => ARTICLE,
            Kind::Statements => STATEMENT,
        };
        Ok(all_of(vec![planned, filter(term(Term::from_field_text(self.fields().is, is)))]))
    }

    fn fields(&self) -> &Fields {
        &self.view.fields
    }

    fn everything(&self, kind: Kind) -> Planned {
        let is = match kind {
            Kind::Articles => ARTICLE,
            Kind::Statements => STATEMENT,
        };
        filter(term(Term::from_field_text(self.fields().is, is)))
    }

    fn part(&mut self, query: &Query, kind: Kind) -> Result<Planned> {
        match query {
            Query::All => Ok(self.everything(kind)),
            Query::Leaf(leaf) => self.leaf(leaf, kind),
            Query::Or(parts) if kind == Kind::Articles && parts.iter().all(is_of_one_statement) => {
                self.articles_with(query)
            }
            Query::Or(parts) => {
                let parts = parts.iter().map(|part| self.part(part, kind)).collect::<Result<_>>()?;
                Ok(any_of(parts))
            }
            Query::And(parts) => self.conjunction(parts, kind),
            Query::Not(part) => self.conjunction(std::slice::from_ref(&Query::Not(part.clone())), kind),
        }
    }

    fn conjunction(&mut self, parts: &[Query], kind: Kind) -> Result<Planned> {
        let mut clauses: Vec<(Occur, Planned)> = Vec::new();
        let mut of_statements: Vec<Query> = Vec::new();
        for part in parts {
            match part {
                Query::Not(part) => clauses.push((Occur::MustNot, self.part(part, kind)?)),
                part if kind == Kind::Articles && is_of_one_statement(part) => of_statements.push(part.clone()),
                part => clauses.push((Occur::Must, self.part(part, kind)?)),
            }
        }
        if !of_statements.is_empty() {
            clauses.push((Occur::Must, self.articles_with(&Query::all_of(of_statements))?));
        }
        if clauses.iter().all(|(occur, _)| *occur == Occur::MustNot) {
            clauses.push((Occur::Must, self.everything(kind)));
        }
        if clauses.len() == 1 {
            return Ok(clauses.swap_remove(0).1);
        }
        Ok(Box::new(BooleanQuery::new(clauses)))
    }

    /// Articles that hold a statement which meets all of a query.
    fn articles_with(&mut self, query: &Query) -> Result<Planned> {
        let planned = self.plan(query, Kind::Statements)?;
        Ok(self.ids(self.view.numbers(&*planned)?))
    }

    /// Statements of articles that meet a condition.
    fn statements_of(&mut self, leaf: &Leaf) -> Result<Planned> {
        let planned = self.plan(&Query::Leaf(leaf.clone()), Kind::Articles)?;
        Ok(self.ids(self.view.numbers(&*planned)?))
    }

    fn ids(&self, numbers: Vec<u64>) -> Planned {
        filter(Box::new(Ids::new(self.fields(), numbers)))
    }

    fn leaf(&mut self, leaf: &Leaf, kind: Kind) -> Result<Planned> {
        if kind == Kind::Articles && is_of_statements(leaf) {
            return self.articles_with(&Query::Leaf(leaf.clone()));
        }
        let fields = self.fields();
        let number = |field: Field, number: u64| filter(term(Term::from_field_u64(field, number)));
        Ok(match leaf {
            Leaf::Words { field: WordField::Anywhere, words } if kind == Kind::Statements => {
                let (said, who) = (fields.said, fields.who);
                any_of(vec![self.words(said, words), self.words(who, words)])
            }
            Leaf::Words { field: WordField::Headline | WordField::Author, .. } if kind == Kind::Statements => {
                self.statements_of(leaf)?
            }
            Leaf::Words { field, words } => {
                let place = match field {
                    WordField::Anywhere => fields.text,
                    WordField::Headline => fields.headline,
                    WordField::Author => fields.author,
                    WordField::Outlet => fields.outlet_words,
                    WordField::Speaker => fields.who,
                    WordField::Said => fields.said,
                    WordField::Cue => fields.cue,
                };
                self.words(place, words)
            }
            Leaf::Language(code) => filter(any_of(
                spellings(code).iter().map(|code| term(Term::from_field_text(fields.language, code))).collect(),
            )),
            Leaf::Source(source) => {
                any_of(source.kinds().into_iter().map(|kind| number(fields.source, source_number(kind))).collect())
            }
            Leaf::Terms(terms) => number(fields.terms, terms_number(*terms)),
            Leaf::Form(form) => number(fields.form, form_number(*form)),
            Leaf::Act(act) => number(fields.act, act_number(*act)),
            Leaf::Published(range) => {
                let (from, to) = range.days().into_inner();
                between(fields.day, from.into(), to.into())
            }
            Leaf::Tag(_) | Leaf::Changed(_) if kind == Kind::Statements => self.statements_of(leaf)?,
            Leaf::Tag(tag) => filter(term(Term::from_field_text(fields.tag, &folded(tag.trim())))),
            Leaf::Changed(Changed::Yes) => between(fields.versions, 2, u64::MAX),
            Leaf::Changed(Changed::No) => between(fields.versions, 0, 1),
            Leaf::Changed(Changed::In(range)) => {
                let (from, to) = range.days().into_inner();
                let seen = between(fields.seen, from.into(), to.into());
                all_of(vec![between(fields.versions, 2, u64::MAX), seen])
            }
            Leaf::Address(address) => self.ids(self.archive.at_address(&compared(address))?),
        })
    }

    /// Words in a field, in any of the languages of the archive.
    fn words(&mut self, place: Worded, words: &Words) -> Planned {
        match words {
            Words::Word(word) => self.sequence(place, word, 0),
            Words::Phrase { words, within } => self.sequence(place, words, *within),
            Words::Prefix(beginning) => self.prefix(place, beginning),
        }
    }

    fn sequence(&mut self, place: Worded, words: &str, within: u32) -> Planned {
        let cut = cut(words);
        let mut planned: Vec<Planned> = Vec::new();
        let mut known: BTreeSet<Vec<String>> = BTreeSet::new();
        // Names are kept as they are in every language.
        let stems: &[Stem] = if place.forms.is_some() { &self.view.stems } else { &[Stem::NONE] };
        for stem in stems {
            let mut texts = Vec::with_capacity(cut.len());
            for word in &cut {
                let mut text = String::new();
                self.stems.term(*stem, &word.word, &mut text);
                texts.push(text);
            }
            if !known.insert(texts.clone()) {
                continue;
            }
            planned.push(self.terms(place.stems, &cut, texts, within));
        }
        // What was typed without accents is also found as it is written with them.
        let alone = match cut.as_slice() {
            [only] if only.word.kind == WordKind::Letters && self.view.has_accents => place.forms.zip(Some(only)),
            _ => None,
        };
        if let Some((forms, only)) = alone {
            planned.push(filter(term(Term::from_field_text(forms, &only.word.folded))));
        }
        any_of(planned)
    }

    /// Words by their terms in one language.
    fn terms(&self, field: Field, cut: &[CutWord], texts: Vec<String>, within: u32) -> Planned {
        // A character of a script without spaces, alone, may be the first or the second of a pair.
        let (alone, together): (Vec<_>, Vec<_>) = cut.iter().zip(texts).partition(|(word, _)| word.is_one_character);
        let mut planned: Vec<Planned> = alone.into_iter().map(|(_, text)| beginning_with(field, &text)).collect();
        let terms: Vec<(usize, Term)> =
            together.iter().map(|(word, text)| (word.word.position, Term::from_field_text(field, text))).collect();
        match terms.len() {
            0 => {}
            1 => planned.extend(terms.into_iter().map(|(_, term)| scored(term))),
            _ if within > 0 => {
                let terms = terms.into_iter().map(|(_, term)| term).collect();
                planned.push(Box::new(Near::new(field, terms, within)));
            }
            _ => {
                let first = terms[0].0;
                let terms = terms.into_iter().map(|(position, term)| (position - first, term)).collect();
                planned.push(Box::new(PhraseQuery::new_with_offset(terms)));
            }
        }
        all_of(planned)
    }

    fn prefix(&mut self, place: Worded, beginning: &str) -> Planned {
        let cut = cut(beginning);
        let Some((last, before)) = cut.split_last() else { return Box::new(EmptyQuery) };
        if last.word.kind == WordKind::Pair {
            return self.sequence(place, beginning, 0);
        }
        let mut parts = vec![match place.forms {
            Some(forms) => beginning_with(forms, &last.word.folded),
            None => beginning_with(place.stems, &format!("{}{}", Stem::NONE.letter(), last.word.folded)),
        }];
        for word in before {
            parts.push(self.sequence(place, &word.word.lower, 0));
        }
        all_of(parts)
    }
}

/// A word of a query.
struct CutWord {
    word: crate::text::Word,
    /// One character of a script without spaces, with none of its kind beside it.
    is_one_character: bool,
}

/// The words of a query. The last character of a stretch without spaces says nothing that its pair does not.
fn cut(words: &str) -> Vec<CutWord> {
    let mut out: Vec<CutWord> = Vec::new();
    for word in Cut::of(words) {
        let one = word.kind == WordKind::Pair && words[word.bytes.clone()].chars().count() == 1;
        let in_stretch = out
            .last()
            .is_some_and(|before| before.word.kind == WordKind::Pair && before.word.bytes.end == word.bytes.end);
        if !(one && in_stretch) {
            out.push(CutWord { word, is_one_character: one });
        }
    }
    out
}

/// Whether a query can only be met by entries of this kind.
fn tells_kind(query: &Query, kind: Kind) -> bool {
    match query {
        Query::All => true,
        Query::Not(_) => true,
        Query::And(parts) => {
            let mut wanted = parts.iter().filter(|part| !matches!(part, Query::Not(_))).peekable();
            // Where all is to be left out, everything of the kind stands before it.
            wanted.peek().is_none() || wanted.any(|part| tells_kind(part, kind))
        }
        Query::Or(parts) => parts.iter().all(|part| tells_kind(part, kind)),
        Query::Leaf(leaf) => matches!(
            (leaf, kind),
            (Leaf::Words { field: WordField::Anywhere, .. }, _)
                | (Leaf::Words { field: WordField::Headline | WordField::Author, .. }, Kind::Articles)
                | (Leaf::Words { field: WordField::Said | WordField::Cue | WordField::Speaker, .. }, Kind::Statements)
                | (Leaf::Terms(_) | Leaf::Form(_) | Leaf::Act(_), Kind::Statements)
                | (Leaf::Changed(_) | Leaf::Tag(_), Kind::Articles)
        ),
    }
}

/// Whether a condition is about a statement.
fn is_of_statements(leaf: &Leaf) -> bool {
    match leaf {
        Leaf::Words { field, .. } => matches!(field, WordField::Speaker | WordField::Said | WordField::Cue),
        Leaf::Source(_) | Leaf::Terms(_) | Leaf::Form(_) | Leaf::Act(_) => true,
        _ => false,
    }
}

/// Whether one statement can meet all of this, and nothing is to be left out.
fn is_of_one_statement(query: &Query) -> bool {
    match query {
        Query::Leaf(leaf) => is_of_statements(leaf),
        Query::And(parts) | Query::Or(parts) => parts.iter().all(is_of_one_statement),
        Query::All | Query::Not(_) => false,
    }
}

/// Norwegian goes by three codes.
fn spellings(code: &str) -> Vec<&str> {
    match code {
        "no" | "nb" => vec!["no", "nb", "nn"],
        code => vec![code],
    }
}

fn term(term: Term) -> Planned {
    Box::new(TermQuery::new(term, IndexRecordOption::Basic))
}

fn scored(term: Term) -> Planned {
    Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs))
}

/// A condition that says nothing about how well something fits.
fn filter(query: Planned) -> Planned {
    Box::new(ConstScoreQuery::new(query, 0.0))
}

fn beginning_with(field: Field, beginning: &str) -> Planned {
    let from = Bound::Included(Term::from_field_text(field, beginning));
    let to = Bound::Excluded(Term::from_field_text(field, &format!("{beginning}\u{10FFFF}")));
    Box::new(InvertedIndexRangeQuery::new(from, to))
}

fn between(field: Field, from: u64, to: u64) -> Planned {
    let bound = |number| Bound::Included(Term::from_field_u64(field, number));
    filter(Box::new(FastFieldRangeQuery::new(bound(from), bound(to))))
}

fn all_of(mut parts: Vec<Planned>) -> Planned {
    match parts.len() {
        0 => Box::new(EmptyQuery),
        1 => parts.swap_remove(0),
        _ => Box::new(BooleanQuery::intersection(parts)),
    }
}

fn any_of(mut parts: Vec<Planned>) -> Planned {
    match parts.len() {
        0 => Box::new(EmptyQuery),
        1 => parts.swap_remove(0),
        _ => Box::new(BooleanQuery::union(parts)),
    }
}
