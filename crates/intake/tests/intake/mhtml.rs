//! Pages saved as MHTML.

use crate::common::{self, Folder, limited, open, page, reason, stdin};
use onrecord_document::{Capture, Media, Origin};
use onrecord_intake::{Item, MAX_PART_DEPTH};
use std::time::{Duration, Instant};

/// What Chromium saves, in its shape.
const SAVED: &str = "From: <Saved by Blink>\r\n\
Snapshot-Content-Location: https://npb.example/ferry\r\n\
Subject: =?utf-8?Q?Ferry=20hits=20breakwater?=\r\n\
Date: Tue, 5 Nov 2024 18:40:00 +0100\r\n\
MIME-Version: 1.0\r\n\
Content-Type: multipart/related;\r\n\
\ttype=\"text/html\";\r\n\
\tboundary=\"----MultipartBoundary--x1----\"\r\n\
\r\n\
\r\n\
------MultipartBoundary--x1----\r\n\
Content-Type: text/html\r\n\
Content-ID: <frame-1@mhtml.blink>\r\n\
Content-Transfer-Encoding: quoted-printable\r\n\
Content-Location: https://npb.example/ferry\r\n\
\r\n\
<!DOCTYPE html><html lang=3D\"en\"><head><meta charset=3D\"utf-8\"></head><bo=\r\n\
dy><p>Six people died at the caf=C3=A9.</p></body></html>\r\n\
------MultipartBoundary--x1----\r\n\
Content-Type: image/png\r\n\
Content-Transfer-Encoding: base64\r\n\
Content-Location: https://npb.example/ferry.png\r\n\
\r\n\
iVBORw0KGgo=\r\n\
\r\n\
------MultipartBoundary--x1----\r\n\
Content-Type: text/html\r\n\
Content-ID: <frame-2@mhtml.blink>\r\n\
Content-Transfer-Encoding: base64\r\n\
\r\n\
PGh0bWw+QW4gYWR2ZXJ0aXNlbWVudDwvaHRtbD4=\r\n\
------MultipartBoundary--x1------\r\n";

const PAGE: &str = "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"></head><body><p>Six people died at the café.</p></body></html>";

#[track_caller]
fn capture(items: Vec<Item>) -> Capture {
    match items.as_slice() {
        [Item::Capture(capture)] => capture.clone(),
        other => panic!("one page expected, got {other:?}"),
    }
}

#[test]
fn the_root_part_is_the_page() {
    let folder = Folder::new();
    let path = folder.file("ferry.mhtml", SAVED);
    let id = path.display().to_string();
    let saved = capture(open(path));
    assert_eq!(String::from_utf8_lossy(saved.page.as_bytes()), PAGE);
    assert_eq!((saved.id.as_str(), saved.media), (id.as_str(), Media::Html));
    assert_eq!(saved.url.as_deref(), Some("https://npb.example/ferry"));
    assert_eq!(saved.fetched.unwrap().to_string(), "2024-11-05T18:40:00+01:00");
    assert_eq!(saved.origin, Origin::RootPart { file: id });
    for other in
        [SAVED.replace("\r\n", "\n").into_bytes(), common::gzip(SAVED.as_bytes()), common::zstd(SAVED.as_bytes())]
    {
        assert_eq!(page(stdin(other)), PAGE.as_bytes());
    }
}

fn message(kind: &str, rest: &str) -> String {
    format!("MIME-Version: 1.0\r\nContent-Type: {kind}\r\n\r\n{rest}")
}

#[test]
fn the_message_may_name_its_root() {
    let parts = "--b\r\nContent-Type: text/html\r\n\r\n<p>An advertisement.\r\n--b\r\nContent-ID: <root>\r\nContent-Type: text/html; charset=koi8-r\r\nContent-Location: https://npb.example/a\r\n\r\n<p>Six people died.\r\n--b--\r\n";
    let named = capture(stdin(message("multipart/related; boundary=b; start=\"<root>\"", parts)));
    assert_eq!(named.page.as_bytes(), b"<p>Six people died.");
    assert_eq!(named.charset.as_deref(), Some("koi8-r"));
    assert_eq!(named.url.as_deref(), Some("https://npb.example/a"));
    let unknown = message("multipart/related; boundary=b; start=\"<other>\"", parts);
    assert_eq!(page(stdin(unknown)), b"<p>An advertisement.");
}

#[test]
fn parts_within_parts_and_messages_of_one_part() {
    let nested = "--a\nContent-Type: multipart/alternative; boundary=ab\n\nno part\n--ab\nContent-Type: text/plain\n\nSix.\n--ab\nContent-Type: text/html\n\n<p>Six.\n\n--ab--\n--a\nContent-Type: text/html\n\n<p>Seven.\n--a--\n";
    assert_eq!(page(stdin(message("multipart/related; boundary=a", nested))), b"<p>Six.\n");
    let folder = Folder::new();
    let single = folder.file("a.mht", message("text/html", "<p>Six people died."));
    assert_eq!(page(open(single)), b"<p>Six people died.");
    let text = "--a\nContent-Type: text/plain\n\nSix people died.\n--a--\n";
    assert_eq!(capture(stdin(message("multipart/related; boundary=a", text))).media, Media::Text);
    let of_depth = |depth: usize| {
        let inner = (1..depth).fold("<p>Six.".to_owned(), |inner, at| {
            let kind = if at == 1 { "text/html".to_owned() } else { format!("multipart/mixed; boundary=b{}", at - 1) };
            format!("--b{at}\nContent-Type: {kind}\n\n{inner}\n--b{at}--\n")
        });
        stdin(message(&format!("multipart/related; boundary=b{}", depth - 1), &inner))
    };
    assert_eq!(page(of_depth(MAX_PART_DEPTH + 1)), b"<p>Six.");
    assert_eq!(reason(of_depth(MAX_PART_DEPTH + 2)).0, "no_page");
}

#[test]
fn a_page_that_is_cut_short_or_too_large_is_refused() {
    let within_page = SAVED.find("people").unwrap();
    assert_eq!(reason(stdin(&SAVED.as_bytes()[..within_page])).0, "truncated");
    let behind_page = SAVED.find("iVBOR").unwrap();
    assert_eq!(page(stdin(&SAVED.as_bytes()[..behind_page])), PAGE.as_bytes());
    assert_eq!(page(limited(SAVED, PAGE.len())).len(), PAGE.len());
    assert_eq!(reason(limited(SAVED, PAGE.len() - 1)).0, "too_large");
    let endless = format!("{}{}", &SAVED[..within_page], "a".repeat(1 << 20));
    assert_eq!(reason(limited(endless, 1000)).0, "too_large");
    let none = message("multipart/related; boundary=a", "--a\nContent-Type: image/png\n\nx\n--a--\n");
    assert_eq!(reason(stdin(none)), ("no_page", "is MHTML without a page in it".to_owned()));
}

#[test]
fn a_name_does_not_make_a_message() {
    let folder = Folder::new();
    assert_eq!(page(open(folder.file("a.mhtml", PAGE))), PAGE.as_bytes());
    let mail = "From: a\nMIME-Version: 1.0\nContent-Type: text/html\n\n<p>Six people died.";
    assert_eq!(page(stdin(mail)), mail.as_bytes());
}

#[test]
fn a_boundary_is_a_line_of_its_own() {
    let parts = "--b\r\nContent-Type: text/html\r\n\r\n<p>Six --b people\r\n--bc\r\n --b\r\ndied.\r\n--b--\r\n";
    let saved = message("multipart/related; boundary=b", parts);
    assert_eq!(page(stdin(saved)), b"<p>Six --b people\r\n--bc\r\n --b\r\ndied.");
}

#[test]
fn a_page_keeps_its_line_breaks_and_mistakes_in_its_encoding_cost_nothing_else() {
    let encoded = |encoding: &str, body: &str| {
        let part = format!("Content-Type: text/html\nContent-Transfer-Encoding: {encoding}\n\n{body}");
        page(stdin(message("multipart/related; boundary=b", &format!("--b\n{part}\n--b--\n"))))
    };
    assert_eq!(encoded("quoted-printable", "<p>Six\r\npeople\ndied =3D=ZZ="), b"<p>Six\r\npeople\ndied ==ZZ=");
    assert_eq!(encoded("base64", "PHA+*U2l4\n"), b"<p>Six");
}

#[test]
fn parts_without_their_boundaries_are_read_in_linear_time() {
    let hostile = "Content-Type: multipart/mixed; boundary=x\n\n\n--b\n".repeat(100_000);
    let parts = format!("--b\n{hostile}Content-Type: text/html\n\n<p>Six.\n--b--\n");
    let start = Instant::now();
    assert_eq!(page(stdin(message("multipart/related; boundary=b", &parts))), b"<p>Six.");
    // Takes less than a second; searching to the end of the file for each boundary would take minutes.
    assert!(start.elapsed() < Duration::from_secs(30));
}
