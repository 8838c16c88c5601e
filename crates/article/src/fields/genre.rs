//! News, opinion, analysis, live page, interview or release.

use super::clues::words::{folded, visible};
use super::clues::{Clues, Roles};
use super::found::PageFields;
use crate::evidence::unwritten;
use crate::lists;
use foldhash::HashMap;
use onrecord_document::{Basis, Genre, Stated};
use std::sync::LazyLock;

/// Types of JSON-LD that tell the genre, the most telling first.
static TYPES: LazyLock<Vec<(&str, Genre)>> = LazyLock::new(|| {
    let rows = lists::rows(include_str!("../../data/fields/genre_types.txt"));
    rows.map(|(genre, kind)| (kind, genre_named(genre))).collect()
});

/// Folded words of sections, labels and addresses that tell the genre.
static WORDS: LazyLock<HashMap<String, Genre>> = LazyLock::new(|| {
    let rows = lists::rows(include_str!("../../data/fields/genre_words.txt"));
    rows.flat_map(|(genre, words)| words.split("; ").map(move |word| (folded(word), genre_named(genre)))).collect()
});

/// The genre that a data file names.
fn genre_named(name: &str) -> Genre {
    match name {
        "opinion" => Genre::Opinion,
        "analysis" => Genre::Analysis,
        "live" => Genre::Live,
        "interview" => Genre::Interview,
        _ => Genre::Release,
    }
}

/// Reads the genre after the section, which may tell it.
pub(super) fn read(clues: &Clues<'_>, found: &mut PageFields) {
    found.fields.genre = Some(genre(clues, found.fields.section.as_ref()));
}

/// The genre by the type of the article's JSON-LD, its section, a label beside the headline, a segment of its address, or the
/// first word of its headline ("Interview: …"). An article that says nothing else is news.
fn genre(clues: &Clues<'_>, section: Option<&Stated<String>>) -> Stated<Genre> {
    for &(kind, genre) in TYPES.iter() {
        if let Some(article) = clues.json_ld.article_of_type(&[kind])
            && let Some(words) = article.get("@type").and_then(|types| {
                types.items().iter().filter_map(|kind| kind.string()).find(|words| words.text().contains(kind))
            })
        {
            return clues.page.stated(&words.traced()).map(|_| genre);
        }
    }
    if let Some(section) = section
        && let Some(genre) = WORDS.get(&folded(&section.value))
    {
        return section.clone().map(|_| *genre);
    }
    label(clues)
        .or_else(|| of_address(clues))
        .or_else(|| of_headline(clues))
        .unwrap_or_else(|| unwritten(Genre::News, Basis::Detected))
}

/// `<span class="kicker">Opinion</span>` shortly before the headline.
fn label(clues: &Clues<'_>) -> Option<Stated<Genre>> {
    /// Elements between the label and the headline.
    const ABOVE: u32 = 30;
    let headline = clues.headline_spot()?;
    let labels = clues.survey.named.iter().filter(|spot| {
        spot.roles.has(Roles::SECTION) && spot.order < headline.order && headline.order - spot.order <= ABOVE
    });
    labels.map(|spot| visible(clues.page.tree, spot.node)).find_map(|words| {
        let genre = *WORDS.get(&folded(words.text()))?;
        Some(clues.page.stated(&words).map(|_| genre))
    })
}

/// `https://courier.example/opinion/…`
fn of_address(clues: &Clues<'_>) -> Option<Stated<Genre>> {
    /// Segments of a path that may name a section.
    const SEGMENTS: usize = 4;
    let url = clues.url.as_deref()?;
    let path = url.split_once("://").map_or(url, |(_, path)| path);
    let mut segments = path.split('/').skip(1).take(SEGMENTS).peekable();
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
fn of_headline(clues: &Clues<'_>) -> Option<Stated<Genre>> {
    let (label, headline) = clues.headline_text().split_once([':', '|'])?;
    if headline.trim().is_empty() {
        return None;
    }
    let last = folded(label);
    let genre = WORDS.get(&last).or_else(|| {
        last.rsplit(' ').next().and_then(|word| WORDS.get(word)).filter(|genre| **genre == Genre::Interview)
    })?;
    Some(unwritten(*genre, Basis::Detected))
}
