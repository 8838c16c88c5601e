//! The headline, as published: without the site's name.

use super::Sources;
use super::address::host;
use super::site::{is_home_link, names_site, separators};
use super::survey::{Place, Roles, Survey};
use super::words::{attribute, folded, overlap_of_parts, parts, visible};
use crate::page::Page;
use onrecord_html::Name;
use onrecord_span::Traced;

/// The headline's words, and the element that shows them.
pub(super) struct Headline {
    pub words: Traced,
    pub place: Option<Place>,
}

/// A heading that shares less than this with what the metadata calls the article is another article's, or the site's.
const AGREES: f32 = 0.5;

/// Longest and shortest headline in bytes.
const LENGTH: std::ops::Range<usize> = 4..600;

/// What the page's metadata calls it, for finding the article's node among the JSON-LD: `og:title`, else the title.
pub(super) fn rough_title(page: &Page<'_>, survey: &Survey) -> String {
    let meta = survey.metas(&["og:title", "twitter:title"]).find_map(|node| attribute(page.tree, node, "content"));
    let words = meta.or_else(|| survey.title.map(|node| visible(page.tree, node)));
    words.map(|words| words.text().to_owned()).unwrap_or_default()
}

/// The headline from its sources in order:
///
/// 1. a heading that agrees with what JSON-LD, OpenGraph or the title call the article;
/// 2. on a page without such metadata and without headings, its first large type;
/// 3. the page's only first-rank heading above its body;
/// 4. the JSON-LD headline, `og:title`, other metadata and the title, the site's name cut off;
/// 5. the first of its first-rank headings.
pub(super) fn headline(sources: &Sources<'_, '_>) -> Option<Headline> {
    let stated = stated_titles(sources);
    if let Some(found) = agreeing_heading(sources, &stated) {
        return Some(found);
    }
    let named = sources.graph.words("headline").is_some() || sources.meta(&["og:title"]).is_some();
    if !named && let Some(found) = large_type(sources) {
        return Some(found);
    }
    if let Some(found) = only_heading(sources) {
        return Some(found);
    }
    if let Some(words) = stated.into_iter().find(|words| LENGTH.contains(&words.len())) {
        return Some(Headline { words, place: None });
    }
    let place = headings(sources).find(|place| sources.page.tree.is(place.node, Name::H1))?;
    let words = visible(sources.page.tree, place.node);
    (!words.is_empty()).then_some(Headline { words, place: Some(place) })
}

/// `<font size=6><b>Ferry hits breakwater</b></font>` on a page that has no headings.
fn large_type(sources: &Sources<'_, '_>) -> Option<Headline> {
    const FEWEST_LETTERS: usize = 8;
    let tree = sources.page.tree;
    if !sources.survey.headings.is_empty() {
        return None;
    }
    sources.survey.large.iter().take(20).find_map(|place| {
        let words = visible(tree, place.node);
        let letters = words.text().chars().filter(|char| char.is_alphabetic()).count();
        let fits = letters >= FEWEST_LETTERS && words.len() < 300 && !is_site(sources, words.text());
        fits.then_some(Headline { words, place: Some(*place) })
    })
}

/// `<title>Online loans: what do they cost? | Bank</title>`, `<h1>What loans cost in March</h1>`: the only first-rank
/// heading outside furniture, shortly above the body, is what readers see as the headline, whatever the metadata say.
fn only_heading(sources: &Sources<'_, '_>) -> Option<Headline> {
    const ABOVE_BODY: u32 = 400;
    const FEWEST_LETTERS: usize = 8;
    let tree = sources.page.tree;
    let survey = sources.survey;
    let mut shown = survey
        .headings
        .iter()
        .filter(|place| {
            tree.is(place.node, Name::H1) && !survey.is_furniture(**place) && !is_home_link(tree, place.node)
        })
        .map(|place| (*place, visible(tree, place.node)))
        .filter(|(_, words)| LENGTH.contains(&words.len()) && !is_site(sources, words.text()));
    let (place, words) = shown.next()?;
    let above = place.order < survey.first_block && survey.first_block - place.order <= ABOVE_BODY;
    let letters = words.text().chars().filter(|char| char.is_alphabetic()).count();
    (above && letters >= FEWEST_LETTERS && shown.next().is_none()).then_some(Headline { words, place: Some(place) })
}

/// What the metadata calls the article, the site's name cut off, best first.
fn stated_titles(sources: &Sources<'_, '_>) -> Vec<Traced> {
    let tree = sources.page.tree;
    let mut titles: Vec<Traced> = Vec::new();
    titles.extend(sources.graph.words("headline"));
    titles.extend(sources.meta(&["og:title"]));
    titles.extend(sources.meta(&[
        "twitter:title",
        "dc.title",
        "dcterms.title",
        "citation_title",
        "parsely-title",
        "sailthru.title",
        "title",
        "headline",
    ]));
    titles.extend(sources.graph.words("name"));
    titles.extend(sources.survey.title.map(|node| visible(tree, node)));
    let headings: Vec<String> =
        headings(sources).take(6).map(|place| folded(visible(tree, place.node).text())).collect();
    titles
        .iter()
        .map(|title| without_site(sources, title, &headings))
        .filter(|title| !is_site(sources, title.text()))
        .collect()
}

fn is_site(sources: &Sources<'_, '_>, words: &str) -> bool {
    let host = sources.url.as_deref().and_then(host);
    words.split_whitespace().count() <= 4 && names_site(words, sources.site.as_ref(), host)
}

/// "Ferry hits breakwater | The Courier" → "Ferry hits breakwater": a tail, or a head, that is the site's name goes; so
/// does a tail that makes the rest equal to one of the page's `headings`, which are folded.
fn without_site(sources: &Sources<'_, '_>, title: &Traced, headings: &[String]) -> Traced {
    let host = sources.url.as_deref().and_then(host);
    let mut words = title.clone();
    let cuts: Vec<(usize, usize)> = separators(title.text()).collect();
    for (head, tail) in cuts.iter().rev() {
        let tail_words = &title.text()[*tail..];
        if tail_words.split_whitespace().count() <= 6 && names_site(tail_words, sources.site.as_ref(), host) {
            words = title.slice(0..*head);
            break;
        }
    }
    if let Some((head, tail)) = cuts.first()
        && words.len() > *tail
        && title.text()[..*head].split_whitespace().count() <= 4
        && names_site(&title.text()[..*head], sources.site.as_ref(), host)
    {
        words = words.slice(*tail..words.len());
    }
    // "Draft law: a little progress" is no headline "Draft law" where a heading says all of it.
    if headings.contains(&folded(words.text())) {
        return words.trim();
    }
    for (head, _) in cuts {
        if head < words.len() && headings.contains(&folded(&title.text()[..head])) {
            return title.slice(0..head);
        }
    }
    words.trim()
}

/// Headings that could be the headline: of the first rank and outside furniture, then elements named for it.
fn headings<'p>(sources: &'p Sources<'_, '_>) -> impl Iterator<Item = Place> + 'p {
    let tree = sources.page.tree;
    let survey = sources.survey;
    let first_rank = survey.headings.iter().filter(move |place| tree.is(place.node, Name::H1));
    let props = survey.props.iter().filter(|(prop, _)| prop == "headline").map(|(_, place)| place);
    let named =
        survey.headings.iter().filter(move |place| !tree.is(place.node, Name::H1) && place.roles.has(Roles::HEADLINE));
    let rest =
        survey.headings.iter().filter(move |place| tree.is(place.node, Name::H2) && !place.roles.has(Roles::HEADLINE));
    let divs = survey.named.iter().filter(move |place| {
        place.roles.has(Roles::HEADLINE) && !matches!(tree.name(place.node), Name::H1 | Name::H2 | Name::H3)
    });
    let all = first_rank.chain(props).chain(named).chain(rest.take(10)).chain(divs.take(20)).copied();
    all.filter(move |place| !is_home_link(tree, place.node))
}

/// The heading that agrees best with what the metadata calls the article; of equals the first.
fn agreeing_heading(sources: &Sources<'_, '_>, stated: &[Traced]) -> Option<Headline> {
    const MAX_HEADINGS: usize = 60;
    let tree = sources.page.tree;
    let titles: Vec<String> = stated.iter().map(|title| folded(title.text())).collect();
    let titles: Vec<(&str, Vec<&str>)> = titles.iter().map(|title| (title.as_str(), parts(title))).collect();
    let mut best: Option<(f32, Place, Traced)> = None;
    for (rank, place) in headings(sources).take(MAX_HEADINGS).enumerate() {
        let words = visible(tree, place.node);
        if !LENGTH.contains(&words.len()) || is_site(sources, words.text()) {
            continue;
        }
        let heading = folded(words.text());
        let heading = (heading.as_str(), parts(&heading));
        let agreement = titles
            .iter()
            .enumerate()
            .map(|(later, title)| agreement(&heading, title) - later as f32 * 0.01)
            .fold(0.0, f32::max);
        // What is furniture by its name, or stands in the body, must agree better.
        let furniture = if sources.survey.is_furniture(place) { 0.15 } else { 0.0 };
        let late = if place.order > sources.survey.first_block { 0.2 } else { 0.0 };
        let score = agreement - furniture - late - rank as f32 * 0.001;
        if score >= AGREES && best.as_ref().is_none_or(|(found, ..)| score > *found) {
            best = Some((score, place, words));
        }
    }
    let (_, place, words) = best?;
    let words = without_named_kicker(sources, place, &words).unwrap_or(words);
    let words = with_published_kicker(sources, &words).unwrap_or_else(|| without_kicker(&words, stated));
    Some(Headline { words, place: Some(place) })
}

/// How much a heading and a stated title, both folded and with their parts, agree: the words they share, or 0.8 and more where one begins or ends with the
/// other, the more the longer the shorter one is.
fn agreement((heading, heading_parts): &(&str, Vec<&str>), (title, title_parts): &(&str, Vec<&str>)) -> f32 {
    let (short, long) = if heading.len() <= title.len() { (heading, title) } else { (title, heading) };
    let contained = short.len() >= 12 && (long.starts_with(short) || long.ends_with(short));
    let shared = overlap_of_parts((heading, heading_parts), (title, title_parts));
    if contained { shared.max(0.8 + 0.15 * short.len() as f32 / long.len() as f32) } else { shared }
}

/// `<h1><span class="overline">Ferry disaster</span>Six dead as ferry hits wall</h1>`: what is named a kicker is none of
/// the headline, unless JSON-LD or OpenGraph have it there as well.
fn without_named_kicker(sources: &Sources<'_, '_>, place: Place, words: &Traced) -> Option<Traced> {
    const INSIDE: u32 = 8;
    const FEWEST_LETTERS: usize = 8;
    let tree = sources.page.tree;
    let published = [sources.graph.words("headline"), sources.meta(&["og:title"])];
    if published.iter().flatten().any(|title| folded(title.text()).starts_with(&folded(words.text()))) {
        return None;
    }
    let kicker = sources.survey.named.iter().find(|named| {
        named.roles.has(Roles::SECTION)
            && named.order > place.order
            && named.order <= place.order + INSIDE
            && tree.ancestors(named.node).take(3).any(|around| around == place.node)
    })?;
    let kicker = visible(tree, kicker.node);
    let rest = words.text().strip_prefix(kicker.text())?;
    let rest = rest.trim_start_matches([' ', ':', '–', '—', '|', '-', '•', '+']);
    let letters = rest.chars().filter(|char| char.is_alphabetic()).count();
    (!kicker.is_empty() && letters >= FEWEST_LETTERS).then(|| words.slice(words.len() - rest.len()..words.len()))
}

/// `<h1>Nairobi from below</h1>` where JSON-LD and OpenGraph both have "Kenya: Nairobi from below": what the outlet gives
/// out with a kicker and a colon, twice alike, is its headline; the page shows the kicker elsewhere.
fn with_published_kicker(sources: &Sources<'_, '_>, words: &Traced) -> Option<Traced> {
    let linked = sources.graph.words("headline")?;
    let shared = sources.meta(&["og:title"])?;
    let kicker = linked.text().strip_suffix(words.text())?.trim_end().strip_suffix(':')?;
    let fits = !kicker.is_empty() && kicker.len() < words.len() * 2 && folded(shared.text()) == folded(linked.text());
    fits.then_some(linked)
}

/// "Ferry disaster Six dead as ferry hits wall" → "Six dead as ferry hits wall": a heading that ends with exactly what
/// JSON-LD or OpenGraph call the article has a kicker in front.
fn without_kicker(words: &Traced, stated: &[Traced]) -> Traced {
    for title in stated.iter().take(2) {
        let head = words.len().saturating_sub(title.len());
        if head > 0 && head < words.len() / 2 && words.text().ends_with(title.text()) {
            return words.slice(head..words.len()).trim();
        }
    }
    words.clone()
}
