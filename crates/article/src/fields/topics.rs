//! The page's own keywords.

use super::clues::words::{attribute, folded, json_string, visible};
use super::clues::{Clues, Roles, meta_keys};
use super::found::PageFields;
use crate::json::Json;
use foldhash::HashSet;
use onrecord_span::Traced;

/// Most topics of one article.
const MAX_TOPICS: usize = 50;

/// Longest topic in characters; a longer one is a sentence.
const MAX_TOPIC: usize = 80;

/// One source of topics.
type TopicSource = fn(&Clues<'_>) -> Vec<Traced>;

/// The sources in the order in which they are asked.
const SOURCES: &[TopicSource] = &[linked, tag_metas, keyword_metas, tag_links];

/// Reads the topics of the first source that has any.
pub(super) fn read(clues: &Clues<'_>, found: &mut PageFields) {
    let words = SOURCES.iter().map(|source| source(clues)).find(|topics| !topics.is_empty());
    let mut known: HashSet<String> = HashSet::default();
    for words in words.unwrap_or_default() {
        let length = words.text().chars().count();
        let fits = length > 1 && length <= MAX_TOPIC && found.fields.topics.len() < MAX_TOPICS;
        if fits && known.insert(folded(words.text())) {
            found.fields.topics.push(clues.page.stated(&words));
        }
    }
}

/// `"keywords": ["ferry", "radar"]` or `"keywords": "ferry, radar"`
fn linked(clues: &Clues<'_>) -> Vec<Traced> {
    let Some(value) = clues.json_ld.member("keywords") else { return Vec::new() };
    let strings: Vec<&Json<'_>> = value.items().iter().take(MAX_TOPICS).collect();
    let one = strings.len() == 1;
    let mut topics = Vec::new();
    for value in strings {
        let Some(words) = value.string().or_else(|| value.get("name").and_then(Json::string)) else { continue };
        let words = json_string(words);
        topics.extend(if one { split(&words) } else { vec![words] });
    }
    topics
}

/// `<meta property="article:tag" content="ferry">`, one for each topic.
fn tag_metas(clues: &Clues<'_>) -> Vec<Traced> {
    contents(clues, meta_keys("tag"))
}

/// `<meta name="keywords" content="ferry, radar">`
fn keyword_metas(clues: &Clues<'_>) -> Vec<Traced> {
    contents(clues, meta_keys("keywords"))
}

/// The topics in the `<meta>`s with the first key that has any.
fn contents(clues: &Clues<'_>, keys: &[&'static str]) -> Vec<Traced> {
    for key in keys {
        let metas = clues.survey.metas.iter().filter(|meta| meta.key == *key).take(MAX_TOPICS);
        let found: Vec<Traced> = metas
            .filter_map(|meta| attribute(clues.page.tree, meta.node, "content"))
            .flat_map(|words| split(&words))
            .collect();
        if !found.is_empty() {
            return found;
        }
    }
    Vec::new()
}

/// `<a rel="tag" href="/tag/ferry">ferry</a>`, or else links in an element named for tags.
fn tag_links(clues: &Clues<'_>) -> Vec<Traced> {
    let tree = clues.page.tree;
    let survey = &clues.survey;
    let rel = survey.rel_tag.iter().filter(|spot| !survey.is_furniture(**spot)).map(|spot| visible(tree, spot.node));
    let rel: Vec<Traced> = rel.take(MAX_TOPICS).collect();
    if !rel.is_empty() {
        return rel;
    }
    let links = survey.links.iter().filter(|spot| {
        !survey.is_furniture(**spot)
            && (spot.within.has(Roles::TAGS) || spot.roles.has(Roles::TAGS))
            && spot.order > clues.headline_spot().map_or(0, |headline| headline.order)
    });
    links.map(|spot| visible(tree, spot.node)).take(MAX_TOPICS).collect()
}

/// "ferry, radar; fog" is three topics.
fn split(words: &Traced) -> Vec<Traced> {
    let text = words.text();
    let marks: &[char] = if text.contains(';') && !text.contains(',') { &[';'] } else { &[',', '،', '、', '，'] };
    let mut parts = Vec::new();
    let mut start = 0;
    for (at, mark) in text.match_indices(marks) {
        parts.push(words.slice(start..at).trim());
        start = at + mark.len();
    }
    parts.push(words.slice(start..text.len()).trim());
    parts.retain(|part| !part.is_empty());
    parts
}
