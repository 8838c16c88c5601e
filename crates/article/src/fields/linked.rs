//! JSON-LD (schema.org): the nodes of the page that describe its article.

use super::survey::Survey;
use super::words::{folded, json_string, overlap};
use crate::json::{self, Parsed, Value};
use foldhash::HashMap;
use onrecord_html::Tree;
use onrecord_span::Traced;

/// Types of articles; a page about one has a node of one of these.
const ARTICLES: [&str; 23] = [
    "NewsArticle",
    "Article",
    "ReportageNewsArticle",
    "BlogPosting",
    "LiveBlogPosting",
    "OpinionNewsArticle",
    "AnalysisNewsArticle",
    "BackgroundNewsArticle",
    "ReviewNewsArticle",
    "AskPublicNewsArticle",
    "AdvertiserContentArticle",
    "SatiricalArticle",
    "Report",
    "ScholarlyArticle",
    "TechArticle",
    "MedicalScholarlyArticle",
    "SocialMediaPosting",
    "DiscussionForumPosting",
    "Review",
    "CriticReview",
    "Recipe",
    "HowTo",
    "PressRelease",
];

/// Types that describe the page rather than the article: asked where no article states it.
const PAGES: [&str; 6] = ["WebPage", "ItemPage", "VideoObject", "CreativeWork", "WebPageElement", "Event"];

/// The members whose objects belong to the page as much as the object itself.
const NESTED: [&str; 8] =
    ["@graph", "mainEntity", "mainEntityOfPage", "liveBlogUpdate", "subjectOf", "about", "hasPart", "itemReviewed"];

/// Most references followed one after the other: `{"@id": …}` may point at each other.
const MAX_HOPS: usize = 4;

/// All JSON-LD of a page.
pub(super) struct Linked<'s> {
    scripts: Vec<Parsed<'s>>,
}

impl<'s> Linked<'s> {
    /// Reads the scripts that the survey noted.
    pub fn read(tree: &Tree<'s>, survey: &Survey) -> Self {
        let mut scripts = Vec::new();
        for script in &survey.scripts {
            for text in tree.children(*script) {
                let range = tree.source_range(text);
                scripts.push(json::parse(tree.source(), range.start as usize..range.end as usize));
            }
        }
        Linked { scripts }
    }

    /// The nodes of the page, sorted by how surely they are about its article.
    ///
    /// `addresses` are what the page is called (its own address, the canonical one); `title` is a rough title to
    /// compare with.
    pub fn graph(&self, addresses: &[String], title: &str) -> Graph<'_, 's> {
        let mut graph = Graph { articles: Vec::new(), pages: Vec::new(), all: Vec::new(), by_id: HashMap::default() };
        let mut waiting: Vec<(&Value<'s>, bool)> = self
            .scripts
            .iter()
            .rev()
            .flat_map(|script| script.values.iter().rev())
            .map(|value| (value, true))
            .collect();
        while let Some((value, top)) = waiting.pop() {
            match value {
                Value::Array(items) => waiting.extend(items.iter().rev().map(|item| (item, top))),
                Value::Object(members) => {
                    if let Some(id) = value.get("@id").and_then(Value::string)
                        && members.len() > 1
                    {
                        graph.by_id.entry(id.text().into_owned()).or_insert(value);
                    }
                    graph.all.push(value);
                    for (key, member) in members.iter().rev() {
                        if NESTED.contains(&key.text().as_ref()) {
                            waiting.push((member, top && key.text() == "@graph"));
                        }
                    }
                }
                _ => {}
            }
        }
        let mut articles: Vec<(i32, &Value<'s>)> = Vec::new();
        for value in &graph.all {
            if has_type(value, &ARTICLES) {
                articles.push((aboutness(value, addresses, title), value));
            } else if has_type(value, &PAGES) {
                graph.pages.push(value);
            }
        }
        // A stable sort: of equals the first on the page comes first.
        articles.sort_by_key(|(score, _)| -score);
        let best = articles.first().map_or(0, |(score, _)| *score);
        let plain = articles.len() == 1;
        graph.articles = articles
            .into_iter()
            .filter(|(score, _)| plain || *score >= best.min(ABOUT_THIS) && *score > 0)
            .map(|(_, value)| value)
            .collect();
        graph
    }
}

/// From this score on a node is about this page's article, even beside better ones.
const ABOUT_THIS: i32 = 40;

/// How surely an article node is about this page: its address is the page's, its headline is the page's title, it has a
/// body, a date, an author.
fn aboutness(value: &Value<'_>, addresses: &[String], title: &str) -> i32 {
    let mut score = 0;
    for key in ["url", "@id", "mainEntityOfPage"] {
        let Some(member) = value.get(key) else { continue };
        let address = member
            .string()
            .or_else(|| member.get("@id").and_then(Value::string))
            .or_else(|| member.get("url").and_then(Value::string));
        if let Some(address) = address
            && addresses.contains(&comparable(&address.text()))
        {
            score += 50;
            break;
        }
    }
    if let Some(headline) = value.get("headline").or_else(|| value.get("name")).and_then(Value::string) {
        let overlap = overlap(json_string(headline).text(), title);
        score += if overlap > 0.5 { 45 } else { (overlap * 20.0) as i32 };
    }
    for key in ["articleBody", "datePublished", "author", "headline"] {
        score += 3 * i32::from(value.get(key).is_some());
    }
    score
}

/// An address for comparing: without scheme, `www.`, query, fragment and final slash.
pub(super) fn comparable(address: &str) -> String {
    let address = address.trim();
    let address = address.split_once("://").map_or(address, |(_, rest)| rest);
    let address = address.strip_prefix("www.").unwrap_or(address);
    let end = address.find(['?', '#']).unwrap_or(address.len());
    address[..end].trim_end_matches('/').to_lowercase()
}

fn has_type(value: &Value<'_>, types: &[&str]) -> bool {
    types_of(value).any(|found| types.contains(&found.as_str()))
}

fn types_of<'v>(value: &'v Value<'_>) -> impl Iterator<Item = String> + 'v {
    let types = value.get("@type").map(Value::items).unwrap_or_default();
    types.iter().filter_map(Value::string).map(|kind| {
        let kind = kind.text();
        kind.rsplit(['/', ':', '#']).next().unwrap_or_default().to_owned()
    })
}

/// The nodes of one page.
pub(super) struct Graph<'v, 's> {
    /// About the page's article, surest first.
    pub articles: Vec<&'v Value<'s>>,
    /// About the page.
    pub pages: Vec<&'v Value<'s>>,
    all: Vec<&'v Value<'s>>,
    by_id: HashMap<String, &'v Value<'s>>,
}

impl<'v, 's> Graph<'v, 's> {
    /// The values of a member, from the surest article that has it.
    pub fn member(&self, name: &str) -> Option<&'v Value<'s>> {
        self.articles.iter().find_map(|article| article.get(name))
    }

    /// [`member`](Graph::member), and where no article has it, from the page's node.
    pub fn member_or_page(&self, name: &str) -> Option<&'v Value<'s>> {
        self.member(name).or_else(|| self.pages.iter().find_map(|page| page.get(name)))
    }

    /// The words of a member that is a string or a list that begins with one.
    pub fn words(&self, name: &str) -> Option<Traced> {
        self.articles.iter().filter_map(|article| article.get(name)).find_map(|value| self.words_of(value))
    }

    /// What a value says: a string, the `name` of an object, the first item of a list.
    pub fn words_of(&self, value: &'v Value<'s>) -> Option<Traced> {
        value.items().iter().find_map(|item| {
            let item = self.resolve(item);
            let words = item
                .string()
                .or_else(|| item.get("name").and_then(|name| name.items().first()).and_then(Value::string))?;
            Some(json_string(words)).filter(|words| !words.is_empty())
        })
    }

    /// The node that a mere reference (`{"@id": …}`) points at; any other value is itself.
    pub fn resolve(&self, value: &'v Value<'s>) -> &'v Value<'s> {
        let mut value = value;
        for _ in 0..MAX_HOPS {
            if value.get("name").is_some() {
                break;
            }
            let id = value.get("@id").and_then(Value::string);
            match id.and_then(|id| self.by_id.get(id.text().as_ref())) {
                Some(target) => value = target,
                None => break,
            }
        }
        value
    }

    /// Whether any article of the page is of one of these types.
    pub fn article_of_type(&self, types: &[&str]) -> Option<&'v Value<'s>> {
        self.articles.iter().take(2).copied().find(|article| has_type(article, types))
    }

    /// Nodes of a type, anywhere.
    pub fn of_type(&self, kind: &str) -> impl Iterator<Item = &'v Value<'s>> {
        self.all.iter().copied().filter(move |value| has_type(value, &[kind]))
    }

    /// Whether a node is of a type.
    pub fn is(&self, value: &Value<'s>, kind: &str) -> bool {
        has_type(value, &[kind])
    }

    /// The name of the site, as the publisher or the node of the site states it.
    pub fn publisher(&self) -> Option<Traced> {
        let publisher = self.member_or_page("publisher").and_then(|publisher| self.words_of(publisher));
        publisher.or_else(|| self.of_type("WebSite").find_map(|site| self.words_of(site.get("name")?)))
    }

    /// Whether a name is that of the publisher.
    pub fn is_publisher(&self, name: &str) -> bool {
        self.publisher().is_some_and(|publisher| folded(publisher.text()) == folded(name))
    }
}
