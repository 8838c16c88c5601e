//! Archives of every older format, as they were stored then, are brought up to date and lose nothing.
#![allow(clippy::unwrap_used)] // a panic is how a test reports

use onrecord_archive::{AnnotationKind, Archive, Error, FORMAT, Writer};
use onrecord_span::PageHash;
use std::path::Path;

/// The pages of one outlet of the examples, with a tag, a note and a correction, stored in that format.
fn stored(format: u32) -> tempfile::TempDir {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/formats/{format}.db.zst"));
    let folder = tempfile::tempdir().unwrap();
    let bytes = zstd::decode_all(std::fs::File::open(file).unwrap()).unwrap();
    std::fs::write(folder.path().join("archive.db"), bytes).unwrap();
    folder
}

#[test]
fn older_formats_are_brought_up_to_date() {
    for format in 1..FORMAT {
        let folder = stored(format);
        let error = Archive::open(folder.path()).err().unwrap();
        assert!(matches!(error, Error::Older { found, .. } if found == format), "{error}");
        Writer::open(folder.path(), None).unwrap().finish().unwrap();

        let archive = Archive::open(folder.path()).unwrap();
        let report = archive.check(|_, _| {}).unwrap();
        assert_eq!(report.problems, []);
        assert_eq!((report.pages, report.documents), (ARTICLES, ARTICLES));
        let stats = archive.stats().unwrap();
        assert_eq!((stats.format, stats.statements), (FORMAT, STATEMENTS));
        for id in archive.ids().unwrap() {
            let document = archive.document(id).unwrap();
            assert_eq!(PageHash::of(document.capture().page.as_bytes()), document.capture().hash);
            assert!(!document.text().is_empty());
        }
        let placed = archive.placed(None, false).unwrap();
        let kinds: Vec<_> = placed.iter().map(|placed| placed.annotation.kind).collect();
        for kind in [AnnotationKind::Tag, AnnotationKind::Wrong, AnnotationKind::Note] {
            assert!(kinds.contains(&kind), "{kinds:?}");
        }
        assert!(placed.iter().all(|placed| !placed.orphaned));
        assert_eq!(archive.newest(3).unwrap().len(), 3);
        assert_eq!(archive.just_added(100).unwrap().len() as u64, ARTICLES);
    }
}

const ARTICLES: u64 = 4;
const STATEMENTS: u64 = 37;
