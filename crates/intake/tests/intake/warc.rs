//! WARC files: which records are pages, and what is known about them.

use crate::common::warc::{HTML, PACKINGS, Packing, http, page, record, response, warcinfo};
use crate::common::{self, Folder, described, open, stdin};
use onrecord_document::{Coding, Media, Origin, RecordPacking};
use onrecord_intake::{Intake, Item, Options};

/// The captures of a file; nothing else may be in it.
#[track_caller]
fn captures(items: Vec<Item>) -> Vec<onrecord_document::Capture> {
    items
        .into_iter()
        .map(|item| match item {
            Item::Capture(capture) => capture,
            Item::Unreadable(it) => panic!("{}: {}", it.id, it.note.message),
        })
        .collect()
}

#[test]
fn a_page_comes_with_its_address_its_time_and_its_place() {
    for packing in PACKINGS {
        let (file, offsets) = packing.file(&[warcinfo(), page("ferry", HTML), page("storm", "<p>A storm came.")]);
        let folder = Folder::new();
        let path = folder.file("crawl.warc", &file);
        for (items, name) in [(stdin(file), "-".to_owned()), (open(path.clone()), path.display().to_string())] {
            let found = captures(items);
            let ids: Vec<&str> = found.iter().map(|capture| capture.id.as_str()).collect();
            assert_eq!(ids, [format!("{name}!{}", offsets[1]), format!("{name}!{}", offsets[2])], "{packing:?}");
            let ferry = &found[0];
            assert_eq!(ferry.page.as_bytes(), HTML.as_bytes());
            assert_eq!(ferry.media, Media::Html);
            assert_eq!(ferry.url.as_deref(), Some("https://npb.example/ferry"));
            assert_eq!(ferry.charset.as_deref(), Some("utf-8"));
            assert_eq!(ferry.fetched.unwrap().to_string(), "2024-11-05T18:40:00Z");
            assert_eq!(ferry.origin.to_string(), ferry.id);
            assert!(ferry.notes.is_empty());
        }
    }
}

#[test]
fn the_origin_of_a_page_leads_to_its_bytes() {
    let records = [warcinfo(), page("ferry", HTML)];
    for packing in PACKINGS {
        let (file, _) = packing.file(&records);
        let found = captures(stdin(file.clone()));
        let Origin::Record(place) = &found[0].origin else { panic!("a record expected") };
        let tail = &file[place.offset as usize..];
        let unpacked = match packing {
            Packing::Plain => tail.to_vec(),
            Packing::Gzip => common::gunzip(tail),
            Packing::Zstd => common::unzstd(tail),
        };
        let start = place.head as usize;
        assert_eq!(&unpacked[start..start + place.length as usize], HTML.as_bytes());
    }
}

#[test]
fn records_without_a_page_are_skipped_and_counted() {
    let ok = "HTTP/1.1 200 OK";
    let others = [
        warcinfo(),
        record(
            "request",
            "WARC-Target-URI: https://npb.example/\nContent-Type: application/http",
            "GET / HTTP/1.1\r\n\r\n",
        ),
        record("metadata", "Content-Type: application/warc-fields", "fetchTimeMs: 12\r\n"),
        record(
            "response",
            "WARC-Target-URI: dns:npb.example\nContent-Type: text/dns",
            "20241105184000\r\nnpb.example.",
        ),
        record(
            "resource",
            "WARC-Target-URI: urn:text:https://npb.example/\nContent-Type: text/plain",
            "Six people died.",
        ),
        response("https://npb.example/a.png", &format!("{ok}\nContent-Type: image/png"), b"\x89PNG\r\n\x1a\n"),
        response("https://npb.example/a.css", &format!("{ok}\nContent-Type: text/css"), "p { color: red }"),
        response("https://npb.example/robots.txt", &format!("{ok}\nContent-Type: text/plain"), "User-agent: *"),
        response("https://npb.example/old", "HTTP/1.1 301 Moved\nContent-Type: text/html", HTML),
        response("https://npb.example/gone", "HTTP/1.1 404 Not Found\nContent-Type: text/html", HTML),
        response("https://npb.example/part", "HTTP/1.1 206 Partial\nContent-Type: text/html", HTML),
        response("https://npb.example/pixel", &format!("{ok}\nContent-Type: text/html"), b"GIF89a\x01\0\x01\0"),
        response("https://npb.example/empty", &format!("{ok}\nContent-Type: text/html"), ""),
    ];
    let (file, _) = Packing::Gzip.file(&others);
    let mut intake = Intake::of_reader("-", std::io::Cursor::new(file), Options::default());
    assert_eq!(described(&intake.by_ref().collect::<Vec<_>>()), Vec::<String>::new());
    // The crawler's own notes don't count.
    assert_eq!(intake.passed_records(), 8);
}

#[test]
fn texts_resources_and_pages_without_a_media_type() {
    let records = [
        response("https://npb.example/a.txt", "HTTP/1.1 200 OK\nContent-Type: text/plain", "Six people died."),
        record("resource", "WARC-Target-URI: file:///ferry.html\nContent-Type: text/html; charset=koi8-r", HTML),
        record("conversion", "WARC-Target-URI: https://npb.example/\nContent-Type: text/plain", "Six people died."),
        response("https://npb.example/untold", "HTTP/1.0 200 OK", HTML),
    ];
    let found = captures(stdin(Packing::Plain.file(&records).0));
    let medias: Vec<Media> = found.iter().map(|capture| capture.media).collect();
    assert_eq!(medias, [Media::Text, Media::Html, Media::Text, Media::Html]);
    assert_eq!(found[1].charset.as_deref(), Some("koi8-r"));
}

#[test]
fn the_codings_of_http_are_removed_whatever_the_headers_say() {
    let packed = common::gzip(HTML.as_bytes());
    let chunked = [format!("{:x}\r\n", packed.len()).as_bytes(), &packed, b"\r\n0\r\n\r\n"].concat();
    let cases: [(&str, &[u8], &[Coding]); 6] = [
        ("Content-Encoding: gzip\nTransfer-Encoding: chunked", &chunked, &[Coding::Chunked, Coding::Gzip]),
        ("Content-Encoding: gzip\nTransfer-Encoding: chunked", &packed, &[Coding::Gzip]),
        ("Content-Encoding: gzip\nTransfer-Encoding: chunked\nContent-Length: 7", HTML.as_bytes(), &[]),
        ("Content-Encoding: br", HTML.as_bytes(), &[]),
        ("", &packed, &[Coding::Gzip]),
        ("Content-Encoding: deflate, gzip", &packed, &[Coding::Gzip]),
    ];
    for (headers, body, codings) in cases {
        let headers = format!("HTTP/1.1 200 OK\nContent-Type: text/html\n{headers}");
        let found = captures(stdin(response("https://npb.example/", headers.trim(), body)));
        assert_eq!(found[0].page.as_bytes(), HTML.as_bytes(), "{headers}");
        let Origin::Record(place) = &found[0].origin else { panic!("a record expected") };
        assert_eq!(place.codings, codings, "{headers}");
        assert!(found[0].notes.is_empty(), "{headers}");
    }
}

#[test]
fn a_page_of_which_only_the_beginning_was_stored_is_read_with_a_note() {
    let cases = [
        response("https://npb.example/", "HTTP/1.1 200 OK\nContent-Type: text/html\nContent-Length: 900", HTML),
        response(
            "https://npb.example/",
            "HTTP/1.1 200 OK\nContent-Type: text/html\nTransfer-Encoding: chunked",
            format!("400\r\n{HTML}"),
        ),
        record(
            "response",
            "WARC-Target-URI: https://npb.example/\nContent-Type: application/http\nWARC-Truncated: length",
            http("HTTP/1.1 200 OK\nContent-Type: text/html", HTML),
        ),
    ];
    for case in cases {
        let found = captures(stdin(case));
        assert_eq!(found[0].page.as_bytes(), HTML.as_bytes());
        assert_eq!(found[0].notes[0].code, "cut_short");
    }
}

#[test]
fn a_file_compressed_as_a_whole_counts_its_unpacked_bytes() {
    let (plain, offsets) = Packing::Plain.file(&[warcinfo(), page("a", HTML), page("b", HTML)]);
    let expected = [format!("-!{}", offsets[1]), format!("-!{}", offsets[2])];
    let blocks: Vec<u8> = plain.chunks(100).flat_map(common::gzip).collect();
    let packed = [
        (common::gzip(&plain), RecordPacking::GzipWhole),
        (common::zstd(&plain), RecordPacking::ZstdWhole),
        (blocks, RecordPacking::GzipWhole),
    ];
    for (file, packing) in packed {
        let found = captures(stdin(file));
        assert_eq!(found.iter().map(|capture| capture.id.as_str()).collect::<Vec<_>>(), expected);
        let Origin::Record(place) = &found[1].origin else { panic!("a record expected") };
        assert_eq!(place.packing, packing);
    }
    let (members, places) = Packing::Gzip.file(&[warcinfo(), page("a", HTML), plain.clone()]);
    let ids: Vec<String> = captures(stdin(members)).iter().map(|capture| capture.id.clone()).collect();
    let within = |number: usize| format!("-!{}+{}", places[2], offsets[number]);
    assert_eq!(ids, [format!("-!{}", places[1]), within(1), within(2)]);
}

#[test]
fn a_revisit_is_the_page_that_was_stored_earlier() {
    let visit = |fields: &str, headers: &str| {
        let fields = format!(
            "WARC-Target-URI: https://npb.example/later\nWARC-Date: 2025-01-01T00:00:00Z\nContent-Type: application/http\n{fields}"
        );
        record("revisit", &fields, http(headers, ""))
    };
    let html = "HTTP/1.1 200 OK\nContent-Type: text/html";
    let fields = "WARC-Target-URI: https://npb.example/first\nContent-Type: application/http\nWARC-Payload-Digest: sha1:ABC\nWARC-Record-ID: <urn:uuid:first>\nWARC-Date: 2024-11-05T18:40:00Z";
    let records = [
        record("response", fields, http(html, HTML)),
        visit("WARC-Payload-Digest: sha1:ABC", html),
        visit("WARC-Refers-To: <urn:uuid:first>", "HTTP/1.1 304 Not Modified"),
        visit("WARC-Refers-To-Target-URI: https://npb.example/first\nWARC-Refers-To-Date: 2024-11-05T18:40:00Z", html),
        visit("WARC-Payload-Digest: sha1:OTHER", html),
        visit("WARC-Payload-Digest: sha1:OTHER", "HTTP/1.1 200 OK\nContent-Type: image/png"),
    ];
    for packing in PACKINGS {
        let (file, offsets) = packing.file(&records);
        let folder = Folder::new();
        let items = open(folder.file("crawl.warc", &file));
        let (last, pages) = items.split_last().unwrap();
        let pages = captures(pages.to_vec());
        assert_eq!(pages.len(), 4);
        for (page, offset) in pages.iter().zip(&offsets).skip(1) {
            assert_eq!(page.hash, pages[0].hash);
            assert_eq!(page.url.as_deref(), Some("https://npb.example/later"));
            assert_eq!(page.fetched.unwrap().to_string(), "2025-01-01T00:00:00Z");
            assert!(page.id.ends_with(&format!("!{offset}")));
            assert_eq!(page.origin, pages[0].origin, "its bytes are where they were stored");
        }
        assert!(matches!(last, Item::Unreadable(it) if it.note.code == "revisit"));
        // Standard input can't be read twice.
        let codes: Vec<String> = described(&stdin(file)).into_iter().skip(1).collect();
        assert!(codes.iter().all(|line| line.contains("refers to a page stored earlier")), "{codes:?}");
    }
    let folder = Folder::new();
    folder.file("a.warc.gz", Packing::Gzip.file(&records[..1]).0);
    folder.file("b.warc", &records[1]);
    assert_eq!(captures(open(folder.path())).len(), 2, "what one file stores, another may refer to");
}

#[test]
fn folders_hold_archives_too() {
    let folder = Folder::new();
    folder.file("a.warc", page("a", HTML));
    folder.file("b.warc.gz", common::gzip(&page("b", HTML)));
    folder.file("c.warc.zst", common::zstd(&page("c", HTML)));
    folder.file("d.warc.gz.gz", common::gzip(&common::gzip(&page("d", HTML))));
    folder.file("e.warc", "<!doctype html><p>A page, whatever its name says.");
    folder.file("f.warc", "");
    let expected = [
        "a.warc!0 text/html",
        "b.warc.gz!0 text/html",
        "c.warc.zst!0 text/html",
        "d.warc.gz.gz!0 text/html",
        "e.warc text/html",
        "f.warc !empty",
    ];
    assert_eq!(folder.read(), expected);
}
