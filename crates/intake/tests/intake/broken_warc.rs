//! Broken WARC files: each broken record is reported, and the next one is read.

use crate::common::warc::{HTML, PACKINGS, Packing, http, page, record, response, sized, warcinfo};
use crate::common::{self, Folder, described, open, stdin};
use flate2::Compression;
use flate2::write::GzEncoder;
use onrecord_intake::{Intake, Item, MAX_HEADER_BYTES, MAX_PAGE_BYTES, MAX_RATIO, Options};
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};

/// One line an item: `offset page` or `offset code`.
fn short(items: &[Item]) -> Vec<String> {
    items
        .iter()
        .map(|item| {
            let at = item.id().rsplit_once('!').map_or("whole", |(_, at)| at);
            match item {
                Item::Capture(_) => format!("{at} page"),
                Item::Unreadable(it) => format!("{at} {}", it.note.code),
            }
        })
        .collect()
}

/// Reads a file by its name and from standard input, which must give the same.
#[track_caller]
fn both(file: &[u8], expected: &[String]) {
    let folder = Folder::new();
    assert_eq!(short(&open(folder.file("crawl.warc", file))), expected, "by its name");
    assert_eq!(short(&stdin(file)), expected, "from standard input");
}

/// A page whose record states `length` more bytes than it has.
fn lying(name: &str, length: i64) -> Vec<u8> {
    let content = http("HTTP/1.1 200 OK\nContent-Type: text/html", HTML);
    let fields = format!("WARC-Target-URI: https://npb.example/{name}\nContent-Type: application/http");
    sized("response", &fields, content.len().saturating_add_signed(length as isize) as u64, content)
}

#[test]
fn a_wrong_length_costs_one_page() {
    for packing in PACKINGS {
        for difference in [-40, -5, 20, 300, 700, 1 << 31] {
            let records = [warcinfo(), page("a", HTML), lying("b", difference), page("c", HTML), page("d", HTML)];
            let (file, at) = packing.file(&records);
            let is_beyond = difference > 10_000 && packing == Packing::Plain;
            let code = if is_beyond { "truncated" } else { "wrong_length" };
            let expected = [
                format!("{} page", at[1]),
                format!("{} {code}", at[2]),
                format!("{} page", at[3]),
                format!("{} page", at[4]),
            ];
            both(&file, &expected);
        }
    }
}

#[test]
fn a_wrong_length_in_a_file_compressed_as_a_whole_costs_one_page() {
    for difference in [-40, 20, 700] {
        let (plain, at) = Packing::Plain.file(&[warcinfo(), lying("b", difference), page("c", HTML), page("d", HTML)]);
        let expected = [format!("{} wrong_length", at[1]), format!("{} page", at[2]), format!("{} page", at[3])];
        both(&common::gzip(&plain), &expected);
        both(&common::zstd(&plain), &expected);
    }
}

#[test]
fn damage_costs_the_pages_that_it_falls_on() {
    for packing in PACKINGS {
        let body = |name: &str| format!("{HTML}{}", name.repeat(400));
        let records: Vec<_> = ["a", "b", "c", "d"].map(|name| page(name, body(name))).into();
        let (file, at) = packing.file(&records);
        // Bytes of the second record are lost, up to its end, or over it into the third.
        let inside = at[1] + if packing == Packing::Plain { 400 } else { 30 };
        for (from, to, lost) in [(inside, inside + 30, 1), (inside, at[2], 1), (inside, at[2] + 20, 2)] {
            let broken = [&file[..from], &file[to..]].concat();
            let folder = Folder::new();
            for items in [open(folder.file("crawl.warc", &broken)), stdin(broken.clone())] {
                let pages: Vec<&str> = items
                    .iter()
                    .filter_map(|item| if let Item::Capture(page) = item { page.url.as_deref() } else { None })
                    .collect();
                let expected: &[&str] = if lost == 1 { &["a", "c", "d"] } else { &["a", "d"] };
                let names: Vec<&str> = pages.iter().map(|url| url.rsplit('/').next().unwrap_or_default()).collect();
                assert_eq!(names, expected, "{packing:?} {from}..{to}: {:?}", described(&items));
                assert!(items.iter().any(|item| matches!(item, Item::Unreadable(_))), "{packing:?}");
            }
        }
    }
}

#[test]
fn rubbish_between_records_is_reported_once() {
    for packing in PACKINGS {
        let records = [page("a", HTML), page("b", HTML)].map(|record| packing.pack(&record));
        let rubbish = "not a record at all\r\nWARC/ is a format\r\nWARC/1.0\r\nWARC-Type: response\r\n\r\n".repeat(9);
        let file = [records[0].as_slice(), rubbish.as_bytes(), &records[1]].concat();
        let second = records[0].len() + rubbish.len();
        let code = if packing == Packing::Plain { "wrong_length" } else { "truncated" };
        let broken = if packing == Packing::Plain { 0 } else { records[0].len() };
        let mut expected = vec![format!("{broken} {code}"), format!("{second} page")];
        if packing != Packing::Plain {
            expected.insert(0, "0 page".to_owned());
        }
        both(&file, &expected);
    }
}

#[test]
fn a_file_cut_short_gives_what_is_whole() {
    for packing in PACKINGS {
        let (file, at) = packing.file(&[page("a", HTML), page("b", HTML)]);
        for cut in at[1] + 12..file.len() - 4 {
            both(&file[..cut], &["0 page".to_owned(), format!("{} truncated", at[1])]);
        }
    }
}

#[test]
fn a_file_that_begins_broken_is_still_an_archive() {
    let (file, at) = Packing::Gzip.file(&[warcinfo(), page("a", HTML)]);
    let mut broken = file.clone();
    broken[12] ^= 0xff;
    broken[13] ^= 0xff;
    let folder = Folder::new();
    let read = short(&open(folder.file("crawl.warc.gz", &broken)));
    assert_eq!(read, ["0 truncated".to_owned(), format!("{} page", at[1])]);
    let read = short(&open(folder.file("crawl.warc", [b"\0\0\0\0", &page("a", HTML)[..]].concat())));
    assert_eq!(read, ["0 damaged_record", "4 page"]);
}

#[test]
fn headers_have_a_limit() {
    let giant = "a".repeat(MAX_HEADER_BYTES);
    for packing in PACKINGS {
        let of_record = record("response", &format!("X: {giant}"), "");
        let of_http =
            response("https://npb.example/b", &format!("HTTP/1.1 200 OK\nContent-Type: text/html\nX: {giant}"), HTML);
        let (file, at) = packing.file(&[of_record, page("a", HTML), of_http, page("c", HTML)]);
        let expected = [
            "0 too_large".to_owned(),
            format!("{} page", at[1]),
            format!("{} too_large", at[2]),
            format!("{} page", at[3]),
        ];
        both(&file, &expected);
    }
}

#[test]
fn a_header_cannot_be_smuggled_in() {
    let url = "https://npb.example/\rWARC-Target-URI: https://evil.example/";
    let fields = format!("WARC-Target-URI: {url}\nContent-Type: application/http\nWARC-Date: now\x00");
    let smuggled = record("response", &fields, http("HTTP/1.1 200 OK\nContent-Type: text/html\rX: y", HTML));
    let items = stdin(smuggled);
    let [Item::Capture(capture)] = items.as_slice() else { panic!("{:?}", described(&items)) };
    // A field that may be two is ignored: the address, the date and the type are not known.
    assert_eq!((capture.url.as_deref(), capture.fetched, capture.charset.as_deref()), (None, None, None));
    // A page about WARC is one page.
    let page_in_page = format!("{HTML}\r\n\r\n{}", String::from_utf8_lossy(&page("evil", "<p>They said it.")));
    let (file, at) = Packing::Plain.file(&[page("a", &page_in_page), page("b", HTML)]);
    both(&file, &["0 page".to_owned(), format!("{} page", at[1])]);
}

#[test]
fn a_record_of_two_gigabytes_is_never_loaded() {
    let folder = Folder::new();
    let path = folder.path().join("crawl.warc");
    let mut file = File::create(&path).unwrap();
    let fields = "WARC-Target-URI: https://npb.example/large\nContent-Type: application/http";
    let content = http("HTTP/1.1 200 OK\nContent-Type: text/html", "");
    let length = 2u64 << 30;
    let mut head = sized("response", fields, length, &content);
    head.truncate(head.len() - 4);
    file.write_all(&head).unwrap();
    // A hole: it takes no room on the disk.
    file.seek(SeekFrom::Current(length as i64 - content.len() as i64)).unwrap();
    file.write_all(b"\r\n\r\n").unwrap();
    let second = file.stream_position().unwrap();
    file.write_all(&page("a", HTML)).unwrap();
    drop(file);
    let items = open(path);
    assert_eq!(short(&items), ["0 too_large".to_owned(), format!("{second} page")]);
    assert!(matches!(&items[0], Item::Unreadable(it) if it.bytes == Some(length)));
    assert!(described(&items)[0].contains("is larger than the maximum page size of 64 MiB"));
}

#[test]
fn the_size_of_a_page_has_a_limit() {
    let page_of_1000 = format!("{HTML:!<1000}");
    let limit = page_of_1000.len();
    for (body, expected) in [(page_of_1000.clone(), "0 page"), (format!("{page_of_1000}!"), "0 too_large")] {
        for packing in PACKINGS {
            let options = Options { max_page_bytes: limit, ..Options::default() };
            let packed = common::gzip(body.as_bytes());
            for file in [
                packing.pack(&page("a", &body)),
                packing.pack(&response(
                    "https://npb.example/",
                    "HTTP/1.1 200 OK\nContent-Type: text/html\nContent-Encoding: gzip",
                    packed,
                )),
            ] {
                let items: Vec<_> = Intake::of_reader("-", io::Cursor::new(file), options).collect();
                let is_page = items.iter().all(|item| matches!(item, Item::Capture(_)));
                assert_eq!(is_page, expected == "0 page", "{packing:?} {:?}", short(&items));
            }
        }
    }
    assert_eq!(MAX_PAGE_BYTES, 64 << 20);
}

#[test]
fn a_member_that_is_a_bomb_is_given_up() {
    let bomb = |record: &[u8]| {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(record).unwrap();
        io::copy(&mut io::repeat(b'a').take(300 << 20), &mut encoder).unwrap();
        encoder.finish().unwrap()
    };
    // Behind the record, within it, and before it.
    let mut within =
        sized("response", "WARC-Target-URI: https://npb.example/a.png\nContent-Type: application/http", 1 << 40, "");
    within.truncate(within.len() - 4);
    let cases = [(bomb(&page("a", HTML)), "0 wrong_length"), (bomb(&within), "0 too_large")];
    for (bomb, first) in cases {
        let second = bomb.len();
        let file = [bomb, common::gzip(&page("b", HTML))].concat();
        both(&file, &[first.to_owned(), format!("{second} page")]);
    }
    assert_eq!(MAX_RATIO, 200);
}

#[test]
fn a_file_of_nothing_but_broken_records_ends() {
    let folder = Folder::new();
    let file = lying("a", 300).repeat(20_000);
    assert_eq!(stdin(file.clone()).len(), 20_000);
    assert_eq!(open(folder.file("crawl.warc", file)).len(), 20_000);
    // Where each covers thousands of others, going back to all of them would take hours.
    let file = lying("a", 1 << 20).repeat(20_000);
    let items = stdin(file.clone()).len();
    assert!((256..2_000).contains(&items), "{items}");
    let items = open(folder.file("crawl.warc", file)).len();
    assert!((256..2_000).contains(&items), "{items}");
}

#[test]
fn a_disk_that_fails_ends_the_file() {
    struct Failing(io::Cursor<Vec<u8>>);
    impl Read for Failing {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            match self.0.read(buffer)? {
                0 => Err(io::Error::from_raw_os_error(5)),
                count => Ok(count),
            }
        }
    }
    for packing in PACKINGS {
        let (file, at) = packing.file(&[page("a", HTML), page("b", HTML)]);
        let source = Failing(io::Cursor::new(file[..at[1] + 50].to_vec()));
        let items: Vec<_> = Intake::of_reader("-", source, Options::default()).collect();
        assert_eq!(short(&items), ["0 page".to_owned(), format!("{} read_failed", at[1])], "{packing:?}");
    }
}
