//! Tables: sections 13.2.6.4.9 to 13.2.6.4.15.

use super::classes::FOSTERING;
use super::{Again, Builder, Mode};
use crate::names::HtmlName;
use crate::tokenizer::{HtmlToken, Tag};

impl Builder<'_> {
    /// Closes elements up to a part of a table, or the root.
    fn clear_to(&mut self, names: &[HtmlName]) {
        self.pop_to(|entry| {
            names.iter().any(|&name| entry.is(name)) || entry.is(HtmlName::TEMPLATE) || entry.is(HtmlName::HTML)
        });
    }

    fn clear_to_table(&mut self) {
        self.clear_to(&[HtmlName::TABLE]);
    }

    fn clear_to_table_body(&mut self) {
        self.clear_to(&[HtmlName::TBODY, HtmlName::TFOOT, HtmlName::THEAD]);
    }

    fn clear_to_row(&mut self) {
        self.clear_to(&[HtmlName::TR]);
    }

    /// Section 13.2.6.4.9.
    pub(super) fn in_table(&mut self, token: HtmlToken) -> Again {
        match token {
            HtmlToken::Text(_)
                if self.current().is_some_and(|entry| entry.has(FOSTERING)) || self.current_is(HtmlName::TEMPLATE) =>
            {
                self.table_text.clear();
                self.original_mode = self.mode;
                self.again(Mode::InTableText, token)
            }
            HtmlToken::Comment(comment) => {
                self.insert_comment(comment);
                None
            }
            HtmlToken::Doctype { .. } => None,
            HtmlToken::StartTag(tag) => self.start_in_table(tag, token),
            HtmlToken::EndTag(tag) => match tag.name {
                HtmlName::TABLE => {
                    if self.in_table_scope(HtmlName::TABLE) {
                        self.pop_until(HtmlName::TABLE);
                        self.reset_mode();
                    }
                    None
                }
                HtmlName::BODY
                | HtmlName::CAPTION
                | HtmlName::COL
                | HtmlName::COLGROUP
                | HtmlName::HTML
                | HtmlName::TBODY
                | HtmlName::TD
                | HtmlName::TFOOT
                | HtmlName::TH
                | HtmlName::THEAD
                | HtmlName::TR => None,
                HtmlName::TEMPLATE => self.in_head(token),
                _ => self.foster_out(token),
            },
            HtmlToken::EndOfPage => self.in_body(&token),
            HtmlToken::Text(_) => self.foster_out(token),
        }
    }

    fn start_in_table(&mut self, tag: Tag, token: HtmlToken) -> Again {
        match tag.name {
            HtmlName::CAPTION => {
                self.clear_to_table();
                self.push_marker();
                self.insert(&tag);
                self.mode = Mode::InCaption;
                None
            }
            HtmlName::COLGROUP => {
                self.clear_to_table();
                self.insert(&tag);
                self.mode = Mode::InColumnGroup;
                None
            }
            HtmlName::COL => {
                self.clear_to_table();
                self.insert_implied(HtmlName::COLGROUP);
                self.again(Mode::InColumnGroup, token)
            }
            HtmlName::TBODY | HtmlName::TFOOT | HtmlName::THEAD => {
                self.clear_to_table();
                self.insert(&tag);
                self.mode = Mode::InTableBody;
                None
            }
            HtmlName::TD | HtmlName::TH | HtmlName::TR => {
                self.clear_to_table();
                self.insert_implied(HtmlName::TBODY);
                self.again(Mode::InTableBody, token)
            }
            HtmlName::TABLE => {
                if !self.in_table_scope(HtmlName::TABLE) {
                    return None;
                }
                self.pop_until(HtmlName::TABLE);
                self.reset_mode();
                Some(token)
            }
            HtmlName::STYLE | HtmlName::SCRIPT | HtmlName::TEMPLATE => self.in_head(token),
            HtmlName::INPUT if self.is_hidden_input(tag) => {
                self.insert_void(&tag);
                None
            }
            HtmlName::FORM => {
                if !self.in_template_contents() && self.form.is_none() {
                    self.form = Some(self.insert(&tag));
                    self.pop();
                }
                None
            }
            _ => self.foster_out(token),
        }
    }

    /// Whether an `input` is of type `hidden`.
    pub(super) fn is_hidden_input(&self, tag: Tag) -> bool {
        self.tag_value(tag, HtmlName::TYPE).is_some_and(|value| value.eq_ignore_ascii_case("hidden"))
    }

    /// Processes what cannot stand in a table, so that it comes to stand before it.
    fn foster_out(&mut self, token: HtmlToken) -> Again {
        self.foster = true;
        let again = self.in_body(&token);
        self.foster = false;
        again
    }

    /// Section 13.2.6.4.10.
    pub(super) fn in_table_text(&mut self, token: HtmlToken) -> Again {
        if let HtmlToken::Text(text) = token {
            if let Some(text) = self.without_nul(text) {
                self.table_text.push(text);
            }
            return None;
        }
        let texts = std::mem::take(&mut self.table_text);
        if texts.iter().all(|&text| self.is_blank(text)) {
            for &text in &texts {
                self.insert_text(text);
            }
        } else {
            for &text in &texts {
                self.foster_out(HtmlToken::Text(text));
            }
        }
        self.table_text = texts;
        self.again(self.original_mode, token)
    }

    /// Section 13.2.6.4.11.
    pub(super) fn in_caption(&mut self, token: HtmlToken) -> Again {
        let again = match token {
            HtmlToken::EndTag(tag) => match tag.name {
                HtmlName::CAPTION => None,
                HtmlName::TABLE => Some(token),
                HtmlName::BODY
                | HtmlName::COL
                | HtmlName::COLGROUP
                | HtmlName::HTML
                | HtmlName::TBODY
                | HtmlName::TD
                | HtmlName::TFOOT
                | HtmlName::TH
                | HtmlName::THEAD
                | HtmlName::TR => return None,
                _ => return self.in_body(&token),
            },
            HtmlToken::StartTag(tag) => match tag.name {
                HtmlName::CAPTION
                | HtmlName::COL
                | HtmlName::COLGROUP
                | HtmlName::TBODY
                | HtmlName::TD
                | HtmlName::TFOOT
                | HtmlName::TH
                | HtmlName::THEAD
                | HtmlName::TR => Some(token),
                _ => return self.in_body(&token),
            },
            _ => return self.in_body(&token),
        };
        if !self.in_table_scope(HtmlName::CAPTION) {
            return None;
        }
        self.close_implied(None);
        self.pop_until(HtmlName::CAPTION);
        self.clear_formatting_to_marker();
        self.mode = Mode::InTable;
        again
    }

    /// Section 13.2.6.4.12.
    pub(super) fn in_column_group(&mut self, token: HtmlToken) -> Again {
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
                HtmlName::COL => {
                    self.insert_void(&tag);
                    return None;
                }
                HtmlName::TEMPLATE => return self.in_head(token),
                _ => token,
            },
            HtmlToken::EndTag(tag) => match tag.name {
                HtmlName::COLGROUP => {
                    if self.current_is(HtmlName::COLGROUP) {
                        self.pop();
                        self.mode = Mode::InTable;
                    }
                    return None;
                }
                HtmlName::COL => return None,
                HtmlName::TEMPLATE => return self.in_head(token),
                _ => token,
            },
            HtmlToken::EndOfPage => return self.in_body(&token),
        };
        if !self.current_is(HtmlName::COLGROUP) {
            // Each character is a token by itself: those that are ignored don't take the white space after them along.
            if let HtmlToken::Text(text) = token {
                self.insert_spaces(text);
            }
            return None;
        }
        self.pop();
        self.again(Mode::InTable, token)
    }

    /// Section 13.2.6.4.13.
    pub(super) fn in_table_body(&mut self, token: HtmlToken) -> Again {
        match token {
            HtmlToken::StartTag(tag) => match tag.name {
                HtmlName::TR => {
                    self.clear_to_table_body();
                    self.insert(&tag);
                    self.mode = Mode::InRow;
                    None
                }
                HtmlName::TH | HtmlName::TD => {
                    self.clear_to_table_body();
                    self.insert_implied(HtmlName::TR);
                    self.again(Mode::InRow, token)
                }
                HtmlName::CAPTION
                | HtmlName::COL
                | HtmlName::COLGROUP
                | HtmlName::TBODY
                | HtmlName::TFOOT
                | HtmlName::THEAD => self.leave_table_body(token),
                _ => self.in_table(token),
            },
            HtmlToken::EndTag(tag) => match tag.name {
                HtmlName::TBODY | HtmlName::TFOOT | HtmlName::THEAD => {
                    if self.in_table_scope(tag.name) {
                        self.clear_to_table_body();
                        self.pop();
                        self.mode = Mode::InTable;
                    }
                    None
                }
                HtmlName::TABLE => self.leave_table_body(token),
                HtmlName::BODY
                | HtmlName::CAPTION
                | HtmlName::COL
                | HtmlName::COLGROUP
                | HtmlName::HTML
                | HtmlName::TD
                | HtmlName::TH
                | HtmlName::TR => None,
                _ => self.in_table(token),
            },
            _ => self.in_table(token),
        }
    }

    fn leave_table_body(&mut self, token: HtmlToken) -> Again {
        if ![HtmlName::TBODY, HtmlName::THEAD, HtmlName::TFOOT].iter().any(|&name| self.in_table_scope(name)) {
            return None;
        }
        self.clear_to_table_body();
        self.pop();
        self.again(Mode::InTable, token)
    }

    /// Section 13.2.6.4.14.
    pub(super) fn in_row(&mut self, token: HtmlToken) -> Again {
        match token {
            HtmlToken::StartTag(tag) => match tag.name {
                HtmlName::TH | HtmlName::TD => {
                    self.clear_to_row();
                    self.insert(&tag);
                    self.mode = Mode::InCell;
                    self.push_marker();
                    None
                }
                HtmlName::CAPTION
                | HtmlName::COL
                | HtmlName::COLGROUP
                | HtmlName::TBODY
                | HtmlName::TFOOT
                | HtmlName::THEAD
                | HtmlName::TR => self.leave_row().then_some(token),
                _ => self.in_table(token),
            },
            HtmlToken::EndTag(tag) => match tag.name {
                HtmlName::TR => {
                    self.leave_row();
                    None
                }
                HtmlName::TABLE => self.leave_row().then_some(token),
                HtmlName::TBODY | HtmlName::TFOOT | HtmlName::THEAD => {
                    (self.in_table_scope(tag.name) && self.leave_row()).then_some(token)
                }
                HtmlName::BODY
                | HtmlName::CAPTION
                | HtmlName::COL
                | HtmlName::COLGROUP
                | HtmlName::HTML
                | HtmlName::TD
                | HtmlName::TH => None,
                _ => self.in_table(token),
            },
            _ => self.in_table(token),
        }
    }

    /// Closes the row; false where there is none.
    fn leave_row(&mut self) -> bool {
        if !self.in_table_scope(HtmlName::TR) {
            return false;
        }
        self.clear_to_row();
        self.pop();
        self.mode = Mode::InTableBody;
        true
    }

    /// Section 13.2.6.4.15.
    pub(super) fn in_cell(&mut self, token: HtmlToken) -> Again {
        match token {
            HtmlToken::EndTag(tag) => match tag.name {
                HtmlName::TD | HtmlName::TH => {
                    if self.in_table_scope(tag.name) {
                        self.close_implied(None);
                        self.pop_until(tag.name);
                        self.clear_formatting_to_marker();
                        self.mode = Mode::InRow;
                    }
                    None
                }
                HtmlName::BODY | HtmlName::CAPTION | HtmlName::COL | HtmlName::COLGROUP | HtmlName::HTML => None,
                HtmlName::TABLE | HtmlName::TBODY | HtmlName::TFOOT | HtmlName::THEAD | HtmlName::TR => {
                    (self.in_table_scope(tag.name) && self.close_cell()).then_some(token)
                }
                _ => self.in_body(&token),
            },
            HtmlToken::StartTag(tag) => match tag.name {
                HtmlName::CAPTION
                | HtmlName::COL
                | HtmlName::COLGROUP
                | HtmlName::TBODY
                | HtmlName::TD
                | HtmlName::TFOOT
                | HtmlName::TH
                | HtmlName::THEAD
                | HtmlName::TR => self.close_cell().then_some(token),
                _ => self.in_body(&token),
            },
            _ => self.in_body(&token),
        }
    }

    /// Closes the cell; false where there is none.
    fn close_cell(&mut self) -> bool {
        if !self.in_table_scope(HtmlName::TD) && !self.in_table_scope(HtmlName::TH) {
            return false;
        }
        self.close_implied(None);
        while let Some(entry) = self.pop() {
            if entry.is(HtmlName::TD) || entry.is(HtmlName::TH) {
                break;
            }
        }
        self.clear_formatting_to_marker();
        self.mode = Mode::InRow;
        true
    }
}
