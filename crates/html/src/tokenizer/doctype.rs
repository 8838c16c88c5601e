//! The document type declaration, and whether it asks for quirks.

use memchr::{memchr, memchr2};

use super::{Tokenizer, is_space};
use crate::references::{Coding, decode};

/// A document type declaration.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Doctype {
    /// Lower-case; `None` where there is no name.
    pub name: Option<String>,
    /// The public identifier.
    pub public_id: Option<String>,
    /// The system identifier.
    pub system_id: Option<String>,
    /// Whether the declaration is broken.
    pub force_quirks: bool,
}

/// Public identifiers that ask for quirks by how they begin (section 13.2.6.4.1), lower-case.
const QUIRKY_PREFIXES: &str = include_str!("../../data/quirky_public_ids.txt");

impl Doctype {
    /// Whether a page with this declaration is read in quirks mode (section 13.2.6.4.1): then a
    /// table may stand in a paragraph.
    pub fn asks_for_quirks(&self) -> bool {
        let public = self.public_id.as_deref().unwrap_or_default().to_ascii_lowercase();
        let system = self.system_id.as_deref().map(str::to_ascii_lowercase);
        self.force_quirks
            || self.name.as_deref() != Some("html")
            || matches!(
                public.as_str(),
                "-//w3o//dtd w3 html strict 3.0//en//" | "-/w3c/dtd html 4.0 transitional/en" | "html"
            )
            || system.as_deref() == Some("http://www.ibm.com/data/dtd/v11/ibmxhtml1-transitional.dtd")
            || QUIRKY_PREFIXES
                .lines()
                .any(|prefix| !prefix.starts_with('#') && !prefix.is_empty() && public.starts_with(prefix))
            || system.is_none()
                && (public.starts_with("-//w3c//dtd html 4.01 frameset//")
                    || public.starts_with("-//w3c//dtd html 4.01 transitional//"))
    }
}

impl Tokenizer<'_> {
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
        doctype.name = Some(decode(&self.source[start..self.at], Coding::RAW).to_ascii_lowercase());
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
        *into = Some(decode(string, Coding::RAW).into_owned());
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
