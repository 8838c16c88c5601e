//! Each limit of the rules, and a text that goes beyond it.

use crate::common::{name_behind, read, says, silent, statements, words};

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
    assert_eq!(statements(&read(&format!("Crane called the {} “a farce.”", fog(6)))).len(), 1);
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
        statements(&document)[0].content.len()
    };
    assert_eq!((parts(30), parts(50)), (2, 1));
}

#[test]
fn a_pronoun_is_followed_through_four_sentences() {
    let speaks = |between: usize| {
        let text = format!("Ingrid Solheim came. {}“We sail,” she said.", "She waited. ".repeat(between));
        let document = read(&text);
        name_behind(&document, &statements(&document)[0]).is_some()
    };
    assert_eq!((speaks(0), speaks(3), speaks(4)), (true, true, false));
}

#[test]
fn only_the_opening_of_a_quotation_tells_its_act() {
    let act = |before: usize| {
        let document = read(&format!("“The {} is not true,” Solheim said.", fog(before)));
        statements(&document)[0].act.name()
    };
    assert_eq!((act(5), act(60)), ("denial", "statement"));
}

#[test]
fn a_phrase_has_at_most_fourteen_words() {
    silent(&format!("“We sail,” the {} captain said.", fog(14)));
    let document = read(&format!("“We sail,” the {} captain said.", fog(3)));
    assert_eq!(words(&document, &statements(&document)[0].source), [format!("the {} captain", fog(3))]);
}

#[test]
fn a_label_has_at_most_six_words() {
    says(&format!("A {} captain: “We sail.”", fog(4)), &["“We sail.”"], "", &format!("A {} captain", fog(4)));
    silent(&format!("A {} captain: “We sail.”", fog(5)));
}

#[test]
fn a_manner_of_putting_it_has_at_most_four_words() {
    says("One investor put it in fog and rain: “We sell.”", &["“We sell.”"], "put", "One investor");
    silent("One investor put it in fog and heavy rain: “We sell.”");
}

#[test]
fn an_adverbial_between_who_and_its_verb_has_at_most_six_words() {
    let text = |adverbs: usize| format!("It is about Solheim, who {}said: “We sail.”", "later ".repeat(adverbs));
    let found = |adverbs: usize| statements(&read(&text(adverbs))).len();
    assert_eq!((found(6), found(12)), (1, 0));
}

#[test]
fn an_antecedent_has_at_most_fourteen_words() {
    let found = |words: usize| {
        let document = read(&format!("They met with the {}captain who said: “We sail.”", "fog ".repeat(words)));
        statements(&document).len()
    };
    assert_eq!((found(12), found(13)), (1, 0));
}

#[test]
fn a_reported_speaker_is_named_with_at_most_five_words() {
    let source = |words_before: usize| {
        let text = format!("Crane said {}Varga had told us that “nobody knew.”", "Ann ".repeat(words_before));
        let document = read(&text);
        statements(&document).first().map(|statement| words(&document, &statement.source).concat())
    };
    assert_eq!(source(4).as_deref(), Some("Ann Ann Ann Ann Varga"));
    assert_eq!(source(7), None);
}

#[test]
fn a_role_takes_in_at_most_three_words_from_before_its_phrase() {
    let document = read("They met press party union energy minister Ingrid Solheim. “We sail,” Solheim said.");
    let role = name_behind(&document, &statements(&document)[0]).and_then(|name| name.role);
    assert_eq!(role.map(|role| document.words(role)), Some("party union energy minister"));
}
