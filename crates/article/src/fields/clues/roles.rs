//! What the names of elements say that they hold.

use crate::lists::{self, Lists};
use crate::lower::push_lower;
use foldhash::HashMap;
use onrecord_html::{HtmlName, NodeId, Tree};
use std::sync::LazyLock;

/// Longest class or id that is looked at; longer ones are generated.
pub(super) const MAX_NAME: usize = 300;

/// What an element's class, id, `itemprop` or test id says that it holds. May be several things at once.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Default)]
pub(in crate::fields) struct Roles(pub(super) u16);

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
    /// Whether one of them is `role`.
    pub fn has(self, role: Roles) -> bool {
        self.0 & role.0 != 0
    }
}

static WORDS: LazyLock<HashMap<&'static str, Roles>> = LazyLock::new(|| {
    let mut words: HashMap<&str, Roles> = HashMap::default();
    for (role, names) in lists::rows(include_str!("../../../data/fields/class_words.txt")) {
        let Some(role) = Roles::named(role) else { continue };
        for name in names.split(' ') {
            words.entry(name).or_default().0 |= role.0;
        }
    }
    words
});

static NAMES: LazyLock<Lists> = LazyLock::new(|| Lists::read(include_str!("../../../data/element_names.txt")));

/// What an attribute is, in bits: its value names what its element holds.
const NAMING: u8 = 1;

/// It holds a time.
pub(super) const STAMP: u8 = 1 << 1;

/// It is `itemprop`.
pub(super) const PROP: u8 = 1 << 2;

/// It is `hidden`.
pub(super) const HIDDEN: u8 = 1 << 3;

/// Reads what names of elements say, and remembers it: a page has thousands of elements but only some hundred distinct names.
pub(super) struct RoleReader<'s> {
    /// By the index of an attribute's name: what the attribute is, in bits.
    marks: Vec<u8>,
    /// The attributes of the page that hold times.
    pub stamps: Vec<(HtmlName, &'static str)>,
    /// `<byline>` and `<author>`, which some pages invent.
    byline_elements: Vec<HtmlName>,
    /// By attribute value.
    known: HashMap<&'s str, Roles>,
    /// A buffer for the joined words of a name.
    joined: String,
}

impl<'s> RoleReader<'s> {
    /// A reader for the elements of a page.
    pub fn of(tree: &Tree<'s>) -> Self {
        let mut marks: Vec<u8> = Vec::new();
        let mut mark = |text: &str, bit: u8| {
            let Some(name) = tree.find_name(text) else { return };
            marks.resize(marks.len().max(name.index() + 1), 0);
            marks[name.index()] |= bit;
        };
        NAMES.of("field_attributes").iter().for_each(|text| mark(text, NAMING));
        NAMES.of("time_stamps").iter().for_each(|text| mark(text, STAMP));
        mark("itemprop", PROP);
        mark("hidden", HIDDEN);
        RoleReader {
            marks,
            stamps: NAMES.of("time_stamps").iter().filter_map(|text| Some((tree.find_name(text)?, *text))).collect(),
            byline_elements: ["byline", "author"].into_iter().filter_map(|text| tree.find_name(text)).collect(),
            known: HashMap::default(),
            joined: String::new(),
        }
    }

    /// What an element's names say, and what its attributes are, in bits.
    ///
    /// `class="sub-headline"` is looked up as `subheadline`, `sub` and `headline`; the whole word wins over its parts.
    pub fn read(&mut self, tree: &Tree<'s>, node: NodeId) -> (Roles, u8) {
        let mut roles = Roles::default();
        if self.byline_elements.contains(&tree.name(node)) {
            roles = Roles::BYLINE;
        }
        let mut marks = 0;
        for attr in tree.attrs(node) {
            let mark = self.marks.get(attr.key().index()).copied().unwrap_or_default();
            marks |= mark;
            if mark & NAMING == 0 || attr.raw().len() > MAX_NAME {
                continue;
            }
            let names = attr.raw();
            let (known, joined) = (&mut self.known, &mut self.joined);
            let known = known.entry(names).or_insert_with(|| {
                Roles(names.split_ascii_whitespace().fold(0, |all, name| all | roles_of_name(name, joined).0))
            });
            roles.0 |= known.0;
        }
        (roles, marks)
    }
}

/// What a name says. `whole` is a buffer for its joined words.
fn roles_of_name(name: &str, whole: &mut String) -> Roles {
    whole.clear();
    let mut roles = Roles::default();
    let mut start = 0;
    let mut sub = false;
    let mut end_part = |whole: &str, start: usize| {
        let part = &whole[start..];
        sub |= matches!(part, "sub" | "after" | "under");
        roles.0 |= of_word(part).0;
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
    let of_whole = of_word(whole);
    if of_whole != Roles::default() {
        return of_whole;
    }
    if sub && roles.has(Roles::HEADLINE) {
        roles = Roles(roles.0 & !Roles::HEADLINE.0 | Roles::STANDFIRST.0);
    }
    roles
}

/// What a single word says.
fn of_word(word: &str) -> Roles {
    WORDS.get(word).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

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
}
