//! What a page states about its article, each with its evidence.
//!
//! One walk over the tree ([`survey`]) notes where things stand; JSON-LD is read once ([`linked`]); then one small
//! module for each field asks its sources in order. The words found are pieces of the decoded page, so that
//! [`Page::stated`] can say which bytes they are.

mod address;
mod bylines;
mod genre;
mod headline;
mod images;
mod instructions;
mod labels;
mod linked;
mod names;
mod near;
mod own_day;
mod paywall;
mod published;
mod related;
mod section;
mod signed;
mod site;
mod standfirst;
mod survey;
mod topics;
mod words;

pub(crate) use address::resolve;

use crate::json::Value;
use crate::page::Page;
use linked::{Graph, Linked};
use onrecord_document::{BlockKind, Fields};
use onrecord_html::NodeId;
use onrecord_span::Traced;
use survey::Survey;

/// Where the body was found. All of it may be unknown: fields are read from a page without one as well.
#[derive(Debug, Default)]
pub(crate) struct Story {
    /// The body's container.
    pub container: Option<NodeId>,
    /// Its first paragraph.
    pub first_block: Option<NodeId>,
    /// The beginning of its words.
    pub text_sample: String,
    /// Whether it says so little that the article may stand elsewhere.
    pub is_thin: bool,
}

/// Words under a picture.
#[derive(Debug)]
pub(crate) struct Caption {
    /// The element that holds them.
    pub node: NodeId,
}

/// What was read, and which words of the page show it.
#[derive(Debug, Default)]
pub(crate) struct FieldsRead {
    /// The fields, but for links and language.
    pub fields: Fields,
    /// The headline as it stands on the page, or in its metadata where it stands nowhere else.
    pub headline_words: Option<Traced>,
    /// The standfirst as it stands on the page.
    pub standfirst_words: Option<Traced>,
    /// Names in bylines, where they stand visibly.
    pub byline_words: Vec<Traced>,
    /// Captions of the article's pictures.
    pub captions: Vec<Caption>,
    /// Elements that hold the headline, the standfirst, bylines and dates: no paragraphs of the body.
    pub headline_node: Option<NodeId>,
    pub standfirst_node: Option<NodeId>,
    pub byline_nodes: Vec<NodeId>,
    pub date_nodes: Vec<NodeId>,
    /// Every `articleBody` of the JSON-LD about this article: HTML or text, as the JSON string has it.
    pub article_bodies: Vec<Traced>,
    /// What the JSON-LD says in steps, where the body says little.
    pub instructions: Vec<Vec<(BlockKind, Traced)>>,
}

/// What every field's module looks at.
struct Sources<'p, 's> {
    page: &'p Page<'p>,
    survey: &'p Survey,
    graph: &'p Graph<'p, 's>,
    /// The page's address: the capture's, or else the canonical one.
    url: Option<String>,
    /// The headline's element, once it is known.
    headline: Option<survey::Place>,
    headline_text: String,
    /// The site's name, once it is known.
    site: Option<Traced>,
    /// The beginning of the body's words.
    opening: &'p str,
    /// The texts behind the headline.
    behind: near::Behind,
}

impl Sources<'_, '_> {
    /// The content of the first `<meta>` with one of these keys that has any.
    fn meta(&self, keys: &'static [&'static str]) -> Option<Traced> {
        self.survey.metas(keys).find_map(|node| words::attribute(self.page.tree, node, "content"))
    }
}

/// Reads everything that the page states about its article.
pub(crate) fn read(page: &Page<'_>, story: &Story) -> FieldsRead {
    let mut survey = survey::survey(page.tree, story);
    let linked = Linked::read(page.tree, &survey);
    let mut read = FieldsRead::default();

    let (url, addresses) = address::addresses(page, &survey);
    let rough_title = headline::rough_title(page, &survey);
    let graph = linked.graph(&addresses, &rough_title);
    let site = site::site_words(page, &survey, &graph);
    let found = {
        let sources = Sources {
            page,
            survey: &survey,
            graph: &graph,
            url: url.clone(),
            headline: None,
            headline_text: String::new(),
            site: site.clone(),
            opening: &story.text_sample,
            behind: near::Behind::default(),
        };
        headline::headline(&sources)
    };
    if let Some(place) = found.as_ref().and_then(|found| found.place) {
        survey.around.extend(page.tree.ancestors(place.node));
    }
    let sources = Sources {
        page,
        survey: &survey,
        graph: &graph,
        url,
        headline: found.as_ref().and_then(|found| found.place),
        headline_text: found.as_ref().map(|found| found.words.text().to_owned()).unwrap_or_default(),
        site: site.clone(),
        opening: &story.text_sample,
        behind: near::Behind::default(),
    };

    let fields = &mut read.fields;
    fields.url = address::url(page);
    fields.canonical_url = address::canonical(page, &survey);
    fields.site = site::site(page, site.as_ref());
    if let Some(found) = found {
        fields.headline = Some(page.stated(&found.words));
        read.headline_node = found.place.map(|place| place.node);
        read.headline_words = Some(found.words);
    }
    if let Some((node, words)) = standfirst::standfirst(&sources) {
        fields.standfirst = Some(page.stated(&words));
        read.standfirst_node = Some(node);
        read.standfirst_words = Some(words);
    }
    let bylines = bylines::bylines(&sources);
    for name in bylines.names {
        fields.bylines.push(page.stated(&name.words).map(|_| name.byline()));
    }
    read.byline_nodes = bylines.nodes;
    read.byline_words = bylines.visible;
    let dates = published::dates(&sources);
    fields.published = dates.published;
    fields.modified = dates.modified;
    read.date_nodes = dates.nodes;
    fields.section = section::section(&sources);
    fields.genre = Some(genre::genre(&sources, fields.section.as_ref()));
    fields.paywalled = paywall::paywalled(&sources);
    fields.topics = topics::topics(&sources);
    let pictures = images::images(&sources, story);
    fields.images = pictures.images;
    read.captions = pictures.captions;
    fields.related = related::related(&sources);
    read.article_bodies = graph
        .articles
        .iter()
        .filter_map(|article| article.get("articleBody"))
        .flat_map(Value::items)
        .filter_map(Value::string)
        .map(|words| words.traced())
        .collect();
    if story.is_thin {
        read.instructions = instructions::instructions(&graph);
    }
    read
}
