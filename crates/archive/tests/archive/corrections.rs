//! A later correction takes the place of an earlier one, whoever writes it.

use crate::common::{archive_of, read, text};
use onrecord_archive::{Anchor, AnnotationKind, Archive, Writer};
use std::path::Path;

const SAID: &str = "“We heard a bang and then nothing at all,” said Tomas Adler, the harbour master.";

/// What is said of the archive's pages and not undone, in the order in which it was written: kinds and values.
fn said(place: &Path) -> Vec<(AnnotationKind, String)> {
    let annotations = Archive::open(place).unwrap().annotations(None, false).unwrap();
    annotations.into_iter().map(|annotation| (annotation.kind, annotation.value)).collect()
}

#[test]
fn what_is_written_within_one_second_keeps_its_order() {
    let capture = text("a.txt", SAID);
    let (_folder, place) = archive_of(std::slice::from_ref(&capture));
    let document = read(&capture);
    let mut writer = Writer::open(&place, Vec::new()).unwrap();
    let tags: Vec<String> = (0..12).map(|nth| format!("tag {}", nth * 7 % 12)).collect();
    for tag in &tags {
        writer.correct(AnnotationKind::Tag, Anchor::page(&document), tag, "").unwrap();
    }
    writer.finish().unwrap();
    let values: Vec<String> = said(&place).into_iter().map(|(_, value)| value).collect();
    assert_eq!(values, tags);
}

#[test]
fn a_verdict_replaces_the_one_before_it_and_so_does_another_speaker() {
    let capture = text("a.txt", SAID);
    let (_folder, place) = archive_of(std::slice::from_ref(&capture));
    let document = read(&capture);
    let anchor = || Anchor::statement(&document, &document.statements()[0]);
    let correct = |kind, value: &str| {
        let mut writer = Writer::open(&place, Vec::new()).unwrap();
        let id = writer.correct(kind, anchor(), value, "Ana").unwrap();
        writer.finish().unwrap();
        id
    };
    let wrong = correct(AnnotationKind::Wrong, "");
    assert_eq!(correct(AnnotationKind::Wrong, ""), wrong, "saying it again changes nothing");
    correct(AnnotationKind::Note, "Checked by phone.");
    correct(AnnotationKind::Right, "");
    assert_eq!(
        said(&place),
        [(AnnotationKind::Note, "Checked by phone.".to_owned()), (AnnotationKind::Right, String::new())]
    );
    correct(AnnotationKind::Speaker, "Mara Ellison");
    correct(AnnotationKind::Speaker, "Daniel Okafor");
    let speakers: Vec<_> = said(&place).into_iter().filter(|(kind, _)| *kind == AnnotationKind::Speaker).collect();
    assert_eq!(speakers, [(AnnotationKind::Speaker, "Daniel Okafor".to_owned())]);
    // What was replaced is kept, as undone.
    assert_eq!(Archive::open(&place).unwrap().annotations(None, true).unwrap().len(), 5);
}

#[test]
fn a_verdict_that_is_given_again_by_a_button_is_taken_back() {
    let capture = text("a.txt", SAID);
    let (_folder, place) = archive_of(std::slice::from_ref(&capture));
    let document = read(&capture);
    let press = |kind| {
        let mut writer = Writer::open(&place, Vec::new()).unwrap();
        let anchor = Anchor::statement(&document, &document.statements()[0]);
        let id = writer.toggle(kind, anchor, "", "").unwrap();
        writer.finish().unwrap();
        id.is_some()
    };
    assert!(press(AnnotationKind::Right) && press(AnnotationKind::Wrong));
    assert_eq!(said(&place), [(AnnotationKind::Wrong, String::new())]);
    assert!(!press(AnnotationKind::Wrong));
    assert_eq!(said(&place), []);
}
