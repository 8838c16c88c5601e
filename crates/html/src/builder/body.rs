//! The body: section 13.2.6.4.7.

use super::classes::{HEADING, SPECIAL};
use super::{Again, Builder, Mode};
use crate::names::Name;
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
            Name::HTML => {
                if !self.in_template_contents()
                    && let Some(html) = self.stack.first()
                {
                    self.merge_attrs(html.node, *tag);
                }
            }
            Name::BASE
            | Name::BASEFONT
            | Name::BGSOUND
            | Name::LINK
            | Name::META
            | Name::NOFRAMES
            | Name::SCRIPT
            | Name::STYLE
            | Name::TEMPLATE
            | Name::TITLE => return self.in_head(*token),
            Name::BODY => {
                if let Some(body) = self.stack.get(1).filter(|entry| entry.is(Name::BODY)).copied()
                    && !self.in_template_contents()
                {
                    self.frameset_ok = false;
                    self.merge_attrs(body.node, *tag);
                }
            }
            Name::FRAMESET => self.start_frameset(tag),
            Name::ADDRESS
            | Name::ARTICLE
            | Name::ASIDE
            | Name::BLOCKQUOTE
            | Name::CENTER
            | Name::DETAILS
            | Name::DIALOG
            | Name::DIR
            | Name::DIV
            | Name::DL
            | Name::FIELDSET
            | Name::FIGCAPTION
            | Name::FIGURE
            | Name::FOOTER
            | Name::HEADER
            | Name::HGROUP
            | Name::MAIN
            | Name::MENU
            | Name::NAV
            | Name::OL
            | Name::P
            | Name::SEARCH
            | Name::SECTION
            | Name::SUMMARY
            | Name::UL => {
                self.close_p_in_button_scope();
                self.insert(tag);
            }
            Name::H1 | Name::H2 | Name::H3 | Name::H4 | Name::H5 | Name::H6 => {
                self.close_p_in_button_scope();
                if self.current().is_some_and(|entry| entry.has(HEADING)) {
                    self.pop();
                }
                self.insert(tag);
            }
            Name::PRE | Name::LISTING => {
                self.close_p_in_button_scope();
                self.insert(tag);
                self.ignore_line_feed = true;
                self.frameset_ok = false;
            }
            Name::FORM => self.start_form(tag),
            Name::LI => self.start_item(tag, &[Name::LI]),
            Name::DD | Name::DT => self.start_item(tag, &[Name::DD, Name::DT]),
            Name::PLAINTEXT => {
                self.close_p_in_button_scope();
                self.insert(tag);
                self.tokenizer.state = TokenizerState::Plaintext;
            }
            Name::BUTTON => {
                if self.in_scope(Name::BUTTON) {
                    self.close_implied(None);
                    self.pop_until(Name::BUTTON);
                }
                self.reconstruct();
                self.insert(tag);
                self.frameset_ok = false;
            }
            Name::A => {
                if let Some(active) = self.active(Name::A) {
                    self.adopt(Name::A);
                    self.remove_active(active);
                    self.remove_open(active);
                }
                self.reconstruct();
                self.insert_formatting(tag);
            }
            Name::B
            | Name::BIG
            | Name::CODE
            | Name::EM
            | Name::FONT
            | Name::I
            | Name::S
            | Name::SMALL
            | Name::STRIKE
            | Name::STRONG
            | Name::TT
            | Name::U => {
                self.reconstruct();
                self.insert_formatting(tag);
            }
            Name::NOBR => {
                self.reconstruct();
                if self.in_scope(Name::NOBR) {
                    self.adopt(Name::NOBR);
                    self.reconstruct();
                }
                self.insert_formatting(tag);
            }
            Name::APPLET | Name::MARQUEE | Name::OBJECT => {
                self.reconstruct();
                self.insert(tag);
                self.push_marker();
                self.frameset_ok = false;
            }
            Name::TABLE => {
                if !self.quirks {
                    self.close_p_in_button_scope();
                }
                self.insert(tag);
                self.frameset_ok = false;
                self.mode = Mode::InTable;
            }
            Name::AREA | Name::BR | Name::EMBED | Name::IMG | Name::KEYGEN | Name::WBR => self.void_in_body(tag),
            Name::IMAGE => {
                // Old pages mean `img`.
                self.void_in_body(&Tag { name: Name::IMG, ..*tag });
            }
            Name::INPUT => self.start_input(tag),
            Name::PARAM | Name::SOURCE | Name::TRACK => self.insert_void(tag),
            Name::HR => {
                self.close_p_in_button_scope();
                if self.in_scope(Name::SELECT) {
                    self.close_implied(None);
                }
                self.insert_void(tag);
                self.frameset_ok = false;
            }
            Name::TEXTAREA => {
                self.start_text(*tag, TokenizerState::Rcdata(Some(tag.name)));
                self.ignore_line_feed = true;
                self.frameset_ok = false;
            }
            Name::XMP => {
                self.close_p_in_button_scope();
                self.reconstruct();
                self.frameset_ok = false;
                self.start_text(*tag, TokenizerState::Rawtext(Some(tag.name)));
            }
            Name::IFRAME => {
                self.frameset_ok = false;
                self.start_text(*tag, TokenizerState::Rawtext(Some(tag.name)));
            }
            Name::NOEMBED => self.start_text(*tag, TokenizerState::Rawtext(Some(tag.name))),
            Name::SELECT => self.start_select(tag),
            Name::OPTION | Name::OPTGROUP => self.start_option(tag),
            Name::RB | Name::RTC => {
                if self.in_scope(Name::RUBY) {
                    self.close_implied(None);
                }
                self.insert(tag);
            }
            Name::RP | Name::RT => {
                if self.in_scope(Name::RUBY) {
                    self.close_implied(Some(Name::RTC));
                }
                self.insert(tag);
            }
            Name::MATH => self.start_foreign(tag, Namespace::MathMl),
            Name::SVG => self.start_foreign(tag, Namespace::Svg),
            Name::CAPTION
            | Name::COL
            | Name::COLGROUP
            | Name::FRAME
            | Name::HEAD
            | Name::TBODY
            | Name::TD
            | Name::TFOOT
            | Name::TH
            | Name::THEAD
            | Name::TR => {}
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
        let Some(body) = self.stack.get(1).filter(|entry| entry.is(Name::BODY)).copied() else { return };
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
    fn start_item(&mut self, tag: &Tag, items: &[Name]) {
        self.frameset_ok = false;
        for index in (0..self.stack.len()).rev() {
            let entry = self.stack[index];
            if entry.namespace == Namespace::Html && items.contains(&entry.name) {
                self.close_implied(Some(entry.name));
                self.pop_until(entry.name);
                break;
            }
            if entry.has(SPECIAL) && !(entry.is(Name::ADDRESS) || entry.is(Name::DIV) || entry.is(Name::P)) {
                break;
            }
        }
        self.close_p_in_button_scope();
        self.insert(tag);
    }

    /// Whether this is a fragment of a `select`.
    fn in_select_fragment(&self) -> bool {
        self.context.is_some_and(|context| context.is(Name::SELECT))
    }

    fn start_input(&mut self, tag: &Tag) {
        if self.in_select_fragment() {
            return;
        }
        if self.in_scope(Name::SELECT) {
            self.pop_until(Name::SELECT);
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
        if self.in_scope(Name::SELECT) {
            self.pop_until(Name::SELECT);
            return;
        }
        self.reconstruct();
        self.insert(tag);
        self.frameset_ok = false;
    }

    fn start_option(&mut self, tag: &Tag) {
        if self.in_scope(Name::SELECT) {
            self.close_implied((tag.name == Name::OPTION).then_some(Name::OPTGROUP));
        } else if self.current_is(Name::OPTION) {
            self.pop();
        }
        self.reconstruct();
        self.insert(tag);
    }

    fn end_in_body(&mut self, tag: &Tag, token: &HtmlToken) -> Again {
        match tag.name {
            Name::TEMPLATE => return self.in_head(*token),
            Name::BODY | Name::HTML => {
                if self.in_scope(Name::BODY) {
                    self.mode = Mode::AfterBody;
                    return (tag.name == Name::HTML).then_some(*token);
                }
            }
            Name::ADDRESS
            | Name::ARTICLE
            | Name::ASIDE
            | Name::BLOCKQUOTE
            | Name::BUTTON
            | Name::CENTER
            | Name::DETAILS
            | Name::DIALOG
            | Name::DIR
            | Name::DIV
            | Name::DL
            | Name::FIELDSET
            | Name::FIGCAPTION
            | Name::FIGURE
            | Name::FOOTER
            | Name::HEADER
            | Name::HGROUP
            | Name::LISTING
            | Name::MAIN
            | Name::MENU
            | Name::NAV
            | Name::OL
            | Name::PRE
            | Name::SEARCH
            | Name::SECTION
            | Name::SELECT
            | Name::SUMMARY
            | Name::UL => {
                if self.in_scope(tag.name) {
                    self.close_implied(None);
                    self.pop_until(tag.name);
                }
            }
            Name::FORM => self.end_form(),
            Name::P => {
                if !self.in_button_scope(Name::P) {
                    self.insert_implied(Name::P);
                }
                self.close_p();
            }
            Name::LI => {
                if self.in_list_scope(Name::LI) {
                    self.close_implied(Some(Name::LI));
                    self.pop_until(Name::LI);
                }
            }
            Name::DD | Name::DT => {
                if self.in_scope(tag.name) {
                    self.close_implied(Some(tag.name));
                    self.pop_until(tag.name);
                }
            }
            Name::H1 | Name::H2 | Name::H3 | Name::H4 | Name::H5 | Name::H6 => {
                if self.heading_in_scope() {
                    self.close_implied(None);
                    while self.pop().is_some_and(|entry| !entry.has(HEADING)) {}
                }
            }
            Name::A
            | Name::B
            | Name::BIG
            | Name::CODE
            | Name::EM
            | Name::FONT
            | Name::I
            | Name::NOBR
            | Name::S
            | Name::SMALL
            | Name::STRIKE
            | Name::STRONG
            | Name::TT
            | Name::U => return self.adopt(tag.name),
            Name::APPLET | Name::MARQUEE | Name::OBJECT => {
                if self.in_scope(tag.name) {
                    self.close_implied(None);
                    self.pop_until(tag.name);
                    self.clear_formatting_to_marker();
                }
            }
            // Read as a start tag.
            Name::BR => self.void_in_body(tag),
            _ => return self.any_other_end_tag(tag.name),
        }
        None
    }

    fn end_form(&mut self) {
        if self.in_template_contents() {
            if self.in_scope(Name::FORM) {
                self.close_implied(None);
                self.pop_until(Name::FORM);
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
    pub(super) fn any_other_end_tag(&mut self, name: Name) -> Again {
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
