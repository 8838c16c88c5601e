//! The body: section 13.2.6.4.7.

use super::classes::{HEADING, SPECIAL};
use super::{Again, Builder, Mode};
use crate::names::HtmlName;
use crate::tokenizer::{HtmlToken, Tag, TextToken, TokenizerState};
use crate::tree::Namespace;

impl Builder<'_> {
    /// Takes the token by its place: most of a page passes here, and a copy waits for what was just written.
    pub(super) fn in_body(&mut self, token: &HtmlToken) -> Again {
        match token {
            HtmlToken::Text(text) => {
                self.text_in_body(*text);
                None
            }
            HtmlToken::StartTag(tag) => self.start_in_body(tag, token),
            HtmlToken::EndTag(tag) => self.end_in_body(tag, token),
            HtmlToken::Comment(comment) => {
                self.insert_comment(*comment);
                None
            }
            HtmlToken::Doctype { .. } => None,
            HtmlToken::EndOfPage if self.template_modes.is_empty() => self.stop(),
            HtmlToken::EndOfPage => self.in_template(*token),
        }
    }

    fn text_in_body(&mut self, text: TextToken) {
        let Some(text) = self.without_nul(text) else { return };
        self.reconstruct();
        self.insert_text(text);
        if self.frameset_ok && !self.is_blank(text) {
            self.frameset_ok = false;
        }
    }

    fn start_in_body(&mut self, tag: &Tag, token: &HtmlToken) -> Again {
        match tag.name {
            HtmlName::HTML => {
                if !self.in_template_contents()
                    && let Some(html) = self.stack.first()
                {
                    self.merge_attrs(html.node, *tag);
                }
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
            | HtmlName::TITLE => return self.in_head(*token),
            HtmlName::BODY => {
                if let Some(body) = self.stack.get(1).filter(|entry| entry.is(HtmlName::BODY)).copied()
                    && !self.in_template_contents()
                {
                    self.frameset_ok = false;
                    self.merge_attrs(body.node, *tag);
                }
            }
            HtmlName::FRAMESET => self.start_frameset(tag),
            HtmlName::ADDRESS
            | HtmlName::ARTICLE
            | HtmlName::ASIDE
            | HtmlName::BLOCKQUOTE
            | HtmlName::CENTER
            | HtmlName::DETAILS
            | HtmlName::DIALOG
            | HtmlName::DIR
            | HtmlName::DIV
            | HtmlName::DL
            | HtmlName::FIELDSET
            | HtmlName::FIGCAPTION
            | HtmlName::FIGURE
            | HtmlName::FOOTER
            | HtmlName::HEADER
            | HtmlName::HGROUP
            | HtmlName::MAIN
            | HtmlName::MENU
            | HtmlName::NAV
            | HtmlName::OL
            | HtmlName::P
            | HtmlName::SEARCH
            | HtmlName::SECTION
            | HtmlName::SUMMARY
            | HtmlName::UL => {
                self.close_p_in_button_scope();
                self.insert(tag);
            }
            HtmlName::H1 | HtmlName::H2 | HtmlName::H3 | HtmlName::H4 | HtmlName::H5 | HtmlName::H6 => {
                self.close_p_in_button_scope();
                if self.current().is_some_and(|entry| entry.has(HEADING)) {
                    self.pop();
                }
                self.insert(tag);
            }
            HtmlName::PRE | HtmlName::LISTING => {
                self.close_p_in_button_scope();
                self.insert(tag);
                self.ignore_line_feed = true;
                self.frameset_ok = false;
            }
            HtmlName::FORM => self.start_form(tag),
            HtmlName::LI => self.start_item(tag, &[HtmlName::LI]),
            HtmlName::DD | HtmlName::DT => self.start_item(tag, &[HtmlName::DD, HtmlName::DT]),
            HtmlName::PLAINTEXT => {
                self.close_p_in_button_scope();
                self.insert(tag);
                self.tokenizer.state = TokenizerState::Plaintext;
            }
            HtmlName::BUTTON => {
                if self.in_scope(HtmlName::BUTTON) {
                    self.close_implied(None);
                    self.pop_until(HtmlName::BUTTON);
                }
                self.reconstruct();
                self.insert(tag);
                self.frameset_ok = false;
            }
            HtmlName::A => {
                if let Some(active) = self.active(HtmlName::A) {
                    self.adopt(HtmlName::A);
                    self.remove_active(active);
                    self.remove_open(active);
                }
                self.reconstruct();
                self.insert_formatting(tag);
            }
            HtmlName::B
            | HtmlName::BIG
            | HtmlName::CODE
            | HtmlName::EM
            | HtmlName::FONT
            | HtmlName::I
            | HtmlName::S
            | HtmlName::SMALL
            | HtmlName::STRIKE
            | HtmlName::STRONG
            | HtmlName::TT
            | HtmlName::U => {
                self.reconstruct();
                self.insert_formatting(tag);
            }
            HtmlName::NOBR => {
                self.reconstruct();
                if self.in_scope(HtmlName::NOBR) {
                    self.adopt(HtmlName::NOBR);
                    self.reconstruct();
                }
                self.insert_formatting(tag);
            }
            HtmlName::APPLET | HtmlName::MARQUEE | HtmlName::OBJECT => {
                self.reconstruct();
                self.insert(tag);
                self.push_marker();
                self.frameset_ok = false;
            }
            HtmlName::TABLE => {
                if !self.quirks {
                    self.close_p_in_button_scope();
                }
                self.insert(tag);
                self.frameset_ok = false;
                self.mode = Mode::InTable;
            }
            HtmlName::AREA | HtmlName::BR | HtmlName::EMBED | HtmlName::IMG | HtmlName::KEYGEN | HtmlName::WBR => {
                self.void_in_body(tag)
            }
            HtmlName::IMAGE => {
                // Old pages mean `img`.
                self.void_in_body(&Tag { name: HtmlName::IMG, ..*tag });
            }
            HtmlName::INPUT => self.start_input(tag),
            HtmlName::PARAM | HtmlName::SOURCE | HtmlName::TRACK => self.insert_void(tag),
            HtmlName::HR => {
                self.close_p_in_button_scope();
                if self.in_scope(HtmlName::SELECT) {
                    self.close_implied(None);
                }
                self.insert_void(tag);
                self.frameset_ok = false;
            }
            HtmlName::TEXTAREA => {
                self.start_text(*tag, TokenizerState::Rcdata(Some(tag.name)));
                self.ignore_line_feed = true;
                self.frameset_ok = false;
            }
            HtmlName::XMP => {
                self.close_p_in_button_scope();
                self.reconstruct();
                self.frameset_ok = false;
                self.start_text(*tag, TokenizerState::Rawtext(Some(tag.name)));
            }
            HtmlName::IFRAME => {
                self.frameset_ok = false;
                self.start_text(*tag, TokenizerState::Rawtext(Some(tag.name)));
            }
            HtmlName::NOEMBED => self.start_text(*tag, TokenizerState::Rawtext(Some(tag.name))),
            HtmlName::SELECT => self.start_select(tag),
            HtmlName::OPTION | HtmlName::OPTGROUP => self.start_option(tag),
            HtmlName::RB | HtmlName::RTC => {
                if self.in_scope(HtmlName::RUBY) {
                    self.close_implied(None);
                }
                self.insert(tag);
            }
            HtmlName::RP | HtmlName::RT => {
                if self.in_scope(HtmlName::RUBY) {
                    self.close_implied(Some(HtmlName::RTC));
                }
                self.insert(tag);
            }
            HtmlName::MATH => self.start_foreign(tag, Namespace::MathMl),
            HtmlName::SVG => self.start_foreign(tag, Namespace::Svg),
            HtmlName::CAPTION
            | HtmlName::COL
            | HtmlName::COLGROUP
            | HtmlName::FRAME
            | HtmlName::HEAD
            | HtmlName::TBODY
            | HtmlName::TD
            | HtmlName::TFOOT
            | HtmlName::TH
            | HtmlName::THEAD
            | HtmlName::TR => {}
            _ => {
                self.reconstruct();
                self.insert(tag);
            }
        }
        None
    }

    fn void_in_body(&mut self, tag: &Tag) {
        self.reconstruct();
        self.insert_void(tag);
        self.frameset_ok = false;
    }

    fn start_foreign(&mut self, tag: &Tag, namespace: Namespace) {
        self.reconstruct();
        self.insert_in(tag, namespace);
        if tag.self_closing {
            self.close_self(*tag);
        }
    }

    /// A frameset takes the place of a body in which nothing stands yet.
    fn start_frameset(&mut self, tag: &Tag) {
        let Some(body) = self.stack.get(1).filter(|entry| entry.is(HtmlName::BODY)).copied() else { return };
        if !self.frameset_ok {
            return;
        }
        self.detach(body.node);
        while self.pop().is_some() {}
        self.insert(tag);
        self.mode = Mode::InFrameset;
    }

    fn start_form(&mut self, tag: &Tag) {
        let in_template = self.in_template_contents();
        if self.form.is_some() && !in_template {
            return;
        }
        self.close_p_in_button_scope();
        let form = self.insert(tag);
        if !in_template {
            self.form = Some(form);
        }
    }

    /// Begins an item of a list, and ends the one before.
    fn start_item(&mut self, tag: &Tag, items: &[HtmlName]) {
        self.frameset_ok = false;
        for index in (0..self.stack.len()).rev() {
            let entry = self.stack[index];
            if entry.namespace == Namespace::Html && items.contains(&entry.name) {
                self.close_implied(Some(entry.name));
                self.pop_until(entry.name);
                break;
            }
            if entry.has(SPECIAL) && !(entry.is(HtmlName::ADDRESS) || entry.is(HtmlName::DIV) || entry.is(HtmlName::P))
            {
                break;
            }
        }
        self.close_p_in_button_scope();
        self.insert(tag);
    }

    /// Whether this is a fragment of a `select`.
    fn in_select_fragment(&self) -> bool {
        self.context.is_some_and(|context| context.is(HtmlName::SELECT))
    }

    fn start_input(&mut self, tag: &Tag) {
        if self.in_select_fragment() {
            return;
        }
        if self.in_scope(HtmlName::SELECT) {
            self.pop_until(HtmlName::SELECT);
        }
        self.reconstruct();
        self.insert_void(tag);
        if !self.is_hidden_input(*tag) {
            self.frameset_ok = false;
        }
    }

    fn start_select(&mut self, tag: &Tag) {
        if self.in_select_fragment() {
            return;
        }
        if self.in_scope(HtmlName::SELECT) {
            self.pop_until(HtmlName::SELECT);
            return;
        }
        self.reconstruct();
        self.insert(tag);
        self.frameset_ok = false;
    }

    fn start_option(&mut self, tag: &Tag) {
        if self.in_scope(HtmlName::SELECT) {
            self.close_implied((tag.name == HtmlName::OPTION).then_some(HtmlName::OPTGROUP));
        } else if self.current_is(HtmlName::OPTION) {
            self.pop();
        }
        self.reconstruct();
        self.insert(tag);
    }

    fn end_in_body(&mut self, tag: &Tag, token: &HtmlToken) -> Again {
        match tag.name {
            HtmlName::TEMPLATE => return self.in_head(*token),
            HtmlName::BODY | HtmlName::HTML => {
                if self.in_scope(HtmlName::BODY) {
                    self.mode = Mode::AfterBody;
                    return (tag.name == HtmlName::HTML).then_some(*token);
                }
            }
            HtmlName::ADDRESS
            | HtmlName::ARTICLE
            | HtmlName::ASIDE
            | HtmlName::BLOCKQUOTE
            | HtmlName::BUTTON
            | HtmlName::CENTER
            | HtmlName::DETAILS
            | HtmlName::DIALOG
            | HtmlName::DIR
            | HtmlName::DIV
            | HtmlName::DL
            | HtmlName::FIELDSET
            | HtmlName::FIGCAPTION
            | HtmlName::FIGURE
            | HtmlName::FOOTER
            | HtmlName::HEADER
            | HtmlName::HGROUP
            | HtmlName::LISTING
            | HtmlName::MAIN
            | HtmlName::MENU
            | HtmlName::NAV
            | HtmlName::OL
            | HtmlName::PRE
            | HtmlName::SEARCH
            | HtmlName::SECTION
            | HtmlName::SELECT
            | HtmlName::SUMMARY
            | HtmlName::UL => {
                if self.in_scope(tag.name) {
                    self.close_implied(None);
                    self.pop_until(tag.name);
                }
            }
            HtmlName::FORM => self.end_form(),
            HtmlName::P => {
                if !self.in_button_scope(HtmlName::P) {
                    self.insert_implied(HtmlName::P);
                }
                self.close_p();
            }
            HtmlName::LI => {
                if self.in_list_scope(HtmlName::LI) {
                    self.close_implied(Some(HtmlName::LI));
                    self.pop_until(HtmlName::LI);
                }
            }
            HtmlName::DD | HtmlName::DT => {
                if self.in_scope(tag.name) {
                    self.close_implied(Some(tag.name));
                    self.pop_until(tag.name);
                }
            }
            HtmlName::H1 | HtmlName::H2 | HtmlName::H3 | HtmlName::H4 | HtmlName::H5 | HtmlName::H6 => {
                if self.heading_in_scope() {
                    self.close_implied(None);
                    while self.pop().is_some_and(|entry| !entry.has(HEADING)) {}
                }
            }
            HtmlName::A
            | HtmlName::B
            | HtmlName::BIG
            | HtmlName::CODE
            | HtmlName::EM
            | HtmlName::FONT
            | HtmlName::I
            | HtmlName::NOBR
            | HtmlName::S
            | HtmlName::SMALL
            | HtmlName::STRIKE
            | HtmlName::STRONG
            | HtmlName::TT
            | HtmlName::U => return self.adopt(tag.name),
            HtmlName::APPLET | HtmlName::MARQUEE | HtmlName::OBJECT => {
                if self.in_scope(tag.name) {
                    self.close_implied(None);
                    self.pop_until(tag.name);
                    self.clear_formatting_to_marker();
                }
            }
            // Read as a start tag.
            HtmlName::BR => self.void_in_body(tag),
            _ => return self.any_other_end_tag(tag.name),
        }
        None
    }

    fn end_form(&mut self) {
        if self.in_template_contents() {
            if self.in_scope(HtmlName::FORM) {
                self.close_implied(None);
                self.pop_until(HtmlName::FORM);
            }
            return;
        }
        let Some(form) = self.form.take() else { return };
        if self.node_in_scope(form) {
            self.close_implied(None);
            self.remove_open(form);
        }
    }

    /// Closes the innermost element of this name, unless a special element is open within.
    pub(super) fn any_other_end_tag(&mut self, name: HtmlName) -> Again {
        if self.open_count(name) == 0 {
            return None;
        }
        for index in (1..self.stack.len()).rev() {
            let entry = self.stack[index];
            if entry.is(name) {
                self.close_implied(Some(name));
                while self.stack.len() > index && self.pop().is_some() {}
                return None;
            }
            if entry.has(SPECIAL) {
                return None;
            }
        }
        None
    }
}
