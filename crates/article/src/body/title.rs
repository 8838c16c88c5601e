//! Which line is the headline, told roughly and before anything else is read: the article stands under it.

use crate::body::segments::{Segments, Tag};
use onrecord_html::{Name, NodeId, Tree};

/// Elements of the page's head that are looked at; a hostile page has millions.
const MAX_HEAD: usize = 4_000;

/// The rank of lines that are no headings, after those that are.
const NO_HEADING: u8 = 9;

/// Longest line that may be a headline.
const LONGEST: f32 = 250.0;

/// Fewest letters of a line that is told by the page's title: shorter ones ("News") stand in many titles.
const SHORTEST: usize = 12;

/// The same for a heading of the first rank that a title begins with: `<title>Pleiades, M45 – Sky at Night</title>`.
const SHORT_HEADING: usize = 7;

/// Index of the line that says what the page's title says: `<title>Ferry sinks – The Courier</title>` … `<h1>Ferry
/// sinks</h1>`. Headings are believed before other lines, those of the first rank before the rest; a line inside a link
/// points to an article and heads none. A line that is no heading must begin as a title does. `None` where no line does.
pub(crate) fn headline_line(tree: &Tree<'_>, cut: &Segments) -> Option<usize> {
    let titles: Vec<String> = titles(tree).iter().map(|title| letters(title)).collect();
    let mut best: Option<(u8, usize)> = None;
    for (index, segment) in cut.segments.iter().enumerate() {
        let rank = match segment.tag {
            Tag::Heading(rank) => rank,
            _ => NO_HEADING,
        };
        let better = best.is_none_or(|(found, _)| rank < found);
        if !better || segment.length > LONGEST || segment.linked > 0.5 || cut.regions[segment.region].hidden {
            continue;
        }
        // Most lines of a page are told apart from its titles by their first letter.
        let first = segment
            .words
            .text()
            .chars()
            .find(|char| char.is_alphanumeric())
            .and_then(|char| char.to_lowercase().next());
        if rank == NO_HEADING && !titles.iter().any(|title| title.chars().next() == first) {
            continue;
        }
        let said = letters(segment.words.text());
        let short = rank == 1 && said.len() >= SHORT_HEADING && titles.iter().any(|title| title.starts_with(&said));
        if short
            || said.len() >= SHORTEST && titles.iter().any(|title| title.starts_with(&said) || is_most_of(&said, title))
        {
            best = Some((rank, index));
        }
    }
    best.map(|(_, index)| index)
}

/// Whether a line holds a title, or most of it: titles are cut and have names glued on.
fn is_most_of(said: &str, title: &str) -> bool {
    title.len() >= SHORTEST && (said.starts_with(title) || (title.contains(said) && said.len() * 2 > title.len()))
}

/// The page's title as the browser shows it and as networks are told it.
fn titles(tree: &Tree<'_>) -> Vec<String> {
    let mut titles = Vec::new();
    let Some(html) = tree.children(tree.root()).find(|&node| tree.is(node, Name::HTML)) else { return titles };
    let Some(head) = tree.children(html).find(|&node| tree.is(node, Name::HEAD)) else { return titles };
    for node in tree.descendants(head).take(MAX_HEAD) {
        if tree.is(node, Name::TITLE) {
            let mut title = String::new();
            tree.push_text_content(node, &mut title);
            titles.push(title);
        } else if tree.is(node, Name::META) && is_title(tree, node) {
            titles.extend(tree.attr_named(node, Name::CONTENT).map(|content| content.value().into_owned()));
        }
    }
    titles
}

fn is_title(tree: &Tree<'_>, meta: NodeId) -> bool {
    [Name::PROPERTY, Name::NAME]
        .into_iter()
        .any(|key| tree.attr_named(meta, key).is_some_and(|attr| matches!(attr.raw(), "og:title" | "twitter:title")))
}

/// The letters and digits of words, in lower case.
fn letters(words: &str) -> String {
    words.chars().filter(|char| char.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::body::segments::segments;
    use onrecord_html::parse;

    fn headline(html: &str) -> Option<String> {
        let tree = parse(html);
        let cut = segments(&tree, tree.root());
        headline_line(&tree, &cut).map(|line| cut.segments[line].words.text().to_owned())
    }

    #[test]
    fn the_headline_says_what_the_title_says() {
        let page = "<title>Ferry sinks off Ellery – The Courier</title><h1>The Ellery Courier</h1>
            <p><a href=/1>Ferry sinks off Ellery</a><h2>“Ferry sinks off Ellery”</h2><p>Six people died.";
        assert_eq!(headline(page).as_deref(), Some("“Ferry sinks off Ellery”"));
    }

    #[test]
    fn a_short_headline_is_told_by_its_element() {
        let page = "<title>Fog, 1931 – The Courier</title><h3>The Courier</h3><h1>Fog, 1931</h1>";
        assert_eq!(headline(page).as_deref(), Some("Fog, 1931"));
        assert_eq!(headline("<title>News – The Courier</title><h1>News</h1>"), None);
    }

    #[test]
    fn a_line_that_says_something_else_is_none() {
        assert_eq!(headline("<title>Ferry sinks off Ellery</title><h1>News</h1><h2>Talks go on in Lorne</h2>"), None);
        assert_eq!(headline("<h1>News</h1>"), None);
    }
}
