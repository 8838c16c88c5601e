//! Direct quotations of German news, „…“ and »…«: a start, by rules and a list of verbs, with low confidence.
//!
//! The source is the phrase beside the verb. Nouns have capitals as names do, so a source is held to be named where no
//! article opens it, or where a name follows its noun.

use crate::statements::writer::Writer;
use crate::words::lists::lines;
use crate::words::marks::Quotation;
use crate::words::passage::Place;
use crate::words::tokens::{Shape, Token};
use onrecord_document::{Act, SourceKind, Sourcing, Statement, StatementForm, Terms};
use onrecord_span::{ContentId, Span, Text};
use std::collections::HashMap;
use std::sync::LazyLock;

/// How sure these rules are: an estimate, low because they have been measured on nothing that they were made for.
const CONFIDENCE: f32 = 0.5;
/// How far before a quotation its verb may stand, in tokens.
const LOOK_BACK: usize = 40;
/// Most tokens between an attribution and a quotation that goes on behind it.
const LONGEST_TAIL: usize = 20;
/// Most adjectives before a noun.
const ADJECTIVES: usize = 3;

/// What the list knows of a word.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
enum Class {
    Verb(Act),
    Pronoun,
    Determiner,
    /// Opens a sentence, but no source: "Am Montag sagte Solheim".
    Opener,
}

static WORDS: LazyLock<HashMap<&'static str, Class>> = LazyLock::new(|| {
    let classes = lines(include_str!("../../data/german_words.txt")).filter_map(|line| line.split_once(':'));
    let known = classes.filter_map(|(name, words)| {
        let class = match name {
            "pronoun" => Class::Pronoun,
            "determiner" => Class::Determiner,
            "opener" => Class::Opener,
            act => Class::Verb(Act::ALL.iter().copied().find(|known| known.name() == act)?),
        };
        Some(words.split_whitespace().map(move |word| (word, class)))
    });
    known.flatten().collect()
});

/// A source: tokens, half-open, and what it is.
#[derive(Copy, Clone, Debug)]
struct Source {
    first: usize,
    end: usize,
    kind: SourceKind,
}

/// Who is told to have said a quotation.
#[derive(Copy, Clone, Debug)]
struct Told {
    block: usize,
    verb: usize,
    act: Act,
    source: Source,
    /// Whether the verb stands behind the quotation.
    behind: bool,
}

/// The direct statements of a German document.
pub(crate) fn statements(writer: &Writer, found: &[Quotation], places: &[(Place, Place)]) -> Vec<Statement> {
    let mut groups: Vec<(Told, Vec<usize>)> = Vec::new();
    for (index, (first, last)) in places.iter().enumerate() {
        let own = told(writer, *first, *last);
        match (own, groups.last_mut()) {
            (Some(own), Some((told, members))) if (own.block, own.verb) == (told.block, told.verb) => {
                members.push(index)
            }
            (Some(own), _) => groups.push((own, vec![index])),
            (None, Some((told, members))) if goes_on(writer, told, *first) => members.push(index),
            (None, _) => {}
        }
    }
    groups.iter().filter_map(|(told, members)| statement(writer, told, members, found)).collect()
}

/// The verb and source beside a quotation: `„Wir fahren“, sagte Solheim.` `Solheim sagte am Montag: „Wir fahren.“`
fn told(writer: &Writer, first: Place, last: Place) -> Option<Told> {
    let tokens = &writer.passages[last.block].tokens;
    let word = |at: usize| tokens.get(at).map_or("", |token| token.text(writer.buffer));
    let comma = tokens.get(last.token + 1).is_some_and(|token| matches!(token.shape, Shape::Comma | Shape::Dash));
    let at = last.token + 1 + usize::from(comma);
    if let Some(Class::Verb(act)) = WORDS.get(word(at)).copied()
        && let Some(source) = phrase(tokens, writer.buffer, at + 1)
        && (comma || word(at) != "so")
        && opens_sentence(&writer.passages[first.block].tokens, first.token)
    {
        return Some(Told { block: last.block, verb: at, act, source, behind: true });
    }
    let tokens = &writer.passages[first.block].tokens;
    let colon = first.token.checked_sub(1).filter(|colon| tokens[*colon].shape == Shape::Colon)?;
    let ends = |at: &usize| matches!(tokens[*at].shape, Shape::Stop | Shape::Mark(_) | Shape::Colon);
    let start =
        (colon.saturating_sub(LOOK_BACK)..colon).rev().find(ends).map_or(colon.saturating_sub(LOOK_BACK), |at| at + 1);
    (start..colon).rev().find_map(|verb| {
        let text = tokens[verb].text(writer.buffer);
        let Some(Class::Verb(act)) = WORDS.get(text).copied().filter(|_| text != "so") else { return None };
        let before = phrase(tokens, writer.buffer, start).filter(|source| source.end == verb);
        let source = before.or_else(|| phrase(tokens, writer.buffer, verb + 1))?;
        Some(Told { block: first.block, verb, act, source, behind: false })
    })
}

/// Whether no words stand before a quotation in its sentence, so that all of what was said is in its marks: not in `Das Wort
/// „Versprechen“, sagte sie, sei nicht gefallen.`
fn opens_sentence(tokens: &[Token], at: usize) -> bool {
    let before = at.checked_sub(1).map(|before| tokens[before].shape);
    before.is_none_or(|shape| matches!(shape, Shape::Stop | Shape::Colon | Shape::Dash | Shape::Mark(_)))
}

/// The phrase that starts at `first`: `er`, `die Händlerin Marta Ilić`, `ein Sprecher des Ministeriums`, `Agnes Holloway, die
/// Vorsitzende der Gewerkschaft`.
fn phrase(tokens: &[Token], buffer: &str, first: usize) -> Option<Source> {
    let class = |at: usize| WORDS.get(tokens.get(at)?.text(buffer).to_lowercase().as_str()).copied();
    if class(first) == Some(Class::Opener) {
        return None;
    }
    if class(first) == Some(Class::Pronoun) {
        return Some(Source { first, end: first + 1, kind: SourceKind::UnnamedPerson });
    }
    let plain = |first: usize| -> Option<(usize, usize)> {
        let opens = class(first) == Some(Class::Determiner);
        let mut at = first + usize::from(opens);
        let noun = (at..=at + ADJECTIVES).find(|at| tokens.get(*at).is_none_or(|token| token.shape != Shape::Lower))?;
        // Without an article no adjective: "sagte gestern Rourke".
        at = if opens { noun } else { at };
        let start = at;
        while tokens.get(at).is_some_and(|token| token.shape == Shape::Capital) {
            at += 1;
        }
        (at > start).then_some((at, at - start))
    };
    let opens = class(first) == Some(Class::Determiner);
    let text = |at: usize| tokens.get(at).map_or("", |token| token.text(buffer));
    // "der Gewerkschaft", "des Ministeriums", "vom Roten Kreuz".
    let with_genitive = |end: usize| {
        let opens = matches!(text(end), "der" | "des" | "von" | "vom");
        plain(end + 1).filter(|_| opens).map_or(end, |(further, _)| further)
    };
    let (end, nouns) = plain(first)?;
    let mut end = with_genitive(end);
    if tokens.get(end).is_some_and(|token| token.shape == Shape::Comma)
        && class(end + 1) == Some(Class::Determiner)
        && let Some(further) = plain(end + 1).map(|(further, _)| with_genitive(further))
        && tokens.get(further).is_none_or(|next| !next.is_word())
    {
        end = further;
    }
    let named = !opens || nouns > 1;
    let kind = if named { SourceKind::NamedPerson } else { SourceKind::UnnamedPerson };
    Some(Source { first, end, kind })
}

/// Whether a quotation without a verb of its own goes on with the one before: `„Wir fahren“, sagte Solheim. „Um acht.“`
fn goes_on(writer: &Writer, told: &Told, first: Place) -> bool {
    let end = told.verb.max(told.source.end.saturating_sub(1)) + 1;
    if !told.behind || told.block != first.block || end > first.token {
        return false;
    }
    let tail = &writer.passages[first.block].tokens[end..first.token];
    let stops = tail.iter().filter(|token| token.shape == Shape::Stop).count();
    let ends =
        tail.last().is_none_or(|last| matches!(last.shape, Shape::Stop | Shape::Comma | Shape::Colon | Shape::Dash));
    tail.len() <= LONGEST_TAIL && ends && stops <= 1 && !tail.iter().any(|token| matches!(token.shape, Shape::Mark(_)))
}

fn statement(writer: &Writer, told: &Told, members: &[usize], found: &[Quotation]) -> Option<Statement> {
    let parts = members.iter().flat_map(|index| &found[*index].parts);
    let content: Vec<Span<Text>> = parts.filter_map(|(_, range)| writer.document.span(range.clone())).collect();
    let terms = if told.source.kind == SourceKind::NamedPerson { Terms::OnRecord } else { Terms::Unstated };
    Some(Statement {
        id: ContentId::of([]),
        content,
        cue: vec![writer.token_span(told.block, (told.verb, told.verb + 1))?],
        source: vec![writer.token_span(told.block, (told.source.first, told.source.end))?],
        form: StatementForm::Direct,
        act: told.act,
        speaker: None,
        sourcing: Sourcing::new(told.source.kind, terms),
        confidence: CONFIDENCE,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_list_is_understood() {
        let named = lines(include_str!("../../data/german_words.txt"));
        let words: usize =
            named.filter_map(|line| line.split_once(':')).map(|(_, words)| words.split_whitespace().count()).sum();
        assert_eq!(WORDS.len(), words, "a class is not known, or a word stands twice");
    }
}
