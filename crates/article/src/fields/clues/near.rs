//! The texts after the headline, and the lines that they stand in.

use super::words::{is_unseen, visible_line};
use onrecord_html::{HtmlName, NodeId, NodeKind, Tree};
use onrecord_span::Traced;
use std::cell::OnceCell;

/// Most text nodes after the headline that are looked at.
const MAX_TEXTS: usize = 60;

/// A text node after the headline. Its words are read once, when they are first asked for.
pub(in crate::fields) struct NearbyText {
    pub node: NodeId,
    words: OnceCell<Traced>,
    line: OnceCell<(NodeId, Traced)>,
}

impl NearbyText {
    /// Its own words.
    pub fn words(&self, tree: &Tree<'_>) -> &Traced {
        self.words.get_or_init(|| {
            let mut words = Traced::new();
            tree.trace_text(self.node, &mut words);
            words.fold_space()
        })
    }

    /// Its [`line()`].
    pub fn line(&self, tree: &Tree<'_>) -> &(NodeId, Traced) {
        self.line.get_or_init(|| line(tree, self.node))
    }
}

/// The texts after the headline. Several fields ask for them, so they are collected once a page.
#[derive(Default)]
pub(in crate::fields) struct Behind(OnceCell<BehindHeadline>);

struct BehindHeadline {
    texts: Vec<NearbyText>,
    /// How many stand before the body's first paragraph.
    above_body: usize,
}

impl Behind {
    fn found(&self, tree: &Tree<'_>, headline: Option<NodeId>, first_paragraph: Option<NodeId>) -> &BehindHeadline {
        self.0.get_or_init(|| texts(tree, headline, first_paragraph))
    }

    /// The text nodes after the headline in order, without blank ones.
    pub fn texts(&self, tree: &Tree<'_>, headline: Option<NodeId>, first_paragraph: Option<NodeId>) -> &[NearbyText] {
        &self.found(tree, headline, first_paragraph).texts
    }

    /// Those of them before the body's first paragraph.
    pub fn above_body(
        &self,
        tree: &Tree<'_>,
        headline: Option<NodeId>,
        first_paragraph: Option<NodeId>,
    ) -> &[NearbyText] {
        let found = self.found(tree, headline, first_paragraph);
        &found.texts[..found.above_body]
    }
}

fn texts(tree: &Tree<'_>, headline: Option<NodeId>, first_paragraph: Option<NodeId>) -> BehindHeadline {
    /// Most nodes of any kind that are passed for each text.
    const NODES: usize = 20;
    let mut texts: Vec<NearbyText> = Vec::new();
    let mut above_body = None;
    let mut next = headline.and_then(|headline| tree.after(headline, tree.root()));
    let mut seen = 0;
    while let Some(node) = next {
        if Some(node) == first_paragraph {
            above_body.get_or_insert(texts.len());
        }
        seen += 1;
        if seen > NODES * MAX_TEXTS || texts.len() >= MAX_TEXTS {
            break;
        }
        let skip = tree.kind(node) == NodeKind::Element && is_unseen(tree, node);
        if tree.kind(node) == NodeKind::Text && tree.raw_text(node).contains(|char: char| !char.is_whitespace()) {
            texts.push(NearbyText { node, words: OnceCell::new(), line: OnceCell::new() });
        }
        let below = if skip { None } else { tree.first_child(node) };
        next = below.or_else(|| tree.after(node, tree.root()));
    }
    BehindHeadline { above_body: above_body.unwrap_or(texts.len()), texts }
}

/// Longest line in bytes; an element that says more is not a line.
const MAX_LINE: usize = 200;

/// Levels from a text up to the block that it stands in.
const UP: usize = 3;

/// The line that a text stands in, and its words: the nearest block around it, unless that holds more than a line; then the words
/// around the text.
pub(in crate::fields) fn line(tree: &Tree<'_>, text: NodeId) -> (NodeId, Traced) {
    const BLOCKS: [HtmlName; 10] = [
        HtmlName::P,
        HtmlName::DIV,
        HtmlName::LI,
        HtmlName::TD,
        HtmlName::SECTION,
        HtmlName::HEADER,
        HtmlName::H2,
        HtmlName::H3,
        HtmlName::H4,
        HtmlName::ADDRESS,
    ];
    if let Some(block) = tree.ancestors(text).take(UP).find(|around| BLOCKS.contains(&tree.name(*around)))
        && let Some(words) = visible_line(tree, block, MAX_LINE)
    {
        return (block, words);
    }
    (text, run(tree, text))
}

/// The words around a text up to the next line break or block: "By <b>June</b> and <b>Wally</b><br>".
fn run(tree: &Tree<'_>, text: NodeId) -> Traced {
    /// Neighbours on each side that are looked at.
    const MAX_SIBLINGS: usize = 12;
    let is_inline = |node: NodeId| match tree.kind(node) {
        NodeKind::Text => true,
        NodeKind::Element => {
            const INLINE: [HtmlName; 8] = [
                HtmlName::A,
                HtmlName::B,
                HtmlName::I,
                HtmlName::EM,
                HtmlName::STRONG,
                HtmlName::SPAN,
                HtmlName::FONT,
                HtmlName::SMALL,
            ];
            INLINE.contains(&tree.name(node))
                && !tree.descendants(node).take(MAX_SIBLINGS).any(|below| tree.is(below, HtmlName::BR))
        }
        _ => false,
    };
    let mut first = text;
    while let Some(parent) = tree.parent(first).filter(|parent| is_inline(*parent)) {
        first = parent;
    }
    for _ in 0..MAX_SIBLINGS {
        match tree.prev_sibling(first).filter(|before| is_inline(*before)) {
            Some(before) => first = before,
            None => break,
        }
    }
    let mut words = Traced::new();
    let mut next = Some(first);
    for _ in 0..2 * MAX_SIBLINGS {
        let Some(node) = next.filter(|node| is_inline(*node)) else { break };
        if tree.kind(node) == NodeKind::Text {
            tree.trace_text(node, &mut words);
        } else {
            for below in tree.descendants(node).take(MAX_TEXTS).filter(|below| tree.kind(*below) == NodeKind::Text) {
                tree.trace_text(below, &mut words);
            }
        }
        next = tree.next_sibling(node);
    }
    let words = words.fold_space();
    if words.len() <= MAX_LINE {
        return words;
    }
    let mut alone = Traced::new();
    tree.trace_text(text, &mut alone);
    alone.fold_space()
}

/// The block that a text stands in, whatever it holds; the text itself if no block is near.
pub(in crate::fields) fn block(tree: &Tree<'_>, text: NodeId) -> NodeId {
    const BLOCKS: [HtmlName; 6] = [HtmlName::P, HtmlName::DIV, HtmlName::H2, HtmlName::H3, HtmlName::H4, HtmlName::TD];
    tree.ancestors(text).take(UP).find(|around| BLOCKS.contains(&tree.name(*around))).unwrap_or(text)
}
