//! English.

use crate::statements::pack::{Depth, Pack};
use crate::statements::rules::before::{
    according_to_before, colon_before, put_it, source_verb_before, verb_source_before,
};
use crate::statements::rules::behind::{according_to_behind, source_verb_behind, verb_source_behind};
use crate::statements::rules::continuing::goes_on;
use crate::statements::rules::labels::{label_before, signature_behind};
use crate::statements::rules::scene::Rule;
use crate::words::lexicon::*;
use std::sync::LazyLock;

pub(crate) static PACK: Pack =
    Pack { code: "en", lexicon: || &LEXICON, rules: RULES, goes_on, rows: true, depth: Depth::Statements };

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    Lexicon::default()
        .with_classes(include_str!("../../data/en/function_words.txt"))
        .with_roles(include_str!("../../data/en/roles.txt"))
        .with_organisations(include_str!("../../data/en/organisations.txt"))
        .with_documents(include_str!("../../data/en/documents.txt"))
        .with_media(include_str!("../../data/en/media.txt"))
        .with_numbers(include_str!("../../data/en/numbers.txt"))
        .with_cues(include_str!("../../data/en/cue_verbs.txt"), include_str!("../../data/en/core_cues.txt"))
        .with_nobody(include_str!("../../data/en/nobody.txt"))
        .with_adverbs("ly", include_str!("../../data/en/no_adverbs.txt"))
});

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::lists::lines;
    use onrecord_document::Act;

    #[test]
    fn verbs_are_known_in_all_their_forms() {
        for word in ["say", "says", "said", "saying", "denies", "denied", "admitting", "argues", "publishes", "goes"] {
            assert!(LEXICON.look_up(word).cue.is_some(), "{word}");
        }
        assert_eq!(LEXICON.look_up("denied").cue.map(|cue| cue.act), Some(Act::Denial));
        assert_eq!(LEXICON.look_up("warning").cue.map(|cue| cue.form), Some(Form::Participle));
    }

    #[test]
    fn every_line_of_the_verb_list_is_understood() {
        for line in lines(include_str!("../../data/en/cue_verbs.txt")) {
            let fields: Vec<&str> = line.split_whitespace().collect();
            assert!(fields.len() == 3 || fields.len() == 6, "{line}");
            assert!(Act::ALL.iter().any(|act| act.name() == fields[1]), "{line}");
            assert!(["say", "tell", "name", "weak"].contains(&fields[2]), "{line}");
            assert!(LEXICON.look_up(fields[0]).cue.is_some(), "{line}");
        }
    }

    #[test]
    fn roles_have_plurals_and_numbers_values() {
        assert_ne!(LEXICON.look_up("officials").flags & ROLES, 0);
        assert_ne!(LEXICON.look_up("deputies").flags & ROLES, 0);
        assert_ne!(LEXICON.look_up("spokeswomen").flags & ROLES, 0);
        assert_eq!(LEXICON.look_up("three").number, Some(3));
    }
}
