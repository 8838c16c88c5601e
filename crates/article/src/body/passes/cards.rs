//! Cards that point to other articles.

use crate::body::lines::PageLines;
use crate::body::segments::Segment;
use crate::fields::host;
use foldhash::HashMap;
use onrecord_document::BlockKind;
use onrecord_html::{HtmlName, Tree};

/// Share of links above which a line is a title.
const LINKED: f32 = 0.85;

/// Whether most of the titles among some lines lead to other sites: then the article is a list of things, each with a link.
pub(super) fn lead_elsewhere(page: &PageLines<'_>, lines: &[usize]) -> bool {
    let own = own_host(page.tree);
    let (mut all, mut elsewhere) = (0, 0);
    let titles = lines.iter().map(|&line| page.segment(line)).filter(|line| line.linked > LINKED);
    for (_, link) in titles.flat_map(|line| &line.links) {
        let address = page.tree.attr_named(*link, HtmlName::HREF).map(|href| href.value()).unwrap_or_default();
        all += 1;
        elsewhere += usize::from(host(&address).is_some_and(|host| own.as_deref() != Some(host)));
    }
    all > 0 && elsewhere * 2 > all
}

/// The host of the page, as it names it: `<link rel=canonical>` or `og:url`.
fn own_host(tree: &Tree<'_>) -> Option<String> {
    /// Most elements of the page that are looked at; these stand in its head.
    const MAX_HEAD: usize = 4_000;
    tree.descendants(tree.root()).take(MAX_HEAD).find_map(|node| {
        let says = |name, value: &str| tree.attr_named(node, name).is_some_and(|attr| attr.raw() == value);
        let address = if tree.is(node, HtmlName::LINK) && says(HtmlName::REL, "canonical") {
            tree.attr_named(node, HtmlName::HREF)?
        } else if tree.is(node, HtmlName::META) && says(HtmlName::PROPERTY, "og:url") {
            tree.attr_named(node, HtmlName::CONTENT)?
        } else {
            return None;
        };
        host(&address.value()).map(str::to_owned)
    })
}

/// At least three neighbours built alike, each short and with a linked title and some words that are not linked, are cards that
/// point to other articles. Where they are most of the text and lead to other sites, they are the things that the article lists.
///
/// `<li><h3><a href=/1>Talks go on</a></h3><p>Both sides said that they were close.</p></li>`, three times.
pub(super) fn cards(page: &mut PageLines<'_>) {
    /// Fewest cards of a row.
    const FEWEST: usize = 3;
    /// Longest card: a longer part is a part of the text.
    const LONGEST: f32 = 600.0;
    /// Lines of a card that may be its title: above it may stand a label.
    const HEAD: usize = 2;
    /// Shortest title.
    const TITLE: f32 = 15.0;
    /// Letters of body that must be left, so that a page made of cards is not emptied.
    const LEFT: f32 = 400.0;
    let first_class = |region: usize| {
        let class = page.tree.attr_named(page.cut.regions[region].node, HtmlName::CLASS).map(|class| class.raw());
        class.and_then(|class| class.split_ascii_whitespace().next()).unwrap_or_default()
    };
    let is_card = |region: usize| {
        let lines = &page.cut.segments[page.cut.regions[region].segments.clone()];
        // Stops as soon as a region is too long: regions lie inside one another.
        let is_short = || {
            let mut length = 0.0;
            lines.iter().all(|line| {
                length += line.length;
                length < LONGEST
            })
        };
        let is_title = |line: &Segment| line.linked > LINKED && line.length > TITLE && !line.sentence;
        let titled = lines.iter().take(HEAD).any(is_title);
        let list = matches!(page.tree.name(page.cut.regions[region].node), HtmlName::UL | HtmlName::OL | HtmlName::DL);
        let story = page.weights.headline.is_some_and(|line| page.cut.regions[region].segments.contains(&line));
        lines.len() > 1 && titled && !list && !story && is_short()
    };
    let mut pointers = Vec::new();
    for parent in 0..page.cut.regions.len() {
        if page.cut.regions[parent].end - parent <= FEWEST || page.weights.furniture[parent].is_some() {
            continue;
        }
        let mut alike: HashMap<(HtmlName, &str), Vec<usize>> = HashMap::default();
        for region in page.cut.below(parent).filter(|&region| is_card(region)) {
            let name = page.tree.name(page.cut.regions[region].node);
            alike.entry((name, first_class(region))).or_default().push(region);
        }
        for region in alike.into_values().filter(|regions| regions.len() >= FEWEST).flatten() {
            pointers.extend(page.cut.regions[region].segments.clone());
        }
    }
    pointers.sort_unstable();
    pointers.dedup();
    pointers
        .retain(|&index| matches!(page.kinds[index], BlockKind::Paragraph | BlockKind::Subhead | BlockKind::ListItem));
    let body = (0..page.kinds.len()).filter(|&index| page.is_body(index));
    let all: f32 = body.map(|index| page.segment(index).length).sum();
    let pointing: f32 = pointers.iter().map(|&index| page.segment(index).length).sum();
    if all - pointing > LEFT && !(pointing > all - pointing && lead_elsewhere(page, &pointers)) {
        for index in pointers {
            page.kinds[index] = BlockKind::Teaser;
        }
    }
}
