//! Whether the page says that its article must be paid for.

use super::Sources;
use super::words::json_string;
use crate::json::{Value, Words};
use onrecord_document::Stated;

/// `isAccessibleForFree` of the article, then of its parts; then `<meta>`s that state it. A page that says nothing
/// states nothing.
pub(super) fn paywalled(sources: &Sources<'_, '_>) -> Option<Stated<bool>> {
    let of_article = sources.graph.member_or_page("isAccessibleForFree").and_then(|value| stated(sources, value));
    of_article.or_else(|| of_parts(sources)).or_else(|| of_meta(sources))
}

/// `"isAccessibleForFree": false`, also `"False"`.
fn stated(sources: &Sources<'_, '_>, value: &Value<'_>) -> Option<Stated<bool>> {
    let (free, words): (bool, &Words<'_>) = match value.items().first()? {
        Value::Bool(free, words) => (*free, words),
        Value::String(words) => match words.text().trim().to_ascii_lowercase().as_str() {
            "true" | "http://schema.org/true" | "https://schema.org/true" => (true, words),
            "false" | "http://schema.org/false" | "https://schema.org/false" => (false, words),
            _ => return None,
        },
        _ => return None,
    };
    Some(sources.page.stated(&json_string(words)).map(|_| !free))
}

/// `"hasPart": {"@type": "WebPageElement", "isAccessibleForFree": false, "cssSelector": ".paywall"}`
fn of_parts(sources: &Sources<'_, '_>) -> Option<Stated<bool>> {
    let parts = sources.graph.member_or_page("hasPart")?;
    let stated: Vec<Stated<bool>> =
        parts.items().iter().filter_map(|part| stated(sources, part.get("isAccessibleForFree")?)).collect();
    stated.iter().find(|stated| stated.value).or(stated.first()).cloned()
}

/// `<meta property="article:content_tier" content="locked">`
fn of_meta(sources: &Sources<'_, '_>) -> Option<Stated<bool>> {
    let words = sources.meta(&["article:content_tier", "og:article:content_tier", "content_tier"])?;
    let paid = match words.text().to_ascii_lowercase().as_str() {
        "free" => false,
        "locked" | "metered" | "premium" | "paid" => true,
        _ => return None,
    };
    Some(sources.page.stated(&words).map(|_| paid))
}
