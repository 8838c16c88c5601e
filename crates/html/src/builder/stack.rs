//! The stack of open elements (section 13.2.4.2), and what is asked of it.

use super::classes::*;
use super::open_elements::OpenElement;
use super::{Builder, Mode};
use crate::names::HtmlName;
use crate::tree::{ELEMENT_OPEN, Namespace, NodeId};

impl Builder<'_> {
    /// The innermost open element.
    pub(super) fn current(&self) -> Option<&OpenElement> {
        self.stack.last()
    }

    /// The innermost open element, or a fragment's context in place of its root.
    #[inline]
    pub(super) fn adjusted_current(&self) -> Option<&OpenElement> {
        match &self.context {
            Some(context) if self.stack.len() == 1 => Some(context),
            _ => self.stack.last(),
        }
    }

    pub(super) fn current_is(&self, name: HtmlName) -> bool {
        self.current().is_some_and(|entry| entry.is(name))
    }

    /// Opens an element.
    #[inline]
    pub(super) fn push(&mut self, node: NodeId) {
        let entry = self.entry(node);
        self.count(entry);
        self.stack.push(entry);
    }

    #[inline]
    fn count(&mut self, entry: OpenElement) {
        self.changes += 1;
        self.nodes[entry.node.index()].flags |= ELEMENT_OPEN;
        if entry.namespace == Namespace::Html {
            let index = usize::from(entry.name.0);
            if index >= self.open.len() {
                self.open.resize((index + 1).next_power_of_two().max(512), 0);
            }
            self.open[index] += 1;
        }
    }

    #[inline]
    fn uncount(&mut self, entry: OpenElement) {
        self.changes += 1;
        self.nodes[entry.node.index()].flags &= !ELEMENT_OPEN;
        if entry.namespace == Namespace::Html {
            self.open[usize::from(entry.name.0)] -= 1;
        }
    }

    /// Opens an element at a place within the stack.
    pub(super) fn insert_open(&mut self, index: usize, node: NodeId) {
        let entry = self.entry(node);
        self.count(entry);
        self.stack.insert(index, entry);
    }

    /// Puts an element in the place of an open one.
    pub(super) fn replace_open(&mut self, index: usize, node: NodeId) {
        self.uncount(self.stack[index]);
        let entry = self.entry(node);
        self.count(entry);
        self.stack[index] = entry;
    }

    #[inline(always)]
    fn entry(&self, node: NodeId) -> OpenElement {
        let data = &self.nodes[node.index()];
        let mut class = class_of(data.namespace, data.name);
        if data.namespace == Namespace::MathMl && data.name == HtmlName::ANNOTATION_XML && self.annotates_html(node) {
            class |= HTML_POINT;
        }
        OpenElement { node, name: data.name, namespace: data.namespace, class }
    }

    /// How many open HTML elements have this name.
    #[inline]
    pub(super) fn open_count(&self, name: HtmlName) -> u32 {
        self.open.get(usize::from(name.0)).copied().unwrap_or(0)
    }

    /// Closes the innermost element: by its own end tag, if that is being processed, else by what
    /// begins here. The root stays open.
    #[inline]
    pub(super) fn pop(&mut self) -> Option<OpenElement> {
        if self.stack.len() <= 1 {
            return None;
        }
        let entry = self.stack.pop()?;
        self.close(entry);
        Some(entry)
    }

    #[inline]
    fn close(&mut self, entry: OpenElement) {
        self.uncount(entry);
        let end = if self.end_tag == Some(entry.name) { self.token_end } else { self.token_start };
        let node = &mut self.nodes[entry.node.index()];
        node.end = end.max(node.inner_start);
    }

    /// Takes an element out of the stack, wherever it is.
    pub(super) fn remove_open(&mut self, node: NodeId) {
        if let Some(index) = self.open_index(node) {
            let entry = self.stack.remove(index);
            self.close(entry);
        }
    }

    /// Whether a node is on the stack.
    #[inline]
    pub(super) fn is_open(&self, node: NodeId) -> bool {
        self.nodes[node.index()].flags & ELEMENT_OPEN != 0
    }

    /// Where in the stack a node is.
    pub(super) fn open_index(&self, node: NodeId) -> Option<usize> {
        if !self.is_open(node) {
            return None;
        }
        self.stack.iter().rposition(|entry| entry.node == node)
    }

    /// Closes elements until one with this name is closed.
    pub(super) fn pop_until(&mut self, name: HtmlName) {
        while let Some(entry) = self.pop() {
            if entry.is(name) {
                break;
            }
        }
    }

    /// Closes elements until the innermost one is of this class or the root.
    pub(super) fn pop_to(&mut self, stop: impl Fn(&OpenElement) -> bool) {
        while self.stack.last().is_some_and(|entry| !stop(entry)) && self.pop().is_some() {}
    }

    /// Whether an element that `found` accepts is open within the nearest of the classes `bounds`.
    fn in_bounds(&self, bounds: u16, found: impl Fn(&OpenElement) -> bool) -> bool {
        for entry in self.stack.iter().rev() {
            if found(entry) {
                return true;
            }
            if entry.has(bounds) {
                return false;
            }
        }
        false
    }

    pub(super) fn in_scope(&self, name: HtmlName) -> bool {
        self.open_count(name) > 0 && self.in_bounds(SCOPE, |entry| entry.is(name))
    }

    pub(super) fn node_in_scope(&self, node: NodeId) -> bool {
        self.is_open(node) && self.in_bounds(SCOPE, |entry| entry.node == node)
    }

    pub(super) fn heading_in_scope(&self) -> bool {
        self.in_bounds(SCOPE, |entry| entry.has(HEADING))
    }

    pub(super) fn in_list_scope(&self, name: HtmlName) -> bool {
        self.open_count(name) > 0 && self.in_bounds(SCOPE | LIST_SCOPE, |entry| entry.is(name))
    }

    pub(super) fn in_button_scope(&self, name: HtmlName) -> bool {
        self.open_count(name) > 0 && self.in_bounds(SCOPE | BUTTON_SCOPE, |entry| entry.is(name))
    }

    pub(super) fn in_table_scope(&self, name: HtmlName) -> bool {
        self.open_count(name) > 0 && self.in_bounds(TABLE_SCOPE, |entry| entry.is(name))
    }

    /// Whether a template is open.
    pub(super) fn in_template_contents(&self) -> bool {
        self.open_count(HtmlName::TEMPLATE) > 0
    }

    /// Closes what may be implied to end here, but no element with the name `except`.
    pub(super) fn close_implied(&mut self, except: Option<HtmlName>) {
        while self.current().is_some_and(|entry| entry.has(IMPLIED_END) && Some(entry.name) != except) {
            self.pop();
        }
    }

    /// Closes what may be implied to end with a template.
    pub(super) fn close_implied_thoroughly(&mut self) {
        while self.current().is_some_and(|entry| entry.has(THOROUGHLY_IMPLIED_END)) {
            self.pop();
        }
    }

    /// Closes a paragraph and what is open within.
    pub(super) fn close_p(&mut self) {
        self.close_implied(Some(HtmlName::P));
        self.pop_until(HtmlName::P);
    }

    /// Closes the paragraph around, if one is in scope: before a block.
    #[inline]
    pub(super) fn close_p_in_button_scope(&mut self) {
        if self.in_button_scope(HtmlName::P) {
            self.close_p();
        }
    }

    /// "Reset the insertion mode appropriately", section 13.2.4.1.
    pub(super) fn reset_mode(&mut self) {
        for index in (0..self.stack.len()).rev() {
            let last = index == 0;
            let entry = match &self.context {
                Some(context) if last => context,
                _ => &self.stack[index],
            };
            if entry.namespace == Namespace::Html {
                let mode = match entry.name {
                    HtmlName::TD | HtmlName::TH if !last => Some(Mode::InCell),
                    HtmlName::TR => Some(Mode::InRow),
                    HtmlName::TBODY | HtmlName::THEAD | HtmlName::TFOOT => Some(Mode::InTableBody),
                    HtmlName::CAPTION => Some(Mode::InCaption),
                    HtmlName::COLGROUP => Some(Mode::InColumnGroup),
                    HtmlName::TABLE => Some(Mode::InTable),
                    HtmlName::TEMPLATE => Some(self.template_modes.last().copied().unwrap_or(Mode::InBody)),
                    HtmlName::HEAD if !last => Some(Mode::InHead),
                    HtmlName::BODY => Some(Mode::InBody),
                    HtmlName::FRAMESET => Some(Mode::InFrameset),
                    HtmlName::HTML if self.head.is_none() => Some(Mode::BeforeHead),
                    HtmlName::HTML => Some(Mode::AfterHead),
                    _ => None,
                };
                if let Some(mode) = mode {
                    self.mode = mode;
                    return;
                }
            }
        }
        self.mode = Mode::InBody;
    }
}
