//! An answer, and the headers that every answer has.

use crate::readers::Reader;
use flate2::Compression;
use flate2::write::GzEncoder;
use maud::Markup;
use sha2::{Digest, Sha256};
use std::io::Write;

/// Shorter answers are not worth packing.
const MIN_PACKED: usize = 860;
/// How hard answers that are made for one request are packed: most of what the hardest saves, at a third of its time.
const PACKING: Compression = Compression::new(4);

/// Nothing inline, nothing from elsewhere, no frames around it: what a page smuggles in has nowhere to run.
pub(super) const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; \
     connect-src 'self'; form-action 'self'; frame-src 'self'; frame-ancestors 'none'; base-uri 'none'";
/// For the quiet rendering of a page: as above, in a sandbox, framed by the desk alone.
pub(super) const QUIET_POLICY: &str =
    "default-src 'none'; style-src 'self'; sandbox; frame-ancestors 'self'; base-uri 'none'; form-action 'none'";

/// What is answered.
pub(crate) struct Response {
    pub status: u16,
    pub media: &'static str,
    pub content: Content,
    pub headers: Vec<(&'static str, String)>,
    pub policy: &'static str,
    /// Whether whoever keeps it must ask whether it still holds.
    pub cache: &'static str,
}

/// The body of an answer.
pub(crate) enum Content {
    Bytes(Vec<u8>),
    /// Bytes that are there packed already.
    Packed {
        plain: &'static [u8],
        gzip: &'static [u8],
    },
    /// Written while it is sent, however long it is.
    Stream(Stream),
}

/// Writes a long answer, reading from the archive.
pub(crate) type Stream = Box<dyn FnOnce(&mut Reader, &mut dyn Write) -> std::io::Result<()> + Send>;

impl Response {
    pub fn new(status: u16, media: &'static str, bytes: impl Into<Vec<u8>>) -> Response {
        Response {
            status,
            media,
            content: Content::Bytes(bytes.into()),
            headers: Vec::new(),
            policy: POLICY,
            cache: "no-cache",
        }
    }

    /// A page.
    pub fn html(status: u16, page: Markup) -> Response {
        Response::new(status, "text/html; charset=utf-8", page.into_string())
    }

    /// The rendering of a page's words that is shown in a sandbox.
    pub fn quiet(page: Markup) -> Response {
        Response { policy: QUIET_POLICY, ..Response::html(200, page) }
    }

    /// Sends the browser to another address of the desk, to be read with GET.
    pub fn see(location: impl Into<String>) -> Response {
        let mut response = Response::new(303, "text/plain; charset=utf-8", "");
        response.headers.push(("location", location.into()));
        response
    }

    /// A file to keep under this name.
    pub fn file(media: &'static str, name: &str, content: Content) -> Response {
        let mut response = Response { content, ..Response::new(200, media, "") };
        let name: String = name.chars().map(|char| if char.is_ascii_alphanumeric() { char } else { '-' }).collect();
        let ending = if media.starts_with("text/csv") { "csv" } else { media.rsplit('/').next().unwrap_or_default() };
        let ending = ending.split(['+', ';']).next().unwrap_or_default();
        response.headers.push(("content-disposition", format!("attachment; filename=\"{name}.{ending}\"")));
        response
    }

    /// Adds a header.
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Response {
        self.headers.push((name, value.into()));
        self
    }
}

/// The tag of what was answered: the same bytes have the same.
pub(super) fn tag(bytes: &[u8]) -> String {
    let digest: [u8; 32] = Sha256::digest(bytes).into();
    let hex: String = digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    format!("\"{hex}\"")
}

/// The bytes packed, where that is worth it.
pub(super) fn packed(bytes: &[u8], media: &str) -> Option<Vec<u8>> {
    let is_text = media.starts_with("text/") || media.contains("json") || media.contains("svg");
    if bytes.len() < MIN_PACKED || !is_text {
        return None;
    }
    let mut encoder = GzEncoder::new(Vec::with_capacity(bytes.len() / 4), PACKING);
    encoder.write_all(bytes).ok()?;
    encoder.finish().ok()
}
