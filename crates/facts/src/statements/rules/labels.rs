//! Speakers that the layout tells, without a verb: a label before the quotation, a signature behind it.

use super::scene::{RuleMatch, Scene};
use crate::words::lexicon::ROLE;
use crate::words::phrase::{PhraseKind, PhraseSide, phrase};
use crate::words::tokens::Shape;
use onrecord_document::Act;

/// `Crew member: ‘We drilled for fire’`: a line that opens with who speaks, as transcripts, titles and subheads do. There is
/// no cue. Whether the label names a person is decided where all names are known.
pub(crate) fn label_before(scene: &Scene) -> Option<RuleMatch> {
    const LONGEST_LABEL: usize = 6;
    let tokens = scene.tokens(scene.first);
    let at = scene.first.token;
    let colon = at.checked_sub(1).filter(|colon| tokens[*colon].shape == Shape::Colon && *colon <= LONGEST_LABEL)?;
    let ends = scene.tokens(scene.last)[scene.last.token + 1..].iter().all(|token| !token.is_word());
    let whole = ends && scene.passages[scene.first.block].quoted.is_none();
    let source = phrase(tokens, scene.buffer, 0, PhraseSide::AfterVerb).filter(|source| source.end == colon)?;
    let fits = source.kind == PhraseKind::Name || tokens[source.head].has(ROLE);
    (whole && fits && scene.opens_sentence() && source.and.is_none()).then_some(RuleMatch {
        block: scene.first.block,
        cue: (colon, colon),
        act: Act::Statement,
        source,
        end: at,
        behind: false,
        opening: None,
    })
}

/// `“We drilled for fire.” — Ines Calloway, crew member`: a quotation that is signed, as readers' voices and mottos are, in its
/// own line or the next. There is no cue. Whether the signature names a person is decided where all names are known.
pub(crate) fn signature_behind(scene: &Scene) -> Option<RuleMatch> {
    let tokens = scene.tokens(scene.last);
    let behind = scene.last.token + 1;
    let (block, dash) = match tokens.get(behind) {
        None => (scene.last.block + 1, 0),
        Some(_) => (scene.last.block, behind),
    };
    let passage =
        scene.passages.get(block).filter(|passage| dash > 0 || passage.follows && passage.quoted.is_none())?;
    let dashes = passage.tokens.get(dash..)?.iter().take_while(|token| token.shape == Shape::Dash).count();
    let source = phrase(&passage.tokens, scene.buffer, dash + dashes, PhraseSide::AfterVerb).filter(|_| dashes > 0)?;
    let rest = &passage.tokens[source.end..];
    let ends = rest.iter().all(|token| token.shape == Shape::Stop);
    let fits = source.kind == PhraseKind::Name && source.and.is_none() || passage.tokens[source.head].has(ROLE);
    let sentences = scene.opens_sentence() && matches!(scene.last_inside(), Some('.' | '?' | '!' | '…'));
    (scene.first.token == 0 && sentences && ends && fits).then_some(RuleMatch {
        block,
        cue: (dash, dash),
        act: Act::Statement,
        end: source.end,
        source,
        behind: true,
        opening: None,
    })
}
