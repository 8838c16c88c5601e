//! Who may ask, and from where.
//!
//! A desk that only its own machine reaches is open to every program there; what it must keep out is other people's web
//! pages in the same browser. They reach it in two ways: by a name of their own that leads to this machine (DNS
//! rebinding), which the `Host` header tells, and by forms that post across sites, which `Origin` tells. A desk that others
//! reach wants a token besides.

use axum::http::{HeaderMap, Method, header};
use sha2::{Digest, Sha256};
use std::net::{IpAddr, SocketAddr};
use subtle::ConstantTimeEq;

/// The cookie that holds the token.
pub(crate) const COOKIE: &str = "onrecord-token";

/// Why a request is not answered.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// It names a host that this desk is not.
    Host,
    /// It writes, and comes from another site.
    Origin,
    /// It has no token, or a wrong one.
    Token,
}

/// What is asked of every request.
#[derive(Clone, Debug, Default)]
pub struct Guard {
    /// The token's hash, where one is wanted.
    token: Option<[u8; 32]>,
    /// Names beside those of this machine under which the desk is reached.
    names: Vec<String>,
}

impl Guard {
    /// A guard that wants this token, and knows these names beside those of the machine itself.
    pub fn new(token: Option<&str>, names: impl IntoIterator<Item = String>) -> Guard {
        Guard {
            token: token.map(|token| Sha256::digest(token).into()),
            names: names.into_iter().map(|name| name.to_ascii_lowercase()).collect(),
        }
    }

    /// Whether a request may be answered. `local`: the address at which it came in.
    pub(crate) fn check(&self, method: &Method, headers: &HeaderMap, local: SocketAddr) -> Result<(), Refusal> {
        let host = text(headers, header::HOST).filter(|_| headers.get_all(header::HOST).iter().count() == 1);
        let host = host.filter(|host| self.is_ours(host, local)).ok_or(Refusal::Host)?;
        if !is_reading(method) && !comes_from_here(headers, host) {
            return Err(Refusal::Origin);
        }
        let Some(wanted) = &self.token else { return Ok(()) };
        // Hashes are compared, so that the time it takes gives away neither the length nor the first difference.
        let given = given(headers).map(|token| -> [u8; 32] { Sha256::digest(token).into() });
        match given {
            Some(given) if bool::from(given.ct_eq(wanted)) => Ok(()),
            _ => Err(Refusal::Token),
        }
    }

    /// Whether a token is the one that is wanted.
    pub(crate) fn accepts(&self, token: &str) -> bool {
        let given: [u8; 32] = Sha256::digest(token).into();
        self.token.as_ref().is_some_and(|wanted| given.ct_eq(wanted).into())
    }

    /// Whether a `Host` names this machine: a loopback name, the address at which the request came in, or a name that
    /// was given.
    fn is_ours(&self, host: &str, local: SocketAddr) -> bool {
        let name = match host.rsplit_once(':') {
            Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
            _ => host,
        };
        let name = name.to_ascii_lowercase();
        let address: Option<IpAddr> = name.trim_start_matches('[').trim_end_matches(']').parse().ok();
        match address {
            Some(address) => address.is_loopback() || address.to_canonical() == local.ip().to_canonical(),
            None => name == "localhost" || self.names.contains(&name),
        }
    }
}

/// The value of a header, where it is text.
fn text(headers: &HeaderMap, name: header::HeaderName) -> Option<&str> {
    headers.get(name)?.to_str().ok()
}

/// Whether a method changes nothing.
pub(crate) fn is_reading(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD)
}

/// Whether a request that writes comes from a page of the desk. Browsers send `Origin` with every such request; programs
/// that are none send nothing of the kind, and have no other site's cookies to misuse.
fn comes_from_here(headers: &HeaderMap, host: &str) -> bool {
    match text(headers, header::ORIGIN) {
        Some(origin) => origin.split_once("://").is_some_and(|(_, origin)| origin.eq_ignore_ascii_case(host)),
        None => {
            let is_form = text(headers, header::CONTENT_TYPE).is_some_and(|kind| {
                kind.starts_with("application/x-www-form-urlencoded") || kind.starts_with("multipart/form-data")
            });
            let site = headers.get("sec-fetch-site").and_then(|site| site.to_str().ok());
            !is_form && site.is_none_or(|site| site == "same-origin" || site == "none")
        }
    }
}

/// The token that came with a request: in the header that programs use, or in the cookie.
fn given(headers: &HeaderMap) -> Option<&str> {
    if let Some(header) = text(headers, header::AUTHORIZATION) {
        return header.strip_prefix("Bearer ");
    }
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = cookies.flat_map(|value| value.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(name, _)| *name == COOKIE).map(|(_, value)| value)
}

/// The cookie that keeps a token, for as long as the browser is open.
pub(crate) fn cookie(token: &str) -> String {
    format!("{COOKIE}={token}; Path=/; HttpOnly; SameSite=Strict")
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::{HeaderName, HeaderValue};

    fn headers(headers: &[(&str, &str)]) -> HeaderMap {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(HeaderName::from_bytes(name.as_bytes()).unwrap(), HeaderValue::from_str(value).unwrap());
        }
        map
    }

    fn local() -> SocketAddr {
        "192.168.1.7:8080".parse().unwrap()
    }

    #[test]
    fn only_names_of_this_machine_are_answered() {
        let guard = Guard::new(None, ["Desk.Example".to_owned()]);
        let asked = |host: &str| guard.check(&Method::GET, &headers(&[("host", host)]), local());
        for host in ["localhost", "localhost:9000", "127.0.0.1:8080", "[::1]:8080", "192.168.1.7", "desk.example:80"] {
            assert_eq!(asked(host), Ok(()), "{host}");
        }
        for host in ["evil.example", "localhost.evil.example", "192.168.1.8", "127.0.0.1.evil.example", ""] {
            assert_eq!(asked(host), Err(Refusal::Host), "{host}");
        }
        assert_eq!(guard.check(&Method::GET, &HeaderMap::new(), local()), Err(Refusal::Host));
        let twice = headers(&[("host", "localhost"), ("host", "evil.example")]);
        assert_eq!(guard.check(&Method::GET, &twice, local()), Err(Refusal::Host));
    }

    #[test]
    fn other_sites_write_nothing() {
        let guard = Guard::default();
        let form = ("content-type", "application/x-www-form-urlencoded");
        let posted = |sent: &[(&str, &str)]| {
            let all: Vec<_> = [("host", "localhost:8080")].iter().chain(sent).copied().collect();
            guard.check(&Method::POST, &headers(&all), local())
        };
        assert_eq!(posted(&[form, ("origin", "http://localhost:8080")]), Ok(()));
        assert_eq!(posted(&[("content-type", "application/json")]), Ok(()), "a program");
        for origin in ["http://evil.example", "null", "http://localhost:8081", "http://localhost"] {
            assert_eq!(posted(&[form, ("origin", origin)]), Err(Refusal::Origin), "{origin}");
        }
        assert_eq!(posted(&[form]), Err(Refusal::Origin));
        assert_eq!(posted(&[("sec-fetch-site", "cross-site")]), Err(Refusal::Origin));
    }

    #[test]
    fn a_token_comes_in_a_header_or_a_cookie() {
        let guard = Guard::new(Some("s3cret"), []);
        let asked = |name: &str, value: &str| {
            guard.check(&Method::GET, &headers(&[("host", "localhost"), (name, value)]), local())
        };
        assert_eq!(asked("authorization", "Bearer s3cret"), Ok(()));
        assert_eq!(asked("cookie", "a=b; onrecord-token=s3cret"), Ok(()));
        for (name, value) in [("authorization", "Bearer s3cre"), ("cookie", "onrecord-token="), ("accept", "*/*")] {
            assert_eq!(asked(name, value), Err(Refusal::Token), "{name}: {value}");
        }
    }
}
