//! Direct quotations of German news, pattern by pattern.

use crate::support::{read_text, words};
use onrecord_document::{Document, SourceKind};

/// A German article that ends with the text.
fn article(text: &str) -> Document {
    let before = "Die Fähre lief am Montagabend im dichten Nebel auf die Mole und sank nach wenigen Minuten.";
    read_text(&format!("{before}\n\n{text}"))
}

#[track_caller]
fn says(text: &str, content: &str, cue: &str, source: &str) {
    let document = article(text);
    let [statement] = document.statements() else { panic!("{text}: {:?}", document.statements()) };
    let found =
        (words(&document, &statement.content), words(&document, &statement.cue), words(&document, &statement.source));
    assert_eq!(found, (content.to_owned(), cue.to_owned(), source.to_owned()), "{text}");
    assert!(statement.confidence <= 0.5);
}

#[track_caller]
fn silent(text: &str) {
    let document = article(text);
    assert!(document.statements().is_empty(), "{text}: {:?}", document.statements());
}

#[test]
fn a_verb_and_its_subject_behind_a_quotation() {
    says("„Wir fahren“, sagte Ingrid Solheim am Montag.", "„Wir fahren“", "sagte", "Ingrid Solheim");
    says("»Wir fahren«, erklärte die Ministerin.", "»Wir fahren«", "erklärte", "die Ministerin");
    says("„Wir fahren“, so der Sprecher des Hafens.", "„Wir fahren“", "so", "der Sprecher des Hafens");
    says("„Wir fahren“, sagte er Reportern.", "„Wir fahren“", "sagte", "er");
    silent("„Wir fahren“ heißt das Lied.");
    silent("„Wir fahren“, sagte gestern niemand.");
}

#[test]
fn a_subject_and_its_verb_before_a_colon() {
    says("Ingrid Solheim sagte am Montag: „Wir fahren.“", "„Wir fahren.“", "sagte", "Ingrid Solheim");
    says("Am Montag sagte Ingrid Solheim: „Wir fahren.“", "„Wir fahren.“", "sagte", "Ingrid Solheim");
    silent("Auf dem Schild stand: „Wir fahren.“");
}

#[test]
fn a_quotation_goes_on_behind_its_verb() {
    says("„Wir fahren“, sagte Solheim, „und zwar um acht.“", "„Wir fahren“ … „und zwar um acht.“", "sagte", "Solheim");
    says("„Wir fahren“, sagte Solheim. „Um acht.“", "„Wir fahren“ … „Um acht.“", "sagte", "Solheim");
}

#[test]
fn an_apposition_belongs_to_the_source() {
    says(
        "„Wir fahren“, sagte Ingrid Solheim, die Leiterin des Hafens.",
        "„Wir fahren“",
        "sagte",
        "Ingrid Solheim, die Leiterin des Hafens",
    );
}

#[test]
fn marked_words_inside_a_sentence_are_no_direct_quotation() {
    silent("Das Wort „Versprechen“, sagte sie, sei nicht gefallen.");
}

#[test]
fn an_article_before_a_noun_names_nobody() {
    let kind = |text: &str| article(text).statements()[0].sourcing.kind;
    assert_eq!(kind("„Wir fahren“, sagte Ingrid Solheim."), SourceKind::NamedPerson);
    assert_eq!(kind("„Wir fahren“, sagte die Händlerin Marta Ilić."), SourceKind::NamedPerson);
    assert_eq!(kind("„Wir fahren“, sagte die Händlerin."), SourceKind::UnnamedPerson);
}

#[test]
fn limits_on_adjectives_gaps_and_tails_hold() {
    let found = |text: String| article(&text).statements().first().map_or(0, |statement| statement.content.len());
    let adjectives = |count: usize| format!("„Wir fahren“, sagte die {}Ministerin.", "alte ".repeat(count));
    assert_eq!((found(adjectives(3)), found(adjectives(4))), (1, 0));
    let gap = |count: usize| format!("Solheim sagte {}: „Wir fahren.“", "gestern ".repeat(count));
    assert_eq!((found(gap(30)), found(gap(60))), (1, 0));
    let tail = |count: usize| format!("„Wir fahren“, sagte Solheim {}. „Um acht.“", "gestern ".repeat(count));
    assert_eq!((found(tail(10)), found(tail(30))), (2, 1));
}
