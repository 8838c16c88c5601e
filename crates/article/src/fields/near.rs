//! What stands near the headline: the lines between it and the body.

use super::Sources;
use super::survey::Place;
use super::words::{is_unseen, visible_line};
use onrecord_html::{Name, NodeId, NodeKind, Tree};
use onrecord_span::Traced;
use std::cell::OnceCell;

/// Most text nodes that are looked at behind the headline.
const MAX_TEXTS: usize = 60;

/// Most elements that a place may be away from the headline and still be near it.
const NEAR: u32 = 250;

/// A text behind the headline.
pub(super) struct Text {
    pub node: NodeId,
    words: OnceCell<Traced>,
    line: OnceCell<(NodeId, Traced)>,
}

impl Text {
    /// What it says by itself.
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

/// The texts behind the headline: several fields ask for them, so they are sought once a page and their words read once.
#[derive(Default)]
pub(super) struct Behind(OnceCell<Found>);

struct Found {
    texts: Vec<Text>,
    /// How many stand before the body's first paragraph.
    above_body: usize,
}

impl Behind {
    fn found(&self, sources: &Sources<'_, '_>) -> &Found {
        self.0.get_or_init(|| texts(sources))
    }

    /// The text nodes behind the headline in order; blank ones left out.
    pub fn texts(&self, sources: &Sources<'_, '_>) -> &[Text] {
        &self.found(sources).texts
    }

    /// Those of them before the body's first paragraph.
    pub fn above_body(&self, sources: &Sources<'_, '_>) -> &[Text] {
        let found = self.found(sources);
        &found.texts[..found.above_body]
    }
}

fn texts(sources: &Sources<'_, '_>) -> Found {
    let tree = sources.page.tree;
    let mut texts: Vec<Text> = Vec::new();
    let mut above_body = None;
    let mut next = sources.headline.and_then(|headline| tree.after(headline.node, tree.root()));
    let mut seen = 0;
    while let Some(node) = next {
        if Some(node) == sources.survey.first_node {
            above_body.get_or_insert(texts.len());
        }
        seen += 1;
        if seen > 20 * MAX_TEXTS || texts.len() >= MAX_TEXTS {
            break;
        }
        let skip = tree.kind(node) == NodeKind::Element && is_unseen(tree, node);
        if tree.kind(node) == NodeKind::Text && tree.raw_text(node).contains(|char: char| !char.is_whitespace()) {
            texts.push(Text { node, words: OnceCell::new(), line: OnceCell::new() });
        }
        let below = if skip { None } else { tree.first_child(node) };
        next = below.or_else(|| tree.after(node, tree.root()));
    }
    Found { above_body: above_body.unwrap_or(texts.len()), texts }
}

/// Whether a place stands near the headline or the beginning of the body.
pub(super) fn is_near(sources: &Sources<'_, '_>, place: Place) -> bool {
    let near_headline = sources.headline.is_none_or(|headline| headline.order.abs_diff(place.order) <= NEAR);
    let first = sources.survey.first_block;
    near_headline || (first != u32::MAX && first.abs_diff(place.order) <= NEAR)
}

/// How far a place is from the headline, in elements; what stands before it counts double.
pub(super) fn distance(sources: &Sources<'_, '_>, place: Place) -> u32 {
    let Some(headline) = sources.headline else { return place.order };
    if place.order >= headline.order { place.order - headline.order } else { 2 * (headline.order - place.order) }
}

/// Longest line in bytes: an element that says more is no line.
const MAX_LINE: usize = 200;

/// The line that a text stands in and what it says: the nearest block around it, unless that holds more than a line;
/// then the text alone.
pub(super) fn line(tree: &Tree<'_>, text: NodeId) -> (NodeId, Traced) {
    const BLOCKS: [Name; 10] = [
        Name::P,
        Name::DIV,
        Name::LI,
        Name::TD,
        Name::SECTION,
        Name::HEADER,
        Name::H2,
        Name::H3,
        Name::H4,
        Name::ADDRESS,
    ];
    if let Some(block) = tree.ancestors(text).take(3).find(|around| BLOCKS.contains(&tree.name(*around)))
        && let Some(words) = visible_line(tree, block, MAX_LINE)
    {
        return (block, words);
    }
    (text, run(tree, text))
}

/// The words around a text up to the next line break or block: "By <b>June</b> and <b>Wally</b><br>".
fn run(tree: &Tree<'_>, text: NodeId) -> Traced {
    const MAX_SIBLINGS: usize = 12;
    let is_inline = |node: NodeId| match tree.kind(node) {
        NodeKind::Text => true,
        NodeKind::Element => {
            const INLINE: [Name; 8] =
                [Name::A, Name::B, Name::I, Name::EM, Name::STRONG, Name::SPAN, Name::FONT, Name::SMALL];
            INLINE.contains(&tree.name(node))
                && !tree.descendants(node).take(MAX_SIBLINGS).any(|below| tree.is(below, Name::BR))
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

/// The block that a text stands in, at most three levels up, whatever it holds.
pub(super) fn block(tree: &Tree<'_>, text: NodeId) -> NodeId {
    const BLOCKS: [Name; 6] = [Name::P, Name::DIV, Name::H2, Name::H3, Name::H4, Name::TD];
    tree.ancestors(text).take(3).find(|around| BLOCKS.contains(&tree.name(*around))).unwrap_or(text)
}
