//! What was read of a page's fields.

use onrecord_document::{BlockKind, Fields};
use onrecord_html::NodeId;
use onrecord_span::Traced;

/// The fields of a page, and the elements and words that show them.
#[derive(Debug, Default)]
pub(crate) struct PageFields {
    /// The fields, except links and language, which are read with the body.
    pub fields: Fields,
    /// The headline as it stands on the page, or in its metadata if the page does not show it.
    pub headline_words: Option<Traced>,
    /// The element that shows the headline.
    pub headline_node: Option<NodeId>,
    /// The element that shows the standfirst.
    pub standfirst_node: Option<NodeId>,
    /// Elements that show bylines.
    pub byline_nodes: Vec<NodeId>,
    /// Elements that show dates.
    pub date_nodes: Vec<NodeId>,
    /// Elements that show captions of the article's pictures.
    pub caption_nodes: Vec<NodeId>,
    /// Every `articleBody` of the JSON-LD about this article: HTML or text, as the JSON string has it.
    pub article_bodies: Vec<Traced>,
    /// Texts of the article in the state of scripts, read only if the body says little: HTML or text.
    pub state_bodies: Vec<Traced>,
    /// The steps and answers in the JSON-LD, read only if the body says little.
    pub instructions: Vec<Vec<(BlockKind, Traced)>>,
    /// The example's field, which only tests have.
    #[cfg(test)]
    pub print_page: Option<onrecord_document::Stated<String>>,
}
