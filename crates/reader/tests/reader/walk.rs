//! The way from what was read back to the page's bytes.
//!
//! It is walked without the project's own parsers: bytes are decoded by the page's charset, character references by one
//! library and JSON escapes by another, and what comes out must be the words.

#![allow(clippy::unwrap_used)] // the fuzz target `page` walks with this file too

use encoding_rs::Encoding;
use onrecord_document::{Basis, Document, Stated};
use onrecord_span::{Bytes, Span};

/// In how many ways a range is read.
const READINGS: usize = 6;

/// Collects what can't be found again.
pub struct Walk<'d> {
    document: &'d Document,
    encoding: &'static Encoding,
    /// What was not found again, in words.
    pub wrong: Vec<String>,
    /// How many fields and blocks were looked for.
    pub checked: usize,
}

impl Walk<'_> {
    /// Nothing is looked for yet.
    pub fn new(document: &Document) -> Walk<'_> {
        let encoding = Encoding::for_label(document.encoding().as_bytes()).unwrap();
        Walk { document, encoding, wrong: Vec::new(), checked: 0 }
    }

    fn check(&mut self, what: &str, words: &str, ranges: &[(usize, usize)]) {
        self.checked += 1;
        if !self.says(words, ranges) {
            // From a little before the first difference on, in the reading that comes closest.
            let words = squeezed(words);
            let same = |read: &str| read.chars().zip(words.chars()).take_while(|(a, b)| a == b).count();
            let read = |nth: usize| ranges.iter().map(|range| self.readings(*range)[nth].clone()).collect::<String>();
            let read = (0..READINGS).map(read).max_by_key(|read| same(read)).unwrap_or_default();
            let from = |text: &str| text.chars().skip(same(&read).saturating_sub(20)).take(80).collect::<String>();
            self.wrong.push(format!("{what}: {:?} is not what {:?} says", from(&words), from(&read)));
            return;
        }
        // The smallest: with a byte less at either end the words are others. Escapes and references are units, though `\\/`
        // says no more than `/`, `&quot` no less than `&quot;`, and half of `\\` at the end no less than both. What nobody
        // sees isn't compared; nor, in ISO-2022-JP and where a byte is broken in another charset of the East, what is not
        // ASCII: there a byte less can make all the others mean something else, and what it says less be what isn't compared.
        let (Some(first), Some(last)) = (ranges.first(), ranges.last()) else { return };
        let page = self.document.capture().page.as_bytes();
        let unit = if self.encoding.name().starts_with("UTF-16") { 2 } else { 1 };
        let mut later = ranges.to_vec();
        later[0].0 = (first.0 + unit).min(first.1);
        let mut sooner = ranges.to_vec();
        let end = sooner.len() - 1;
        sooner[end].1 = last.1.saturating_sub(unit).max(last.0);
        let each_apart = self.encoding.is_single_byte() || self.encoding.name().starts_with("UTF");
        let apart = each_apart || self.encoding != encoding_rs::ISO_2022_JP && !words.contains('\u{FFFD}');
        let compared = |char: Option<char>| {
            char.is_some_and(|char| (apart || char.is_ascii()) && !squeezed(&char.to_string()).is_empty())
        };
        let more = page[first.0] != b'\\' && compared(words.chars().next()) && self.is(words, &later)
            || !matches!(page[last.1 - 1], b';' | b'\\') && compared(words.chars().last()) && self.is(words, &sooner);
        if more {
            let bytes: Vec<String> = ranges.iter().map(|range| self.decoded(*range)).collect();
            self.wrong.push(format!("{what}: {bytes:?} is more than {words:?} needs"));
        }
    }

    /// Whether the ranges decode to the words.
    fn is(&self, words: &str, ranges: &[(usize, usize)]) -> bool {
        self.reads(&squeezed(words), ranges, |read| read)
    }

    /// Whether they do but for the marks between the cells of a table, which are ours: each cell has a range of its own.
    fn says(&self, words: &str, ranges: &[(usize, usize)]) -> bool {
        let unmarked = |text: String| text.replace(['|', '/'], "");
        self.is(words, ranges) || ranges.len() > 1 && self.reads(&unmarked(squeezed(words)), ranges, unmarked)
    }

    /// Whether the words are what the ranges say one after another, each in one of its readings.
    fn reads(&self, words: &str, ranges: &[(usize, usize)], as_words: impl Fn(String) -> String) -> bool {
        let mut reached = vec![0];
        for range in ranges {
            let readings = self.readings(*range).map(&as_words);
            let after = |at: &usize| {
                let rest = &words[*at..];
                readings.iter().filter(|read| rest.starts_with(*read)).map(|read| at + read.len()).collect::<Vec<_>>()
            };
            reached = reached.iter().flat_map(after).collect();
            reached.sort_unstable();
            reached.dedup();
        }
        reached.contains(&words.len())
    }

    /// What a range says as markup, as JSON, as markup inside JSON, as text with references but without tags, as an attribute's
    /// value, in which `&nbsp3` is no reference, and as it stands. A range ends where markup begins, so each is decoded by itself.
    fn readings(&self, range: (usize, usize)) -> [String; READINGS] {
        let text = self.decoded(range);
        let attribute = htmlize::unescape_attribute(&text).into_owned();
        [markup(&text), json(&text), markup(&json(&text)), references(&text), attribute, text]
            .map(|read| squeezed(&read))
    }

    /// What a range says before something that no character goes on with. In GB 18030 that is more than by itself: `81 33` is
    /// one error at the end of a page, and an error and a `3` before a tag.
    fn decoded(&self, (from, to): (usize, usize)) -> String {
        let page = self.document.capture().page.as_bytes();
        let mut bytes = page[from..to].to_vec();
        let follows = to < page.len() && (self.encoding == encoding_rs::GB18030 || self.encoding == encoding_rs::GBK);
        bytes.extend(follows.then_some(b'<'));
        let text = self.encoding.decode_without_bom_handling(&bytes).0;
        text.strip_suffix('<').filter(|_| follows).unwrap_or(&text).to_owned()
    }

    fn stated<T>(&mut self, what: &str, field: &Stated<T>) {
        match field.basis {
            Basis::Page => self.check(what, &field.as_written, &ranges(&field.evidence)),
            _ => {
                assert!(field.evidence.is_empty(), "{what} has evidence on the page although its basis is not the page")
            }
        }
    }

    /// Looks for every field, block and quotation.
    pub fn walk(&mut self) {
        let fields = &self.document.fields;
        for (what, field) in [
            ("url", &fields.url),
            ("canonical_url", &fields.canonical_url),
            ("site", &fields.site),
            ("section", &fields.section),
            ("headline", &fields.headline),
            ("standfirst", &fields.standfirst),
        ] {
            field.iter().for_each(|field| self.stated(what, field));
        }
        fields.genre.iter().for_each(|genre| self.stated("genre", genre));
        fields.paywalled.iter().for_each(|paywalled| self.stated("paywalled", paywalled));
        fields.published.iter().for_each(|moment| self.stated("published", moment));
        fields.modified.iter().for_each(|moment| self.stated("modified", moment));
        fields.bylines.iter().for_each(|byline| self.stated("byline", byline));
        fields.topics.iter().for_each(|topic| self.stated("topic", topic));
        for image in &fields.images {
            self.stated("image url", &image.url);
            image.caption.iter().for_each(|caption| self.stated("image caption", caption));
            image.credit.iter().for_each(|credit| self.stated("image credit", credit));
        }
        fields.links.iter().for_each(|link| self.stated("link", &link.url));
        for related in &fields.related {
            self.stated("related url", &related.url);
            self.stated("related title", &related.title);
        }
        for block in self.document.blocks() {
            let evidence = ranges(&self.document.evidence(block.span));
            self.check(block.kind.name(), self.document.words(block.span), &evidence);
        }
        for statement in self.document.statements().iter() {
            for span in statement.content.iter().chain(&statement.cue).chain(&statement.source) {
                let evidence = ranges(&self.document.evidence(*span));
                self.check("quote", self.document.words(*span), &evidence);
            }
        }
    }
}

fn ranges(spans: &[Span<Bytes>]) -> Vec<(usize, usize)> {
    spans.iter().map(|span| (span.start(), span.end())).collect()
}

fn markup(text: &str) -> String {
    // A line break element is the space between two words.
    let lower = text.to_ascii_lowercase();
    let mut plain = String::with_capacity(text.len());
    let mut from = 0;
    while let Some(at) = ["<br", "</br"].iter().filter_map(|tag| lower[from..].find(tag)).min() {
        plain.push_str(&text[from..from + at]);
        plain.push(' ');
        from = lower[from + at..].find('>').map_or(lower.len(), |end| from + at + end + 1);
    }
    plain.push_str(&text[from..]);
    references(&plain)
}

fn references(text: &str) -> String {
    htmlize::unescape(text).into_owned()
}

fn json(text: &str) -> String {
    serde_json::from_str::<String>(&format!("\"{}\"", as_json(text))).unwrap_or_else(|_| text.to_owned())
}

/// The inside of a string as JSON wants it: control characters as escapes, no quotation marks without a backslash, and no
/// escapes that JSON does not have, which stand for what is behind the backslash.
fn as_json(text: &str) -> String {
    let is_code = |code: Option<&str>| code.is_some_and(|code| code.bytes().all(|byte| byte.is_ascii_hexdigit()));
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let escape = rest.strip_prefix('\\').and_then(|rest| rest.chars().next());
        let len = match (first, escape) {
            ('\\', Some('u')) if is_code(rest.get(2..6)) => {
                let pair = is_code(rest.get(8..12)) && rest[6..].starts_with("\\u");
                let len = if pair { 12 } else { 6 };
                match serde_json::from_str::<String>(&format!("\"{}\"", &rest[..len])) {
                    Ok(_) => {
                        out.push_str(&rest[..len]);
                        len
                    }
                    // Half of a character.
                    Err(_) => {
                        let alone = serde_json::from_str::<String>(&format!("\"{}\"", &rest[..6])).is_ok();
                        out.push_str(if alone { &rest[..6] } else { "\u{FFFD}" });
                        6
                    }
                }
            }
            ('\\', Some(escape @ ('"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't'))) => {
                out.extend(['\\', escape]);
                2
            }
            ('\\', Some(other)) => {
                push_escaped(&mut out, other);
                1 + other.len_utf8()
            }
            ('\\', None) => {
                out.push_str("\\\\");
                1
            }
            ('"', _) => {
                out.push_str("\\\"");
                1
            }
            (char, _) => {
                push_escaped(&mut out, char);
                char.len_utf8()
            }
        };
        rest = &rest[len..];
    }
    out
}

/// Adds a character to the inside of a JSON string, in which control characters stand as escapes alone.
fn push_escaped(out: &mut String, char: char) {
    if char < ' ' {
        out.push_str(&format!("\\u{:04x}", u32::from(char)));
    } else {
        out.push(char);
    }
}

/// Words without white space, what nobody sees, marks of bytes that are no characters, and NUL, which HTML leaves out of text and
/// reads as such a mark elsewhere: white space is folded, and between two ranges it may be inserted.
fn squeezed(words: &str) -> String {
    let unseen = |char| matches!(char, '\0' | '\u{AD}' | '\u{200B}' | '\u{2060}' | '\u{FEFF}' | '\u{FFFD}');
    words.chars().filter(|char| !char.is_whitespace() && !unseen(*char)).collect()
}
