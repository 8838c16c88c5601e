//! Records of web archives, written by hand.

use super::{gzip, zstd};
use std::fmt::Write;

pub const HTML: &str = "<!doctype html><title>Ferry</title><p>Six people died.";

/// A record's header fields, its own before those that every record has.
pub fn record(kind: &str, fields: &str, content: impl AsRef<[u8]>) -> Vec<u8> {
    sized(kind, fields, content.as_ref().len() as u64, content)
}

/// The same with a length that may be wrong.
pub fn sized(kind: &str, fields: &str, length: u64, content: impl AsRef<[u8]>) -> Vec<u8> {
    let mut head = format!("WARC/1.1\r\nWARC-Type: {kind}\r\n");
    for field in fields.lines() {
        let _ = write!(head, "{}\r\n", field.trim());
    }
    if !fields.contains("WARC-Date") {
        head.push_str("WARC-Date: 2024-11-05T18:40:00Z\r\n");
    }
    if !fields.contains("WARC-Record-ID") {
        head.push_str("WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000000>\r\n");
    }
    let _ = write!(head, "Content-Length: {length}\r\n\r\n");
    [head.as_bytes(), content.as_ref(), b"\r\n\r\n"].concat()
}

/// A response of a server; `headers` are those of HTTP.
pub fn response(url: &str, headers: &str, body: impl AsRef<[u8]>) -> Vec<u8> {
    let fields = format!("WARC-Target-URI: {url}\nContent-Type: application/http; msgtype=response");
    record("response", &fields, http(headers, body))
}

pub fn http(headers: &str, body: impl AsRef<[u8]>) -> Vec<u8> {
    let mut head = String::new();
    for line in headers.lines() {
        let _ = write!(head, "{}\r\n", line.trim_end());
    }
    [head.as_bytes(), b"\r\n", body.as_ref()].concat()
}

/// A page at `https://npb.example/NAME`.
pub fn page(name: &str, body: impl AsRef<[u8]>) -> Vec<u8> {
    response(&format!("https://npb.example/{name}"), "HTTP/1.1 200 OK\nContent-Type: text/html; charset=utf-8", body)
}

pub fn warcinfo() -> Vec<u8> {
    record(
        "warcinfo",
        "WARC-Filename: crawl.warc\nContent-Type: application/warc-fields",
        "software: written by hand\r\n",
    )
}

/// A packing of record after record.
#[derive(Copy, Clone, Debug, PartialEq)]
pub enum Packing {
    Plain,
    Gzip,
    Zstd,
}

pub const PACKINGS: [Packing; 3] = [Packing::Plain, Packing::Gzip, Packing::Zstd];

impl Packing {
    pub fn pack(self, record: &[u8]) -> Vec<u8> {
        match self {
            Packing::Plain => record.to_vec(),
            Packing::Gzip => gzip(record),
            Packing::Zstd => zstd(record),
        }
    }

    /// A file of these records, and where each begins in it.
    pub fn file(self, records: &[Vec<u8>]) -> (Vec<u8>, Vec<usize>) {
        let mut file = Vec::new();
        let mut offsets = Vec::new();
        for record in records {
            offsets.push(file.len());
            file.extend(self.pack(record));
        }
        (file, offsets)
    }
}
