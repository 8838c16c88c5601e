//! Where the page says it lives.

use super::linked::comparable;
use super::survey::Survey;
use super::words::attribute;
use crate::evidence::unwritten;
use crate::page::Page;
use onrecord_document::{Basis, Stated};
use onrecord_html::NodeId;
use onrecord_span::Traced;

/// The address that the page was fetched from.
pub(super) fn url(page: &Page<'_>) -> Option<Stated<String>> {
    page.capture.url.as_ref().map(|url| Stated { as_written: url.clone(), ..unwritten(url.clone(), Basis::Url) })
}

/// `<link rel="canonical" href="…">`, else `og:url`; resolved against the page's address.
pub(super) fn canonical(page: &Page<'_>, survey: &Survey) -> Option<Stated<String>> {
    let words = canonical_words(page, survey)?;
    let stated = page.stated(&words);
    let resolved = resolve(&stated.value, page.capture.url.as_deref());
    Some(stated.map(|_| resolved))
}

fn canonical_words(page: &Page<'_>, survey: &Survey) -> Option<Traced> {
    let link = survey.canonical.and_then(|node| attribute(page.tree, node, "href"));
    link.or_else(|| survey.metas(&["og:url"]).find_map(|node| attribute(page.tree, node, "content")))
        .filter(|words| !words.text().contains(char::is_whitespace))
}

/// The best known address of the page as it stands, and all of them in a form for comparing.
pub(super) fn addresses(page: &Page<'_>, survey: &Survey) -> (Option<String>, Vec<String>) {
    let mut known: Vec<String> = page.capture.url.iter().cloned().collect();
    known.extend(canonical_words(page, survey).map(|words| words.text().to_owned()));
    known.extend(
        survey
            .metas(&["og:url"])
            .filter_map(|node: NodeId| attribute(page.tree, node, "content"))
            .map(|words| words.text().to_owned()),
    );
    let comparable = known.iter().map(|address| comparable(address)).filter(|address| address.contains('/')).collect();
    let absolute = known.iter().find(|address| address.contains("://")).or(known.first()).cloned();
    (absolute, comparable)
}

/// An address resolved against another (RFC 3986, section 5.2, without dot segments): `/a` at `https://x.example/b/c`
/// is `https://x.example/a`. What cannot be resolved stays as it is.
pub(crate) fn resolve(address: &str, base: Option<&str>) -> String {
    let address = address.trim();
    let has_scheme = address.split_once(':').is_some_and(|(scheme, _)| {
        scheme.starts_with(|first: char| first.is_ascii_alphabetic())
            && scheme.chars().all(|char| char.is_ascii_alphanumeric() || "+-.".contains(char))
    });
    let Some((scheme, rest)) = base.and_then(|base| base.split_once("://")) else { return address.to_owned() };
    if has_scheme {
        return address.to_owned();
    }
    if let Some(host) = address.strip_prefix("//") {
        return format!("{scheme}://{host}");
    }
    let host_end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let host = &rest[..host_end];
    if address.starts_with('/') {
        return format!("{scheme}://{host}{address}");
    }
    let path_end = rest.find(['?', '#']).unwrap_or(rest.len());
    let path = &rest[host_end..path_end];
    let folder = path.rfind('/').map_or("/", |slash| &path[..=slash]);
    match address.chars().next() {
        None => format!("{scheme}://{rest}"),
        Some('?' | '#') => format!("{scheme}://{host}{path}{address}"),
        Some(_) => format!("{scheme}://{host}{folder}{address}"),
    }
}

/// The host of an address, without `www.`.
pub(super) fn host(address: &str) -> Option<&str> {
    let (_, rest) = address.split_once("://")?;
    let host = &rest[..rest.find(['/', '?', '#', ':']).unwrap_or(rest.len())];
    Some(host.strip_prefix("www.").unwrap_or(host)).filter(|host| host.contains('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_resolved() {
        let base = Some("https://www.courier.example/2026/03/ferry?x=1");
        assert_eq!(resolve("/b", base), "https://www.courier.example/b");
        assert_eq!(resolve("b", base), "https://www.courier.example/2026/03/b");
        assert_eq!(resolve("//cdn.example/b", base), "https://cdn.example/b");
        assert_eq!(resolve("http://a.example/", base), "http://a.example/");
        assert_eq!(resolve("#top", base), "https://www.courier.example/2026/03/ferry#top");
        assert_eq!(resolve("/b", None), "/b");
        assert_eq!(host("https://www.courier.example:80/x"), Some("courier.example"));
    }
}
