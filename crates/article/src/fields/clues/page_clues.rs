//! All clues of one page.

use super::json_ld::{JsonLd, JsonLdScripts};
use super::near::{Behind, NearbyText};
use super::survey::{Spot, Survey};
use super::urls::comparable;
use super::words::{attribute, visible};
use crate::lists::Lists;
use crate::page::{HtmlPage, StoryPlace};
use onrecord_html::NodeId;
use onrecord_span::Traced;
use std::sync::LazyLock;

static META_KEYS: LazyLock<Lists> = LazyLock::new(|| Lists::read(include_str!("../../../data/fields/meta_keys.txt")));

/// The keys of `<meta>` elements that state something, the most reliable first.
pub(in crate::fields) fn meta_keys(list: &str) -> &'static [&'static str] {
    META_KEYS.of(list)
}

/// The headline's words, and the element that shows them.
pub(in crate::fields) struct Headline {
    pub words: Traced,
    pub spot: Option<Spot>,
}

/// What the sources of every field look at.
pub(in crate::fields) struct Clues<'p> {
    pub page: &'p HtmlPage<'p>,
    /// Where the body was found.
    pub story: &'p StoryPlace,
    pub survey: Survey,
    pub json_ld: JsonLd<'p>,
    /// The page's address: the capture's, or else the canonical one.
    pub url: Option<String>,
    /// The site's name, once it is known.
    pub site: Option<Traced>,
    /// The headline, once it is known.
    pub headline: Option<Headline>,
    /// The texts after the headline.
    behind: Behind,
}

impl<'p> Clues<'p> {
    /// The clues of a page before its site and its headline are known.
    pub fn new(page: &'p HtmlPage<'p>, story: &'p StoryPlace, survey: Survey, scripts: &'p JsonLdScripts<'p>) -> Self {
        let (url, addresses) = addresses(page, &survey);
        let json_ld = scripts.about(&addresses, &rough_title(page, &survey));
        let behind = Behind::default();
        Clues { page, story, survey, json_ld, url, site: None, headline: None, behind }
    }

    /// Adds the headline, near which the other fields are looked for.
    pub fn set_headline(&mut self, headline: Option<Headline>) {
        if let Some(spot) = headline.as_ref().and_then(|headline| headline.spot) {
            self.survey.around.extend(self.page.tree.ancestors(spot.node));
        }
        self.headline = headline;
        self.behind = Behind::default();
    }

    /// Where the headline stands, if it is known and the page shows it.
    pub fn headline_spot(&self) -> Option<Spot> {
        self.headline.as_ref().and_then(|headline| headline.spot)
    }

    fn headline_node(&self) -> Option<NodeId> {
        self.headline_spot().map(|spot| spot.node)
    }

    /// What the headline says; empty while it is not known.
    pub fn headline_text(&self) -> &str {
        self.headline.as_ref().map_or("", |headline| headline.words.text())
    }

    /// The content of the first `<meta>` that has any, by the keys of a list.
    pub fn meta(&self, list: &str) -> Option<Traced> {
        self.survey.metas(meta_keys(list)).find_map(|node| attribute(self.page.tree, node, "content"))
    }

    /// The words of the canonical address: `<link rel="canonical" href="…">`, else `og:url`.
    pub fn canonical(&self) -> Option<Traced> {
        canonical(self.page, &self.survey)
    }

    /// The texts after the headline in order, without blank ones.
    pub fn texts_behind(&self) -> &[NearbyText] {
        self.behind.texts(self.page.tree, self.headline_node(), self.survey.first_node)
    }

    /// Those of them before the body's first paragraph.
    pub fn texts_above_body(&self) -> &[NearbyText] {
        self.behind.above_body(self.page.tree, self.headline_node(), self.survey.first_node)
    }

    /// Whether a spot is near the headline or the beginning of the body.
    pub fn is_near(&self, spot: Spot) -> bool {
        /// Most elements between a spot and what it is near.
        const NEAR: u32 = 250;
        let near_headline = self.headline_spot().is_none_or(|headline| headline.order.abs_diff(spot.order) <= NEAR);
        let first = self.survey.first_block;
        near_headline || (first != u32::MAX && first.abs_diff(spot.order) <= NEAR)
    }

    /// How far a spot is from the headline, in elements; what stands before the headline counts double.
    pub fn distance(&self, spot: Spot) -> u32 {
        let Some(headline) = self.headline_spot() else { return spot.order };
        if spot.order >= headline.order { spot.order - headline.order } else { 2 * (headline.order - spot.order) }
    }
}

/// What the page's metadata calls the article, to find the article's node among the JSON-LD.
fn rough_title(page: &HtmlPage<'_>, survey: &Survey) -> String {
    let meta = survey.metas(meta_keys("rough_title")).find_map(|node| attribute(page.tree, node, "content"));
    let words = meta.or_else(|| survey.title.map(|node| visible(page.tree, node)));
    words.map(|words| words.text().to_owned()).unwrap_or_default()
}

fn canonical(page: &HtmlPage<'_>, survey: &Survey) -> Option<Traced> {
    let link = survey.canonical.and_then(|node| attribute(page.tree, node, "href"));
    let meta = || survey.metas(meta_keys("address")).find_map(|node| attribute(page.tree, node, "content"));
    link.or_else(meta).filter(|words| !words.text().contains(char::is_whitespace))
}

/// The best known address of the page, and all known ones in a form for comparing.
fn addresses(page: &HtmlPage<'_>, survey: &Survey) -> (Option<String>, Vec<String>) {
    let mut known: Vec<String> = page.capture.url.iter().cloned().collect();
    known.extend(canonical(page, survey).map(|words| words.text().to_owned()));
    let metas = survey.metas(meta_keys("address")).filter_map(|node| attribute(page.tree, node, "content"));
    known.extend(metas.map(|words| words.text().to_owned()));
    let comparable = known.iter().map(|address| comparable(address)).filter(|address| address.contains('/')).collect();
    let absolute = known.iter().find(|address| address.contains("://")).or(known.first()).cloned();
    (absolute, comparable)
}
