//! A first guess, before any field is read, at which line is the headline: the article stands under it.

use super::segments::{Markup, Segments};
use onrecord_html::{HtmlName, NodeId, Tree};

/// Most elements of the page's head that are looked at; a hostile page has millions.
const MAX_HEAD: usize = 4_000;

/// The rank of lines that are not headings, after all headings.
const NO_HEADING: u8 = 9;

/// Share of links above which a line is a link to an article.
const LINKED: f32 = 0.5;

/// Longest line that may be a headline.
const LONGEST: f32 = 250.0;

/// Fewest letters of a headline that is recognised by the page's title: shorter lines such as "News" stand in many titles.
const SHORTEST: usize = 12;

/// The same for an `<h1>` that a title begins with: `<title>Pleiades, M45 – Sky at Night</title>`.
const SHORT_HEADING: usize = 7;

/// Index of the line that says what the page's title says: `<title>Ferry sinks – The Courier</title>` … `<h1>Ferry
/// sinks</h1>`. `None` where no line does.
///
/// Headings of a higher rank win over lower ones, and headings over other lines. A line inside a link points to an article, so
/// it is not a headline. A line that is not a heading must begin like a title.
pub(super) fn headline_line(tree: &Tree<'_>, cut: &Segments) -> Option<usize> {
    let titles: Vec<String> = titles(tree).iter().map(|title| letters(title)).collect();
    let mut best: Option<(u8, usize)> = None;
    for (index, segment) in cut.segments.iter().enumerate() {
        let rank = match segment.markup {
            Markup::Heading(rank) => rank,
            _ => NO_HEADING,
        };
        let better = best.is_none_or(|(found, _)| rank < found);
        if !better || segment.length > LONGEST || segment.linked > LINKED || cut.regions[segment.region].hidden {
            continue;
        }
        // The first letter is enough to rule out most lines.
        let first = segment
            .words
            .text()
            .chars()
            .find(|char| char.is_alphanumeric())
            .and_then(|char| char.to_lowercase().next());
        if rank == NO_HEADING && !titles.iter().any(|title| title.chars().next() == first) {
            continue;
        }
        let line = letters(segment.words.text());
        let short = rank == 1 && line.len() >= SHORT_HEADING && titles.iter().any(|title| title.starts_with(&line));
        if short
            || line.len() >= SHORTEST && titles.iter().any(|title| title.starts_with(&line) || is_most_of(&line, title))
        {
            best = Some((rank, index));
        }
    }
    best.map(|(_, index)| index)
}

/// Whether a line holds a title or most of it: titles are cut short, or have the site's name added.
fn is_most_of(line: &str, title: &str) -> bool {
    title.len() >= SHORTEST && (line.starts_with(title) || (title.contains(line) && line.len() * 2 > title.len()))
}

/// The page's title in the browser and on social networks.
fn titles(tree: &Tree<'_>) -> Vec<String> {
    let mut titles = Vec::new();
    let Some(html) = tree.children(tree.root()).find(|&node| tree.is(node, HtmlName::HTML)) else { return titles };
    let Some(head) = tree.children(html).find(|&node| tree.is(node, HtmlName::HEAD)) else { return titles };
    for node in tree.descendants(head).take(MAX_HEAD) {
        if tree.is(node, HtmlName::TITLE) {
            let mut title = String::new();
            tree.push_text_content(node, &mut title);
            titles.push(title);
        } else if tree.is(node, HtmlName::META) && is_title(tree, node) {
            titles.extend(tree.attr_named(node, HtmlName::CONTENT).map(|content| content.value().into_owned()));
        }
    }
    titles
}

/// Whether a `<meta>` gives the title for social networks.
fn is_title(tree: &Tree<'_>, meta: NodeId) -> bool {
    [HtmlName::PROPERTY, HtmlName::NAME]
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
