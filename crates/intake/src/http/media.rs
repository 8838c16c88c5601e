//! May something be a page, going by its media type, its address and its content?

use super::field_value::{main_value, parameter};
use crate::formats::{ContentHead, SNIFF_BYTES, is_blank, known_format};
use onrecord_document::Media;

/// Endings of addresses that lead to no page, for responses without a media type ("not modified" rarely has one).
const OTHER_ENDINGS: [&str; 26] = [
    "css", "js", "mjs", "json", "map", "xml", "jpg", "jpeg", "png", "gif", "svg", "webp", "avif", "ico", "bmp", "woff",
    "woff2", "ttf", "otf", "eot", "mp3", "mp4", "webm", "m3u8", "ts", "pdf",
];

/// The charset that a `Content-Type` names.
pub(crate) fn charset(content_type: &str) -> Option<String> {
    parameter(content_type, "charset")
}

/// Whether something of this type at this address may be a page. Once its content is read, [`media`] decides.
pub(crate) fn may_be_page(content_type: Option<&str>, url: &str) -> bool {
    if is_robots(url) {
        return false;
    }
    match main_value(content_type.unwrap_or_default()).as_str() {
        "" | "application/octet-stream" | "unknown/unknown" => !has_other_ending(url),
        "text/html" | "application/xhtml+xml" | "application/vnd.wap.xhtml+xml" | "text/plain" => true,
        "text/xml" | "application/xml" => true,
        _ => false,
    }
}

/// How to read content of this type; `None` if it is neither a page nor a text, whatever its headers say.
pub(crate) fn media(content_type: Option<&str>, content: &[u8]) -> Option<Media> {
    let start = &content[..content.len().min(SNIFF_BYTES)];
    if is_blank(content) || known_format(start).is_some() {
        return None;
    }
    let head = ContentHead::of(start);
    match main_value(content_type.unwrap_or_default()).as_str() {
        "text/html" | "application/xhtml+xml" | "application/vnd.wap.xhtml+xml" => Some(Media::Html),
        "text/plain" if head.has_page_tag() => Some(Media::Html),
        "text/plain" => (!head.is_binary()).then_some(Media::Text),
        _ => head.has_page_tag().then_some(Media::Html),
    }
}

fn is_robots(url: &str) -> bool {
    path(url).eq_ignore_ascii_case("/robots.txt")
}

fn has_other_ending(url: &str) -> bool {
    let ending = path(url).rsplit('/').next().and_then(|name| name.rsplit_once('.')).map_or("", |(_, ending)| ending);
    OTHER_ENDINGS.iter().any(|other| ending.eq_ignore_ascii_case(other))
}

fn path(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = rest.find('/').map_or("", |at| &rest[at..]);
    path.split(['?', '#']).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_and_addresses_show_what_is_worth_reading() {
        assert!(may_be_page(Some("Text/HTML; charset=x"), "https://npb.example/photo.jpg"));
        assert!(may_be_page(None, "https://npb.example/ferry?x=.jpg"));
        assert!(!may_be_page(None, "https://npb.example/ferry.JPG?x"));
        assert!(!may_be_page(Some("text/plain"), "https://npb.example/robots.txt"));
        assert!(!may_be_page(Some("text/css"), "https://npb.example/ferry.html"));
    }

    #[test]
    fn content_has_the_last_word() {
        assert_eq!(media(Some("text/html"), b"no tags"), Some(Media::Html));
        assert_eq!(media(Some("text/html"), b"GIF89a\x01\0"), None);
        assert_eq!(media(Some("text/html"), b"\r\n "), None);
        assert_eq!(media(Some("text/plain"), b"Six people died."), Some(Media::Text));
        assert_eq!(media(Some("text/plain"), b"<!DOCTYPE html><p>Six"), Some(Media::Html));
        assert_eq!(media(Some("text/plain"), b"\0\x01\x02\x03"), None);
        assert_eq!(media(None, b"<!doctype html><p>Six"), Some(Media::Html));
        assert_eq!(media(None, b"Six people died."), None);
        assert_eq!(media(Some("application/xml"), b"<?xml version='1.0'?><rss>"), None);
    }
}
