//! What the standard says of kinds of elements, as bits: sections 13.2.4.2 and 13.2.6.

use crate::names::{HtmlName, KNOWN_COUNT};
use crate::tree::Namespace;

/// "Special" elements.
pub(super) const SPECIAL: u16 = 1;
/// Elements that end a scope.
pub(super) const SCOPE: u16 = 1 << 1;
/// Elements that end a list item's scope as well.
pub(super) const LIST_SCOPE: u16 = 1 << 2;
/// Elements that end a paragraph's scope as well: `button`.
pub(super) const BUTTON_SCOPE: u16 = 1 << 3;
/// Elements that end the scope of a table's parts.
pub(super) const TABLE_SCOPE: u16 = 1 << 4;
/// Elements whose end tags may be implied.
pub(super) const IMPLIED_END: u16 = 1 << 5;
/// Elements whose end tags are implied at the end of a template.
pub(super) const THOROUGHLY_IMPLIED_END: u16 = 1 << 6;
/// `h1` to `h6`.
pub(super) const HEADING: u16 = 1 << 7;
/// Start tags that end foreign content.
pub(super) const BREAKOUT: u16 = 1 << 8;
/// Foreign elements in which HTML may stand.
pub(super) const HTML_POINT: u16 = 1 << 9;
/// MathML elements in which text may stand.
pub(super) const MATHML_TEXT_POINT: u16 = 1 << 10;
/// Parts of tables out of which other content is moved: `table`, `tbody`, `tfoot`, `thead`, `tr`.
pub(super) const FOSTERING: u16 = 1 << 11;

const fn html_class(name: HtmlName) -> u16 {
    let specials = match name {
        HtmlName::ADDRESS
        | HtmlName::APPLET
        | HtmlName::AREA
        | HtmlName::ARTICLE
        | HtmlName::ASIDE
        | HtmlName::BASE
        | HtmlName::BASEFONT
        | HtmlName::BGSOUND
        | HtmlName::BLOCKQUOTE
        | HtmlName::BODY
        | HtmlName::BR
        | HtmlName::BUTTON
        | HtmlName::CAPTION
        | HtmlName::CENTER
        | HtmlName::COL
        | HtmlName::COLGROUP
        | HtmlName::DD
        | HtmlName::DETAILS
        | HtmlName::DIR
        | HtmlName::DIV
        | HtmlName::DL
        | HtmlName::DT
        | HtmlName::EMBED
        | HtmlName::FIELDSET
        | HtmlName::FIGCAPTION
        | HtmlName::FIGURE
        | HtmlName::FOOTER
        | HtmlName::FORM
        | HtmlName::FRAME
        | HtmlName::FRAMESET
        | HtmlName::H1
        | HtmlName::H2
        | HtmlName::H3
        | HtmlName::H4
        | HtmlName::H5
        | HtmlName::H6
        | HtmlName::HEAD
        | HtmlName::HEADER
        | HtmlName::HGROUP
        | HtmlName::HR
        | HtmlName::HTML
        | HtmlName::IFRAME
        | HtmlName::IMG
        | HtmlName::INPUT
        | HtmlName::KEYGEN
        | HtmlName::LI
        | HtmlName::LINK
        | HtmlName::LISTING
        | HtmlName::MAIN
        | HtmlName::MARQUEE
        | HtmlName::MENU
        | HtmlName::META
        | HtmlName::NAV
        | HtmlName::NOEMBED
        | HtmlName::NOFRAMES
        | HtmlName::NOSCRIPT
        | HtmlName::OBJECT
        | HtmlName::OL
        | HtmlName::P
        | HtmlName::PARAM
        | HtmlName::PLAINTEXT
        | HtmlName::PRE
        | HtmlName::SCRIPT
        | HtmlName::SEARCH
        | HtmlName::SECTION
        | HtmlName::SELECT
        | HtmlName::SOURCE
        | HtmlName::STYLE
        | HtmlName::SUMMARY
        | HtmlName::TABLE
        | HtmlName::TBODY
        | HtmlName::TD
        | HtmlName::TEMPLATE
        | HtmlName::TEXTAREA
        | HtmlName::TFOOT
        | HtmlName::TH
        | HtmlName::THEAD
        | HtmlName::TITLE
        | HtmlName::TR
        | HtmlName::TRACK
        | HtmlName::UL
        | HtmlName::WBR
        | HtmlName::XMP => SPECIAL,
        _ => 0,
    };
    let scopes = match name {
        HtmlName::HTML | HtmlName::TABLE | HtmlName::TEMPLATE => SCOPE | TABLE_SCOPE,
        HtmlName::APPLET
        | HtmlName::CAPTION
        | HtmlName::TD
        | HtmlName::TH
        | HtmlName::MARQUEE
        | HtmlName::OBJECT
        | HtmlName::SELECT => SCOPE,
        HtmlName::OL | HtmlName::UL => LIST_SCOPE,
        HtmlName::BUTTON => BUTTON_SCOPE,
        _ => 0,
    };
    let ends = match name {
        HtmlName::DD
        | HtmlName::DT
        | HtmlName::LI
        | HtmlName::OPTGROUP
        | HtmlName::OPTION
        | HtmlName::P
        | HtmlName::RB
        | HtmlName::RP
        | HtmlName::RT
        | HtmlName::RTC => IMPLIED_END | THOROUGHLY_IMPLIED_END,
        HtmlName::CAPTION
        | HtmlName::COLGROUP
        | HtmlName::TBODY
        | HtmlName::TD
        | HtmlName::TFOOT
        | HtmlName::TH
        | HtmlName::THEAD
        | HtmlName::TR => THOROUGHLY_IMPLIED_END,
        _ => 0,
    };
    let heading = match name {
        HtmlName::H1 | HtmlName::H2 | HtmlName::H3 | HtmlName::H4 | HtmlName::H5 | HtmlName::H6 => HEADING,
        _ => 0,
    };
    let fostering = match name {
        HtmlName::TABLE | HtmlName::TBODY | HtmlName::TFOOT | HtmlName::THEAD | HtmlName::TR => FOSTERING,
        _ => 0,
    };
    let breakout = match name {
        HtmlName::B
        | HtmlName::BIG
        | HtmlName::BLOCKQUOTE
        | HtmlName::BODY
        | HtmlName::BR
        | HtmlName::CENTER
        | HtmlName::CODE
        | HtmlName::DD
        | HtmlName::DIV
        | HtmlName::DL
        | HtmlName::DT
        | HtmlName::EM
        | HtmlName::EMBED
        | HtmlName::H1
        | HtmlName::H2
        | HtmlName::H3
        | HtmlName::H4
        | HtmlName::H5
        | HtmlName::H6
        | HtmlName::HEAD
        | HtmlName::HR
        | HtmlName::I
        | HtmlName::IMG
        | HtmlName::LI
        | HtmlName::LISTING
        | HtmlName::MENU
        | HtmlName::META
        | HtmlName::NOBR
        | HtmlName::OL
        | HtmlName::P
        | HtmlName::PRE
        | HtmlName::RUBY
        | HtmlName::S
        | HtmlName::SMALL
        | HtmlName::SPAN
        | HtmlName::STRONG
        | HtmlName::STRIKE
        | HtmlName::SUB
        | HtmlName::SUP
        | HtmlName::TABLE
        | HtmlName::TT
        | HtmlName::U
        | HtmlName::UL
        | HtmlName::VAR => BREAKOUT,
        _ => 0,
    };
    specials | scopes | ends | heading | fostering | breakout
}

static HTML_CLASSES: [u16; KNOWN_COUNT] = {
    let mut classes = [0; KNOWN_COUNT];
    let mut number = 0;
    while number < KNOWN_COUNT {
        classes[number] = html_class(HtmlName(number as u16));
        number += 1;
    }
    classes
};

/// The class of an element, but for `annotation-xml`, which depends on an attribute.
#[inline]
pub(super) fn class_of(namespace: Namespace, name: HtmlName) -> u16 {
    match namespace {
        Namespace::Html => HTML_CLASSES.get(usize::from(name.0)).copied().unwrap_or(0),
        Namespace::MathMl => match name {
            HtmlName::MI | HtmlName::MO | HtmlName::MN | HtmlName::MS | HtmlName::MTEXT => {
                SPECIAL | SCOPE | MATHML_TEXT_POINT
            }
            HtmlName::ANNOTATION_XML => SPECIAL | SCOPE,
            _ => 0,
        },
        Namespace::Svg => match name {
            HtmlName::FOREIGNOBJECT | HtmlName::DESC | HtmlName::TITLE => SPECIAL | SCOPE | HTML_POINT,
            _ => 0,
        },
    }
}
