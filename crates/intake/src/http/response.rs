//! What does the head of an HTTP response say about the page in its body?

use super::codings;
use super::headers::{HeaderBlock, Headers, read_line};
use onrecord_document::Coding;
use std::io::{self, BufRead};

/// The longest status line, in bytes.
const MAX_STATUS_LINE: usize = 8 << 10;

/// The head of a response.
#[derive(Debug)]
pub(crate) struct HttpResponse {
    pub(crate) status: u16,
    pub(crate) headers: Headers,
    /// The size of the head in bytes, with the empty line after it.
    pub(crate) length: u64,
}

/// What there is where a response should begin.
pub(crate) enum ResponseStart {
    Whole(HttpResponse),
    /// Something else.
    Other,
    TooLarge,
    CutShort,
}

impl HttpResponse {
    /// Reads the status line and the headers.
    pub(crate) fn read(reader: &mut impl BufRead) -> io::Result<ResponseStart> {
        let mut line = Vec::new();
        if !read_line(reader, &mut line, MAX_STATUS_LINE)? {
            let is_one = line.starts_with(b"HTTP/") && line.len() < MAX_STATUS_LINE;
            return Ok(if is_one { ResponseStart::CutShort } else { ResponseStart::Other });
        }
        let Some(status) = status(&line) else { return Ok(ResponseStart::Other) };
        Ok(match Headers::read(reader)? {
            HeaderBlock::Whole(headers, length) => {
                ResponseStart::Whole(HttpResponse { status, headers, length: length + line.len() as u64 })
            }
            HeaderBlock::TooLarge => ResponseStart::TooLarge,
            HeaderBlock::CutShort => ResponseStart::CutShort,
        })
    }

    /// Whether the body is the whole page: not an error, a redirect, or a part.
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

    /// The compression of the body, in the order in which it was applied: that of the content, then that of the transfer.
    pub(crate) fn encodings(&self) -> Vec<Coding> {
        let names = self.headers.all("content-encoding").chain(self.headers.all("transfer-encoding"));
        names.flat_map(codings::named).collect()
    }

    /// The size of the body in bytes, as the server stated it.
    pub(crate) fn stated_length(&self) -> Option<u64> {
        self.headers.get("content-length")?.parse().ok()
    }
}

/// The 200 of `HTTP/1.1 200 OK`. Not read by httparse, which knows no version but 1.0 and 1.1: crawlers also write
/// `HTTP/2 200`.
fn status(line: &[u8]) -> Option<u16> {
    let line = line.strip_prefix(b"HTTP/")?;
    let code = line.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty()).nth(1)?;
    let is_code = code.len() == 3 && code.iter().all(u8::is_ascii_digit);
    is_code.then(|| std::str::from_utf8(code).ok()?.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    fn response(text: &str) -> HttpResponse {
        match HttpResponse::read(&mut text.as_bytes()) {
            Ok(ResponseStart::Whole(response)) => response,
            _ => panic!("a response expected"),
        }
    }

    #[test]
    fn a_head_describes_the_body() {
        let head = "HTTP/1.1 200 OK\r\nContent-Type: text/html;\r\n charset=\"UTF-8\"\r\nTransfer-Encoding: gzip, Chunked\r\nContent-Encoding: br\r\nContent-Length: 7\r\n\r\n<p>";
        let response = response(head);
        assert!(response.is_page_status() && response.is_chunked());
        assert_eq!(response.encodings(), [Coding::Brotli, Coding::Gzip]);
        assert_eq!(response.content_type().and_then(crate::http::charset).as_deref(), Some("UTF-8"));
        assert_eq!(response.stated_length(), Some(7));
        assert_eq!(response.length, head.len() as u64 - 3);
    }

    #[test]
    fn redirects_errors_and_parts_are_not_pages() {
        for status in ["HTTP/1.0 301", "HTTP/1.1 404 Not Found", "HTTP/2 206 Partial", "HTTP/1.1  204 x", "HTTP/2 500"]
        {
            assert!(!response(&format!("{status}\n\n")).is_page_status(), "{status}");
        }
        assert!(response("HTTP/2 200\r\n\r\n").is_page_status());
        for other in ["<p>Six", "HTTP/1.1 2000 OK\n\n", "HTTP/1.1\n\n", "", "ICY 200 OK\n\n"] {
            assert!(matches!(HttpResponse::read(&mut other.as_bytes()), Ok(ResponseStart::Other)), "{other}");
        }
        let giant = format!("HTTP/1.1 200 OK\nA: {}\n\n", "a".repeat(crate::http::MAX_HEADER_BYTES));
        assert!(matches!(HttpResponse::read(&mut giant.as_bytes()), Ok(ResponseStart::TooLarge)));
        assert!(matches!(HttpResponse::read(&mut &giant.as_bytes()[..50]), Ok(ResponseStart::CutShort)));
    }
}
