//! News, opinion, analysis, live page, interview or release.

use super::Sources;
use super::survey::Roles;
use super::words::{folded, visible};
use crate::evidence::unwritten;
use foldhash::HashMap;
use onrecord_document::{Basis, Genre, Stated};
use std::sync::LazyLock;

/// Types of JSON-LD that tell the genre, the telling ones first.
const TYPES: [(&str, Genre); 6] = [
    ("LiveBlogPosting", Genre::Live),
    ("OpinionNewsArticle", Genre::Opinion),
    ("AnalysisNewsArticle", Genre::Analysis),
    ("BackgroundNewsArticle", Genre::Analysis),
    ("ReviewNewsArticle", Genre::Opinion),
    ("PressRelease", Genre::Release),
];

static WORDS: LazyLock<HashMap<String, Genre>> = LazyLock::new(|| {
    let mut words = HashMap::default();
    for line in include_str!("../../data/fields/genre_words.txt").lines().filter(|line| !line.starts_with('#')) {
        let Some((genre, list)) = line.split_once('\t') else { continue };
        let genre = match genre {
            "opinion" => Genre::Opinion,
            "analysis" => Genre::Analysis,
            "live" => Genre::Live,
            "interview" => Genre::Interview,
            _ => Genre::Release,
        };
        words.extend(list.split("; ").map(|word| (folded(word), genre)));
    }
    words
});

/// The genre: by the type of the article's JSON-LD, its section, a label beside the headline, a segment of its address,
/// the first word of its headline ("Interview: …"); an article that says nothing else is news.
pub(super) fn genre(sources: &Sources<'_, '_>, section: Option<&Stated<String>>) -> Stated<Genre> {
    for (kind, genre) in TYPES {
        if let Some(article) = sources.graph.article_of_type(&[kind])
            && let Some(words) = article.get("@type").and_then(|types| {
                types.items().iter().filter_map(|kind| kind.string()).find(|words| words.text().contains(kind))
            })
        {
            return sources.page.stated(&words.traced()).map(|_| genre);
        }
    }
    if let Some(section) = section
        && let Some(genre) = WORDS.get(&folded(&section.value))
    {
        return section.clone().map(|_| *genre);
    }
    label(sources)
        .or_else(|| of_address(sources))
        .or_else(|| of_headline(sources))
        .unwrap_or_else(|| unwritten(Genre::News, Basis::Detected))
}

/// `<span class="kicker">Opinion</span>` shortly before the headline.
fn label(sources: &Sources<'_, '_>) -> Option<Stated<Genre>> {
    const ABOVE: u32 = 30;
    let headline = sources.headline?;
    let labels = sources.survey.named.iter().filter(|place| {
        place.roles.has(Roles::SECTION) && place.order < headline.order && headline.order - place.order <= ABOVE
    });
    labels.map(|place| visible(sources.page.tree, place.node)).find_map(|words| {
        let genre = *WORDS.get(&folded(words.text()))?;
        Some(sources.page.stated(&words).map(|_| genre))
    })
}

/// `https://courier.example/opinion/…`
fn of_address(sources: &Sources<'_, '_>) -> Option<Stated<Genre>> {
    let url = sources.url.as_deref()?;
    let path = url.split_once("://").map_or(url, |(_, rest)| rest);
    let mut segments = path.split('/').skip(1).take(4).peekable();
    while let Some(segment) = segments.next() {
        // The last segment is the article's own name.
        segments.peek()?;
        if let Some(genre) = WORDS.get(&folded(segment)) {
            return Some(Stated { as_written: segment.to_owned(), ..unwritten(*genre, Basis::Url) });
        }
    }
    None
}

/// "Analysis: why the radar failed"
fn of_headline(sources: &Sources<'_, '_>) -> Option<Stated<Genre>> {
    let (label, rest) = sources.headline_text.split_once([':', '|'])?;
    if rest.trim().is_empty() {
        return None;
    }
    let last = folded(label);
    let genre = WORDS.get(&last).or_else(|| {
        last.rsplit(' ').next().and_then(|word| WORDS.get(word)).filter(|genre| **genre == Genre::Interview)
    })?;
    Some(unwritten(*genre, Basis::Detected))
}
