//! A page as a row of segments: the lines a reader sees, each with its place in the tree.

use crate::body::sentence::is_sentence;
use crate::body::tables::{is_data_table, rows};
use crate::phrases::begins_with_bullet;
use onrecord_html::{Name, NodeId, NodeKind, Tree};
use onrecord_span::Traced;
use std::ops::Range;

/// What the markup makes of a segment.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) enum Tag {
    /// Text in no particular element.
    Bare,
    Paragraph,
    Heading(u8),
    ListItem,
    Quote,
    /// Text of a table that lays out the page.
    Cell,
    /// A whole table of data.
    Table,
    /// A whole post of a social network.
    Embed,
    Caption,
    Preformatted,
}

/// One line of the page.
#[derive(Debug)]
pub(crate) struct Segment {
    /// The words, white space folded, with their origin in the decoded page. Never empty.
    pub words: Traced,
    /// Linked stretches of the words and the `a` elements they stand in.
    pub links: Vec<(Range<usize>, NodeId)>,
    /// The element whose line it is.
    pub block: NodeId,
    /// Index of the innermost region that holds it.
    pub region: usize,
    pub tag: Tag,
    /// Length as a reader feels it: an ideograph counts for several letters.
    pub length: f32,
    /// Share of the length that is linked, 0 to 1.
    pub linked: f32,
    /// Whether all of it is set in bold.
    pub bold: bool,
    /// Whether the words end as a sentence does.
    pub sentence: bool,
}

/// A block-level element and the segments below it.
#[derive(Debug)]
pub(crate) struct Region {
    pub node: NodeId,
    /// Index of the region above; its own index for the first.
    pub parent: usize,
    /// Indices of the segments below.
    pub segments: Range<usize>,
    /// Index behind the last region below.
    pub end: usize,
    /// Whether the page hides it from readers.
    pub hidden: bool,
}

/// The page's segments in reading order, and the regions they lie in, each before those below it.
#[derive(Debug, Default)]
pub(crate) struct Segments {
    pub segments: Vec<Segment>,
    pub regions: Vec<Region>,
}

impl Segments {
    /// Whether the page has more than is read: the rest is left out.
    pub fn is_full(&self) -> bool {
        self.segments.len() >= MAX_SEGMENTS || self.regions.len() >= MAX_REGIONS
    }
}

/// Segments of one page beyond which the rest is left out; the longest of 894 pages of news has 2,239.
pub(crate) const MAX_SEGMENTS: usize = 10_000;

/// Block elements of one page beyond which the rest is left out; the page with the most elements of any kind has 6,754.
pub(crate) const MAX_REGIONS: usize = 50_000;

/// Length beyond which the words of a heading element are a paragraph set in large type.
const LONGEST_HEADING: f32 = 150.0;

/// Cuts a page, or the part of it below `top`, into segments.
pub(crate) fn segments(tree: &Tree<'_>, top: NodeId) -> Segments {
    cut(tree, top, Scripts::On)
}

/// The same as a reader sees the page who has scripts switched off: what stands in `<noscript>` too.
pub(crate) fn segments_without_scripts(tree: &Tree<'_>) -> Segments {
    cut(tree, tree.root(), Scripts::Off)
}

/// Whether the reader's browser runs scripts.
#[derive(Copy, Clone, PartialEq, Eq)]
enum Scripts {
    On,
    Off,
}

fn cut(tree: &Tree<'_>, top: NodeId, scripts: Scripts) -> Segments {
    let mut cutter = Cutter { tree, scripts, out: Segments::default(), line: Line::default(), region: 0, breaks: 0 };
    cutter.out.regions.push(Region { node: top, parent: 0, segments: 0..0, end: 1, hidden: false });
    cutter.children(top, Place { tag: Tag::Bare, link: None, block: top, bold: false });
    cutter.flush();
    let count = cutter.out.segments.len();
    let regions = cutter.out.regions.len();
    cutter.out.regions[0].segments = 0..count;
    cutter.out.regions[0].end = regions;
    cutter.out
}

#[derive(Copy, Clone)]
struct Place {
    tag: Tag,
    link: Option<NodeId>,
    block: NodeId,
    bold: bool,
}

#[derive(Default)]
struct Line {
    raw: Traced,
    links: Vec<(Range<usize>, NodeId)>,
    place: Option<(Tag, NodeId)>,
    /// Whether some words are not bold.
    plain: bool,
}

struct Cutter<'t, 's> {
    tree: &'t Tree<'s>,
    scripts: Scripts,
    out: Segments,
    line: Line,
    region: usize,
    /// `<br>`s since the last words.
    breaks: u32,
}

impl Cutter<'_, '_> {
    fn children(&mut self, node: NodeId, place: Place) {
        let mut next = self.tree.first_child(node);
        while let Some(child) = next {
            next = self.tree.next_sibling(child);
            match self.tree.kind(child) {
                NodeKind::Text => self.text(child, place),
                NodeKind::Element => self.element(child, place),
                NodeKind::Document | NodeKind::Doctype | NodeKind::Comment => {}
            }
        }
    }

    fn text(&mut self, node: NodeId, place: Place) {
        let raw = self.tree.raw_text(node);
        let blank = raw.bytes().all(|byte| byte.is_ascii_whitespace());
        if !blank {
            if self.breaks > 0 && begins_with_bullet(raw.trim_start()) {
                self.flush();
            }
            self.breaks = 0;
            self.line.place.get_or_insert((place.tag, place.block));
            self.line.plain |= !place.bold;
        } else if self.line.raw.is_empty() {
            return;
        }
        let start = self.line.raw.len();
        self.tree.trace_text(node, &mut self.line.raw);
        let Some(link) = place.link.filter(|_| !blank) else { return };
        match self.line.links.last_mut() {
            Some((range, last)) if *last == link => range.end = self.line.raw.len(),
            _ => self.line.links.push((start..self.line.raw.len(), link)),
        }
    }

    fn element(&mut self, node: NodeId, place: Place) {
        let name = self.tree.name(node);
        let unread = is_unread(name) && !self.is_shown(node, name, place);
        if !self.tree.is(node, name) || unread || self.out.is_full() {
            return;
        }
        if name == Name::BR {
            return self.line_break(node, place);
        }
        let bold = place.bold || matches!(name, Name::B | Name::STRONG);
        let place = Place { link: if name == Name::A { Some(node) } else { place.link }, bold, ..place };
        if place.tag == Tag::Quote && name == Name::FOOTER && !self.line.raw.is_empty() {
            // Who said it stands on the quotation's own line.
            self.line.raw.push_inserted(" ");
            return self.children(node, place);
        }
        if !is_block(name) {
            if self.tree.name_text(name).starts_with("amp-ad") {
                return;
            }
            return self.children(node, place);
        }
        self.flush();
        let place = Place { tag: tag(name, place.tag), block: node, ..place };
        let hidden = self.out.regions[self.region].hidden || is_hidden(self.tree, node);
        let (above, index) = (self.region, self.out.regions.len());
        let first = self.out.segments.len();
        self.out.regions.push(Region { node, parent: above, segments: first..first, end: index + 1, hidden });
        self.region = index;
        if name == Name::TABLE && is_data_table(self.tree, node) {
            self.table(node, place);
        } else if name == Name::BLOCKQUOTE && is_embed(self.tree, node) {
            self.inline_children(node, Place { tag: Tag::Embed, ..place });
        } else {
            self.children(node, place);
        }
        self.flush();
        self.region = above;
        self.out.regions[index].segments.end = self.out.segments.len();
        self.out.regions[index].end = self.out.regions.len();
    }

    /// Whether an element that is not read as a rule is read here: `<noscript>` by readers without scripts, a button that is all
    /// of a heading, a template that the browser shows as it is (`<template shadowrootmode=open>`).
    fn is_shown(&self, node: NodeId, name: Name, place: Place) -> bool {
        match name {
            Name::NOSCRIPT => self.scripts == Scripts::Off,
            Name::BUTTON => matches!(place.tag, Tag::Heading(2..)) && is_alone(self.tree, node),
            Name::TEMPLATE => self.tree.attr(node, "shadowrootmode").is_some(),
            _ => false,
        }
    }

    /// Two line breaks end a paragraph, one does where a sentence ends, before a bullet, or, outside `<p>`, behind a short line
    /// such as a headline's or a name's; else it is a space.
    fn line_break(&mut self, node: NodeId, place: Place) {
        const SHORT: usize = 60;
        self.breaks += 1;
        let text = self.line.raw.text().trim();
        let short =
            matches!(place.tag, Tag::Bare | Tag::Cell) && text.len() < SHORT && !text.ends_with([',', ';', '-']);
        let sentence = short
            || text.len() > 60 && text.trim_end_matches(['"', '”', '’', '»']).ends_with(['.', '!', '?', '。', '」']);
        if self.breaks >= 2 || sentence {
            return self.flush();
        }
        self.line.raw.push_unit(" ", self.tree.source_range(node));
    }

    /// A table of data is one line: cells joined by " | ", rows by " / ".
    fn table(&mut self, node: NodeId, place: Place) {
        let cells: Vec<(NodeId, bool)> = rows(self.tree, node)
            .into_iter()
            .flat_map(|row| row.into_iter().enumerate().map(|(nth, cell)| (cell, nth == 0)))
            .collect();
        let mut whole = Line::default();
        for (cell, first) in cells {
            self.line = Line::default();
            self.inline_children(cell, place);
            let words = std::mem::take(&mut self.line).raw.fold_space();
            if words.is_empty() {
                continue;
            }
            if !whole.raw.is_empty() {
                whole.raw.push_inserted(if first { " / " } else { " | " });
            }
            whole.raw.append(&words);
        }
        whole.place = Some((Tag::Table, node));
        whole.plain = true;
        self.line = whole;
        self.flush();
    }

    /// The words below a cell or a post, as one line whatever the elements.
    fn inline_children(&mut self, node: NodeId, place: Place) {
        let mut below = self.tree.descendants(node);
        while let Some(child) = below.next() {
            match self.tree.kind(child) {
                NodeKind::Text => self.text(child, place),
                NodeKind::Element if is_unread(self.tree.name(child)) => below.skip_below(child),
                NodeKind::Element
                    if !self.line.raw.is_empty()
                        && (is_block(self.tree.name(child)) || self.tree.is(child, Name::BR)) =>
                {
                    self.line.raw.push_inserted(" ");
                }
                _ => {}
            }
        }
    }

    fn flush(&mut self) {
        self.breaks = 0;
        let Line { raw, links, place, plain } = &mut self.line;
        let plain = std::mem::take(plain);
        let links = std::mem::take(links);
        let Some((tag, block)) = place.take() else { return raw.clear() };
        let words = raw.fold_space();
        if words.is_empty() || self.out.segments.len() >= MAX_SEGMENTS {
            return raw.clear();
        }
        let links = fold_ranges(raw.text(), words.text(), links);
        raw.clear();
        let length = length(words.text());
        let linked: f32 = links.iter().map(|(range, _)| self::length(&words.text()[range.clone()])).sum();
        let linked = if length > 0.0 { linked / length } else { 0.0 };
        let heading = matches!(tag, Tag::Heading(2..)) && length > LONGEST_HEADING && linked < 0.5;
        let tag = if heading { Tag::Paragraph } else { tag };
        let bold = !plain && !heading;
        let sentence = is_sentence(words.text());
        let region = self.region;
        self.out.segments.push(Segment { words, links, block, region, tag, length, linked, bold, sentence });
    }
}

/// Carries byte ranges of a text over to the same text with its white space folded, by counting visible characters.
fn fold_ranges(raw: &str, folded: &str, ranges: Vec<(Range<usize>, NodeId)>) -> Vec<(Range<usize>, NodeId)> {
    if ranges.is_empty() {
        return ranges;
    }
    // Every character of the folded text but its spaces is one of the raw text's, in order.
    let mut folded_ranges = Vec::with_capacity(ranges.len());
    let (raw, folded) = (raw.as_bytes(), folded.as_bytes());
    let (mut at, mut expected) = (0, 0);
    for (range, node) in ranges {
        let mut covered: Option<Range<usize>> = None;
        while at < range.end.min(raw.len()) {
            if folded.get(expected) == Some(&b' ') {
                expected += 1;
            }
            let len = length_of_char(raw[at]);
            if folded.get(expected..expected + len) == Some(&raw[at..at + len]) {
                if at >= range.start {
                    covered = Some(covered.map_or(expected, |covered| covered.start)..expected + len);
                }
                expected += len;
            }
            at += len;
        }
        folded_ranges.extend(covered.map(|covered| (covered, node)));
    }
    folded_ranges
}

/// Bytes of the character of a text that begins with this byte.
fn length_of_char(first: u8) -> usize {
    match first {
        0..0xC0 => 1,
        0xC0..0xE0 => 2,
        0xE0..0xF0 => 3,
        0xF0.. => 4,
    }
}

/// Length as a reader feels it: ideographs, kana and hangul say two and a half letters each.
pub(crate) fn length(text: &str) -> f32 {
    // The least first byte of those characters.
    const WIDE: u8 = 0xE3;
    if text.bytes().all(|byte| byte < WIDE) {
        return text.chars().count() as f32;
    }
    text.chars().map(|char| if is_wide(char) { 2.5 } else { 1.0 }).sum()
}

/// Whether a character is an ideograph, kana or hangul.
pub(crate) fn is_wide(char: char) -> bool {
    matches!(char, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..)
}

/// Elements whose text is no part of what a reader reads.
fn is_unread(name: Name) -> bool {
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

/// Whether an element has no neighbours but white space: a button is all of its heading where it folds and unfolds what stands
/// below. `<h3><button>Who was on board?</button></h3>`
fn is_alone(tree: &Tree<'_>, node: NodeId) -> bool {
    let is_blank = |other: NodeId| tree.kind(other) != NodeKind::Element && tree.raw_text(other).trim().is_empty();
    tree.parent(node).is_some_and(|parent| tree.children(parent).all(|other| other == node || is_blank(other)))
}

/// Elements that stand on lines of their own. Source: the user agent style sheet of the HTML Standard, section 15.3.
fn is_block(name: Name) -> bool {
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

/// What a block element makes of its lines; one that says little keeps what those around it say.
fn tag(name: Name, around: Tag) -> Tag {
    match (name, around) {
        (Name::FIGCAPTION | Name::CAPTION, _) | (_, Tag::Caption) => Tag::Caption,
        (Name::H1, _) => Tag::Heading(1),
        (Name::H2, _) => Tag::Heading(2),
        (Name::H3, _) => Tag::Heading(3),
        (Name::H4, _) => Tag::Heading(4),
        (Name::H5, _) => Tag::Heading(5),
        (Name::H6, _) => Tag::Heading(6),
        (Name::BLOCKQUOTE, _) => Tag::Quote,
        (Name::LI | Name::DD | Name::DT, _) => Tag::ListItem,
        (Name::PRE, _) => Tag::Preformatted,
        (Name::TABLE, _) => Tag::Bare,
        (Name::TD | Name::TH, _) => Tag::Cell,
        (Name::P, Tag::Bare | Tag::Cell | Tag::Heading(_)) => Tag::Paragraph,
        (_, around) => around,
    }
}

/// Whether a block quote is the embedding code of a social network's post: by the class names that networks prescribe,
/// or because it stands in an element that is named for embedding.
fn is_embed(tree: &Tree<'_>, quote: NodeId) -> bool {
    const CLASSES: [&str; 7] = [
        "twitter-tweet",
        "twitter-video",
        "instagram-media",
        "tiktok-embed",
        "fb-post",
        "bluesky-embed",
        "mastodon-embed",
    ];
    let class = tree.attr_named(quote, Name::CLASS).map_or("", |attr| attr.raw());
    let known = class.split_ascii_whitespace().any(|word| CLASSES.contains(&word));
    let named = |node: NodeId| {
        tree.attrs(node).any(|attr| {
            matches!(attr.name(), "class" | "data-component" | "data-type" | "data-testid")
                && attr.raw().len() < 400
                && attr.raw().to_ascii_lowercase().contains("embed")
        })
    };
    known || named(quote) || tree.ancestors(quote).take(2).any(named)
}

fn is_hidden(tree: &Tree<'_>, node: NodeId) -> bool {
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

#[cfg(test)]
mod tests {
    use super::*;
    use onrecord_html::parse;

    fn lines(html: &str) -> Vec<(Tag, String)> {
        let tree = parse(html);
        let cut = segments(&tree, tree.root());
        cut.segments.iter().map(|segment| (segment.tag, segment.words.text().to_owned())).collect()
    }

    #[test]
    fn block_elements_make_lines_and_inline_ones_do_not() {
        let html = "<div>Port <b>Ellery</b><p>The ferry\n<a href=/x>sank</a>.</p><ul><li>One<li><p>Two</ul></div>";
        assert_eq!(
            lines(html),
            [
                (Tag::Bare, "Port Ellery".to_owned()),
                (Tag::Paragraph, "The ferry sank.".to_owned()),
                (Tag::ListItem, "One".to_owned()),
                (Tag::ListItem, "Two".to_owned()),
            ]
        );
    }

    #[test]
    fn two_breaks_end_a_paragraph_and_one_is_a_space() {
        assert_eq!(
            lines("<p>The ferry<br>struck.<br> <br>Six died.</p>"),
            [(Tag::Paragraph, "The ferry struck.".to_owned()), (Tag::Paragraph, "Six died.".to_owned())]
        );
    }

    #[test]
    fn one_break_before_a_bullet_begins_a_point() {
        assert_eq!(lines("<p>They agreed on two things:<br>- a ceasefire;<br>- an exchange.</p>").len(), 3);
    }

    #[test]
    fn one_break_ends_a_short_line_outside_paragraphs() {
        assert_eq!(lines("<div>LOCAL NEWS<br><b>Seven dead</b><br>By Wally Breck</div>").len(), 3);
        assert_eq!(lines("<p>12 Gull Road<br>Port Ellery</p>").len(), 1);
    }

    #[test]
    fn a_post_of_a_network_is_one_line() {
        let html = "<div class=social-embed><blockquote><p>Fog.</p><footer>Coastguard</footer></blockquote></div>";
        assert_eq!(lines(html), [(Tag::Embed, "Fog. Coastguard".to_owned())]);
    }

    #[test]
    fn a_quotation_keeps_the_name_under_it() {
        let html = "<blockquote>“It sank.” <footer>Okafor</footer></blockquote>";
        assert_eq!(lines(html), [(Tag::Quote, "“It sank.” Okafor".to_owned())]);
    }

    #[test]
    fn scripts_and_forms_are_not_read() {
        assert_eq!(lines("<script>var a</script><p>A</p><select><option>B</select><noscript>C</noscript>").len(), 1);
    }

    #[test]
    fn a_template_that_the_browser_shows_is_read() {
        let html = "<my-story><template shadowrootmode=open><p>The ferry sank.</p></template></my-story><template><p>No</template>";
        assert_eq!(lines(html), [(Tag::Paragraph, "The ferry sank.".to_owned())]);
    }

    #[test]
    fn a_button_that_is_all_of_a_heading_is_read() {
        assert_eq!(lines("<h3> <button>Who was on board?</button></h3>")[0].1, "Who was on board?");
        assert_eq!(
            lines("<h3><button>1x</button> Ropes</h3><button>Share</button>"),
            [(Tag::Heading(3), "Ropes".to_owned())]
        );
    }

    #[test]
    fn a_table_of_data_is_one_line_and_a_layout_table_is_not() {
        let data = "<table><tr><th>Ship<th>Dead<tr><td>Brannoc<td>7</table>";
        assert_eq!(lines(data), [(Tag::Table, "Ship | Dead / Brannoc | 7".to_owned())]);
        let layout = format!("<table><tr><td>Menu<td><p>{}</p><tr><td>a<td>b</table>", "Long words. ".repeat(80));
        assert_eq!(lines(&layout).len(), 4);
    }

    #[test]
    fn links_keep_their_words() {
        let tree = parse("<p>The <a href=1>ferry\n &nbsp;line</a> said <a href=2>so</a>");
        let cut = segments(&tree, tree.root());
        let segment = &cut.segments[0];
        let words: Vec<&str> = segment.links.iter().map(|(range, _)| &segment.words.text()[range.clone()]).collect();
        assert_eq!(words, ["ferry line", "so"]);
        assert!((segment.linked - 12.0 / 22.0).abs() < 0.01);
    }

    #[test]
    fn regions_hold_the_segments_below_them() {
        let tree = parse("<div><p>A</p><div><p>B</p></div></div><div style='display: none'><p>C</div>");
        let cut = segments(&tree, tree.root());
        let hidden: Vec<&str> = cut
            .regions
            .iter()
            .filter(|region| region.hidden)
            .flat_map(|region| &cut.segments[region.segments.clone()])
            .map(|segment| segment.words.text())
            .collect();
        assert_eq!(hidden, ["C", "C"]);
    }

    #[test]
    fn a_paragraph_set_as_a_heading_is_one() {
        let long = format!("<h3>{}</h3>", "The ferry struck the wall. ".repeat(8));
        assert_eq!(lines(&long)[0].0, Tag::Paragraph);
        assert_eq!(lines("<h3>The ferry struck the wall</h3>")[0].0, Tag::Heading(3));
    }

    #[test]
    fn a_page_of_endless_lines_is_cut_off() {
        let html = "<p>a".repeat(MAX_SEGMENTS + 10);
        assert_eq!(lines(&html).len(), MAX_SEGMENTS);
    }

    #[test]
    fn a_page_of_endless_blocks_is_cut_off() {
        let html = format!("{}<p>a", "<div></div>".repeat(MAX_REGIONS + 10));
        let tree = parse(&html);
        let cut = segments(&tree, tree.root());
        assert!(cut.is_full() && cut.regions.len() == MAX_REGIONS && cut.segments.is_empty());
    }
}
