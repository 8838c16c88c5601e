//! The list of active formatting elements (section 13.2.4.3) and the adoption agency algorithm.

use super::classes::SPECIAL;
use super::open_elements::{Formatting, OpenElement};
use super::{Again, Builder};
use crate::limits::{MAX_DEPTH, MAX_FORMATTING, MAX_MADE_AGAIN, MAX_REOPENED, Truncation};
use crate::names::HtmlName;
use crate::references::{SourceCoding, decode};
use crate::tokenizer::Tag;
use crate::tree::{Node, NodeId};

/// How often the adoption agency is run for one end tag.
const ADOPTIONS: usize = 8;
/// How many formatting elements between it takes along.
const ADOPTED_ALONG: usize = 3;
/// How many equal formatting elements can be active: "Noah's Ark".
const ARK: usize = 3;

/// Spreads a number over all bits (the finalizer of SplitMix64), so that the sum of names without values differs, `<b x y>` from
/// `<b z w>`, and no value makes up for another name: `<b x=1>` is not `<b y=2>`.
fn mixed(number: u64) -> u64 {
    let number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}

impl Builder<'_> {
    pub(super) fn push_marker(&mut self) {
        self.push_entry(Formatting::Marker);
    }

    pub(super) fn clear_formatting_to_marker(&mut self) {
        self.changes += 1;
        while let Some(Formatting::Element { .. }) = self.formatting.pop() {}
    }

    /// Makes room for an entry: at [`MAX_FORMATTING`] the oldest one goes.
    fn push_entry(&mut self, entry: Formatting) {
        self.changes += 1;
        if self.formatting.len() >= MAX_FORMATTING {
            self.tokenizer.note(Truncation::Formatting);
            self.formatting.remove(0);
        }
        self.formatting.push(entry);
    }

    /// Makes an element active that was just inserted.
    fn push_formatting(&mut self, node: NodeId, name: HtmlName) {
        let attr_count = self.nodes[node.index()].attr_count;
        let mut alike = 0;
        let mut earliest = 0;
        for (index, entry) in self.formatting.iter().enumerate().rev() {
            match entry {
                Formatting::Marker => break,
                Formatting::Element { name: other, attr_count: count, .. } => {
                    if *other == name && *count == attr_count {
                        alike += 1;
                        earliest = index;
                    }
                }
            }
        }
        let mut digest = None;
        if alike >= ARK && attr_count == 0 {
            // Without attributes alike is equal.
            self.formatting.remove(earliest);
        } else if alike >= ARK {
            digest = Some(self.make_room_in_ark(node, name, attr_count));
        }
        self.push_entry(Formatting::Element { node, name, attr_count, digest });
    }

    /// Takes the earliest of three elements that are equal to this one out of the list; gives the digest of its attributes.
    fn make_room_in_ark(&mut self, node: NodeId, name: HtmlName, attr_count: u16) -> u64 {
        let own = self.attr_digest(node);
        let mut equal = 0;
        let mut earliest = 0;
        for index in (0..self.formatting.len()).rev() {
            let Formatting::Element { node: other, name: other_name, attr_count: other_count, digest } =
                self.formatting[index]
            else {
                break;
            };
            if other_name != name || other_count != attr_count {
                continue;
            }
            let others = digest.unwrap_or_else(|| self.attr_digest(other));
            if digest.is_none() {
                self.formatting[index] = Formatting::Element { node: other, name, attr_count, digest: Some(others) };
            }
            if own == others {
                equal += 1;
                earliest = index;
            }
        }
        if equal >= ARK {
            self.formatting.remove(earliest);
        }
        own
    }

    /// A number that is the same for the same attributes in any order.
    #[inline]
    fn attr_digest(&self, node: NodeId) -> u64 {
        let Node { attrs, attr_count, .. } = self.nodes[node.index()];
        let first = attrs as usize;
        self.tokenizer.attrs[first..first + usize::from(attr_count)]
            .iter()
            .map(|attr| {
                let raw = &self.tokenizer.source[attr.start as usize..attr.end as usize];
                let value = decode(raw, SourceCoding::ATTRIBUTE);
                let start = 0xcbf2_9ce4_8422_2325 ^ mixed(u64::from(attr.name.0) + 1);
                let sum = |state: u64, byte: u8| (state ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
                mixed(value.bytes().fold(start, sum))
            })
            .fold(0, u64::wrapping_add)
    }

    /// Whether formatting elements may still be made again: see [`MAX_MADE_AGAIN`].
    fn may_make_again(&mut self) -> bool {
        if self.made_again >= MAX_MADE_AGAIN {
            self.tokenizer.note(Truncation::Formatting);
            return false;
        }
        true
    }

    /// Inserts a formatting element and makes it active.
    pub(super) fn insert_formatting(&mut self, tag: &Tag) {
        let node = self.insert(tag);
        self.push_formatting(node, tag.name);
    }

    /// "Reconstruct the active formatting elements": reopens what the last block has closed. At [`MAX_DEPTH`], where each
    /// would close the one before it, nothing is.
    #[inline]
    pub(super) fn reconstruct(&mut self) {
        if self.formatting.last().is_some_and(|last| !self.needs_no_reopening(last)) {
            self.reopen();
        }
    }

    /// Whether an entry is a marker or open.
    #[inline]
    fn needs_no_reopening(&self, entry: &Formatting) -> bool {
        match entry {
            Formatting::Marker => true,
            Formatting::Element { node, .. } => self.is_open(*node),
        }
    }

    fn reopen(&mut self) {
        if self.stack.len() >= MAX_DEPTH || !self.may_make_again() {
            return;
        }
        let open = self.formatting.iter().rposition(|entry| self.needs_no_reopening(entry));
        let mut first = open.map_or(0, |index| index + 1);
        if self.formatting.len() - first > MAX_REOPENED {
            first = self.formatting.len() - MAX_REOPENED;
            self.tokenizer.note(Truncation::Formatting);
        }
        for index in first..self.formatting.len() {
            if self.stack.len() >= MAX_DEPTH {
                break;
            }
            if let Formatting::Element { node, name, attr_count, digest } = self.formatting[index] {
                let clone = self.add_clone(node);
                self.insert_made(clone);
                self.formatting[index] = Formatting::Element { node: clone, name, attr_count, digest };
            }
        }
    }

    /// The last active element with this name since the last marker.
    pub(super) fn active(&self, name: HtmlName) -> Option<NodeId> {
        let mut entries = self.formatting.iter().rev().map_while(|entry| match entry {
            Formatting::Element { node, name, .. } => Some((*node, *name)),
            Formatting::Marker => None,
        });
        entries.find(|(_, other)| *other == name).map(|(node, _)| node)
    }

    fn active_index(&self, node: NodeId) -> Option<usize> {
        self.formatting.iter().rposition(|entry| entry.is_node(node))
    }

    pub(super) fn remove_active(&mut self, node: NodeId) {
        if let Some(index) = self.active_index(node) {
            self.changes += 1;
            self.formatting.remove(index);
        }
    }

    /// The adoption agency algorithm for an end tag, or for a start tag that cannot be nested.
    pub(super) fn adopt(&mut self, name: HtmlName) -> Again {
        if let Some(entry) = self.current().copied()
            && entry.is(name)
            && self.active_index(entry.node).is_none()
        {
            self.pop();
            return None;
        }
        for _ in 0..ADOPTIONS {
            let Some(formatting) = self.active(name) else {
                return self.any_other_end_tag(name);
            };
            let Some(open) = self.open_index(formatting) else {
                self.remove_active(formatting);
                return None;
            };
            if !self.node_in_scope(formatting) {
                return None;
            }
            let block = self.stack[open..].iter().position(|entry| entry.has(SPECIAL)).map(|found| open + found);
            let Some(block) = block else {
                while self.stack.len() > open && self.pop().is_some() {}
                self.remove_active(formatting);
                return None;
            };
            if !self.may_make_again() {
                self.remove_active(formatting);
                return None;
            }
            self.adopt_block(formatting, open, block);
        }
        None
    }

    /// Splits the formatting element at `open` in the stack around the block at `block`.
    fn adopt_block(&mut self, formatting: NodeId, open: usize, block: usize) {
        let furthest = self.stack[block].node;
        let Some(mut bookmark) = self.active_index(formatting) else { return };
        let mut last = furthest;
        let mut index = block;
        let mut along = 0;
        // Everything between the two in the stack, from the inside out.
        while index > open + 1 {
            index -= 1;
            along += 1;
            let node = self.stack[index].node;
            let mut active = self.active_index(node);
            if along > ADOPTED_ALONG
                && let Some(at) = active.take()
            {
                self.formatting.remove(at);
                if at < bookmark {
                    bookmark -= 1;
                }
            }
            let Some(at) = active else {
                self.remove_open(node);
                continue;
            };
            let clone = self.add_clone(node);
            let OpenElement { name, .. } = self.stack[index];
            let attr_count = self.nodes[clone.index()].attr_count;
            self.formatting[at] = Formatting::Element { node: clone, name, attr_count, digest: None };
            self.replace_open(index, clone);
            self.nodes[node.index()].end = self.token_start.max(self.nodes[node.index()].inner_start);
            if last == furthest {
                bookmark = at + 1;
            }
            self.detach(last);
            self.append(clone, last);
            last = clone;
        }
        self.detach(last);
        let place = self.place(open.checked_sub(1));
        self.put(place, last);
        let clone = self.add_clone(formatting);
        self.move_children(furthest, clone);
        self.append(furthest, clone);
        if let Some(at) = self.active_index(formatting)
            && let Formatting::Element { name, attr_count, digest, .. } = self.formatting.remove(at)
        {
            if at < bookmark {
                bookmark -= 1;
            }
            self.formatting.insert(bookmark, Formatting::Element { node: clone, name, attr_count, digest });
        }
        self.remove_open(formatting);
        if let Some(block) = self.open_index(furthest) {
            self.insert_open(block + 1, clone);
        }
    }
}
