//! The section of the outlet that the article stands in.

use super::clues::words::visible;
use super::clues::{Clues, Roles};
use super::found::PageFields;
use super::site::title_parts;
use onrecord_html::NodeKind;
use onrecord_span::Traced;

/// One source of the section's name.
type SectionSource = fn(&Clues<'_>) -> Option<Traced>;

/// The sources in the order in which they are asked.
const SOURCES: &[SectionSource] = &[linked, meta, prop, label, capitals, of_title];

/// Reads the section from the first source that has it.
pub(super) fn read(clues: &Clues<'_>, found: &mut PageFields) {
    let words = SOURCES.iter().find_map(|source| source(clues));
    found.fields.section = words.map(|words| clues.page.stated(&words));
}

/// `"articleSection": "World"` in the article's JSON-LD.
fn linked(clues: &Clues<'_>) -> Option<Traced> {
    clues.json_ld.words("articleSection").filter(fits)
}

/// `<meta property="article:section" content="World">` and others like it.
fn meta(clues: &Clues<'_>) -> Option<Traced> {
    clues.meta("section").filter(fits)
}

/// "Ferry hits breakwater - World - The Courier": the middle of the title.
fn of_title(clues: &Clues<'_>) -> Option<Traced> {
    title_parts(clues.page, &clues.survey)?.section.filter(fits)
}

/// Whether words can be the name of a section.
fn fits(words: &Traced) -> bool {
    /// Length of such a name in characters.
    const LENGTH: std::ops::RangeInclusive<usize> = 2..=60;
    LENGTH.contains(&words.text().chars().count()) && !words.text().contains("://")
}

/// `<span itemprop="articleSection">World</span>`
fn prop(clues: &Clues<'_>) -> Option<Traced> {
    let found = clues.survey.props.iter().find(|(prop, _)| prop == "articlesection")?;
    Some(visible(clues.page.tree, found.1.node)).filter(fits)
}

/// `<font size=1><b>WORLD</b></font><br>`: a few words in capitals on a line of their own, right above the
/// headline.
fn capitals(clues: &Clues<'_>) -> Option<Traced> {
    /// Steps back from the headline, and most words of a section's name.
    const BEFORE: usize = 12;
    const WORDS: usize = 3;
    let tree = clues.page.tree;
    let mut before = clues.headline_spot()?.node;
    for _ in 0..BEFORE {
        before = match tree.prev_sibling(before) {
            Some(sibling) => sibling,
            None => tree.parent(before)?,
        };
        if tree.ancestors(clues.headline_spot()?.node).any(|around| around == before) {
            continue;
        }
        let words = match tree.kind(before) {
            NodeKind::Text => {
                let mut words = Traced::new();
                tree.trace_text(before, &mut words);
                words.fold_space()
            }
            _ => visible(tree, before),
        };
        if words.is_empty() {
            continue;
        }
        let text = words.text();
        let capitals = text.chars().all(|char| char.is_uppercase() || matches!(char, ' ' | '&' | '-'));
        return (capitals && text.split_whitespace().count() <= WORDS).then_some(words).filter(fits);
    }
    None
}

/// `<a class="article__section" href="/world">World</a>` shortly above the headline.
fn label(clues: &Clues<'_>) -> Option<Traced> {
    /// Elements between the label and the headline.
    const ABOVE: u32 = 40;
    /// Most words of a label.
    const WORDS: usize = 4;
    let headline = clues.headline_spot()?;
    let near = clues.survey.named.iter().filter(|spot| {
        spot.roles.has(Roles::SECTION) && spot.order < headline.order && headline.order - spot.order <= ABOVE
    });
    near.map(|spot| visible(clues.page.tree, spot.node)).rfind(|words| {
        fits(words) && words.text().split_whitespace().count() <= WORDS && !words.text().contains(['>', '»', '/'])
    })
}
