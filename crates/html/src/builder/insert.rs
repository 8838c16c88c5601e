//! Making nodes and putting them into the tree: section 13.2.6.1.

use super::Builder;
use super::classes::FOSTERING;
use crate::limits::{MAX_ATTRS, MAX_DEPTH, MAX_NODES, Truncation};
use crate::names::HtmlName;
use crate::references::{Nul, SourceCoding, decode};
use crate::tokenizer::{Comment, Tag, TextToken};
use crate::tree::{NONE, Namespace, Node, NodeId, NodeKind, TEXT_REFERENCES, TEXT_REPLACE_NUL, link};

/// Where a node is put: last in `parent`, or before one of its children.
#[derive(Clone, Copy)]
pub(super) struct InsertionPoint {
    parent: NodeId,
    before: Option<NodeId>,
}

impl InsertionPoint {
    fn last_in(parent: NodeId) -> InsertionPoint {
        InsertionPoint { parent, before: None }
    }
}

impl Builder<'_> {
    #[inline(always)]
    fn add(&mut self, kind: NodeKind, name: HtmlName, start: u32, end: u32) -> NodeId {
        if self.nodes.len() == self.nodes.capacity() {
            self.make_room();
        }
        let id = NodeId(self.nodes.len() as u32);
        self.nodes.push(Node {
            kind,
            namespace: Namespace::Html,
            flags: 0,
            name,
            parent: NONE,
            first_child: NONE,
            last_child: NONE,
            next: NONE,
            prev: NONE,
            start,
            end,
            inner_start: start,
            attrs: 0,
            attr_count: 0,
        });
        id
    }

    /// Makes room for as many nodes as the rest of the page has if it goes on as it began. To double would leave up to half
    /// of the memory empty, and the largest pages' first touch of it takes longer than to parse them.
    #[cold]
    fn make_room(&mut self) {
        /// Grows by this part at least, so that a page that becomes denser and denser is not moved at every node.
        const LEAST: usize = 8;
        let made = self.nodes.len();
        let read = self.tokenizer.at.max(1);
        let left = (self.tokenizer.source.len() - read.min(self.tokenizer.source.len())) as f64;
        let expected = (made as f64 / read as f64 * left) as usize;
        let least = made / LEAST + 16;
        self.nodes.reserve_exact((expected + expected / 16).clamp(least, MAX_NODES.max(least)));
    }

    pub(super) fn add_document(&mut self) {
        let end = self.tokenizer.source.len() as u32;
        self.add(NodeKind::Document, HtmlName::UNNAMED, 0, end);
    }

    /// Makes an element of a start tag.
    #[inline(always)]
    pub(super) fn add_element(&mut self, tag: &Tag, namespace: Namespace) -> NodeId {
        let id = self.add(NodeKind::Element, tag.name, tag.start, tag.end);
        let node = &mut self.nodes[id.index()];
        node.namespace = namespace;
        node.inner_start = tag.end;
        node.attrs = tag.attrs;
        node.attr_count = (self.tokenizer.attrs.len() - tag.attrs as usize) as u16;
        id
    }

    /// Makes an HTML element that no tag has written, implied here.
    pub(super) fn add_implied(&mut self, name: HtmlName) -> NodeId {
        self.add(NodeKind::Element, name, self.token_start, self.token_start)
    }

    /// Makes a formatting element again, implied here.
    pub(super) fn add_clone(&mut self, id: NodeId) -> NodeId {
        self.made_again += 1;
        let Node { name, attrs, attr_count, .. } = self.nodes[id.index()];
        let clone = self.add_implied(name);
        let node = &mut self.nodes[clone.index()];
        node.attrs = attrs;
        node.attr_count = attr_count;
        clone
    }

    /// The appropriate place for inserting a node; `target` in place of the innermost open element.
    #[inline(always)]
    pub(super) fn place(&self, target: Option<usize>) -> InsertionPoint {
        let Some(entry) = self.stack.get(target.unwrap_or(self.stack.len().wrapping_sub(1))) else {
            return InsertionPoint::last_in(NodeId(0));
        };
        if self.foster && entry.has(FOSTERING) { self.foster_place() } else { InsertionPoint::last_in(entry.node) }
    }

    /// "Foster parenting": before the table that holds what cannot stand in it.
    fn foster_place(&self) -> InsertionPoint {
        let template = self.stack.iter().rposition(|entry| entry.is(HtmlName::TEMPLATE));
        let table = self.stack.iter().rposition(|entry| entry.is(HtmlName::TABLE));
        match (template, table) {
            (Some(template), None) => InsertionPoint::last_in(self.stack[template].node),
            (Some(template), Some(table)) if template > table => InsertionPoint::last_in(self.stack[template].node),
            (_, Some(table)) => {
                let node = self.stack[table].node;
                match link(self.nodes[node.index()].parent) {
                    Some(parent) => InsertionPoint { parent, before: Some(node) },
                    None => InsertionPoint::last_in(self.stack[table.saturating_sub(1)].node),
                }
            }
            (None, None) => InsertionPoint::last_in(self.stack[0].node),
        }
    }

    #[inline(always)]
    pub(super) fn put(&mut self, place: InsertionPoint, id: NodeId) {
        let InsertionPoint { parent, before } = place;
        let prev = match before {
            Some(before) => self.nodes[before.index()].prev,
            None => self.nodes[parent.index()].last_child,
        };
        let next = before.map_or(NONE, |before| before.0);
        let node = &mut self.nodes[id.index()];
        node.parent = parent.0;
        node.prev = prev;
        node.next = next;
        match link(prev) {
            Some(prev) => self.nodes[prev.index()].next = id.0,
            None => self.nodes[parent.index()].first_child = id.0,
        }
        match link(next) {
            Some(next) => self.nodes[next.index()].prev = id.0,
            None => self.nodes[parent.index()].last_child = id.0,
        }
    }

    pub(super) fn append(&mut self, parent: NodeId, id: NodeId) {
        self.put(InsertionPoint::last_in(parent), id);
    }

    /// Takes a node from its parent.
    pub(super) fn detach(&mut self, id: NodeId) {
        let Node { parent, prev, next, .. } = self.nodes[id.index()];
        let Some(parent) = link(parent) else { return };
        match link(prev) {
            Some(prev) => self.nodes[prev.index()].next = next,
            None => self.nodes[parent.index()].first_child = next,
        }
        match link(next) {
            Some(next) => self.nodes[next.index()].prev = prev,
            None => self.nodes[parent.index()].last_child = prev,
        }
        let node = &mut self.nodes[id.index()];
        node.parent = NONE;
        node.prev = NONE;
        node.next = NONE;
    }

    /// Moves all children of `from` to the end of `to`.
    pub(super) fn move_children(&mut self, from: NodeId, to: NodeId) {
        while let Some(child) = link(self.nodes[from.index()].first_child) {
            self.detach(child);
            self.append(to, child);
        }
    }

    /// Inserts an HTML element of a start tag and opens it.
    #[inline]
    pub(super) fn insert(&mut self, tag: &Tag) -> NodeId {
        self.insert_in(tag, Namespace::Html)
    }

    /// Inserts an element of a start tag and opens it.
    pub(super) fn insert_in(&mut self, tag: &Tag, namespace: Namespace) -> NodeId {
        self.limit_depth();
        let id = self.add_element(tag, namespace);
        self.put(self.place(None), id);
        self.push(id);
        id
    }

    /// Inserts an HTML element that is implied and opens it.
    pub(super) fn insert_implied(&mut self, name: HtmlName) -> NodeId {
        let id = self.add_implied(name);
        self.insert_made(id);
        id
    }

    /// Inserts an element that is made already and opens it.
    pub(super) fn insert_made(&mut self, id: NodeId) {
        self.limit_depth();
        self.put(self.place(None), id);
        self.push(id);
    }

    /// Inserts an HTML element that has no contents.
    pub(super) fn insert_void(&mut self, tag: &Tag) {
        self.limit_depth();
        let id = self.add_element(tag, Namespace::Html);
        self.put(self.place(None), id);
    }

    /// At [`MAX_DEPTH`], closes the innermost element, so that the next becomes its sibling.
    #[inline]
    fn limit_depth(&mut self) {
        if self.stack.len() >= MAX_DEPTH {
            self.tokenizer.note(Truncation::Depth);
            self.pop();
        }
    }

    /// Inserts text; it becomes part of the text node before it where it follows it in the source.
    pub(super) fn insert_text(&mut self, text: TextToken) {
        let place = self.place(None);
        if place.parent == NodeId(0) {
            return;
        }
        let mut flags = 0;
        if text.references {
            flags |= TEXT_REFERENCES;
        }
        if text.coding(Nul::Drop).nul == Nul::Replace {
            flags |= TEXT_REPLACE_NUL;
        }
        let TextToken { start, end, .. } = text;
        let prev = match place.before {
            Some(before) => self.nodes[before.index()].prev,
            None => self.nodes[place.parent.index()].last_child,
        };
        if let Some(prev) = link(prev) {
            let prev = &mut self.nodes[prev.index()];
            if prev.kind == NodeKind::Text && prev.end == start && prev.flags == flags {
                prev.end = end;
                return;
            }
        }
        let id = self.add(NodeKind::Text, HtmlName::UNNAMED, start, end);
        self.nodes[id.index()].flags = flags;
        self.put(place, id);
    }

    fn add_comment(&mut self, comment: Comment) -> NodeId {
        let id = self.add(NodeKind::Comment, HtmlName::UNNAMED, comment.start, comment.end);
        let node = &mut self.nodes[id.index()];
        node.inner_start = comment.data_start;
        node.attrs = comment.data_end;
        id
    }

    pub(super) fn insert_comment(&mut self, comment: Comment) {
        let id = self.add_comment(comment);
        self.put(self.place(None), id);
    }

    /// Inserts a comment at the end of a node that need not be open.
    pub(super) fn append_comment(&mut self, parent: NodeId, comment: Comment) {
        let id = self.add_comment(comment);
        self.append(parent, id);
    }

    /// Inserts the document type declaration.
    pub(super) fn append_doctype(&mut self, start: u32, end: u32) {
        let id = self.add(NodeKind::Doctype, HtmlName::UNNAMED, start, end);
        self.append(NodeId(0), id);
    }

    /// Gives an element the attributes of another start tag, but for those that it has.
    pub(super) fn merge_attrs(&mut self, id: NodeId, tag: Tag) {
        let Node { attrs, attr_count, .. } = self.nodes[id.index()];
        let (first, count) = self.tokenizer.merge_attrs(attrs as usize, usize::from(attr_count), tag.attrs as usize);
        let node = &mut self.nodes[id.index()];
        node.attrs = first as u32;
        node.attr_count = count.min(MAX_ATTRS) as u16;
    }

    /// The value of an attribute of the start tag being processed.
    pub(super) fn tag_value(&self, tag: Tag, name: HtmlName) -> Option<std::borrow::Cow<'_, str>> {
        let attr = self.tokenizer.attrs[tag.attrs as usize..].iter().find(|attr| attr.name == name)?;
        let raw = &self.tokenizer.source[attr.start as usize..attr.end as usize];
        Some(decode(raw, SourceCoding::ATTRIBUTE))
    }

    /// Whether an `annotation-xml` says that it holds HTML.
    pub(super) fn annotates_html(&self, id: NodeId) -> bool {
        let node = &self.nodes[id.index()];
        let first = node.attrs as usize;
        self.tokenizer.attrs[first..first + usize::from(node.attr_count)]
            .iter()
            .filter(|attr| attr.name == HtmlName::ENCODING)
            .map(|attr| decode(&self.tokenizer.source[attr.start as usize..attr.end as usize], SourceCoding::ATTRIBUTE))
            .any(|value| value.eq_ignore_ascii_case("text/html") || value.eq_ignore_ascii_case("application/xhtml+xml"))
    }
}
