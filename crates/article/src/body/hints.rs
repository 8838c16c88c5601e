//! What the names of elements say about them: classes, ids, roles, test ids.

use crate::ablation::stands;
use crate::lists::{self, Lists};
use crate::lower::{letters, push_lower};
use foldhash::HashMap;
use memchr::memmem::Finder;
use onrecord_document::BlockKind;
use onrecord_html::{HtmlName, NodeId, Tree};
use std::ops::Range;
use std::sync::{LazyLock, OnceLock};

/// What an element's names make it likely to hold.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) enum Hint {
    /// Page furniture of a kind.
    Furniture(BlockKind),
    /// What readers write, and the foot of a page: furniture, but prose like the article's own.
    Comments,
    /// A dialogue over the page, such as a request for consent: furniture, however long.
    Dialog,
    /// Words under a picture.
    Caption,
    /// Who wrote the article, and when.
    Byline,
    /// The article's own text.
    Article,
}

/// Longest class or id that is looked at; longer ones are generated.
const MAX_NAME: usize = 400;

const DATA: &str = include_str!("../../data/class_hints.txt");

/// The words that hint at something, as the data file has them.
#[derive(Default)]
struct HintLists {
    words: HashMap<&'static str, Hint>,
    pairs: HashMap<(&'static str, &'static str), Hint>,
    /// Each with its [`letters`].
    parts: Vec<(Finder<'static>, u32, Hint)>,
}

fn hints() -> &'static HintLists {
    static HINTS: OnceLock<HintLists> = OnceLock::new();
    HINTS.get_or_init(|| {
        let mut hints = HintLists::default();
        for line in lists::lines(DATA) {
            let mut cells = line.split('\t');
            let (Some(kind), Some(how), Some(words)) = (cells.next(), cells.next(), cells.next()) else { continue };
            let Some(hint) = hint_named(kind) else { continue };
            for word in words.split(' ') {
                match how {
                    "word" => drop(hints.words.insert(word, hint)),
                    "pair" => drop(word.split_once('-').map(|pair| hints.pairs.insert(pair, hint))),
                    _ => hints.parts.push((Finder::new(word), letters(word), hint)),
                }
            }
        }
        hints
    })
}

fn hint_named(name: &str) -> Option<Hint> {
    match name {
        "caption" => Some(Hint::Caption),
        "byline" => Some(Hint::Byline),
        "article" => Some(Hint::Article),
        "comments" => Some(Hint::Comments),
        "dialog" => Some(Hint::Dialog),
        name => BlockKind::ALL.iter().find(|kind| kind.name() == name).map(|&kind| Hint::Furniture(kind)),
    }
}

/// Remembers what names of elements say: a page has thousands of elements but only some hundred distinct names.
pub(super) struct HintCache<'s> {
    /// By the index of an attribute's name: whether its values name what an element holds.
    naming: Vec<bool>,
    /// By attribute value: the hint that it gives.
    known: HashMap<&'s str, Option<Hint>>,
    words: NameWords,
}

/// Attributes whose values name what an element holds, and words that negate the word after them.
static NAMES: LazyLock<Lists> = LazyLock::new(|| Lists::read(include_str!("../../data/element_names.txt")));

impl<'s> HintCache<'s> {
    /// An empty cache for the elements of a page.
    pub fn of(tree: &Tree<'s>) -> Self {
        let mut naming = Vec::new();
        for name in NAMES.of("body_attributes").iter().filter_map(|text| tree.find_name(text)) {
            naming.resize(naming.len().max(name.index() + 1), false);
            naming[name.index()] = true;
        }
        HintCache { naming, known: HashMap::default(), words: NameWords::default() }
    }
}

/// What an element's class, id, role, `itemprop` and test ids say about it.
///
/// `<div class="related-posts">` is furniture of kind related; `<div class="article-body">` is the article's own. A name that
/// says both, such as `article-body-newsletter`, is furniture, because the more specific word counts.
pub(super) fn hint<'s>(tree: &Tree<'s>, node: NodeId, cache: &mut HintCache<'s>) -> Option<Hint> {
    let mut found = None;
    for attr in tree.attrs(node) {
        if !cache.naming.get(attr.key().index()).is_some_and(|naming| *naming) {
            continue;
        }
        let value = attr.raw();
        let is_id = attr.is(HtmlName::ID);
        if value.len() > MAX_NAME || is_id && (is_heading(tree.name(node)) || is_slug(value)) {
            continue;
        }
        let HintCache { known, words, .. } = &mut *cache;
        match *known.entry(value).or_insert_with(|| hint_of_names(value, words)) {
            Some(Hint::Article) => found = found.or(Some(Hint::Article)),
            Some(hint) => return Some(hint),
            None => {}
        }
    }
    found
}

/// Whether an element is a heading. The id of a heading is often made of its words, as a target of links, and says nothing about
/// what it is: `<h2 id="what-was-your-first-job-in-tech-like">`.
fn is_heading(name: HtmlName) -> bool {
    matches!(name, HtmlName::H1 | HtmlName::H2 | HtmlName::H3 | HtmlName::H4 | HtmlName::H5 | HtmlName::H6)
}

/// Whether an id is made of the words of a heading, as a target of links: `the-harbour-and-its-weather`. Systems that number
/// their parts (`ctl00_Content_Rail_Related_Posts`) write capitals, which such ids lack.
fn is_slug(id: &str) -> bool {
    /// Fewest words of such an id, unless one of them is a word that only sentences have.
    const WORDS: usize = 5;
    let words = || id.split(['-', '_']).filter(|word| !word.is_empty());
    !id.contains(char::is_uppercase)
        && words().nth(2).is_some()
        && (words().nth(WORDS - 1).is_some() || words().any(|word| NAMES.of("slugs").contains(&word)))
}

/// What names say. `words` is a buffer for the words of each name.
///
/// A negation in front of a word takes away its meaning: `no-tts`, `without-sidebar`.
fn hint_of_names(names: &str, words: &mut NameWords) -> Option<Hint> {
    let hints = hints();
    let negations = NAMES.of("negations");
    let mut article = None;
    for name in names.split_ascii_whitespace() {
        words.read(name);
        let NameWords { joined, words } = &*words;
        let mut before: Option<&str> = None;
        for word in words {
            let word = &joined[word.clone()];
            if before.is_some_and(|before| negations.contains(&before)) {
                before = Some(word);
                continue;
            }
            let pair = before.and_then(|before| {
                let hint = hints.pairs.get(&(before, word))?;
                stands("class", &[before, word].join("-")).then_some(hint)
            });
            let whole = || hints.words.get(word).filter(|_| stands("class", word));
            let part = || {
                let has = letters(word);
                let is = |(part, all, _): &&(Finder<'static>, u32, Hint)| {
                    all & !has == 0
                        && part.find(word.as_bytes()).is_some()
                        && stands("class part", std::str::from_utf8(part.needle()).unwrap_or_default())
                };
                hints.parts.iter().find(is).map(|(.., hint)| hint)
            };
            match pair.or_else(whole).or_else(part) {
                Some(Hint::Article) => article = Some(Hint::Article),
                Some(&hint) => return Some(hint),
                None => {}
            }
            before = Some(word);
        }
        match hints.words.get(joined.as_str()).filter(|_| stands("class", joined)) {
            Some(Hint::Article) => article = Some(Hint::Article),
            Some(&hint) => return Some(hint),
            None => {}
        }
    }
    article
}

/// The words of a name in lower case, joined, and the range of each: `relatedPosts--2` and `related-posts_2` become
/// `relatedposts`, with the words `related` and `posts`.
#[derive(Default)]
struct NameWords {
    joined: String,
    words: Vec<Range<usize>>,
}

impl NameWords {
    /// Replaces the words by those of a name.
    fn read(&mut self, name: &str) {
        let NameWords { joined, words } = self;
        joined.clear();
        words.clear();
        let mut was_lower = false;
        let mut open = false;
        for char in name.chars() {
            if !char.is_alphabetic() {
                open = false;
                was_lower = false;
                continue;
            }
            if !open || (was_lower && char.is_uppercase()) {
                words.push(joined.len()..joined.len());
            }
            open = true;
            was_lower = char.is_lowercase();
            if let Some(word) = words.last_mut() {
                push_lower(joined, char);
                word.end = joined.len();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_what_a_part_is() {
        for (names, hint) in [
            ("related-posts", Some(Hint::Furniture(BlockKind::Related))),
            ("c-relatedPosts__item", Some(Hint::Furniture(BlockKind::Related))),
            ("story also-read", Some(Hint::Furniture(BlockKind::Related))),
            ("article-body", Some(Hint::Article)),
            ("articleBody", Some(Hint::Article)),
            ("article-body__newsletter", Some(Hint::Furniture(BlockKind::Notice))),
            ("wp-caption-text", Some(Hint::Caption)),
            ("byline", Some(Hint::Byline)),
            ("no-tts", None),
            ("layout-without-sidebar", None),
            ("css-1x2y3z", None),
            ("shareholder", None),
            ("comment-list", Some(Hint::Comments)),
            ("onetrust-pc-sdk", Some(Hint::Dialog)),
            ("language-sql", None),
            ("language-switcher", Some(Hint::Furniture(BlockKind::Other))),
        ] {
            assert_eq!(hint_of_names(names, &mut NameWords::default()), hint, "{names}");
        }
    }

    #[test]
    fn an_id_made_of_a_heading_is_no_name() {
        for id in ["the-harbour-and-its-weather", "map-and-related", "what_the_jobs_pay", "prices-for-five-more-years"]
        {
            assert!(is_slug(id), "{id}");
        }
        for id in ["related-posts", "comments", "post-comment-form", "site-footer", "ctl00_Content_Rail_Related_Posts"]
        {
            assert!(!is_slug(id), "{id}");
        }
    }

    #[test]
    fn every_line_of_the_data_is_a_hint() {
        for line in lists::lines(DATA) {
            let cells: Vec<&str> = line.split('\t').collect();
            assert_eq!(cells.len(), 3, "{line}");
            assert!(hint_named(cells[0]).is_some(), "{line}");
            assert!(["word", "pair", "part"].contains(&cells[1]), "{line}");
            assert!(cells[1] != "pair" || cells[2].split(' ').all(|pair| pair.matches('-').count() == 1), "{line}");
        }
    }
}
