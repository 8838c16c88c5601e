//! Which page does a record hold?

use super::header::{RecordHeader, RecordKind};
use super::stream::MemberStream;
use crate::formats::WARC_MARK;
use crate::http::{self, DecodedBody, HttpResponse, MAX_HEADER_BYTES, ResponseStart, http_date};
use crate::unreadable::Reason;
use onrecord_document::{Coding, Media, Moment, Note, Stage};
use std::io::{self, BufRead, Read};

/// Reads the content of a record, which may be spread over several members.
pub(crate) struct ContentReader<'a> {
    pub(crate) stream: &'a mut MemberStream,
    /// How many bytes are left of those that the header states.
    pub(crate) left: u64,
    /// Whether it continued in another member.
    pub(crate) crossed: bool,
}

impl ContentReader<'_> {
    /// Skips what is left.
    pub(crate) fn skip(&mut self) -> io::Result<()> {
        while self.left > 0 {
            let skipped = self.stream.skip(self.left)?;
            self.left -= skipped;
            if skipped == 0 {
                // Finds out why there is no more, or goes to the next member.
                self.fill_buf()?;
            }
        }
        Ok(())
    }
}

impl BufRead for ContentReader<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.left == 0 {
            return Ok(&[]);
        }
        while self.stream.fill_buf()?.is_empty() {
            if !self.stream.next_member()? {
                return Err(Reason::RecordCutShort.into());
            }
            if self.stream.peek(WARC_MARK.len())?.starts_with(WARC_MARK) {
                return Err(Reason::WrongLength.into());
            }
            self.crossed = true;
        }
        let left = self.left;
        let ready = self.stream.fill_buf()?;
        Ok(&ready[..left.min(ready.len() as u64) as usize])
    }

    fn consume(&mut self, amount: usize) {
        let amount = amount.min(self.left.min(usize::MAX as u64) as usize);
        self.stream.consume(amount);
        self.left -= amount as u64;
    }
}

impl Read for ContentReader<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let ready = self.fill_buf()?;
        let count = ready.len().min(buffer.len());
        buffer[..count].copy_from_slice(&ready[..count]);
        self.consume(count);
        Ok(count)
    }
}

/// What a record holds.
pub(crate) enum RecordContent {
    Page(Box<ArchivedPage>),
    /// Something other than a page: an image, a redirect, an error.
    Other,
    /// A page that was stored earlier.
    Revisit,
    /// A page that can't be read, and why.
    Unreadable(Reason),
}

/// A page and what its record says about it.
pub(crate) struct ArchivedPage {
    pub(crate) bytes: Vec<u8>,
    pub(crate) media: Media,
    pub(crate) charset: Option<String>,
    /// When the server answered, as it says.
    pub(crate) answered: Option<Moment>,
    /// Where the page begins in the record, counted from the record's header, and its size there.
    pub(crate) head: u64,
    pub(crate) length: u64,
    pub(crate) codings: Vec<Coding>,
    pub(crate) notes: Vec<Note>,
}

/// Reads the page of a record; one of more than `limit` bytes is unreadable. An error means that the record is damaged,
/// not just its page.
pub(crate) fn read(
    header: &RecordHeader,
    content: &mut ContentReader<'_>,
    limit: usize,
) -> Result<RecordContent, Reason> {
    let url = header.url().unwrap_or_default();
    if header.kind == RecordKind::Other || !header.is_on_the_web() {
        return Ok(RecordContent::Other);
    }
    let response = if header.is_http() {
        match HttpResponse::read(content).map_err(|error| Reason::of(&error))? {
            ResponseStart::Whole(response) => Some(response),
            ResponseStart::Other => return Ok(RecordContent::Other),
            ResponseStart::TooLarge => {
                return Ok(RecordContent::Unreadable(Reason::HeaderTooLarge { limit: MAX_HEADER_BYTES }));
            }
            // The record is whole, so the crawler had no more than this.
            ResponseStart::CutShort => {
                return Ok(if header.kind == RecordKind::Revisit {
                    RecordContent::Revisit
                } else {
                    RecordContent::Other
                });
            }
        }
    } else {
        None
    };
    let stated = match &response {
        Some(response) => response.content_type().or(header.identified_type()),
        None => header.content_type().filter(|_| header.kind == RecordKind::Resource),
    };
    if !http::may_be_page(stated, url) {
        return Ok(RecordContent::Other);
    }
    match (header.kind, &response) {
        (RecordKind::Revisit, Some(response)) if !response.is_page_status() && response.status != 304 => {
            Ok(RecordContent::Other)
        }
        (RecordKind::Revisit, _) => Ok(RecordContent::Revisit),
        (RecordKind::Response, None) => Ok(RecordContent::Other),
        (_, Some(response)) if !response.is_page_status() => Ok(RecordContent::Other),
        _ if header.is_segment() => Ok(RecordContent::Unreadable(Reason::Segment)),
        _ if content.left > limit as u64 => Ok(RecordContent::Unreadable(Reason::TooLarge { limit })),
        (_, response) => page(header, response.as_ref(), stated, content, limit),
    }
}

fn page(
    header: &RecordHeader,
    response: Option<&HttpResponse>,
    stated: Option<&str>,
    content: &mut ContentReader<'_>,
    limit: usize,
) -> Result<RecordContent, Reason> {
    let length = content.left;
    let mut bytes = Vec::with_capacity(length.min(limit as u64) as usize);
    content.read_to_end(&mut bytes).map_err(|error| Reason::of(&error))?;
    let is_short = response.and_then(HttpResponse::stated_length).is_some_and(|stated| stated > length);
    let (chunked, encodings) =
        response.map_or((false, Vec::new()), |response| (response.is_chunked(), response.encodings()));
    let DecodedBody { bytes, codings, cut } = match http::decode(bytes, chunked, &encodings, limit) {
        Ok(body) => body,
        Err(reason) => return Ok(RecordContent::Unreadable(reason)),
    };
    let Some(media) = http::media(stated, &bytes) else { return Ok(RecordContent::Other) };
    // A crawler that removes chunks or compression often leaves the length as it was before.
    let is_short = is_short && !chunked && encodings.is_empty();
    let mut notes = Vec::new();
    if cut || is_short || header.truncated().is_some() {
        let message = "the archive holds only the beginning of this page; the rest was never stored";
        notes.push(Note::new(Stage::Intake, "cut_short", message));
    }
    Ok(RecordContent::Page(Box::new(ArchivedPage {
        bytes,
        media,
        charset: stated.and_then(http::charset),
        answered: response.and_then(|response| response.headers.get("date")).and_then(http_date),
        head: header.length + response.map_or(0, |response| response.length),
        length,
        codings,
        notes,
    })))
}
