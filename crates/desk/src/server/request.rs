//! A request, taken apart.

use super::body::Uploaded;
use hyper::header::HeaderMap;
use hyper::{Method, Uri};

/// Longest path and query that are looked at, in bytes.
pub(super) const MAX_TARGET: usize = 32 << 10;

/// A request whose body has come.
#[derive(Debug)]
pub(crate) struct Request {
    pub method: Method,
    /// The parts of the path between slashes, decoded.
    pub path: Vec<String>,
    /// Names and values of the query, decoded, in order.
    pub query: Vec<(String, String)>,
    pub headers: HeaderMap,
    pub payload: Payload,
}

/// What came in the body.
#[derive(Debug)]
pub(crate) enum Payload {
    None,
    /// The fields of a form.
    Form(Vec<(String, String)>),
    /// Anything else, as it came.
    Bytes(Vec<u8>),
    /// Files, and the fields that came with them.
    Files(Vec<Uploaded>),
}

impl Request {
    /// `None` for a path or a query that is no UTF-8 once decoded, or has a NUL in it.
    pub fn new(method: Method, uri: &Uri, headers: HeaderMap) -> Option<Request> {
        let path = uri.path().split('/').skip(1).map(|part| decoded(part, false)).collect::<Option<Vec<_>>>()?;
        let query = pairs(uri.query().unwrap_or_default())?;
        Some(Request { method, path, query, headers, payload: Payload::None })
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

    /// Whether it only wants to know.
    pub fn is_reading(&self) -> bool {
        self.method == Method::GET || self.method == Method::HEAD
    }
}

/// Names and values of a query or a form (WHATWG URL, application/x-www-form-urlencoded).
pub(super) fn pairs(text: &str) -> Option<Vec<(String, String)>> {
    let parts = text.split('&').filter(|part| !part.is_empty());
    parts
        .map(|part| {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            Some((decoded(name, true)?, decoded(value, true)?))
        })
        .collect()
}

/// Undoes percent-encoding, and `+` for a space where it stands for one.
fn decoded(text: &str, plus: bool) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        rest = after;
        bytes.push(match first {
            b'+' if plus => b' ',
            b'%' => match after {
                [high, low, after @ ..] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => {
                    rest = after;
                    (hex(*high) << 4) | hex(*low)
                }
                _ => b'%',
            },
            other => *other,
        });
    }
    String::from_utf8(bytes).ok().filter(|text| !text.contains('\0'))
}

fn hex(digit: u8) -> u8 {
    char::from(digit).to_digit(16).unwrap_or_default() as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(target: &str) -> Option<Request> {
        Request::new(Method::GET, &target.parse().unwrap(), HeaderMap::new())
    }

    #[test]
    fn a_path_is_decoded_part_by_part() {
        let request = request("/speaker/Tom%C3%A1%2FAdler?q=a+b%3Ac&q=&s=1&s=2").unwrap();
        assert_eq!(request.path, ["speaker", "Tomá/Adler"]);
        assert_eq!(request.asked("q"), Some("a b:c"));
        assert_eq!(request.all("s").collect::<Vec<_>>(), ["1", "2"]);
        assert_eq!(request.asked("t"), None);
    }

    #[test]
    fn what_is_no_text_is_no_request() {
        assert!(request("/a%ff").is_none());
        assert!(request("/a?q=%00").is_none());
        assert_eq!(request("/a%2").unwrap().path, ["a%2"], "a percent sign alone stands for itself");
    }
}
