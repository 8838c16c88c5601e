//! Quotations without a cue that go on with the one before them, in English news.

use super::scene::{Attribution, Scene};
use crate::words::passage::{TokenPosition, TokenizedBlock, is_row, starts_sentence};
use crate::words::tokens::Shape;
use onrecord_document::Act;

/// Whether a quotation without an attribution of its own continues the one before it, and how sure that is.
///
/// - next to it, or tied to it by a comma or "and";
/// - interrupted: "“We hit something,” he said, “and then the lights went out.”";
/// - floating: "“We hit something,” he said on the quay. “Then the lights went out.”"
/// - floating in a paragraph of its own: "“We hit something,” he said on the quay.", and the next paragraph is nothing but
///   "“Then the lights went out.”"
pub(crate) fn goes_on(scene: &Scene, attribution: &Attribution, before: TokenPosition) -> Option<f32> {
    let Scene { buffer, passages, first, .. } = *scene;
    let passage = &passages[first.block];
    if before.block != first.block {
        let next = passage.follows && before.block + 1 == first.block && attribution.block == before.block;
        return (next && is_alone(buffer, passage, attribution) && runs_out(passages, attribution, before))
            .then_some(FLOATING_PARAGRAPH);
    }
    let tokens = &passage.tokens;
    if is_row(&tokens[before.token + 1..first.token]) {
        return Some(1.0);
    }
    if !attribution.behind
        || attribution.block != first.block
        || attribution.end > first.token
        || attribution.end <= before.token
    {
        return None;
    }
    let tail = &tokens[attribution.end..first.token];
    if tail.len() > LONGEST_TAIL || tail.iter().any(|token| matches!(token.shape, Shape::Mark(_))) {
        return None;
    }
    let stops = tail.iter().filter(|token| token.shape == Shape::Stop).count();
    let last = tail.last().map(|token| token.shape);
    match (stops, last) {
        (0, None | Some(Shape::Comma | Shape::Dash | Shape::Semicolon | Shape::Colon)) => Some(1.0),
        (1, Some(Shape::Stop)) => {
            let sentence = starts_sentence(tokens, buffer, first.token);
            let alone = tokens.get(first.token + 1).is_none_or(|next| next.shape != Shape::Lower);
            (sentence && alone).then_some(FLOATING)
        }
        _ => None,
    }
}

/// Most tokens between a cue and a quotation that floats behind it.
const LONGEST_TAIL: usize = 40;

/// Whether a paragraph is nothing but one quotation of whole sentences that can go on with what was said. What follows a
/// question is somebody else's answer, a few words without a full stop are a subhead, and double marks inside are those of
/// another quotation, paired wrong.
fn is_alone(buffer: &str, passage: &TokenizedBlock, attribution: &Attribution) -> bool {
    const FEWEST_WORDS: usize = 4;
    let [only] = passage.tokens.as_slice() else { return false };
    let text = only.text(buffer);
    let mut inside = text.chars();
    inside.next();
    inside.next_back();
    let inside = inside.as_str();
    matches!(only.shape, Shape::Mark(_))
        && text.split_whitespace().take(FEWEST_WORDS).count() == FEWEST_WORDS
        && inside.ends_with(['.', '?', '!', '…', '’', '\''])
        && !inside.contains(['"', '“', '”'])
        && attribution.act != Act::Question
}

/// Whether a paragraph ends with the sentence of the cue, or with the last quotation of the group and nothing else.
fn runs_out(passages: &[TokenizedBlock], attribution: &Attribution, before: TokenPosition) -> bool {
    let tokens = &passages[before.block].tokens;
    let from = attribution.end.max(before.token + 1).min(tokens.len());
    let tail = &tokens[from..];
    let inner = tail.iter().rev().skip(1);
    attribution.behind
        && tail.len() <= LONGEST_TAIL
        && !tail.iter().any(|token| matches!(token.shape, Shape::Mark(_)))
        && !inner.clone().any(|token| token.shape == Shape::Stop)
}

/// A quotation that goes on behind its cue's sentence is a little less sure than what the cue stands beside.
const FLOATING: f32 = 0.9;

/// A quotation that goes on in a paragraph of its own: in the training part of PolNeAR, four of five such paragraphs are
/// annotated as a part of the statement before.
const FLOATING_PARAGRAPH: f32 = 0.8;
