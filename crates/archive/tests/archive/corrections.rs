//! A later correction takes the place of an earlier one, whoever writes it.

use crate::common::{archive_of, read, text};
use onrecord_archive::{Anchor, AnnotationKind, Archive, Writer};
use std::path::Path;

const SAID: &str = "“We heard a bang and then nothing at all,” said Tomas Adler, the harbour master.";

/// What is said of the archive's pages and not undone: kinds and values, by the names of the kinds. Annotations of one
/// second come in the order of their ids, which are hashes.
fn said(place: &Path) -> Vec<(AnnotationKind, String)> {
    let annotations = Archive::open(place).unwrap().annotations(None, false).unwrap();
    let mut said: Vec<_> = annotations.into_iter().map(|annotation| (annotation.kind, annotation.value)).collect();
    said.sort_by_key(|(kind, _)| kind.name());
    said
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
