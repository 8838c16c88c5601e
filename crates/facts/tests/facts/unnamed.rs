//! Unnamed sources: what they were introduced as, on what terms they spoke, and why.

use crate::common::{name_behind, read, statements};
use onrecord_document::{Document, SourceKind, Statement, Terms};

fn last(document: &Document) -> &Statement {
    statements(document).last().unwrap()
}

/// Speaker, terms, the words of the terms, and the reason of the last statement.
fn sourcing(text: &str) -> (Option<String>, Terms, Option<String>, Option<String>) {
    let document = read(text);
    let statement = last(&document);
    let words = |span: Option<_>| span.map(|span| document.words(span).to_owned());
    let speaker = name_behind(&document, statement).map(|name| document.words(name.name).to_owned());
    (speaker, statement.sourcing.terms, words(statement.sourcing.terms_span), words(statement.sourcing.reason))
}

fn is(text: &str, speaker: &str, terms: Terms, words: &str, reason: Option<&str>) {
    let (found, found_terms, found_words, found_reason) = sourcing(text);
    assert_eq!(found.as_deref(), Some(speaker), "{text}");
    assert_eq!(found_terms, terms, "{text}");
    assert_eq!(found_words.as_deref(), Some(words), "{text}");
    assert_eq!(found_reason.as_deref(), reason, "{text}");
}

#[test]
fn a_pronoun_inherits_terms_and_reason_of_a_description() {
    is(
        "One of the crew, who asked not to be named because he feared for his job, said the fog came fast. “Dead slow, \
         we were,” he said.",
        "One of the crew",
        Terms::ConditionOfAnonymity,
        "asked not to be named",
        Some("he feared for his job"),
    );
    let document = read("One of the crew, who asked not to be named, spoke of fog. “Dead slow,” he said.");
    assert_eq!(last(&document).sourcing.kind, SourceKind::UnnamedPerson);
}

#[test]
fn one_of_them_and_the_official_inherit_the_terms_of_their_group() {
    is(
        "Two officials described a draft. The officials, who were not authorised to discuss it, said it was long. “Long,” \
         one of them said.",
        "one of them",
        Terms::NotAuthorisedToSpeak,
        "not authorised to discuss",
        None,
    );
    is(
        "Three ministry officials, who were not authorised to speak publicly, said that he had. One of them said that he \
         had read it. “It has his ink on it,” the official said.",
        "One of them",
        Terms::NotAuthorisedToSpeak,
        "not authorised to speak",
        None,
    );
    is(
        "Two officials with knowledge of the talks described a draft.\nThe officials spoke on condition of anonymity because \
         the talks are private. “It is thin,” they said.",
        "Two officials",
        Terms::ConditionOfAnonymity,
        "on condition of anonymity",
        Some("the talks are private"),
    );
}

#[test]
fn a_description_that_could_be_two_people_is_nobody_spoken_of() {
    let (speaker, terms, ..) = sourcing(
        "A British diplomat, who asked not to be named, came. A French diplomat, who asked not to be named, left. “It is \
         thin,” the diplomat said.",
    );
    assert_eq!((speaker.as_deref(), terms), (Some("the diplomat"), Terms::Background));
    let (speaker, ..) = sourcing("Two officials met three diplomats. “It is thin,” the first official said.");
    assert_eq!(speaker.as_deref(), Some("the first official"));
}

#[test]
fn terms_are_stated_in_the_sentence_behind() {
    is(
        "A member of the delegation said: “He gave us his word.” The delegate was not authorised to speak to the media.",
        "A member of the delegation",
        Terms::NotAuthorisedToSpeak,
        "not authorised to speak",
        None,
    );
    is(
        "A member of the crew spoke of fog. He asked not to be identified, citing his contract. “We were slow,” he said.",
        "A member of the crew",
        Terms::ConditionOfAnonymity,
        "asked not to be identified",
        Some("his contract"),
    );
    is(
        "“We sail,” said an official. Another came. “We stay,” said a pilot. “All of us.” He spoke on condition of anonymity \
         for fear of losing his job.",
        "a pilot",
        Terms::ConditionOfAnonymity,
        "on condition of anonymity",
        Some("fear of losing his job"),
    );
    let (_, terms, ..) = sourcing("“We sail,” said an official. A pilot asked not to be named.");
    assert_eq!(terms, Terms::Background, "the sentence behind is about somebody else");
}

#[test]
fn terms_are_looked_for_in_three_sentences_behind() {
    let terms = |between: usize| {
        let text = format!("“We sail,” said a pilot. {}He asked not to be named.", "He waited. ".repeat(between));
        sourcing(&text).1
    };
    assert_eq!((terms(2), terms(3)), (Terms::ConditionOfAnonymity, Terms::Background));
}

#[test]
fn a_purpose_and_a_refusal_have_their_reasons() {
    is(
        "“We sail,” said an official who spoke on condition of anonymity to discuss private talks.",
        "an official",
        Terms::ConditionOfAnonymity,
        "on condition of anonymity",
        Some("to discuss private talks"),
    );
    is(
        "Calder Line declined to comment, citing the inquiry.",
        "Calder Line",
        Terms::DeclinedToComment,
        "declined to comment",
        Some("the inquiry"),
    );
}

#[test]
fn a_sentence_that_opens_with_the_pronoun_is_not_about_others_in_it() {
    let text = "Edmund Rourke spoke to parliament.\nHe rejected a call by Siobhan Crane. “You don’t,” he said.";
    assert_eq!(sourcing(text).0.as_deref(), Some("Edmund Rourke"));
    assert_eq!(sourcing("He rejected a call by Siobhan Crane. “You don’t,” he said.").0, None);
}

#[test]
fn a_short_question_speaks_of_nobody() {
    let text = "Edda Lindholm said that nobody had left. Would they? “I’ve hidden the keys,” she said.";
    assert_eq!(sourcing(text).0.as_deref(), Some("Edda Lindholm"));
}

#[test]
fn i_inside_a_quotation_is_who_speaks() {
    let document = read("“I said, ‘Hold on to the coat,’ and they did,” said Daniel Okafor.");
    let inner = last(&document);
    assert_eq!(document.words(inner.content[0]), "‘Hold on to the coat,’");
    assert_eq!(name_behind(&document, inner).map(|name| document.words(name.name)), Some("Daniel Okafor"));
    assert_eq!((inner.sourcing.kind, inner.sourcing.terms), (SourceKind::NamedPerson, Terms::OnRecord));
}

#[test]
fn the_letter_is_the_letter_spoken_of() {
    let text = "The company published a joint letter on Monday. “There is no winner,” the letter said.";
    assert_eq!(sourcing(text).0.as_deref(), Some("a joint letter"));
}

#[test]
fn sources_named_together_are_members() {
    let document = read("“We sail,” said a U.S. official and three sources.");
    let members = last(&document).sourcing.members.map(|span| document.words(span));
    assert_eq!(members, Some("a U.S. official and three sources"));
}

#[test]
fn it_is_the_document_that_the_sentence_before_is_about() {
    let document =
        read("A letter of 6 February was attached to the filing. It says: “We should discuss the consequences.”");
    let statement = last(&document);
    assert_eq!(statement.sourcing.kind, SourceKind::Document);
    assert_eq!(name_behind(&document, statement).map(|name| document.words(name.name)), Some("A letter of 6 February"));
    let document = read("Solheim read a letter. It says: “We should discuss the consequences.”");
    assert_eq!(name_behind(&document, last(&document)), None);
}

#[test]
fn terms_are_looked_for_in_sixty_tokens_of_a_sentence() {
    let terms = |words: usize| {
        let fog = vec!["fog"; words].join(" ");
        sourcing(&format!("“We sail,” said a pilot in the {fog}, who asked not to be named.")).1
    };
    assert_eq!((terms(30), terms(70)), (Terms::ConditionOfAnonymity, Terms::Background));
}

#[test]
fn a_question_that_is_passed_over_has_at_most_three_words() {
    let sure = |question: &str| {
        let document =
            read(&format!("Edda Lindholm said that nobody had left. {question} “I’ve hidden the keys,” she said."));
        last(&document).speaker.map(|speaker| speaker.confidence)
    };
    let near = sure("");
    assert!(near.is_some());
    assert_eq!(sure("Would they go?"), near);
    assert!(sure("Would they really go?") < near);
}
