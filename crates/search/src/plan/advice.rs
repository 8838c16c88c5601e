//! What would find something, where a query finds nothing.

use super::planner::Planner;
use super::view::View;
use crate::error::index_error;
use crate::index::Worded;
use crate::query::{Leaf, Query, WordField, Words};
use crate::request::Kind;
use crate::results::Advice;
use crate::text::folded;
use onrecord_archive::Result;
use tantivy::Term;
use tantivy::query::FuzzyTermQuery;

/// Most parts of a query that are tried without.
const MAX_PARTS: usize = 12;
/// Most words that are looked for among similar ones.
const MAX_WORDS: usize = 4;
/// Shortest word that may be mistyped; shorter ones are like too many others.
const MIN_LETTERS: usize = 4;
/// Letters from which on two may be wrong.
const TWO_WRONG_FROM: usize = 8;

/// Looks for what would find something instead of `query`.
pub(crate) fn advice(planner: &mut Planner<'_>, query: &Query, kind: Kind) -> Result<Advice> {
    let mut advice = Advice::default();
    let parts = match query {
        Query::And(parts) => parts.as_slice(),
        query => std::slice::from_ref(query),
    };
    for (nth, part) in parts.iter().enumerate().take(MAX_PARTS) {
        if parts.len() > 1 {
            let mut others = parts.to_vec();
            let left_out = others.remove(nth);
            let count = count(planner, &Query::all_of(others), kind)?;
            if count > 0 {
                advice.without.push((left_out, count));
            }
        }
        let Query::Leaf(Leaf::Words { field, words: Words::Word(word) }) = part else { continue };
        if advice.meant.len() >= MAX_WORDS {
            continue;
        }
        let Some(like) = similar(planner.view, *field, kind, word)? else { continue };
        let mut others = parts.to_vec();
        others[nth] = Query::Leaf(Leaf::Words { field: *field, words: Words::Word(like) });
        let meant = Query::all_of(others);
        let count = count(planner, &meant, kind)?;
        if count > 0 {
            advice.meant.push((meant, count));
        }
    }
    Ok(advice)
}

fn count(planner: &mut Planner<'_>, query: &Query, kind: Kind) -> Result<u64> {
    let planned = planner.plan(query, kind)?;
    planner.view.count(&*planned)
}

/// The word of a field most like this one and most common; `None` if the archive knows the word itself.
fn similar(view: &View, field: WordField, kind: Kind, word: &str) -> Result<Option<String>> {
    let fields = &view.fields;
    let place: Worded = match (field, kind) {
        (WordField::Anywhere, Kind::Articles) => fields.text,
        (WordField::Anywhere | WordField::Said, _) => fields.said,
        (WordField::Headline, _) => fields.headline,
        (WordField::Cue, _) => fields.cue,
        (WordField::Author, _) => fields.author,
        (WordField::Outlet, _) => fields.outlet_words,
        (WordField::Speaker, _) => fields.who,
    };
    let word = folded(word);
    let letters = word.chars().count();
    // Names are kept with a letter before them; words that were cut in several are no single entry.
    let (list, before) = match place.forms {
        Some(forms) => (forms, ""),
        None => (place.stems, "0"),
    };
    if letters < MIN_LETTERS || word.len() > crate::text::Words::MAX_WORD || !word.chars().all(char::is_alphanumeric) {
        return Ok(None);
    }
    let wanted = format!("{before}{word}");
    let wrong = if letters >= TWO_WRONG_FROM { 2 } else { 1 };
    let mut best: Option<(u64, String)> = None;
    for distance in 1..=wrong {
        let fuzzy = FuzzyTermQuery::new(Term::from_field_text(list, &wanted), distance, true);
        let mut found: std::collections::BTreeMap<String, u64> = std::collections::BTreeMap::new();
        for reader in view.searcher.segment_readers() {
            let inverted = reader.inverted_index(list).map_err(index_error)?;
            let automaton = fuzzy.automaton().map_err(index_error)?;
            let mut terms = inverted.terms().search(automaton).into_stream().map_err(index_error)?;
            while terms.advance() {
                let term = String::from_utf8_lossy(terms.key()).into_owned();
                *found.entry(term).or_default() += u64::from(terms.value().doc_freq);
            }
        }
        if found.contains_key(&wanted) {
            return Ok(None);
        }
        for (term, times) in found {
            let Some(like) = term.strip_prefix(before) else { continue };
            if best.as_ref().is_none_or(|(most, _)| times > *most) {
                best = Some((times, like.to_owned()));
            }
        }
        if best.is_some() {
            break;
        }
    }
    Ok(best.map(|(_, like)| like))
}
