//! What goes wrong is said, and loses nothing.
use crate::common::{add, archive_of, examples, page, stored, text};
use onrecord_archive::{Added, Archive, Error, Writer};
use std::fs;

#[test]
fn a_second_writer_is_refused_and_told_who_writes() {
    let folder = tempfile::tempdir().unwrap();
    let writer = Writer::open(folder.path(), Vec::new()).unwrap();
    let error = Writer::open(folder.path(), Vec::new()).err().unwrap();
    assert!(matches!(error, Error::Busy { .. }));
    let said = error.to_string();
    assert!(said.contains(&format!("process {}", std::process::id())), "{said}");
    drop(writer);
    assert!(Writer::open(folder.path(), Vec::new()).is_ok());
}

#[test]
fn a_reader_sees_what_was_committed_while_a_writer_writes() {
    let folder = tempfile::tempdir().unwrap();
    let mut writer = Writer::open(folder.path(), Vec::new()).unwrap();
    add(&mut writer, &text("a", "The ferry struck the breakwater on Monday evening.")).unwrap();
    writer.commit().unwrap();
    let reader = Archive::open(folder.path()).unwrap();
    add(&mut writer, &text("b", "The harbour was closed on Tuesday, and nobody said why.")).unwrap();
    assert_eq!(reader.len().unwrap(), 1, "what is not committed is not there");
    // A reader that reads several times reads of one moment.
    let (before, after) = reader
        .at_once(|| {
            let before = reader.len()?;
            writer.commit()?;
            Ok((before, reader.len()?))
        })
        .unwrap();
    assert_eq!((before, after), (1, 1));
    assert_eq!(reader.len().unwrap(), 2);
}

#[test]
fn a_newer_format_and_other_files_are_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("newer");
    Writer::open(&place, Vec::new()).unwrap().finish().unwrap();
    let database = place.join("archive.db");
    // The format stands at offset 60 of the file, the application's mark at 68 (https://sqlite.org/fileformat2.html).
    let mut bytes = fs::read(&database).unwrap();
    bytes[60..64].copy_from_slice(&99u32.to_be_bytes());
    fs::write(&database, &bytes).unwrap();
    for error in [Archive::open(&place).err().unwrap(), Writer::open(&place, Vec::new()).err().unwrap()] {
        assert!(matches!(error, Error::Newer { found: 99, .. }), "{error}");
    }
    assert_eq!(fs::read(&database).unwrap()[60..64], 99u32.to_be_bytes(), "nothing was changed");

    let place = folder.path().join("foreign");
    fs::create_dir(&place).unwrap();
    fs::write(
        place.join("archive.db"),
        "This is no database at all, but a text that is long enough to look at.".repeat(20),
    )
    .unwrap();
    assert!(matches!(Archive::open(&place).err().unwrap(), Error::Foreign(_)));
    let place = folder.path().join("holds-files");
    fs::create_dir(&place).unwrap();
    fs::write(place.join("thesis.txt"), "mine").unwrap();
    let said = Writer::open(&place, Vec::new()).err().unwrap().to_string();
    assert!(said.ends_with("holds other files; name a new or an empty folder for the archive"), "{said}");
    assert!(matches!(Archive::open(&folder.path().join("nowhere")).err().unwrap(), Error::Absent(_)));
}

/// Damage is either found or does no harm: whatever `check` calls whole reads as it did.
#[test]
fn a_flipped_page_of_the_database_is_found_and_says_what_it_touches() {
    let captures = examples();
    let (_folder, place) = archive_of(&captures);
    let archive = Archive::open(&place).unwrap();
    let whole: Vec<String> = archive.ids().unwrap().into_iter().map(|id| stored(&archive, id)).collect();
    drop(archive);
    let database = place.join("archive.db");
    let good = fs::read(&database).unwrap();
    let (mut found, mut named) = (0, 0);
    let places = 60;
    for nth in 0..places {
        let mut bad = good.clone();
        let at = 8192 + (nth * 7919 * 131) % (good.len() - 8192 - 64);
        bad[at..at + 64].iter_mut().for_each(|byte| *byte ^= 0x5a);
        fs::write(&database, &bad).unwrap();
        let Ok(archive) = Archive::open(&place) else {
            found += 1;
            continue;
        };
        let report = archive.check(|_, _| {});
        if report.as_ref().is_ok_and(|report| report.problems.is_empty()) {
            let same = |(nth, id)| stored(&archive, id) == whole[nth];
            assert!(archive.ids().unwrap().into_iter().enumerate().all(same), "damage at {at} went unseen");
            continue;
        }
        found += 1;
        let names =
            |report: onrecord_archive::Report| report.problems.iter().any(|problem| !problem.affects.is_empty());
        named += usize::from(report.is_ok_and(names));
    }
    assert!(found > places / 2 && named > places / 4, "{found} of {places} found, {named} with what they touch");
}

#[test]
fn damaged_pages_are_forgotten_and_stored_anew() {
    let captures = examples();
    let (_folder, place) = archive_of(&captures);
    let database = place.join("archive.db");
    let mut bytes = fs::read(&database).unwrap();
    // Behind the beginning of a packed page (RFC 8878, section 3.1.1), so that it is one that is damaged.
    let packed = bytes.windows(4).rposition(|four| four == [0x28, 0xb5, 0x2f, 0xfd]).unwrap();
    bytes[packed + 20..packed + 200].fill(0x11);
    fs::write(&database, &bytes).unwrap();
    let report = Archive::open(&place).unwrap().check(|_, _| {}).unwrap();
    assert!(!report.problems.is_empty());
    let mut writer = Writer::open(&place, Vec::new()).unwrap();
    let forgotten = writer.forget_damaged(&report).unwrap();
    assert!(forgotten > 0);
    let mut new = 0;
    for capture in &captures {
        new += u64::from(add(&mut writer, capture).unwrap() != Added::Known);
    }
    assert_eq!(new, forgotten);
    writer.finish().unwrap();
    let archive = Archive::open(&place).unwrap();
    assert_eq!(archive.len().unwrap(), captures.len() as u64);
    assert_eq!(archive.check(|_, _| {}).unwrap().problems, []);
}

#[test]
fn a_page_that_is_taken_down_is_gone_and_stays_gone() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("archive");
    let script = "x".repeat(3000);
    let pages: Vec<_> = (0..5)
        .map(|nth| {
            let body = format!("Person{nth}, called Unforgettable{nth}, was on board.<script>{script}</script>");
            page(&format!("https://a.example/secret-{nth}"), "Ferry", &body)
        })
        .collect();
    let mut writer = Writer::open(&place, Vec::new()).unwrap();
    for page in &pages {
        add(&mut writer, page).unwrap();
    }
    writer.commit().unwrap();
    // The first is what the others are stored as differences to.
    for nth in [0, 2] {
        let listed = writer.archive().meant(&pages[nth].hash.to_string()).unwrap().remove(0);
        writer.take_down(&listed, "a court said so").unwrap();
        assert_eq!(add(&mut writer, &pages[nth]).unwrap(), Added::TakenDown);
    }
    writer.finish().unwrap();
    let archive = Archive::open(&place).unwrap();
    assert_eq!(archive.len().unwrap(), 3);
    for nth in [1, 3, 4] {
        assert_eq!(archive.page(pages[nth].hash).unwrap().unwrap().as_bytes(), pages[nth].page.as_bytes());
    }
    assert!(archive.page(pages[0].hash).unwrap().is_none());
    assert_eq!(archive.check(|_, _| {}).unwrap().problems, []);
    let removed = archive.changes(0, 100).unwrap().into_iter().filter(|change| change.removed).count();
    assert_eq!(removed, 2);
    drop(archive);
    let mut writer = Writer::open(&place, Vec::new()).unwrap();
    assert!(writer.lift(&pages[0].hash.to_string()).unwrap());
    assert_eq!(add(&mut writer, &pages[0]).unwrap(), Added::New);
}
