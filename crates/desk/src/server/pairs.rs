//! Names and values of queries and forms.

use percent_encoding::percent_decode_str;

/// Names and values of a query or a form (WHATWG URL, application/x-www-form-urlencoded); `None` where they are not UTF-8
/// once decoded, or have a NUL in them. axum's `Query` and `Form` put U+FFFD there, and so would search for something else.
pub(crate) fn pairs(text: &str) -> Option<Vec<(String, String)>> {
    let parts = text.split('&').filter(|part| !part.is_empty());
    parts
        .map(|part| {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            Some((decoded(name)?, decoded(value)?))
        })
        .collect()
}

/// Undoes percent-encoding, and `+` for a space.
fn decoded(text: &str) -> Option<String> {
    let spaced = text.replace('+', " ");
    let text = percent_decode_str(&spaced).decode_utf8().ok()?;
    (!text.contains('\0')).then(|| text.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_is_decoded_part_by_part() {
        let pairs = pairs("q=a+b%3Ac&q=&s=1&s=2%26").unwrap_or_default();
        let pairs: Vec<_> = pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert_eq!(pairs, [("q", "a b:c"), ("q", ""), ("s", "1"), ("s", "2&")]);
    }

    #[test]
    fn what_is_no_text_is_no_query() {
        assert!(pairs("q=%ff").is_none());
        assert!(pairs("q=%00").is_none());
        assert_eq!(pairs("a%2=1").unwrap_or_default()[0].0, "a%2", "a percent sign alone stands for itself");
    }
}
