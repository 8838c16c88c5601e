//! Addresses of articles, as they are compared.

/// Parameters that say how a reader came to a page, not which page it is.
const TRACKING: [&str; 8] = ["fbclid", "gclid", "mc_cid", "mc_eid", "igshid", "ocid", "cmpid", "smid"];

/// The address as it is compared: `http` is `https`, the host in small letters without `www.` and a standard port, no
/// fragment, no tracking parameters (`utm_…`, `fbclid` …), no slash at the end. Whatever is no web address stays as it is.
///
/// ```
/// let seen = "http://www.Example.com:80/ferry/?utm_source=mail&page=2#top";
/// assert_eq!(onrecord_archive::compared(seen), "https://example.com/ferry?page=2");
/// ```
pub fn compared(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else { return url.to_owned() };
    let scheme = scheme.to_ascii_lowercase();
    if !matches!(&*scheme, "http" | "https") {
        return url.to_owned();
    }
    let rest = rest.split('#').next().unwrap_or_default();
    let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
    let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let kept = query.split('&').filter(|parameter| {
        let name = parameter.split('=').next().unwrap_or_default();
        !name.is_empty() && !name.starts_with("utm_") && !TRACKING.contains(&name)
    });
    let query = kept.collect::<Vec<_>>().join("&");
    let mark = if query.is_empty() { "" } else { "?" };
    format!("https://{}{}{mark}{query}", host(authority), path.trim_end_matches('/'))
}

/// The outlet's host in a web address, as [`compared`] writes it; `None` for other addresses.
pub fn host_of(url: &str) -> Option<String> {
    let (scheme, rest) = url.split_once("://")?;
    let authority = rest.split(['/', '?', '#']).next()?;
    (scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https")).then(|| host(authority))
}

fn host(authority: &str) -> String {
    let host = authority.rsplit('@').next().unwrap_or_default().to_ascii_lowercase();
    let host = host.strip_suffix(":80").or_else(|| host.strip_suffix(":443")).unwrap_or(&host);
    host.strip_prefix("www.").unwrap_or(host).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_ways_to_write_an_address_are_one() {
        let same = [
            "https://example.com/a?id=7",
            "http://example.com/a/?id=7",
            "HTTPS://WWW.EXAMPLE.COM/a?utm_source=x&id=7#comments",
            "https://user@example.com:443/a?id=7&fbclid=z",
        ];
        assert!(same.iter().all(|url| compared(url) == same[0]), "{:?}", same.map(compared));
    }

    #[test]
    fn what_names_another_page_is_kept() {
        assert_ne!(compared("https://example.com/a"), compared("https://example.com/A"));
        assert_ne!(compared("https://example.com/?p=1"), compared("https://example.com/?p=2"));
        assert_eq!(compared("pages/a.html"), "pages/a.html");
        assert_eq!(compared("mailto://x"), "mailto://x");
        assert_eq!(host_of("https://www.example.com:8080/a"), Some("example.com:8080".to_owned()));
        assert_eq!(host_of("a.html"), None);
    }
}
