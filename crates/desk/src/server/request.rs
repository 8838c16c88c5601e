//! A request, taken apart.

use super::body::Payload;
use super::pairs::pairs;
use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Uri};

/// Maximum length of path and query, in bytes.
pub(crate) const MAX_TARGET: usize = 32 << 10;

/// A request, with its body once that was read.
#[derive(Debug)]
pub(crate) struct Request {
    pub uri: Uri,
    /// What stands in the route's `{…}`, decoded, in order.
    params: Vec<String>,
    /// Names and values of the query, decoded, in order.
    pub query: Vec<(String, String)>,
    pub headers: HeaderMap,
    pub payload: Payload,
}

impl Request {
    /// Takes the head of a request apart; `None` for a path or a query that is not UTF-8 once decoded, or has a NUL in it.
    pub async fn head(parts: &mut Parts) -> Option<Request> {
        let params = RawPathParams::from_request_parts(parts, &()).await.ok()?;
        let params: Vec<String> = params.iter().map(|(_, value)| value.to_owned()).collect();
        let query = pairs(parts.uri.query().unwrap_or_default())?;
        params.iter().all(|value| !value.contains('\0')).then(|| Request {
            uri: parts.uri.clone(),
            params,
            query,
            headers: parts.headers.clone(),
            payload: Payload::None,
        })
    }

    /// What stands in the `nth` of the route's `{…}`, from 0; empty where the route has fewer.
    pub fn param(&self, nth: usize) -> &str {
        self.params.get(nth).map_or("", String::as_str)
    }

    /// The first value of a name in the query; empty ones count as absent.
    pub fn asked(&self, name: &str) -> Option<&str> {
        let mut named = self.query.iter().filter(|(known, value)| known == name && !value.is_empty());
        named.next().map(|(_, value)| value.as_str())
    }

    /// All values of a name in the query that are not empty.
    pub fn all<'r>(&'r self, name: &'r str) -> impl Iterator<Item = &'r str> {
        let named = self.query.iter().filter(move |(known, value)| known == name && !value.is_empty());
        named.map(|(_, value)| value.as_str())
    }

    /// The value of a field of the form that was sent.
    pub fn field(&self, name: &str) -> Option<&str> {
        let Payload::Form(fields) = &self.payload else { return None };
        fields.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The value of a header, where it is text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }
}
