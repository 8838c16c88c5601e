//! The words of elements, attributes and JSON strings, with their places in the decoded page.

use crate::json::JsonString;
use crate::lower::push_lower;
use crate::unseen::is_for_screen_readers;
use onrecord_html::{HtmlName, NodeId, NodeKind, Tree, parse_fragment};
use onrecord_span::{Traced, is_invisible};

/// Longest field in bytes; words after that are not read.
pub(in crate::fields) const MAX_FIELD_BYTES: usize = 4_000;

/// Most nodes inside an element that are read for its words.
const MAX_FIELD_NODES: usize = 500;

/// The visible words of an element with folded white space, without scripts, styles, buttons and hidden elements. A line break,
/// or the edge of a block, is a space.
pub(in crate::fields) fn visible(tree: &Tree<'_>, node: NodeId) -> Traced {
    let mut out = Traced::new();
    each_visible(tree, node, |piece| {
        piece.trace(tree, &mut out);
        out.len() <= MAX_FIELD_BYTES
    });
    out.fold_space()
}

/// [`visible`], if that has no more than `longest` bytes.
pub(in crate::fields) fn visible_line(tree: &Tree<'_>, node: NodeId, longest: usize) -> Option<Traced> {
    let mut out = Traced::new();
    // Counts bytes that folding keeps, so that reading can stop as soon as there are too many.
    let mut kept = 0;
    each_visible(tree, node, |piece| {
        let before = out.len();
        piece.trace(tree, &mut out);
        kept += out.text().as_bytes()[before..].iter().filter(|byte| byte.is_ascii_graphic()).count();
        out.len() <= MAX_FIELD_BYTES && kept <= longest
    });
    if kept > longest {
        return None;
    }
    Some(out.fold_space()).filter(|words| words.len() <= longest)
}

/// [`visible`], [`folded`], up to where `is_enough` says that it cannot be what is looked for.
pub(in crate::fields) fn folded_visible_until(tree: &Tree<'_>, node: NodeId, is_enough: fn(&str) -> bool) -> String {
    let mut folding = Folding::default();
    let mut len = 0;
    let mut done = false;
    each_visible(tree, node, |piece| {
        match piece {
            Visible::Text(text) => {
                let text = tree.text(text);
                len += text.len();
                folding.apart |= text.starts_with(|char: char| char.is_ascii_whitespace());
                let text = text.trim_ascii_start();
                done = folding.push_until(text.chars().filter(|char| !is_invisible(*char)), is_enough);
            }
            Visible::Break => {
                len += 1;
                folding.push(' ');
            }
        }
        len <= MAX_FIELD_BYTES && !done
    });
    folding.out
}

/// [`folded`], up to where `is_enough` says that it cannot be what is looked for.
pub(in crate::fields) fn folded_until(words: &str, is_enough: fn(&str) -> bool) -> String {
    let mut folding = Folding::default();
    folding.push_until(words.trim_ascii_start().chars(), is_enough);
    folding.out
}

/// A part of an element's visible words: a text node, or a line break or the edge of a block.
enum Visible {
    Text(NodeId),
    Break,
}

impl Visible {
    fn trace(self, tree: &Tree<'_>, out: &mut Traced) {
        match self {
            Visible::Text(text) => tree.trace_text(text, out),
            Visible::Break => out.push_inserted(" "),
        }
    }
}

/// Calls `see` with the parts of an element's visible words in order, as long as it returns true.
fn each_visible(tree: &Tree<'_>, node: NodeId, mut see: impl FnMut(Visible) -> bool) {
    let mut goes_on = true;
    let mut nodes = tree.descendants(node);
    let mut seen = 0;
    while let Some(below) = nodes.next() {
        seen += 1;
        if seen > MAX_FIELD_NODES || !goes_on {
            break;
        }
        match tree.kind(below) {
            NodeKind::Text => goes_on = see(Visible::Text(below)),
            NodeKind::Element if is_unseen(tree, below) || is_for_screen_readers(tree, below) => {
                nodes.skip_below(below)
            }
            NodeKind::Element if breaks(tree.name(below)) => goes_on = see(Visible::Break),
            _ => {}
        }
        if tree.next_sibling(below).is_none()
            && let Some(parent) = tree.parent(below)
            && parent != node
            && breaks(tree.name(parent))
        {
            goes_on &= see(Visible::Break);
        }
    }
}

/// Whether an element's words are never shown as words of the page.
pub(in crate::fields) fn is_unseen(tree: &Tree<'_>, node: NodeId) -> bool {
    is_unread(tree, node) || tree.attr_named(node, HtmlName::HIDDEN).is_some() && !tree.is(node, HtmlName::BODY)
}

/// Elements whose words are never shown as words of the page. Those of a declarative shadow root are.
pub(in crate::fields) fn is_unread(tree: &Tree<'_>, node: NodeId) -> bool {
    let name = tree.name(node);
    let is_shadow_root = name == HtmlName::TEMPLATE && tree.attr(node, "shadowrootmode").is_some();
    let is_unread = matches!(
        name,
        HtmlName::SCRIPT
            | HtmlName::STYLE
            | HtmlName::NOSCRIPT
            | HtmlName::TEMPLATE
            | HtmlName::BUTTON
            | HtmlName::SVG
            | HtmlName::SELECT
            | HtmlName::IFRAME
            | HtmlName::TEXTAREA
    );
    is_unread && !is_shadow_root
}

/// Whether such an element stands on lines of its own, so that its edges are spaces.
fn breaks(name: HtmlName) -> bool {
    matches!(
        name,
        HtmlName::BR
            | HtmlName::P
            | HtmlName::DIV
            | HtmlName::LI
            | HtmlName::UL
            | HtmlName::OL
            | HtmlName::H1
            | HtmlName::H2
            | HtmlName::H3
            | HtmlName::H4
            | HtmlName::H5
            | HtmlName::H6
            | HtmlName::TD
            | HtmlName::TR
            | HtmlName::SECTION
            | HtmlName::ARTICLE
            | HtmlName::HEADER
            | HtmlName::FOOTER
            | HtmlName::FIGURE
            | HtmlName::FIGCAPTION
            | HtmlName::DD
            | HtmlName::DT
    )
}

/// The value of an attribute with folded white space; `None` if it is empty or too long.
pub(in crate::fields) fn attribute(tree: &Tree<'_>, node: NodeId, name: &str) -> Option<Traced> {
    let attr = tree.attr(node, name)?;
    if attr.raw().len() > MAX_FIELD_BYTES {
        return None;
    }
    let mut words = Traced::new();
    attr.trace(&mut words);
    Some(words.fold_space()).filter(|words| !words.is_empty())
}

/// What a JSON string says, with folded white space. Markup and references in it are read as HTML.
pub(in crate::fields) fn json_string(words: &JsonString<'_>) -> Traced {
    json_words(words.traced())
}

/// Words with folded white space. Markup and references in them are read as HTML.
pub(in crate::fields) fn json_words(words: Traced) -> Traced {
    if !words.text().contains(['&', '<']) {
        return words.fold_space();
    }
    let inner = {
        let tree = parse_fragment(words.text(), "div");
        let mut inner = Traced::new();
        let mut nodes = tree.descendants(tree.root());
        while let Some(node) = nodes.next() {
            match tree.kind(node) {
                NodeKind::Text => tree.trace_text(node, &mut inner),
                NodeKind::Element if is_unseen(&tree, node) => nodes.skip_below(node),
                NodeKind::Element if breaks(tree.name(node)) => inner.push_inserted(" "),
                _ => {}
            }
        }
        inner
    };
    inner.through(&words).fold_space()
}

/// Words for comparing: lower-case letters and digits, one space between words.
pub(in crate::fields) fn folded(words: &str) -> String {
    let mut folding = Folding { out: String::with_capacity(words.len()), apart: false };
    words.chars().for_each(|char| folding.push(char));
    folding.out
}

/// Words while they are [`folded`].
#[derive(Default)]
struct Folding {
    out: String,
    /// Whether a space belongs before the next letter.
    apart: bool,
}

impl Folding {
    #[inline]
    fn push(&mut self, char: char) {
        if char.is_alphanumeric() {
            if self.apart && !self.out.is_empty() {
                self.out.push(' ');
            }
            self.apart = false;
            push_lower(&mut self.out, char);
        } else if !matches!(char, '\'' | '’' | '‘') {
            self.apart = true;
        }
    }

    /// Adds characters until there are enough. Returns whether there are.
    fn push_until(&mut self, chars: impl Iterator<Item = char>, is_enough: fn(&str) -> bool) -> bool {
        for char in chars {
            let before = self.out.len();
            self.push(char);
            if self.out.len() > before && is_enough(&self.out) {
                return true;
            }
        }
        false
    }
}

/// How much of two texts is the same, 0 to 1: the words that they share, each counted once, divided by the words of the longer.
/// Scripts without spaces are compared by character.
pub(in crate::fields) fn overlap(one: &str, other: &str) -> f32 {
    let (one, other) = (folded(one), folded(other));
    overlap_of_parts((&one, &parts(&one)), (&other, &parts(&other)))
}

/// The same for texts that are [`folded`] already, each with its [`parts`].
pub(in crate::fields) fn overlap_of_parts((one, parts): (&str, &[&str]), (other, others): (&str, &[&str])) -> f32 {
    if one == other {
        return if one.is_empty() { 0.0 } else { 1.0 };
    }
    let shared = parts.iter().filter(|part| others.binary_search(part).is_ok()).count();
    shared as f32 / parts.len().max(others.len()).max(1) as f32
}

/// The words of a folded text, or the characters of a text without spaces, sorted and each once.
pub(in crate::fields) fn parts(text: &str) -> Vec<&str> {
    let mut parts: Vec<&str> = if text.contains(' ') || text.is_ascii() {
        text.split(' ').collect()
    } else {
        text.char_indices().map(|(at, char)| &text[at..at + char.len_utf8()]).collect()
    };
    parts.sort_unstable();
    parts.dedup();
    parts
}
