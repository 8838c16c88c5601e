//! Text in which tags mean nothing: `title`, `style`, `script`, `plaintext`, CDATA sections.

use memchr::{memchr, memchr2, memmem};

use super::{HtmlToken, HtmlTokenizer, TokenizerState, is_space};
use crate::names::HtmlName;

/// Where in a script the tokenizer is, as to `<!--` and `<script>` in it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Escape {
    /// Outside of comments.
    None,
    /// After `<!--`.
    Comment,
    /// After `<script` in a comment: `</script>` ends that one only.
    Nested,
}

impl HtmlTokenizer<'_> {
    /// Text up to the end tag `name`, then this tag.
    pub(super) fn until_end_tag(&mut self, name: Option<HtmlName>, references: bool) -> HtmlToken {
        let mut from = self.at;
        while let Some(found) = memchr(b'<', &self.bytes[from..]) {
            let open = from + found;
            if self.ends_raw_text(open, name) {
                if open > self.at {
                    return self.raw_text(open, references);
                }
                return self.raw_end_tag(open);
            }
            from = open + 1;
        }
        self.raw_rest(references)
    }

    /// A script up to its end tag, then this tag.
    pub(super) fn script(&mut self, name: Option<HtmlName>) -> HtmlToken {
        let mut escape = Escape::None;
        let mut from = self.at;
        loop {
            let found = match escape {
                Escape::None => memchr(b'<', &self.bytes[from..]),
                _ => memchr2(b'<', b'-', &self.bytes[from..]),
            };
            let Some(found) = found else { break };
            let here = from + found;
            let rest = &self.bytes[here..];
            from = here + 1;
            if rest[0] == b'-' {
                if rest.starts_with(b"-->") {
                    escape = Escape::None;
                }
            } else if self.ends_raw_text(here, name) {
                if escape == Escape::Nested {
                    escape = Escape::Comment;
                    continue;
                }
                if here > self.at {
                    return self.raw_text(here, false);
                }
                return self.raw_end_tag(here);
            } else if escape == Escape::None {
                if rest.starts_with(b"<!--") {
                    escape = Escape::Comment;
                    // Its dashes may be those of a `-->` as well.
                    from = here + 2;
                }
            } else if escape == Escape::Comment && word_follows(&rest[1..], b"script") {
                escape = Escape::Nested;
            }
        }
        self.raw_rest(false)
    }

    /// Text up to the end of the page.
    pub(super) fn plaintext(&mut self) -> HtmlToken {
        self.raw_rest(false)
    }

    /// A CDATA section up to and with its `]]>`.
    pub(super) fn cdata(&mut self) -> HtmlToken {
        self.state = TokenizerState::Data;
        let start = self.at;
        let (end, after) = match memmem::find(&self.bytes[start..], b"]]>") {
            Some(found) => (start + found, start + found + 3),
            None => (self.bytes.len(), self.bytes.len()),
        };
        if end == start {
            self.at = after;
            return self.data();
        }
        self.at = after;
        HtmlToken::Text(super::TextToken {
            start: start as u32,
            end: end as u32,
            references: false,
            replace_nul: false,
        })
    }

    fn raw_rest(&mut self, references: bool) -> HtmlToken {
        let end = self.bytes.len();
        if self.at == end {
            return HtmlToken::EndOfPage;
        }
        self.raw_text(end, references)
    }

    /// Whether the `<` at `open` begins an end tag `name`.
    fn ends_raw_text(&self, open: usize, name: Option<HtmlName>) -> bool {
        self.bytes.get(open + 1) == Some(&b'/')
            && name.is_some_and(|name| word_follows(&self.bytes[open + 2..], self.names.text(name).as_bytes()))
    }

    fn raw_end_tag(&mut self, open: usize) -> HtmlToken {
        self.state = TokenizerState::Data;
        self.at = open + 2;
        self.tag(open, true)
    }
}

/// Whether `bytes` begin with this word (lower-case), in any case, and something that ends a tag's name.
fn word_follows(bytes: &[u8], word: &[u8]) -> bool {
    bytes.len() > word.len()
        && bytes[..word.len()].eq_ignore_ascii_case(word)
        && (is_space(bytes[word.len()]) || matches!(bytes[word.len()], b'/' | b'>'))
}
