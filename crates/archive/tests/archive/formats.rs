//! Archives of every older format, as they were stored then, are brought up to date and lose nothing.
use onrecord_archive::{AnnotationKind, Archive, Error, FORMAT, Upgraded, Writer, upgrade};
use onrecord_record::Show;
use onrecord_span::PageHash;
use rusqlite::Connection;
use serde_json::Value;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

/// The pages of one outlet of the examples, with a tag, a note and corrections, stored in that format.
fn stored(format: u32) -> tempfile::TempDir {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/formats/{format}.db.zst"));
    let folder = tempfile::tempdir().unwrap();
    let bytes = zstd::decode_all(std::fs::File::open(file).unwrap()).unwrap();
    std::fs::write(folder.path().join("archive.db"), bytes).unwrap();
    folder
}

const ARTICLES: u64 = 4;
/// Of each format, how many statements the reader of its time found.
const STATEMENTS: [u64; FORMAT as usize - 1] = [37, 111];

#[test]
fn older_formats_are_brought_up_to_date() {
    for (format, statements) in (1..).zip(STATEMENTS) {
        let folder = stored(format);
        let mut steps = 0;
        let upgraded = upgrade(folder.path(), |_, _| steps += 1).unwrap();
        assert_eq!(upgraded, Some(Upgraded { from: format, damaged: Vec::new() }));
        assert_eq!(steps, ARTICLES);
        assert_eq!(upgrade(folder.path(), |_, _| {}).unwrap(), None, "there is nothing left to do");

        let archive = Archive::open(folder.path()).unwrap();
        let report = archive.check(|_, _| {}).unwrap();
        assert_eq!(report.problems, []);
        assert_eq!((report.pages, report.documents), (ARTICLES, ARTICLES));
        let stats = archive.stats().unwrap();
        assert_eq!((stats.format, stats.statements), (FORMAT, statements));
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

#[test]
fn whoever_opens_an_old_archive_finds_it_up_to_date() {
    for format in 1..FORMAT {
        let read = stored(format);
        assert_eq!(Archive::open(read.path()).unwrap().len().unwrap(), ARTICLES);
        let written = stored(format);
        Writer::open(written.path(), Vec::new()).unwrap().finish().unwrap();
        assert_eq!(Archive::open(written.path()).unwrap().len().unwrap(), ARTICLES);
    }
}

/// Runs in a process of its own, which is killed: see the test below.
#[test]
fn brings_up_the_archive_that_the_environment_names() {
    let Some(place) = std::env::var_os("ONRECORD_TEST_UPGRADE") else { return };
    upgrade(Path::new(&place), |_, _| {}).unwrap();
}

#[test]
#[cfg(unix)]
fn an_upgrade_that_is_killed_goes_on_when_the_archive_is_next_opened() {
    let folder = stored(2);
    multiply(folder.path());
    let lines = |place: &Path| {
        let mut out = Vec::new();
        Archive::open(place).unwrap().write_lines(&Show::default(), &mut out).unwrap();
        out
    };
    let copy = tempfile::tempdir().unwrap();
    std::fs::copy(folder.path().join("archive.db"), copy.path().join("archive.db")).unwrap();
    let begin = |place: &Path| {
        Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "formats::brings_up_the_archive_that_the_environment_names"])
            .env("ONRECORD_TEST_UPGRADE", place)
            .stdout(Stdio::null())
            .spawn()
            .unwrap()
    };
    let begun = Instant::now();
    assert!(begin(copy.path()).wait().unwrap().success());
    let whole = begun.elapsed();
    let undisturbed = lines(copy.path());

    for kill in 1..=KILLS {
        let mut child = begin(folder.path());
        std::thread::sleep(whole * kill / (KILLS + 1));
        let _ = child.kill();
        child.wait().unwrap();
        let format = format_of(folder.path());
        assert!(format == 2 || format == FORMAT, "half of the way to another format: {format}");
    }
    assert!(lines(folder.path()) == undisturbed);
    let archive = Archive::open(folder.path()).unwrap();
    assert_eq!(archive.check(|_, _| {}).unwrap().problems, []);
    assert_eq!(archive.annotations(None, true).unwrap().len(), ANNOTATIONS);
}

const KILLS: u32 = 10;
/// Corrections, tags and notes of format 2, undone ones included.
const ANNOTATIONS: usize = 8;

/// The format stands at offset 60 of the file (https://sqlite.org/fileformat2.html); what is in the log counts too.
fn format_of(place: &Path) -> u32 {
    let db = Connection::open(place.join("archive.db")).unwrap();
    db.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap()
}

/// Stores each article of an archive of format 2 many times over, so that bringing it up to date takes a while.
fn multiply(place: &Path) {
    let db = Connection::open(place.join("archive.db")).unwrap();
    let copies = "CREATE TEMP TABLE copies AS
            WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 500) SELECT n FROM n;
        INSERT INTO captures SELECT id + 10 * n, CAST(printf('%016d', id + 10 * n) AS BLOB), page, media, url, charset,
            printf('%s copy %03d', name, n), fetched, found FROM captures, copies;
        INSERT INTO documents SELECT id + 10 * n, changed + 100 * n, batch, address, reading, seen, site, language, published,
            headline, hash, pack, offset, words, origins FROM documents, copies;
        INSERT INTO layers SELECT document + 10 * n, name, producer, made_from, inputs, hash, items, bytes
            FROM layers, copies;
        INSERT INTO statements SELECT document + 10 * n, nth, id, kind, act, source, terms, speaker
            FROM statements, copies;";
    db.execute_batch(copies).unwrap();
}

#[test]
fn what_is_damaged_in_an_old_archive_is_named_and_kept() {
    let folder = stored(2);
    let db = Connection::open(folder.path().join("archive.db")).unwrap();
    let damaged =
        "UPDATE layers SET bytes = CAST(zeroblob(length(bytes)) AS BLOB) WHERE name = 'chains' AND document = 2";
    assert_eq!(db.execute(damaged, []).unwrap(), 1);
    let name: String = db.query_row("SELECT name FROM captures WHERE id = 2", [], |row| row.get(0)).unwrap();
    drop(db);
    let upgraded = upgrade(folder.path(), |_, _| {}).unwrap().unwrap();
    assert_eq!(upgraded.damaged, [name.as_str()]);

    let archive = Archive::open(folder.path()).unwrap();
    let problems = archive.check(|_, _| {}).unwrap().problems;
    let [problem] = &problems[..] else { panic!("{problems:?}") };
    assert_eq!((problem.what.as_str(), &problem.affects[..]), ("the layer names is damaged", &[name][..]));
    assert_eq!(archive.len().unwrap(), ARTICLES);
    assert_eq!(archive.annotations(None, true).unwrap().len(), ANNOTATIONS);
}

#[test]
fn an_old_archive_whose_tables_are_damaged_stays_as_it_is() {
    let folder = stored(2);
    let path = folder.path().join("archive.db");
    let db = Connection::open(&path).unwrap();
    let root: usize =
        db.query_row("SELECT rootpage FROM sqlite_schema WHERE name = 'layers'", [], |row| row.get(0)).unwrap();
    let size: usize = db.pragma_query_value(None, "page_size", |row| row.get(0)).unwrap();
    drop(db);
    let mut bytes = std::fs::read(&path).unwrap();
    bytes[(root - 1) * size..][..64].fill(0x5a);
    std::fs::write(&path, &bytes).unwrap();
    for error in [upgrade(folder.path(), |_, _| {}).unwrap_err(), Archive::open(folder.path()).err().unwrap()] {
        let said = error.to_string();
        assert!(matches!(error, Error::Older { found: 2, .. }), "{said}");
        assert!(said.contains("is damaged") && said.contains("put a backup in its place"), "{said}");
        assert!(said.ends_with("nothing was changed"), "{said}");
    }
    assert!(std::fs::read(&path).unwrap() == bytes);
}

#[test]
#[cfg(unix)]
fn an_old_archive_that_may_not_be_written_to_says_what_helps() {
    use std::os::unix::fs::PermissionsExt;
    let folder = stored(2);
    let allow = |mode| {
        let permissions = std::fs::Permissions::from_mode(mode);
        std::fs::set_permissions(folder.path().join("archive.db"), permissions.clone()).unwrap();
        std::fs::set_permissions(folder.path(), permissions).unwrap();
    };
    allow(0o555);
    // Who may do everything is not held back by permissions.
    if std::fs::write(folder.path().join("probe"), "").is_ok() {
        return allow(0o755);
    }
    let said = Archive::open(folder.path()).err().unwrap().to_string();
    allow(0o755);
    assert!(said.contains("may not be written to; copy it to a folder that may be"), "{said}");
}

/// `2.export.jsonl.zst` is what the pages gave when they were added to a new archive of format 3, read by the reader that read
/// those of `2.db.zst`. What later versions add to a line may be there too.
#[test]
fn an_old_archive_exports_what_a_new_one_would() {
    let folder = stored(2);
    let show = Show { evidence: true, ..Show::default() };
    let mut out = Vec::new();
    Archive::open(folder.path()).unwrap().write_lines(&show, &mut out).unwrap();
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats/2.export.jsonl.zst");
    let expected = zstd::decode_all(std::fs::File::open(file).unwrap()).unwrap();
    let values = |lines: &[u8]| -> Vec<Value> {
        std::str::from_utf8(lines).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    };
    let (found, expected) = (values(&out), values(&expected));
    assert_eq!(found.len(), expected.len());
    for (found, expected) in found.iter().zip(&expected) {
        assert_holds(found, expected, "");
    }
}

/// Everything that is expected is there; objects may have more keys.
fn assert_holds(found: &Value, expected: &Value, at: &str) {
    match (found, expected) {
        (Value::Object(found), Value::Object(expected)) => {
            for (key, value) in expected {
                assert_holds(found.get(key).unwrap_or(&Value::Null), value, &format!("{at}/{key}"));
            }
        }
        (Value::Array(found), Value::Array(expected)) if found.len() == expected.len() => {
            found.iter().zip(expected).enumerate().for_each(|(nth, (found, value))| {
                assert_holds(found, value, &format!("{at}/{nth}"));
            });
        }
        _ => assert_eq!(found, expected, "{at}"),
    }
}
