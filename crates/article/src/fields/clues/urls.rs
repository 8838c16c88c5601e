//! Addresses: resolved, compared, cut to their host.

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
pub(crate) fn host(address: &str) -> Option<&str> {
    let (_, rest) = address.split_once("://")?;
    let host = &rest[..rest.find(['/', '?', '#', ':']).unwrap_or(rest.len())];
    Some(host.strip_prefix("www.").unwrap_or(host)).filter(|host| host.contains('.'))
}

/// An address in a form for comparing: without scheme, `www.`, query, fragment and final slash.
pub(in crate::fields) fn comparable(address: &str) -> String {
    let address = address.trim();
    let address = address.split_once("://").map_or(address, |(_, rest)| rest);
    let address = address.strip_prefix("www.").unwrap_or(address);
    let end = address.find(['?', '#']).unwrap_or(address.len());
    address[..end].trim_end_matches('/').to_lowercase()
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
