//! Cuts a page into segments.

use super::elements::{is_alone, is_block, is_embed, is_unread, markup};
use super::segment::{MAX_SEGMENTS, Markup, Region, Segment, Segments, length};
use super::streamed::StreamedParts;
use super::tables::{is_data_table, rows};
use crate::body::sentence::is_sentence;
use crate::phrases::begins_with_bullet;
use crate::unseen::is_unseen;
use onrecord_html::{HtmlName, NodeId, NodeKind, Tree};
use onrecord_span::Traced;
use std::ops::Range;

/// Longest heading; a longer one is a paragraph set in large type.
const LONGEST_HEADING: f32 = 150.0;

/// Most neighbours of a place for a late part that are looked at for the end of what is shown until the part comes.
const MAX_FALLBACK: usize = 200;

/// Cuts a page, or the part of it inside `top`, into segments.
pub(crate) fn segments(tree: &Tree<'_>, top: NodeId) -> Segments {
    cut(tree, top, Scripts::On)
}

/// Cuts a page as a browser without scripts shows it: with what stands in `<noscript>`.
pub(crate) fn segments_without_scripts(tree: &Tree<'_>) -> Segments {
    cut(tree, tree.root(), Scripts::Off)
}

/// Whether the browser runs scripts.
#[derive(Copy, Clone, PartialEq, Eq)]
enum Scripts {
    On,
    Off,
}

fn cut(tree: &Tree<'_>, top: NodeId, scripts: Scripts) -> Segments {
    let streamed = StreamedParts::of(tree);
    let mut cutter =
        Cutter { tree, scripts, streamed, out: Segments::default(), line: OpenLine::default(), region: 0, breaks: 0 };
    cutter.out.regions.push(Region { node: top, parent: 0, segments: 0..0, end: 1, hidden: false });
    let around = Surroundings { markup: Markup::Bare, link: None, block: top, bold: false };
    cutter.children(top, around);
    let mut left = cutter.streamed.left();
    left.sort_by_key(|&part| tree.source_range(part).start);
    left.into_iter().for_each(|part| cutter.element(part, around));
    cutter.flush();
    let count = cutter.out.segments.len();
    let regions = cutter.out.regions.len();
    cutter.out.regions[0].segments = 0..count;
    cutter.out.regions[0].end = regions;
    cutter.out
}

/// What the elements around a node make of its words.
#[derive(Copy, Clone)]
struct Surroundings {
    /// What the markup makes of its lines.
    markup: Markup,
    /// The `a` element around them.
    link: Option<NodeId>,
    /// The block element that they are lines of.
    block: NodeId,
    /// Whether they are bold.
    bold: bool,
}

/// A line whose end has not been reached.
#[derive(Default)]
struct OpenLine {
    /// Its words as they stand in the page.
    raw: Traced,
    links: Vec<(Range<usize>, NodeId)>,
    /// Markup and block element of its first words.
    place: Option<(Markup, NodeId)>,
    /// Whether some words are not bold.
    plain: bool,
}

/// Walks the tree and collects segments and regions.
struct Cutter<'t, 's> {
    tree: &'t Tree<'s>,
    scripts: Scripts,
    streamed: StreamedParts,
    out: Segments,
    line: OpenLine,
    /// The innermost region around the current node.
    region: usize,
    /// `<br>`s since the last words.
    breaks: u32,
}

impl Cutter<'_, '_> {
    fn children(&mut self, node: NodeId, around: Surroundings) {
        let mut next = self.tree.first_child(node);
        while let Some(child) = next {
            next = self.tree.next_sibling(child);
            match self.tree.kind(child) {
                NodeKind::Text => self.text(child, around),
                NodeKind::Element if self.tree.is(child, HtmlName::TEMPLATE) => {
                    if let Some(part) = self.streamed.enter(child) {
                        self.children(part, around);
                        self.streamed.leave();
                        next = self.after_fallback(next);
                    } else {
                        self.element(child, around);
                    }
                }
                NodeKind::Element => self.element(child, around),
                NodeKind::Document | NodeKind::Doctype | NodeKind::Comment => {}
            }
        }
    }

    /// What follows the words that a page shows until a late part comes: they end with a comment `/$`. `next` is the first
    /// of them; where there is no such comment, nothing is left out.
    fn after_fallback(&self, next: Option<NodeId>) -> Option<NodeId> {
        let is_end = |node: NodeId| self.tree.kind(node) == NodeKind::Comment && self.tree.raw_text(node) == "/$";
        let neighbours = std::iter::successors(next, |node| self.tree.next_sibling(*node));
        neighbours.take(MAX_FALLBACK).find(|&node| is_end(node)).or(next)
    }

    fn text(&mut self, node: NodeId, around: Surroundings) {
        let raw = self.tree.raw_text(node);
        let blank = raw.bytes().all(|byte| byte.is_ascii_whitespace());
        if !blank {
            if self.breaks > 0 && begins_with_bullet(raw.trim_start()) {
                self.flush();
            }
            self.breaks = 0;
            self.line.place.get_or_insert((around.markup, around.block));
            self.line.plain |= !around.bold;
        } else if self.line.raw.is_empty() {
            return;
        }
        let start = self.line.raw.len();
        self.tree.trace_text(node, &mut self.line.raw);
        let Some(link) = around.link.filter(|_| !blank) else { return };
        match self.line.links.last_mut() {
            Some((range, last)) if *last == link => range.end = self.line.raw.len(),
            _ => self.line.links.push((start..self.line.raw.len(), link)),
        }
    }

    fn element(&mut self, node: NodeId, around: Surroundings) {
        let name = self.tree.name(node);
        let unread = is_unread(name) && !self.is_shown(node, name, around);
        if !self.tree.is(node, name) || unread || self.out.is_full() || self.streamed.is_moved(node) {
            return;
        }
        if name == HtmlName::BR {
            return self.line_break(node, around);
        }
        let bold = around.bold || matches!(name, HtmlName::B | HtmlName::STRONG);
        let around = Surroundings { link: if name == HtmlName::A { Some(node) } else { around.link }, bold, ..around };
        if around.markup == Markup::Quote && name == HtmlName::FOOTER && !self.line.raw.is_empty() {
            // The speaker under a quotation belongs to the quotation's line.
            self.line.raw.push_inserted(" ");
            return self.children(node, around);
        }
        if !is_block(name) {
            // Words that are hidden within a line stand in a `<span>`.
            if name == HtmlName::SPAN && is_unseen(self.tree, node) || self.tree.name_text(name).starts_with("amp-ad") {
                return;
            }
            return self.children(node, around);
        }
        self.flush();
        let around = Surroundings { markup: markup(name, around.markup), block: node, ..around };
        let hidden = self.out.regions[self.region].hidden || is_unseen(self.tree, node);
        let (above, index) = (self.region, self.out.regions.len());
        let first = self.out.segments.len();
        self.out.regions.push(Region { node, parent: above, segments: first..first, end: index + 1, hidden });
        self.region = index;
        if name == HtmlName::TABLE && is_data_table(self.tree, node) {
            self.table(node, around);
        } else if name == HtmlName::BLOCKQUOTE && is_embed(self.tree, node) {
            self.inline_children(node, Surroundings { markup: Markup::Embed, ..around });
        } else {
            self.children(node, around);
        }
        self.flush();
        self.region = above;
        self.out.regions[index].segments.end = self.out.segments.len();
        self.out.regions[index].end = self.out.regions.len();
    }

    /// Whether an element is read that usually is not: `<noscript>` in a browser without scripts, a button that is all of a
    /// heading, and a template that the browser shows as it is (`<template shadowrootmode=open>`).
    fn is_shown(&self, node: NodeId, name: HtmlName, around: Surroundings) -> bool {
        match name {
            HtmlName::NOSCRIPT => self.scripts == Scripts::Off,
            HtmlName::BUTTON => matches!(around.markup, Markup::Heading(2..)) && is_alone(self.tree, node),
            HtmlName::TEMPLATE => self.tree.attr(node, "shadowrootmode").is_some(),
            _ => false,
        }
    }

    /// Two line breaks end a paragraph. A single one does so after a sentence, before a bullet, and, outside `<p>`, after a
    /// short line such as a headline or a name; otherwise it is a space.
    fn line_break(&mut self, node: NodeId, around: Surroundings) {
        /// Longest short line in bytes; a longer one ends a paragraph if it ends a sentence.
        const SHORT: usize = 60;
        self.breaks += 1;
        let text = self.line.raw.text().trim();
        let short = matches!(around.markup, Markup::Bare | Markup::Cell)
            && text.len() < SHORT
            && !text.ends_with([',', ';', '-']);
        let sentence = short
            || text.len() > SHORT && text.trim_end_matches(['"', '”', '’', '»']).ends_with(['.', '!', '?', '。', '」']);
        if self.breaks >= 2 || sentence {
            return self.flush();
        }
        self.line.raw.push_unit(" ", self.tree.source_range(node));
    }

    /// A table of data is one line: cells joined by " | ", rows by " / ".
    fn table(&mut self, node: NodeId, around: Surroundings) {
        let cells: Vec<(NodeId, bool)> = rows(self.tree, node)
            .into_iter()
            .flat_map(|row| row.into_iter().enumerate().map(|(nth, cell)| (cell, nth == 0)))
            .collect();
        let mut whole = OpenLine::default();
        for (cell, first) in cells {
            self.line = OpenLine::default();
            self.inline_children(cell, around);
            let words = std::mem::take(&mut self.line).raw.fold_space();
            if words.is_empty() {
                continue;
            }
            if !whole.raw.is_empty() {
                whole.raw.push_inserted(if first { " / " } else { " | " });
            }
            whole.raw.append(&words);
        }
        whole.place = Some((Markup::Table, node));
        whole.plain = true;
        self.line = whole;
        self.flush();
    }

    /// Reads the words inside a cell or a post as part of one line, whatever elements they stand in.
    fn inline_children(&mut self, node: NodeId, around: Surroundings) {
        let mut below = self.tree.descendants(node);
        while let Some(child) = below.next() {
            match self.tree.kind(child) {
                NodeKind::Text => self.text(child, around),
                NodeKind::Element
                    if is_unread(self.tree.name(child))
                        || self.tree.is(child, HtmlName::SPAN) && is_unseen(self.tree, child) =>
                {
                    below.skip_below(child);
                }
                NodeKind::Element
                    if !self.line.raw.is_empty()
                        && (is_block(self.tree.name(child)) || self.tree.is(child, HtmlName::BR)) =>
                {
                    self.line.raw.push_inserted(" ");
                }
                _ => {}
            }
        }
    }

    /// Ends the current line and keeps it as a segment if it has words.
    fn flush(&mut self) {
        /// Share of links from which a long heading is not a paragraph.
        const LINKED: f32 = 0.5;
        self.breaks = 0;
        let OpenLine { raw, links, place, plain } = &mut self.line;
        let plain = std::mem::take(plain);
        let links = std::mem::take(links);
        let Some((markup, block)) = place.take() else { return raw.clear() };
        let words = raw.fold_space();
        if words.is_empty() || self.out.segments.len() >= MAX_SEGMENTS {
            return raw.clear();
        }
        let links = fold_ranges(raw.text(), words.text(), links);
        raw.clear();
        let length = length(words.text());
        let linked: f32 = links.iter().map(|(range, _)| self::length(&words.text()[range.clone()])).sum();
        let linked = if length > 0.0 { linked / length } else { 0.0 };
        let large = matches!(markup, Markup::Heading(2..)) && length > LONGEST_HEADING && linked < LINKED;
        let markup = if large { Markup::Paragraph } else { markup };
        let bold = !plain && !large;
        let sentence = is_sentence(words.text());
        let region = self.region;
        self.out.segments.push(Segment { words, links, block, region, markup, length, linked, bold, sentence });
    }
}

/// Carries byte ranges of a text over to the same text with folded white space, by counting visible characters.
fn fold_ranges(raw: &str, folded: &str, ranges: Vec<(Range<usize>, NodeId)>) -> Vec<(Range<usize>, NodeId)> {
    if ranges.is_empty() {
        return ranges;
    }
    // Apart from its spaces, the folded text has characters of the raw text in the same order.
    let mut folded_ranges = Vec::with_capacity(ranges.len());
    let (raw, folded) = (raw.as_bytes(), folded.as_bytes());
    let (mut at, mut expected) = (0, 0);
    for (range, node) in ranges {
        let mut covered: Option<Range<usize>> = None;
        while at < range.end.min(raw.len()) {
            if folded.get(expected) == Some(&b' ') {
                expected += 1;
            }
            let len = length_of_char(raw[at]);
            if folded.get(expected..expected + len) == Some(&raw[at..at + len]) {
                if at >= range.start {
                    covered = Some(covered.map_or(expected, |covered| covered.start)..expected + len);
                }
                expected += len;
            }
            at += len;
        }
        folded_ranges.extend(covered.map(|covered| (covered, node)));
    }
    folded_ranges
}

/// The length in bytes of the UTF-8 character that begins with this byte.
fn length_of_char(first: u8) -> usize {
    match first {
        0..0xC0 => 1,
        0xC0..0xE0 => 2,
        0xE0..0xF0 => 3,
        0xF0.. => 4,
    }
}
