//! What encoding a page declares in its first bytes: the prescan of section 13.2.3.2 of the standard.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252, X_USER_DEFINED};

use crate::tokenizer::is_space;

/// Bytes in which the standard looks for a declaration.
const PRESCAN: usize = 1024;
/// Bytes in which a declaration is looked for next: browsers that meet a later one begin anew.
const LONG_PRESCAN: usize = 16 * 1024;

/// The encoding that a `meta` element or XML declaration at the beginning of `page` names.
///
/// `None` where there is none, or none that is known. A declaration cannot be read if the page is UTF-16; if it says so, it
/// means UTF-8.
pub fn declared_encoding(page: &[u8]) -> Option<&'static Encoding> {
    let scan = |limit: usize| Prescan { bytes: &page[..page.len().min(limit)], at: 0 }.run();
    scan(PRESCAN).or_else(|| (page.len() > PRESCAN).then(|| scan(LONG_PRESCAN)).flatten())
}

/// The encoding of a label in markup.
fn label_in_markup(label: &[u8]) -> Option<&'static Encoding> {
    let encoding = Encoding::for_label(label)?;
    Some(if encoding == UTF_16LE || encoding == UTF_16BE {
        UTF_8
    } else if encoding == X_USER_DEFINED {
        WINDOWS_1252
    } else {
        encoding
    })
}

struct Prescan<'p> {
    bytes: &'p [u8],
    at: usize,
}

impl Prescan<'_> {
    fn byte(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn rest(&self) -> &[u8] {
        &self.bytes[self.at.min(self.bytes.len())..]
    }

    fn begins(&self, word: &[u8]) -> bool {
        self.rest().len() >= word.len() && self.rest()[..word.len()].eq_ignore_ascii_case(word)
    }

    fn run(&mut self) -> Option<&'static Encoding> {
        if self.bytes.starts_with(b"<?xml")
            && let Some(encoding) = self.xml_declaration()
        {
            return Some(encoding);
        }
        while self.at < self.bytes.len() {
            if self.begins(b"<!--") {
                // Its dashes may be those of the end.
                self.at += 2;
                self.at += memchr::memmem::find(self.rest(), b"-->").map(|found| found + 3)?;
            } else if self.begins(b"<meta")
                && self.bytes.get(self.at + 5).is_some_and(|&byte| is_space(byte) || byte == b'/')
            {
                self.at += 5;
                if let Some(encoding) = self.meta()? {
                    return Some(encoding);
                }
            } else if self.byte() == Some(b'<') && self.opens_tag() {
                while self.byte().is_some_and(|byte| !is_space(byte) && byte != b'>') {
                    self.at += 1;
                }
                while self.attribute()?.is_some() {}
                self.at += 1;
            } else if self.begins(b"<!") || self.begins(b"</") || self.begins(b"<?") {
                self.at += memchr::memchr(b'>', self.rest()).map(|found| found + 1)?;
            } else {
                self.at += 1;
                self.at += memchr::memchr(b'<', self.rest())?;
            }
        }
        None
    }

    fn opens_tag(&self) -> bool {
        match self.rest() {
            [b'<', b'/', letter, ..] => letter.is_ascii_alphabetic(),
            [b'<', letter, ..] => letter.is_ascii_alphabetic(),
            _ => false,
        }
    }

    /// The encoding that an XML declaration names.
    fn xml_declaration(&self) -> Option<&'static Encoding> {
        let end = memchr::memchr(b'>', self.bytes)?;
        let declaration = &self.bytes[..end];
        let after = memchr::memmem::find(declaration, b"encoding")? + b"encoding".len();
        let rest = declaration[after..].trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
        let quote = *rest.first().filter(|&&byte| byte == b'"' || byte == b'\'')?;
        let label = &rest[1..][..memchr::memchr(quote, &rest[1..])?];
        if label.iter().any(|&byte| byte <= 0x20) {
            return None;
        }
        label_in_markup(label)
    }

    /// Reads the attributes of a `meta`: what it declares. The outer `None` is the end of the bytes.
    fn meta(&mut self) -> Option<Option<&'static Encoding>> {
        let mut names: Vec<Vec<u8>> = Vec::new();
        let mut got_pragma = false;
        let mut need_pragma = None;
        let mut charset: Option<Option<&'static Encoding>> = None;
        while let Some((name, value)) = self.attribute()? {
            if names.contains(&name) {
                continue;
            }
            match name.as_slice() {
                b"http-equiv" => got_pragma |= value == b"content-type",
                b"content" => {
                    if charset.is_none()
                        && let Some(encoding) = charset_in_content(&value)
                    {
                        charset = Some(Some(encoding));
                        need_pragma = Some(true);
                    }
                }
                b"charset" => {
                    charset = Some(label_in_markup(&value));
                    need_pragma = Some(false);
                }
                _ => {}
            }
            names.push(name);
        }
        let usable = match need_pragma {
            None => false,
            Some(need) => !need || got_pragma,
        };
        Some(charset.flatten().filter(|_| usable))
    }

    /// "Get an attribute": its lower-case name and value, or `Some(None)` at the end of the tag (the
    /// `>` is not consumed). The outer `None` is the end of the bytes.
    fn attribute(&mut self) -> Option<Option<(Vec<u8>, Vec<u8>)>> {
        while is_space(self.byte()?) || self.byte()? == b'/' {
            self.at += 1;
        }
        if self.byte()? == b'>' {
            return Some(None);
        }
        let start = self.at;
        loop {
            let byte = self.byte()?;
            if (byte == b'=' && self.at > start) || is_space(byte) || byte == b'/' || byte == b'>' {
                break;
            }
            self.at += 1;
        }
        let name = self.bytes[start..self.at].to_ascii_lowercase();
        while is_space(self.byte()?) {
            self.at += 1;
        }
        if self.byte()? != b'=' {
            return Some(Some((name, Vec::new())));
        }
        self.at += 1;
        while is_space(self.byte()?) {
            self.at += 1;
        }
        let value = match self.byte()? {
            quote @ (b'"' | b'\'') => {
                let start = self.at + 1;
                let end = start + memchr::memchr(quote, self.bytes.get(start..)?)?;
                self.at = end + 1;
                start..end
            }
            _ => {
                let start = self.at;
                while !is_space(self.byte()?) && self.byte()? != b'>' {
                    self.at += 1;
                }
                start..self.at
            }
        };
        Some(Some((name, self.bytes[value].to_ascii_lowercase())))
    }
}

/// "Extracting a character encoding from a `meta` element": the charset in `text/html; charset=…`.
/// `content` is lower-case.
fn charset_in_content(content: &[u8]) -> Option<&'static Encoding> {
    let mut rest = content;
    loop {
        rest = &rest[memchr::memmem::find(rest, b"charset")? + b"charset".len()..];
        let value = rest.trim_ascii_start();
        let Some(value) = value.strip_prefix(b"=") else { continue };
        let value = value.trim_ascii_start();
        let label = match value.first()? {
            quote @ (b'"' | b'\'') => &value[1..][..memchr::memchr(*quote, &value[1..])?],
            _ => {
                let end = value.iter().position(|&byte| is_space(byte) || byte == b';').unwrap_or(value.len());
                &value[..end]
            }
        };
        return label_in_markup(label);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::{EUC_JP, ISO_8859_2, SHIFT_JIS};

    #[test]
    fn declarations_are_found() {
        assert_eq!(declared_encoding(b"<meta charset=iso8859-2>"), Some(ISO_8859_2));
        assert_eq!(declared_encoding(b"<!-- <meta charset=utf-8> --><META CharSet = 'Shift_JIS' >"), Some(SHIFT_JIS));
        assert_eq!(
            declared_encoding(b"<meta http-equiv=Content-Type content=\"text/html; charset=EUC-JP\">"),
            Some(EUC_JP)
        );
        assert_eq!(declared_encoding(b"<meta content=\"text/html; charset=EUC-JP\">"), None);
        assert_eq!(declared_encoding(b"<p title='<meta charset=utf-8>'>"), None);
        assert_eq!(declared_encoding(b"<?xml version='1.0' encoding='EUC-JP'?>"), Some(EUC_JP));
        assert_eq!(declared_encoding(b"<meta charset=utf-16>"), Some(UTF_8));
        assert_eq!(declared_encoding(b"<meta charset=nonsense>"), None);
    }

    #[test]
    fn declarations_are_looked_for_within_limits() {
        let page = |before: usize| [&vec![b' '; before][..], b"<meta charset=euc-jp>"].concat();
        assert_eq!(declared_encoding(&page(PRESCAN)), Some(EUC_JP));
        assert_eq!(declared_encoding(&page(LONG_PRESCAN)), None);
    }
}
