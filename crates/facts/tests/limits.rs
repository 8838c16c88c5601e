//! Each limit of the rules, and a text that goes beyond it.

mod common;

use common::{chain, quotes, read, says, silent, words};

/// So many words that mean nothing.
fn fog(words: usize) -> String {
    vec!["fog"; words].join(" ")
}

#[test]
fn a_cue_stands_within_sixty_tokens_of_its_quotation() {
    says(&format!("Solheim said about the {}: “We sail.”", fog(40)), &["“We sail.”"], "said", "Solheim");
    silent(&format!("Solheim said about the {}: “We sail.”", fog(70)));
}

#[test]
fn before_a_comma_it_stands_within_twenty_five() {
    says(&format!("Solheim said in the {}, “We sail.”", fog(10)), &["“We sail.”"], "said", "Solheim");
    silent(&format!("Solheim said in the {}, “We sail.”", fog(30)));
}

#[test]
fn what_is_named_has_at_most_eight_words() {
    assert_eq!(quotes(&read(&format!("Crane called the {} “a farce.”", fog(6)))).len(), 1);
    silent(&format!("Crane called the {} “a farce.”", fog(9)));
}

#[test]
fn an_aside_has_at_most_twenty_five_tokens() {
    says(&format!("“We sail,” Solheim, lost in {}, said.", fog(20)), &["“We sail,”"], "said", "Solheim");
    silent(&format!("“We sail,” Solheim, lost in {}, said.", fog(30)));
}

#[test]
fn a_quotation_floats_over_at_most_forty_tokens() {
    let parts = |tail: usize| {
        let document = read(&format!("“We sail,” Solheim said in the {}. “We stay.”", fog(tail)));
        quotes(&document)[0].content.len()
    };
    assert_eq!((parts(30), parts(50)), (2, 1));
}

#[test]
fn a_pronoun_is_followed_through_three_sentences() {
    let speaks = |between: usize| {
        let text = format!("Ingrid Solheim came. {}“We sail,” she said.", "She waited. ".repeat(between));
        let document = read(&text);
        chain(&document, &quotes(&document)[0]).is_some()
    };
    assert_eq!((speaks(0), speaks(2), speaks(3)), (true, true, false));
}

#[test]
fn only_the_opening_of_a_quotation_tells_its_act() {
    let act = |before: usize| {
        let document = read(&format!("“The {} is not true,” Solheim said.", fog(before)));
        quotes(&document)[0].act.name()
    };
    assert_eq!((act(5), act(60)), ("denial", "statement"));
}

#[test]
fn a_phrase_has_at_most_fourteen_words() {
    silent(&format!("“We sail,” the {} captain said.", fog(14)));
    let document = read(&format!("“We sail,” the {} captain said.", fog(3)));
    assert_eq!(words(&document, &quotes(&document)[0].source), [format!("the {} captain", fog(3))]);
}
