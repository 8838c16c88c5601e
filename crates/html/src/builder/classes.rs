//! What the standard says of kinds of elements, as bits: sections 13.2.4.2 and 13.2.6.

use crate::names::{KNOWN_COUNT, Name};
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

const fn html_class(name: Name) -> u16 {
    let specials = match name {
        Name::ADDRESS
        | Name::APPLET
        | Name::AREA
        | Name::ARTICLE
        | Name::ASIDE
        | Name::BASE
        | Name::BASEFONT
        | Name::BGSOUND
        | Name::BLOCKQUOTE
        | Name::BODY
        | Name::BR
        | Name::BUTTON
        | Name::CAPTION
        | Name::CENTER
        | Name::COL
        | Name::COLGROUP
        | Name::DD
        | Name::DETAILS
        | Name::DIR
        | Name::DIV
        | Name::DL
        | Name::DT
        | Name::EMBED
        | Name::FIELDSET
        | Name::FIGCAPTION
        | Name::FIGURE
        | Name::FOOTER
        | Name::FORM
        | Name::FRAME
        | Name::FRAMESET
        | Name::H1
        | Name::H2
        | Name::H3
        | Name::H4
        | Name::H5
        | Name::H6
        | Name::HEAD
        | Name::HEADER
        | Name::HGROUP
        | Name::HR
        | Name::HTML
        | Name::IFRAME
        | Name::IMG
        | Name::INPUT
        | Name::KEYGEN
        | Name::LI
        | Name::LINK
        | Name::LISTING
        | Name::MAIN
        | Name::MARQUEE
        | Name::MENU
        | Name::META
        | Name::NAV
        | Name::NOEMBED
        | Name::NOFRAMES
        | Name::NOSCRIPT
        | Name::OBJECT
        | Name::OL
        | Name::P
        | Name::PARAM
        | Name::PLAINTEXT
        | Name::PRE
        | Name::SCRIPT
        | Name::SEARCH
        | Name::SECTION
        | Name::SELECT
        | Name::SOURCE
        | Name::STYLE
        | Name::SUMMARY
        | Name::TABLE
        | Name::TBODY
        | Name::TD
        | Name::TEMPLATE
        | Name::TEXTAREA
        | Name::TFOOT
        | Name::TH
        | Name::THEAD
        | Name::TITLE
        | Name::TR
        | Name::TRACK
        | Name::UL
        | Name::WBR
        | Name::XMP => SPECIAL,
        _ => 0,
    };
    let scopes = match name {
        Name::HTML | Name::TABLE | Name::TEMPLATE => SCOPE | TABLE_SCOPE,
        Name::APPLET | Name::CAPTION | Name::TD | Name::TH | Name::MARQUEE | Name::OBJECT | Name::SELECT => SCOPE,
        Name::OL | Name::UL => LIST_SCOPE,
        Name::BUTTON => BUTTON_SCOPE,
        _ => 0,
    };
    let ends = match name {
        Name::DD
        | Name::DT
        | Name::LI
        | Name::OPTGROUP
        | Name::OPTION
        | Name::P
        | Name::RB
        | Name::RP
        | Name::RT
        | Name::RTC => IMPLIED_END | THOROUGHLY_IMPLIED_END,
        Name::CAPTION | Name::COLGROUP | Name::TBODY | Name::TD | Name::TFOOT | Name::TH | Name::THEAD | Name::TR => {
            THOROUGHLY_IMPLIED_END
        }
        _ => 0,
    };
    let heading = match name {
        Name::H1 | Name::H2 | Name::H3 | Name::H4 | Name::H5 | Name::H6 => HEADING,
        _ => 0,
    };
    let fostering = match name {
        Name::TABLE | Name::TBODY | Name::TFOOT | Name::THEAD | Name::TR => FOSTERING,
        _ => 0,
    };
    let breakout = match name {
        Name::B
        | Name::BIG
        | Name::BLOCKQUOTE
        | Name::BODY
        | Name::BR
        | Name::CENTER
        | Name::CODE
        | Name::DD
        | Name::DIV
        | Name::DL
        | Name::DT
        | Name::EM
        | Name::EMBED
        | Name::H1
        | Name::H2
        | Name::H3
        | Name::H4
        | Name::H5
        | Name::H6
        | Name::HEAD
        | Name::HR
        | Name::I
        | Name::IMG
        | Name::LI
        | Name::LISTING
        | Name::MENU
        | Name::META
        | Name::NOBR
        | Name::OL
        | Name::P
        | Name::PRE
        | Name::RUBY
        | Name::S
        | Name::SMALL
        | Name::SPAN
        | Name::STRONG
        | Name::STRIKE
        | Name::SUB
        | Name::SUP
        | Name::TABLE
        | Name::TT
        | Name::U
        | Name::UL
        | Name::VAR => BREAKOUT,
        _ => 0,
    };
    specials | scopes | ends | heading | fostering | breakout
}

static HTML_CLASSES: [u16; KNOWN_COUNT] = {
    let mut classes = [0; KNOWN_COUNT];
    let mut number = 0;
    while number < KNOWN_COUNT {
        classes[number] = html_class(Name(number as u16));
        number += 1;
    }
    classes
};

/// The class of an element, but for `annotation-xml`, which depends on an attribute.
#[inline]
pub(super) fn class_of(namespace: Namespace, name: Name) -> u16 {
    match namespace {
        Namespace::Html => HTML_CLASSES.get(usize::from(name.0)).copied().unwrap_or(0),
        Namespace::MathMl => match name {
            Name::MI | Name::MO | Name::MN | Name::MS | Name::MTEXT => SPECIAL | SCOPE | MATHML_TEXT_POINT,
            Name::ANNOTATION_XML => SPECIAL | SCOPE,
            _ => 0,
        },
        Namespace::Svg => match name {
            Name::FOREIGNOBJECT | Name::DESC | Name::TITLE => SPECIAL | SCOPE | HTML_POINT,
            _ => 0,
        },
    }
}
