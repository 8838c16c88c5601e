//! The headline as published, without the site's name.

use super::clues::urls::host;
use super::clues::words::{folded, overlap_of_parts, parts, visible};
use super::clues::{Clues, Headline, Roles, Spot};
use super::found::PageFields;
use super::site::{is_home_link, names_site, separators};
use onrecord_html::HtmlName;
use onrecord_span::Traced;

/// How much a heading must agree with what the metadata calls the article; one that agrees less is another article's or the
/// site's.
const AGREES: f32 = 0.5;

/// Lengths of headlines in bytes.
const LENGTH: std::ops::Range<usize> = 4..600;

/// Fewest letters of a headline that is recognised by how it looks.
const LETTERS: usize = 8;

/// One source of the headline, which knows what the metadata calls the article.
type HeadlineSource = fn(&Clues<'_>, &[Traced]) -> Option<Headline>;

/// The sources in the order in which they are asked.
const SOURCES: &[HeadlineSource] = &[agreeing_heading, large_type, only_heading, stated_title, first_heading];

/// Finds the headline, before the fields that are looked for near it.
pub(super) fn headline(clues: &Clues<'_>) -> Option<Headline> {
    let stated = stated_titles(clues);
    SOURCES.iter().find_map(|source| source(clues, &stated))
}

/// States the headline that was found.
pub(super) fn read(clues: &Clues<'_>, found: &mut PageFields) {
    let Some(headline) = &clues.headline else { return };
    found.fields.headline = Some(clues.page.stated(&headline.words));
    found.headline_node = headline.spot.map(|spot| spot.node);
    found.headline_words = Some(headline.words.clone());
}

/// The first headline in JSON-LD, OpenGraph, other metadata or the title, without the site's name.
fn stated_title(_: &Clues<'_>, stated: &[Traced]) -> Option<Headline> {
    let words = stated.iter().find(|words| LENGTH.contains(&words.len()))?;
    Some(Headline { words: words.clone(), spot: None })
}

/// The first `<h1>`.
fn first_heading(clues: &Clues<'_>, _: &[Traced]) -> Option<Headline> {
    let spot = headings(clues).find(|spot| clues.page.tree.is(spot.node, HtmlName::H1))?;
    let words = visible(clues.page.tree, spot.node);
    (!words.is_empty()).then_some(Headline { words, spot: Some(spot) })
}

/// `<font size=6><b>Ferry hits breakwater</b></font>` on a page without headings and without a headline in its metadata.
fn large_type(clues: &Clues<'_>, _: &[Traced]) -> Option<Headline> {
    /// Elements that are looked at.
    const ELEMENTS: usize = 20;
    /// Longest headline in bytes; more is a paragraph in large type.
    const LONGEST: usize = 300;
    let tree = clues.page.tree;
    let named = clues.json_ld.words("headline").is_some() || clues.meta("network_title").is_some();
    if named || !clues.survey.headings.is_empty() {
        return None;
    }
    clues.survey.large.iter().take(ELEMENTS).find_map(|spot| {
        let words = visible(tree, spot.node);
        let letters = words.text().chars().filter(|char| char.is_alphabetic()).count();
        let fits = letters >= LETTERS && words.len() < LONGEST && !is_site(clues, words.text());
        fits.then_some(Headline { words, spot: Some(*spot) })
    })
}

/// The only `<h1>` outside furniture, if it stands shortly above the body: readers see it as the headline, whatever the metadata
/// says. `<title>Online loans: what do they cost? | Bank</title>` … `<h1>What loans cost in March</h1>`
fn only_heading(clues: &Clues<'_>, _: &[Traced]) -> Option<Headline> {
    /// Elements between heading and body.
    const ABOVE_BODY: u32 = 400;
    let tree = clues.page.tree;
    let survey = &clues.survey;
    let mut shown = survey
        .headings
        .iter()
        .filter(|spot| {
            tree.is(spot.node, HtmlName::H1) && !survey.is_furniture(**spot) && !is_home_link(tree, spot.node)
        })
        .map(|spot| (*spot, visible(tree, spot.node)))
        .filter(|(_, words)| LENGTH.contains(&words.len()) && !is_site(clues, words.text()));
    let (spot, words) = shown.next()?;
    let above = spot.order < survey.first_block && survey.first_block - spot.order <= ABOVE_BODY;
    let letters = words.text().chars().filter(|char| char.is_alphabetic()).count();
    (above && letters >= LETTERS && shown.next().is_none()).then_some(Headline { words, spot: Some(spot) })
}

/// What the metadata calls the article, without the site's name, the best first.
fn stated_titles(clues: &Clues<'_>) -> Vec<Traced> {
    /// Headings that a title is compared with.
    const HEADINGS: usize = 6;
    let tree = clues.page.tree;
    let mut titles: Vec<Traced> = Vec::new();
    titles.extend(clues.json_ld.words("headline"));
    titles.extend(clues.meta("network_title"));
    titles.extend(clues.meta("title"));
    titles.extend(clues.json_ld.words("name"));
    titles.extend(clues.survey.title.map(|node| visible(tree, node)));
    let headings: Vec<String> =
        headings(clues).take(HEADINGS).map(|spot| folded(visible(tree, spot.node).text())).collect();
    titles
        .iter()
        .map(|title| without_site(clues, title, &headings))
        .filter(|title| !is_site(clues, title.text()))
        .collect()
}

/// Whether words are the name of the site.
fn is_site(clues: &Clues<'_>, words: &str) -> bool {
    /// Most words of a site's name.
    const WORDS: usize = 4;
    let host = clues.url.as_deref().and_then(host);
    words.split_whitespace().count() <= WORDS && names_site(words, clues.site.as_ref(), host)
}

/// "Ferry hits breakwater | The Courier" → "Ferry hits breakwater": cuts off a tail or a head that is the site's name, and a tail
/// without which the title equals one of the page's `headings`, which are folded.
fn without_site(clues: &Clues<'_>, title: &Traced, headings: &[String]) -> Traced {
    /// Most words of a tail, and of a head, that is the site's name.
    const TAIL: usize = 6;
    const HEAD: usize = 4;
    let host = clues.url.as_deref().and_then(host);
    let mut words = title.clone();
    let cuts: Vec<(usize, usize)> = separators(title.text()).collect();
    for (head, tail) in cuts.iter().rev() {
        let tail_words = &title.text()[*tail..];
        if tail_words.split_whitespace().count() <= TAIL && names_site(tail_words, clues.site.as_ref(), host) {
            words = title.slice(0..*head);
            break;
        }
    }
    if let Some((head, tail)) = cuts.first()
        && words.len() > *tail
        && title.text()[..*head].split_whitespace().count() <= HEAD
        && names_site(&title.text()[..*head], clues.site.as_ref(), host)
    {
        words = words.slice(*tail..words.len());
    }
    // "Draft law: a little progress" is not the headline "Draft law" if a heading has all of it.
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

/// Elements that could show the headline: `<h1>`, then elements named for it, then `<h2>`.
fn headings<'p>(clues: &'p Clues<'_>) -> impl Iterator<Item = Spot> + 'p {
    /// Most `<h2>`, and most other elements named for headlines; more are those of teasers.
    const SECOND_RANK: usize = 10;
    const NAMED: usize = 20;
    let tree = clues.page.tree;
    let survey = &clues.survey;
    let first_rank = survey.headings.iter().filter(move |spot| tree.is(spot.node, HtmlName::H1));
    let props = survey.props.iter().filter(|(prop, _)| prop == "headline").map(|(_, spot)| spot);
    let named =
        survey.headings.iter().filter(move |spot| !tree.is(spot.node, HtmlName::H1) && spot.roles.has(Roles::HEADLINE));
    let second_rank =
        survey.headings.iter().filter(move |spot| tree.is(spot.node, HtmlName::H2) && !spot.roles.has(Roles::HEADLINE));
    let divs = survey.named.iter().filter(move |spot| {
        spot.roles.has(Roles::HEADLINE) && !matches!(tree.name(spot.node), HtmlName::H1 | HtmlName::H2 | HtmlName::H3)
    });
    let all =
        first_rank.chain(props).chain(named).chain(second_rank.take(SECOND_RANK)).chain(divs.take(NAMED)).copied();
    all.filter(move |spot| !is_home_link(tree, spot.node))
}

/// The heading that agrees best with what JSON-LD, OpenGraph or the title call the article; of equals the first.
fn agreeing_heading(clues: &Clues<'_>, stated: &[Traced]) -> Option<Headline> {
    /// Headings that are looked at.
    const MAX_HEADINGS: usize = 60;
    /// What agreement loses with each less reliable title, and with each heading farther down.
    const LATER_TITLE: f32 = 0.01;
    const LATER_HEADING: f32 = 0.001;
    /// What it loses in furniture, and inside the body.
    const FURNITURE: f32 = 0.15;
    const IN_BODY: f32 = 0.2;
    let tree = clues.page.tree;
    let titles: Vec<String> = stated.iter().map(|title| folded(title.text())).collect();
    let titles: Vec<(&str, Vec<&str>)> = titles.iter().map(|title| (title.as_str(), parts(title))).collect();
    let mut best: Option<(f32, Spot, Traced)> = None;
    for (rank, spot) in headings(clues).take(MAX_HEADINGS).enumerate() {
        let words = visible(tree, spot.node);
        if !LENGTH.contains(&words.len()) || is_site(clues, words.text()) {
            continue;
        }
        let heading = folded(words.text());
        let heading = (heading.as_str(), parts(&heading));
        let agreement = titles
            .iter()
            .enumerate()
            .map(|(later, title)| agreement(&heading, title) - later as f32 * LATER_TITLE)
            .fold(0.0, f32::max);
        let furniture = if clues.survey.is_furniture(spot) { FURNITURE } else { 0.0 };
        let late = if spot.order > clues.survey.first_block { IN_BODY } else { 0.0 };
        let score = agreement - furniture - late - rank as f32 * LATER_HEADING;
        if score >= AGREES && best.as_ref().is_none_or(|(found, ..)| score > *found) {
            best = Some((score, spot, words));
        }
    }
    let (_, spot, words) = best?;
    let words = without_named_kicker(clues, spot, &words).unwrap_or(words);
    let words = with_published_kicker(clues, &words).unwrap_or_else(|| without_kicker(&words, stated));
    Some(Headline { words, spot: Some(spot) })
}

/// How much a heading and a stated title agree, both folded and with their parts: the words that they share, or more if one begins
/// or ends with the other, depending on how long the shorter one is.
fn agreement((heading, heading_parts): &(&str, Vec<&str>), (title, title_parts): &(&str, Vec<&str>)) -> f32 {
    /// Shortest title in bytes that counts as a part of the other.
    const SHORTEST: usize = 12;
    /// What a part counts at least, and what it gains with its length.
    const PART: f32 = 0.8;
    const LONGER: f32 = 0.15;
    let (short, long) = if heading.len() <= title.len() { (heading, title) } else { (title, heading) };
    let contained = short.len() >= SHORTEST && (long.starts_with(short) || long.ends_with(short));
    let shared = overlap_of_parts((heading, heading_parts), (title, title_parts));
    if contained { shared.max(PART + LONGER * short.len() as f32 / long.len() as f32) } else { shared }
}

/// `<h1><span class="overline">Ferry disaster</span>Six dead as ferry hits wall</h1>`: an element named for a kicker
/// is not part of the headline, unless JSON-LD or OpenGraph have it there too.
fn without_named_kicker(clues: &Clues<'_>, spot: Spot, words: &Traced) -> Option<Traced> {
    /// Elements, and levels, between heading and kicker.
    const INSIDE: u32 = 8;
    const LEVELS: usize = 3;
    let tree = clues.page.tree;
    let published = [clues.json_ld.words("headline"), clues.meta("network_title")];
    if published.iter().flatten().any(|title| folded(title.text()).starts_with(&folded(words.text()))) {
        return None;
    }
    let kicker = clues.survey.named.iter().find(|named| {
        named.roles.has(Roles::SECTION)
            && named.order > spot.order
            && named.order <= spot.order + INSIDE
            && tree.ancestors(named.node).take(LEVELS).any(|around| around == spot.node)
    })?;
    let kicker = visible(tree, kicker.node);
    let headline = words.text().strip_prefix(kicker.text())?;
    let headline = headline.trim_start_matches([' ', ':', '–', '—', '|', '-', '•', '+']);
    let letters = headline.chars().filter(|char| char.is_alphabetic()).count();
    (!kicker.is_empty() && letters >= LETTERS).then(|| words.slice(words.len() - headline.len()..words.len()))
}

/// `<h1>Nairobi from below</h1>` if JSON-LD and OpenGraph both have "Kenya: Nairobi from below": if the outlet twice publishes the
/// headline with a kicker and a colon, the page shows the kicker elsewhere.
fn with_published_kicker(clues: &Clues<'_>, words: &Traced) -> Option<Traced> {
    let linked = clues.json_ld.words("headline")?;
    let shared = clues.meta("network_title")?;
    let kicker = linked.text().strip_suffix(words.text())?.trim_end().strip_suffix(':')?;
    let fits = !kicker.is_empty() && kicker.len() < words.len() * 2 && folded(shared.text()) == folded(linked.text());
    fits.then_some(linked)
}

/// "Ferry disaster Six dead as ferry hits wall" → "Six dead as ferry hits wall": a heading that ends with exactly
/// what JSON-LD or OpenGraph call the article has a kicker in front.
fn without_kicker(words: &Traced, stated: &[Traced]) -> Traced {
    /// Titles that are compared: those of JSON-LD and OpenGraph.
    const TITLES: usize = 2;
    for title in stated.iter().take(TITLES) {
        let head = words.len().saturating_sub(title.len());
        if head > 0 && head < words.len() / 2 && words.text().ends_with(title.text()) {
            return words.slice(head..words.len()).trim();
        }
    }
    words.clone()
}
