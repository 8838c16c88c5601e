//! The head, templates and the text of elements such as `title` and `script`.

use super::{Again, Builder, Mode};
use crate::names::HtmlName;
use crate::tokenizer::{HtmlToken, TokenizerState};

impl Builder<'_> {
    /// Section 13.2.6.4.3.
    pub(super) fn before_head(&mut self, token: HtmlToken) -> Again {
        let token = match token {
            HtmlToken::Text(text) => HtmlToken::Text(self.split_space(text).1?),
            HtmlToken::Comment(comment) => {
                self.insert_comment(comment);
                return None;
            }
            HtmlToken::Doctype { .. } => return None,
            HtmlToken::StartTag(tag) if tag.name == HtmlName::HTML => return self.in_body(&token),
            HtmlToken::StartTag(tag) if tag.name == HtmlName::HEAD => {
                self.head = Some(self.insert(&tag));
                self.mode = Mode::InHead;
                return None;
            }
            HtmlToken::EndTag(tag)
                if !matches!(tag.name, HtmlName::HEAD | HtmlName::BODY | HtmlName::HTML | HtmlName::BR) =>
            {
                return None;
            }
            token => token,
        };
        self.head = Some(self.insert_implied(HtmlName::HEAD));
        self.again(Mode::InHead, token)
    }

    /// Section 13.2.6.4.4.
    pub(super) fn in_head(&mut self, token: HtmlToken) -> Again {
        let token = match token {
            HtmlToken::Text(text) => {
                let (space, rest) = self.split_space(text);
                if let Some(space) = space {
                    self.insert_text(space);
                }
                HtmlToken::Text(rest?)
            }
            HtmlToken::Comment(comment) => {
                self.insert_comment(comment);
                return None;
            }
            HtmlToken::Doctype { .. } => return None,
            HtmlToken::StartTag(tag) => {
                match tag.name {
                    HtmlName::HTML => return self.in_body(&token),
                    HtmlName::BASE | HtmlName::BASEFONT | HtmlName::BGSOUND | HtmlName::LINK | HtmlName::META => {
                        self.insert_void(&tag)
                    }
                    HtmlName::TITLE => self.start_text(tag, TokenizerState::Rcdata(Some(tag.name))),
                    HtmlName::NOFRAMES | HtmlName::STYLE => {
                        self.start_text(tag, TokenizerState::Rawtext(Some(tag.name)))
                    }
                    HtmlName::NOSCRIPT => {
                        self.insert(&tag);
                        self.mode = Mode::InHeadNoscript;
                    }
                    HtmlName::SCRIPT => self.start_text(tag, TokenizerState::Script(Some(tag.name))),
                    HtmlName::TEMPLATE => {
                        self.insert(&tag);
                        self.push_marker();
                        self.frameset_ok = false;
                        self.mode = Mode::InTemplate;
                        self.template_modes.push(Mode::InTemplate);
                    }
                    HtmlName::HEAD => {}
                    _ => {
                        self.pop();
                        return self.again(Mode::AfterHead, token);
                    }
                }
                return None;
            }
            HtmlToken::EndTag(tag) => match tag.name {
                HtmlName::HEAD => {
                    self.pop();
                    self.mode = Mode::AfterHead;
                    return None;
                }
                HtmlName::TEMPLATE => {
                    self.end_template();
                    return None;
                }
                HtmlName::BODY | HtmlName::HTML | HtmlName::BR => token,
                _ => return None,
            },
            HtmlToken::EndOfPage => token,
        };
        self.pop();
        self.again(Mode::AfterHead, token)
    }

    fn end_template(&mut self) {
        if self.in_template_contents() {
            self.close_implied_thoroughly();
            self.pop_until(HtmlName::TEMPLATE);
            self.clear_formatting_to_marker();
            self.template_modes.pop();
            self.reset_mode();
        }
    }

    /// Section 13.2.6.4.5.
    pub(super) fn in_head_noscript(&mut self, token: HtmlToken) -> Again {
        let token = match token {
            HtmlToken::Doctype { .. } => return None,
            HtmlToken::Comment(_) => return self.in_head(token),
            HtmlToken::Text(text) => {
                let (space, rest) = self.split_space(text);
                if let Some(space) = space {
                    self.insert_text(space);
                }
                HtmlToken::Text(rest?)
            }
            HtmlToken::StartTag(tag) => match tag.name {
                HtmlName::HTML => return self.in_body(&token),
                HtmlName::BASEFONT
                | HtmlName::BGSOUND
                | HtmlName::LINK
                | HtmlName::META
                | HtmlName::NOFRAMES
                | HtmlName::STYLE => {
                    return self.in_head(token);
                }
                HtmlName::HEAD | HtmlName::NOSCRIPT => return None,
                _ => token,
            },
            HtmlToken::EndTag(tag) => match tag.name {
                HtmlName::NOSCRIPT => {
                    self.pop();
                    self.mode = Mode::InHead;
                    return None;
                }
                HtmlName::BR => token,
                _ => return None,
            },
            HtmlToken::EndOfPage => token,
        };
        self.pop();
        self.again(Mode::InHead, token)
    }

    /// Section 13.2.6.4.6.
    pub(super) fn after_head(&mut self, token: HtmlToken) -> Again {
        let token = match token {
            HtmlToken::Text(text) => {
                let (space, rest) = self.split_space(text);
                if let Some(space) = space {
                    self.insert_text(space);
                }
                HtmlToken::Text(rest?)
            }
            HtmlToken::Comment(comment) => {
                self.insert_comment(comment);
                return None;
            }
            HtmlToken::Doctype { .. } => return None,
            HtmlToken::StartTag(tag) => match tag.name {
                HtmlName::HTML => return self.in_body(&token),
                HtmlName::BODY => {
                    self.insert(&tag);
                    self.frameset_ok = false;
                    self.mode = Mode::InBody;
                    return None;
                }
                HtmlName::FRAMESET => {
                    self.insert(&tag);
                    self.mode = Mode::InFrameset;
                    return None;
                }
                HtmlName::BASE
                | HtmlName::BASEFONT
                | HtmlName::BGSOUND
                | HtmlName::LINK
                | HtmlName::META
                | HtmlName::NOFRAMES
                | HtmlName::SCRIPT
                | HtmlName::STYLE
                | HtmlName::TEMPLATE
                | HtmlName::TITLE => return self.back_in_head(token),
                HtmlName::HEAD => return None,
                _ => token,
            },
            HtmlToken::EndTag(tag) => match tag.name {
                HtmlName::TEMPLATE => return self.in_head(token),
                HtmlName::BODY | HtmlName::HTML | HtmlName::BR => token,
                _ => return None,
            },
            HtmlToken::EndOfPage => token,
        };
        self.insert_implied(HtmlName::BODY);
        self.again(Mode::InBody, token)
    }

    /// Puts into the head what stands after it but belongs there.
    fn back_in_head(&mut self, token: HtmlToken) -> Again {
        let Some(head) = self.head else {
            return self.in_head(token);
        };
        let end = self.nodes[head.index()].end;
        self.push(head);
        let again = self.in_head(token);
        self.remove_open(head);
        // The head itself ended before.
        self.nodes[head.index()].end = end;
        again
    }

    /// Section 13.2.6.4.8.
    pub(super) fn text(&mut self, token: HtmlToken) -> Again {
        match token {
            HtmlToken::Text(text) => {
                self.insert_text(text);
                None
            }
            HtmlToken::EndOfPage => {
                self.pop();
                self.again(self.original_mode, token)
            }
            _ => {
                self.pop();
                self.mode = self.original_mode;
                None
            }
        }
    }

    /// Section 13.2.6.4.18.
    pub(super) fn in_template(&mut self, token: HtmlToken) -> Again {
        match token {
            HtmlToken::Text(_) | HtmlToken::Comment(_) | HtmlToken::Doctype { .. } => self.in_body(&token),
            HtmlToken::StartTag(tag) => {
                let mode = match tag.name {
                    HtmlName::BASE
                    | HtmlName::BASEFONT
                    | HtmlName::BGSOUND
                    | HtmlName::LINK
                    | HtmlName::META
                    | HtmlName::NOFRAMES
                    | HtmlName::SCRIPT
                    | HtmlName::STYLE
                    | HtmlName::TEMPLATE
                    | HtmlName::TITLE => return self.in_head(token),
                    HtmlName::CAPTION | HtmlName::COLGROUP | HtmlName::TBODY | HtmlName::TFOOT | HtmlName::THEAD => {
                        Mode::InTable
                    }
                    HtmlName::COL => Mode::InColumnGroup,
                    HtmlName::TR => Mode::InTableBody,
                    HtmlName::TD | HtmlName::TH => Mode::InRow,
                    _ => Mode::InBody,
                };
                self.template_modes.pop();
                self.template_modes.push(mode);
                self.again(mode, token)
            }
            HtmlToken::EndTag(tag) if tag.name == HtmlName::TEMPLATE => self.in_head(token),
            HtmlToken::EndTag(_) => None,
            HtmlToken::EndOfPage => {
                if !self.in_template_contents() {
                    return self.stop();
                }
                self.pop_until(HtmlName::TEMPLATE);
                self.clear_formatting_to_marker();
                self.template_modes.pop();
                self.reset_mode();
                Some(token)
            }
        }
    }
}
