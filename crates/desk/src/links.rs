//! How addresses are written.

use std::fmt::Write;

/// A part of a path, or a value of a query, with everything encoded that means something there.
pub(crate) fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => out.push(byte.into()),
            byte => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    // Browsers take these away or go a folder up.
    match out.as_str() {
        "." => "%2E".to_owned(),
        ".." => "%2E%2E".to_owned(),
        _ => out,
    }
}

/// A path of the desk with a query; empty values are left out.
pub(crate) fn with_query<'a>(path: &str, query: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let mut out = path.to_owned();
    let mut mark = '?';
    for (name, value) in query.into_iter().filter(|(_, value)| !value.is_empty()) {
        let _ = write!(out, "{mark}{}={}", encoded(name), encoded(value));
        mark = '&';
    }
    out
}

pub(crate) fn article(key: &str) -> String {
    format!("/article/{key}")
}

pub(crate) fn statement(key: &str, number: usize) -> String {
    format!("/article/{key}?statement={number}#n{number}")
}

pub(crate) fn evidence(key: &str, fact: &str) -> String {
    with_query(&format!("/evidence/{key}"), [("fact", fact)])
}

pub(crate) fn evidence_of(key: &str, number: usize, fact: &str) -> String {
    with_query(&format!("/evidence/{key}/{number}"), [("fact", fact)])
}

pub(crate) fn speaker(name: &str) -> String {
    format!("/speaker/{}", encoded(name))
}

pub(crate) fn search(query: &str) -> String {
    with_query("/search", [("q", query)])
}

/// An address that a page gives, where it is one that may be followed: http or https, nothing that a browser would run,
/// and nothing that it would read otherwise than it looks.
pub(crate) fn outside(url: &str) -> Option<&str> {
    let scheme = url.split_once("://").map(|(scheme, _)| scheme.to_ascii_lowercase())?;
    let plain =
        url.chars().all(|char| !char.is_control() && !char.is_whitespace() && !matches!(char, '\\' | '<' | '>' | '"'));
    (plain && (scheme == "http" || scheme == "https") && url.len() <= 4096).then_some(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_that_a_browser_would_run_is_none() {
        for url in [
            "javascript:alert(1)",
            "JavaScript://x%0aalert(1)",
            " javascript:alert(1)",
            "java\tscript:alert(1)",
            "data:text/html,<script>",
            "vbscript:x",
            "//evil.example",
            "https://a.example/\"onmouseover=\"x",
            "file:///etc/passwd",
        ] {
            assert_eq!(outside(url), None, "{url}");
        }
        assert_eq!(outside("HTTPS://a.example/é?b=c#d"), Some("HTTPS://a.example/é?b=c#d"));
    }

    #[test]
    fn what_means_something_in_an_address_is_encoded() {
        assert_eq!(speaker("A/B? \"C\" é"), "/speaker/A%2FB%3F%20%22C%22%20%C3%A9");
        assert_eq!(speaker(".."), "/speaker/%2E%2E");
        assert_eq!(search("a b&c"), "/search?q=a%20b%26c");
    }
}
