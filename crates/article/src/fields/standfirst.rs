//! The standfirst: the summary that the page shows under the headline.

use super::Sources;
use super::near;
use super::survey::{Place, Roles};
use super::words::{folded, visible};
use onrecord_html::{Name, NodeId, NodeKind, Tree};
use onrecord_span::Traced;

/// Shortest and longest standfirst in characters: shorter ones are labels, longer ones are paragraphs.
const LENGTH: std::ops::RangeInclusive<usize> = 20..=700;

/// The standfirst and its element, by the first of these rules that finds one:
///
/// 1. an element named for it (`class="standfirst"`, `itemprop="description"`) between headline and body;
/// 2. a heading of the second rank right behind the headline;
/// 3. a line between headline and body that says what the metadata's description says;
/// 4. a line in larger type behind a headline in large type, on a page without headings;
/// 5. the first paragraph, where all of it and nothing of the next is bold.
pub(super) fn standfirst(sources: &Sources<'_, '_>) -> Option<(NodeId, Traced)> {
    named(sources)
        .or_else(|| second_heading(sources))
        .or_else(|| described(sources))
        .or_else(|| larger_type(sources))
        .or_else(|| bold_opening(sources))
}

fn fits(sources: &Sources<'_, '_>, words: &Traced) -> bool {
    LENGTH.contains(&words.text().chars().count())
        && words.text().split_whitespace().count() >= if words.text().is_ascii() { 4 } else { 1 }
        && folded(words.text()) != folded(&sources.headline_text)
}

/// Whether a place stands between the headline and the first paragraph, or shortly before the headline's end.
fn is_above_body(sources: &Sources<'_, '_>, place: Place) -> bool {
    const FAR: u32 = 80;
    let after =
        sources.headline.is_some_and(|headline| place.order > headline.order && place.order <= headline.order + FAR);
    after && place.order <= sources.survey.first_block
}

/// `<p class="article__standfirst">Six people died …</p>`
fn named(sources: &Sources<'_, '_>) -> Option<(NodeId, Traced)> {
    let tree = sources.page.tree;
    let places = sources.survey.named.iter().filter(|place| {
        (place.roles.has(Roles::STANDFIRST)
            || tree.attr_named(place.node, Name::ITEMPROP).is_some_and(|prop| prop.raw() == "description"))
            && !place.roles.has(Roles::CAPTION)
            && !place.within.has(Roles::CAPTION)
            && !matches!(tree.name(place.node), Name::MAIN | Name::ARTICLE | Name::BODY | Name::FIGCAPTION | Name::IMG)
    });
    for place in places {
        if !is_above_body(sources, *place) || sources.survey.is_furniture(*place) {
            continue;
        }
        let words = visible(tree, place.node);
        if fits(sources, &words) && !sources.survey.around.contains(&place.node) {
            return Some((place.node, words));
        }
    }
    None
}

/// `<h1>Ferry hits wall</h1><h2>Six dead as radar fails in fog, coastguard says</h2>`
fn second_heading(sources: &Sources<'_, '_>) -> Option<(NodeId, Traced)> {
    const NEXT: u32 = 12;
    let tree = sources.page.tree;
    let headline = sources.headline?;
    let place = sources.survey.headings.iter().find(|place| place.order > headline.order)?;
    let next = place.order <= headline.order + NEXT && place.order < sources.survey.first_block;
    if !next || !tree.is(place.node, Name::H2) || sources.survey.is_furniture(*place) {
        return None;
    }
    let words = visible(tree, place.node);
    // A character of a script without spaces says as much as two or three letters.
    let weight: usize = words.text().chars().map(|char| if char > '\u{2E7F}' { 2 } else { 1 }).sum();
    (fits(sources, &words) && weight >= 40).then_some((place.node, words))
}

/// `<font size=6>The dead of Sarvo</font><br><font size=4><i>Danek: we will not be bombed</i></font>`
fn larger_type(sources: &Sources<'_, '_>) -> Option<(NodeId, Traced)> {
    const BEHIND: usize = 6;
    let tree = sources.page.tree;
    if !sources.survey.headings.is_empty() {
        return None;
    }
    let mut next = sources.headline.filter(|headline| tree.is(headline.node, Name::FONT))?.node;
    for _ in 0..BEHIND {
        next = tree.next_sibling(next)?;
        let size = tree.attr_named(next, Name::SIZE).map(|size| size.value().trim().to_owned());
        if tree.is(next, Name::FONT) {
            let words = visible(tree, next);
            let larger = matches!(size.as_deref(), Some("4" | "5" | "+1" | "+2"));
            return (larger && fits(sources, &words)).then_some((next, words));
        }
    }
    None
}

/// `<p><b>Six people died when a ferry hit the wall.</b></p><p>The ferry …</p>`
fn bold_opening(sources: &Sources<'_, '_>) -> Option<(NodeId, Traced)> {
    const SHORTEST: usize = 40;
    const LONGEST: usize = 300;
    const TEXTS: usize = 25;
    let tree = sources.page.tree;
    let first = sources.survey.first_node;
    let above = sources.behind.above_body(sources).iter().take(TEXTS).map(|text| near::block(tree, text.node));
    above.chain(first).find_map(|paragraph| {
        if !tree.is(paragraph, Name::P) || !is_bold(tree, paragraph) {
            return None;
        }
        let words = visible(tree, paragraph);
        let fits = (SHORTEST..=LONGEST).contains(&words.text().chars().count()) && fits(sources, &words);
        fits.then_some((paragraph, words))
    })
}

/// Whether all words of an element are bold.
fn is_bold(tree: &Tree<'_>, node: NodeId) -> bool {
    const MAX_NODES: usize = 60;
    let texts = tree
        .descendants(node)
        .take(MAX_NODES)
        .filter(|below| tree.kind(*below) == NodeKind::Text && tree.raw_text(*below).contains(char::is_alphanumeric));
    texts.into_iter().all(|text| {
        let mut inside = tree.ancestors(text).take_while(|around| *around != node);
        inside.any(|around| matches!(tree.name(around), Name::B | Name::STRONG))
    })
}

/// A line that the page shows above its body and repeats in `<meta name="description">` or JSON-LD.
fn described(sources: &Sources<'_, '_>) -> Option<(NodeId, Traced)> {
    let tree = sources.page.tree;
    let mut descriptions: Vec<String> = Vec::new();
    for keys in [["description"].as_slice(), &["og:description"], &["twitter:description"]] {
        descriptions.extend(sources.meta(keys).map(|words| folded(words.text())));
    }
    descriptions.extend(sources.graph.words("description").map(|words| folded(words.text())));
    descriptions.retain(|description| description.chars().count() >= *LENGTH.start());
    if descriptions.is_empty() {
        return None;
    }
    for text in sources.behind.texts(sources).iter().take(25) {
        let line = near::block(tree, text.node);
        if sources.survey.around.contains(&line) {
            continue;
        }
        let words = visible(tree, line);
        let said = folded(words.text());
        if descriptions.contains(&said) && fits(sources, &words) {
            // The body's first paragraph is often the description as well.
            let opens_body = !sources.opening.is_empty() && folded(sources.opening).starts_with(&said);
            return (!opens_body).then_some((line, words));
        }
    }
    None
}
