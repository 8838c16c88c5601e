//! The head of an HTTP response, as far as a page needs it.

use crate::codings;
use crate::detect;
use crate::headers::{Block, Headers, main_value, parameter, read_line};
use onrecord_document::{Coding, Media};
use std::io::{self, BufRead};

/// The longest status line, in bytes.
const MAX_STATUS_LINE: usize = 8 << 10;

/// Endings of addresses that lead to no page, for responses that don't say what they are ("not modified" rarely does).
const OTHER_ENDINGS: [&str; 26] = [
    "css", "js", "mjs", "json", "map", "xml", "jpg", "jpeg", "png", "gif", "svg", "webp", "avif", "ico", "bmp", "woff",
    "woff2", "ttf", "otf", "eot", "mp3", "mp4", "webm", "m3u8", "ts", "pdf",
];

/// What a response says of its body.
#[derive(Debug)]
pub(crate) struct Response {
    pub(crate) status: u16,
    pub(crate) headers: Headers,
    /// How many bytes the head takes.
    pub(crate) length: u64,
}

/// What stands where a response was looked for.
pub(crate) enum Head {
    Response(Response),
    /// Something else.
    Other,
    TooLarge,
    CutShort,
}

impl Response {
    /// Reads status line and headers.
    pub(crate) fn read(reader: &mut impl BufRead) -> io::Result<Head> {
        let mut line = Vec::new();
        if !read_line(reader, &mut line, MAX_STATUS_LINE)? {
            let is_one = line.starts_with(b"HTTP/") && line.len() < MAX_STATUS_LINE;
            return Ok(if is_one { Head::CutShort } else { Head::Other });
        }
        let Some(status) = status(&line) else { return Ok(Head::Other) };
        Ok(match Headers::read(reader)? {
            Block::Whole(headers, length) => {
                Head::Response(Response { status, headers, length: length + line.len() as u64 })
            }
            Block::TooLarge => Head::TooLarge,
            Block::CutShort => Head::CutShort,
        })
    }

    /// Whether the body is all of what the address leads to: not an error, a redirect, or a part.
    pub(crate) fn is_page_status(&self) -> bool {
        matches!(self.status, 200 | 201 | 203)
    }

    pub(crate) fn content_type(&self) -> Option<&str> {
        self.headers.get("content-type")
    }

    pub(crate) fn is_chunked(&self) -> bool {
        let mut codings = self.headers.all("transfer-encoding").flat_map(|value| value.split(','));
        codings.any(|coding| coding.trim().eq_ignore_ascii_case("chunked"))
    }

    /// Compression of the body, in the order that it was applied in: first of the content, then for its way.
    pub(crate) fn encodings(&self) -> Vec<Coding> {
        let names = self.headers.all("content-encoding").chain(self.headers.all("transfer-encoding"));
        names.flat_map(codings::named).collect()
    }

    /// The length of the body as the server stated it, in bytes.
    pub(crate) fn stated_length(&self) -> Option<u64> {
        self.headers.get("content-length")?.parse().ok()
    }
}

/// `HTTP/1.1 200 OK`: the number.
fn status(line: &[u8]) -> Option<u16> {
    let line = line.strip_prefix(b"HTTP/")?;
    let code = line.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty()).nth(1)?;
    let is_code = code.len() == 3 && code.iter().all(u8::is_ascii_digit);
    is_code.then(|| std::str::from_utf8(code).ok()?.parse().ok())?
}

/// The charset that a content type names.
pub(crate) fn charset(content_type: &str) -> Option<String> {
    parameter(content_type, "charset")
}

/// Whether something of this type at this address may be a page; [`media`] tells when its content is there.
pub(crate) fn may_be_page(content_type: Option<&str>, url: &str) -> bool {
    if is_robots(url) {
        return false;
    }
    match main_value(content_type.unwrap_or_default()).as_str() {
        "" | "application/octet-stream" | "unknown/unknown" => !has_other_ending(url),
        "text/html" | "application/xhtml+xml" | "application/vnd.wap.xhtml+xml" | "text/plain" => true,
        "text/xml" | "application/xml" => true,
        _ => false,
    }
}

/// How content of this type is read; `None` if it is neither a page nor a text, whatever its headers say.
pub(crate) fn media(content_type: Option<&str>, content: &[u8]) -> Option<Media> {
    let head = &content[..content.len().min(detect::SNIFF_BYTES)];
    if detect::is_blank(content) || detect::is_known_other(head) {
        return None;
    }
    match main_value(content_type.unwrap_or_default()).as_str() {
        "text/html" | "application/xhtml+xml" | "application/vnd.wap.xhtml+xml" => Some(Media::Html),
        "text/plain" if detect::has_page_tag(head) => Some(Media::Html),
        "text/plain" => detect::is_text(head).then_some(Media::Text),
        _ => detect::has_page_tag(head).then_some(Media::Html),
    }
}

fn is_robots(url: &str) -> bool {
    path(url).eq_ignore_ascii_case("/robots.txt")
}

fn has_other_ending(url: &str) -> bool {
    let ending = path(url).rsplit('/').next().and_then(|name| name.rsplit_once('.')).map_or("", |(_, ending)| ending);
    OTHER_ENDINGS.iter().any(|other| ending.eq_ignore_ascii_case(other))
}

fn path(url: &str) -> &str {
    let behind = url.split_once("://").map_or(url, |(_, behind)| behind);
    let path = behind.find('/').map_or("", |at| &behind[at..]);
    path.split(['?', '#']).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn response(text: &str) -> Response {
        match Response::read(&mut text.as_bytes()) {
            Ok(Head::Response(response)) => response,
            _ => panic!("a response expected"),
        }
    }

    #[test]
    fn a_head_says_what_the_body_is() {
        let head = "HTTP/1.1 200 OK\r\nContent-Type: text/html;\r\n charset=\"UTF-8\"\r\nTransfer-Encoding: gzip, Chunked\r\nContent-Encoding: br\r\nContent-Length: 7\r\n\r\n<p>";
        let response = response(head);
        assert!(response.is_page_status() && response.is_chunked());
        assert_eq!(response.encodings(), [Coding::Brotli, Coding::Gzip]);
        assert_eq!(response.content_type().and_then(charset).as_deref(), Some("UTF-8"));
        assert_eq!(response.stated_length(), Some(7));
        assert_eq!(response.length, head.len() as u64 - 3);
    }

    #[test]
    fn redirects_errors_and_parts_are_no_pages() {
        for status in ["HTTP/1.0 301", "HTTP/1.1 404 Not Found", "HTTP/2 206 Partial", "HTTP/1.1  204 x", "HTTP/2 500"]
        {
            assert!(!response(&format!("{status}\n\n")).is_page_status(), "{status}");
        }
        assert!(response("HTTP/2 200\r\n\r\n").is_page_status());
        for other in ["<p>Six", "HTTP/1.1 2000 OK\n\n", "HTTP/1.1\n\n", "", "ICY 200 OK\n\n"] {
            assert!(matches!(Response::read(&mut other.as_bytes()), Ok(Head::Other)), "{other}");
        }
        let giant = format!("HTTP/1.1 200 OK\nA: {}\n\n", "a".repeat(crate::headers::MAX_HEADER_BYTES));
        assert!(matches!(Response::read(&mut giant.as_bytes()), Ok(Head::TooLarge)));
        assert!(matches!(Response::read(&mut &giant.as_bytes()[..50]), Ok(Head::CutShort)));
    }

    #[test]
    fn types_and_addresses_tell_what_is_worth_reading() {
        assert!(may_be_page(Some("Text/HTML; charset=x"), "https://npb.example/photo.jpg"));
        assert!(may_be_page(None, "https://npb.example/ferry?x=.jpg"));
        assert!(!may_be_page(None, "https://npb.example/ferry.JPG?x"));
        assert!(!may_be_page(Some("text/plain"), "https://npb.example/robots.txt"));
        assert!(!may_be_page(Some("text/css"), "https://npb.example/ferry.html"));
    }

    #[test]
    fn content_has_the_last_word() {
        assert_eq!(media(Some("text/html"), b"no tags"), Some(Media::Html));
        assert_eq!(media(Some("text/html"), b"GIF89a\x01\0"), None);
        assert_eq!(media(Some("text/html"), b"\r\n "), None);
        assert_eq!(media(Some("text/plain"), b"Six people died."), Some(Media::Text));
        assert_eq!(media(Some("text/plain"), b"<!DOCTYPE html><p>Six"), Some(Media::Html));
        assert_eq!(media(Some("text/plain"), b"\0\x01\x02\x03"), None);
        assert_eq!(media(None, b"<!doctype html><p>Six"), Some(Media::Html));
        assert_eq!(media(None, b"Six people died."), None);
        assert_eq!(media(Some("application/xml"), b"<?xml version='1.0'?><rss>"), None);
    }
}
