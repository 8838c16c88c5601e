//! The search for the part that is the page.

use super::transfer::{base64, quoted_printable};
use crate::formats::FileKind;
use crate::http::{self, HeaderBlock, Headers, MAX_HEADER_BYTES, main_value, message_date, parameter, read_line};
use crate::source::Buffered;
use crate::unreadable::Reason;
use onrecord_document::{Capture, Origin};
use onrecord_span::PageBytes;

/// How many parts may be nested in each other.
pub const MAX_PART_DEPTH: usize = 8;

/// How many bytes of a line are read at a time; boundaries are shorter (RFC 2046, section 5.1.1).
const LINE_PIECE: usize = 64 << 10;

/// How many bytes of a file are read to tell whether it is a message.
const SNIFF_HEADERS: usize = 16 << 10;

/// Whether a file is a saved page: a message with related parts, or any message if the file is named as MHTML.
pub(crate) fn is_mhtml(reader: &mut Buffered, named: FileKind) -> Result<bool, Reason> {
    let head = reader.peek(SNIFF_HEADERS).map_err(|error| Reason::of(&error))?;
    let begins_with_name = head.first().is_some_and(u8::is_ascii_alphabetic);
    let Ok(HeaderBlock::Whole(headers, _)) = Headers::read(&mut &head[..]) else { return Ok(false) };
    let Some(kind) = headers.get("content-type") else { return Ok(false) };
    let is_related = main_value(kind) == "multipart/related" && headers.get("mime-version").is_some();
    Ok(begins_with_name && (is_related || named == FileKind::Mhtml))
}

/// Reads the page out of a message. A page of more than `limit` bytes is an error.
pub(crate) fn read(reader: &mut Buffered, file: &str, limit: usize) -> Result<Capture, Reason> {
    let of = |error: std::io::Error| Reason::of(&error);
    let HeaderBlock::Whole(message, _) = Headers::read(reader).map_err(of)? else { return Err(Reason::DamagedMhtml) };
    let search = RootSearch {
        reader,
        boundaries: Vec::new(),
        start: message.get("content-type").and_then(|kind| parameter(kind, "start")),
        limit,
        second_best: None,
    };
    let part = search.root(message.clone())?;
    let encoding = part.headers.get("content-transfer-encoding").map(main_value).unwrap_or_default();
    let bytes = match encoding.as_str() {
        "quoted-printable" => quoted_printable(&part.body),
        "base64" => base64(&part.body),
        _ => part.body,
    };
    if bytes.len() > limit {
        return Err(Reason::TooLarge { limit });
    }
    let kind = part.headers.get("content-type");
    let media = http::media(kind, &bytes).ok_or(Reason::NoRootPart)?;
    let page = PageBytes::new(bytes).ok_or(Reason::TooLarge { limit })?;
    let mut capture = Capture::new(file, page, media);
    let address = message.get("snapshot-content-location").or(part.headers.get("content-location"));
    let is_address = |url: &&str| !url.is_empty() && !url.chars().any(|char| char.is_whitespace() || char.is_control());
    capture.url = address.filter(is_address).map(str::to_owned);
    capture.charset = kind.and_then(http::charset);
    capture.fetched = message.get("date").and_then(message_date);
    capture.origin = Origin::RootPart { file: file.to_owned() };
    Ok(capture)
}

struct MessagePart {
    headers: Headers,
    body: Vec<u8>,
}

/// What comes after a part.
#[derive(PartialEq)]
enum PartEnd {
    /// The next part.
    Next,
    /// Nothing: it was the last part of its body.
    Last,
    /// The end of the file, as it should be or too early.
    File,
}

/// The search for the root part.
struct RootSearch<'a> {
    reader: &'a mut Buffered,
    /// The boundaries of the bodies that it is in, outermost first, each with its two hyphens.
    boundaries: Vec<Vec<u8>>,
    /// The id of the root part, if the message names one.
    start: Option<String>,
    limit: usize,
    /// A page other than the one named, or a text.
    second_best: Option<MessagePart>,
}

impl RootSearch<'_> {
    /// Returns the part that the message names as its root, or else the first page, or else the first text.
    fn root(mut self, message: Headers) -> Result<MessagePart, Reason> {
        let mut headers = message;
        loop {
            let kind = headers.get("content-type").unwrap_or("text/plain").to_owned();
            let boundary = main_value(&kind).starts_with("multipart/").then(|| parameter(&kind, "boundary")).flatten();
            let is_deep = self.boundaries.len() >= MAX_PART_DEPTH;
            let mut end = if let Some(boundary) = boundary.filter(|_| !is_deep) {
                self.boundaries.push(format!("--{boundary}").into_bytes());
                self.read_part(None)?
            } else {
                let is_page = matches!(main_value(&kind).as_str(), "text/html" | "application/xhtml+xml");
                let is_text = is_page || main_value(&kind) == "text/plain";
                let is_named = self.start.is_some() && headers.get("content-id") == self.start.as_deref();
                let better = is_page && self.second_best.as_ref().is_none_or(|part| !part.is_page());
                if !(is_named || (is_text && (better || self.second_best.is_none()))) {
                    self.read_part(None)?
                } else {
                    let mut body = Vec::new();
                    let end = self.read_part(Some(&mut body))?;
                    if end == PartEnd::File && !self.boundaries.is_empty() {
                        return Err(Reason::DamagedMhtml);
                    }
                    let part = MessagePart { headers, body };
                    if is_named || (is_page && self.start.is_none()) {
                        return Ok(part);
                    }
                    self.second_best = Some(part);
                    end
                }
            };
            while end == PartEnd::Last {
                end = if self.boundaries.is_empty() { PartEnd::File } else { self.read_part(None)? };
            }
            if end == PartEnd::File {
                return self.second_best.ok_or(Reason::NoRootPart);
            }
            headers = match Headers::read(self.reader).map_err(|error| Reason::of(&error))? {
                HeaderBlock::Whole(headers, _) => headers,
                HeaderBlock::TooLarge => return Err(Reason::HeaderTooLarge { limit: MAX_HEADER_BYTES }),
                HeaderBlock::CutShort => return self.second_best.ok_or(Reason::DamagedMhtml),
            };
        }
    }

    /// Reads past the next boundary, and puts what comes before it in `body`. The line break before a boundary belongs to
    /// the boundary.
    fn read_part(&mut self, mut body: Option<&mut Vec<u8>>) -> Result<PartEnd, Reason> {
        let mut is_line_start = true;
        loop {
            let mut piece = Vec::new();
            let ended = read_line(self.reader, &mut piece, LINE_PIECE).map_err(|error| Reason::of(&error))?;
            if piece.is_empty() {
                return Ok(PartEnd::File);
            }
            if is_line_start && let Some(end) = self.boundary(&piece) {
                if let Some(body) = body {
                    let line_break = if body.ends_with(b"\r\n") { 2 } else { usize::from(body.ends_with(b"\n")) };
                    body.truncate(body.len() - line_break);
                }
                return Ok(end);
            }
            is_line_start = ended;
            if let Some(body) = &mut body {
                // Quoted-printable takes at most three bytes for one.
                if body.len() + piece.len() > self.limit.saturating_mul(3).saturating_add(LINE_PIECE) {
                    return Err(Reason::TooLarge { limit: self.limit });
                }
                body.extend_from_slice(&piece);
            }
        }
    }

    /// What follows, if a line is a boundary. That of an outer body ends the bodies in it.
    fn boundary(&mut self, line: &[u8]) -> Option<PartEnd> {
        if !line.starts_with(b"--") {
            return None;
        }
        let line = line.trim_ascii_end();
        let position = |end: &[u8]| self.boundaries.iter().rposition(|boundary| line == [boundary, end].concat());
        if let Some(at) = position(b"") {
            self.boundaries.truncate(at + 1);
            return Some(PartEnd::Next);
        }
        let at = position(b"--")?;
        self.boundaries.truncate(at);
        Some(PartEnd::Last)
    }
}

impl MessagePart {
    fn is_page(&self) -> bool {
        self.headers.get("content-type").is_some_and(|kind| main_value(kind) != "text/plain")
    }
}
