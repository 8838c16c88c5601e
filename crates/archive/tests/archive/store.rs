//! What goes in comes out.
use crate::common::{READING, add, archive_of, examples, line, page, read, stored, text};
use onrecord_archive::{Added, Archive, CaptureKey, Prepared, Reading, Writer};
use onrecord_document::Stage;

#[test]
fn every_example_comes_back_as_it_was_read() {
    let captures = examples();
    assert!(captures.len() >= 37);
    let (_folder, place) = archive_of(&captures);
    let archive = Archive::open(&place).unwrap();
    let ids = archive.ids().unwrap();
    assert_eq!(ids.len(), captures.len());
    for (capture, id) in captures.iter().zip(ids) {
        assert_eq!(archive.page(capture.hash).unwrap().unwrap().as_bytes(), capture.page.as_bytes());
        let document = read(capture);
        assert_eq!(stored(&archive, id), line(&document), "{}", capture.id);
        let words = archive.words(id).unwrap();
        assert_eq!(words.text(), document.text());
        assert_eq!(words.blocks, document.blocks());
        assert_eq!(archive.find(CaptureKey::of(capture)).unwrap(), Some(id));
        assert_eq!(archive.listed(id).unwrap().headline, document.fields.headline.map(|headline| headline.value));
    }
}

#[test]
fn adding_again_changes_nothing() {
    let captures = examples();
    let (_folder, place) = archive_of(&captures);
    let before = Archive::open(&place).unwrap().mark().unwrap();
    let mut writer = Writer::open(&place, Vec::new()).unwrap();
    for capture in &captures {
        assert_eq!(add(&mut writer, capture).unwrap(), Added::Known);
    }
    writer.finish().unwrap();
    let archive = Archive::open(&place).unwrap();
    assert_eq!(archive.mark().unwrap(), before);
    assert_eq!(archive.len().unwrap(), captures.len() as u64);
}

#[test]
fn the_same_bytes_at_two_addresses_are_one_page_and_two_documents() {
    let one =
        page("https://a.example/ferry", "Ferry hits wall", "Six people died when the ferry hit the harbour wall.");
    let mut two = one.clone();
    two.url = Some("https://b.example/ferry".to_owned());
    let (_folder, place) = archive_of(&[one.clone(), two, one]);
    let archive = Archive::open(&place).unwrap();
    let ids = archive.ids().unwrap();
    assert_eq!(ids.len(), 2);
    let listed: Vec<_> = ids.iter().map(|id| archive.listed(*id).unwrap()).collect();
    assert_eq!(listed[0].page, listed[1].page);
    assert_ne!(listed[0].address, listed[1].address);
}

#[test]
fn other_bytes_at_the_same_address_are_a_new_version() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("archive");
    let mut writer = Writer::open(&place, Vec::new()).unwrap();
    let version = |died: &str| page("http://www.a.example/ferry?utm_source=x", "Ferry hits wall", died);
    let first = version("Four people died when the ferry hit the harbour wall, the police said.");
    let second = version("Six people died when the ferry hit the harbour wall, the police said.");
    assert_eq!(add(&mut writer, &first).unwrap(), Added::New);
    assert_eq!(add(&mut writer, &second).unwrap(), Added::Version);
    assert_eq!(add(&mut writer, &first).unwrap(), Added::Known);
    writer.finish().unwrap();
    let archive = Archive::open(&place).unwrap();
    let versions = archive.versions("https://a.example/ferry/").unwrap();
    assert_eq!(versions.iter().map(|version| version.page).collect::<Vec<_>>(), [first.hash, second.hash]);
    // The older one changed last: it is no longer the latest.
    let changes = archive.changes(0, 10).unwrap();
    assert_eq!(changes.iter().map(|change| change.id).collect::<Vec<_>>(), [versions[1].id, versions[0].id]);
}

#[test]
fn a_document_that_was_read_in_part_is_read_further() {
    let folder = tempfile::tempdir().unwrap();
    let mut writer = Writer::open(folder.path(), Vec::new()).unwrap();
    let capture = text("ferry.txt", "“We heard a bang and then nothing at all,” said Tomas Adler, the harbour master.");
    let document = onrecord_reader::read(&capture, onrecord_document::Stage::Article);
    let partly = Reading { until: Stage::Article, ..READING };
    let added = writer.add(Prepared::new(document, partly, &writer.bases())).unwrap();
    assert_eq!(added, Added::New);
    assert_eq!(add(&mut writer, &capture).unwrap(), Added::Further);
    assert_eq!(add(&mut writer, &capture).unwrap(), Added::Known);
    writer.finish().unwrap();
    let archive = Archive::open(folder.path()).unwrap();
    let ids = archive.ids().unwrap();
    assert_eq!(ids.len(), 1);
    assert_eq!(stored(&archive, ids[0]), line(&read(&capture)));
}

#[test]
fn pages_of_an_outlet_are_stored_as_what_tells_them_apart() {
    let script: String = (0..6000u64).map(|nth| format!("f({:x});", nth * 2_654_435_761 % 4_294_967_291)).collect();
    let pages: Vec<_> = (0..600)
        .map(|nth| {
            let mut capture = page(
                &format!("https://a.example/{nth}"),
                "Ferry",
                &format!("{nth} people died.<script>{script}</script>"),
            );
            capture.id = nth.to_string();
            capture
        })
        .collect();
    let (_folder, place) = archive_of(&pages);
    let raw: usize = pages.iter().map(|page| page.page.as_bytes().len()).sum();
    let size = std::fs::metadata(place.join("archive.db")).unwrap().len() as usize;
    let documents = 600 * 4096;
    assert!(size < raw / 20 + documents, "{size} of {raw}");
    let archive = Archive::open(&place).unwrap();
    for page in &pages {
        assert_eq!(archive.page(page.hash).unwrap().unwrap().as_bytes(), page.page.as_bytes());
    }
}
