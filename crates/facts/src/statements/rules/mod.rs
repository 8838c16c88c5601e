//! Who a quotation is attributed to: a list of rules, each a pattern of English news, tried in order.

mod before;
mod behind;
mod labels;
pub(crate) mod scene;
pub(crate) mod subjects;

use crate::words::lexicon::names_nobody;
use before::*;
use behind::*;
use labels::{label_before, signature_behind};
use scene::{Attribution, Rule, Scene};

/// The rules in the order in which they are tried.
///
/// Confidence is the share of a rule's findings in the training part of PolNeAR whose content is by half or more that of
/// an annotated statement, rounded down to a twentieth; of a rule with fewer than 50 findings there no more than 0.85.
pub(crate) const RULES: &[Rule] = &[
    Rule { confidence: 0.95, find: verb_source_behind },
    Rule { confidence: 0.95, find: source_verb_behind },
    Rule { confidence: 0.85, find: according_to_behind },
    Rule { confidence: 0.8, find: source_verb_before },
    Rule { confidence: 0.85, find: according_to_before },
    Rule { confidence: 0.85, find: verb_source_before },
    Rule { confidence: 0.85, find: put_it },
    Rule { confidence: 0.85, find: colon_before },
    Rule { confidence: 0.75, find: label_before },
    Rule { confidence: 0.75, find: signature_behind },
];

/// The first rule that fits.
pub(crate) fn attribute(scene: &Scene) -> Option<Attribution> {
    RULES.iter().find_map(|rule| {
        let found = (rule.find)(scene)?;
        let tokens = &scene.passages[found.block].tokens;
        let word = |at: usize| tokens.get(at).map_or("", |token| scene.text(token));
        let nobody = names_nobody(word(found.source.first), word(found.source.first + 1));
        (!nobody).then_some(Attribution {
            block: found.block,
            cue: found.cue,
            act: found.act,
            source: found.source,
            end: found.end,
            behind: found.behind,
            opening: found.opening,
            confidence: rule.confidence,
        })
    })
}
