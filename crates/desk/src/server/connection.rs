//! The loop that accepts connections, and what happens on each.

use super::body::{Rejected, take, wants_files};
use super::guard::{Refusal, cookie};
use super::request::{MAX_TARGET, Request};
use super::response::{self, Content, Response};
use crate::{Desk, pages, routes};
use http_body_util::{BodyExt, Full, StreamBody, combinators::UnsyncBoxBody};
use hyper::body::{Bytes, Frame, Incoming};
use hyper::header::{self, HeaderName, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use std::convert::Infallible;
use std::io::{self, Write};
use std::net::SocketAddr;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::{Semaphore, mpsc};

/// How long the head of a request may take to come.
pub const HEADER_PATIENCE: Duration = Duration::from_secs(10);
/// How long the body of a request may take that uploads nothing.
pub const BODY_PATIENCE: Duration = Duration::from_secs(20);
/// How long an upload may take.
const UPLOAD_PATIENCE: Duration = Duration::from_secs(3600);
/// Most connections at a time; others wait to be accepted.
pub const MAX_CONNECTIONS: usize = 512;
/// Most bytes of a request's head.
const MAX_HEAD: usize = 64 << 10;
/// Chunks of a streamed answer that wait to be sent.
const WAITING_CHUNKS: usize = 4;
/// Bytes of a streamed answer that are sent at a time.
const CHUNK: usize = 64 << 10;

type Body = UnsyncBoxBody<Bytes, io::Error>;

/// Answers until the process ends. A connection that fails concerns nobody else.
pub(crate) async fn serve(listener: TcpListener, desk: Arc<Desk>) -> io::Result<()> {
    let room = Arc::new(Semaphore::new(MAX_CONNECTIONS));
    loop {
        let Ok(permit) = Arc::clone(&room).acquire_owned().await else { return Ok(()) };
        let stream = match listener.accept().await {
            Ok((stream, _)) => stream,
            // Out of file handles, or a client that went away: the next one may be luckier.
            Err(_) => {
                tokio::time::sleep(Duration::from_millis(50)).await;
                continue;
            }
        };
        let Ok(local) = stream.local_addr() else { continue };
        // Answers are written in one go: waiting for more only makes them late.
        let _ = stream.set_nodelay(true);
        let desk = Arc::clone(&desk);
        tokio::spawn(async move {
            let _permit = permit;
            let service = service_fn(move |request| answer(Arc::clone(&desk), request, local));
            let mut server = http1::Builder::new();
            server.timer(TokioTimer::new()).header_read_timeout(HEADER_PATIENCE).max_buf_size(MAX_HEAD);
            let _ = server.serve_connection(TokioIo::new(stream), service).await;
        });
    }
}

async fn answer(
    desk: Arc<Desk>,
    incoming: hyper::Request<Incoming>,
    local: SocketAddr,
) -> Result<hyper::Response<Body>, Infallible> {
    let (head, body) = incoming.into_parts();
    let is_head = head.method == Method::HEAD;
    let packs = accepts_gzip(&head.headers);
    let known = head.headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok()).map(str::to_owned);
    let response = match admitted(&desk, head, body, local).await {
        Ok(request) => handled(Arc::clone(&desk), request).await,
        Err(response) => response,
    };
    Ok(finished(desk, response, is_head, packs, known.as_deref()))
}

/// The request with its body, where it may be answered.
async fn admitted(
    desk: &Desk,
    head: hyper::http::request::Parts,
    body: Incoming,
    local: SocketAddr,
) -> Result<Request, Response> {
    let wants_json = head.uri.path().starts_with("/api/");
    let refuse = |status, title: &str, words: &str| pages::error::response(wants_json, status, title, words);
    if head.uri.to_string().len() > MAX_TARGET {
        return Err(refuse(414, "This address is too long", "An address of the desk has 32 kB at most."));
    }
    let Some(mut request) = Request::new(head.method, &head.uri, head.headers) else {
        return Err(refuse(400, "This address is no text", "What it encodes is not UTF-8."));
    };
    // What the pages look like is no secret, and a sandboxed frame has no cookies to show.
    let is_public = matches!(request.path.first().map(String::as_str), Some("assets" | "favicon.ico"));
    match desk.guard.check(&request, local) {
        Ok(()) => {}
        Err(Refusal::Token) if is_public => {}
        Err(Refusal::Token) => {
            return Err(unlocked(desk, &request).await.unwrap_or_else(|| locked(wants_json, &request)));
        }
        Err(Refusal::Host) => {
            let words = "The name in the address bar is not one of this desk. Open it as localhost, or start it with \
                         --host NAME.";
            return Err(refuse(421, "This desk goes by another name", words));
        }
        Err(Refusal::Origin) => {
            return Err(refuse(403, "Nothing was changed", "The request came from another site than this desk."));
        }
    }
    if !matches!(
        request.method,
        Method::GET | Method::HEAD | Method::POST | Method::PUT | Method::DELETE | Method::PATCH
    ) {
        return Err(refuse(405, "The desk does not do that", "It knows GET, HEAD and POST."));
    }
    let patience = if wants_files(&request) { UPLOAD_PATIENCE } else { BODY_PATIENCE };
    match tokio::time::timeout(patience, take(&request, body)).await {
        Ok(Ok(payload)) => {
            request.payload = payload;
            Ok(request)
        }
        Ok(Err(Rejected::TooLarge)) => {
            Err(refuse(413, "That is too much at once", "It is larger than what the desk takes in one go."))
        }
        Ok(Err(Rejected::Malformed(reason))) => Err(refuse(400, "What was sent can't be read", &format!("{reason}."))),
        Ok(Err(Rejected::Disk(error))) => Err(refuse(507, "What was sent could not be kept", &format!("{error}."))),
        Err(_) => Err(refuse(408, "That took too long", "The request did not come to its end.")),
    }
}

/// The answer to somebody who brings the token in the address.
async fn unlocked(desk: &Desk, request: &Request) -> Option<Response> {
    let token = request.asked("token").filter(|token| request.is_reading() && desk.guard.accepts(token))?;
    let path: Vec<String> = request.path.iter().map(|part| crate::links::encoded(part)).collect();
    Some(Response::see(format!("/{}", path.join("/"))).with("set-cookie", cookie(token)))
}

fn locked(wants_json: bool, request: &Request) -> Response {
    let wrong = request.asked("token").is_some();
    if wants_json {
        let words = "This desk wants its token, as in `Authorization: Bearer TOKEN`.";
        return pages::error::response(true, 401, "Unauthorized", words).with("www-authenticate", "Bearer");
    }
    Response::html(401, pages::error::locked(wrong)).with("www-authenticate", "Bearer")
}

/// Has a request answered on a thread that may wait for the disk.
async fn handled(desk: Arc<Desk>, request: Request) -> Response {
    let wants_json = request.path.first().is_some_and(|first| first == "api");
    let Ok(_permit) = Arc::clone(&desk.workers).acquire_owned().await else {
        return pages::error::response(wants_json, 503, "The desk is closing", "Nothing was changed.");
    };
    let work = move || {
        let caught = catch_unwind(AssertUnwindSafe(|| routes::answer(&desk, request)));
        caught.unwrap_or_else(|_| {
            let words = "Something failed inside Onrecord; please report it. Nothing that is stored was harmed.";
            pages::error::response(wants_json, 500, "That failed", words)
        })
    };
    tokio::task::spawn_blocking(work).await.unwrap_or_else(|_| {
        pages::error::response(wants_json, 500, "That failed", "Something failed inside Onrecord; please report it.")
    })
}

/// The answer with its headers, packed where the client understands that.
fn finished(
    desk: Arc<Desk>,
    response: Response,
    is_head: bool,
    packs: bool,
    known: Option<&str>,
) -> hyper::Response<Body> {
    let Response { status, media, content, headers, policy, cache } = response;
    let mut out = hyper::Response::new(empty());
    *out.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let map = out.headers_mut();
    let mut set = |name: &'static str, value: &str| {
        // A value that no header may hold is left out; none that the desk makes is.
        if let Ok(value) = HeaderValue::from_str(value) {
            map.append(HeaderName::from_static(name), value);
        }
    };
    set("content-type", media);
    set("content-security-policy", policy);
    set("x-content-type-options", "nosniff");
    set("referrer-policy", "same-origin");
    set("cross-origin-opener-policy", "same-origin");
    set("permissions-policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=()");
    set("cache-control", cache);
    set("vary", "accept-encoding, cookie");
    for (name, value) in &headers {
        set(name, value);
    }
    let (bytes, is_packed) = match content {
        Content::Stream(stream) => {
            if !is_head {
                *out.body_mut() = streamed(desk, stream);
            }
            return out;
        }
        Content::Packed { plain, gzip } => {
            set("etag", &response::tag(plain));
            if matches(known, &response::tag(plain)) {
                return unchanged(out);
            }
            if packs { (Bytes::from_static(gzip), true) } else { (Bytes::from_static(plain), false) }
        }
        Content::Bytes(bytes) => {
            if status == 200 {
                let tag = response::tag(&bytes);
                set("etag", &tag);
                if matches(known, &tag) {
                    return unchanged(out);
                }
            }
            match packs.then(|| response::packed(&bytes, media)).flatten() {
                Some(packed) => (Bytes::from(packed), true),
                None => (Bytes::from(bytes), false),
            }
        }
    };
    if is_packed {
        set("content-encoding", "gzip");
    }
    set("content-length", &bytes.len().to_string());
    if !is_head {
        *out.body_mut() = Full::new(bytes).map_err(|never| match never {}).boxed_unsync();
    }
    out
}

fn empty() -> Body {
    Full::new(Bytes::new()).map_err(|never| match never {}).boxed_unsync()
}

fn unchanged(mut out: hyper::Response<Body>) -> hyper::Response<Body> {
    *out.status_mut() = StatusCode::NOT_MODIFIED;
    out.headers_mut().remove(header::CONTENT_TYPE);
    out
}

fn matches(known: Option<&str>, tag: &str) -> bool {
    known.is_some_and(|known| {
        known.split(',').any(|part| part.trim().trim_start_matches("W/") == tag || part.trim() == "*")
    })
}

fn accepts_gzip(headers: &header::HeaderMap) -> bool {
    let accepted = headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    let mut codings = accepted.flat_map(|value| value.split(','));
    codings.any(|coding| {
        let (name, weight) = coding.split_once(';').unwrap_or((coding, ""));
        name.trim().eq_ignore_ascii_case("gzip") && !matches!(weight.trim(), "q=0" | "q=0.0" | "q=0.00" | "q=0.000")
    })
}

/// A body that is written on a thread of its own while it is sent, never faster than it is taken.
fn streamed(desk: Arc<Desk>, write: response::Stream) -> Body {
    let (sender, receiver) = mpsc::channel::<io::Result<Bytes>>(WAITING_CHUNKS);
    tokio::task::spawn_blocking(move || {
        let mut out = Chunks { sender: sender.clone(), waiting: Vec::with_capacity(CHUNK) };
        let mut reader = match desk.readers.take() {
            Ok(reader) => reader,
            Err(error) => return drop(sender.blocking_send(Err(io::Error::other(error.to_string())))),
        };
        let written = catch_unwind(AssertUnwindSafe(|| write(&mut reader, &mut out).and_then(|()| out.flush())));
        let ended = written.unwrap_or_else(|_| Err(io::Error::other("something failed inside Onrecord")));
        if let Err(error) = ended {
            // The client sees that the answer breaks off, and not one that looks whole.
            let _ = sender.blocking_send(Err(error));
        }
    });
    let frames = futures_util::stream::unfold(receiver, |mut receiver| async move {
        let chunk = receiver.recv().await?;
        Some((chunk.map(Frame::data), receiver))
    });
    StreamBody::new(frames).boxed_unsync()
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
