//! Bodies of requests: bounded, and large ones on the disk.

use super::connection::BODY_PATIENCE;
use super::pairs::pairs;
use axum::RequestExt;
use axum::body::Bytes;
use axum::extract::multipart::{Multipart, MultipartError};
use axum::extract::{DefaultBodyLimit, FromRequest, Request};
use axum::http::{StatusCode, header};
use std::io::Write;
use std::time::Duration;
use tempfile::NamedTempFile;

/// Maximum size of a form, and of any body that is neither an upload of files nor a page, in bytes.
pub const MAX_FORM_BYTES: usize = 1 << 20;
/// Maximum size of a body that uploads files, in bytes.
pub const MAX_UPLOAD_BYTES: usize = 4 << 30;
/// Maximum number of files and fields of one upload.
pub const MAX_PARTS: usize = 10_000;
/// How long an upload may take.
const UPLOAD_PATIENCE: Duration = Duration::from_secs(3600);
/// Characters of a file's name, from its end, that are kept on the disk: they say how the file is compressed.
const KEPT_OF_NAME: usize = 24;

/// What a route takes in the body of a request.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) enum Accepts {
    /// A form or a short body.
    Form,
    /// A whole page.
    Page,
    /// Files, as a multipart form.
    Files,
}

/// What came in the body of a request.
#[derive(Debug)]
pub(crate) enum Payload {
    None,
    /// The fields of a form.
    Form(Vec<(String, String)>),
    /// Anything else, as it came.
    Bytes(Bytes),
    /// The files of an upload.
    Files(Vec<Upload>),
}

/// A file that was sent.
#[derive(Debug)]
pub(crate) struct Upload {
    /// The name it had, without folders.
    pub name: String,
    /// Where it lies until it is dropped.
    pub file: NamedTempFile,
}

/// Why a body was refused.
#[derive(Debug)]
pub(crate) enum BodyError {
    /// It is larger than its limit.
    TooLarge,
    /// It did not arrive in time.
    TooSlow,
    /// It is not what its headers say.
    Malformed(String),
    /// It could not be written to the disk.
    Disk(std::io::Error),
}

impl Accepts {
    /// The limit that axum holds the body of a request to.
    pub fn limit(self) -> DefaultBodyLimit {
        DefaultBodyLimit::max(match self {
            Accepts::Form => MAX_FORM_BYTES,
            Accepts::Page => onrecord_intake::MAX_PAGE_BYTES,
            Accepts::Files => MAX_UPLOAD_BYTES,
        })
    }

    /// Reads the body of a request. tower-http limits the time between two parts of a body, or that of the whole answer:
    /// the first lets a client send a byte a second for days, the second would cut off long searches.
    pub async fn read(self, request: Request) -> Result<Payload, BodyError> {
        let patience = if self == Accepts::Files { UPLOAD_PATIENCE } else { BODY_PATIENCE };
        tokio::time::timeout(patience, self.payload(request)).await.unwrap_or(Err(BodyError::TooSlow))
    }

    async fn payload(self, request: Request) -> Result<Payload, BodyError> {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        let is_form = kind.starts_with("application/x-www-form-urlencoded");
        if self == Accepts::Files && kind.starts_with("multipart/form-data") {
            let parts = Multipart::from_request(request, &()).await;
            return files(parts.map_err(|error| BodyError::Malformed(error.body_text()))?).await;
        }
        let bytes: Bytes = request.extract().await.map_err(|error: axum::extract::rejection::BytesRejection| {
            match error.status() {
                StatusCode::PAYLOAD_TOO_LARGE => BodyError::TooLarge,
                _ => BodyError::Malformed(error.body_text()),
            }
        })?;
        if is_form {
            let fields = std::str::from_utf8(&bytes).ok().and_then(pairs);
            return fields.map(Payload::Form).ok_or_else(|| BodyError::Malformed("the form is not UTF-8".to_owned()));
        }
        Ok(if bytes.is_empty() { Payload::None } else { Payload::Bytes(bytes) })
    }
}

async fn files(mut parts: Multipart) -> Result<Payload, BodyError> {
    let refused = |error: MultipartError| match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => BodyError::TooLarge,
        _ => BodyError::Malformed(error.body_text()),
    };
    let mut files = Vec::new();
    let mut seen = 0;
    while let Some(mut part) = parts.next_field().await.map_err(refused)? {
        seen += 1;
        if seen > MAX_PARTS {
            return Err(BodyError::TooLarge);
        }
        let name = part.file_name().map(|name| base(name).to_owned());
        let Some(name) = name.filter(|name| !name.is_empty()) else { continue };
        let mut file = tempfile::Builder::new()
            .prefix("onrecord-")
            .suffix(&format!("-{}", suffix(&name)))
            .tempfile()
            .map_err(BodyError::Disk)?;
        while let Some(chunk) = part.chunk().await.map_err(refused)? {
            file.write_all(&chunk).map_err(BodyError::Disk)?;
        }
        file.flush().map_err(BodyError::Disk)?;
        files.push(Upload { name, file });
    }
    Ok(Payload::Files(files))
}

/// A file's name without the folders that some browsers send.
fn base(name: &str) -> &str {
    name.rsplit(['/', '\\']).next().unwrap_or_default()
}

/// The end of a file's name as far as it may reach the file system.
fn suffix(name: &str) -> String {
    let start = name.char_indices().rev().nth(KEPT_OF_NAME - 1).map_or(0, |(at, _)| at);
    name[start..].chars().filter(|char| char.is_ascii_alphanumeric() || *char == '.').collect()
}
