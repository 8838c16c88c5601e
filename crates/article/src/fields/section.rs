//! The section of the outlet that the article stands in.

use super::Sources;
use super::site::title_parts;
use super::survey::Roles;
use super::words::visible;
use onrecord_document::Stated;
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
