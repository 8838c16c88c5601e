//! The page's own keywords.

use super::Sources;
use super::survey::Roles;
use super::words::{attribute, folded, json_string, visible};
use crate::json::Value;
use foldhash::HashSet;
use onrecord_document::Stated;
use onrecord_span::Traced;

/// Most topics of one article.
const MAX_TOPICS: usize = 50;

/// Longest topic in characters; what is longer is a sentence.
const MAX_TOPIC: usize = 80;

/// The topics of the first source that has any: `keywords` of the JSON-LD, `article:tag`, `<meta name="keywords">` and
/// its kin, tag links of the page.
pub(super) fn topics(sources: &Sources<'_, '_>) -> Vec<Stated<String>> {
    let found = [linked, tag_metas, keyword_metas, tag_links]
        .iter()
        .map(|source| source(sources))
        .find(|topics| !topics.is_empty());
    let mut topics: Vec<Stated<String>> = Vec::new();
    let mut known: HashSet<String> = HashSet::default();
    for words in found.unwrap_or_default() {
        let length = words.text().chars().count();
        let fits = length > 1 && length <= MAX_TOPIC && topics.len() < MAX_TOPICS;
        if fits && known.insert(folded(words.text())) {
            topics.push(sources.page.stated(&words));
        }
    }
    topics
}

/// `"keywords": ["ferry", "radar"]` or `"keywords": "ferry, radar"`
fn linked(sources: &Sources<'_, '_>) -> Vec<Traced> {
    let Some(value) = sources.graph.member("keywords") else { return Vec::new() };
    let strings: Vec<&Value<'_>> = value.items().iter().take(MAX_TOPICS).collect();
    let one = strings.len() == 1;
    let mut topics = Vec::new();
    for value in strings {
        let Some(words) = value.string().or_else(|| value.get("name").and_then(Value::string)) else { continue };
        let words = json_string(words);
        topics.extend(if one { split(&words) } else { vec![words] });
    }
    topics
}

/// `<meta property="article:tag" content="ferry">`, one for each topic.
fn tag_metas(sources: &Sources<'_, '_>) -> Vec<Traced> {
    contents(sources, &["article:tag", "og:article:tag", "parsely-tags", "sailthru.tags"])
}

/// `<meta name="keywords" content="ferry, radar">`
fn keyword_metas(sources: &Sources<'_, '_>) -> Vec<Traced> {
    contents(sources, &["news_keywords", "keywords"])
}

fn contents(sources: &Sources<'_, '_>, keys: &[&'static str]) -> Vec<Traced> {
    for key in keys {
        let metas = sources.survey.metas.iter().filter(|meta| meta.key == *key).take(MAX_TOPICS);
        let found: Vec<Traced> = metas
            .filter_map(|meta| attribute(sources.page.tree, meta.node, "content"))
            .flat_map(|words| split(&words))
            .collect();
        if !found.is_empty() {
            return found;
        }
    }
    Vec::new()
}

/// `<a rel="tag" href="/tag/ferry">ferry</a>`, else links in an element named for tags.
fn tag_links(sources: &Sources<'_, '_>) -> Vec<Traced> {
    let tree = sources.page.tree;
    let survey = sources.survey;
    let rel =
        survey.rel_tag.iter().filter(|place| !survey.is_furniture(**place)).map(|place| visible(tree, place.node));
    let rel: Vec<Traced> = rel.take(MAX_TOPICS).collect();
    if !rel.is_empty() {
        return rel;
    }
    let links = survey.links.iter().filter(|place| {
        !survey.is_furniture(**place)
            && (place.within.has(Roles::TAGS) || place.roles.has(Roles::TAGS))
            && place.order > sources.headline.map_or(0, |headline| headline.order)
    });
    links.map(|place| visible(tree, place.node)).take(MAX_TOPICS).collect()
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
