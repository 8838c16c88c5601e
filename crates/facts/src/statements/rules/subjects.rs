//! The source of a cue verb that stands before what was said: the subject of its clause.

use crate::words::lexicon::*;
use crate::words::phrase::{Phrase, PhraseKind, PhraseSide, phrase, subject};
use crate::words::tokens::{LexicalToken, Shape};

/// Most auxiliaries and adverbs before a verb.
pub(crate) const LONGEST_GROUP: usize = 4;

/// The source of the cue verb at `verb`, in a sentence that starts at `start`, and the first token of the cue.
pub(crate) fn source_before(
    tokens: &[LexicalToken],
    buffer: &str,
    start: usize,
    verb: usize,
    form: Form,
) -> Option<(Phrase, usize)> {
    let mut first = verb;
    while first > start && tokens[first - 1].has(AUX | BE | ADVERB) && verb - first < LONGEST_GROUP {
        first -= 1;
    }
    let passive = tokens[first..verb].iter().any(|token| token.has(BE));
    if tokens[first..verb].iter().any(|token| token.has(NEGATION)) || (passive && form == Form::Finite) {
        return None;
    }
    if first > start && matches!(tokens[first - 1].text(buffer), "to" | "by" | "for" | "of" | "not" | "without") {
        return None;
    }
    let starts: Vec<usize> = (start..first).filter(|at| starts_clause(tokens, buffer, start, *at)).collect();
    if form == Form::Finite || passive {
        for at in &starts {
            if let Some((source, next)) = subject(tokens, buffer, *at)
                && next >= first
                && next <= verb
            {
                return Some((source, next));
            }
        }
        let others = [pronoun_before, name_ending_at, relative_clause, reported_before];
        if let Some(source) = others.iter().find_map(|find| find(tokens, buffer, start, first)) {
            return Some((source, first));
        }
    }
    let shared = form == Form::Participle
        || (first > start && matches!(tokens[first - 1].text(buffer), "and" | "but" | "then" | ","));
    if !shared {
        return None;
    }
    starts.iter().find_map(|at| {
        let source = phrase(tokens, buffer, *at, PhraseSide::BeforeVerb).filter(|source| source.end < first)?;
        let next = tokens.get(source.end)?;
        let person = source.kind != PhraseKind::Noun || tokens[source.head].has(ROLE | ROLES | DOCUMENT | ORGANISATION);
        (person && (next.is_word() || next.shape == Shape::Comma) && next.text(buffer) != "’s")
            .then_some((source, first))
    })
}

/// Whether a subject can start at `at`: the sentence, or behind a comma, a dash, a quotation, a conjunction or a day ("On
/// Tuesday the minister told parliament").
fn starts_clause(tokens: &[LexicalToken], buffer: &str, start: usize, at: usize) -> bool {
    if at == start {
        return true;
    }
    let before = &tokens[at - 1];
    match before.shape {
        Shape::Comma | Shape::Dash | Shape::Mark(_) | Shape::Colon | Shape::Close | Shape::Other => true,
        Shape::Lower | Shape::Capital => {
            before.has(CONJUNCTION | ADVERB)
                || (before.has(WEEKDAY) && tokens[at].has(DETERMINER))
                || matches!(before.text(buffer), "as" | "As" | "after" | "before" | "then")
        }
        Shape::Digits => true,
        _ => false,
    }
}

/// The name that ends right before `end`: "On Monday Solheim said".
fn name_ending_at(tokens: &[LexicalToken], buffer: &str, start: usize, end: usize) -> Option<Phrase> {
    const LONGEST_NAME: usize = 8;
    (start.max(end.saturating_sub(LONGEST_NAME))..end).find_map(|at| {
        let fits = at > start
            && (tokens[at - 1].shape == Shape::Digits
                || !tokens[at - 1].is_word()
                || tokens[at - 1].has(WEEKDAY | TIMEWORD | MONTH));
        let found = phrase(tokens, buffer, at, PhraseSide::BeforeVerb).filter(|_| fits)?;
        (found.end == end && found.kind != PhraseKind::Noun).then_some(found)
    })
}

/// The pronoun right before `end`: "In a statement she promised"; not "she said he believes", nor "he should call".
fn pronoun_before(tokens: &[LexicalToken], buffer: &str, start: usize, end: usize) -> Option<Phrase> {
    let at = end.checked_sub(1).filter(|at| *at > start)?;
    let subject = matches!(tokens[at].text(buffer), "he" | "she" | "they");
    let reported = tokens[at - 1].cue.is_some();
    let modal = matches!(tokens[end].text(buffer), "should" | "might" | "would" | "could" | "may" | "can" | "must");
    if subject && !reported && !modal { phrase(tokens, buffer, at, PhraseSide::BeforeVerb) } else { None }
}

/// Who is reported by another to have spoken: "Crane said Varga had told parliament".
fn reported_before(tokens: &[LexicalToken], buffer: &str, start: usize, end: usize) -> Option<Phrase> {
    const LONGEST_NAME: usize = 6;
    let had = tokens.get(end).is_some_and(|token| token.text(buffer) == "had");
    let core = |at: usize| tokens[at].cue.is_some_and(|cue| cue.core && cue.form == Form::Finite);
    let floor = start.max(end.saturating_sub(LONGEST_NAME)) + 1;
    let at = (floor..end).rev().find(|at| core(at - 1)).filter(|_| had)?;
    phrase(tokens, buffer, at, PhraseSide::BeforeVerb).filter(|found| found.end == end)
}

/// Whom a relative clause is about, whose verb stands at `end`: "a banner that said", "Helena Varga, who in January told".
fn relative_clause(tokens: &[LexicalToken], buffer: &str, start: usize, end: usize) -> Option<Phrase> {
    const LONGEST_ADVERBIAL: usize = 6;
    const LONGEST_ANTECEDENT: usize = 14;
    let adverbial = ADVERB | TIMEWORD | PREPOSITION | DETERMINER | WEEKDAY | MONTH;
    let is_relative = |at: usize| matches!(tokens[at].text(buffer), "who" | "that" | "which");
    let reach = start.max(end.saturating_sub(LONGEST_ADVERBIAL + 1))..end;
    let words = reach
        .rev()
        .take_while(|at| is_relative(*at) || tokens[*at].has(adverbial) || tokens[*at].shape == Shape::Digits);
    let relative = words.filter(|at| is_relative(*at)).last()?;
    let who = tokens[relative].text(buffer) == "who";
    let comma = relative.checked_sub(1).is_some_and(|before| tokens[before].shape == Shape::Comma);
    let close = relative - usize::from(comma);
    (start.max(close.saturating_sub(LONGEST_ANTECEDENT))..close).find_map(|at| {
        let opens = at == start || !tokens[at - 1].is_word() || starts_phrase(&tokens[at]);
        let found = phrase(tokens, buffer, at, PhraseSide::AfterVerb).filter(|found| opens && found.end == close)?;
        let head = &tokens[found.head];
        let fits = match found.kind {
            PhraseKind::Name => who,
            PhraseKind::Noun if who => head.has(ROLE | ROLES),
            PhraseKind::Noun => head.has(DOCUMENT) && starts_phrase(&tokens[found.first]),
            PhraseKind::Pronoun => false,
        };
        fits.then_some(found)
    })
}

/// Whether a word opens a noun phrase wherever it stands: a determiner, a number, a name.
fn starts_phrase(token: &LexicalToken) -> bool {
    token.has(DETERMINER | POSSESSIVE | NUMBER) || token.shape == Shape::Capital
}
