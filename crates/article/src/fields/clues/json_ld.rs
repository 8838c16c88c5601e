//! JSON-LD (schema.org): the nodes of the page that describe its article.

use super::survey::Survey;
use super::urls::comparable;
use super::words::{folded, json_string, overlap};
use crate::json::{self, Json, ParsedJson};
use crate::lists::Lists;
use foldhash::HashMap;
use onrecord_html::Tree;
use onrecord_span::Traced;
use std::sync::LazyLock;

/// Most references followed one after another: nodes with `{"@id": …}` may point at each other.
const MAX_HOPS: usize = 4;

static MEMBERS: LazyLock<Lists> = LazyLock::new(|| Lists::read(include_str!("../../../data/fields/json_members.txt")));

/// Types and members of JSON-LD, and of the state of scripts, by the name of their list.
pub(in crate::fields) fn json_members(list: &str) -> &'static [&'static str] {
    MEMBERS.of(list)
}

/// All JSON-LD of a page.
pub(in crate::fields) struct JsonLdScripts<'s> {
    scripts: Vec<ParsedJson<'s>>,
}

impl<'s> JsonLdScripts<'s> {
    /// Reads the scripts that the survey noted.
    pub fn read(tree: &Tree<'s>, survey: &Survey) -> Self {
        let mut scripts = Vec::new();
        for script in &survey.scripts {
            for text in tree.children(*script) {
                let range = tree.source_range(text);
                scripts.push(json::parse(tree.source(), range.start as usize..range.end as usize));
            }
        }
        JsonLdScripts { scripts }
    }

    /// The nodes of the page, sorted by how surely they are about its article.
    ///
    /// `addresses` are those of the page (its own, the canonical one) in a form for comparing; `title` is a rough title.
    pub fn about<'v>(&'v self, addresses: &[String], title: &str) -> JsonLd<'v> {
        let mut found = JsonLd { articles: Vec::new(), pages: Vec::new(), all: Vec::new(), by_id: HashMap::default() };
        let nested = json_members("nested");
        let mut waiting: Vec<(&'v Json<'v>, bool)> = self
            .scripts
            .iter()
            .rev()
            .flat_map(|script| script.values.iter().rev())
            .map(|value| (value, true))
            .collect();
        while let Some((value, top)) = waiting.pop() {
            match value {
                Json::Array(items) => waiting.extend(items.iter().rev().map(|item| (item, top))),
                Json::Object(members) => {
                    if let Some(id) = value.get("@id").and_then(Json::string)
                        && members.len() > 1
                    {
                        found.by_id.entry(id.text().into_owned()).or_insert(value);
                    }
                    found.all.push(value);
                    for (key, member) in members.iter().rev() {
                        if nested.contains(&key.text().as_ref()) {
                            waiting.push((member, top && key.text() == "@graph"));
                        }
                    }
                }
                _ => {}
            }
        }
        let mut articles: Vec<(i32, &'v Json<'v>)> = Vec::new();
        for &value in &found.all {
            if has_type(value, json_members("article_types")) {
                articles.push((aboutness(value, addresses, title), value));
            } else if has_type(value, json_members("page_types")) {
                found.pages.push(value);
            }
        }
        // The sort is stable: of equals, the first on the page comes first.
        articles.sort_by_key(|(score, _)| -score);
        let best = articles.first().map_or(0, |(score, _)| *score);
        let plain = articles.len() == 1;
        found.articles = articles
            .into_iter()
            .filter(|(score, _)| plain || *score >= best.min(ABOUT_THIS) && *score > 0)
            .map(|(_, value)| value)
            .collect();
        found
    }
}

/// Score from which a node is about this page's article, even if others have higher ones.
const ABOUT_THIS: i32 = 40;

/// How surely an article node is about this page: its address is the page's, its headline is the page's title, it has a
/// body, a date, an author.
fn aboutness(value: &Json<'_>, addresses: &[String], title: &str) -> i32 {
    /// What the page's address, and its title, count.
    const ADDRESS: i32 = 50;
    const TITLE: i32 = 45;
    /// What a title counts that shares only some words, times the share.
    const WORDS: f32 = 20.0;
    /// Share of words from which two titles are the same.
    const SAME: f32 = 0.5;
    /// What each member counts that an article has.
    const MEMBER: i32 = 3;
    let mut score = 0;
    for key in ["url", "@id", "mainEntityOfPage"] {
        let Some(member) = value.get(key) else { continue };
        let address = member
            .string()
            .or_else(|| member.get("@id").and_then(Json::string))
            .or_else(|| member.get("url").and_then(Json::string));
        if let Some(address) = address
            && addresses.contains(&comparable(&address.text()))
        {
            score += ADDRESS;
            break;
        }
    }
    if let Some(headline) = value.get("headline").or_else(|| value.get("name")).and_then(Json::string) {
        let overlap = overlap(json_string(headline).text(), title);
        score += if overlap > SAME { TITLE } else { (overlap * WORDS) as i32 };
    }
    for key in ["articleBody", "datePublished", "author", "headline"] {
        score += MEMBER * i32::from(value.get(key).is_some());
    }
    score
}

/// Whether a node is of one of some types.
fn has_type(value: &Json<'_>, types: &[&str]) -> bool {
    types_of(value).any(|found| types.contains(&found.as_str()))
}

/// The types of a node, without their namespaces.
fn types_of<'v>(value: &'v Json<'_>) -> impl Iterator<Item = String> + 'v {
    let types = value.get("@type").map(Json::items).unwrap_or_default();
    types.iter().filter_map(Json::string).map(|kind| {
        let kind = kind.text();
        kind.rsplit(['/', ':', '#']).next().unwrap_or_default().to_owned()
    })
}

/// The nodes of one page.
pub(in crate::fields) struct JsonLd<'v> {
    /// Nodes about the page's article, the surest first.
    pub articles: Vec<&'v Json<'v>>,
    /// Nodes about the page.
    pub pages: Vec<&'v Json<'v>>,
    /// Every node.
    all: Vec<&'v Json<'v>>,
    /// Nodes with an id and more.
    by_id: HashMap<String, &'v Json<'v>>,
}

impl<'v> JsonLd<'v> {
    /// The value of a member, from the surest article that has it.
    pub fn member(&self, name: &str) -> Option<&'v Json<'v>> {
        self.articles.iter().find_map(|article| article.get(name))
    }

    /// [`member`](JsonLd::member), or if no article has it, that of the page's node.
    pub fn member_or_page(&self, name: &str) -> Option<&'v Json<'v>> {
        self.member(name).or_else(|| self.pages.iter().find_map(|page| page.get(name)))
    }

    /// The words of a member, as [`words_of`](JsonLd::words_of) its value.
    pub fn words(&self, name: &str) -> Option<Traced> {
        self.articles.iter().filter_map(|article| article.get(name)).find_map(|value| self.words_of(value))
    }

    /// What a value says: a string, the `name` of an object, the first item of a list.
    pub fn words_of(&self, value: &'v Json<'v>) -> Option<Traced> {
        value.items().iter().find_map(|item| {
            let item = self.resolve(item);
            let words = item
                .string()
                .or_else(|| item.get("name").and_then(|name| name.items().first()).and_then(Json::string))?;
            Some(json_string(words)).filter(|words| !words.is_empty())
        })
    }

    /// The node that a reference (`{"@id": …}`) points at; any other value is itself.
    pub fn resolve(&self, value: &'v Json<'v>) -> &'v Json<'v> {
        let mut value = value;
        for _ in 0..MAX_HOPS {
            if value.get("name").is_some() {
                break;
            }
            let id = value.get("@id").and_then(Json::string);
            match id.and_then(|id| self.by_id.get(id.text().as_ref())) {
                Some(target) => value = target,
                None => break,
            }
        }
        value
    }

    /// The first of the two surest articles that is of one of these types.
    pub fn article_of_type(&self, types: &[&str]) -> Option<&'v Json<'v>> {
        const SUREST: usize = 2;
        self.articles.iter().take(SUREST).copied().find(|article| has_type(article, types))
    }

    /// Every node of a type.
    pub fn of_type(&self, kind: &str) -> impl Iterator<Item = &'v Json<'v>> {
        self.all.iter().copied().filter(move |value| has_type(value, &[kind]))
    }

    /// Whether a node is of a type.
    pub fn is(&self, value: &Json<'_>, kind: &str) -> bool {
        has_type(value, &[kind])
    }

    /// The name of the site: that of the publisher, or of the node about the site.
    pub fn publisher(&self) -> Option<Traced> {
        let publisher = self.member_or_page("publisher").and_then(|publisher| self.words_of(publisher));
        publisher.or_else(|| self.of_type("WebSite").find_map(|site| self.words_of(site.get("name")?)))
    }

    /// Whether a name is the publisher's.
    pub fn is_publisher(&self, name: &str) -> bool {
        self.publisher().is_some_and(|publisher| folded(publisher.text()) == folded(name))
    }
}
