//! Quotations of one act of speech: those that share a cue, and those that go on where another ended.

use super::pack::Pack;
use super::passages::Places;
use super::rules::scene::{Attribution, Scene, attribute};
use crate::words::marks::Quotation;
use crate::words::passage::{TokenPosition, TokenizedBlock, is_row};
use crate::words::tokens::LexicalToken;

/// Quotations of one act of speech, with its attribution.
#[derive(Debug)]
pub(crate) struct Group {
    /// Indices of quotations, in order.
    pub members: Vec<usize>,
    pub attribution: Attribution,
    pub confidence: f32,
}

/// Attributes each quotation and joins those that belong together; what stays without cue and source is left out.
pub(crate) fn join(
    pack: &Pack,
    buffer: &str,
    passages: &[TokenizedBlock],
    found: &[Quotation],
    places: &Places,
) -> Vec<Group> {
    let lexicon = (pack.lexicon)();
    let mut groups: Vec<Group> = Vec::new();
    // The group of the quotation before, and quotations that wait for the one behind them ("“A” and “B,” Smith said").
    let mut last: Option<(usize, TokenPosition)> = None;
    let mut waiting: Vec<usize> = Vec::new();
    for index in 0..found.len() {
        let (first, end) = places[index];
        let scene = Scene { buffer, lexicon, passages, first, last: end };
        let own = attribute(pack.rules, &scene);
        let tokens = &passages[first.block].tokens;
        let shared = last.filter(|(group, _)| {
            own.as_ref().is_none_or(|own| {
                let theirs = &groups[*group].attribution;
                !own.behind && (own.block, own.cue.1) == (theirs.block, theirs.cue.1)
            })
        });
        let joined = shared.and_then(|(group, place)| {
            let same = own.is_some();
            let how = if same { Some(1.0) } else { (pack.goes_on)(&scene, &groups[group].attribution, place) };
            how.map(|factor| (group, factor))
        });
        if let Some((group, factor)) = joined {
            groups[group].members.push(index);
            groups[group].confidence = groups[group].confidence.min(groups[group].attribution.confidence * factor);
            last = Some((group, end));
            waiting.clear();
        } else if let Some(attribution) = own {
            let mut members: Vec<usize> = Vec::new();
            if pack.rows && attribution.behind && waits(tokens, passages, &waiting, places, first) {
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
fn waits(
    tokens: &[LexicalToken],
    passages: &[TokenizedBlock],
    waiting: &[usize],
    places: &Places,
    first: TokenPosition,
) -> bool {
    let Some(before) = waiting.last().map(|index| places[*index].1) else { return false };
    before.block == first.block && before.block < passages.len() && is_row(&tokens[before.token + 1..first.token])
}
