//! Archives made by the tools that people make them with: wget, zstd, and warcio from the Python package index.
//!
//! `./dev test` sets them up in `target/archive-tools`. Tests whose tools are missing are skipped and say so.

use crate::common::warc::page;
use crate::common::{Folder, described, open};
use onrecord_document::{Capture, Origin};
use onrecord_intake::Item;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The folder of the Python that has warcio.
fn tools() -> Option<PathBuf> {
    let target = std::env::var_os("CARGO_TARGET_DIR")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target"), PathBuf::from);
    let tools = target.join("archive-tools/bin");
    tools.join("warcio").exists().then_some(tools)
}

fn has_wget() -> bool {
    Command::new("wget").arg("--version").stdout(Stdio::null()).status().is_ok_and(|status| status.success())
}

/// Straight to stderr: the test runner captures what eprintln prints.
fn skipped(why: &str) {
    let _ = writeln!(std::io::stderr(), "skipped: {why}; ./dev test sets it up");
}

/// The captures among some items.
fn captures(items: &[Item]) -> Vec<&Capture> {
    items.iter().filter_map(|item| if let Item::Capture(capture) = item { Some(capture) } else { None }).collect()
}

/// The page of a record as warcio takes it out of its archive.
fn extracted(tools: &Path, capture: &Capture) -> Vec<u8> {
    let Origin::Record(record) = &capture.origin else { panic!("{} is no record", capture.id) };
    let warcio = Command::new(tools.join("warcio"))
        .args(["extract", "--payload", &record.file, &record.offset.to_string()])
        .output()
        .unwrap();
    warcio.stdout
}

#[test]
fn what_warcio_writes_is_read_as_warcio_reads_it() {
    let Some(tools) = tools() else { return skipped("warcio is not there") };
    let folder = Folder::new();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/intake/tools/make_warcs.py");
    let made = Command::new(tools.join("python")).arg(script).arg(folder.path()).status().unwrap();
    assert!(made.success());
    for name in ["made.warc", "made.warc.gz"] {
        let items = open(folder.path().join(name));
        let found = captures(&items);
        assert_eq!(found.len(), items.len(), "{:?}", described(&items));
        let urls: Vec<&str> = found.iter().filter_map(|capture| capture.url.as_deref()).collect();
        let names = ["plain", "chunked", "gzip", "both", "deflate", "br", "again"];
        assert_eq!(urls, names.map(|name| format!("https://npb.example/{name}")));
        for (capture, name) in found.iter().zip(names) {
            // Brotli warcio undoes only with a package that is no longer kept.
            if name != "br" {
                assert_eq!(capture.page.as_bytes(), extracted(&tools, capture), "{name}");
            }
            let word = if name == "again" { "plain" } else { name };
            let page = String::from_utf8_lossy(capture.page.as_bytes());
            assert!(page.contains(&format!("Six people died at café {word}.")), "{page}");
            assert!(capture.fetched.is_some());
        }
        // A broken record in the middle costs what it holds.
        let mut bytes = std::fs::read(folder.path().join(name)).unwrap();
        let Origin::Record(both) = &found[3].origin else { panic!("a record expected") };
        let from = both.offset as usize + if name.ends_with("gz") { 60 } else { both.head as usize };
        bytes.drain(from..from + 9);
        let broken = open(folder.file(&format!("broken-{name}"), bytes));
        let left: Vec<&str> = captures(&broken).iter().filter_map(|capture| capture.url.as_deref()).collect();
        let others = ["plain", "chunked", "gzip", "deflate", "br", "again"];
        assert_eq!(left, others.map(|name| format!("https://npb.example/{name}")), "{:?}", described(&broken));
        assert_eq!(broken.len(), left.len() + 1);
    }
}

const FRONT: &str = "<!doctype html><title>News</title><p>Today: <a href=/ferry.html>the ferry</a>, <a href=/storm.html>the storm</a>, <a href=/gone.html>more</a>.<img src=/photo.png>";
const FERRY: &str = "<!doctype html><title>Ferry</title><p>Six people died when the ferry struck the breakwater.";
const STORM: &str = "<!doctype html><title>Storm</title><p>The storm came in the evening.";

/// Answers every request of a crawl of the little site, until the listener goes away with the process.
fn serve(listener: TcpListener) {
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            // A client that goes away is its own affair.
            let _ = answer(stream);
        }
    });
}

fn answer(mut stream: TcpStream) -> std::io::Result<()> {
    let mut lines = BufReader::new(stream.try_clone()?).lines();
    let request = lines.next().unwrap_or_else(|| Ok(String::new()))?;
    while lines.next().is_some_and(|line| line.is_ok_and(|line| !line.is_empty())) {}
    let path = request.split(' ').nth(1).unwrap_or_default().to_owned();
    let (head, body) = match path.as_str() {
        "/" => ("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8", FRONT.to_owned()),
        "/ferry.html" => {
            let chunks = format!("{:x}\r\n{FERRY}\r\n0\r\n\r\n", FERRY.len());
            ("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked", chunks)
        }
        "/storm.html" => ("HTTP/1.1 200 OK\r\nContent-Type: text/html", STORM.to_owned()),
        "/photo.png" => ("HTTP/1.1 200 OK\r\nContent-Type: image/png", "\u{89}PNG".to_owned()),
        "/robots.txt" => ("HTTP/1.1 200 OK\r\nContent-Type: text/plain", "User-agent: *\nDisallow:\n".to_owned()),
        _ => ("HTTP/1.1 404 Not Found\r\nContent-Type: text/html", "<p>Nothing here.".to_owned()),
    };
    write!(stream, "{head}\r\nConnection: close\r\n\r\n{body}")
}

#[test]
fn what_wget_crawls_is_read() {
    if !has_wget() {
        return skipped("wget is not there");
    }
    let folder = Folder::new();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let site = format!("http://{}/", listener.local_addr().unwrap());
    serve(listener);
    let expected = [("", FRONT), ("ferry.html", FERRY), ("storm.html", STORM)];
    for option in ["--warc-file=packed", "--warc-file=plain"] {
        let mut wget = Command::new("wget");
        wget.args(["--quiet", "--no-proxy", "--recursive", "--page-requisites", "--delete-after", "--tries=1", option]);
        wget.args((option == "--warc-file=plain").then_some("--no-warc-compression")).arg(&site);
        // It says that one page was not found; the archive is what counts.
        wget.current_dir(folder.path()).status().unwrap();
    }
    for name in ["packed.warc.gz", "plain.warc"] {
        let items = open(folder.path().join(name));
        let mut pages: Vec<(String, String)> = captures(&items)
            .iter()
            .map(|capture| {
                let url = capture.url.as_deref().unwrap_or_default();
                let page = String::from_utf8_lossy(capture.page.as_bytes()).into_owned();
                assert!(capture.fetched.is_some_and(|time| time.has_offset()), "{url}");
                (url.strip_prefix(&site).unwrap_or(url).to_owned(), page)
            })
            .collect();
        pages.sort();
        assert_eq!(
            pages,
            expected.map(|(url, page)| (url.to_owned(), page.to_owned())),
            "{name}: {:?}",
            described(&items)
        );
        assert_eq!(pages.len(), items.len(), "nothing is broken");
        if let Some(tools) = tools() {
            for capture in captures(&items) {
                assert_eq!(capture.page.as_bytes(), extracted(&tools, capture), "{}", capture.id);
            }
        }
        // The record in the middle loses some of its bytes.
        let middle = captures(&items)[1];
        let Origin::Record(record) = &middle.origin else { panic!("a record expected") };
        let mut bytes = std::fs::read(folder.path().join(name)).unwrap();
        let from = record.offset as usize + if name.ends_with("gz") { 60 } else { record.head as usize + 9 };
        bytes.drain(from..from + 5);
        let broken = open(folder.file(&format!("broken-{name}"), bytes));
        assert_eq!(captures(&broken).len(), 2, "{:?}", described(&broken));
        assert_eq!(broken.len(), 3);
    }
}

#[test]
fn records_packed_with_a_dictionary_are_read() {
    let zstd = |folder: &Folder, args: &[&str]| {
        let run = Command::new("zstd").arg("--quiet").args(args).current_dir(folder.path()).status();
        run.is_ok_and(|status| status.success())
    };
    let folder = Folder::new();
    if !zstd(&folder, &["--version"]) {
        return skipped("zstd is not there");
    }
    let body = |number: usize| format!("{FERRY}<p>{} people saw it from quay {number}.", number * 7919 % 1009);
    let name = |number: usize| format!("{number:03}.warc");
    for number in 0..300 {
        folder.file(&name(number), page(&number.to_string(), body(number)));
    }
    let names: Vec<String> = (0..300).map(name).collect();
    let train: Vec<&str> =
        ["--train", "--maxdict=4096", "-o", "dictionary"].into_iter().chain(names.iter().map(String::as_str)).collect();
    assert!(zstd(&folder, &train));
    let pack: Vec<&str> = ["-D", "dictionary"].into_iter().chain(names.iter().map(String::as_str)).collect();
    assert!(zstd(&folder, &pack));
    assert!(zstd(&folder, &["dictionary"]));
    let read = |name: &str| std::fs::read(folder.path().join(name)).unwrap();
    for dictionary in [read("dictionary"), read("dictionary.zst")] {
        // "Zstandard for WARC files": a skippable frame with the dictionary, as it is or compressed.
        let mut file = vec![0x5d, 0x2a, 0x4d, 0x18];
        file.extend((dictionary.len() as u32).to_le_bytes());
        file.extend(&dictionary);
        let mut offsets = Vec::new();
        for name in &names {
            offsets.push(file.len());
            file.extend(read(&format!("{name}.zst")));
        }
        let path = folder.file("dictionary.warc.zst", &file);
        let items = open(path.clone());
        let found = captures(&items);
        assert_eq!(found.len(), 300, "{:?}", described(&items[..1]));
        for (number, capture) in found.iter().enumerate() {
            assert_eq!(capture.page.as_bytes(), body(number).as_bytes());
            assert_eq!(capture.id, format!("{}!{}", path.display(), offsets[number]));
        }
        // Damage in the middle of one, and in the dictionary itself.
        let mut broken = file.clone();
        broken.drain(offsets[100] + 20..offsets[100] + 24);
        assert_eq!(captures(&open(folder.file("broken.warc.zst", &broken))).len(), 299);
        let broken = [&file[..12], &vec![0xff; dictionary.len() - 4][..], &file[8 + dictionary.len()..]].concat();
        assert_eq!(captures(&open(folder.file("broken.warc.zst", &broken))).len(), 0);
    }
}
