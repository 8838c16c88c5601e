//! Quotations of one act of speech: those that share a cue, and those that go on where another ended.

use super::passages::Places;
use super::rules::attribute;
use super::rules::scene::{Attribution, Scene};
use crate::words::lexicon::CONJUNCTION;
use crate::words::marks::Quotation;
use crate::words::passage::{Passage, Place, starts_sentence};
use crate::words::tokens::{Shape, Token};
use onrecord_document::Act;

/// Quotations of one act of speech, with its attribution.
#[derive(Debug)]
pub(crate) struct Group {
    /// Indices of quotations, in order.
    pub members: Vec<usize>,
    pub attribution: Attribution,
    pub confidence: f32,
}

/// Attributes each quotation and joins those that belong together; what stays without cue and source is left out.
pub(crate) fn join(buffer: &str, passages: &[Passage], found: &[Quotation], places: &Places) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    // The group of the quotation before, and quotations that wait for the one behind them ("“A” and “B,” Smith said").
    let mut last: Option<(usize, Place)> = None;
    let mut waiting: Vec<usize> = Vec::new();
    for index in 0..found.len() {
        let (first, end) = places[index];
        let scene = Scene { buffer, passages, first, last: end };
        let own = attribute(&scene);
        let tokens = &passages[first.block].tokens;
        let shared = last.filter(|(group, _)| {
            own.as_ref().is_none_or(|own| {
                let theirs = &groups[*group].attribution;
                !own.behind && (own.block, own.cue.1) == (theirs.block, theirs.cue.1)
            })
        });
        let joined = shared.and_then(|(group, place)| {
            let same = own.is_some();
            let how =
                if same { Some(1.0) } else { continues(buffer, passages, &groups[group].attribution, place, first) };
            how.map(|factor| (group, factor))
        });
        if let Some((group, factor)) = joined {
            groups[group].members.push(index);
            groups[group].confidence = groups[group].confidence.min(groups[group].attribution.confidence * factor);
            last = Some((group, end));
            waiting.clear();
        } else if let Some(attribution) = own {
            let mut members: Vec<usize> = Vec::new();
            if attribution.behind && waits(tokens, passages, &waiting, places, first) {
                members.append(&mut waiting);
            }
            waiting.clear();
            members.push(index);
            let confidence = attribution.confidence;
            groups.push(Group { members, attribution, confidence });
            last = Some((groups.len() - 1, end));
        } else {
            if !waits(tokens, passages, &waiting, places, first) {
                waiting.clear();
            }
            waiting.push(index);
            last = None;
        }
    }
    groups
}

/// Whether the last of the waiting quotations is tied to the one at `first` by nothing but a comma or "and".
fn waits(tokens: &[Token], passages: &[Passage], waiting: &[usize], places: &Places, first: Place) -> bool {
    let Some(before) = waiting.last().map(|index| places[*index].1) else { return false };
    before.block == first.block && before.block < passages.len() && tied(&tokens[before.token + 1..first.token])
}

fn tied(between: &[Token]) -> bool {
    const MOST: usize = 2;
    between.len() <= MOST && between.iter().all(|token| token.shape == Shape::Comma || token.has(CONJUNCTION))
}

/// Whether a quotation without an attribution of its own continues the one before it, and how sure that is.
///
/// - next to it, or tied to it by a comma or "and";
/// - interrupted: "“We hit something,” he said, “and then the lights went out.”";
/// - floating: "“We hit something,” he said on the quay. “Then the lights went out.”"
/// - floating in a paragraph of its own: "“We hit something,” he said on the quay.", and the next paragraph is nothing but
///   "“Then the lights went out.”"
fn continues(
    buffer: &str,
    passages: &[Passage],
    attribution: &Attribution,
    before: Place,
    first: Place,
) -> Option<f32> {
    let passage = &passages[first.block];
    if before.block != first.block {
        let next = passage.follows && before.block + 1 == first.block && attribution.block == before.block;
        return (next && is_alone(buffer, passage, attribution) && runs_out(passages, attribution, before))
            .then_some(FLOATING_PARAGRAPH);
    }
    let tokens = &passage.tokens;
    if tied(&tokens[before.token + 1..first.token]) {
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
fn is_alone(buffer: &str, passage: &Passage, attribution: &Attribution) -> bool {
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
fn runs_out(passages: &[Passage], attribution: &Attribution, before: Place) -> bool {
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
