//! Blocks as passages: their tokens, and where each quotation stands among them.

use crate::words::lexicon::Lexicon;
use crate::words::marks::{Quotation, pair};
use crate::words::passage::{TokenPosition, TokenizedBlock};
use crate::words::tokens::{Shape, tokenize};
use std::ops::Range;

/// Where the parts of each quotation stand: first and last.
pub(crate) type Places = Vec<(TokenPosition, TokenPosition)>;

pub(crate) fn passages(
    buffer: &str,
    ranges: &[Range<usize>],
    follows: &[bool],
    found: &[Quotation],
    lexicon: &Lexicon,
) -> (Vec<TokenizedBlock>, Places) {
    let mut parts: Vec<Vec<(Range<usize>, usize)>> = vec![Vec::new(); ranges.len()];
    for (index, quotation) in found.iter().enumerate() {
        for (block, range) in &quotation.parts {
            parts[*block].push((range.clone(), index));
        }
    }
    let unset = TokenPosition { block: usize::MAX, token: 0 };
    let mut places: Places = vec![(unset, unset); found.len()];
    let passages = ranges.iter().zip(&mut parts).enumerate().map(|(block, (range, parts))| {
        parts.sort_by_key(|(range, _)| range.start);
        let only: Vec<Range<usize>> = parts.iter().map(|(range, _)| range.clone()).collect();
        let tokens = tokenize(buffer, range.clone(), &only, lexicon);
        let quotations: Vec<usize> = parts.iter().map(|(_, index)| *index).collect();
        for (token, part) in tokens.iter().enumerate().filter_map(|(at, token)| match token.shape {
            Shape::Mark(part) => Some((at, part as usize)),
            _ => None,
        }) {
            let place = &mut places[quotations[part]];
            let here = TokenPosition { block, token };
            if place.0 == unset {
                place.0 = here;
            }
            place.1 = here;
        }
        TokenizedBlock { tokens, follows: follows[block], quoted: None }
    });
    let passages = passages.collect();
    (passages, places)
}

/// Adds the quotations inside quotations ("“He told us, ‘I have her word.’”"), each in a passage of its own, so that
/// cue and source are looked for in the same speech.
pub(crate) fn nested(
    buffer: &str,
    lexicon: &Lexicon,
    found: &mut Vec<Quotation>,
    passages: &mut Vec<TokenizedBlock>,
    places: &mut Places,
) {
    for outer in 0..found.len() {
        for part in 0..found[outer].parts.len() {
            let range = found[outer].parts[part].1.clone();
            let text = &buffer[range.clone()];
            let opening = text.chars().next().map_or(0, char::len_utf8);
            let closing = text.chars().next_back().filter(|last| !last.is_alphanumeric()).map_or(0, char::len_utf8);
            if opening + closing >= text.len() {
                continue;
            }
            let inside = range.start + opening..range.end - closing;
            let inner = pair(buffer, inside.clone()).closed;
            if inner.is_empty() {
                continue;
            }
            let tokens = tokenize(buffer, inside, &inner, lexicon);
            let block = passages.len();
            let marks = tokens.iter().enumerate().filter(|(_, token)| matches!(token.shape, Shape::Mark(_)));
            places.extend(marks.map(|(token, _)| (TokenPosition { block, token }, TokenPosition { block, token })));
            found.extend(inner.into_iter().map(|range| Quotation { parts: vec![(block, range)] }));
            passages.push(TokenizedBlock { tokens, follows: false, quoted: Some(outer) });
        }
    }
}
