//! Where on the page the article stands: the region that holds most of its prose.

use super::segments::{Markup, Region, Segment, Segments};
use super::style::built_alike;
use super::weights::{RegionWeights, STORY};
use onrecord_html::{HtmlName, Tree};

/// Prose of a full article: the parts of one article have headings too, but say less.
const ARTICLE: f32 = 1_000.0;

/// Share of a region's prose that a region inside it must hold for the search to go on there.
const HOLDS_THE_ARTICLE: f32 = 0.8;

/// Index of the region that holds the article; `None` where the page has no prose.
///
/// Starts at the page and goes on as long as one region holds nearly all the prose of the one around it: `<body>` → `<main>` →
/// `<article>` → `<div class="body">`, but not into a single paragraph.
///
/// On an endless page, where one article follows another, it is the one under the page's headline, however long the next
/// one is.
pub(super) fn container(tree: &Tree<'_>, cut: &Segments, weights: &RegionWeights) -> Option<usize> {
    let mut at = 0;
    if weights.of(0..cut.segments.len()) <= 0.0 {
        return None;
    }
    loop {
        let here = weights.of(cut.regions[at].segments.clone());
        let heaviest = cut
            .below(at)
            .map(|region| (region, weights.of(cut.regions[region].segments.clone())))
            .max_by(|a, b| a.1.total_cmp(&b.1));
        if let Some((region, _)) = heaviest
            && let Some(first) = first_of_several(tree, cut, weights, at, region)
        {
            at = first;
            continue;
        }
        match heaviest {
            Some((region, prose)) if prose >= here * HOLDS_THE_ARTICLE && has_paragraphs(cut, region) => at = region,
            _ => match headed(tree, cut, weights, at) {
                Some(headed) => at = headed,
                None => return Some(at),
            },
        }
    }
}

/// The region directly inside `around` that holds the headline and at least half of the prose: whatever stands beside it is
/// comments, other articles and notices. A `<header>` holds a headline and a lead, never the text. Parts beside it that
/// continue the text are found later, by `reach`.
fn headed(tree: &Tree<'_>, cut: &Segments, weights: &RegionWeights, around: usize) -> Option<usize> {
    const HALF: f32 = 0.5;
    let headline = weights.headline?;
    let headed = cut.below(around).find(|&region| cut.regions[region].segments.contains(&headline))?;
    let region = &cut.regions[headed];
    let prose = weights.of(region.segments.clone());
    let half = prose >= HALF * weights.of(cut.regions[around].segments.clone());
    let is_lead = tree.is(region.node, HtmlName::HEADER) || is_lead(cut, weights, around, headed);
    (half && prose > STORY && !is_lead).then_some(headed)
}

/// Whether a region that holds the headline is only the lead: it has a paragraph or two, and the next region has more of them
/// and hardly any links.
fn is_lead(cut: &Segments, weights: &RegionWeights, around: usize, headed: usize) -> bool {
    /// Most paragraphs of a lead.
    const LEAD: usize = 2;
    /// Share of links from which the next region is a list of links.
    const LINKED: f32 = 0.1;
    let paragraphs = |region: usize| {
        let lines = &cut.segments[cut.regions[region].segments.clone()];
        let is_text = |line: &&Segment| line.sentence && line.prose() > 0.0 && weights.furniture[line.region].is_none();
        lines.iter().filter(is_text).count()
    };
    let goes_on = |region: &usize| weights.of(cut.regions[*region].segments.clone()) > STORY;
    let Some(next) = cut.below(around).find(|region| *region > headed && goes_on(region)) else { return false };
    let own = paragraphs(headed);
    own <= LEAD && paragraphs(next) > own && weights.linked[next] < LINKED
}

/// Of neighbours built alike that each hold a story, the one with the page's headline; `None` where `heaviest` is the only one.
///
/// If the headline is an `<h2>` or lower, the parts of one article may have headings like it. Then the heaviest neighbour must
/// be as long as a full article: `<section><h2>Returning a parcel</h2><p>…</section> <section><h2>By post</h2><p>…`
fn first_of_several(
    tree: &Tree<'_>,
    cut: &Segments,
    weights: &RegionWeights,
    around: usize,
    heaviest: usize,
) -> Option<usize> {
    let headline = weights.headline?;
    let headed = cut.below(around).find(|&region| cut.regions[region].segments.contains(&headline))?;
    let (one, other) = (&cut.regions[headed], &cut.regions[heaviest]);
    let alike = built_alike(tree, cut, headed, heaviest)
        || tree.is(one.node, HtmlName::ARTICLE) && tree.is(other.node, HtmlName::ARTICLE);
    let heads = |region: &Region| {
        let markup = cut.segments[headline].markup;
        matches!(markup, Markup::Heading(_))
            && cut.segments[region.segments.clone()].iter().any(|line| line.markup == markup)
    };
    let is_article =
        cut.segments[headline].markup == Markup::Heading(1) || weights.of(other.segments.clone()) > ARTICLE;
    (alike && headed != heaviest && heads(other) && is_article && weights.of(one.segments.clone()) > STORY)
        .then_some(headed)
}

fn has_paragraphs(cut: &Segments, region: usize) -> bool {
    cut.regions[region].segments.len() > 1
}
