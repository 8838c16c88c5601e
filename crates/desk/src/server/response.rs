//! An answer, and the headers that every answer has.

use axum::body::{Body, Bytes};
use axum::http::header::{self, HeaderName};
use axum::http::{HeaderValue, StatusCode};
use axum::response::IntoResponse;
use futures_util::stream;
use maud::Markup;
use sha2::{Digest, Sha256};
use std::io::{self, Write};
use tokio::sync::mpsc;

/// Shorter answers are not compressed, in bytes.
pub(super) const MIN_COMPRESSED: u64 = 860;
/// The level of gzip: most of what the highest level saves, at a third of its time.
pub(super) const COMPRESSION: i32 = 4;
/// Chunks of a streamed answer that wait to be sent.
const WAITING_CHUNKS: usize = 4;
/// Bytes of a streamed answer that are sent at a time.
const CHUNK: usize = 64 << 10;

/// Nothing inline, nothing from elsewhere, no frames around it: what a page smuggles in has nowhere to run.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; \
     connect-src 'self'; form-action 'self'; frame-src 'self'; frame-ancestors 'none'; base-uri 'none'";
/// For the quiet rendering of a page: as above, in a sandbox, framed by the desk alone.
const QUIET_POLICY: &str =
    "default-src 'none'; style-src 'self'; sandbox; frame-ancestors 'self'; base-uri 'none'; form-action 'none'";
/// For a page's own bytes.
const SANDBOX_POLICY: &str = "default-src 'none'; sandbox; frame-ancestors 'none'";

/// The headers of every answer that sets no others.
pub(super) const HEADERS: [(HeaderName, &str); 7] = [
    (header::CONTENT_SECURITY_POLICY, POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("permissions-policy"), "camera=(), microphone=(), geolocation=(), payment=(), usb=()"),
    (header::CACHE_CONTROL, "no-cache"),
    (header::VARY, "accept-encoding, cookie"),
];

/// What is answered.
pub(crate) struct Response {
    status: u16,
    media: &'static str,
    content: Content,
    headers: Vec<(HeaderName, String)>,
}

/// The body of an answer.
pub(crate) enum Content {
    Bytes(Bytes),
    /// CorrectionView while it is sent, however long it is.
    Stream(Stream),
}

/// Writes a long answer.
pub(crate) type Stream = Box<dyn FnOnce(&mut dyn Write) -> io::Result<()> + Send>;

impl Content {
    /// A body that is at hand.
    pub fn bytes(bytes: impl Into<Bytes>) -> Content {
        Content::Bytes(bytes.into())
    }
}

impl Response {
    pub fn new(status: u16, media: &'static str, bytes: impl Into<Bytes>) -> Response {
        Response { status, media, content: Content::bytes(bytes), headers: Vec::new() }
    }

    /// A page.
    pub fn html(status: u16, page: Markup) -> Response {
        Response::new(status, "text/html; charset=utf-8", page.into_string())
    }

    /// The rendering of a page's words that is shown in a sandbox.
    pub fn quiet(page: Markup) -> Response {
        Response::html(200, page).with(header::CONTENT_SECURITY_POLICY, QUIET_POLICY)
    }

    /// Sends the browser to another address of the desk, to be read with GET.
    pub fn see(location: impl Into<String>) -> Response {
        Response::new(303, "text/plain; charset=utf-8", "").with(header::LOCATION, location)
    }

    /// A file to keep under this name.
    pub fn file(media: &'static str, name: &str, content: Content) -> Response {
        let name: String = name.chars().map(|char| if char.is_ascii_alphanumeric() { char } else { '-' }).collect();
        let ending = if media.starts_with("text/csv") { "csv" } else { media.rsplit('/').next().unwrap_or_default() };
        let ending = ending.split(['+', ';']).next().unwrap_or_default();
        let kept = format!("attachment; filename=\"{name}.{ending}\"");
        Response { status: 200, media, content, headers: Vec::new() }.with(header::CONTENT_DISPOSITION, kept)
    }

    /// The same in a sandbox: whatever it is, nothing of it runs.
    pub fn sandboxed(self) -> Response {
        self.with(header::CONTENT_SECURITY_POLICY, SANDBOX_POLICY)
    }

    /// Adds a header.
    pub fn with(mut self, name: HeaderName, value: impl Into<String>) -> Response {
        self.headers.push((name, value.into()));
        self
    }
}

impl IntoResponse for Response {
    fn into_response(self) -> axum::response::Response {
        let mut answer = axum::response::Response::new(Body::empty());
        *answer.status_mut() = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let headers = answer.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(self.media));
        for (name, value) in self.headers {
            // A value that no header may hold is left out; the desk makes none.
            if let Ok(value) = HeaderValue::try_from(value) {
                headers.append(name, value);
            }
        }
        match self.content {
            Content::Bytes(bytes) => {
                if self.status == 200
                    && let Ok(tag) = HeaderValue::try_from(tag(&bytes))
                {
                    headers.insert(header::ETAG, tag);
                }
                *answer.body_mut() = Body::from(bytes);
            }
            Content::Stream(write) => *answer.body_mut() = streamed(write),
        }
        answer
    }
}

/// The tag of an answer: the same bytes have the same.
fn tag(bytes: &[u8]) -> String {
    let digest: [u8; 32] = Sha256::digest(bytes).into();
    let hex: String = digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    format!("\"{hex}\"")
}

/// A body that is written on a thread of its own while it is sent, never faster than it is taken. axum streams what is
/// made by a future; tables are written by code that waits for the disk.
fn streamed(write: Stream) -> Body {
    let (sender, receiver) = mpsc::channel::<io::Result<Bytes>>(WAITING_CHUNKS);
    let failing = sender.clone();
    let writing = tokio::task::spawn_blocking(move || {
        let mut out = Chunks { sender, waiting: Vec::with_capacity(CHUNK) };
        write(&mut out).and_then(|()| out.flush())
    });
    tokio::spawn(async move {
        let ended = writing.await.unwrap_or_else(|panic| Err(io::Error::other(panic)));
        if let Err(error) = ended {
            // The client sees that the answer breaks off, and not one that looks whole.
            let _ = failing.send(Err(error)).await;
        }
    });
    Body::from_stream(stream::unfold(receiver, |mut receiver| async move {
        let chunk = receiver.recv().await?;
        Some((chunk, receiver))
    }))
}

struct Chunks {
    sender: mpsc::Sender<io::Result<Bytes>>,
    waiting: Vec<u8>,
}

impl Write for Chunks {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.waiting.extend_from_slice(bytes);
        if self.waiting.len() >= CHUNK {
            self.flush()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        let chunk = std::mem::take(&mut self.waiting);
        if chunk.is_empty() {
            return Ok(());
        }
        self.sender.blocking_send(Ok(chunk.into())).map_err(|_| io::ErrorKind::BrokenPipe.into())
    }
}
