//! What a line of JSON says of itself: whether it is an article's text, its id and its address.

use serde::Deserializer;
use serde::de::{DeserializeSeed, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;
use std::fmt;

/// The fields of a line that are read here.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct LineFields {
    /// Its `"id"`, if that is a string.
    pub(crate) id: Option<String>,
    /// Its `"url"`, if that is a string.
    pub(crate) url: Option<String>,
    /// Whether it is an object with a `"text"` that is a string.
    pub(crate) has_text: bool,
}

/// Parses a line of JSON (RFC 8259) and keeps nothing but these fields. If a key comes twice, the last one counts. A lone
/// surrogate, which no text can hold, becomes U+FFFD. For invalid JSON the error is the column where it goes wrong, counted
/// in bytes from 1.
pub(crate) fn inspect(line: &[u8]) -> Result<LineFields, usize> {
    let line = std::str::from_utf8(line).map_err(|error| error.valid_up_to() + 1)?;
    let mut json = serde_json::Deserializer::from_str(line);
    json.deserialize_any(LineVisitor)
        .and_then(|found| json.end().map(|()| found))
        .map_err(|error| error.column().max(1))
}

struct LineVisitor;

impl<'de> Visitor<'de> for LineVisitor {
    type Value = LineFields;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<LineFields, A::Error> {
        let mut found = LineFields::default();
        while let Some(key) = map.next_key_seed(Characters)? {
            match key.as_str() {
                "id" => found.id = string(map.next_value()?)?,
                "url" => found.url = string(map.next_value()?)?,
                "text" => found.has_text = map.next_value::<&RawValue>()?.get().starts_with('"'),
                _ => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(found)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<LineFields, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(LineFields::default())
    }

    fn visit_str<E>(self, _: &str) -> Result<LineFields, E> {
        Ok(LineFields::default())
    }

    fn visit_bool<E>(self, _: bool) -> Result<LineFields, E> {
        Ok(LineFields::default())
    }

    fn visit_i64<E>(self, _: i64) -> Result<LineFields, E> {
        Ok(LineFields::default())
    }

    fn visit_u64<E>(self, _: u64) -> Result<LineFields, E> {
        Ok(LineFields::default())
    }

    fn visit_f64<E>(self, _: f64) -> Result<LineFields, E> {
        Ok(LineFields::default())
    }

    fn visit_unit<E>(self) -> Result<LineFields, E> {
        Ok(LineFields::default())
    }
}

/// The value, if it is a string.
fn string<E: Error>(value: &RawValue) -> Result<Option<String>, E> {
    if !value.get().starts_with('"') {
        return Ok(None);
    }
    let mut json = serde_json::Deserializer::from_str(value.get());
    Characters.deserialize(&mut json).map(Some).map_err(E::custom)
}

/// Decodes a JSON string that may hold lone surrogates. Read as bytes, each comes as the three bytes that UTF-8 would need
/// for it, as many as U+FFFD takes.
struct Characters;

impl<'de> DeserializeSeed<'de> for Characters {
    type Value = String;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<String, D::Error> {
        json.deserialize_bytes(self)
    }
}

impl<'de> Visitor<'de> for Characters {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E>(self, string: &str) -> Result<String, E> {
        Ok(string.to_owned())
    }

    fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<String, E> {
        let mut bytes = bytes.to_vec();
        for at in 1..bytes.len().saturating_sub(1) {
            if bytes[at - 1] == 0xED && bytes[at] >= 0xA0 {
                bytes[at - 1..at + 2].copy_from_slice("\u{FFFD}".as_bytes());
            }
        }
        String::from_utf8(bytes).map_err(E::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(id: Option<&str>, url: Option<&str>, has_text: bool) -> Result<LineFields, usize> {
        Ok(LineFields { id: id.map(str::to_owned), url: url.map(str::to_owned), has_text })
    }

    #[test]
    fn id_and_url_are_read_from_a_line() {
        let given = br#" {"id": "a\u0041", "n": [1, {"text": 2}], "text": "Six \"people\" died.", "url": "https://npb.example/1"} "#;
        assert_eq!(inspect(given), line(Some("aA"), Some("https://npb.example/1"), true));
        assert_eq!(inspect(b"{\"te\\u0078t\": \"\"}\r"), line(None, None, true));
    }

    #[test]
    fn only_strings_count() {
        assert_eq!(inspect(br#"{"id": 17, "text": null, "url": ["x"]}"#), line(None, None, false));
        assert_eq!(inspect(br#"{"id": {"a": 1.5}, "text": true, "url": -1}"#), line(None, None, false));
        assert_eq!(inspect(br#"{"text": "a", "text": 1}"#), line(None, None, false));
        for other in ["[1, \"text\"]", "\"text\"", "1", "-1", "1.5", "null", "true"] {
            assert_eq!(inspect(other.as_bytes()), line(None, None, false), "{other}");
        }
    }

    #[test]
    fn a_lone_surrogate_is_a_replacement_character() {
        let given = br#"{"id": "a\ud800\u00e9\udc00", "\udfff": 1, "text": "b\ud83d\ude00 \ud83d", "x": "\ud800"}"#;
        assert_eq!(inspect(given), line(Some("a\u{FFFD}\u{e9}\u{FFFD}"), None, true));
        assert_eq!(inspect(br#"{"id": "\ud83d\ude00\ud7ff"}"#), line(Some("\u{1F600}\u{D7FF}"), None, false));
    }

    #[test]
    fn an_error_has_its_column() {
        assert_eq!(inspect(br#"{"text": "a",}"#), Err(14));
        assert_eq!(inspect(b"{\"text\": \"\xff\"}"), Err(11));
        assert_eq!(inspect(br#"{"text": "a"} {"#), Err(15));
        assert!(inspect(br#"{"text": "a"#).is_err());
        assert!(inspect(b"").is_err());
    }

    #[test]
    fn deep_nesting_does_no_harm() {
        let deep = format!("{{\"text\": \"a\", \"x\": {}1{}}}", "[".repeat(100_000), "]".repeat(100_000));
        assert_eq!(inspect(deep.as_bytes()), line(None, None, true));
    }
}
