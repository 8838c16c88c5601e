//! The content of a record, and the page in it.

use crate::codings::{self, Body};
use crate::header_dates::http_date;
use crate::headers::MAX_HEADER_BYTES;
use crate::http::{self, Head, Response};
use crate::unreadable::Reason;
use crate::warc::record::{Header, Kind};
use crate::warc::stream::{MARK, Stream};
use onrecord_document::{Coding, Media, Moment, Note, Stage};
use std::io::{self, BufRead, Read};

/// The bytes of a record, across the members that it may be packed in.
pub(crate) struct Content<'a> {
    pub(crate) stream: &'a mut Stream,
    /// How many are left of those that the header states.
    pub(crate) left: u64,
    /// Whether it goes on in another member than it began in.
    pub(crate) crossed: bool,
}

impl Content<'_> {
    /// Passes over what is left.
    pub(crate) fn skip(&mut self) -> io::Result<()> {
        while self.left > 0 {
            let skipped = self.stream.skip(self.left)?;
            self.left -= skipped;
            if skipped == 0 {
                // Says why there is no more, or goes on to the next member.
                self.fill_buf()?;
            }
        }
        Ok(())
    }
}

impl BufRead for Content<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.left == 0 {
            return Ok(&[]);
        }
        while self.stream.fill_buf()?.is_empty() {
            if !self.stream.next_member()? {
                return Err(Reason::RecordCutShort.into());
            }
            if self.stream.peek(MARK.len())?.starts_with(MARK) {
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

impl Read for Content<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let ready = self.fill_buf()?;
        let count = ready.len().min(buffer.len());
        buffer[..count].copy_from_slice(&ready[..count]);
        self.consume(count);
        Ok(count)
    }
}

/// What a record holds.
pub(crate) enum Found {
    Page(Box<Page>),
    /// Something that is no page: an image, a redirect, an error.
    Other,
    /// A page that was stored before.
    Before,
    /// What would be a page, and why it can't be had.
    Unreadable(Reason),
}

/// A page and what its record says of it.
pub(crate) struct Page {
    pub(crate) bytes: Vec<u8>,
    pub(crate) media: Media,
    pub(crate) charset: Option<String>,
    /// When the server says that it answered.
    pub(crate) answered: Option<Moment>,
    /// Where the page begins in the record, its header included, and how long it is there.
    pub(crate) head: u64,
    pub(crate) length: u64,
    pub(crate) codings: Vec<Coding>,
    pub(crate) notes: Vec<Note>,
}

/// Reads the page of a record, which has at most `limit` bytes. An error is the record's, not the page's.
pub(crate) fn read(header: &Header, content: &mut Content<'_>, limit: usize) -> Result<Found, Reason> {
    let url = header.url().unwrap_or_default();
    if header.kind == Kind::Other || !header.is_on_the_web() {
        return Ok(Found::Other);
    }
    let response = if header.is_http() {
        match Response::read(content).map_err(|error| Reason::of(&error))? {
            Head::Response(response) => Some(response),
            Head::Other => return Ok(Found::Other),
            Head::TooLarge => return Ok(Found::Unreadable(Reason::HeaderTooLarge { limit: MAX_HEADER_BYTES })),
            // All of the record is there, so this is all that the crawler had.
            Head::CutShort => return Ok(if header.kind == Kind::Revisit { Found::Before } else { Found::Other }),
        }
    } else {
        None
    };
    let stated = match &response {
        Some(response) => response.content_type().or(header.identified_type()),
        None => header.content_type().filter(|_| header.kind == Kind::Resource),
    };
    if !http::may_be_page(stated, url) {
        return Ok(Found::Other);
    }
    match (header.kind, &response) {
        (Kind::Revisit, Some(response)) if !response.is_page_status() && response.status != 304 => Ok(Found::Other),
        (Kind::Revisit, _) => Ok(Found::Before),
        (Kind::Response, None) => Ok(Found::Other),
        (_, Some(response)) if !response.is_page_status() => Ok(Found::Other),
        _ if header.is_segment() => Ok(Found::Unreadable(Reason::Segment)),
        _ if content.left > limit as u64 => Ok(Found::Unreadable(Reason::TooLarge { limit })),
        (_, response) => page(header, response.as_ref(), stated, content, limit),
    }
}

fn page(
    header: &Header,
    response: Option<&Response>,
    stated: Option<&str>,
    content: &mut Content<'_>,
    limit: usize,
) -> Result<Found, Reason> {
    let length = content.left;
    let mut bytes = Vec::with_capacity(length.min(limit as u64) as usize);
    content.read_to_end(&mut bytes).map_err(|error| Reason::of(&error))?;
    let is_short = response.and_then(Response::stated_length).is_some_and(|stated| stated > length);
    let (chunked, encodings) =
        response.map_or((false, Vec::new()), |response| (response.is_chunked(), response.encodings()));
    let Body { bytes, codings, cut } = match codings::undo(bytes, chunked, &encodings, limit) {
        Ok(body) => body,
        Err(reason) => return Ok(Found::Unreadable(reason)),
    };
    let Some(media) = http::media(stated, &bytes) else { return Ok(Found::Other) };
    // A crawler that undoes chunks or compression often leaves the length of what it undid.
    let is_short = is_short && !chunked && encodings.is_empty();
    let mut notes = Vec::new();
    if cut || is_short || header.truncated().is_some() {
        let message = "the archive holds only the beginning of this page; what follows was never stored";
        notes.push(Note::new(Stage::Intake, "cut_short", message));
    }
    Ok(Found::Page(Box::new(Page {
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
