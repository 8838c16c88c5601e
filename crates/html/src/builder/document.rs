//! Outside of head and body: the insertion modes before, after and instead of them.

use super::{Again, Builder, Mode};
use crate::names::HtmlName;
use crate::tokenizer::{HtmlToken, TextToken};
use crate::tree::NodeId;

impl Builder<'_> {
    /// Section 13.2.6.4.1.
    pub(super) fn initial(&mut self, token: HtmlToken) -> Again {
        match token {
            HtmlToken::Text(text) => {
                let rest = self.split_space(text).1?;
                self.quirks = true;
                self.again(Mode::BeforeHtml, HtmlToken::Text(rest))
            }
            HtmlToken::Comment(comment) => {
                self.append_comment(NodeId(0), comment);
                None
            }
            HtmlToken::Doctype { start, end } => {
                self.append_doctype(start, end);
                self.doctype = self.tokenizer.doctype.take();
                self.quirks = self.doctype.as_ref().is_some_and(|doctype| doctype.asks_for_quirks());
                self.mode = Mode::BeforeHtml;
                None
            }
            _ => {
                self.quirks = true;
                self.again(Mode::BeforeHtml, token)
            }
        }
    }

    /// Section 13.2.6.4.2.
    pub(super) fn before_html(&mut self, token: HtmlToken) -> Again {
        let token = match token {
            HtmlToken::Doctype { .. } => return None,
            HtmlToken::Comment(comment) => {
                self.append_comment(NodeId(0), comment);
                return None;
            }
            HtmlToken::Text(text) => HtmlToken::Text(self.split_space(text).1?),
            HtmlToken::StartTag(tag) if tag.name == HtmlName::HTML => {
                self.insert(&tag);
                self.mode = Mode::BeforeHead;
                return None;
            }
            HtmlToken::EndTag(tag)
                if !matches!(tag.name, HtmlName::HEAD | HtmlName::BODY | HtmlName::HTML | HtmlName::BR) =>
            {
                return None;
            }
            token => token,
        };
        self.insert_implied(HtmlName::HTML);
        self.again(Mode::BeforeHead, token)
    }

    /// Section 13.2.6.4.19.
    pub(super) fn after_body(&mut self, token: HtmlToken) -> Again {
        match token {
            HtmlToken::Text(text) => {
                let (space, rest) = self.split_space(text);
                if let Some(space) = space {
                    self.in_body(&HtmlToken::Text(space));
                }
                let rest = rest?;
                self.again(Mode::InBody, HtmlToken::Text(rest))
            }
            HtmlToken::Comment(comment) => {
                if let Some(html) = self.stack.first() {
                    self.append_comment(html.node, comment);
                }
                None
            }
            HtmlToken::Doctype { .. } => None,
            HtmlToken::StartTag(tag) if tag.name == HtmlName::HTML => self.in_body(&token),
            HtmlToken::EndTag(tag) if tag.name == HtmlName::HTML => {
                if self.context.is_none() {
                    self.mode = Mode::AfterAfterBody;
                }
                None
            }
            HtmlToken::EndOfPage => self.stop(),
            _ => self.again(Mode::InBody, token),
        }
    }

    /// Section 13.2.6.4.20.
    pub(super) fn in_frameset(&mut self, token: HtmlToken) -> Again {
        match token {
            HtmlToken::Text(text) => {
                self.insert_spaces(text);
                None
            }
            HtmlToken::Comment(comment) => {
                self.insert_comment(comment);
                None
            }
            HtmlToken::Doctype { .. } => None,
            HtmlToken::StartTag(tag) => match tag.name {
                HtmlName::HTML => self.in_body(&token),
                HtmlName::FRAMESET => {
                    self.insert(&tag);
                    None
                }
                HtmlName::FRAME => {
                    self.insert_void(&tag);
                    None
                }
                HtmlName::NOFRAMES => self.in_head(token),
                _ => None,
            },
            HtmlToken::EndTag(tag) if tag.name == HtmlName::FRAMESET => {
                if self.stack.len() > 1 {
                    self.pop();
                    if self.context.is_none() && !self.current_is(HtmlName::FRAMESET) {
                        self.mode = Mode::AfterFrameset;
                    }
                }
                None
            }
            HtmlToken::EndTag(_) => None,
            HtmlToken::EndOfPage => self.stop(),
        }
    }

    /// Section 13.2.6.4.21.
    pub(super) fn after_frameset(&mut self, token: HtmlToken) -> Again {
        match token {
            HtmlToken::Text(text) => {
                self.insert_spaces(text);
                None
            }
            HtmlToken::Comment(comment) => {
                self.insert_comment(comment);
                None
            }
            HtmlToken::StartTag(tag) if tag.name == HtmlName::HTML => self.in_body(&token),
            HtmlToken::StartTag(tag) if tag.name == HtmlName::NOFRAMES => self.in_head(token),
            HtmlToken::EndTag(tag) if tag.name == HtmlName::HTML => {
                self.mode = Mode::AfterAfterFrameset;
                None
            }
            HtmlToken::EndOfPage => self.stop(),
            _ => None,
        }
    }

    /// Section 13.2.6.4.22.
    pub(super) fn after_after_body(&mut self, token: HtmlToken) -> Again {
        match token {
            HtmlToken::Text(text) => {
                let (space, rest) = self.split_space(text);
                if let Some(space) = space {
                    self.in_body(&HtmlToken::Text(space));
                }
                let rest = rest?;
                self.again(Mode::InBody, HtmlToken::Text(rest))
            }
            HtmlToken::Comment(comment) => {
                self.append_comment(NodeId(0), comment);
                None
            }
            HtmlToken::Doctype { .. } => None,
            HtmlToken::StartTag(tag) if tag.name == HtmlName::HTML => self.in_body(&token),
            HtmlToken::EndOfPage => self.stop(),
            _ => self.again(Mode::InBody, token),
        }
    }

    /// Section 13.2.6.4.23.
    pub(super) fn after_after_frameset(&mut self, token: HtmlToken) -> Again {
        match token {
            HtmlToken::Text(text) => {
                self.each_space(text, |builder, space| {
                    let _ = builder.in_body(&HtmlToken::Text(space));
                });
                None
            }
            HtmlToken::Comment(comment) => {
                self.append_comment(NodeId(0), comment);
                None
            }
            HtmlToken::StartTag(tag) if tag.name == HtmlName::HTML => self.in_body(&token),
            HtmlToken::StartTag(tag) if tag.name == HtmlName::NOFRAMES => self.in_head(token),
            HtmlToken::EndOfPage => self.stop(),
            _ => None,
        }
    }

    /// Inserts the white space of a text and drops the rest: in framesets, and where a group of columns is the root.
    pub(super) fn insert_spaces(&mut self, text: TextToken) {
        self.each_space(text, Self::insert_text);
    }

    /// Does something with each stretch of white space in a text.
    fn each_space(&mut self, text: TextToken, act: impl Fn(&mut Self, TextToken)) {
        let mut rest = Some(text);
        while let Some(text) = rest.filter(|_| !self.is_full()) {
            let (space, other) = self.split_space(text);
            if let Some(space) = space {
                act(self, space);
            }
            rest = other.and_then(|mut other| {
                while let Some((len, false)) = self.first_char(other) {
                    other.start += len as u32;
                }
                (other.start < other.end).then_some(other)
            });
        }
    }

    /// Ends the parse.
    pub(super) fn stop(&mut self) -> Again {
        self.done = true;
        None
    }
}
