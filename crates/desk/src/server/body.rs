//! Bodies of requests: bounded, and large ones on the disk.

use super::request::{Payload, Request, pairs};
use http_body_util::{BodyExt, BodyStream, Limited};
use hyper::body::Incoming;
use std::io::Write;
use tempfile::NamedTempFile;

/// Longest form, and longest body of anything that is not an upload of files, in bytes.
pub const MAX_FORM_BYTES: usize = 1 << 20;
/// Longest body that uploads files or a page, in bytes.
pub const MAX_UPLOAD_BYTES: usize = 4 << 30;
/// Most files and fields of one upload.
pub const MAX_PARTS: usize = 10_000;

/// A file that was sent.
#[derive(Debug)]
pub(crate) struct Uploaded {
    /// The name it had, without folders.
    pub name: String,
    /// Where it lies until it is dropped.
    pub file: NamedTempFile,
}

/// Why a body was not taken.
#[derive(Debug)]
pub(super) enum Rejected {
    /// It is longer than what is taken.
    TooLarge,
    /// It is not what its headers say.
    Malformed(String),
    /// It could not be written to the disk.
    Disk(std::io::Error),
}

/// Whether files are expected where a request goes.
pub(super) fn wants_files(request: &Request) -> bool {
    request.path == ["add"] || request.path == ["api", "v1", "adding"]
}

/// Whether a whole page is expected.
fn wants_page(request: &Request) -> bool {
    request.path == ["api", "v1", "read"]
}

/// Takes the body of a request.
pub(super) async fn take(request: &Request, body: Incoming) -> Result<Payload, Rejected> {
    let kind = request.header("content-type").unwrap_or_default().to_owned();
    if wants_files(request)
        && let Ok(boundary) = multer::parse_boundary(&kind)
    {
        return files(body, boundary).await;
    }
    let limit = if wants_page(request) { onrecord_intake::MAX_PAGE_BYTES } else { MAX_FORM_BYTES };
    let bytes = Limited::new(body, limit).collect().await.map_err(|error| {
        match error.is::<http_body_util::LengthLimitError>() {
            true => Rejected::TooLarge,
            false => Rejected::Malformed(error.to_string()),
        }
    })?;
    let bytes: Vec<u8> = bytes.to_bytes().to_vec();
    if kind.starts_with("application/x-www-form-urlencoded") {
        let text = String::from_utf8(bytes).ok();
        let fields = text.and_then(|text| pairs(&text));
        return fields.map(Payload::Form).ok_or_else(|| Rejected::Malformed("the form is not UTF-8".to_owned()));
    }
    Ok(if bytes.is_empty() { Payload::None } else { Payload::Bytes(bytes) })
}

async fn files(body: Incoming, boundary: String) -> Result<Payload, Rejected> {
    let constraints =
        multer::Constraints::new().size_limit(multer::SizeLimit::new().whole_stream(MAX_UPLOAD_BYTES as u64));
    let frames = BodyStream::new(body);
    let frames = futures_frames(frames);
    let mut parts = multer::Multipart::with_constraints(frames, boundary, constraints);
    let mut files = Vec::new();
    let rejected = |error: multer::Error| match error {
        multer::Error::StreamSizeExceeded { .. } | multer::Error::FieldSizeExceeded { .. } => Rejected::TooLarge,
        error => Rejected::Malformed(error.to_string()),
    };
    let mut seen = 0;
    while let Some(mut part) = parts.next_field().await.map_err(rejected)? {
        seen += 1;
        if seen > MAX_PARTS {
            return Err(Rejected::TooLarge);
        }
        let name = part.file_name().map(|name| base(name).to_owned());
        let Some(name) = name.filter(|name| !name.is_empty()) else { continue };
        // The end of the name says what is packed how; nothing else of it reaches the file system.
        let suffix: String = name.chars().rev().take(24).collect::<Vec<_>>().into_iter().rev().collect();
        let suffix: String = suffix.chars().filter(|char| char.is_ascii_alphanumeric() || *char == '.').collect();
        let mut file = tempfile::Builder::new()
            .prefix("onrecord-")
            .suffix(&format!("-{suffix}"))
            .tempfile()
            .map_err(Rejected::Disk)?;
        while let Some(chunk) = part.chunk().await.map_err(rejected)? {
            file.write_all(&chunk).map_err(Rejected::Disk)?;
        }
        file.flush().map_err(Rejected::Disk)?;
        files.push(Uploaded { name, file });
    }
    Ok(Payload::Files(files))
}

/// The data of a body, without trailers.
fn futures_frames(
    frames: BodyStream<Incoming>,
) -> impl futures_util::Stream<Item = Result<hyper::body::Bytes, hyper::Error>> + Send {
    use futures_util::StreamExt;
    frames.filter_map(|frame| async move {
        match frame {
            Ok(frame) => frame.into_data().ok().map(Ok),
            Err(error) => Some(Err(error)),
        }
    })
}

/// A file's name without the folders that some browsers send.
fn base(name: &str) -> &str {
    name.rsplit(['/', '\\']).next().unwrap_or_default()
}
