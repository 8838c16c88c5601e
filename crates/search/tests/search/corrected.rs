//! Speakers as people corrected them are found, counted and shown so.

use crate::common::{archive_of, read, text};
use onrecord_archive::{Anchor, AnnotationId, AnnotationKind, Archive, Writer};
use onrecord_document::Document;
use onrecord_search::{Hit, IndexFollower, Kind, Request, Search};
use std::collections::BTreeMap;

const SAID: &str = "“We heard a bang and then nothing at all,” said Tomas Adler, the harbour master.\n\n\
    “Nobody called us,” said Mara Ellison, a pilot. “Nobody at all.”";

fn statement_anchor(document: &Document, nth: usize) -> Anchor {
    Anchor::statement(document, &document.statements()[nth])
}

#[test]
fn speakers_count_and_are_found_as_people_corrected_them() {
    let capture = text("a.txt", SAID);
    let (_folder, place) = archive_of(std::slice::from_ref(&capture));
    // What is written is in database and index when its writer has finished.
    let write = |change: &dyn Fn(&mut Writer) -> Option<AnnotationId>| {
        let mut writer = Writer::open(&place, vec![Box::new(IndexFollower::of(&place))]).unwrap();
        let id = change(&mut writer);
        writer.finish().unwrap();
        id
    };
    let counts = || -> BTreeMap<String, u64> {
        let archive = Archive::open(&place).unwrap();
        archive.speakers(|_| true).unwrap().into_iter().map(|found| (found.name, found.statements)).collect()
    };
    let found = |query: &str| -> Vec<(String, Option<String>)> {
        let mut search = Search::open(&place, |_| {}).unwrap();
        let query = onrecord_search::query::parse(query).unwrap();
        let hits = search.find(&Request::new(query, Kind::Statements)).unwrap().hits;
        let speakers = hits.into_iter().filter_map(|hit| match hit {
            Hit::Statement(hit) => hit.statement.speaker,
            Hit::Article(_) => None,
        });
        speakers.map(|speaker| (speaker.name, speaker.read_as)).collect()
    };
    write(&|_| None);
    let before = counts();
    let (adler, ellison) = (before["Tomas Adler"], before["Mara Ellison"]);
    assert!(adler > 0 && ellison > 0);

    // Two names of one person: counted together, found by either.
    let same = write(&|writer| {
        let anchor = writer.archive().speaker_anchor("Tomas Adler").unwrap().unwrap();
        Some(writer.correct(AnnotationKind::SameSpeaker, anchor, "T. Brandt", "").unwrap())
    });
    assert_eq!((counts().get("T. Brandt"), counts().get("Tomas Adler")), (Some(&adler), None));
    let expected = vec![("T. Brandt".to_owned(), Some("Tomas Adler".to_owned())); adler as usize];
    assert_eq!(found("speaker:brandt"), expected);
    assert_eq!(found("speaker:tomas"), expected);

    // Somebody else made the statement: it is his, and no longer the other's.
    let document = read(&capture);
    let statements = document.statements();
    let nth = statements.iter().position(|statement| found_name(&document, statement) == "Mara Ellison").unwrap();
    let moved = write(&|writer| {
        Some(
            writer.correct(AnnotationKind::Speaker, statement_anchor(&document, nth), "Daniel  Okafor", "Ana").unwrap(),
        )
    });
    assert_eq!(counts()["Daniel Okafor"], 1);
    assert_eq!(counts().get("Mara Ellison").copied().unwrap_or(0), ellison - 1);
    assert_eq!(found("speaker:okafor"), [("Daniel Okafor".to_owned(), Some("Mara Ellison".to_owned()))]);
    let archive = Archive::open(&place).unwrap();
    assert_eq!(archive.said_by(&["Daniel Okafor".to_owned()]).unwrap().len(), 1);
    assert_eq!(archive.said_by(&["Mara Ellison".to_owned()]).unwrap().len(), ellison as usize - 1);
    drop(archive);

    // Undone, all is as it was read.
    for id in [same, moved] {
        write(&|writer| {
            writer.undo(id.unwrap()).unwrap();
            None
        });
    }
    assert_eq!(counts(), before);
    assert_eq!(found("speaker:okafor"), []);
    assert_eq!(found("speaker:tomas"), vec![("Tomas Adler".to_owned(), None); adler as usize]);
}

fn found_name(document: &Document, statement: &onrecord_document::Statement) -> String {
    let chains = document.layers.names.as_ref().unwrap();
    statement
        .speaker
        .map_or(String::new(), |speaker| document.words(chains.items[speaker.name as usize].name).to_owned())
}
