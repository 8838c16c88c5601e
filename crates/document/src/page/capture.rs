//! A page as it came, and what came with it.

use super::origin::Origin;
use crate::{Moment, Note};
use onrecord_span::{PageBytes, PageHash};

/// One page at one address: the same bytes at two addresses are one page and two captures.
#[derive(Clone, Debug)]
pub struct Capture {
    /// How the output names it: the path as given, `-`, or a record's own id.
    pub id: String,
    /// The bytes, after HTTP or gzip decoding, before the charset.
    pub page: PageBytes,
    /// SHA-256 of the bytes.
    pub hash: PageHash,
    /// What the bytes hold.
    pub media: Media,
    /// The address it was fetched from, where known.
    pub url: Option<String>,
    /// The charset that the transport stated (an HTTP header), where known.
    pub charset: Option<String>,
    /// When it was fetched, as the archive (`WARC-Date`, the `Date` of MHTML) or else the server (`Date`) states it.
    pub fetched: Option<Moment>,
    /// Where it was found.
    pub origin: Origin,
    /// What a user should know of how it came, such as that an archive holds only its beginning. The document made of
    /// it has these notes first.
    pub notes: Vec<Note>,
}

impl Capture {
    /// A capture of bytes without an address, headers or a time, found in a file named `id`.
    pub fn new(id: impl Into<String>, page: PageBytes, media: Media) -> Self {
        let hash = PageHash::of(page.as_bytes());
        let id = id.into();
        let origin = Origin::File(id.clone());
        Capture { id, page, hash, media, url: None, charset: None, fetched: None, origin, notes: Vec::new() }
    }
}

/// What the bytes of a capture hold, and so how they are read.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Media {
    /// A web page.
    Html,
    /// An article's text: the bytes are the text.
    Text,
    /// One JSON object `{"id"?, "text", "headline"?, "published"?, "url"?, "site"?}`.
    JsonLine,
}

impl Media {
    /// The media type in the output.
    pub fn media_type(self) -> &'static str {
        match self {
            Media::Html => "text/html",
            Media::Text => "text/plain",
            Media::JsonLine => "application/json",
        }
    }
}
