//! Names of elements and attributes, interned: comparing two is comparing two numbers.

use foldhash::HashMap;

use crate::limits::MAX_NAMES;

/// The name of an element or attribute, lower-case, without its namespace.
///
/// Names that the standard knows are constants of this type, the same in every tree; any other is
/// known to one [`Tree`](crate::Tree) alone and must not be compared with that of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HtmlName(pub(crate) u16);

macro_rules! known_names {
    ($($constant:ident $text:literal)*) => {
        #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
        #[repr(u16)]
        enum KnownName { $($constant),* }

        impl HtmlName {
            $(#[doc = concat!("`", $text, "`")] pub const $constant: HtmlName = HtmlName(KnownName::$constant as u16);)*
        }

        /// The texts of the known names, in the order of their numbers.
        static KNOWN: &[&str] = &[$($text),*];
    };
}

known_names! {
    A "a"
    ABBR "abbr"
    ACRONYM "acronym"
    ADDRESS "address"
    ANNOTATION_XML "annotation-xml"
    APPLET "applet"
    AREA "area"
    ARTICLE "article"
    ASIDE "aside"
    AUDIO "audio"
    B "b"
    BASE "base"
    BASEFONT "basefont"
    BDI "bdi"
    BDO "bdo"
    BGSOUND "bgsound"
    BIG "big"
    BLOCKQUOTE "blockquote"
    BODY "body"
    BR "br"
    BUTTON "button"
    CANVAS "canvas"
    CAPTION "caption"
    CENTER "center"
    CITE "cite"
    CODE "code"
    COL "col"
    COLGROUP "colgroup"
    DATA "data"
    DATALIST "datalist"
    DD "dd"
    DEL "del"
    DESC "desc"
    DETAILS "details"
    DFN "dfn"
    DIALOG "dialog"
    DIR "dir"
    DIV "div"
    DL "dl"
    DT "dt"
    EM "em"
    EMBED "embed"
    FIELDSET "fieldset"
    FIGCAPTION "figcaption"
    FIGURE "figure"
    FONT "font"
    FOOTER "footer"
    FOREIGNOBJECT "foreignobject"
    FORM "form"
    FRAME "frame"
    FRAMESET "frameset"
    H1 "h1"
    H2 "h2"
    H3 "h3"
    H4 "h4"
    H5 "h5"
    H6 "h6"
    HEAD "head"
    HEADER "header"
    HGROUP "hgroup"
    HR "hr"
    HTML "html"
    I "i"
    IFRAME "iframe"
    IMAGE "image"
    IMG "img"
    INPUT "input"
    INS "ins"
    KBD "kbd"
    KEYGEN "keygen"
    LABEL "label"
    LEGEND "legend"
    LI "li"
    LINK "link"
    LISTING "listing"
    MAIN "main"
    MALIGNMARK "malignmark"
    MAP "map"
    MARK "mark"
    MARQUEE "marquee"
    MATH "math"
    MENU "menu"
    MENUITEM "menuitem"
    META "meta"
    METER "meter"
    MGLYPH "mglyph"
    MI "mi"
    MN "mn"
    MO "mo"
    MS "ms"
    MTEXT "mtext"
    NAV "nav"
    NOBR "nobr"
    NOEMBED "noembed"
    NOFRAMES "noframes"
    NOSCRIPT "noscript"
    OBJECT "object"
    OL "ol"
    OPTGROUP "optgroup"
    OPTION "option"
    OUTPUT "output"
    P "p"
    PARAM "param"
    PICTURE "picture"
    PLAINTEXT "plaintext"
    PRE "pre"
    PROGRESS "progress"
    Q "q"
    RB "rb"
    RP "rp"
    RT "rt"
    RTC "rtc"
    RUBY "ruby"
    S "s"
    SAMP "samp"
    SCRIPT "script"
    SEARCH "search"
    SECTION "section"
    SELECT "select"
    SELECTEDCONTENT "selectedcontent"
    SLOT "slot"
    SMALL "small"
    SOURCE "source"
    SPAN "span"
    STRIKE "strike"
    STRONG "strong"
    STYLE "style"
    SUB "sub"
    SUMMARY "summary"
    SUP "sup"
    SVG "svg"
    TABLE "table"
    TBODY "tbody"
    TD "td"
    TEMPLATE "template"
    TEXTAREA "textarea"
    TFOOT "tfoot"
    TH "th"
    THEAD "thead"
    TIME "time"
    TITLE "title"
    TR "tr"
    TRACK "track"
    TT "tt"
    U "u"
    UL "ul"
    VAR "var"
    VIDEO "video"
    WBR "wbr"
    XMP "xmp"
    ACTION "action"
    ALIGN "align"
    ALT "alt"
    ARIA_DESCRIBEDBY "aria-describedby"
    ARIA_HIDDEN "aria-hidden"
    ARIA_LABEL "aria-label"
    ARIA_LABELLEDBY "aria-labelledby"
    ARIA_LEVEL "aria-level"
    ASYNC "async"
    AUTOPLAY "autoplay"
    BGCOLOR "bgcolor"
    BORDER "border"
    CELLPADDING "cellpadding"
    CELLSPACING "cellspacing"
    CHARSET "charset"
    CHECKED "checked"
    CLASS "class"
    COLOR "color"
    COLS "cols"
    COLSPAN "colspan"
    CONTENT "content"
    CONTROLS "controls"
    CROSSORIGIN "crossorigin"
    D "d"
    DATA_HREF "data-href"
    DATA_ID "data-id"
    DATA_SRC "data-src"
    DATA_SRCSET "data-srcset"
    DATA_TYPE "data-type"
    DATA_URL "data-url"
    DATETIME "datetime"
    DECODING "decoding"
    DEFER "defer"
    DISABLED "disabled"
    DOWNLOAD "download"
    DRAGGABLE "draggable"
    ENCODING "encoding"
    ENCTYPE "enctype"
    FACE "face"
    FETCHPRIORITY "fetchpriority"
    FILL "fill"
    FOR "for"
    FRAMEBORDER "frameborder"
    HEADERS "headers"
    HEIGHT "height"
    HIDDEN "hidden"
    HREF "href"
    HREFLANG "hreflang"
    HTTP_EQUIV "http-equiv"
    ID "id"
    INTEGRITY "integrity"
    ISMAP "ismap"
    ITEMID "itemid"
    ITEMPROP "itemprop"
    ITEMREF "itemref"
    ITEMSCOPE "itemscope"
    ITEMTYPE "itemtype"
    LANG "lang"
    LANGUAGE "language"
    LOADING "loading"
    LOOP "loop"
    MAXLENGTH "maxlength"
    MEDIA "media"
    METHOD "method"
    MULTIPLE "multiple"
    MUTED "muted"
    NAME "name"
    NONCE "nonce"
    NOWRAP "nowrap"
    ONCLICK "onclick"
    ONLOAD "onload"
    PATH "path"
    PLACEHOLDER "placeholder"
    POINTS "points"
    POSTER "poster"
    PRELOAD "preload"
    PROPERTY "property"
    PUBDATE "pubdate"
    READONLY "readonly"
    RECT "rect"
    REL "rel"
    RESOURCE "resource"
    ROLE "role"
    ROWSPAN "rowspan"
    ROWS "rows"
    SANDBOX "sandbox"
    SCOPE "scope"
    SCROLLING "scrolling"
    SELECTED "selected"
    SIZES "sizes"
    SIZE "size"
    SRC "src"
    SRCDOC "srcdoc"
    SRCSET "srcset"
    START "start"
    STROKE "stroke"
    TABINDEX "tabindex"
    TARGET "target"
    TRANSFORM "transform"
    TYPE "type"
    TYPEOF "typeof"
    USE "use"
    VALIGN "valign"
    VALUE "value"
    VIEWBOX "viewbox"
    WIDTH "width"
    X "x"
    XLINK_HREF "xlink:href"
    XML_LANG "xml:lang"
    XMLNS "xmlns"
    XMLNS_XLINK "xmlns:xlink"
    Y "y"
    CIRCLE "circle"
    ELLIPSE "ellipse"
    G "g"
    LINE "line"
    POLYGON "polygon"
    POLYLINE "polyline"
    DEFS "defs"
    SYMBOL "symbol"
    REVERSED "reversed"
    VOCAB "vocab"
    ABOUT "about"
    PREFIX "prefix"
    UNNAMED "unnamed"
}

/// How many names are known to every tree.
pub(crate) const KNOWN_COUNT: usize = KnownName::UNNAMED as usize + 1;

/// Slots of the table of known names: a power of two, at least four times their number.
const SLOTS: usize = 2048;

/// A slot that holds no name.
const EMPTY: u16 = u16::MAX;

/// Open addressing by [`hash`] over the known names.
static KNOWN_TABLE: [u16; SLOTS] = {
    let mut table = [EMPTY; SLOTS];
    let mut number = 0;
    while number < KNOWN.len() {
        let mut slot = hash(KNOWN[number].as_bytes()) as usize % SLOTS;
        while table[slot] != EMPTY {
            slot = (slot + 1) % SLOTS;
        }
        table[slot] = number as u16;
        number += 1;
    }
    table
};

/// The state of the hash before the first byte.
pub(crate) const HASH_START: u32 = 0x811c_9dc5;

/// Takes one byte, as lower case, into the hash (FNV-1a).
#[inline(always)]
pub(crate) const fn hash_byte(state: u32, byte: u8) -> u32 {
    (state ^ byte.to_ascii_lowercase() as u32).wrapping_mul(0x0100_0193)
}

/// Spreads the hash over the low bits, which choose the slot.
#[inline(always)]
const fn finish(state: u32) -> u32 {
    state ^ (state >> 15)
}

const fn hash(bytes: &[u8]) -> u32 {
    let mut state = HASH_START;
    let mut at = 0;
    while at < bytes.len() {
        state = hash_byte(state, bytes[at]);
        at += 1;
    }
    finish(state)
}

impl HtmlName {
    /// The constant with this text (lower-case), if the standard knows it.
    pub fn known(text: &str) -> Option<HtmlName> {
        find_known(text.as_bytes(), hash(text.as_bytes())).filter(|name| KNOWN[usize::from(name.0)] == text)
    }

    /// Its number: the known names have the first, those that only a tree knows the next.
    pub fn index(self) -> usize {
        usize::from(self.0)
    }

    /// The text of a known name; `None` for names that only a tree knows
    /// ([`Tree::name_text`](crate::Tree::name_text) has those).
    pub fn as_str(self) -> Option<&'static str> {
        KNOWN.get(usize::from(self.0)).copied()
    }
}

/// Finds a known name whatever its case; `hash` is that of its lower case.
#[inline]
fn find_known(bytes: &[u8], hash: u32) -> Option<HtmlName> {
    let mut slot = hash as usize % SLOTS;
    loop {
        let number = KNOWN_TABLE[slot];
        if number == EMPTY {
            return None;
        }
        // Names are so short that to call a comparison costs more than it.
        let known = KNOWN[usize::from(number)].as_bytes();
        if known.len() == bytes.len()
            && known.iter().zip(bytes).all(|(known, byte)| *known == byte.to_ascii_lowercase())
        {
            return Some(HtmlName(number));
        }
        slot = (slot + 1) % SLOTS;
    }
}

/// The names of one tree that the standard does not know.
#[derive(Debug, Default)]
pub(crate) struct NameTable {
    numbers: HashMap<Box<str>, u16>,
    texts: Vec<Box<str>>,
    /// Holds the lower case of a name while it is looked up.
    scratch: String,
}

impl NameTable {
    /// The name written as `raw`, which is any case and may hold NUL; `state` is the hash of all its
    /// bytes by [`hash_byte`]. `None` when [`MAX_NAMES`] is reached.
    #[inline]
    pub(crate) fn intern(&mut self, raw: &str, state: u32) -> Option<HtmlName> {
        match find_known(raw.as_bytes(), finish(state)) {
            Some(name) => Some(name),
            None => self.intern_unknown(raw),
        }
    }

    fn intern_unknown(&mut self, raw: &str) -> Option<HtmlName> {
        self.scratch.clear();
        for part in raw.split_inclusive('\0') {
            match part.strip_suffix('\0') {
                Some(before) => {
                    self.scratch.push_str(before);
                    self.scratch.push('\u{FFFD}');
                }
                None => self.scratch.push_str(part),
            }
        }
        self.scratch.make_ascii_lowercase();
        if let Some(&number) = self.numbers.get(self.scratch.as_str()) {
            return Some(HtmlName(number));
        }
        if self.texts.len() >= MAX_NAMES {
            return None;
        }
        let number = u16::try_from(KNOWN_COUNT + self.texts.len()).ok()?;
        let text: Box<str> = self.scratch.as_str().into();
        self.texts.push(text.clone());
        self.numbers.insert(text, number);
        Some(HtmlName(number))
    }

    /// The name with this lower-case text, if the standard or this tree knows it.
    pub(crate) fn find(&self, text: &str) -> Option<HtmlName> {
        HtmlName::known(text).or_else(|| self.numbers.get(text).map(|&number| HtmlName(number)))
    }

    /// The text of a name of this tree; that of [`HtmlName::UNNAMED`] for a name of another.
    pub(crate) fn text(&self, name: HtmlName) -> &str {
        let index = usize::from(name.0);
        match KNOWN.get(index) {
            Some(text) => text,
            None => self.texts.get(index - KNOWN_COUNT).map_or("unnamed", |text| text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn intern(names: &mut NameTable, text: &str) -> Option<HtmlName> {
        let state = text.bytes().fold(HASH_START, hash_byte);
        names.intern(text, state)
    }

    #[test]
    fn known_names_are_found_in_any_case() {
        let mut names = NameTable::default();
        assert_eq!(intern(&mut names, "BlockQuote"), Some(HtmlName::BLOCKQUOTE));
        assert_eq!(HtmlName::known("blockquote"), Some(HtmlName::BLOCKQUOTE));
        assert_eq!(HtmlName::known("BLOCKQUOTE"), None);
        for text in KNOWN {
            assert_eq!(HtmlName::known(text).and_then(HtmlName::as_str), Some(*text));
        }
    }

    #[test]
    fn unknown_names_are_folded_and_remembered() {
        let mut names = NameTable::default();
        let first = intern(&mut names, "AMP-img");
        assert_eq!(first, intern(&mut names, "amp-IMG"));
        assert_ne!(first, intern(&mut names, "amp-video"));
        assert_eq!(first, names.find("amp-img"));
        assert_eq!(first.map(|name| names.text(name)), Some("amp-img"));
        assert_eq!(intern(&mut names, "a\0b").map(|name| names.text(name)), Some("a\u{FFFD}b"));
    }

    #[test]
    fn names_are_limited() {
        let mut names = NameTable::default();
        for number in 0..MAX_NAMES {
            assert!(intern(&mut names, &format!("x{number}")).is_some());
        }
        assert_eq!(intern(&mut names, "one-more"), None);
        assert_eq!(intern(&mut names, "p"), Some(HtmlName::P));
    }
}
