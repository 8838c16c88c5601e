//! Web archives with bytes changed, lost and added anywhere: reading ends, without a panic, and no page is invented.
//!
//! `ONRECORD_MUTATIONS=20000 cargo test -p onrecord-intake --release mutated_archives` reads any number of them.

use crate::common::warc::{HTML, Packing, http, page, record, response, warcinfo};
use crate::common::zip::{File, archive, file};
use crate::common::{gzip, stdin};
use onrecord_intake::Item;

/// How many there are of each kind of file, unless `ONRECORD_MUTATIONS` says otherwise.
const MUTATIONS: u64 = 60;

/// Numbers that look random and are the same every time (Vigna's splitmix64).
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ z >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ z >> 31
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit.max(1) as u64) as usize
    }
}

fn mutated(bytes: &[u8], numbers: &mut Numbers) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for _ in 0..=numbers.below(4) {
        let at = numbers.below(bytes.len());
        let length = numbers.below(40).min(bytes.len() - at);
        match numbers.below(6) {
            0 => bytes[at] ^= 1 << numbers.below(8),
            1 => drop(bytes.drain(at..at + length)),
            2 => bytes.truncate(at.max(1)),
            3 => {
                let copied = bytes[at..at + length].to_vec();
                let to = numbers.below(bytes.len());
                bytes.splice(to..to, copied);
            }
            4 => {
                // A digit of a length, as often as not.
                let digit = bytes[at..].iter().position(u8::is_ascii_digit).map_or(at, |found| at + found);
                bytes[digit] = b'0' + numbers.below(10) as u8;
            }
            _ => {
                let value = [0u8, 0xff, b'\n', b'\r', b':', b'-'][numbers.below(6)];
                bytes.splice(at..at, std::iter::repeat_n(value, length));
            }
        }
        if bytes.is_empty() {
            bytes.push(0);
        }
    }
    bytes
}

fn records() -> Vec<Vec<u8>> {
    let ok = "HTTP/1.1 200 OK\nContent-Type: text/html";
    let visited = "WARC-Target-URI: https://npb.example/a\nContent-Type: application/http\nWARC-Payload-Digest: sha1:A";
    vec![
        warcinfo(),
        record("response", visited, http(ok, HTML)),
        response("https://npb.example/b", &format!("{ok}\nContent-Encoding: gzip"), gzip(HTML.as_bytes())),
        response(
            "https://npb.example/c",
            &format!("{ok}\nTransfer-Encoding: chunked"),
            "5\r\n<p>Si\r\n2\r\nx.\r\n0\r\n\r\n",
        ),
        response(
            "https://npb.example/d",
            &format!("{ok}\nContent-Encoding: br"),
            b"\x1b\x0e\x00\xf8\x25Six people died.",
        ),
        record("revisit", visited, http(ok, "")),
        page("e", HTML),
    ]
}

fn read(name: &str, bytes: &[u8]) {
    let read_so = format!("{name}-{MUTATIONS}");
    let count = std::env::var("ONRECORD_MUTATIONS").ok().and_then(|count| count.parse().ok()).unwrap_or(MUTATIONS);
    for seed in 0..count {
        let mutated = mutated(bytes, &mut Numbers(seed));
        let read = std::panic::catch_unwind(|| stdin(mutated.clone()));
        let items = read.unwrap_or_else(|_| panic!("{read_so}: reading mutation {seed} panicked"));
        assert!(items.len() <= mutated.len(), "{read_so}: mutation {seed} has {} items", items.len());
        for item in items {
            match item {
                Item::Capture(capture) => assert!(!capture.page.as_bytes().is_empty(), "{read_so}: {seed}"),
                Item::Unreadable(it) => assert!(!it.note.message.is_empty(), "{read_so}: {seed}"),
            }
        }
    }
}

#[test]
fn warc_files() {
    for packing in [Packing::Plain, Packing::Gzip, Packing::Zstd] {
        read("warc", &packing.file(&records()).0);
    }
    read("whole", &gzip(&Packing::Plain.file(&records()).0));
}

#[test]
fn wacz_files() {
    let (plain, packed) = (Packing::Plain.file(&records()).0, Packing::Gzip.file(&records()).0);
    let package = || file("datapackage.json", "{}");
    read("wacz", &archive(&[package(), file("archive/a.warc.gz", packed.clone())]).0);
    let large = |content: &[u8]| File { zip64: true, deflated: true, ..file("archive/a.warc", content) };
    read("zip64", &archive(&[package(), large(&plain), file("archive/b.warc.gz", packed)]).0);
}

#[test]
fn mhtml_files() {
    let saved = "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://npb.example/\r\nDate: Tue, 5 Nov 2024 18:40:00 +0100\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"----x\"\r\n\r\n\r\n------x\r\nContent-Type: multipart/alternative; boundary=y\r\n\r\n--y\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<!doctype html><p class=3D\"a\">Six people =\r\ndied.\r\n--y--\r\n------x\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n------x--\r\n";
    read("mhtml", saved.as_bytes());
}
