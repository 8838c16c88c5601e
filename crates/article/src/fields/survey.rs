//! One walk over the page that notes where everything stands that could state something about the article.

use super::Story;
use super::words::is_unread;
use crate::lower::push_lower;
use foldhash::{HashMap, HashSet};
use onrecord_html::{Name, NodeId, NodeKind, Tree};
use std::sync::LazyLock;

/// Most elements of one sort that are noted; a page has a few, a hostile one millions.
const MAX_NOTED: usize = 1_000;

/// Shortest text node that can be a date or a line in brackets: "2.3.26".
const SHORTEST: usize = 6;

/// Longest class or id that is looked at: longer ones are generated.
const MAX_NAME: usize = 300;

/// What an element's class, id, `itemprop` or test id says that it holds; several at once.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Default)]
pub(super) struct Roles(u16);

macro_rules! roles {
    ($($name:ident $bit:literal $word:literal;)*) => {
        impl Roles {
            $(pub const $name: Roles = Roles(1 << $bit);)*
            fn named(word: &str) -> Option<Roles> {
                match word { $($word => Some(Roles::$name),)* _ => None }
            }
        }
    };
}

roles! {
    BYLINE 0 "byline";
    STANDFIRST 1 "standfirst";
    DATE 2 "date";
    HEADLINE 3 "headline";
    SECTION 4 "section";
    TAGS 5 "tags";
    CREDIT 6 "credit";
    CAPTION 7 "caption";
    RELATED 8 "related";
    PAYWALL 9 "paywall";
    FURNITURE 10 "furniture";
    WRITER_ROLE 11 "writerrole";
}

impl Roles {
    /// Whether the element says so.
    pub fn has(self, role: Roles) -> bool {
        self.0 & role.0 != 0
    }
}

static WORDS: LazyLock<HashMap<&'static str, Roles>> = LazyLock::new(|| {
    let mut words: HashMap<&str, Roles> = HashMap::default();
    for line in include_str!("../../data/fields/class_words.txt").lines().filter(|line| !line.starts_with('#')) {
        let Some((role, names)) = line.split_once('\t') else { continue };
        let Some(role) = Roles::named(role) else { continue };
        for name in names.split(' ') {
            words.entry(name).or_default().0 |= role.0;
        }
    }
    words
});

/// Where something stands.
#[derive(Copy, Clone, Debug)]
pub(super) struct Place {
    /// The element.
    pub node: NodeId,
    /// Its number in document order.
    pub order: u32,
    /// The innermost element around it, or itself, that holds page furniture by its name: `aside`, `class="related"`.
    pub furniture: Option<NodeId>,
    /// What its names say.
    pub roles: Roles,
    /// What the names of an element around it say, as far as that tells whose words these are.
    pub within: Roles,
}

/// A `<meta>` with its key in lower case.
#[derive(Debug)]
pub(super) struct Meta {
    pub key: String,
    pub node: NodeId,
}

/// What was found on the page, each list in document order.
#[derive(Debug, Default)]
pub(super) struct Survey {
    pub metas: Vec<Meta>,
    pub scripts: Vec<NodeId>,
    pub title: Option<NodeId>,
    pub canonical: Option<NodeId>,
    pub base: Option<NodeId>,
    pub html: Option<NodeId>,
    pub headings: Vec<Place>,
    pub times: Vec<Place>,
    /// Elements whose names say something.
    pub named: Vec<Place>,
    /// Elements with an `itemprop`, in the body.
    pub props: Vec<(String, Place)>,
    pub rel_author: Vec<Place>,
    pub rel_tag: Vec<Place>,
    pub figures: Vec<Place>,
    /// `<font size=5>` and larger: what headlines were before there was `<h1>` everywhere.
    pub large: Vec<Place>,
    /// Links.
    pub links: Vec<Place>,
    /// Short text nodes with digits enough for a date.
    pub dated: Vec<Place>,
    /// Short text nodes that begin with a bracket and end with one.
    pub bracketed: Vec<Place>,
    /// Pictures in tables.
    pub table_images: Vec<Place>,
    /// The body's first paragraph.
    pub first_node: Option<NodeId>,
    /// The body's container.
    pub container: Option<NodeId>,
    /// Elements with an attribute named for a time that holds a Unix time.
    pub stamps: Vec<(Place, &'static str)>,
    /// Number of the body's first paragraph in document order; past everything where none is known.
    pub first_block: u32,
    /// The elements around the article: those around the first block, and the body's container with those around it.
    pub around: HashSet<NodeId>,
}

const STAMPS: [&str; 6] = ["data-timestamp", "data-time", "data-utime", "data-published", "data-date", "data-datetime"];

fn note<T>(list: &mut Vec<T>, item: T) {
    if list.len() < MAX_NOTED {
        list.push(item);
    }
}

/// Text without white space at its ends: quick where it has only that of ASCII, as most has.
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
    const LONGEST: usize = 120;
    let digits = || match text.is_ascii() {
        true => text.bytes().filter(u8::is_ascii_digit).count(),
        false => text.chars().filter(|char| char.is_numeric()).count(),
    };
    (SHORTEST..=LONGEST).contains(&text.len()) && digits() >= 5
}

/// Whether a text node's trimmed text is a short line in brackets.
fn is_bracketed(text: &str) -> bool {
    const LONGEST: usize = 160;
    (SHORTEST..=LONGEST).contains(&text.len()) && text.starts_with(['(', '（']) && text.ends_with([')', '）'])
}

/// Walks the tree once.
pub(super) fn survey(tree: &Tree<'_>, story: &Story) -> Survey {
    let mut named = Named::of(tree);
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
                let place = Place { node, order, furniture, roles: Roles::default(), within };
                if dated {
                    note(&mut found.dated, place);
                }
                if bracketed {
                    note(&mut found.bracketed, place);
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
        let (roles, marks) = named.read(tree, node);
        let whole = matches!(name, Name::HTML | Name::BODY | Name::MAIN | Name::HEAD);
        let named_furniture =
            (roles.has(Roles::FURNITURE) || roles.has(Roles::RELATED)) && !matches!(name, Name::H1 | Name::ARTICLE);
        if !whole && (named_furniture || matches!(name, Name::ASIDE | Name::NAV | Name::FOOTER)) {
            furniture = Some(node);
        }
        let place = Place { node, order, furniture, roles, within };
        open.push((node, furniture, if whole { Roles::default() } else { Roles(within.0 | roles.0) }));
        found.see(tree, place, name);
        if marks & PROP != 0 && name != Name::META {
            found.see_prop(tree, place);
        }
        if marks & STAMP != 0 {
            for (stamp, text) in &named.stamps {
                if tree.attr_named(node, *stamp).is_some() {
                    note(&mut found.stamps, (place, *text));
                }
            }
        }
        let unseen = is_unread(name) || marks & HIDDEN != 0 && !tree.is(node, Name::BODY);
        if unseen && name != Name::NOSCRIPT {
            nodes.skip_below(node);
        }
    }
    found
}

impl Survey {
    fn see(&mut self, tree: &Tree<'_>, place: Place, name: Name) {
        let node = place.node;
        match name {
            Name::META => self.see_meta(tree, node),
            Name::SCRIPT => {
                let kind =
                    tree.attr_named(node, Name::TYPE).map(|attr| attr.value().to_ascii_lowercase()).unwrap_or_default();
                if kind.contains("ld+json") {
                    note(&mut self.scripts, node);
                }
            }
            Name::TITLE if self.title.is_none() && place.within == Roles::default() => self.title = Some(node),
            Name::LINK => {
                let rel =
                    tree.attr_named(node, Name::REL).map(|attr| attr.value().to_ascii_lowercase()).unwrap_or_default();
                if rel.split_ascii_whitespace().any(|word| word == "canonical") {
                    self.canonical = self.canonical.or(Some(node));
                }
            }
            Name::BASE => self.base = self.base.or(Some(node)),
            Name::HTML => self.html = self.html.or(Some(node)),
            Name::H1 | Name::H2 | Name::H3 => note(&mut self.headings, place),
            Name::TIME => note(&mut self.times, place),
            Name::FIGURE => note(&mut self.figures, place),
            Name::IMG if tree.ancestors(node).take(4).any(|around| tree.is(around, Name::TD)) => {
                note(&mut self.table_images, place);
            }
            Name::FONT => {
                let size =
                    tree.attr_named(node, Name::SIZE).map(|size| size.value().trim().to_owned()).unwrap_or_default();
                if matches!(size.as_str(), "5" | "6" | "7" | "+2" | "+3" | "+4") {
                    note(&mut self.large, place);
                }
            }
            Name::A => {
                let rel =
                    tree.attr_named(node, Name::REL).map(|attr| attr.value().to_ascii_lowercase()).unwrap_or_default();
                for word in rel.split_ascii_whitespace() {
                    match word {
                        "author" => note(&mut self.rel_author, place),
                        "tag" => note(&mut self.rel_tag, place),
                        _ => {}
                    }
                }
                note(&mut self.links, place);
            }
            _ => {}
        }
        if place.roles.0 & !Roles::FURNITURE.0 != 0 {
            note(&mut self.named, place);
        }
    }

    fn see_prop(&mut self, tree: &Tree<'_>, place: Place) {
        let Some(prop) = tree.attr_named(place.node, Name::ITEMPROP) else { return };
        for prop in prop.value().split_ascii_whitespace() {
            note(&mut self.props, (prop.to_ascii_lowercase(), place));
        }
    }

    fn see_meta(&mut self, tree: &Tree<'_>, node: NodeId) {
        for attr in [Name::PROPERTY, Name::NAME, Name::ITEMPROP, Name::HTTP_EQUIV] {
            if let Some(key) = tree.attr_named(node, attr)
                && key.raw().len() <= MAX_NAME
            {
                for key in key.value().split_ascii_whitespace() {
                    note(&mut self.metas, Meta { key: key.to_ascii_lowercase(), node });
                }
            }
        }
    }

    /// Whether a place belongs to page furniture: an element around it is furniture by its name, and neither the
    /// headline nor the body stands in that element.
    pub fn is_furniture(&self, place: Place) -> bool {
        place.furniture.is_some_and(|node| !self.around.contains(&node))
    }

    /// The `<meta>` elements of the first of some keys that has any.
    pub fn metas(&self, keys: &'static [&'static str]) -> impl Iterator<Item = NodeId> + '_ {
        keys.iter().flat_map(|key| self.metas.iter().filter(move |meta| meta.key == *key).map(|meta| meta.node))
    }
}

/// The attributes of a page that name what an element holds, and what their values were found to say: a page has
/// thousands of elements and some hundred distinct names.
struct Named<'s> {
    /// By the number of each name of the page: what an attribute of this name is, in bits.
    marks: Vec<u8>,
    /// Those of [`STAMPS`] that the page has.
    stamps: Vec<(Name, &'static str)>,
    /// `<byline>`, `<author>`: elements that a page made up.
    byline_elements: Vec<Name>,
    said: HashMap<&'s str, Roles>,
    /// Holds the words of a name, joined, while they are looked up.
    joined: String,
}

/// An attribute that is one of [`NAMING`].
const NAMES: u8 = 1;
/// One of [`STAMPS`].
const STAMP: u8 = 1 << 1;
/// `itemprop`.
const PROP: u8 = 1 << 2;
/// `hidden`.
const HIDDEN: u8 = 1 << 3;

/// Attributes whose values name what an element holds.
const NAMING: [&str; 13] = [
    "class",
    "id",
    "itemprop",
    "data-testid",
    "data-test-id",
    "data-component",
    "data-qa",
    "data-type",
    "data-role",
    "role",
    "data-block",
    "data-module",
    "slot",
];

impl<'s> Named<'s> {
    fn of(tree: &Tree<'s>) -> Self {
        let mut marks: Vec<u8> = Vec::new();
        let mut mark = |text: &str, bit: u8| {
            let Some(name) = tree.find_name(text) else { return };
            marks.resize(marks.len().max(name.index() + 1), 0);
            marks[name.index()] |= bit;
        };
        NAMING.into_iter().for_each(|text| mark(text, NAMES));
        STAMPS.into_iter().for_each(|text| mark(text, STAMP));
        mark("itemprop", PROP);
        mark("hidden", HIDDEN);
        Named {
            marks,
            stamps: STAMPS.into_iter().filter_map(|text| Some((tree.find_name(text)?, text))).collect(),
            byline_elements: ["byline", "author"].into_iter().filter_map(|text| tree.find_name(text)).collect(),
            said: HashMap::default(),
            joined: String::new(),
        }
    }

    /// What an element's names say, and what its attributes are, in bits. `class="sub-headline"` is looked up as `subheadline`,
    /// `sub` and `headline`; the whole word wins over its parts.
    fn read(&mut self, tree: &Tree<'s>, node: NodeId) -> (Roles, u8) {
        let mut roles = Roles::default();
        if self.byline_elements.contains(&tree.name(node)) {
            roles = Roles::BYLINE;
        }
        let mut marks = 0;
        for attr in tree.attrs(node) {
            let mark = self.marks.get(attr.key().index()).copied().unwrap_or_default();
            marks |= mark;
            if mark & NAMES == 0 || attr.raw().len() > MAX_NAME {
                continue;
            }
            let names = attr.raw();
            let (said, joined) = (&mut self.said, &mut self.joined);
            let said = said.entry(names).or_insert_with(|| {
                Roles(names.split_ascii_whitespace().fold(0, |all, name| all | roles_of_name(name, joined).0))
            });
            roles.0 |= said.0;
        }
        (roles, marks)
    }
}

/// What a name says; `whole` is for its words, joined, and need not be empty.
fn roles_of_name(name: &str, whole: &mut String) -> Roles {
    whole.clear();
    let mut roles = Roles::default();
    let mut start = 0;
    let mut sub = false;
    let mut end_part = |whole: &str, start: usize| {
        let part = &whole[start..];
        sub |= matches!(part, "sub" | "after" | "under");
        roles.0 |= said_by(part).0;
    };
    let mut was_lower = false;
    for char in name.chars() {
        let is_part = char.is_alphanumeric();
        if (!is_part || (was_lower && char.is_uppercase())) && start < whole.len() {
            end_part(whole, start);
            start = whole.len();
        }
        was_lower = char.is_lowercase();
        if is_part {
            push_lower(whole, char);
        }
    }
    end_part(whole, start);
    let said = said_by(whole);
    if said != Roles::default() {
        return said;
    }
    if sub && roles.has(Roles::HEADLINE) {
        roles = Roles(roles.0 & !Roles::HEADLINE.0 | Roles::STANDFIRST.0);
    }
    roles
}

/// What a word of [`WORDS`] says; nothing where it is none.
fn said_by(word: &str) -> Roles {
    WORDS.get(word).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use onrecord_html::parse;

    fn roles_of(name: &str) -> Roles {
        roles_of_name(name, &mut String::new())
    }

    #[test]
    fn names_are_read_by_their_words() {
        assert!(roles_of("c-byline__name").has(Roles::BYLINE));
        assert!(roles_of("articleSubHeadline").has(Roles::STANDFIRST));
        assert!(roles_of("sub-title").has(Roles::STANDFIRST));
        assert!(!roles_of("sub-title").has(Roles::HEADLINE));
        assert!(roles_of("related-posts").has(Roles::RELATED));
        assert!(roles_of("site-sidebar").has(Roles::FURNITURE));
        assert_eq!(roles_of("x1y2"), Roles::default());
    }

    #[test]
    fn furniture_around_the_story_is_none() {
        let page = "<div class=sidebar><h1>Ferry</h1><p id=a>Six died.</p></div><aside><time>2024-11-18</time></aside>";
        let tree = parse(page);
        let first_block = tree.descendants(tree.root()).find(|&node| tree.is(node, Name::P));
        let found = survey(&tree, &Story { first_block, ..Story::default() });
        assert!(!found.is_furniture(found.headings[0]));
        assert!(found.is_furniture(found.times[0]));
        assert!(found.first_block > found.headings[0].order);
    }
}
