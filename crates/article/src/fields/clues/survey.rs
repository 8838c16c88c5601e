//! One walk over the page that notes everything that could state something about the article.

use super::roles::{HIDDEN, MAX_NAME, PROP, RoleReader, Roles, STAMP};
use super::words::is_unread;
use crate::page::StoryPlace;
use foldhash::HashSet;
use onrecord_html::{HtmlName, NodeId, NodeKind, Tree};

/// Most elements of one sort that are noted; a page has a few, a hostile page millions.
const MAX_NOTED: usize = 1_000;

/// Shortest text node that can be a date or a line in brackets: "2.3.26".
const SHORTEST: usize = 6;

/// Where on the page something stands.
#[derive(Copy, Clone, Debug)]
pub(in crate::fields) struct Spot {
    /// The element or text.
    pub node: NodeId,
    /// Its number in document order.
    pub order: u32,
    /// The innermost element around it, or the element itself, that is furniture by its name: `aside`, `class="related"`.
    pub furniture: Option<NodeId>,
    /// What its names say.
    pub roles: Roles,
    /// What the names of the elements around it say.
    pub within: Roles,
}

/// A `<meta>` with its key in lower case.
#[derive(Debug)]
pub(in crate::fields) struct Meta {
    pub key: String,
    pub node: NodeId,
}

/// What was noted of a page, each list in document order.
#[derive(Debug, Default)]
pub(in crate::fields) struct Survey {
    pub metas: Vec<Meta>,
    pub scripts: Vec<NodeId>,
    pub title: Option<NodeId>,
    pub canonical: Option<NodeId>,
    pub base: Option<NodeId>,
    pub html: Option<NodeId>,
    pub headings: Vec<Spot>,
    pub times: Vec<Spot>,
    /// Elements whose names say something.
    pub named: Vec<Spot>,
    /// Elements with an `itemprop`, in the body.
    pub props: Vec<(String, Spot)>,
    pub rel_author: Vec<Spot>,
    pub rel_tag: Vec<Spot>,
    pub figures: Vec<Spot>,
    /// `<font size=5>` and larger: the headlines of old pages.
    pub large: Vec<Spot>,
    pub links: Vec<Spot>,
    /// Short text nodes with enough digits for a date.
    pub dated: Vec<Spot>,
    /// Short text nodes that begin with a bracket and end with one.
    pub bracketed: Vec<Spot>,
    /// Pictures in tables.
    pub table_images: Vec<Spot>,
    /// The body's first paragraph.
    pub first_node: Option<NodeId>,
    /// The body's container.
    pub container: Option<NodeId>,
    /// Elements with an attribute named for a time that holds a Unix time.
    pub stamps: Vec<(Spot, &'static str)>,
    /// The number of the body's first paragraph in document order; `u32::MAX` if it is not known.
    pub first_block: u32,
    /// The elements around the article: the body's container, its first paragraph, the headline, and everything around them.
    pub around: HashSet<NodeId>,
}

/// Adds to a list that has room.
fn note<T>(list: &mut Vec<T>, item: T) {
    if list.len() < MAX_NOTED {
        list.push(item);
    }
}

/// Text without white space at its ends. Quick if the white space is ASCII, as it mostly is.
fn trimmed(text: &str) -> &str {
    let text = text.trim_ascii();
    let bytes = text.as_bytes();
    match (bytes.first(), bytes.last()) {
        (Some(0x21..0x7F), Some(0x21..0x7F)) => text,
        _ => text.trim(),
    }
}

/// Whether a text node's trimmed text is short and has the digits of a date: "18.11.24", "18 November 2024".
fn is_dated(text: &str) -> bool {
    /// Longest text in bytes; a longer one is prose.
    const LONGEST: usize = 120;
    /// Fewest digits: a day and a year of four digits.
    const DIGITS: usize = 5;
    let digits = || match text.is_ascii() {
        true => text.bytes().filter(u8::is_ascii_digit).count(),
        false => text.chars().filter(|char| char.is_numeric()).count(),
    };
    (SHORTEST..=LONGEST).contains(&text.len()) && digits() >= DIGITS
}

/// Whether a text node's trimmed text is a short line in brackets.
fn is_bracketed(text: &str) -> bool {
    /// Longest line in bytes.
    const LONGEST: usize = 160;
    (SHORTEST..=LONGEST).contains(&text.len()) && text.starts_with(['(', '（']) && text.ends_with([')', '）'])
}

/// Walks the tree once.
pub(in crate::fields) fn survey(tree: &Tree<'_>, story: &StoryPlace) -> Survey {
    let mut reader = RoleReader::of(tree);
    let mut found = Survey {
        first_block: u32::MAX,
        container: story.container,
        first_node: story.first_block,
        ..Survey::default()
    };
    for node in story.container.into_iter().chain(story.first_block) {
        found.around.insert(node);
        found.around.extend(tree.ancestors(node));
    }
    // Elements that are open around the current node, with what their names say.
    let mut open: Vec<(NodeId, Option<NodeId>, Roles)> = Vec::new();
    let mut nodes = tree.descendants(tree.root());
    let mut order = 0;
    while let Some(node) = nodes.next() {
        order += 1;
        if Some(node) == story.first_block {
            found.first_block = order;
        }
        let kind = tree.kind(node);
        let (dated, bracketed) = match kind {
            NodeKind::Text if tree.raw_text(node).len() >= SHORTEST => {
                let text = trimmed(tree.raw_text(node));
                (is_dated(text), is_bracketed(text))
            }
            _ => (false, false),
        };
        if open.len() > 2 && (dated || bracketed) {
            let around = tree.parent(node);
            while open.last().is_some_and(|(last, ..)| around != Some(*last)) {
                open.pop();
            }
            if let Some(&(_, furniture, within)) = open.last() {
                let spot = Spot { node, order, furniture, roles: Roles::default(), within };
                if dated {
                    note(&mut found.dated, spot);
                }
                if bracketed {
                    note(&mut found.bracketed, spot);
                }
            }
        }
        if kind != NodeKind::Element {
            continue;
        }
        while open.last().is_some_and(|(around, ..)| tree.parent(node) != Some(*around)) {
            open.pop();
        }
        let (mut furniture, within) =
            open.last().map_or((None, Roles::default()), |(_, furniture, within)| (*furniture, *within));
        let name = tree.name(node);
        let (roles, marks) = reader.read(tree, node);
        let whole = matches!(name, HtmlName::HTML | HtmlName::BODY | HtmlName::MAIN | HtmlName::HEAD);
        let named_furniture = (roles.has(Roles::FURNITURE) || roles.has(Roles::RELATED))
            && !matches!(name, HtmlName::H1 | HtmlName::ARTICLE);
        if !whole && (named_furniture || matches!(name, HtmlName::ASIDE | HtmlName::NAV | HtmlName::FOOTER)) {
            furniture = Some(node);
        }
        let spot = Spot { node, order, furniture, roles, within };
        open.push((node, furniture, if whole { Roles::default() } else { Roles(within.0 | roles.0) }));
        found.see(tree, spot, name);
        if marks & PROP != 0 && name != HtmlName::META {
            found.see_prop(tree, spot);
        }
        if marks & STAMP != 0 {
            for (stamp, text) in &reader.stamps {
                if tree.attr_named(node, *stamp).is_some() {
                    note(&mut found.stamps, (spot, *text));
                }
            }
        }
        let unseen = is_unread(tree, spot.node) || marks & HIDDEN != 0 && !tree.is(node, HtmlName::BODY);
        if unseen && name != HtmlName::NOSCRIPT {
            nodes.skip_below(node);
        }
    }
    found
}

impl Survey {
    fn see(&mut self, tree: &Tree<'_>, spot: Spot, name: HtmlName) {
        /// Levels from a picture up to the cell of its table.
        const CELL: usize = 4;
        let node = spot.node;
        match name {
            HtmlName::META => self.see_meta(tree, node),
            HtmlName::SCRIPT => {
                let kind = tree
                    .attr_named(node, HtmlName::TYPE)
                    .map(|attr| attr.value().to_ascii_lowercase())
                    .unwrap_or_default();
                if kind.contains("ld+json") {
                    note(&mut self.scripts, node);
                }
            }
            HtmlName::TITLE if self.title.is_none() && spot.within == Roles::default() => self.title = Some(node),
            HtmlName::LINK => {
                let rel = tree
                    .attr_named(node, HtmlName::REL)
                    .map(|attr| attr.value().to_ascii_lowercase())
                    .unwrap_or_default();
                if rel.split_ascii_whitespace().any(|word| word == "canonical") {
                    self.canonical = self.canonical.or(Some(node));
                }
            }
            HtmlName::BASE => self.base = self.base.or(Some(node)),
            HtmlName::HTML => self.html = self.html.or(Some(node)),
            HtmlName::H1 | HtmlName::H2 | HtmlName::H3 => note(&mut self.headings, spot),
            HtmlName::TIME => note(&mut self.times, spot),
            HtmlName::FIGURE => note(&mut self.figures, spot),
            HtmlName::IMG if tree.ancestors(node).take(CELL).any(|around| tree.is(around, HtmlName::TD)) => {
                note(&mut self.table_images, spot);
            }
            HtmlName::FONT => {
                let size = tree
                    .attr_named(node, HtmlName::SIZE)
                    .map(|size| size.value().trim().to_owned())
                    .unwrap_or_default();
                if matches!(size.as_str(), "5" | "6" | "7" | "+2" | "+3" | "+4") {
                    note(&mut self.large, spot);
                }
            }
            HtmlName::A => {
                let rel = tree
                    .attr_named(node, HtmlName::REL)
                    .map(|attr| attr.value().to_ascii_lowercase())
                    .unwrap_or_default();
                for word in rel.split_ascii_whitespace() {
                    match word {
                        "author" => note(&mut self.rel_author, spot),
                        "tag" => note(&mut self.rel_tag, spot),
                        _ => {}
                    }
                }
                note(&mut self.links, spot);
            }
            _ => {}
        }
        if spot.roles.0 & !Roles::FURNITURE.0 != 0 {
            note(&mut self.named, spot);
        }
    }

    fn see_prop(&mut self, tree: &Tree<'_>, spot: Spot) {
        let Some(prop) = tree.attr_named(spot.node, HtmlName::ITEMPROP) else { return };
        for prop in prop.value().split_ascii_whitespace() {
            note(&mut self.props, (prop.to_ascii_lowercase(), spot));
        }
    }

    fn see_meta(&mut self, tree: &Tree<'_>, node: NodeId) {
        for attr in [HtmlName::PROPERTY, HtmlName::NAME, HtmlName::ITEMPROP, HtmlName::HTTP_EQUIV] {
            if let Some(key) = tree.attr_named(node, attr)
                && key.raw().len() <= MAX_NAME
            {
                for key in key.value().split_ascii_whitespace() {
                    note(&mut self.metas, Meta { key: key.to_ascii_lowercase(), node });
                }
            }
        }
    }

    /// Whether a spot belongs to furniture: an element around it is furniture by its name, and neither the headline nor the body
    /// stands in that element.
    pub fn is_furniture(&self, spot: Spot) -> bool {
        spot.furniture.is_some_and(|node| !self.around.contains(&node))
    }

    /// The `<meta>` elements with one of some keys, those with the first key first.
    pub fn metas(&self, keys: &'static [&'static str]) -> impl Iterator<Item = NodeId> + '_ {
        keys.iter().flat_map(|key| self.metas.iter().filter(move |meta| meta.key == *key).map(|meta| meta.node))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use onrecord_html::parse;

    #[test]
    fn furniture_around_the_story_is_none() {
        let page = "<div class=sidebar><h1>Ferry</h1><p id=a>Six died.</p></div><aside><time>2024-11-18</time></aside>";
        let tree = parse(page);
        let first_block = tree.descendants(tree.root()).find(|&node| tree.is(node, HtmlName::P));
        let found = survey(&tree, &StoryPlace { first_block, ..StoryPlace::default() });
        assert!(!found.is_furniture(found.headings[0]));
        assert!(found.is_furniture(found.times[0]));
        assert!(found.first_block > found.headings[0].order);
    }
}
