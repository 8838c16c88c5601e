//! The standfirst: the summary that the page shows under the headline.

use super::clues::near;
use super::clues::words::{folded, visible};
use super::clues::{Clues, Roles, Spot};
use super::found::PageFields;
use onrecord_html::{HtmlName, NodeId, NodeKind, Tree};
use onrecord_span::Traced;

/// Lengths of standfirsts in characters: shorter lines are labels, longer ones are paragraphs.
const LENGTH: std::ops::RangeInclusive<usize> = 20..=700;

/// One source of the standfirst: its element and its words.
type StandfirstSource = fn(&Clues<'_>) -> Option<(NodeId, Traced)>;

/// The sources in the order in which they are asked.
const SOURCES: &[StandfirstSource] = &[named, second_heading, described, larger_type, bold_opening];

/// Reads the standfirst from the first source that has it.
pub(super) fn read(clues: &Clues<'_>, found: &mut PageFields) {
    let Some((node, words)) = SOURCES.iter().find_map(|source| source(clues)) else { return };
    found.fields.standfirst = Some(clues.page.stated(&words));
    found.standfirst_node = Some(node);
}

/// Whether words can be a standfirst.
fn fits(clues: &Clues<'_>, words: &Traced) -> bool {
    /// Fewest words, in scripts with spaces between them.
    const WORDS: usize = 4;
    LENGTH.contains(&words.text().chars().count())
        && words.text().split_whitespace().count() >= if words.text().is_ascii() { WORDS } else { 1 }
        && folded(words.text()) != folded(clues.headline_text())
}

/// Whether a spot stands after the headline, near it, and before the first paragraph.
fn is_above_body(clues: &Clues<'_>, spot: Spot) -> bool {
    /// Most elements between headline and standfirst.
    const FAR: u32 = 80;
    let after =
        clues.headline_spot().is_some_and(|headline| spot.order > headline.order && spot.order <= headline.order + FAR);
    after && spot.order <= clues.survey.first_block
}

/// An element named for it: `<p class="article__standfirst">Six people died …</p>`
fn named(clues: &Clues<'_>) -> Option<(NodeId, Traced)> {
    let tree = clues.page.tree;
    let spots = clues.survey.named.iter().filter(|spot| {
        (spot.roles.has(Roles::STANDFIRST)
            || tree.attr_named(spot.node, HtmlName::ITEMPROP).is_some_and(|prop| prop.raw() == "description"))
            && !spot.roles.has(Roles::CAPTION)
            && !spot.within.has(Roles::CAPTION)
            && !matches!(
                tree.name(spot.node),
                HtmlName::MAIN | HtmlName::ARTICLE | HtmlName::BODY | HtmlName::FIGCAPTION | HtmlName::IMG
            )
    });
    for spot in spots {
        if !is_above_body(clues, *spot) || clues.survey.is_furniture(*spot) {
            continue;
        }
        let words = visible(tree, spot.node);
        if fits(clues, &words) && !clues.survey.around.contains(&spot.node) {
            return Some((spot.node, words));
        }
    }
    None
}

/// A heading of the second rank right after the headline: `<h1>Ferry hits wall</h1><h2>Six dead as radar fails in fog, coastguard says</h2>`
fn second_heading(clues: &Clues<'_>) -> Option<(NodeId, Traced)> {
    /// Most elements between headline and standfirst.
    const NEXT: u32 = 12;
    /// Shortest one, in letters; a character of a script without spaces counts for two.
    const SHORTEST: usize = 40;
    let tree = clues.page.tree;
    let headline = clues.headline_spot()?;
    let spot = clues.survey.headings.iter().find(|spot| spot.order > headline.order)?;
    let next = spot.order <= headline.order + NEXT && spot.order < clues.survey.first_block;
    if !next || !tree.is(spot.node, HtmlName::H2) || clues.survey.is_furniture(*spot) {
        return None;
    }
    let words = visible(tree, spot.node);
    let weight: usize = words.text().chars().map(|char| if char > '\u{2E7F}' { 2 } else { 1 }).sum();
    (fits(clues, &words) && weight >= SHORTEST).then_some((spot.node, words))
}

/// A line in larger type after a headline in large type, on a page without headings:
/// `<font size=6>The dead of Sarvo</font><br><font size=4><i>Danek: we will not be bombed</i></font>`
fn larger_type(clues: &Clues<'_>) -> Option<(NodeId, Traced)> {
    /// Neighbours of the headline that are looked at.
    const BEHIND: usize = 6;
    let tree = clues.page.tree;
    if !clues.survey.headings.is_empty() {
        return None;
    }
    let mut next = clues.headline_spot().filter(|headline| tree.is(headline.node, HtmlName::FONT))?.node;
    for _ in 0..BEHIND {
        next = tree.next_sibling(next)?;
        let size = tree.attr_named(next, HtmlName::SIZE).map(|size| size.value().trim().to_owned());
        if tree.is(next, HtmlName::FONT) {
            let words = visible(tree, next);
            let larger = matches!(size.as_deref(), Some("4" | "5" | "+1" | "+2"));
            return (larger && fits(clues, &words)).then_some((next, words));
        }
    }
    None
}

/// A first paragraph that is all bold: `<p><b>Six people died when a ferry hit the wall.</b></p><p>The ferry …</p>`
fn bold_opening(clues: &Clues<'_>) -> Option<(NodeId, Traced)> {
    /// Its length in characters.
    const LENGTH: std::ops::RangeInclusive<usize> = 40..=300;
    /// Texts after the headline that are looked at.
    const TEXTS: usize = 25;
    let tree = clues.page.tree;
    let first = clues.survey.first_node;
    let above = clues.texts_above_body().iter().take(TEXTS).map(|text| near::block(tree, text.node));
    above.chain(first).find_map(|paragraph| {
        if !tree.is(paragraph, HtmlName::P) || !is_bold(tree, paragraph) {
            return None;
        }
        let words = visible(tree, paragraph);
        let fits = LENGTH.contains(&words.text().chars().count()) && fits(clues, &words);
        fits.then_some((paragraph, words))
    })
}

/// Whether all words of an element are bold.
fn is_bold(tree: &Tree<'_>, node: NodeId) -> bool {
    /// Nodes that are looked at.
    const MAX_NODES: usize = 60;
    let texts = tree
        .descendants(node)
        .take(MAX_NODES)
        .filter(|below| tree.kind(*below) == NodeKind::Text && tree.raw_text(*below).contains(char::is_alphanumeric));
    texts.into_iter().all(|text| {
        let mut inside = tree.ancestors(text).take_while(|around| *around != node);
        inside.any(|around| matches!(tree.name(around), HtmlName::B | HtmlName::STRONG))
    })
}

/// A line that the page shows above its body and repeats in `<meta name="description">` or JSON-LD.
fn described(clues: &Clues<'_>) -> Option<(NodeId, Traced)> {
    /// Texts after the headline that are looked at.
    const TEXTS: usize = 25;
    let tree = clues.page.tree;
    let mut descriptions: Vec<String> = Vec::new();
    for list in ["description", "network_description", "twitter_description"] {
        descriptions.extend(clues.meta(list).map(|words| folded(words.text())));
    }
    descriptions.extend(clues.json_ld.words("description").map(|words| folded(words.text())));
    descriptions.retain(|description| description.chars().count() >= *LENGTH.start());
    if descriptions.is_empty() {
        return None;
    }
    for text in clues.texts_behind().iter().take(TEXTS) {
        let line = near::block(tree, text.node);
        if clues.survey.around.contains(&line) {
            continue;
        }
        let words = visible(tree, line);
        let line_words = folded(words.text());
        if descriptions.contains(&line_words) && fits(clues, &words) {
            // The description is often the first paragraph of the body.
            let opening = &clues.story.opening;
            let opens_body = !opening.is_empty() && folded(opening).starts_with(&line_words);
            return (!opens_body).then_some((line, words));
        }
    }
    None
}
