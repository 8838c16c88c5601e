//! JSON as pages hold it, with the place of every string.
//!
//! RFC 8259, read leniently: pages have line breaks inside strings, trailing commas, comments, CDATA and comment
//! wrappers, unescaped quotation marks, several values in one script, scripts escaped as if they were HTML, and end in
//! the middle. What can be read is read; nothing is an error. Reading takes time linear in the input.

use onrecord_span::Traced;
use std::borrow::Cow;
use std::ops::Range;

/// Values nested deeper than this are skipped.
pub(crate) const MAX_JSON_DEPTH: usize = 128;

/// Most values that are read; the rest are dropped.
pub(crate) const MAX_JSON_VALUES: usize = 200_000;

/// What was read from one script or line.
#[derive(Debug)]
pub(crate) struct ParsedJson<'s> {
    /// The values at the top, in order.
    pub values: Vec<Json<'s>>,
    /// Whether the input ended inside a value.
    pub truncated: bool,
    /// Whether [`MAX_JSON_DEPTH`] or [`MAX_JSON_VALUES`] cut something off.
    pub limited: bool,
}

/// One JSON value. Objects keep the order of their members, and members of the same name.
#[derive(Debug, Clone)]
pub(crate) enum Json<'s> {
    /// `null`, or a word that JSON does not have (`undefined`).
    Null,
    /// `true` or `false`.
    Bool(bool, JsonString<'s>),
    /// A number; no field is one.
    Number,
    /// A string.
    String(JsonString<'s>),
    /// A list.
    Array(Vec<Json<'s>>),
    /// Members in order.
    Object(Vec<(JsonString<'s>, Json<'s>)>),
}

/// A stretch of the source: the inside of a string, a bare name, a number.
#[derive(Debug, Clone)]
pub(crate) struct JsonString<'s> {
    source: &'s str,
    range: Range<usize>,
    escaped: bool,
}

impl<'s> JsonString<'s> {
    /// The source as it stands, escapes and all.
    pub fn raw(&self) -> &'s str {
        &self.source[self.range.clone()]
    }

    /// The string that the source stands for.
    pub fn text(&self) -> Cow<'s, str> {
        if !self.escaped {
            return Cow::Borrowed(self.raw());
        }
        let mut out = String::with_capacity(self.range.len());
        self.pieces(|piece| match piece {
            StringPiece::Verbatim(range) => out.push_str(&self.source[range]),
            StringPiece::Unit(char, _) => out.push(char),
        });
        Cow::Owned(out)
    }

    /// The string with its origins: offsets into the source given to [`parse`]. Escapes are units; a surrogate pair
    /// is one.
    pub fn traced(&self) -> Traced {
        let mut out = Traced::new();
        self.pieces(|piece| match piece {
            StringPiece::Verbatim(range) => out.push_verbatim(self.source, range.start as u32..range.end as u32),
            StringPiece::Unit(char, range) => {
                let mut buffer = [0; 4];
                out.push_unit(char.encode_utf8(&mut buffer), range.start as u32..range.end as u32);
            }
        });
        out
    }

    fn pieces(&self, mut each: impl FnMut(StringPiece)) {
        let (mut at, end) = (self.range.start, self.range.end);
        while let Some(found) = self.source[at..end].find('\\') {
            if found > 0 {
                each(StringPiece::Verbatim(at..at + found));
            }
            let (char, len) = unescape(&self.source[at + found..end]);
            each(StringPiece::Unit(char, at + found..at + found + len));
            at += found + len;
        }
        if at < end {
            each(StringPiece::Verbatim(at..end));
        }
    }
}

enum StringPiece {
    Verbatim(Range<usize>),
    Unit(char, Range<usize>),
}

/// The character that an escape at the start of `words` stands for, and its length. A lone surrogate is U+FFFD; an
/// escape that JSON does not have (`\'`) is the character behind the backslash.
fn unescape(words: &str) -> (char, usize) {
    let mut chars = words[1..].chars();
    match chars.next() {
        None => ('\\', 1),
        Some('n') => ('\n', 2),
        Some('t') => ('\t', 2),
        Some('r') => ('\r', 2),
        Some('b') => ('\u{8}', 2),
        Some('f') => ('\u{C}', 2),
        Some('u') => match hex4(words, 2) {
            None => ('u', 2),
            Some(high @ 0xD800..=0xDBFF) => match words.get(6..8).and_then(|_| hex4(words, 8)) {
                Some(low @ 0xDC00..=0xDFFF) if &words[6..8] == "\\u" => {
                    let code = 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
                    (char::from_u32(code).unwrap_or('\u{FFFD}'), 12)
                }
                _ => ('\u{FFFD}', 6),
            },
            Some(code) => (char::from_u32(code).unwrap_or('\u{FFFD}'), 6),
        },
        Some(other) => (other, 1 + other.len_utf8()),
    }
}

fn hex4(words: &str, at: usize) -> Option<u32> {
    let digits = words.get(at..at + 4)?;
    if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    u32::from_str_radix(digits, 16).ok()
}

impl<'s> Json<'s> {
    /// The first member of that name which is not null; `None` for anything but an object.
    pub fn get(&self, name: &str) -> Option<&Json<'s>> {
        let Json::Object(members) = self else { return None };
        members.iter().find(|(key, value)| key.text() == name && !matches!(value, Json::Null)).map(|(_, value)| value)
    }

    /// The words of a string.
    pub fn string(&self) -> Option<&JsonString<'s>> {
        match self {
            Json::String(words) => Some(words),
            _ => None,
        }
    }

    /// The items of a list; any other value is a list of itself, null an empty one.
    pub fn items(&self) -> &[Json<'s>] {
        match self {
            Json::Array(items) => items,
            Json::Null => &[],
            other => std::slice::from_ref(other),
        }
    }
}

/// Reads all values in a range of a source. Offsets of strings count bytes of the whole source. A range that is no
/// range of the source holds no values.
pub(crate) fn parse(source: &str, range: Range<usize>) -> ParsedJson<'_> {
    let mut parsed = ParsedJson { values: Vec::new(), truncated: false, limited: false };
    if source.get(range.clone()).is_none() {
        return parsed;
    }
    let quote = quote_of(&source[range.clone()]);
    let mut reader = JsonReader {
        source,
        at: range.start,
        end: range.end,
        quote,
        count: 0,
        arrays: 0,
        objects: 0,
        truncated: false,
        limited: false,
    };
    loop {
        reader.skip_space();
        if reader.at >= reader.end {
            break;
        }
        match reader.value(0) {
            Some(value) => parsed.values.push(value),
            None => reader.skip_char(),
        }
    }
    parsed.truncated = reader.truncated;
    parsed.limited = reader.limited;
    parsed
}

/// What ends strings: `"`, or in a script that was escaped as if it were HTML, its reference.
fn quote_of(words: &str) -> &'static str {
    let start = words.trim_start_matches(|char: char| char.is_whitespace() || char == '{' || char == '[');
    ["&quot;", "&#34;", "&#x22;"].into_iter().find(|quote| start.starts_with(quote)).unwrap_or("\"")
}

struct JsonReader<'s> {
    source: &'s str,
    at: usize,
    end: usize,
    quote: &'static str,
    count: usize,
    arrays: usize,
    objects: usize,
    truncated: bool,
    limited: bool,
}

/// What pages wrap their scripts in, besides comments.
const WRAPPERS: [&str; 4] = ["<![CDATA[", "]]>", "<!--", "-->"];

impl<'s> JsonReader<'s> {
    fn rest(&self) -> &'s str {
        &self.source[self.at..self.end]
    }

    fn peek(&self) -> Option<u8> {
        self.rest().as_bytes().first().copied()
    }

    fn skip_char(&mut self) {
        self.at += self.rest().chars().next().map_or(0, char::len_utf8);
    }

    /// White space, control characters, comments and wrappers.
    fn skip_space(&mut self) {
        loop {
            let rest = self.rest();
            let blank = |char: char| char.is_whitespace() || char.is_control() || char == '\u{FEFF}';
            let trimmed = rest.trim_start_matches(blank);
            self.at = self.end - trimmed.len();
            if let Some(wrapper) = WRAPPERS.iter().find(|wrapper| trimmed.starts_with(**wrapper)) {
                self.at += wrapper.len();
            } else if trimmed.starts_with("//") {
                self.at += trimmed.find('\n').unwrap_or(trimmed.len());
            } else if trimmed.starts_with("/*") {
                self.at += trimmed.find("*/").map_or(trimmed.len(), |found| found + 2);
            } else {
                return;
            }
        }
    }

    /// The value that begins here; `None`, and nothing read, where none does.
    fn value(&mut self, depth: usize) -> Option<Json<'s>> {
        if self.count >= MAX_JSON_VALUES {
            self.limited = true;
            self.at = self.end;
            return None;
        }
        let first = self.peek()?;
        let value = match first {
            b'{' | b'[' if depth >= MAX_JSON_DEPTH => {
                self.limited = true;
                self.skip_nested();
                Json::Null
            }
            b'{' => self.object(depth),
            b'[' => self.array(depth),
            _ if self.rest().starts_with(self.quote) => Json::String(self.quoted()),
            b'-' | b'+' | b'0'..=b'9' => {
                self.take_while(|char| matches!(char, '-' | '+' | '.' | 'e' | 'E' | '0'..='9'));
                Json::Number
            }
            b'a'..=b'z' | b'A'..=b'Z' | b'_' | b'$' => {
                let word = self.bare();
                match word.raw() {
                    "true" => Json::Bool(true, word),
                    "false" => Json::Bool(false, word),
                    _ => Json::Null,
                }
            }
            _ => return None,
        };
        self.count += 1;
        Some(value)
    }

    fn take_while(&mut self, belongs: impl Fn(char) -> bool) -> JsonString<'s> {
        let rest = self.rest();
        let len = rest.find(|char| !belongs(char)).unwrap_or(rest.len());
        let range = self.at..self.at + len;
        self.at += len;
        JsonString { source: self.source, range, escaped: false }
    }

    fn bare(&mut self) -> JsonString<'s> {
        self.take_while(|char| char.is_alphanumeric() || char == '_' || char == '$')
    }

    fn array(&mut self, depth: usize) -> Json<'s> {
        self.at += 1;
        self.arrays += 1;
        let mut items = Vec::new();
        loop {
            self.skip_space();
            match self.peek() {
                None => {
                    self.truncated = true;
                    break;
                }
                Some(b']') => {
                    self.at += 1;
                    break;
                }
                // The list was never closed, the object around it is.
                Some(b'}') if self.objects > 0 => break,
                _ => match self.value(depth + 1) {
                    Some(value) => items.push(value),
                    None => self.skip_char(),
                },
            }
        }
        self.arrays -= 1;
        Json::Array(items)
    }

    fn object(&mut self, depth: usize) -> Json<'s> {
        self.at += 1;
        self.objects += 1;
        let mut members = Vec::new();
        loop {
            self.skip_space();
            match self.peek() {
                None => {
                    self.truncated = true;
                    break;
                }
                Some(b'}') => {
                    self.at += 1;
                    break;
                }
                Some(b']') if self.arrays > 0 => break,
                Some(byte) => {
                    let key = if self.rest().starts_with(self.quote) {
                        self.quoted()
                    } else if byte.is_ascii_alphabetic() || byte == b'_' || byte == b'$' {
                        self.bare()
                    } else {
                        self.skip_char();
                        continue;
                    };
                    self.skip_space();
                    if self.peek() != Some(b':') {
                        continue;
                    }
                    self.at += 1;
                    self.skip_space();
                    if let Some(value) = self.value(depth + 1) {
                        members.push((key, value));
                    }
                }
            }
        }
        self.objects -= 1;
        Json::Object(members)
    }

    /// The inside of a string; the reader stands on its first quotation mark.
    fn quoted(&mut self) -> JsonString<'s> {
        self.at += self.quote.len();
        let start = self.at;
        let first = self.quote.as_bytes()[0];
        let mut escaped = false;
        loop {
            let bytes = self.rest().as_bytes();
            let Some(found) = bytes.iter().position(|byte| *byte == b'\\' || *byte == first) else {
                self.at = self.end;
                self.truncated = true;
                return JsonString { source: self.source, range: start..self.end, escaped };
            };
            self.at += found;
            if self.peek() == Some(b'\\') {
                escaped = true;
                self.at += 1;
                self.skip_char();
            } else if self.rest().starts_with(self.quote) && self.ends_here(self.at + self.quote.len()) {
                let range = start..self.at;
                self.at += self.quote.len();
                return JsonString { source: self.source, range, escaped };
            } else {
                self.at += 1;
            }
        }
    }

    /// Whether a quotation mark that ends at `behind` ends its string, rather than being one that the page forgot to
    /// escape (`"name": "The "Blue" Line"`): JSON goes on behind it.
    fn ends_here(&self, behind: usize) -> bool {
        let rest = &self.source[behind..self.end];
        let trimmed = rest.trim_start();
        match trimmed.as_bytes().first() {
            None | Some(b',' | b':' | b'}' | b']' | b'/') => true,
            // Outside lists and objects stand the statements of a script: `app.site = "courier"; app.page = {…}`.
            Some(b';' | b')') if self.arrays + self.objects == 0 => true,
            // A comma was forgotten before the next line.
            Some(_) if trimmed.starts_with(self.quote) => rest[..rest.len() - trimmed.len()].contains('\n'),
            Some(_) => WRAPPERS.iter().any(|wrapper| trimmed.starts_with(wrapper)),
        }
    }

    /// Passes over a list or object without keeping it.
    fn skip_nested(&mut self) {
        let mut open = 0usize;
        while let Some(byte) = self.peek() {
            match byte {
                b'{' | b'[' => open += 1,
                b'}' | b']' => open = open.saturating_sub(1),
                _ if self.rest().starts_with(self.quote) => {
                    self.quoted();
                    continue;
                }
                _ => {}
            }
            self.skip_char();
            if open == 0 {
                return;
            }
        }
        self.truncated = true;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(source: &str) -> Json<'_> {
        parse(source, 0..source.len()).values.into_iter().next().unwrap_or(Json::Null)
    }

    fn text(value: &Json, name: &str) -> String {
        value.get(name).and_then(Json::string).map(|words| words.text().into_owned()).unwrap_or_default()
    }

    #[test]
    fn a_string_knows_where_each_escape_stands() {
        let source = r#"<x>{"name": "say \"hi\" \uD83D\uDE00\n"}"#;
        let parsed = parse(source, 3..source.len());
        let words = parsed.values[0].get("name").and_then(Json::string).unwrap();
        let traced = words.traced();
        assert_eq!(traced.text(), "say \"hi\" 😀\n");
        assert_eq!(words.text(), traced.text());
        let hi = traced.slice(5..7);
        assert_eq!(&source[hi.sources()[0].start as usize..hi.sources()[0].end as usize], "hi");
        let face = traced.slice(9..13).sources();
        assert_eq!(&source[face[0].start as usize..face[0].end as usize], r"\uD83D\uDE00");
    }

    #[test]
    fn members_keep_their_order_and_duplicates() {
        let Json::Object(members) = one(r#"{"b": 1, "a": null, "a": "x"}"#) else { panic!("an object") };
        let names: Vec<_> = members.iter().map(|(name, _)| name.raw()).collect();
        assert_eq!(names, ["b", "a", "a"]);
        assert_eq!(text(&one(r#"{"a": null, "a": "x"}"#), "a"), "x");
    }

    #[test]
    fn pages_write_json_loosely() {
        assert_eq!(text(&one("{\"a\": \"two\nlines\", }"), "a"), "two\nlines");
        assert_eq!(text(&one("/* <![CDATA[ */ {\"a\": \"b\",} /* ]]> */"), "a"), "b");
        assert_eq!(text(&one("<!--\n{\"a\": // why\n\"b\"}\n-->"), "a"), "b");
        assert_eq!(text(&one("//<![CDATA[\n{\"a\": \"b\"}\n//]]>"), "a"), "b");
        assert_eq!(text(&one(r#"{"a": "The "Blue" Line", "b": "c"}"#), "a"), "The \"Blue\" Line");
        assert_eq!(text(&one("{\"a\": \"b\"\n \"c\": \"d\"}"), "c"), "d");
        assert_eq!(text(&one("{a: 'x', b: \"y\"}"), "b"), "y");
        assert_eq!(text(&one(r#"{"a": [1, 2}, "b": "c"}"#), "a"), "");
        assert_eq!(text(&one(r#"{"a": "it\'s"}"#), "a"), "it's");
        assert_eq!(text(&one(r#"{"a": "\uD800"}"#), "a"), "\u{FFFD}");
    }

    #[test]
    fn a_script_escaped_as_html_is_read() {
        let value = one("{&quot;a&quot;: &quot;b &amp; c&quot;, &quot;d&quot;: &quot;e&quot;}");
        assert_eq!(text(&value, "a"), "b &amp; c");
        assert_eq!(text(&value, "d"), "e");
    }

    #[test]
    fn several_values_may_follow_each_other() {
        assert_eq!(parse("{\"a\":1}{\"b\":2};[3]", 0..18).values.len(), 3);
        assert_eq!(parse("", 0..0).values.len(), 0);
        assert!(parse("ä", 1..2).values.is_empty());
    }

    #[test]
    fn what_was_read_before_the_end_counts() {
        let source = r#"{"headline": "Ferry hits wall", "author": {"name": "Nora Bly"#;
        let parsed = parse(source, 0..source.len());
        assert!(parsed.truncated);
        assert_eq!(text(&parsed.values[0], "headline"), "Ferry hits wall");
        assert_eq!(text(parsed.values[0].get("author").unwrap(), "name"), "Nora Bly");
        assert!(!parse("{\"a\": [1]}", 0..10).truncated);
    }

    #[test]
    fn what_is_nested_too_deep_is_skipped() {
        let deep = format!("{{\"x\": {}1{}, \"a\": \"b\"}}", "[".repeat(100_000), "]".repeat(100_000));
        let parsed = parse(&deep, 0..deep.len());
        assert!(parsed.limited && !parsed.truncated);
        assert_eq!(text(&parsed.values[0], "a"), "b");
        let open = "[".repeat(100_000);
        assert!(parse(&open, 0..open.len()).truncated);
        let fits = format!("{}{}", "[".repeat(MAX_JSON_DEPTH), "]".repeat(MAX_JSON_DEPTH));
        assert!(!parse(&fits, 0..fits.len()).limited);
    }

    #[test]
    fn there_is_an_end_to_values() {
        let many = format!("[{}]", "1,".repeat(MAX_JSON_VALUES + 10));
        let parsed = parse(&many, 0..many.len());
        assert!(parsed.limited);
        assert_eq!(parsed.values[0].items().len(), MAX_JSON_VALUES);
    }

    #[test]
    fn reading_is_linear_and_never_panics() {
        for soup in ["\"", "{\"", "\" ", "\\", "/*", "[{", "]}", "&quot;", "{a:", "\u{FEFF}", "ä\"", "<!--", "\\u12"] {
            let long = soup.repeat(200_000);
            parse(&long, 0..long.len());
        }
    }
}
