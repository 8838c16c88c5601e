//! When the article was published and last changed, as the page states it.

use super::Sources;
use super::labels::{says_now, says_published, says_update};
use super::near::{self, distance, is_near};
use super::own_day::own_day;
use super::survey::{Place, Roles};
use super::words::{attribute, json_string, visible};
use crate::dates::{self, DayOrder};
use crate::evidence::unwritten;
use crate::json::Value;
use memchr::memmem::Finder;
use onrecord_document::{Basis, Moment, Stated};
use onrecord_html::{Name, NodeId, NodeKind};
use onrecord_span::Traced;
use std::sync::LazyLock;

/// Both dates, and the elements that show them.
#[derive(Default)]
pub(super) struct Dates {
    pub published: Option<Stated<Moment>>,
    pub modified: Option<Stated<Moment>>,
    pub nodes: Vec<NodeId>,
}

/// One source of a date.
type Source = fn(&Sources<'_, '_>) -> Option<Stated<Moment>>;

/// The sources of the date of publication in the order they are asked.
const PUBLISHED: &[Source] = &[
    linked_published,
    meta_published,
    prop_published,
    time_near_headline,
    beside_headline,
    meta_date,
    visible_near_headline,
    opening_date,
    url_date,
    repeated_prop,
    labelled_line,
    script_state,
    named_date,
    any_time,
    labelled_furniture,
    any_line,
    stamped,
    linked_page_date,
    linked_modified,
    meta_modified,
];

/// The sources of the date of the last change.
const MODIFIED: &[Source] = &[linked_modified, meta_modified, prop_modified, visible_modified];

/// Reads both dates.
pub(super) fn dates(sources: &Sources<'_, '_>) -> Dates {
    let published = PUBLISHED.iter().find_map(|source| source(sources));
    let nodes = shown(sources);
    let published = published.map(|stated| own_day(&stated.value, shown_days(sources, &nodes)).unwrap_or(stated));
    let modified = MODIFIED.iter().find_map(|source| source(sources));
    // Publishing systems state a change at the moment of publication: that is none.
    let modified =
        modified.filter(|modified| published.as_ref().is_none_or(|published| published.value != modified.value));
    Dates { published, modified, nodes }
}

/// The day and month of dates like `4/5/2024`, by the page's language and the country of its address.
fn order(sources: &Sources<'_, '_>) -> DayOrder {
    let tree = sources.page.tree;
    let language = sources.survey.html.and_then(|node| tree.attr(node, "lang").or_else(|| tree.attr(node, "xml:lang")));
    let language = language.map(|lang| lang.value().to_ascii_lowercase().replace('_', "-")).unwrap_or_default();
    let country = sources
        .url
        .as_deref()
        .and_then(super::address::host)
        .and_then(|host| host.rsplit('.').next())
        .unwrap_or_default();
    match (language.as_str(), country) {
        (_, "us" | "gov" | "mil") | ("en-us", "com" | "org" | "net" | "edu") => DayOrder::MonthFirst,
        (
            _,
            "uk" | "au" | "nz" | "ie" | "in" | "za" | "de" | "fr" | "it" | "es" | "br" | "at" | "ch" | "nl" | "be"
            | "pl",
        ) => DayOrder::DayFirst,
        ("en-us", _) => DayOrder::MonthFirst,
        ("" | "en", _) => DayOrder::Unknown,
        _ => DayOrder::DayFirst,
    }
}

/// The date in some words, stated by just those words.
fn dated(sources: &Sources<'_, '_>, words: &Traced) -> Option<Stated<Moment>> {
    let (moment, range) = dates::find_in(words.text(), order(sources))?;
    // The first second of Unix time is what a missing date looks like.
    if moment.ymd() == (1970, 1, 1) {
        return None;
    }
    Some(sources.page.stated(&words.slice(range)).map(|_| moment))
}

fn linked(sources: &Sources<'_, '_>, keys: &[&str]) -> Option<Stated<Moment>> {
    keys.iter().find_map(|key| {
        sources
            .graph
            .articles
            .iter()
            .filter_map(|article| article.get(key))
            .flat_map(Value::items)
            .find_map(|value| dated(sources, &json_string(value.string()?)))
    })
}

/// `"datePublished": "2024-11-18T09:30:00Z"` of the article's node.
fn linked_published(sources: &Sources<'_, '_>) -> Option<Stated<Moment>> {
    linked(sources, &["datePublished", "dateCreated", "uploadDate"])
}

fn linked_modified(sources: &Sources<'_, '_>) -> Option<Stated<Moment>> {
    linked(sources, &["dateModified"])
}

/// `datePublished` of the page's node, where no article has one.
fn linked_page_date(sources: &Sources<'_, '_>) -> Option<Stated<Moment>> {
    let value = sources.graph.pages.iter().find_map(|page| page.get("datePublished"))?;
    dated(sources, &json_string(value.string()?))
}

fn meta(sources: &Sources<'_, '_>, keys: &'static [&'static str]) -> Option<Stated<Moment>> {
    sources.survey.metas(keys).find_map(|node| dated(sources, &attribute(sources.page.tree, node, "content")?))
}

/// `<meta property="article:published_time" content="…">` and its kin.
fn meta_published(sources: &Sources<'_, '_>) -> Option<Stated<Moment>> {
    meta(
        sources,
        &[
            "article:published_time",
            "og:article:published_time",
            "article:published",
            "og:published_time",
            "datepublished",
            "parsely-pub-date",
            "sailthru.date",
            "publication_date",
            "published_time",
            "citation_publication_date",
            "citation_online_date",
            "article.published",
            "cxenseparse:recs:publishtime",
            "cxenseparse:publishtime",
            "published_at",
            "rnews:datepublished",
            "article:post_date",
            "vr:published_time",
            "pubdate",
            "publishdate",
            "publish-date",
            "publish_date",
            "dc.date.issued",
            "dcterms.issued",
            "dcterms.created",
            "dc.date.created",
            "article.created",
            "datecreated",
            "bt:pubdate",
            "prism.publicationdate",
            "iso-8601-publish-date",
        ],
    )
}

/// `<meta name="date" content="…">` and others that may be the page's rather than the article's.
fn meta_date(sources: &Sources<'_, '_>) -> Option<Stated<Moment>> {
    meta(
        sources,
        &[
            "date",
            "dc.date",
            "dcterms.date",
            "article_date_original",
            "originalpublicationdate",
            "article:date",
            "gentime",
            "displaydate",
            "og:pubdate",
            "og:regdate",
            "created",
            "release_date",
            "last-modified-date",
        ],
    )
}

fn meta_modified(sources: &Sources<'_, '_>) -> Option<Stated<Moment>> {
    meta(
        sources,
        &[
            "article:modified_time",
            "og:updated_time",
            "og:article:modified_time",
            "datemodified",
            "lastmod",
            "dcterms.modified",
            "dc.date.modified",
            "article:modified",
            "last-modified",
            "revised",
            "utime",
            "dateupdated",
        ],
    )
}

/// `<meta itemprop="datePublished" content="…">`, `<time itemprop="datePublished" datetime="…">`.
fn prop_published(sources: &Sources<'_, '_>) -> Option<Stated<Moment>> {
    prop(sources, &["datepublished", "datecreated"])
}

fn prop_modified(sources: &Sources<'_, '_>) -> Option<Stated<Moment>> {
    prop(sources, &["datemodified"])
}

fn prop(sources: &Sources<'_, '_>, names: &[&str]) -> Option<Stated<Moment>> {
    let mut places: Vec<Place> = sources
        .survey
        .props
        .iter()
        .filter(|(prop, place)| names.contains(&prop.as_str()) && !sources.survey.is_furniture(*place))
        .map(|(_, place)| *place)
        .collect();
    places.sort_by_key(|place| distance(sources, *place));
    places.into_iter().take(10).find_map(|place| of_element(sources, place.node))
}

/// `<div class="footer"><time itemprop="datePublished" datetime="2024-11-18">`: in an element that is furniture by its
/// name, where the whole page has no other date of publication.
fn repeated_prop(sources: &Sources<'_, '_>) -> Option<Stated<Moment>> {
    let places = sources.survey.props.iter().filter(|(prop, _)| prop == "datepublished").take(20);
    let mut found = places.filter_map(|(_, place)| of_element(sources, place.node));
    let first = found.next()?;
    found.all(|other| other.value.ymd() == first.value.ymd()).then_some(first)
}

/// The date of an element: its `datetime`, its `content`, a Unix time, its words.
fn of_element(sources: &Sources<'_, '_>, node: NodeId) -> Option<Stated<Moment>> {
    let tree = sources.page.tree;
    let of_attribute =
        |name| attribute(tree, node, name).and_then(|words| dated(sources, &words).or_else(|| unix(sources, &words)));
    ["datetime", "content", "data-datetime"].into_iter().find_map(of_attribute).or_else(|| {
        let words = visible(tree, node);
        if words.len() <= MAX_LINE { dated(sources, &words) } else { None }
    })
}

fn unix(sources: &Sources<'_, '_>, words: &Traced) -> Option<Stated<Moment>> {
    let moment = dates::unix(words.text())?;
    Some(sources.page.stated(words).map(|_| moment))
}

/// Longest line that a date is looked for in, in bytes: in prose, dates are the story's.
const MAX_LINE: usize = 160;

/// "12.03.2026 09:15 (updated 12.03.2026 13:40)" near the headline: the second date of a line that speaks of a change.
fn visible_modified(sources: &Sources<'_, '_>) -> Option<Stated<Moment>> {
    sources.behind.texts(sources).iter().take(30).find_map(|text| {
        let (_, words) = text.line(sources.page.tree);
        if words.len() > MAX_LINE {
            return None;
        }
        let (_, first) = dates::find_in(words.text(), order(sources))?;
        let rest = words.slice(first.end..words.len());
        if says_update(&rest.text().to_lowercase()) { dated(sources, &rest) } else { None }
    })
}

/// Whether an element, by its names or the words in front of it, states a change.
fn is_update(sources: &Sources<'_, '_>, node: NodeId) -> bool {
    let tree = sources.page.tree;
    let class = tree.attr_named(node, Name::CLASS).map(|attr| attr.value().to_lowercase()).unwrap_or_default();
    let around = tree
        .parent(node)
        .and_then(|parent| tree.attr_named(parent, Name::CLASS))
        .map(|attr| attr.value().to_lowercase())
        .unwrap_or_default();
    let mut text = visible(tree, node).text().to_lowercase();
    let mut before = tree.prev_sibling(node);
    for _ in 0..2 {
        let Some(sibling) = before else { break };
        let is_text = tree.kind(sibling) == NodeKind::Text;
        let words = if is_text { tree.text(sibling).into_owned() } else { visible(tree, sibling).text().to_owned() };
        // Another date's words are not this one's.
        if tree.is(sibling, Name::TIME) || words.len() <= 60 && dates::find(&words).is_some() {
            break;
        }
        let words = words.to_lowercase();
        if words.len() <= 60 {
            text.push(' ');
            text.push_str(&words);
        }
        if !words.trim().is_empty() {
            break;
        }
        before = tree.prev_sibling(sibling);
    }
    says_update(&text) || says_update(&class) || says_update(&around)
}

/// `<time datetime="2024-11-18">` near the headline, the nearest that does not state a change.
fn time_near_headline(sources: &Sources<'_, '_>) -> Option<Stated<Moment>> {
    let mut times: Vec<Place> = sources
        .survey
        .times
        .iter()
        .filter(|place| !sources.survey.is_furniture(**place) && is_near(sources, **place))
        .copied()
        .collect();
    times.sort_by_cached_key(|place| (is_update(sources, place.node), distance(sources, *place)));
    times.into_iter().take(10).find_map(|place| of_element(sources, place.node))
}

/// `<h3 class="meta">18.11.2024</h3><h1>Ferry hits wall</h1>`, `<h1>Ferry hits wall</h1><p>Written: 2024-11-18 15:03</p>`:
/// a line next to the headline that begins with a date, whatever its element is named; above it only the line before.
fn beside_headline(sources: &Sources<'_, '_>) -> Option<Stated<Moment>> {
    const BELOW: u32 = 40;
    const ABOVE: u32 = 10;
    const LONGEST: usize = 100;
    const LABEL: usize = 24;
    let tree = sources.page.tree;
    let headline = sources.headline?;
    let mut lines: Vec<Place> = sources
        .survey
        .dated
        .iter()
        .filter(|place| {
            let near = if place.order > headline.order {
                place.order - headline.order <= BELOW
            } else {
                headline.order - place.order <= ABOVE
            };
            let own =
                place.furniture.is_some_and(|node| tree.ancestors(place.node).take(2).any(|around| around == node));
            near && (own || !sources.survey.is_furniture(**place))
                && !place.within.has(Roles::CAPTION)
                && place.order < sources.survey.first_block
                && !tree.ancestors(place.node).take(6).any(|around| around == headline.node)
        })
        .copied()
        .collect();
    lines.sort_by_key(|place| (place.order < headline.order, distance(sources, *place)));
    lines.into_iter().take(6).find_map(|place| {
        let mut words = Traced::new();
        tree.trace_text(place.node, &mut words);
        let words = words.fold_space();
        if words.len() > LONGEST {
            return None;
        }
        let label = label(sources, &words)?;
        let stated = label.len() <= LABEL && !says_now(label) && !says_update(label);
        if stated && !is_update(sources, place.node) { dated(sources, &words) } else { None }
    })
}

/// A date in a short line near the headline: in an element named for dates, else in any line above the body.
fn visible_near_headline(sources: &Sources<'_, '_>) -> Option<Stated<Moment>> {
    let tree = sources.page.tree;
    let mut places: Vec<Place> = sources
        .survey
        .named
        .iter()
        .filter(|place| {
            (place.roles.has(Roles::DATE) || place.roles.has(Roles::BYLINE))
                && !sources.survey.is_furniture(**place)
                && is_near(sources, **place)
                && !sources.survey.around.contains(&place.node)
        })
        .copied()
        .collect();
    places.sort_by_cached_key(|place| {
        (!place.roles.has(Roles::DATE), is_update(sources, place.node), distance(sources, *place))
    });
    let named = places.into_iter().take(20).find_map(|place| {
        let words = visible(tree, place.node);
        if words.len() > MAX_LINE {
            return None;
        }
        let now = label(sources, &words).is_some_and(says_now);
        if !now { dated(sources, &words).or_else(|| stamp(sources, place)) } else { None }
    });
    named.or_else(|| {
        sources.behind.above_body(sources).iter().take(30).find_map(|text| {
            let words = text.words(tree);
            if words.len() > MAX_LINE {
                return None;
            }
            let label = label(sources, words)?;
            let stated = label.len() <= MAX_LABEL && !says_now(label);
            if stated { dated(sources, words) } else { None }
        })
    })
}

/// Longest words in front of a date that label it, in bytes; behind more, the date is the story's.
const MAX_LABEL: usize = 60;

/// The words in front of the date in some words.
fn label<'w>(sources: &Sources<'_, '_>, words: &'w Traced) -> Option<&'w str> {
    dates::find_in(words.text(), order(sources)).map(|(_, range)| &words.text()[..range.start])
}

/// "(18.01.2018) Farmers fear …", "27.1.2022 - At the ceremony …": a paragraph near the headline that begins with a date.
fn opening_date(sources: &Sources<'_, '_>) -> Option<Stated<Moment>> {
    const HEAD: usize = 40;
    const PARAGRAPHS: usize = 12;
    let tree = sources.page.tree;
    sources.behind.texts(sources).iter().take(PARAGRAPHS).find_map(|text| {
        let words = text.words(tree);
        let head = words.slice(0..HEAD);
        let (_, range) = dates::find_in(head.text(), order(sources))?;
        let marked = head.text()[range.end..].trim_start().starts_with([')', '-', '–', '—', '|', ':', '/']);
        if range.start <= 1 && marked { dated(sources, &head) } else { None }
    })
}

/// `data-timestamp="1731922200"`
fn stamp(sources: &Sources<'_, '_>, place: Place) -> Option<Stated<Moment>> {
    let (_, name) = sources.survey.stamps.iter().find(|(stamped, _)| stamped.node == place.node)?;
    let words = attribute(sources.page.tree, place.node, name)?;
    dated(sources, &words).or_else(|| unix(sources, &words))
}

/// `/2024/11/18/`, `/2024-11-18-`, `/20241118/` in the page's address.
fn url_date(sources: &Sources<'_, '_>) -> Option<Stated<Moment>> {
    let url = sources.url.as_deref()?;
    let (moment, written) = date_in_address(url)?;
    Some(Stated { as_written: written.to_owned(), ..unwritten(moment, Basis::Url) })
}

/// The date in an address and the part of it that states it.
fn date_in_address(url: &str) -> Option<(Moment, &str)> {
    let path = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = &path[path.find('/')?..];
    for (at, mark) in path.match_indices(|char: char| !char.is_ascii_digit()) {
        let rest = &path[at + mark.len()..];
        let year = rest.get(..4).filter(|year| year.bytes().all(|byte| byte.is_ascii_digit()));
        let Some(year) = year.and_then(|year| year.parse::<u32>().ok()).filter(|year| (1990..=2100).contains(year))
        else {
            continue;
        };
        let digits = |from: usize, most: usize| {
            let len = rest.get(from..)?.bytes().take(most).take_while(u8::is_ascii_digit).count();
            rest[from..from + len].parse::<u32>().ok().map(|value| (value, from + len))
        };
        let mark = rest.as_bytes().get(4).copied();
        let found = match mark {
            Some(b'/' | b'-' | b'_' | b'.') => digits(5, 2)
                .filter(|(_, next)| rest.as_bytes().get(*next).copied() == mark)
                .and_then(|(month, next)| Some((month, digits(next + 1, 2)?))),
            _ => digits(4, 2)
                .filter(|(_, next)| *next == 6)
                .and_then(|(month, next)| Some((month, digits(next, 2).filter(|(_, end)| *end == 8)?))),
        };
        if let Some((month, (day, end))) = found
            && !rest[end..].starts_with(|char: char| char.is_ascii_digit())
            && let Some(moment) = Moment::date(year as i32, month, day)
        {
            return Some((moment, &rest[..end]));
        }
    }
    None
}

/// A date in an element named for dates, wherever it stands outside furniture.
fn named_date(sources: &Sources<'_, '_>) -> Option<Stated<Moment>> {
    let tree = sources.page.tree;
    let mut places: Vec<Place> = sources
        .survey
        .named
        .iter()
        .filter(|place| place.roles.has(Roles::DATE) && !sources.survey.is_furniture(**place))
        .copied()
        .collect();
    places.sort_by_key(|place| distance(sources, *place));
    places.into_iter().take(20).find_map(|place| {
        let words = visible(tree, place.node);
        if words.len() > MAX_LINE {
            return None;
        }
        let now = label(sources, &words).is_some_and(says_now);
        if !now { dated(sources, &words) } else { None }
    })
}

/// Any `<time>` outside furniture, nearest first.
fn any_time(sources: &Sources<'_, '_>) -> Option<Stated<Moment>> {
    let mut times: Vec<Place> =
        sources.survey.times.iter().filter(|place| !sources.survey.is_furniture(**place)).copied().collect();
    times.sort_by_key(|place| distance(sources, *place));
    times.into_iter().take(10).find_map(|place| of_element(sources, place.node))
}

/// "This article was published on 18 November 2024 by Nora": a line that says that the page was published.
fn labelled_line(sources: &Sources<'_, '_>) -> Option<Stated<Moment>> {
    labelled(sources, false)
}

/// "[Stand: 18.11.2024]" in a footer: the same in what is furniture by its name.
fn labelled_furniture(sources: &Sources<'_, '_>) -> Option<Stated<Moment>> {
    labelled(sources, true)
}

fn labelled(sources: &Sources<'_, '_>, furniture: bool) -> Option<Stated<Moment>> {
    let tree = sources.page.tree;
    let mut lines: Vec<Place> = sources
        .survey
        .dated
        .iter()
        .filter(|place| {
            sources.survey.is_furniture(**place) == furniture
                && !place.within.has(Roles::RELATED)
                && !place.within.has(Roles::CAPTION)
        })
        .copied()
        .collect();
    lines.sort_by_key(|place| distance(sources, *place));
    lines.into_iter().take(60).find_map(|place| {
        let (_, words) = near::line(tree, place.node);
        if says_published(label(sources, &words)?) { dated(sources, &words) } else { None }
    })
}

/// `<abbr data-utime="1731922200">`: a Unix time in an attribute named for time, nearest to the headline.
fn stamped(sources: &Sources<'_, '_>) -> Option<Stated<Moment>> {
    let mut places: Vec<Place> = sources
        .survey
        .stamps
        .iter()
        .map(|(place, _)| *place)
        .filter(|place| !sources.survey.is_furniture(*place))
        .collect();
    places.sort_by_key(|place| distance(sources, *place));
    places.into_iter().take(10).find_map(|place| stamp(sources, place))
}

/// A date near the beginning of a short line of the page outside furniture, nearest first; copyright lines, captions and
/// the page's clock state none.
fn any_line(sources: &Sources<'_, '_>) -> Option<Stated<Moment>> {
    const LABEL_WORDS: usize = 4;
    let tree = sources.page.tree;
    let mut lines: Vec<Place> = sources
        .survey
        .dated
        .iter()
        .filter(|place| !sources.survey.is_furniture(**place) && !place.within.has(Roles::CAPTION))
        .copied()
        .collect();
    lines.sort_by_key(|place| distance(sources, *place));
    lines.into_iter().take(60).find_map(|place| {
        let mut words = Traced::new();
        tree.trace_text(place.node, &mut words);
        let words = words.fold_space();
        let label = label(sources, &words)?;
        let words_before = label.split_whitespace().count();
        let stated = words_before <= LABEL_WORDS && !words.text().contains('©') && !says_now(label);
        if stated { dated(sources, &words) } else { None }
    })
}

/// `"datePublished":"2024-11-18T09:30:00Z"` in a script that is no JSON-LD: the state of a page that draws itself, also
/// as a JavaScript object (`firstPublicationDate: "20241118"`) and inside a string (`\"publishedAt\":\"…\"`).
fn script_state(sources: &Sources<'_, '_>) -> Option<Stated<Moment>> {
    const KEYS: [&str; 9] = [
        "datePublished",
        "publishedAt",
        "publishDate",
        "publicationDate",
        "published_at",
        "publish_date",
        "firstPublished",
        "firstPublicationDate",
        "published_time",
    ];
    const MAX_VALUE: usize = 60;
    static FINDERS: LazyLock<[Finder<'static>; 9]> = LazyLock::new(|| KEYS.map(Finder::new));
    let source = sources.page.tree.source();
    FINDERS.iter().find_map(|key| {
        let behind = key.find(source.as_bytes())? + key.needle().len();
        let rest = &source[behind..source.floor_char_boundary(behind + MAX_VALUE)];
        let value = rest.trim_start_matches(['\\', '"', '\'']).trim_start().strip_prefix(':')?.trim_start();
        let value = value.trim_start_matches('\\').strip_prefix(['"', '\''])?;
        let start = behind + rest.len() - value.len();
        let end = start + value.find(['"', '\'', '\\'])?;
        let mut words = Traced::new();
        words.push_verbatim(source, start as u32..end as u32);
        dated(sources, &words)
    })
}

/// The dates that readers are shown near the headline, and that of the address.
fn shown_days(sources: &Sources<'_, '_>, shown: &[NodeId]) -> impl Iterator<Item = Stated<Moment>> {
    let in_words = shown.iter().filter_map(|&node| {
        let words = visible(sources.page.tree, node);
        if words.len() <= MAX_LINE && !is_update(sources, node) { dated(sources, &words) } else { None }
    });
    let beside = std::iter::once_with(|| beside_headline(sources)).flatten();
    in_words.chain(beside).chain(std::iter::once_with(|| url_date(sources)).flatten())
}

/// The elements above the body that show dates: short lines with a date in them.
fn shown(sources: &Sources<'_, '_>) -> Vec<NodeId> {
    let tree = sources.page.tree;
    let mut nodes: Vec<NodeId> = sources
        .survey
        .times
        .iter()
        .filter(|place| is_near(sources, **place) && tree.is(place.node, Name::TIME))
        .map(|place| place.node)
        .take(20)
        .collect();
    for place in
        sources.survey.named.iter().filter(|place| place.roles.has(Roles::DATE) && is_near(sources, **place)).take(40)
    {
        let words = visible(tree, place.node);
        if words.len() <= MAX_LINE && dates::find(words.text()).is_some() && !nodes.contains(&place.node) {
            nodes.push(place.node);
        }
    }
    nodes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_state_dates() {
        let date = |url| date_in_address(url).map(|(moment, written)| (moment.to_string(), written));
        assert_eq!(date("https://a.example/2024/11/18/ferry"), Some(("2024-11-18".to_owned(), "2024/11/18")));
        assert_eq!(date("https://a.example/news/ferry-2024-11-18.html"), Some(("2024-11-18".to_owned(), "2024-11-18")));
        assert_eq!(date("https://a.example/20241118/ferry"), Some(("2024-11-18".to_owned(), "20241118")));
        assert_eq!(date("https://a.example/паром/2024/11/18"), Some(("2024-11-18".to_owned(), "2024/11/18")));
        assert_eq!(date("https://a.example/2024/11/ferry"), None);
        assert_eq!(date("https://a.example/202411181234567"), None);
    }
}
