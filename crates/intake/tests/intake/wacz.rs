//! WACZ files, whole, broken and hostile.

use crate::common::warc::{HTML, Packing, page, record, warcinfo};
use crate::common::zip::{File, archive, file};
use crate::common::{self, Folder, gzip, open, reason, stdin};
use flate2::Compression;
use flate2::write::GzEncoder;
use onrecord_document::Origin;
use onrecord_intake::{Intake, Item, MAX_ARCHIVE_FILES, MAX_NAME_BYTES, MAX_PIPED_WACZ_BYTES, Options};
use std::io::{self, Read};

fn package() -> File {
    File { deflated: true, ..file("datapackage.json", "{\"profile\": \"data-package\", \"wacz_version\": \"1.1.1\"}") }
}

fn crawl(names: &[&str]) -> Vec<u8> {
    let records: Vec<_> = std::iter::once(warcinfo()).chain(names.iter().map(|name| page(name, HTML))).collect();
    Packing::Gzip.file(&records).0
}

/// One line an item, without the archive's name: `archive/data.warc.gz!OFFSET page` or `… code`.
fn short(items: &[Item]) -> Vec<String> {
    let line = |item: &Item| {
        let within = item.id().split_once('!').map_or("", |(_, within)| within).to_owned();
        match item {
            Item::Capture(capture) => format!("{within} {}", capture.url.as_deref().unwrap_or_default()),
            Item::Unreadable(it) => format!("{within} {}", it.note.code),
        }
    };
    items.iter().map(line).collect()
}

/// Reads an archive by its name, from standard input and under compression, which must give the same.
#[track_caller]
fn read(files: &[File]) -> Vec<String> {
    let (bytes, _) = archive(files);
    let folder = Folder::new();
    let found = short(&open(folder.file("crawl.wacz", &bytes)));
    assert_eq!(short(&stdin(bytes.clone())), found, "from standard input");
    assert_eq!(short(&stdin(gzip(&bytes))), found, "from within gzip");
    found
}

#[test]
fn all_web_archives_in_it_are_read() {
    let first = crawl(&["a", "b"]);
    let offset = gzip(&warcinfo()).len();
    let mut second = file("archive/two.warc", page("c", HTML));
    for (deflated, zip64) in [(false, false), (true, false), (false, true), (true, true)] {
        second.deflated = deflated;
        second.zip64 = zip64;
        let one = File { zip64, ..file("archive/one.warc.gz", first.clone()) };
        let files = [package(), one, file("pages/pages.jsonl", "{\"text\": \"no page\"}"), second];
        let found = read(&files);
        assert_eq!(found[0], format!("archive/one.warc.gz!{offset} https://npb.example/a"));
        assert!(found[1].ends_with(" https://npb.example/b"));
        assert_eq!(found[2..], ["archive/two.warc!0 https://npb.example/c".to_owned()]);
        second = files.into_iter().last().unwrap();
    }
}

#[test]
fn the_place_of_a_record_names_the_file_within() {
    let (bytes, _) = archive(&[package(), file("archive/a.warc", page("a", HTML))]);
    let items = stdin(bytes);
    let [Item::Capture(capture)] = items.as_slice() else { panic!("one page expected") };
    let Origin::Record(place) = &capture.origin else { panic!("a record expected") };
    assert_eq!((place.file.as_str(), place.member.as_deref(), place.offset), ("-", Some("archive/a.warc"), 0));
    assert_eq!(capture.id, "-!archive/a.warc!0");
}

#[test]
fn a_revisit_finds_what_another_file_in_it_stores() {
    let fields =
        |uri: &str| format!("WARC-Target-URI: {uri}\nContent-Type: application/http\nWARC-Payload-Digest: sha1:A");
    let content = common::warc::http("HTTP/1.1 200 OK\nContent-Type: text/html", HTML);
    let first = record("response", &fields("https://npb.example/a"), &content);
    let again = record("revisit", &fields("https://npb.example/b"), &content[..content.len() - HTML.len()]);
    let files = [file("archive/a.warc.gz", gzip(&first)), file("archive/b.warc.gz", gzip(&again))];
    let expected = ["archive/a.warc.gz!0 https://npb.example/a", "archive/b.warc.gz!0 https://npb.example/b"];
    assert_eq!(read(&files), expected);
}

#[test]
fn unsafe_names_duplicates_and_archives_in_archives_are_refused() {
    let inner = archive(&[package(), file("archive/a.warc", page("inner", HTML))]).0;
    let files = [
        file("../../etc/a.warc", page("a", HTML)),
        file("/etc/a.warc", page("a", HTML)),
        file("archive\\..\\a.warc", page("a", HTML)),
        file("c:a.warc", page("a", HTML)),
        file("archive/\x1b[2Ja.warc", page("a", HTML)),
        file("archive/nested.wacz", inner),
        file("archive/a.warc", page("a", HTML)),
        file("archive/a.warc", page("b", HTML)),
        file(format!("archive/{}.warc", "a".repeat(MAX_NAME_BYTES)), page("a", HTML)),
        file("archive/z.warc", page("z", HTML)),
    ];
    let found = read(&files);
    let codes: Vec<&str> = found.iter().map(|line| line.rsplit(' ').next().unwrap()).collect();
    let expected = [
        "unsafe_name",
        "unsafe_name",
        "unsafe_name",
        "unsafe_name",
        "unsafe_name",
        "unsupported",
        "https://npb.example/a",
        "damaged_archive",
        "unsafe_name",
        "https://npb.example/z",
    ];
    assert_eq!(codes, expected);
}

#[test]
fn what_cannot_be_unpacked_costs_one_file() {
    let good = || file("archive/z.warc", page("z", HTML));
    let cases = [
        (File { flags: 1, ..file("archive/a.warc", page("a", HTML)) }, "unsupported"),
        (File { method: Some(12), ..file("archive/a.warc", page("a", HTML)) }, "unsupported"),
        (file("archive/a.warc", "<p>no archive"), "damaged_record"),
        (file("archive/a.warc", ""), "empty"),
        (File { method: Some(8), ..file("archive/a.warc", page("a", HTML)) }, "truncated"),
        (File { at: Some(7), ..file("archive/a.warc", page("a", HTML)) }, "damaged_archive"),
    ];
    for (bad, code) in cases {
        let found = read(&[bad, good()]);
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[0].ends_with(&format!(" {code}")), "{found:?}");
        assert_eq!(found[1], "archive/z.warc!0 https://npb.example/z");
    }
    // Two files of one place: a few bytes could hold thousands of archives.
    let shared = [good(), File { at: Some(0), ..file("archive/y.warc", page("z", HTML)) }];
    assert_eq!(read(&shared), ["archive/z.warc!0 https://npb.example/z", "archive/y.warc damaged_archive"]);
}

#[test]
fn an_archive_without_its_end_is_read_from_its_beginning() {
    let first = crawl(&["a", "b"]);
    let files = [package(), file("archive/a.warc.gz", first), file("archive/b.warc", page("c", HTML))];
    let (bytes, directory) = archive(&files);
    let found = short(&stdin(&bytes[..directory + 10]));
    assert_eq!(found.len(), 4, "{found:?}");
    assert!(found[2].ends_with(" https://npb.example/c"));
    assert_eq!(found[3], " damaged_archive");
    let within = short(&stdin(&bytes[..directory - 20]));
    assert_eq!(within[2..], ["archive/b.warc!0 truncated".to_owned(), " damaged_archive".to_owned()]);
}

#[test]
fn a_zip_archive_of_something_else_is_not_a_wacz() {
    let (bytes, directory) = archive(&[file("word/document.xml", "<xml>")]);
    assert_eq!(reason(stdin(bytes.clone())), ("not_a_page", "is a ZIP archive, not a page or text".to_owned()));
    assert_eq!(reason(stdin(&bytes[..directory])).0, "damaged_archive");
    assert_eq!(reason(stdin(archive(&[package()]).0)), ("empty", "holds no WARC file".to_owned()));
}

#[test]
fn the_number_of_files_has_a_limit() {
    let files: Vec<File> =
        (0..MAX_ARCHIVE_FILES + 1).map(|number| file(format!("{number}.warc"), page("a", "<p>Six."))).collect();
    let items = stdin(archive(&files).0);
    assert_eq!(items.len(), MAX_ARCHIVE_FILES + 1);
    assert!(matches!(items.last(), Some(Item::Unreadable(it)) if it.note.code == "too_large"));
}

#[test]
fn a_deflated_file_that_is_a_bomb_is_given_up() {
    let mut bomb = GzEncoder::new(Vec::new(), Compression::fast());
    io::copy(&mut io::repeat(b'a').take(200 << 20), &mut bomb).unwrap();
    let gzip = bomb.finish().unwrap();
    // The deflate stream of a gzip member lies between its header and its checksum.
    let deflate = gzip[10..gzip.len() - 8].to_vec();
    let found =
        read(&[File { method: Some(8), ..file("archive/a.warc", deflate) }, file("archive/z.warc", page("z", HTML))]);
    assert_eq!(found.last().map(String::as_str), Some("archive/z.warc!0 https://npb.example/z"));
    assert!(found[..found.len() - 1].iter().all(|line| line.starts_with("archive/a.warc!0 ")), "{found:?}");
}

#[test]
fn an_archive_from_a_pipe_has_a_limit() {
    let (bytes, _) = archive(&[package(), file("archive/a.warc", page("a", HTML))]);
    // A comment before the archive's end makes it any length.
    let source = io::Cursor::new(bytes).chain(io::repeat(0).take(MAX_PIPED_WACZ_BYTES));
    let items: Vec<_> = Intake::of_reader("-", source, Options::default()).collect();
    assert_eq!(reason(items).0, "too_large");
}
