//! Connections, and what every answer goes through on its way out.
//!
//! The loop that accepts is ours: `axum::serve` limits neither the number of connections nor the size of a request's head
//! nor the time that it may take, which `slow_clients_hold_nobody_up` and the limits below need.

use super::response;
use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn};
use axum::response::Response;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tower::ServiceExt;
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{NotForContentType, Predicate, SizeAbove};

/// How long the head of a request may take to arrive.
pub const HEADER_PATIENCE: Duration = Duration::from_secs(10);
/// How long the body of a request may take to arrive, unless it uploads files.
pub const BODY_PATIENCE: Duration = Duration::from_secs(20);
/// Maximum number of connections at a time; others wait to be accepted.
pub const MAX_CONNECTIONS: usize = 512;
/// Maximum size of a request's head, in bytes.
const MAX_HEAD: usize = 64 << 10;
/// How long to wait after a connection could not be accepted.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);

/// The address at which a request came in: an extension of every request.
#[derive(Copy, Clone, Debug)]
pub(crate) struct Local(pub SocketAddr);

/// Answers until the process ends. A connection that fails concerns nobody else.
pub(crate) async fn serve(listener: TcpListener, router: Router) -> io::Result<()> {
    let room = Arc::new(Semaphore::new(MAX_CONNECTIONS));
    loop {
        let Ok(permit) = Arc::clone(&room).acquire_owned().await else { return Ok(()) };
        let stream = match listener.accept().await {
            Ok((stream, _)) => stream,
            // Out of file handles, or a client that went away: the next one may be luckier.
            Err(_) => {
                tokio::time::sleep(ACCEPT_PAUSE).await;
                continue;
            }
        };
        let Ok(local) = stream.local_addr() else { continue };
        // Answers are written in one go: waiting for more only makes them late.
        let _ = stream.set_nodelay(true);
        let router = router.clone();
        tokio::spawn(async move {
            let _permit = permit;
            let service = service_fn(move |mut request: hyper::Request<hyper::body::Incoming>| {
                request.extensions_mut().insert(Local(local));
                router.clone().oneshot(request)
            });
            let mut server = http1::Builder::new();
            server.timer(TokioTimer::new()).header_read_timeout(HEADER_PATIENCE).max_buf_size(MAX_HEAD);
            let _ = server.serve_connection(TokioIo::new(stream), service).await;
        });
    }
}

/// Adds to a router what every answer of it needs: headers, `ETag` matching, compression.
pub(crate) fn answering(router: Router) -> Router {
    let worth_it = SizeAbove::new(response::MIN_COMPRESSED)
        .and(NotForContentType::const_new("image/png"))
        .and(NotForContentType::const_new("application/octet-stream"));
    let compression =
        CompressionLayer::new().quality(CompressionLevel::Precise(response::COMPRESSION)).compress_when(worth_it);
    router.layer(from_fn(unchanged)).layer(from_fn(with_headers)).layer(compression)
}

/// Sets the headers that every answer has, unless the answer has its own.
async fn with_headers(request: Request, next: Next) -> Response {
    let mut answer = next.run(request).await;
    for (name, value) in response::HEADERS {
        answer.headers_mut().entry(name).or_insert(HeaderValue::from_static(value));
    }
    answer
}

/// Answers 304 where the client has what would be sent. tower-http does this for files alone.
async fn unchanged(request: Request, next: Next) -> Response {
    let known = request.headers().get(header::IF_NONE_MATCH).cloned();
    let mut answer = next.run(request).await;
    if let (Some(known), Some(tag)) = (known, answer.headers().get(header::ETAG))
        && matches(&known, tag)
    {
        *answer.status_mut() = StatusCode::NOT_MODIFIED;
        *answer.body_mut() = Body::empty();
        answer.headers_mut().remove(header::CONTENT_TYPE);
        answer.headers_mut().remove(header::CONTENT_LENGTH);
    }
    answer
}

/// Whether an `If-None-Match` names a tag (RFC 9110, 13.1.2: weakly, or any with `*`).
fn matches(known: &HeaderValue, tag: &HeaderValue) -> bool {
    let (Ok(known), Ok(tag)) = (known.to_str(), tag.to_str()) else { return false };
    known.split(',').map(str::trim).any(|part| part.trim_start_matches("W/") == tag || part == "*")
}
