//! The section of the outlet that the article stands in.

use super::Sources;
use super::site::title_parts;
use super::survey::Roles;
use super::words::visible;
use onrecord_document::Stated;
use onrecord_html::NodeKind;
use onrecord_span::Traced;

/// `articleSection` of the JSON-LD, `article:section` and its kin, `itemprop="articleSection"`, else a label named for
/// it above the headline.
pub(super) fn section(sources: &Sources<'_, '_>) -> Option<Stated<String>> {
    let words = sources
        .graph
        .words("articleSection")
        .filter(fits)
        .or_else(|| {
            sources
                .meta(&[
                    "article:section",
                    "og:article:section",
                    "parsely-section",
                    "sailthru.section",
                    "section",
                    "dc.subject.section",
                    "cxenseparse:section",
                    "page.section",
                ])
                .filter(fits)
        })
        .or_else(|| prop(sources))
        .or_else(|| label(sources))
        .or_else(|| capitals(sources))
        .or_else(|| title_parts(sources.page, sources.survey)?.section.filter(fits))?;
    Some(sources.page.stated(&words))
}

fn fits(words: &Traced) -> bool {
    (2..=60).contains(&words.text().chars().count()) && !words.text().contains("://")
}

/// `<span itemprop="articleSection">World</span>`
fn prop(sources: &Sources<'_, '_>) -> Option<Traced> {
    let found = sources.survey.props.iter().find(|(prop, _)| prop == "articlesection")?;
    Some(visible(sources.page.tree, found.1.node)).filter(fits)
}

/// `<font size=1><b>WORLD</b></font><br>`: a word or two in capitals right above the headline, in a line of their own.
fn capitals(sources: &Sources<'_, '_>) -> Option<Traced> {
    const BEFORE: usize = 12;
    const WORDS: usize = 3;
    let tree = sources.page.tree;
    let mut before = sources.headline?.node;
    for _ in 0..BEFORE {
        before = match tree.prev_sibling(before) {
            Some(sibling) => sibling,
            None => tree.parent(before)?,
        };
        if tree.ancestors(sources.headline?.node).any(|around| around == before) {
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
fn label(sources: &Sources<'_, '_>) -> Option<Traced> {
    const ABOVE: u32 = 40;
    let headline = sources.headline?;
    let near = sources.survey.named.iter().filter(|place| {
        place.roles.has(Roles::SECTION) && place.order < headline.order && headline.order - place.order <= ABOVE
    });
    near.map(|place| visible(sources.page.tree, place.node)).rfind(|words| {
        fits(words) && words.text().split_whitespace().count() <= 4 && !words.text().contains(['>', '»', '/'])
    })
}
