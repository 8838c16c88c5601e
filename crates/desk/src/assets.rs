//! Stylesheet, script and icon: part of the program, named by their hash so that browsers keep them.

use crate::server::Response;
use axum::http::header;
use sha2::{Digest, Sha256};
use std::sync::LazyLock;

/// A file that is sent as it is.
pub(crate) struct Asset {
    media: &'static str,
    plain: &'static [u8],
    /// Its address: `/assets/desk-1f4e9e….css`.
    pub path: String,
}

impl Asset {
    fn new(name: &str, ending: &str, media: &'static str, plain: &'static [u8]) -> Asset {
        let digest: [u8; 32] = Sha256::digest(plain).into();
        let hash: String = digest.iter().take(6).map(|byte| format!("{byte:02x}")).collect();
        Asset { media, plain, path: format!("/assets/{name}-{hash}.{ending}") }
    }
}

/// The stylesheet.
pub(crate) static STYLE: LazyLock<Asset> =
    LazyLock::new(|| Asset::new("desk", "css", "text/css; charset=utf-8", include_bytes!("../assets/desk.css")));
/// The script.
pub(crate) static SCRIPT: LazyLock<Asset> =
    LazyLock::new(|| Asset::new("desk", "js", "text/javascript; charset=utf-8", include_bytes!("../assets/desk.js")));
/// The icon.
pub(crate) static ICON: LazyLock<Asset> =
    LazyLock::new(|| Asset::new("icon", "svg", "image/svg+xml", include_bytes!("../assets/icon.svg")));

/// The file at an address under `/assets/`; `None` where there is none.
pub(crate) fn file(name: &str) -> Option<Response> {
    let all: [&'static Asset; 3] = [&STYLE, &SCRIPT, &ICON];
    let asset = all.into_iter().find(|asset| asset.path.strip_prefix("/assets/") == Some(name))?;
    Some(sent(asset, "public, max-age=31536000, immutable"))
}

/// The icon at the address where browsers look for one.
pub(crate) fn icon() -> Response {
    sent(&ICON, "public, max-age=86400")
}

/// Whether a path is one of theirs.
pub(crate) fn is_at(path: &str) -> bool {
    path.starts_with("/assets/") || path == "/favicon.ico"
}

fn sent(asset: &'static Asset, cache: &'static str) -> Response {
    Response::new(200, asset.media, asset.plain).with(header::CACHE_CONTROL, cache)
}
