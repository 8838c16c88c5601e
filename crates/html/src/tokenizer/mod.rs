//! The tokenizer: section 13.2.5 of the standard, over the bytes of the decoded source.
//!
//! Tokens are ranges. Nothing is decoded here but names; line ends, NUL and character references
//! stay as they stand until somebody asks for the text.

mod declaration;
mod doctype;
mod raw;
#[cfg(any(test, feature = "tokens"))]
mod spelled;
#[cfg(test)]
mod tests;

pub use doctype::Doctype;
#[cfg(feature = "tokens")]
pub use spelled::{FirstState, Spelled, spelled_tokens};

use memchr::memchr;

use crate::limits::{MAX_ATTRS, MAX_TOTAL_ATTRS, Truncation};
use crate::names::{HASH_START, HtmlName, NameTable, hash_byte};
use crate::references::{Nul, SourceCoding};

/// What the tokenizer reads next; set by the tree builder after a start tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TokenizerState {
    /// Markup and text.
    Data,
    /// Text with references up to the end tag of this name; without a name, up to the end of the page.
    Rcdata(Option<HtmlName>),
    /// Text as it stands up to the end tag of this name.
    Rawtext(Option<HtmlName>),
    /// A script, with its strange comments.
    Script(Option<HtmlName>),
    /// Text up to the end of the page.
    Plaintext,
    /// Text up to `]]>`.
    #[cfg(any(test, feature = "tokens"))]
    Cdata,
}

/// Text, not empty.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TextToken {
    pub start: u32,
    pub end: u32,
    /// Whether `&` begins references.
    pub references: bool,
    /// Whether NUL becomes U+FFFD; otherwise the tree builder decides.
    pub replace_nul: bool,
}

impl TextToken {
    /// Its place in the source.
    pub(crate) fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// How to read it where the tree builder has left NULs as they are.
    pub(crate) fn coding(self, nul: Nul) -> SourceCoding {
        let nul = if self.replace_nul { Nul::Replace } else { nul };
        SourceCoding { references: self.references, attribute: false, nul }
    }
}

/// A start or end tag.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tag {
    pub name: HtmlName,
    pub start: u32,
    pub end: u32,
    /// Its attributes are those of [`HtmlTokenizer::attrs`] from here on.
    pub attrs: u32,
    pub self_closing: bool,
}

/// A comment: the range of all of it and that of its data.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Comment {
    pub start: u32,
    pub end: u32,
    pub data_start: u32,
    pub data_end: u32,
}

/// A token; places in the source are `u32`, so that it is small. After [`HtmlToken::End`] of the page come only more of these.
#[derive(Clone, Copy, Debug)]
pub(crate) enum HtmlToken {
    Text(TextToken),
    StartTag(Tag),
    EndTag(Tag),
    Comment(Comment),
    /// Its contents wait in [`HtmlTokenizer::doctype`].
    Doctype {
        start: u32,
        end: u32,
    },
    EndOfPage,
}

/// An attribute as the tree stores it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RawAttr {
    pub name: HtmlName,
    /// The value's place in the source, without quotes.
    pub start: u32,
    pub end: u32,
}

pub(crate) struct HtmlTokenizer<'s> {
    pub source: &'s str,
    bytes: &'s [u8],
    pub at: usize,
    pub state: TokenizerState,
    pub names: NameTable,
    /// Attributes of all tags kept so far, and of the last tag read.
    pub attrs: Vec<RawAttr>,
    pub doctype: Option<Doctype>,
    /// Whether `<![CDATA[` begins a section: in foreign content.
    pub cdata_allowed: bool,
    pub truncation: Option<Truncation>,
    /// For each name, the number of the last tag that had an attribute of this name.
    seen: Vec<u32>,
    tag_number: u32,
}

/// Bytes that end an unquoted word in a tag: white space, `/` and `>`.
const WORD_END: u8 = 1;
/// White space.
const SPACE: u8 = 2;

const CLASS: [u8; 256] = {
    let mut class = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        class[byte] = match byte as u8 {
            b' ' | b'\t' | b'\n' | b'\r' | 0x0C => WORD_END | SPACE,
            b'/' | b'>' => WORD_END,
            _ => 0,
        };
        byte += 1;
    }
    class
};

#[inline(always)]
pub(crate) fn is_space(byte: u8) -> bool {
    CLASS[byte as usize] & SPACE != 0
}

/// Where the next `<` stands, from `from` on. Tags mostly follow each other closely, so the first bytes are looked at without
/// a search, whose start costs more.
#[inline]
fn find_open(bytes: &[u8], from: usize) -> Option<usize> {
    const STRIDE: usize = 8;
    const EACH: u64 = u64::from_le_bytes([1; STRIDE]);
    let rest = &bytes[from..];
    let Some(first) = rest.first_chunk::<STRIDE>() else {
        return rest.iter().position(|&byte| byte == b'<').map(|found| from + found);
    };
    // A byte that is `<` becomes zero, and the lowest zero of a word borrows from its own high bit alone.
    let others = u64::from_le_bytes(*first) ^ (EACH * b'<' as u64);
    let zeros = others.wrapping_sub(EACH) & !others & (EACH << 7);
    if zeros != 0 {
        return Some(from + zeros.trailing_zeros() as usize / 8);
    }
    memchr(b'<', &rest[STRIDE..]).map(|found| from + STRIDE + found)
}

impl<'s> HtmlTokenizer<'s> {
    pub(crate) fn new(source: &'s str) -> Self {
        HtmlTokenizer {
            source,
            bytes: source.as_bytes(),
            at: 0,
            state: TokenizerState::Data,
            names: NameTable::default(),
            attrs: Vec::with_capacity(source.len() / 64),
            doctype: None,
            cdata_allowed: false,
            truncation: None,
            seen: Vec::new(),
            tag_number: 0,
        }
    }

    /// Notes that a limit was hit.
    pub(crate) fn note(&mut self, truncation: Truncation) {
        self.truncation = self.truncation.max(Some(truncation));
    }

    #[inline(always)]
    pub(crate) fn next(&mut self) -> HtmlToken {
        match self.state {
            TokenizerState::Data => self.data(),
            TokenizerState::Rcdata(name) => self.until_end_tag(name, true),
            TokenizerState::Rawtext(name) => self.until_end_tag(name, false),
            TokenizerState::Script(name) => self.script(name),
            TokenizerState::Plaintext => self.plaintext(),
            #[cfg(any(test, feature = "tokens"))]
            TokenizerState::Cdata => self.cdata(),
        }
    }

    /// Text without references in which NUL is replaced, or the end of the page.
    fn raw_text(&mut self, end: usize, references: bool) -> HtmlToken {
        let start = self.at as u32;
        self.at = end;
        HtmlToken::Text(TextToken { start, end: end as u32, references, replace_nul: true })
    }

    #[inline(always)]
    fn data(&mut self) -> HtmlToken {
        loop {
            let start = self.at;
            let mut from = start;
            loop {
                let Some(open) = find_open(self.bytes, from) else {
                    self.at = self.bytes.len();
                    return self.text_or_end(start);
                };
                let markup = match self.bytes.get(open + 1) {
                    Some(b'!' | b'?') => true,
                    Some(b'/') => open + 2 < self.bytes.len(),
                    Some(byte) => byte.is_ascii_alphabetic(),
                    None => false,
                };
                if markup {
                    if open > start {
                        self.at = open;
                        return self.text_or_end(start);
                    }
                    break;
                }
                from = open + 1;
            }
            let ends = self.bytes[start + 1] == b'/';
            self.at = start + 1 + usize::from(ends);
            if self.bytes[self.at].is_ascii_alphabetic() {
                return self.tag(start, ends);
            }
            if let Some(token) = self.markup(start) {
                return token;
            }
        }
    }

    #[inline]
    fn text_or_end(&self, start: usize) -> HtmlToken {
        if self.at > start {
            HtmlToken::Text(TextToken {
                start: start as u32,
                end: self.at as u32,
                references: true,
                replace_nul: false,
            })
        } else {
            HtmlToken::EndOfPage
        }
    }

    /// Reads what begins with the `<` at `start` and is no tag; `None` for the few things that make no token. Apart from
    /// [`data`](HtmlTokenizer::data), which is small so.
    #[inline(never)]
    fn markup(&mut self, start: usize) -> Option<HtmlToken> {
        match self.bytes[start + 1] {
            b'/' if self.bytes[start + 2] == b'>' => {
                self.at = start + 3;
                None
            }
            b'/' => Some(self.bogus_comment(start, start + 2)),
            b'!' => Some(self.declaration(start)),
            _ => Some(self.bogus_comment(start, start + 1)),
        }
    }

    /// Reads a tag from its name on. A tag that the end of the page cuts off is none, and nothing follows.
    #[inline(always)]
    fn tag(&mut self, start: usize, ends: bool) -> HtmlToken {
        let attrs = self.attrs.len();
        let name_start = self.at;
        let mut hash = HASH_START;
        let mut at = name_start;
        loop {
            let Some(&byte) = self.bytes.get(at) else {
                self.at = at;
                return HtmlToken::EndOfPage;
            };
            if CLASS[byte as usize] & WORD_END != 0 {
                break;
            }
            hash = hash_byte(hash, byte);
            at += 1;
        }
        self.at = at;
        let name = match self.names.intern(&self.source[name_start..at], hash) {
            Some(name) => name,
            None => {
                self.note(Truncation::Names);
                HtmlName::UNNAMED
            }
        };
        let self_closing = if self.bytes[at] == b'>' {
            self.at = at + 1;
            false
        } else {
            match self.attributes(attrs) {
                Some(self_closing) => self_closing,
                None => {
                    self.attrs.truncate(attrs);
                    self.at = self.bytes.len();
                    return HtmlToken::EndOfPage;
                }
            }
        };
        let tag = Tag { name, start: start as u32, end: self.at as u32, attrs: attrs as u32, self_closing };
        if ends { HtmlToken::EndTag(tag) } else { HtmlToken::StartTag(tag) }
    }

    /// Reads attributes up to and with the `>`; whether the tag closes itself. `None` at the end of the page.
    fn attributes(&mut self, first: usize) -> Option<bool> {
        let bytes = self.bytes;
        let mut at = self.at;
        self.tag_number += 1;
        loop {
            // Before attribute name.
            match *bytes.get(at)? {
                b'>' => {
                    self.at = at + 1;
                    return Some(false);
                }
                b'/' => {
                    if *bytes.get(at + 1)? == b'>' {
                        self.at = at + 2;
                        return Some(true);
                    }
                    at += 1;
                    continue;
                }
                byte if is_space(byte) => {
                    at += 1;
                    continue;
                }
                _ => {}
            }
            // A `=` at the beginning belongs to the name.
            let name_start = at;
            let mut hash = hash_byte(HASH_START, bytes[at]);
            at += 1;
            loop {
                let byte = *bytes.get(at)?;
                if CLASS[byte as usize] & WORD_END != 0 || byte == b'=' {
                    break;
                }
                hash = hash_byte(hash, byte);
                at += 1;
            }
            let name_end = at;
            // After attribute name.
            while is_space(*bytes.get(at)?) {
                at += 1;
            }
            let (value_start, value_end);
            if bytes[at] == b'=' {
                at += 1;
                while is_space(*bytes.get(at)?) {
                    at += 1;
                }
                match bytes[at] {
                    quote @ (b'"' | b'\'') => {
                        value_start = at + 1;
                        value_end = value_start + memchr(quote, &bytes[value_start..])?;
                        at = value_end + 1;
                    }
                    b'>' => {
                        value_start = at;
                        value_end = at;
                    }
                    _ => {
                        value_start = at;
                        loop {
                            let byte = *bytes.get(at)?;
                            if is_space(byte) || byte == b'>' {
                                break;
                            }
                            at += 1;
                        }
                        value_end = at;
                    }
                }
            } else {
                value_start = name_end;
                value_end = name_end;
            }
            self.keep_attribute(first, name_start..name_end, hash, value_start..value_end);
        }
    }

    #[inline]
    fn keep_attribute(&mut self, first: usize, name: std::ops::Range<usize>, hash: u32, value: std::ops::Range<usize>) {
        if self.attrs.len() - first >= MAX_ATTRS || self.attrs.len() >= MAX_TOTAL_ATTRS {
            self.note(Truncation::Attrs);
            return;
        }
        let Some(name) = self.names.intern(&self.source[name], hash) else {
            self.note(Truncation::Names);
            return;
        };
        let index = usize::from(name.0);
        if index >= self.seen.len() {
            self.seen.resize((index + 1).next_power_of_two().max(512), 0);
        }
        // The first of two attributes of one name counts.
        if self.seen[index] != self.tag_number {
            self.seen[index] = self.tag_number;
            self.attrs.push(RawAttr { name, start: value.start as u32, end: value.end as u32 });
        }
    }

    /// Reads what begins with `<!`.
    fn declaration(&mut self, start: usize) -> HtmlToken {
        let rest = &self.bytes[start + 2..];
        if rest.starts_with(b"--") {
            return self.comment(start);
        }
        if rest.len() >= 7 && rest[..7].eq_ignore_ascii_case(b"doctype") {
            self.at = start + 9;
            let doctype = self.read_doctype();
            self.doctype = Some(doctype);
            return HtmlToken::Doctype { start: start as u32, end: self.at as u32 };
        }
        if self.cdata_allowed && rest.starts_with(b"[CDATA[") {
            self.at = start + 9;
            return self.cdata();
        }
        self.bogus_comment(start, start + 2)
    }

    /// A comment whose data begins at `data_start` and ends with the next `>`.
    fn bogus_comment(&mut self, start: usize, data_start: usize) -> HtmlToken {
        let (data_end, end) = match memchr(b'>', &self.bytes[data_start..]) {
            Some(found) => (data_start + found, data_start + found + 1),
            None => (self.bytes.len(), self.bytes.len()),
        };
        self.comment_token(start, end, data_start..data_end)
    }

    fn comment_token(&mut self, start: usize, end: usize, data: std::ops::Range<usize>) -> HtmlToken {
        self.at = end;
        let (data_start, data_end) = (data.start as u32, data.end as u32);
        HtmlToken::Comment(Comment { start: start as u32, end: end as u32, data_start, data_end })
    }

    /// A comment that begins with `<!--` and ends with `-->` or `--!>`; `<!-->` and `<!--->` are whole.
    fn comment(&mut self, start: usize) -> HtmlToken {
        let data_start = start + 4;
        let data = &self.bytes[data_start..];
        let mut finish = |data_len: usize, len: usize| {
            self.comment_token(start, data_start + len, data_start..data_start + data_len)
        };
        if data.starts_with(b">") {
            return finish(0, 1);
        }
        if data.starts_with(b"->") {
            return finish(0, 2);
        }
        for close in memchr::memchr_iter(b'>', data) {
            if data[..close].ends_with(b"--") {
                return finish(close - 2, close + 1);
            }
            if data[..close].ends_with(b"--!") {
                return finish(close - 3, close + 1);
            }
        }
        let unclosed = [&b"--!"[..], b"--", b"-"];
        let trailing = unclosed.iter().find(|end| data.ends_with(end)).map_or(0, |end| end.len());
        finish(data.len() - trailing, data.len())
    }

    /// Joins `count` attributes from `first` on, and those of the last tag (from `added` on) that
    /// have other names: where the joint ones begin, and how many they are.
    pub(crate) fn merge_attrs(&mut self, first: usize, count: usize, added: usize) -> (usize, usize) {
        if count >= MAX_ATTRS {
            self.attrs.truncate(added);
            self.note(Truncation::Attrs);
            return (first, count);
        }
        self.tag_number += 1;
        for index in first..first + count {
            let name = usize::from(self.attrs[index].name.0);
            self.seen[name] = self.tag_number;
        }
        let mut new = Vec::new();
        for attr in self.attrs.drain(added..) {
            if self.seen[usize::from(attr.name.0)] != self.tag_number && count + new.len() < MAX_ATTRS {
                new.push(attr);
            }
        }
        if new.is_empty() {
            return (first, count);
        }
        let joint = self.attrs.len();
        self.attrs.extend_from_within(first..first + count);
        self.attrs.extend(new);
        (joint, self.attrs.len() - joint)
    }
}
