//! The tokens of a page by themselves, spelled out: for the standard's tests and for fuzzing beside another tokenizer.
//!
//! Reading a page takes no such step: the tree builder takes each token as it comes, and nothing is decoded.

use super::{HtmlToken, HtmlTokenizer, Tag, TokenizerState};
use crate::names::{HASH_START, HtmlName, hash_byte};
use crate::references::{Nul, SourceCoding, decode};

/// A token, decoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Spelled {
    /// A document type declaration.
    Doctype {
        /// Its name, if it has one.
        name: Option<String>,
        /// Its public identifier, if it has one.
        public_id: Option<String>,
        /// Its system identifier, if it has one.
        system_id: Option<String>,
        /// Whether it asks for quirks mode by being broken.
        force_quirks: bool,
    },
    /// A start tag: its name, its attributes in their order, and whether it closes itself.
    StartTag(String, Vec<(String, String)>, bool),
    /// An end tag.
    EndTag(String),
    /// A comment.
    Comment(String),
    /// All text up to the next token of another kind. NUL stays where the tree builder decides about it.
    Text(String),
}

/// Where the tokenizer begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FirstState {
    /// Markup and text.
    Data,
    /// Markup and text in foreign content, where CDATA sections may stand.
    Foreign,
    /// Text up to the end of the page.
    Plaintext,
    /// Text with references, up to the end tag of the last start tag.
    Rcdata,
    /// Text without references, likewise.
    Rawtext,
    /// A script, likewise.
    Script,
    /// A CDATA section.
    Cdata,
}

/// The tokens of `source`, read from `start` on as if the last start tag had been `last_start_tag`.
///
/// Nothing builds a tree, so start tags don't change the state.
pub fn spelled_tokens(source: &str, start: FirstState, last_start_tag: Option<&str>) -> Vec<Spelled> {
    let mut tokenizer = HtmlTokenizer::new(source);
    let last = last_start_tag.and_then(|name| {
        let hash = name.bytes().fold(HASH_START, hash_byte);
        tokenizer.names.intern(name, hash)
    });
    tokenizer.cdata_allowed = start == FirstState::Foreign;
    tokenizer.state = state(start, last);
    let mut out = Vec::new();
    loop {
        match tokenizer.next() {
            HtmlToken::Text(text) => push_text(&mut out, &decode(&source[text.range()], text.coding(Nul::Keep))),
            HtmlToken::StartTag(tag) => {
                out.push(Spelled::StartTag(name(&tokenizer, tag), attributes(&tokenizer, tag), tag.self_closing));
            }
            HtmlToken::EndTag(tag) => out.push(Spelled::EndTag(name(&tokenizer, tag))),
            HtmlToken::Comment(comment) => {
                let data = &source[comment.data_start as usize..comment.data_end as usize];
                out.push(Spelled::Comment(decode(data, SourceCoding::RAW).into_owned()));
            }
            HtmlToken::Doctype { .. } => {
                let doctype = tokenizer.doctype.take().unwrap_or_default();
                out.push(Spelled::Doctype {
                    name: doctype.name,
                    public_id: doctype.public_id,
                    system_id: doctype.system_id,
                    force_quirks: doctype.force_quirks,
                });
            }
            HtmlToken::EndOfPage => return out,
        }
    }
}

fn state(start: FirstState, last: Option<HtmlName>) -> TokenizerState {
    match start {
        FirstState::Data | FirstState::Foreign => TokenizerState::Data,
        FirstState::Plaintext => TokenizerState::Plaintext,
        FirstState::Rcdata => TokenizerState::Rcdata(last),
        FirstState::Rawtext => TokenizerState::Rawtext(last),
        FirstState::Script => TokenizerState::Script(last),
        FirstState::Cdata => TokenizerState::Cdata,
    }
}

fn push_text(out: &mut Vec<Spelled>, text: &str) {
    match out.last_mut() {
        Some(Spelled::Text(last)) => last.push_str(text),
        _ => out.push(Spelled::Text(text.to_owned())),
    }
}

fn name(tokenizer: &HtmlTokenizer, tag: Tag) -> String {
    tokenizer.names.text(tag.name).to_owned()
}

fn attributes(tokenizer: &HtmlTokenizer, tag: Tag) -> Vec<(String, String)> {
    let spell = |attr: &super::RawAttr| {
        let raw = &tokenizer.source[attr.start as usize..attr.end as usize];
        (tokenizer.names.text(attr.name).to_owned(), decode(raw, SourceCoding::ATTRIBUTE).into_owned())
    };
    tokenizer.attrs[tag.attrs as usize..].iter().map(spell).collect()
}
