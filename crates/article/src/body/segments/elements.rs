//! What elements are to a reader: unread, hidden, on lines of their own, posts of social networks.

use super::segment::Markup;
use crate::lists;
use onrecord_html::{HtmlName, NodeId, NodeKind, Tree};
use std::sync::LazyLock;

/// Whether a reader does not see the text of such an element.
pub(super) fn is_unread(name: HtmlName) -> bool {
    matches!(
        name,
        HtmlName::SCRIPT
            | HtmlName::STYLE
            | HtmlName::NOSCRIPT
            | HtmlName::TEMPLATE
            | HtmlName::HEAD
            | HtmlName::TITLE
            | HtmlName::IFRAME
            | HtmlName::OBJECT
            | HtmlName::EMBED
            | HtmlName::CANVAS
            | HtmlName::AUDIO
            | HtmlName::VIDEO
            | HtmlName::SELECT
            | HtmlName::TEXTAREA
            | HtmlName::BUTTON
            | HtmlName::DATALIST
            | HtmlName::MAP
    )
}

/// Whether an element has no neighbours but white space. A button that is all of a heading opens and closes the text below it:
/// `<h3><button>Who was on board?</button></h3>`.
pub(super) fn is_alone(tree: &Tree<'_>, node: NodeId) -> bool {
    let is_blank = |other: NodeId| tree.kind(other) != NodeKind::Element && tree.raw_text(other).trim().is_empty();
    tree.parent(node).is_some_and(|parent| tree.children(parent).all(|other| other == node || is_blank(other)))
}

/// Whether such an element stands on lines of its own. Source: the user agent style sheet of the HTML Standard, section 15.3.
pub(super) fn is_block(name: HtmlName) -> bool {
    matches!(
        name,
        HtmlName::ADDRESS
            | HtmlName::ARTICLE
            | HtmlName::ASIDE
            | HtmlName::BLOCKQUOTE
            | HtmlName::BODY
            | HtmlName::CAPTION
            | HtmlName::CENTER
            | HtmlName::DD
            | HtmlName::DETAILS
            | HtmlName::DIALOG
            | HtmlName::DIR
            | HtmlName::DIV
            | HtmlName::DL
            | HtmlName::DT
            | HtmlName::FIELDSET
            | HtmlName::FIGCAPTION
            | HtmlName::FIGURE
            | HtmlName::FOOTER
            | HtmlName::FORM
            | HtmlName::H1
            | HtmlName::H2
            | HtmlName::H3
            | HtmlName::H4
            | HtmlName::H5
            | HtmlName::H6
            | HtmlName::HEADER
            | HtmlName::HGROUP
            | HtmlName::HR
            | HtmlName::HTML
            | HtmlName::LEGEND
            | HtmlName::LI
            | HtmlName::MAIN
            | HtmlName::MENU
            | HtmlName::NAV
            | HtmlName::OL
            | HtmlName::P
            | HtmlName::PRE
            | HtmlName::SEARCH
            | HtmlName::SECTION
            | HtmlName::SUMMARY
            | HtmlName::TABLE
            | HtmlName::TBODY
            | HtmlName::TD
            | HtmlName::TFOOT
            | HtmlName::TH
            | HtmlName::THEAD
            | HtmlName::TR
            | HtmlName::UL
    )
}

/// What a block element makes of its lines; an element without a meaning of its own keeps that of the element around it.
pub(super) fn markup(name: HtmlName, around: Markup) -> Markup {
    match (name, around) {
        (HtmlName::FIGCAPTION | HtmlName::CAPTION, _) | (_, Markup::Caption) => Markup::Caption,
        (HtmlName::H1, _) => Markup::Heading(1),
        (HtmlName::H2, _) => Markup::Heading(2),
        (HtmlName::H3, _) => Markup::Heading(3),
        (HtmlName::H4, _) => Markup::Heading(4),
        (HtmlName::H5, _) => Markup::Heading(5),
        (HtmlName::H6, _) => Markup::Heading(6),
        (HtmlName::BLOCKQUOTE, _) => Markup::Quote,
        (HtmlName::LI | HtmlName::DD | HtmlName::DT, _) => Markup::ListItem,
        (HtmlName::PRE, _) => Markup::Preformatted,
        (HtmlName::TABLE, _) => Markup::Bare,
        (HtmlName::TD | HtmlName::TH, _) => Markup::Cell,
        (HtmlName::P, Markup::Bare | Markup::Cell | Markup::Heading(_)) => Markup::Paragraph,
        (_, around) => around,
    }
}

/// Classes that social networks give their posts.
static EMBED_CLASSES: LazyLock<Vec<&str>> =
    LazyLock::new(|| lists::lines(include_str!("../../../data/embed_classes.txt")).collect());

/// Whether a block quote embeds a post of a social network: it has a class that the networks prescribe, or it, or an element
/// close around it, is named for embedding.
pub(super) fn is_embed(tree: &Tree<'_>, quote: NodeId) -> bool {
    /// Longest name that is looked at; longer ones are generated.
    const LONGEST_NAME: usize = 400;
    /// Elements around the quote that may carry the name.
    const AROUND: usize = 2;
    let class = tree.attr_named(quote, HtmlName::CLASS).map_or("", |attr| attr.raw());
    let known = class.split_ascii_whitespace().any(|word| EMBED_CLASSES.contains(&word));
    let named = |node: NodeId| {
        tree.attrs(node).any(|attr| {
            matches!(attr.name(), "class" | "data-component" | "data-type" | "data-testid")
                && attr.raw().len() < LONGEST_NAME
                && attr.raw().to_ascii_lowercase().contains("embed")
        })
    };
    known || named(quote) || tree.ancestors(quote).take(AROUND).any(named)
}
