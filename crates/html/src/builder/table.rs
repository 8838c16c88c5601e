//! Tables: sections 13.2.6.4.9 to 13.2.6.4.15.

use super::classes::FOSTERING;
use super::{Again, Builder, Mode};
use crate::names::Name;
use crate::tokenizer::{HtmlToken, Tag};

impl Builder<'_> {
    /// Closes elements up to a part of a table, or the root.
    fn clear_to(&mut self, names: &[Name]) {
        self.pop_to(|entry| {
            names.iter().any(|&name| entry.is(name)) || entry.is(Name::TEMPLATE) || entry.is(Name::HTML)
        });
    }

    fn clear_to_table(&mut self) {
        self.clear_to(&[Name::TABLE]);
    }

    fn clear_to_table_body(&mut self) {
        self.clear_to(&[Name::TBODY, Name::TFOOT, Name::THEAD]);
    }

    fn clear_to_row(&mut self) {
        self.clear_to(&[Name::TR]);
    }

    /// Section 13.2.6.4.9.
    pub(super) fn in_table(&mut self, token: HtmlToken) -> Again {
        match token {
            HtmlToken::Text(_)
                if self.current().is_some_and(|entry| entry.has(FOSTERING)) || self.current_is(Name::TEMPLATE) =>
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
                Name::TABLE => {
                    if self.in_table_scope(Name::TABLE) {
                        self.pop_until(Name::TABLE);
                        self.reset_mode();
                    }
                    None
                }
                Name::BODY
                | Name::CAPTION
                | Name::COL
                | Name::COLGROUP
                | Name::HTML
                | Name::TBODY
                | Name::TD
                | Name::TFOOT
                | Name::TH
                | Name::THEAD
                | Name::TR => None,
                Name::TEMPLATE => self.in_head(token),
                _ => self.foster_out(token),
            },
            HtmlToken::EndOfPage => self.in_body(&token),
            HtmlToken::Text(_) => self.foster_out(token),
        }
    }

    fn start_in_table(&mut self, tag: Tag, token: HtmlToken) -> Again {
        match tag.name {
            Name::CAPTION => {
                self.clear_to_table();
                self.push_marker();
                self.insert(&tag);
                self.mode = Mode::InCaption;
                None
            }
            Name::COLGROUP => {
                self.clear_to_table();
                self.insert(&tag);
                self.mode = Mode::InColumnGroup;
                None
            }
            Name::COL => {
                self.clear_to_table();
                self.insert_implied(Name::COLGROUP);
                self.again(Mode::InColumnGroup, token)
            }
            Name::TBODY | Name::TFOOT | Name::THEAD => {
                self.clear_to_table();
                self.insert(&tag);
                self.mode = Mode::InTableBody;
                None
            }
            Name::TD | Name::TH | Name::TR => {
                self.clear_to_table();
                self.insert_implied(Name::TBODY);
                self.again(Mode::InTableBody, token)
            }
            Name::TABLE => {
                if !self.in_table_scope(Name::TABLE) {
                    return None;
                }
                self.pop_until(Name::TABLE);
                self.reset_mode();
                Some(token)
            }
            Name::STYLE | Name::SCRIPT | Name::TEMPLATE => self.in_head(token),
            Name::INPUT if self.is_hidden_input(tag) => {
                self.insert_void(&tag);
                None
            }
            Name::FORM => {
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
        self.tag_value(tag, Name::TYPE).is_some_and(|value| value.eq_ignore_ascii_case("hidden"))
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
                Name::CAPTION => None,
                Name::TABLE => Some(token),
                Name::BODY
                | Name::COL
                | Name::COLGROUP
                | Name::HTML
                | Name::TBODY
                | Name::TD
                | Name::TFOOT
                | Name::TH
                | Name::THEAD
                | Name::TR => return None,
                _ => return self.in_body(&token),
            },
            HtmlToken::StartTag(tag) => match tag.name {
                Name::CAPTION
                | Name::COL
                | Name::COLGROUP
                | Name::TBODY
                | Name::TD
                | Name::TFOOT
                | Name::TH
                | Name::THEAD
                | Name::TR => Some(token),
                _ => return self.in_body(&token),
            },
            _ => return self.in_body(&token),
        };
        if !self.in_table_scope(Name::CAPTION) {
            return None;
        }
        self.close_implied(None);
        self.pop_until(Name::CAPTION);
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
                Name::HTML => return self.in_body(&token),
                Name::COL => {
                    self.insert_void(&tag);
                    return None;
                }
                Name::TEMPLATE => return self.in_head(token),
                _ => token,
            },
            HtmlToken::EndTag(tag) => match tag.name {
                Name::COLGROUP => {
                    if self.current_is(Name::COLGROUP) {
                        self.pop();
                        self.mode = Mode::InTable;
                    }
                    return None;
                }
                Name::COL => return None,
                Name::TEMPLATE => return self.in_head(token),
                _ => token,
            },
            HtmlToken::EndOfPage => return self.in_body(&token),
        };
        if !self.current_is(Name::COLGROUP) {
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
                Name::TR => {
                    self.clear_to_table_body();
                    self.insert(&tag);
                    self.mode = Mode::InRow;
                    None
                }
                Name::TH | Name::TD => {
                    self.clear_to_table_body();
                    self.insert_implied(Name::TR);
                    self.again(Mode::InRow, token)
                }
                Name::CAPTION | Name::COL | Name::COLGROUP | Name::TBODY | Name::TFOOT | Name::THEAD => {
                    self.leave_table_body(token)
                }
                _ => self.in_table(token),
            },
            HtmlToken::EndTag(tag) => match tag.name {
                Name::TBODY | Name::TFOOT | Name::THEAD => {
                    if self.in_table_scope(tag.name) {
                        self.clear_to_table_body();
                        self.pop();
                        self.mode = Mode::InTable;
                    }
                    None
                }
                Name::TABLE => self.leave_table_body(token),
                Name::BODY
                | Name::CAPTION
                | Name::COL
                | Name::COLGROUP
                | Name::HTML
                | Name::TD
                | Name::TH
                | Name::TR => None,
                _ => self.in_table(token),
            },
            _ => self.in_table(token),
        }
    }

    fn leave_table_body(&mut self, token: HtmlToken) -> Again {
        if ![Name::TBODY, Name::THEAD, Name::TFOOT].iter().any(|&name| self.in_table_scope(name)) {
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
                Name::TH | Name::TD => {
                    self.clear_to_row();
                    self.insert(&tag);
                    self.mode = Mode::InCell;
                    self.push_marker();
                    None
                }
                Name::CAPTION | Name::COL | Name::COLGROUP | Name::TBODY | Name::TFOOT | Name::THEAD | Name::TR => {
                    self.leave_row().then_some(token)
                }
                _ => self.in_table(token),
            },
            HtmlToken::EndTag(tag) => match tag.name {
                Name::TR => {
                    self.leave_row();
                    None
                }
                Name::TABLE => self.leave_row().then_some(token),
                Name::TBODY | Name::TFOOT | Name::THEAD => {
                    (self.in_table_scope(tag.name) && self.leave_row()).then_some(token)
                }
                Name::BODY | Name::CAPTION | Name::COL | Name::COLGROUP | Name::HTML | Name::TD | Name::TH => None,
                _ => self.in_table(token),
            },
            _ => self.in_table(token),
        }
    }

    /// Closes the row; false where there is none.
    fn leave_row(&mut self) -> bool {
        if !self.in_table_scope(Name::TR) {
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
                Name::TD | Name::TH => {
                    if self.in_table_scope(tag.name) {
                        self.close_implied(None);
                        self.pop_until(tag.name);
                        self.clear_formatting_to_marker();
                        self.mode = Mode::InRow;
                    }
                    None
                }
                Name::BODY | Name::CAPTION | Name::COL | Name::COLGROUP | Name::HTML => None,
                Name::TABLE | Name::TBODY | Name::TFOOT | Name::THEAD | Name::TR => {
                    (self.in_table_scope(tag.name) && self.close_cell()).then_some(token)
                }
                _ => self.in_body(&token),
            },
            HtmlToken::StartTag(tag) => match tag.name {
                Name::CAPTION
                | Name::COL
                | Name::COLGROUP
                | Name::TBODY
                | Name::TD
                | Name::TFOOT
                | Name::TH
                | Name::THEAD
                | Name::TR => self.close_cell().then_some(token),
                _ => self.in_body(&token),
            },
            _ => self.in_body(&token),
        }
    }

    /// Closes the cell; false where there is none.
    fn close_cell(&mut self) -> bool {
        if !self.in_table_scope(Name::TD) && !self.in_table_scope(Name::TH) {
            return false;
        }
        self.close_implied(None);
        while let Some(entry) = self.pop() {
            if entry.is(Name::TD) || entry.is(Name::TH) {
                break;
            }
        }
        self.clear_formatting_to_marker();
        self.mode = Mode::InRow;
        true
    }
}
