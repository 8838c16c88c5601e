//! Whether the page says that its article must be paid for.

use super::clues::Clues;
use super::clues::words::json_string;
use super::found::PageFields;
use crate::json::{Json, JsonString};
use crate::lists::Lists;
use onrecord_document::Stated;
use std::sync::LazyLock;

/// One source of the field.
type PaywallSource = fn(&Clues<'_>) -> Option<Stated<bool>>;

/// The sources in the order in which they are asked.
const SOURCES: &[PaywallSource] = &[of_article, of_parts, of_meta];

/// The content tiers that are free, and those that must be paid for.
static CONTENT_TIERS: LazyLock<Lists> =
    LazyLock::new(|| Lists::read(include_str!("../../data/fields/content_tiers.txt")));

/// Reads whether the article must be paid for from the first source that says so. Most pages say nothing.
pub(super) fn read(clues: &Clues<'_>, found: &mut PageFields) {
    found.fields.paywalled = SOURCES.iter().find_map(|source| source(clues));
}

/// `"isAccessibleForFree": false` of the article or the page.
fn of_article(clues: &Clues<'_>) -> Option<Stated<bool>> {
    clues.json_ld.member_or_page("isAccessibleForFree").and_then(|value| stated(clues, value))
}

/// What a value of `isAccessibleForFree` states; `"False"` is false too.
fn stated(clues: &Clues<'_>, value: &Json<'_>) -> Option<Stated<bool>> {
    let (free, words): (bool, &JsonString<'_>) = match value.items().first()? {
        Json::Bool(free, words) => (*free, words),
        Json::String(words) => match words.text().trim().to_ascii_lowercase().as_str() {
            "true" | "http://schema.org/true" | "https://schema.org/true" => (true, words),
            "false" | "http://schema.org/false" | "https://schema.org/false" => (false, words),
            _ => return None,
        },
        _ => return None,
    };
    Some(clues.page.stated(&json_string(words)).map(|_| !free))
}

/// `"hasPart": {"@type": "WebPageElement", "isAccessibleForFree": false, "cssSelector": ".paywall"}`
fn of_parts(clues: &Clues<'_>) -> Option<Stated<bool>> {
    let parts = clues.json_ld.member_or_page("hasPart")?;
    let stated: Vec<Stated<bool>> =
        parts.items().iter().filter_map(|part| stated(clues, part.get("isAccessibleForFree")?)).collect();
    stated.iter().find(|stated| stated.value).or(stated.first()).cloned()
}

/// `<meta property="article:content_tier" content="locked">`
fn of_meta(clues: &Clues<'_>) -> Option<Stated<bool>> {
    let words = clues.meta("content_tier")?;
    let tier = words.text().to_ascii_lowercase();
    let paid = CONTENT_TIERS.of("paid").contains(&tier.as_str());
    if !paid && !CONTENT_TIERS.of("free").contains(&tier.as_str()) {
        return None;
    }
    Some(clues.page.stated(&words).map(|_| paid))
}
