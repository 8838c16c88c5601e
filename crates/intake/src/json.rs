//! A look at one JSON line: whether it is an article's text, and what it is called.

use serde::Deserializer;
use serde::de::{IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::fmt;

/// What intake needs to know of a line.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Line {
    /// Its `"id"`, where that is a string.
    pub(crate) id: Option<String>,
    /// Its `"url"`, where that is a string.
    pub(crate) url: Option<String>,
    /// Whether it is an object with a `"text"` that is a string.
    pub(crate) has_text: bool,
}

/// Reads over a line of JSON (RFC 8259), keeping no more of it than its names. Of a key that comes twice, the last
/// counts. Invalid JSON gives the column (1-based, in bytes) of the error.
pub(crate) fn look(line: &[u8]) -> Result<Line, usize> {
    let line = std::str::from_utf8(line).map_err(|error| error.valid_up_to() + 1)?;
    let mut json = serde_json::Deserializer::from_str(line);
    json.deserialize_any(LineVisitor)
        .and_then(|found| json.end().map(|()| found))
        .map_err(|error| error.column().max(1))
}

struct LineVisitor;

impl<'de> Visitor<'de> for LineVisitor {
    type Value = Line;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Line, A::Error> {
        let mut found = Line::default();
        while let Some(key) = map.next_key_seed(Key)? {
            match key {
                KeyName::Id => found.id = map.next_value_seed(Kept)?,
                KeyName::Url => found.url = map.next_value_seed(Kept)?,
                KeyName::Text => found.has_text = map.next_value_seed(IsString)?,
                KeyName::Other => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(found)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Line, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Line::default())
    }

    fn visit_str<E>(self, _: &str) -> Result<Line, E> {
        Ok(Line::default())
    }

    fn visit_bool<E>(self, _: bool) -> Result<Line, E> {
        Ok(Line::default())
    }

    fn visit_i64<E>(self, _: i64) -> Result<Line, E> {
        Ok(Line::default())
    }

    fn visit_u64<E>(self, _: u64) -> Result<Line, E> {
        Ok(Line::default())
    }

    fn visit_f64<E>(self, _: f64) -> Result<Line, E> {
        Ok(Line::default())
    }

    fn visit_unit<E>(self) -> Result<Line, E> {
        Ok(Line::default())
    }
}

enum KeyName {
    Id,
    Url,
    Text,
    Other,
}

/// Makes a seed of `$seed` that sees what `$from_string` makes of a string, and `$otherwise` for any other value.
macro_rules! seed {
    ($seed:ident, $value:ty, $from_string:expr, $otherwise:expr) => {
        impl<'de> serde::de::DeserializeSeed<'de> for $seed {
            type Value = $value;

            fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<$value, D::Error> {
                json.deserialize_any(self)
            }
        }

        impl<'de> Visitor<'de> for $seed {
            type Value = $value;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("JSON")
            }

            fn visit_str<E>(self, string: &str) -> Result<$value, E> {
                Ok($from_string(string))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<$value, A::Error> {
                while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                Ok($otherwise)
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<$value, A::Error> {
                while seq.next_element::<IgnoredAny>()?.is_some() {}
                Ok($otherwise)
            }

            fn visit_bool<E>(self, _: bool) -> Result<$value, E> {
                Ok($otherwise)
            }

            fn visit_i64<E>(self, _: i64) -> Result<$value, E> {
                Ok($otherwise)
            }

            fn visit_u64<E>(self, _: u64) -> Result<$value, E> {
                Ok($otherwise)
            }

            fn visit_f64<E>(self, _: f64) -> Result<$value, E> {
                Ok($otherwise)
            }

            fn visit_unit<E>(self) -> Result<$value, E> {
                Ok($otherwise)
            }
        }
    };
}

struct Key;
seed!(Key, KeyName, KeyName::of, KeyName::Other);

struct Kept;
seed!(Kept, Option<String>, |string: &str| Some(string.to_owned()), None);

struct IsString;
seed!(IsString, bool, |_: &str| true, false);

impl KeyName {
    fn of(key: &str) -> Self {
        match key {
            "id" => KeyName::Id,
            "url" => KeyName::Url,
            "text" => KeyName::Text,
            _ => KeyName::Other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(id: Option<&str>, url: Option<&str>, has_text: bool) -> Result<Line, usize> {
        Ok(Line { id: id.map(str::to_owned), url: url.map(str::to_owned), has_text })
    }

    #[test]
    fn a_line_says_its_names() {
        let given = br#" {"id": "a\u0041", "n": [1, {"text": 2}], "text": "Six \"people\" died.", "url": "https://npb.example/1"} "#;
        assert_eq!(look(given), line(Some("aA"), Some("https://npb.example/1"), true));
        assert_eq!(look(b"{\"te\\u0078t\": \"\"}\r"), line(None, None, true));
    }

    #[test]
    fn only_strings_count() {
        assert_eq!(look(br#"{"id": 17, "text": null, "url": ["x"]}"#), line(None, None, false));
        assert_eq!(look(br#"{"id": {"a": 1.5}, "text": true, "url": -1}"#), line(None, None, false));
        assert_eq!(look(br#"{"text": "a", "text": 1}"#), line(None, None, false));
        for other in ["[1, \"text\"]", "\"text\"", "1", "-1", "1.5", "null", "true"] {
            assert_eq!(look(other.as_bytes()), line(None, None, false), "{other}");
        }
    }

    #[test]
    fn an_error_has_its_column() {
        assert_eq!(look(br#"{"text": "a",}"#), Err(14));
        assert_eq!(look(b"{\"text\": \"\xff\"}"), Err(11));
        assert_eq!(look(br#"{"text": "a"} {"#), Err(15));
        assert!(look(br#"{"text": "a"#).is_err());
        assert!(look(b"").is_err());
    }

    #[test]
    fn deep_nesting_is_no_danger() {
        let deep = format!("{{\"text\": \"a\", \"x\": {}1{}}}", "[".repeat(100_000), "]".repeat(100_000));
        assert_eq!(look(deep.as_bytes()), line(None, None, true));
    }
}
