//! The tree: a flat arena of nodes that know their place in the source.

use std::borrow::Cow;
use std::ops::Range;

use onrecord_span::Traced;

use crate::attr::{Attr, Attrs};
use crate::foreign;
use crate::limits::Truncation;
use crate::names::{HtmlName, NameTable};
use crate::references::{Nul, SourceCoding, decode, trace};
use crate::tokenizer::{Doctype, RawAttr};

/// A node of one tree. Another tree takes it for a different node, or panics.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Ord, PartialOrd, Hash)]
pub struct NodeId(pub(crate) u32);

impl NodeId {
    #[inline]
    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }
}

/// What a node is.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Hash)]
pub enum NodeKind {
    /// The root of every tree, and only that.
    Document,
    /// The document type declaration.
    Doctype,
    /// An element, written or implied.
    Element,
    /// Text. Neighbours need not be merged.
    Text,
    /// A comment, or what is read as one (`<?…>`, `<!…>`).
    Comment,
}

/// The vocabulary that an element belongs to.
#[derive(Copy, Clone, Debug, Default, Eq, PartialEq, Hash)]
pub enum Namespace {
    /// HTML.
    #[default]
    Html,
    /// Scalable Vector Graphics, within `svg`.
    Svg,
    /// Mathematical markup, within `math`.
    MathMl,
}

/// "No node" in the links of a [`Node`].
pub(crate) const NONE: u32 = u32::MAX;

/// Text in which `&` begins references.
pub(crate) const TEXT_REFERENCES: u8 = 1;
/// Text in which NUL becomes U+FFFD; in other text it is left out.
pub(crate) const TEXT_REPLACE_NUL: u8 = 2;

/// An element that is on the stack of open elements.
pub(crate) const ELEMENT_OPEN: u8 = 4;

#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub kind: NodeKind,
    pub namespace: Namespace,
    /// Of text: `TEXT_…`; of elements while the tree is built: `ELEMENT_OPEN`.
    pub flags: u8,
    pub name: HtmlName,
    pub parent: u32,
    pub first_child: u32,
    pub last_child: u32,
    pub next: u32,
    pub prev: u32,
    /// All of it in the source.
    pub start: u32,
    pub end: u32,
    /// End of an element's start tag; start of a comment's data.
    pub inner_start: u32,
    /// Of elements: index of the first attribute. End of a comment's data.
    pub attrs: u32,
    pub attr_count: u16,
}

/// A parsed page. It borrows the decoded source; names and text are decoded when asked for.
#[derive(Debug)]
pub struct Tree<'s> {
    pub(crate) source: &'s str,
    pub(crate) nodes: Vec<Node>,
    pub(crate) attrs: Vec<RawAttr>,
    pub(crate) names: NameTable,
    pub(crate) doctype: Option<Doctype>,
    pub(crate) truncation: Option<Truncation>,
}

impl<'s> Tree<'s> {
    #[inline]
    pub(crate) fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.index()]
    }

    /// The source that was parsed.
    #[inline]
    pub fn source(&self) -> &'s str {
        self.source
    }

    /// The document node. In a tree made by [`parse_fragment`](crate::parse_fragment) the
    /// fragment's nodes are its children.
    #[inline]
    pub fn root(&self) -> NodeId {
        NodeId(0)
    }

    /// How many nodes there are, including some without a parent.
    #[inline]
    pub fn node_count(&self) -> usize {
        self.nodes.len()
    }

    /// The limit that the page reached, if any; of several, the one that cost most.
    #[inline]
    pub fn truncated(&self) -> Option<Truncation> {
        self.truncation
    }

    /// The document type declaration.
    #[inline]
    pub fn doctype(&self) -> Option<&Doctype> {
        self.doctype.as_ref()
    }

    /// The node above.
    #[inline]
    pub fn parent(&self, id: NodeId) -> Option<NodeId> {
        link(self.node(id).parent)
    }

    /// The first node below.
    #[inline]
    pub fn first_child(&self, id: NodeId) -> Option<NodeId> {
        link(self.node(id).first_child)
    }

    /// The last node below.
    #[inline]
    pub fn last_child(&self, id: NodeId) -> Option<NodeId> {
        link(self.node(id).last_child)
    }

    /// The next node with the same parent.
    #[inline]
    pub fn next_sibling(&self, id: NodeId) -> Option<NodeId> {
        link(self.node(id).next)
    }

    /// The previous node with the same parent.
    #[inline]
    pub fn prev_sibling(&self, id: NodeId) -> Option<NodeId> {
        link(self.node(id).prev)
    }

    /// The nodes below in order. Contents of a `template` are its children.
    #[inline]
    pub fn children(&self, id: NodeId) -> Children<'_, 's> {
        Children { tree: self, next: self.first_child(id) }
    }

    /// All nodes below, each before those below it; without the node itself.
    #[inline]
    pub fn descendants(&self, id: NodeId) -> Descendants<'_, 's> {
        Descendants { tree: self, top: id, next: self.first_child(id) }
    }

    /// The nodes above, the parent first, the document last.
    #[inline]
    pub fn ancestors(&self, id: NodeId) -> Ancestors<'_, 's> {
        Ancestors { tree: self, next: self.parent(id) }
    }

    /// The node that follows in document order once this one and all below it are passed, within `top`.
    #[inline]
    pub fn after(&self, id: NodeId, top: NodeId) -> Option<NodeId> {
        let mut at = id;
        while at != top {
            if let Some(next) = self.next_sibling(at) {
                return Some(next);
            }
            at = self.parent(at)?;
        }
        None
    }

    /// What the node is.
    #[inline]
    pub fn kind(&self, id: NodeId) -> NodeKind {
        self.node(id).kind
    }

    /// The name of an element; [`HtmlName::UNNAMED`] for other nodes.
    #[inline]
    pub fn name(&self, id: NodeId) -> HtmlName {
        self.node(id).name
    }

    /// The vocabulary of an element; HTML for other nodes.
    #[inline]
    pub fn namespace(&self, id: NodeId) -> Namespace {
        self.node(id).namespace
    }

    /// Whether the node is the HTML element of this name.
    #[inline]
    pub fn is(&self, id: NodeId, name: HtmlName) -> bool {
        let node = self.node(id);
        node.name == name && node.kind == NodeKind::Element && node.namespace == Namespace::Html
    }

    /// The text of a name: lower-case, even where SVG writes capitals.
    #[inline]
    pub fn name_text(&self, name: HtmlName) -> &str {
        self.names.text(name)
    }

    /// An element's name as the standard writes it: `foreignObject` in SVG, else lower-case.
    #[inline]
    pub fn local_name(&self, id: NodeId) -> &str {
        let node = self.node(id);
        let text = self.names.text(node.name);
        match node.namespace {
            Namespace::Svg => foreign::svg_element_name(text),
            _ => text,
        }
    }

    /// The name with this lower-case text, if the standard knows it or the page has it: custom
    /// elements such as `amp-img`.
    pub fn find_name(&self, text: &str) -> Option<HtmlName> {
        self.names.find(text)
    }

    /// The attribute of this lower-case name, if the node is an element that has it.
    #[inline]
    pub fn attr(&self, id: NodeId, name: &str) -> Option<Attr<'_, 's>> {
        self.attrs(id).find(|attr| attr.name() == name)
    }

    /// Like [`attr`](Tree::attr), quicker.
    #[inline]
    pub fn attr_named(&self, id: NodeId, name: HtmlName) -> Option<Attr<'_, 's>> {
        self.attrs(id).find(|attr| attr.is(name))
    }

    /// The attributes of an element in their order; none for other nodes.
    #[inline]
    pub fn attrs(&self, id: NodeId) -> Attrs<'_, 's> {
        let node = self.node(id);
        let raw = match node.kind {
            NodeKind::Element => {
                let first = node.attrs as usize;
                &self.attrs[first..first + usize::from(node.attr_count)]
            }
            _ => &[],
        };
        Attrs::new(&self.names, self.source, raw)
    }

    /// The node's place in the source, in bytes. An element reaches from the beginning of its
    /// start tag to the end of its end tag; where the end tag is missing, to the tag that closed it.
    /// `html` and `body` stay open to the end of the page, as in the standard: what follows their end tags is put into them.
    /// An implied element has no start tag and begins where it was implied. A misnested element that was split up is
    /// its first part; the other parts begin where they were implied.
    #[inline]
    pub fn source_range(&self, id: NodeId) -> Range<u32> {
        let node = self.node(id);
        node.start..node.end
    }

    /// The place of an element's start tag; empty for implied elements and other nodes.
    #[inline]
    pub fn start_tag_range(&self, id: NodeId) -> Range<u32> {
        let node = self.node(id);
        match node.kind {
            NodeKind::Element => node.start..node.inner_start,
            _ => node.start..node.start,
        }
    }

    fn text_coding(node: &Node) -> SourceCoding {
        let nul = if node.flags & TEXT_REPLACE_NUL != 0 { Nul::Replace } else { Nul::Drop };
        SourceCoding { references: node.flags & TEXT_REFERENCES != 0, attribute: false, nul }
    }

    /// The place of what [`raw_text`](Tree::raw_text) gives.
    fn text_range(node: &Node) -> Range<u32> {
        match node.kind {
            NodeKind::Text => node.start..node.end,
            NodeKind::Comment => node.inner_start..node.attrs,
            _ => node.start..node.start,
        }
    }

    /// What a text node says, or a comment; "" for other nodes.
    pub fn text(&self, id: NodeId) -> Cow<'s, str> {
        let node = self.node(id);
        let raw = self.raw_text(id);
        match node.kind {
            NodeKind::Text => decode(raw, Self::text_coding(node)),
            _ => decode(raw, SourceCoding::RAW),
        }
    }

    /// The source of a text node or of a comment's data, as it stands; "" for other nodes.
    #[inline]
    pub fn raw_text(&self, id: NodeId) -> &'s str {
        let range = Self::text_range(self.node(id));
        &self.source[range.start as usize..range.end as usize]
    }

    /// Appends what a text node says to `into`, with its origin; nothing for other nodes.
    pub fn trace_text(&self, id: NodeId, into: &mut Traced) {
        let node = self.node(id);
        if node.kind == NodeKind::Text {
            trace(self.source, node.start, self.raw_text(id), Self::text_coding(node), into);
        }
    }

    /// Appends to `into` what all the text below a node says: its `textContent`.
    pub fn push_text_content(&self, id: NodeId, into: &mut String) {
        for below in self.descendants(id) {
            if self.kind(below) == NodeKind::Text {
                into.push_str(&self.text(below));
            }
        }
    }
}

pub(crate) fn link(id: u32) -> Option<NodeId> {
    (id != NONE).then_some(NodeId(id))
}

/// See [`Tree::children`].
#[derive(Clone, Debug)]
pub struct Children<'t, 's> {
    tree: &'t Tree<'s>,
    next: Option<NodeId>,
}

impl Iterator for Children<'_, '_> {
    type Item = NodeId;

    #[inline]
    fn next(&mut self) -> Option<NodeId> {
        let id = self.next?;
        self.next = self.tree.next_sibling(id);
        Some(id)
    }
}

/// See [`Tree::descendants`].
#[derive(Clone, Debug)]
pub struct Descendants<'t, 's> {
    tree: &'t Tree<'s>,
    top: NodeId,
    next: Option<NodeId>,
}

impl Descendants<'_, '_> {
    /// Passes over what is below `id`, the node given last.
    #[inline]
    pub fn skip_below(&mut self, id: NodeId) {
        self.next = self.tree.after(id, self.top);
    }
}

impl Iterator for Descendants<'_, '_> {
    type Item = NodeId;

    #[inline]
    fn next(&mut self) -> Option<NodeId> {
        let id = self.next?;
        self.next = self.tree.first_child(id).or_else(|| self.tree.after(id, self.top));
        Some(id)
    }
}

/// See [`Tree::ancestors`].
#[derive(Clone, Debug)]
pub struct Ancestors<'t, 's> {
    tree: &'t Tree<'s>,
    next: Option<NodeId>,
}

impl Iterator for Ancestors<'_, '_> {
    type Item = NodeId;

    #[inline]
    fn next(&mut self) -> Option<NodeId> {
        let id = self.next?;
        self.next = self.tree.parent(id);
        Some(id)
    }
}
