//! Entries of the stack of open elements and of the list of active formatting elements.

use crate::names::HtmlName;
use crate::tree::{Namespace, NodeId};

/// An open element.
#[derive(Clone, Copy, Debug)]
pub(super) struct OpenElement {
    pub node: NodeId,
    pub name: HtmlName,
    pub namespace: Namespace,
    pub class: u16,
}

impl OpenElement {
    pub(super) fn is(&self, name: HtmlName) -> bool {
        self.name == name && self.namespace == Namespace::Html
    }

    pub(super) fn has(&self, class: u16) -> bool {
        self.class & class != 0
    }
}

/// An entry of the list of active formatting elements.
#[derive(Clone, Copy, Debug)]
pub(super) enum Formatting {
    /// The beginning of a table cell, an object, a template…
    Marker,
    Element {
        node: NodeId,
        name: HtmlName,
        attr_count: u16,
        /// Of the attributes; worked out only when two elements may be equal.
        digest: Option<u64>,
    },
}

impl Formatting {
    /// Whether the entry is this node.
    pub(super) fn is_node(&self, id: NodeId) -> bool {
        matches!(self, Formatting::Element { node, .. } if *node == id)
    }
}
