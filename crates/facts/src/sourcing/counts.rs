//! How many sources there are.

use crate::words::lexicon::ROLE;
use crate::words::phrase::{Phrase, PhraseKind};
use crate::words::tokens::LexicalToken;
use onrecord_document::{Count, SourceKind};
use std::ops::Range;

/// How many sources, and the words that count them.
pub(crate) fn count(
    tokens: &[LexicalToken],
    buffer: &str,
    phrase: &Phrase,
    kind: SourceKind,
) -> (Option<Count>, Option<Range<usize>>) {
    let (own, span) = count_of_one(tokens, buffer, phrase, kind, phrase.and.is_some());
    let Some(second) = &phrase.and else { return (own, span) };
    let (other, _) = count_of_one(tokens, buffer, second, kind, true);
    let sum = own.zip(other).map(|(one, two)| Count {
        min: one.min.saturating_add(two.min),
        max: one.max.zip(two.max).map(|(one, two)| one.saturating_add(two)),
        exact: one.exact && two.exact,
    });
    let whole = tokens[phrase.first].start as usize..tokens[phrase.end - 1].end as usize;
    (sum, sum.filter(|sum| sum.exact).map(|_| whole))
}

fn count_of_one(
    tokens: &[LexicalToken],
    buffer: &str,
    phrase: &Phrase,
    kind: SourceKind,
    coordinated: bool,
) -> (Option<Count>, Option<Range<usize>>) {
    if kind == SourceKind::None {
        return (None, None);
    }
    let number = tokens[phrase.first..=phrase.head].iter().find(|token| token.number.is_some());
    if let Some((token, number)) = number.and_then(|token| Some((token, token.number?)))
        && phrase.kind == PhraseKind::Noun
        && number > 0
    {
        return (Some(Count::exactly(number)), Some(token.start as usize..token.end as usize));
    }
    let plural = match kind {
        SourceKind::UnnamedGroup if coordinated => {
            let first = tokens[phrase.first].text(buffer).to_lowercase();
            phrase.kind == PhraseKind::Noun
                && !["a", "an", "one", "another"].contains(&first.as_str())
                && !tokens[phrase.head].has(ROLE)
        }
        kind => kind == SourceKind::UnnamedGroup,
    };
    (Some(if plural { Count::PLURAL } else { Count::ONE }), None)
}
