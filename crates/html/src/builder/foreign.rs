//! SVG and MathML in the page: section 13.2.6.5.

use super::classes::{BREAKOUT, HTML_POINT, MATHML_TEXT_POINT, class_of};
use super::{Again, Builder};
use crate::names::HtmlName;
use crate::tokenizer::{HtmlToken, Tag};
use crate::tree::Namespace;

impl Builder<'_> {
    /// Whether a token is processed by the rules for foreign content: the tree construction dispatcher.
    #[inline]
    pub(super) fn is_foreign(&self, token: &HtmlToken) -> bool {
        let Some(node) = self.adjusted_current() else { return false };
        if node.namespace == Namespace::Html {
            return false;
        }
        match token {
            HtmlToken::Text(_) => !node.has(MATHML_TEXT_POINT | HTML_POINT),
            HtmlToken::StartTag(tag) => {
                let in_mathml_text =
                    node.has(MATHML_TEXT_POINT) && !matches!(tag.name, HtmlName::MGLYPH | HtmlName::MALIGNMARK);
                let in_annotation = node.namespace == Namespace::MathMl
                    && node.name == HtmlName::ANNOTATION_XML
                    && tag.name == HtmlName::SVG;
                !in_mathml_text && !in_annotation && !node.has(HTML_POINT)
            }
            HtmlToken::EndOfPage => false,
            _ => true,
        }
    }

    pub(super) fn foreign(&mut self, token: HtmlToken) -> Again {
        match token {
            HtmlToken::Text(mut text) => {
                if self.frameset_ok && !self.is_blank(text) {
                    self.frameset_ok = false;
                }
                text.replace_nul = true;
                self.insert_text(text);
                None
            }
            HtmlToken::Comment(comment) => {
                self.insert_comment(comment);
                None
            }
            HtmlToken::StartTag(tag) if self.breaks_out(tag) => self.leave_foreign(token),
            HtmlToken::StartTag(tag) => {
                let namespace = self.adjusted_current().map_or(Namespace::Html, |node| node.namespace);
                self.insert_in(&tag, namespace);
                if tag.self_closing {
                    self.close_self(tag);
                }
                None
            }
            HtmlToken::EndTag(tag) if matches!(tag.name, HtmlName::BR | HtmlName::P) => self.leave_foreign(token),
            HtmlToken::EndTag(tag) => self.end_foreign(tag, token),
            HtmlToken::Doctype { .. } | HtmlToken::EndOfPage => None,
        }
    }

    /// Whether a start tag cannot stand in foreign content.
    fn breaks_out(&self, tag: Tag) -> bool {
        class_of(Namespace::Html, tag.name) & BREAKOUT != 0
            || tag.name == HtmlName::FONT
                && self.tokenizer.attrs[tag.attrs as usize..]
                    .iter()
                    .any(|attr| matches!(attr.name, HtmlName::COLOR | HtmlName::FACE | HtmlName::SIZE))
    }

    fn leave_foreign(&mut self, token: HtmlToken) -> Again {
        self.pop_to(|entry| entry.namespace == Namespace::Html || entry.has(HTML_POINT | MATHML_TEXT_POINT));
        self.step(self.mode, token)
    }

    /// Closes the foreign element that its own start tag has closed.
    pub(super) fn close_self(&mut self, tag: Tag) {
        if let Some(entry) = self.pop() {
            self.nodes[entry.node.index()].end = tag.end;
        }
    }

    fn end_foreign(&mut self, tag: Tag, token: HtmlToken) -> Again {
        for index in (1..self.stack.len()).rev() {
            let entry = self.stack[index];
            if entry.namespace == Namespace::Html {
                return self.step(self.mode, token);
            }
            if entry.name == tag.name {
                while self.stack.len() > index && self.pop().is_some() {}
                return None;
            }
        }
        None
    }
}
