//! What elements are to a reader: unread, hidden, on lines of their own, posts of social networks.

use super::segment::Markup;
use crate::lists;
use onrecord_html::{Name, NodeId, NodeKind, Tree};
use std::sync::LazyLock;

/// Whether a reader does not see the text of such an element.
pub(super) fn is_unread(name: Name) -> bool {
    matches!(
        name,
        Name::SCRIPT
            | Name::STYLE
            | Name::NOSCRIPT
            | Name::TEMPLATE
            | Name::HEAD
            | Name::TITLE
            | Name::IFRAME
            | Name::OBJECT
            | Name::EMBED
            | Name::CANVAS
            | Name::AUDIO
            | Name::VIDEO
            | Name::SELECT
            | Name::TEXTAREA
            | Name::BUTTON
            | Name::DATALIST
            | Name::MAP
    )
}

/// Whether an element has no neighbours but white space. A button that is all of a heading opens and closes the text below it:
/// `<h3><button>Who was on board?</button></h3>`.
pub(super) fn is_alone(tree: &Tree<'_>, node: NodeId) -> bool {
    let is_blank = |other: NodeId| tree.kind(other) != NodeKind::Element && tree.raw_text(other).trim().is_empty();
    tree.parent(node).is_some_and(|parent| tree.children(parent).all(|other| other == node || is_blank(other)))
}

/// Whether such an element stands on lines of its own. Source: the user agent style sheet of the HTML Standard, section 15.3.
pub(super) fn is_block(name: Name) -> bool {
    matches!(
        name,
        Name::ADDRESS
            | Name::ARTICLE
            | Name::ASIDE
            | Name::BLOCKQUOTE
            | Name::BODY
            | Name::CAPTION
            | Name::CENTER
            | Name::DD
            | Name::DETAILS
            | Name::DIALOG
            | Name::DIR
            | Name::DIV
            | Name::DL
            | Name::DT
            | Name::FIELDSET
            | Name::FIGCAPTION
            | Name::FIGURE
            | Name::FOOTER
            | Name::FORM
            | Name::H1
            | Name::H2
            | Name::H3
            | Name::H4
            | Name::H5
            | Name::H6
            | Name::HEADER
            | Name::HGROUP
            | Name::HR
            | Name::HTML
            | Name::LEGEND
            | Name::LI
            | Name::MAIN
            | Name::MENU
            | Name::NAV
            | Name::OL
            | Name::P
            | Name::PRE
            | Name::SEARCH
            | Name::SECTION
            | Name::SUMMARY
            | Name::TABLE
            | Name::TBODY
            | Name::TD
            | Name::TFOOT
            | Name::TH
            | Name::THEAD
            | Name::TR
            | Name::UL
    )
}

/// What a block element makes of its lines; an element without a meaning of its own keeps that of the element around it.
pub(super) fn markup(name: Name, around: Markup) -> Markup {
    match (name, around) {
        (Name::FIGCAPTION | Name::CAPTION, _) | (_, Markup::Caption) => Markup::Caption,
        (Name::H1, _) => Markup::Heading(1),
        (Name::H2, _) => Markup::Heading(2),
        (Name::H3, _) => Markup::Heading(3),
        (Name::H4, _) => Markup::Heading(4),
        (Name::H5, _) => Markup::Heading(5),
        (Name::H6, _) => Markup::Heading(6),
        (Name::BLOCKQUOTE, _) => Markup::Quote,
        (Name::LI | Name::DD | Name::DT, _) => Markup::ListItem,
        (Name::PRE, _) => Markup::Preformatted,
        (Name::TABLE, _) => Markup::Bare,
        (Name::TD | Name::TH, _) => Markup::Cell,
        (Name::P, Markup::Bare | Markup::Cell | Markup::Heading(_)) => Markup::Paragraph,
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
    let class = tree.attr_named(quote, Name::CLASS).map_or("", |attr| attr.raw());
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

/// Whether the page hides an element: the `hidden` attribute, or `style="display: none"`.
pub(super) fn is_hidden(tree: &Tree<'_>, node: NodeId) -> bool {
    /// Longest style that is looked at; longer ones lay out the page.
    const LONGEST_STYLE: usize = 400;
    let shows_none = |rule: &str| {
        rule.split_once(':').is_some_and(|(name, value)| {
            name.trim().eq_ignore_ascii_case("display")
                && value.trim().get(..4).is_some_and(|value| value.eq_ignore_ascii_case("none"))
        })
    };
    tree.attrs(node).any(|attr| {
        attr.is(Name::HIDDEN)
            || attr.is(Name::STYLE) && attr.raw().len() < LONGEST_STYLE && attr.raw().split(';').any(shows_none)
    })
}
