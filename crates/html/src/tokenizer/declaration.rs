//! Reads the document type declaration (sections 13.2.5.53 to 13.2.5.68).

use memchr::{memchr, memchr2};

use super::doctype::Doctype;
use super::{HtmlTokenizer, is_space};
use crate::references::{SourceCoding, decode};

impl HtmlTokenizer<'_> {
    /// Reads a declaration after the word `doctype`, up to and with its `>`.
    pub(super) fn read_doctype(&mut self) -> Doctype {
        let mut doctype = Doctype::default();
        if self.doctype_parts(&mut doctype).is_none() {
            // The page or a quoted string was cut off.
            doctype.force_quirks = true;
        }
        doctype
    }

    /// `None` where the declaration is cut off.
    fn doctype_parts(&mut self, doctype: &mut Doctype) -> Option<()> {
        if self.after_space()? == b'>' {
            self.at += 1;
            return None;
        }
        let start = self.at;
        while self.byte().is_some_and(|byte| !is_space(byte) && byte != b'>') {
            self.at += 1;
        }
        doctype.name = Some(decode(&self.source[start..self.at], SourceCoding::RAW).to_ascii_lowercase());
        if self.after_space()? == b'>' {
            self.at += 1;
            return Some(());
        }
        let keyword = self.bytes.get(self.at..self.at + 6).unwrap_or_default();
        let public = keyword.eq_ignore_ascii_case(b"public");
        if !public && !keyword.eq_ignore_ascii_case(b"system") {
            return self.bogus_doctype(doctype);
        }
        self.at += 6;
        if public {
            if !matches!(self.after_space()?, b'"' | b'\'') {
                return self.bogus_doctype(doctype);
            }
            self.quoted(&mut doctype.public_id)?;
            match self.after_space()? {
                b'>' => {
                    self.at += 1;
                    return Some(());
                }
                b'"' | b'\'' => self.quoted(&mut doctype.system_id)?,
                _ => return self.bogus_doctype(doctype),
            }
        } else {
            if !matches!(self.after_space()?, b'"' | b'\'') {
                return self.bogus_doctype(doctype);
            }
            self.quoted(&mut doctype.system_id)?;
        }
        self.after_space()?;
        // Anything after the system identifier is skipped without asking for quirks.
        self.skip_doctype();
        Some(())
    }

    /// Skips a declaration that says something else.
    fn bogus_doctype(&mut self, doctype: &mut Doctype) -> Option<()> {
        doctype.force_quirks = true;
        self.skip_doctype();
        Some(())
    }

    fn skip_doctype(&mut self) {
        self.at = memchr(b'>', &self.bytes[self.at..]).map_or(self.bytes.len(), |close| self.at + close + 1);
    }

    /// Reads a quoted string, its quote at `self.at`. A `>` within cuts it and the declaration off: `None`.
    fn quoted(&mut self, into: &mut Option<String>) -> Option<()> {
        let quote = self.byte()?;
        let start = self.at + 1;
        let end = memchr2(quote, b'>', &self.bytes[start..]).map(|found| start + found);
        let string = &self.source[start..end.unwrap_or(self.bytes.len())];
        *into = Some(decode(string, SourceCoding::RAW).into_owned());
        self.at = end.map_or(self.bytes.len(), |end| end + 1);
        (self.bytes[end?] == quote).then_some(())
    }

    fn byte(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// Skips white space; the byte after it.
    fn after_space(&mut self) -> Option<u8> {
        while is_space(self.byte()?) {
            self.at += 1;
        }
        self.byte()
    }
}
