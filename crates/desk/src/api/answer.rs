//! How operations answer: JSON, and lists that come in pages.

use super::operation::{Query, Takes, query};
use crate::failure::{Answer, Failure};
use crate::links;
use crate::server::{Request, Response};
use axum::http::header;
use onrecord_record::Show;
use serde::Serialize;

/// Entries of a page of a list, where no number is asked for.
const PAGE: usize = 20;
/// Maximum number of entries of a page of a list.
const MAX_PAGE: usize = 200;

/// How many entries a page of a list may have.
pub(super) const LIMIT: Query =
    query("limit", Takes::Number(1, MAX_PAGE as u64), "maximum number of entries of the page; 20 by default");
/// Where a page of a list begins.
pub(super) const AFTER: Query = query("after", Takes::Cursor, "what the page before gave as `next`");
/// The fact that evidence is asked for.
pub(super) const FACT: Query =
    query("fact", Takes::Text, "the fact that is meant: `content`, `cue`, `terms`, `headline`, …");
/// The layers of the contract's line.
pub(super) const LAYERS: Query =
    query("layers", Takes::Text, "further layers, separated by commas: sentences, entities, tokens, evidence");

/// An answer in JSON.
pub(super) fn json(status: u16, answer: &impl Serialize) -> Answer {
    match serde_json::to_vec(answer) {
        Ok(bytes) => Ok(Response::new(status, "application/json", bytes)),
        Err(error) => Err(Failure::Misused(format!("this can’t be written as JSON: {error}"))),
    }
}

/// A page of a list: the next one is in a `Link` header too (RFC 8288).
pub(super) fn list(request: &Request, next: Option<&str>, answer: &impl Serialize) -> Answer {
    let response = json(200, answer)?;
    let Some(next) = next else { return Ok(response) };
    let kept = request.query.iter().filter(|(name, _)| name != "after");
    let query = kept.map(|(name, value)| (name.as_str(), value.as_str())).chain([("after", next)]);
    let link = links::with_query(request.uri.path(), query);
    Ok(response.with(header::LINK, format!("<{link}>; rel=\"next\"")))
}

/// How many entries a page has.
pub(super) fn limit(request: &Request) -> usize {
    request.asked("limit").and_then(|limit| limit.parse().ok()).unwrap_or(PAGE).clamp(1, MAX_PAGE)
}

/// The layers that are asked for.
pub(super) fn layers(request: &Request) -> Result<Show, Failure> {
    let mut names = request.asked("layers").unwrap_or_default().split(',').filter(|name| !name.is_empty());
    names.try_fold(Show::default(), Show::with).ok_or_else(|| {
        let known: Vec<&str> = Show::names().collect();
        Failure::Misused(format!("Layers are {}, separated by commas.", known.join(", ")))
    })
}
