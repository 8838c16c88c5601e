//! Backup, merge, compaction, rereading; corrections survive all of them.
use crate::common::{READING, add, archive_of, examples, page, read, stored, text};
use onrecord_archive::{Anchor, AnnotationKind, Archive, DocumentId, Prepared, Reading, Reread, Rereading, Writer};
use onrecord_document::{Capture, Document, Note, Stage};
use onrecord_record::Producers;
use std::path::Path;

const SAID: &str = "“We heard a bang and then nothing at all,” said Tomas Adler, the harbour master.\n\n\
    “Nobody called us,” said Mara Ellison, a pilot. “Nobody at all.”";

fn lines(place: &Path) -> Vec<String> {
    let archive = Archive::open(place).unwrap();
    archive.ids_by_name().unwrap().into_iter().map(|id| stored(&archive, id)).collect()
}

#[test]
fn a_backup_is_an_archive_of_one_moment() {
    let folder = tempfile::tempdir().unwrap();
    let (place, to) = (folder.path().join("a"), folder.path().join("b"));
    let mut writer = Writer::open(&place, Vec::new()).unwrap();
    add(&mut writer, &text("a", SAID)).unwrap();
    writer.commit().unwrap();
    let reader = Archive::open(&place).unwrap();
    let mut late = 0;
    reader
        .backup(&to, |_, _| {
            late += 1;
            add(&mut writer, &text(&format!("late {late}"), &format!("Ferry {late} is late."))).unwrap();
            writer.commit().unwrap();
        })
        .unwrap();
    assert!(late > 0);
    assert_eq!(Archive::open(&to).unwrap().len().unwrap(), 1);
    assert!(reader.backup(&to, |_, _| {}).unwrap_err().to_string().contains("is not empty"));
}

#[test]
fn compacting_changes_nothing_but_the_room() {
    let captures = examples();
    let (_folder, place) = archive_of(&captures);
    let before = lines(&place);
    let size = || std::fs::metadata(place.join("archive.db")).unwrap().len();
    let size_before = size();
    let mut writer = Writer::open(&place, Vec::new()).unwrap();
    writer.compact(19, 2, |_, _| true).unwrap();
    writer.finish().unwrap();
    assert!(size() < size_before, "{} of {size_before}", size());
    assert!(lines(&place) == before);
    // Stopped in the middle, it leaves a whole archive.
    let mut writer = Writer::open(&place, Vec::new()).unwrap();
    writer.compact(1, 2, |done, _| done < 20).unwrap();
    writer.finish().unwrap();
    assert!(lines(&place) == before);
    assert_eq!(Archive::open(&place).unwrap().check(|_, _| {}).unwrap().problems, []);
}

fn statement_anchor(document: &Document, nth: usize) -> Anchor {
    Anchor::statement(document, &document.statements()[nth])
}

#[test]
fn two_archives_become_one_with_what_people_wrote() {
    let folder = tempfile::tempdir().unwrap();
    let (one, two) = (folder.path().join("one"), folder.path().join("two"));
    let shared = text("shared.txt", SAID);
    let mut writer = Writer::open(&one, Vec::new()).unwrap();
    add(&mut writer, &shared).unwrap();
    add(&mut writer, &text("one.txt", "Only the first archive has this page about a ferry.")).unwrap();
    let anchor = statement_anchor(&read(&shared), 0);
    writer.correct(AnnotationKind::Wrong, anchor.clone(), "", "Kit").unwrap();
    writer.finish().unwrap();
    let mut writer = Writer::open(&two, Vec::new()).unwrap();
    add(&mut writer, &shared).unwrap();
    add(&mut writer, &text("two.txt", "Only the second archive has this page about a ferry.")).unwrap();
    let tag = writer.correct(AnnotationKind::Tag, Anchor::page(&read(&shared)), "ferry", "Ana").unwrap();
    writer.correct(AnnotationKind::Speaker, anchor, "Daniel Okafor", "Ana").unwrap();
    writer.finish().unwrap();

    let mut writer = Writer::open(&one, Vec::new()).unwrap();
    let merged = writer.merge(&Archive::open(&two).unwrap(), |_| {}).unwrap();
    assert_eq!((merged.new, merged.known, merged.corrections), (1, 1, 2));
    let again = writer.merge(&Archive::open(&two).unwrap(), |_| {}).unwrap();
    assert_eq!((again.new, again.known, again.corrections), (0, 2, 0));
    let tags = |writer: &Writer| writer.archive().tags(shared.hash).unwrap();
    assert_eq!(tags(&writer), ["ferry"]);
    // What is undone in one is undone in both.
    let mut other = Writer::open(&two, Vec::new()).unwrap();
    other.undo(tag).unwrap();
    other.finish().unwrap();
    writer.merge(&Archive::open(&two).unwrap(), |_| {}).unwrap();
    assert!(tags(&writer).is_empty());
    let kinds: Vec<_> = writer.archive().annotations(None, false).unwrap().iter().map(|found| found.kind).collect();
    assert_eq!(kinds.len(), 2);
    assert!(kinds.contains(&AnnotationKind::Wrong) && kinds.contains(&AnnotationKind::Speaker));
}

/// Reads anew with versions of the stages that count how often they are asked.
fn reread(
    place: &Path,
    article: &'static str,
    facts: &'static str,
    layers: &(dyn Fn(Document) -> Document + Sync),
) -> Vec<Reread> {
    let producers = |_: Stage| Producers { article: Some(article), language: None, facts: Some(facts) };
    let how = Rereading {
        producers: &producers,
        article: &|capture: &Capture| onrecord_reader::read(capture, onrecord_document::Stage::Article),
        layers: &|document, _| layers(document),
        at_least: None,
    };
    let reader = Archive::open(place).unwrap();
    let mut writer = Writer::open(place, Vec::new()).unwrap();
    let mut done = Vec::new();
    for id in reader.ids().unwrap() {
        done.push(match reader.reread(id, &how).unwrap() {
            Some(renewed) => writer.renew(renewed).unwrap(),
            None => Reread::Current,
        });
    }
    writer.finish().unwrap();
    done
}

#[test]
fn only_what_another_version_made_is_read_anew() {
    let captures =
        [text("a.txt", SAID), text("b.txt", "The ferry left the quay at noon on that day, with the lights on.")];
    let (_folder, place) = archive_of(&captures);
    let before = lines(&place);
    let facts = |document: Document| onrecord_reader::read_on(document, onrecord_document::Stage::Facts);
    let never = |_: Document| -> Document { panic!("layers are made anew, though nothing they rest on changed") };
    assert_eq!(reread(&place, "1", "2", &never), [Reread::Current, Reread::Current]);
    // Another version of the article's reader, and the same words: layers stay.
    assert_eq!(reread(&place, "1.1", "2", &never), [Reread::Same, Reread::Same]);
    assert_eq!(reread(&place, "1.1", "2", &never), [Reread::Current, Reread::Current]);
    // Another version of the facts' reader, which finds the same.
    assert_eq!(reread(&place, "1.1", "2.1", &facts), [Reread::Same, Reread::Same]);
    // One that finds less.
    let fewer = |document: Document| {
        let mut document = facts(document);
        document.layers.statements.as_mut().unwrap().items.truncate(1);
        document
    };
    assert_eq!(reread(&place, "1.1", "2.2", &fewer), [Reread::Layers, Reread::Same]);
    let archive = Archive::open(&place).unwrap();
    assert_eq!(archive.stats().unwrap().statements, 1);
    assert_eq!(archive.listed(archive.ids().unwrap()[0]).unwrap().reading.producers.facts, Some("2.2"));
    drop(archive);
    assert_eq!(reread(&place, "1.1", "2.3", &facts), [Reread::Layers, Reread::Same]);
    assert!(lines(&place) == before);
}

#[test]
fn a_correction_survives_a_better_reader_or_says_that_it_does_not_fit() {
    let capture = text("a.txt", SAID);
    let (_folder, place) = archive_of(std::slice::from_ref(&capture));
    let document = read(&capture);
    let mut writer = Writer::open(&place, Vec::new()).unwrap();
    for nth in 0..2 {
        writer.correct(AnnotationKind::Wrong, statement_anchor(&document, nth), "", "").unwrap();
    }
    writer.correct(AnnotationKind::Note, Anchor::page(&document), "Checked by phone.", "Kit").unwrap();
    writer.finish().unwrap();
    let fewer = |document: Document| {
        let mut document = onrecord_reader::read_on(document, onrecord_document::Stage::Facts);
        document.layers.statements.as_mut().unwrap().items.remove(0);
        document
    };
    reread(&place, "1", "3", &fewer);
    let archive = Archive::open(&place).unwrap();
    let placed = archive.placed(None, false).unwrap();
    let state: Vec<_> =
        placed.iter().map(|placed| (placed.annotation.kind, placed.statement, placed.orphaned)).collect();
    assert!(state.contains(&(AnnotationKind::Wrong, None, true)), "{state:?}");
    assert!(state.contains(&(AnnotationKind::Wrong, Some(0), false)), "{state:?}");
    assert!(state.contains(&(AnnotationKind::Note, None, false)), "{state:?}");
}

#[test]
fn what_is_said_twice_counts_once_and_can_be_undone_and_said_again() {
    let capture = text("a.txt", SAID);
    let (_folder, place) = archive_of(std::slice::from_ref(&capture));
    let page = || Anchor::page(&read(&capture));
    let mut writer = Writer::open(&place, Vec::new()).unwrap();
    let first = writer.correct(AnnotationKind::Tag, page(), " ferry ", "").unwrap();
    assert_eq!(writer.correct(AnnotationKind::Tag, page(), "ferry", "").unwrap(), first);
    writer.undo(first).unwrap();
    let second = writer.correct(AnnotationKind::Tag, page(), "ferry", "").unwrap();
    assert_ne!(first, second);
    assert_eq!(writer.archive().annotations(None, true).unwrap().len(), 2);
    assert!(writer.correct(AnnotationKind::Tag, page(), "", "").is_err());
    assert!(writer.correct(AnnotationKind::Tag, page(), &"x".repeat(200), "").is_err());
    assert!(writer.correct(AnnotationKind::Note, page(), &"x".repeat(70_000), "").is_err());
    // Two names of one person, and a circle of names that comes to an end.
    let anchor = writer.archive().speaker_anchor("Tomas Adler").unwrap().unwrap();
    writer.correct(AnnotationKind::SameSpeaker, anchor, "Mara Ellison", "").unwrap();
    let anchor = writer.archive().speaker_anchor("Mara Ellison").unwrap().unwrap();
    writer.correct(AnnotationKind::SameSpeaker, anchor, "T. Adler", "").unwrap();
    let same = writer.archive().same_speakers().unwrap();
    assert!(same.contains(&("Tomas Adler".to_owned(), "T. Adler".to_owned())), "{same:?}");
}

#[test]
fn every_word_is_proved_and_what_was_tampered_with_is_not() {
    let (_folder, place) = archive_of(&examples());
    let archive = Archive::open(&place).unwrap();
    let ids = archive.ids().unwrap();
    let report = archive.verify(&ids, |_, _| {}).unwrap();
    assert_eq!(report.problems, []);
    assert!(report.proofs > 1000);
    // A document whose words were read from other bytes.
    let mut other = page("https://a.example/x", "Ferry", "Six people died when the ferry hit the harbour wall.");
    let document = read(&other);
    other.page = onrecord_span::PageBytes::new(other.page.as_bytes().iter().rev().copied().collect()).unwrap();
    let parts = onrecord_document::Parts {
        capture: other,
        buffer: document.buffer().clone(),
        text_len: document.text().len(),
        blocks: document.blocks().to_vec(),
        map: document.map().clone(),
        fields: document.fields.clone(),
        layers: document.layers.clone(),
        notes: vec![Note::new(Stage::Article, "tampered", "with")],
    };
    let mut writer = Writer::open(&place, Vec::new()).unwrap();
    let tampered = Prepared::new(Document::restore(parts).unwrap(), Reading { ..READING }, &writer.bases());
    writer.add(tampered).unwrap();
    writer.finish().unwrap();
    let archive = Archive::open(&place).unwrap();
    let last: Vec<DocumentId> = archive.ids().unwrap().into_iter().rev().take(1).collect();
    assert!(!archive.verify(&last, |_, _| {}).unwrap().problems.is_empty());
}
