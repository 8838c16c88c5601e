//! The lines of a page while they are sorted into body and furniture.

use super::hints::Hint;
use super::segments::{Markup, Segment, Segments};
use super::style::{LineStyle, line_style};
use super::weights::RegionWeights;
use super::witness::Witness;
use onrecord_document::{BlockKind, BlockRole};
use onrecord_html::Tree;

/// What rules and passes know of a page's lines, and what they have found the lines to be.
pub(super) struct PageLines<'p> {
    pub tree: &'p Tree<'p>,
    pub cut: &'p Segments,
    pub weights: &'p RegionWeights,
    /// The names in the bylines.
    pub names: &'p [String],
    /// How and where most paragraphs are set.
    pub text_style: Option<LineStyle<'p>>,
    /// What the page's JSON-LD says about its lines.
    pub witness: Option<Witness>,
    /// By line: whether the witness has it. Empty without a witness.
    pub vouched: Vec<bool>,
    /// By region: its own hint, or else that of the innermost region around it that has one.
    pub hints: Vec<Option<Hint>>,
    /// By region: whether it lies in a list of links.
    pub mostly_links: Vec<bool>,
    /// By line: whether it stands in the article's container, or in a neighbour that continues it.
    pub inside: Vec<bool>,
    /// By line: what a field says that it is.
    pub claimed: Vec<Option<BlockKind>>,
    /// By line: what it is, as far as is known.
    pub kinds: Vec<BlockKind>,
}

impl PageLines<'_> {
    /// The line at an index.
    pub fn segment(&self, index: usize) -> &Segment {
        &self.cut.segments[index]
    }

    /// The words of a line.
    pub fn words(&self, index: usize) -> &str {
        self.segment(index).words.text()
    }

    /// Whether a line has been found to be body.
    pub fn is_body(&self, index: usize) -> bool {
        self.kinds[index].role() == BlockRole::Body
    }

    /// Whether a line has been found to be furniture.
    pub fn is_furniture(&self, index: usize) -> bool {
        self.kinds[index].role() == BlockRole::Furniture
    }

    /// Whether a line is set like most paragraphs of the article.
    pub fn is_set_as_text(&self, index: usize) -> bool {
        self.text_style == Some(line_style(self.tree, self.cut, index))
    }

    /// Whether a line is a heading that stands where most paragraphs of the article do.
    pub fn heads_text(&self, index: usize) -> bool {
        let segment = self.segment(index);
        let beside = self.text_style.is_some_and(|(_, _, parent)| parent == self.cut.regions[segment.region].parent);
        beside && matches!(segment.markup, Markup::Heading(_))
    }

    /// The hint of the innermost region around a line that has one. The container and what lies around it do not count.
    pub fn hint(&self, index: usize) -> Option<Hint> {
        self.hints[self.segment(index).region]
    }
}
