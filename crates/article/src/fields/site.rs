//! The outlet's name.

use super::linked::Graph;
use super::survey::Survey;
use super::words::{attribute, folded, visible};
use crate::evidence::unwritten;
use crate::page::Page;
use onrecord_document::{Basis, Stated};
use onrecord_html::{Name, NodeId, Tree};
use onrecord_span::Traced;

/// The outlet's name in the page's words: `og:site_name`, the publisher in JSON-LD, `application-name`, and other
/// `<meta>`s that name it, else what the title ends with if the page's headline is the rest of it.
pub(super) fn site_words(page: &Page<'_>, survey: &Survey, graph: &Graph<'_, '_>) -> Option<Traced> {
    let meta = |keys: &'static [&'static str]| {
        survey.metas(keys).filter_map(|node| attribute(page.tree, node, "content")).find(|words| is_name(words.text()))
    };
    meta(&["og:site_name"])
        .or_else(|| graph.publisher().filter(|words| is_name(words.text())))
        .or_else(|| {
            meta(&[
                "application-name",
                "apple-mobile-web-app-title",
                "dc.publisher",
                "dcterms.publisher",
                "citation_publisher",
                "publisher",
                "sitename",
            ])
        })
        .or_else(|| title_parts(page, survey)?.site)
        .or_else(|| logo(page, survey))
}

/// `<a href="/"><img src="masthead.gif" alt="The Courier"></a>`: what the picture that leads to the front page is called.
fn logo(page: &Page<'_>, survey: &Survey) -> Option<Traced> {
    const LINKS: usize = 40;
    const MAX_NODES: usize = 6;
    const WORDS: usize = 5;
    const NO_NAMES: [&str; 6] = ["home", "logo", "homepage", "startseite", "accueil", "inicio"];
    let tree = page.tree;
    survey.links.iter().take(LINKS).filter(|place| is_home_link(tree, place.node)).find_map(|place| {
        let image = tree.descendants(place.node).take(MAX_NODES).find(|below| tree.is(*below, Name::IMG))?;
        let words = attribute(tree, image, "alt").or_else(|| attribute(tree, image, "title"))?;
        let named = is_name(words.text())
            && words.text().split_whitespace().count() <= WORDS
            && !NO_NAMES.contains(&folded(words.text()).as_str());
        named.then_some(words)
    })
}

/// A name: not an address, not a sentence.
fn is_name(words: &str) -> bool {
    let count = words.split_whitespace().count();
    (1..=8).contains(&count) && !words.contains("://") && words.chars().any(char::is_alphabetic)
}

/// The parts of a title of which one is a heading of the page.
pub(super) struct TitleParts {
    pub site: Option<Traced>,
    pub section: Option<Traced>,
}

/// "Ferry hits breakwater - World - The Courier", also the other way round, where a heading of the page says "Ferry hits
/// breakwater": the far end names the site, the middle its section.
pub(super) fn title_parts(page: &Page<'_>, survey: &Survey) -> Option<TitleParts> {
    const MAX_HEADINGS: usize = 8;
    let title = visible(page.tree, survey.title?);
    let headings: Vec<String> = survey
        .headings
        .iter()
        .chain(&survey.large)
        .filter(|place| !is_home_link(page.tree, place.node))
        .take(MAX_HEADINGS)
        .map(|place| folded(visible(page.tree, place.node).text()))
        .filter(|heading| !heading.is_empty())
        .collect();
    let cuts: Vec<(usize, usize)> = separators(title.text()).collect();
    let named = |words: Traced| Some(words).filter(|words| is_name(words.text()));
    if let Some(first) = cuts.iter().position(|(head, _)| headings.contains(&folded(&title.text()[..*head]))) {
        let section = (cuts.len() == first + 2).then(|| title.slice(cuts[first].1..cuts[first + 1].0));
        return Some(TitleParts { site: named(title.slice(cuts.last()?.1..title.len())), section });
    }
    let last = cuts.iter().position(|(_, tail)| headings.contains(&folded(&title.text()[*tail..])))?;
    let section = (last == 1).then(|| title.slice(cuts[0].1..cuts[1].0));
    Some(TitleParts { site: named(title.slice(0..cuts[0].0)), section })
}

/// `<h1><a href="/">The Courier</a></h1>`: a heading that is nothing but a link to the outlet's front page names the
/// outlet, not the article.
pub(super) fn is_home_link(tree: &Tree<'_>, node: NodeId) -> bool {
    const MAX_NODES: usize = 12;
    let own = tree.is(node, Name::A).then_some(node);
    let link = own.or_else(|| tree.descendants(node).take(MAX_NODES).find(|below| tree.is(*below, Name::A)));
    let around = || tree.ancestors(node).take(2).find(|around| tree.is(*around, Name::A));
    let Some(link) = link.or_else(around) else { return false };
    let Some(href) = tree.attr_named(link, Name::HREF) else { return false };
    let href = href.value();
    let path =
        href.split_once("://").map_or(href.as_ref(), |(_, rest)| rest.split_once('/').map_or("", |(_, path)| path));
    let is_home =
        matches!(path.trim_matches('/'), "" | "index.html" | "index.htm" | "index.php" | "home") && !path.contains('#');
    is_home && visible(tree, link).len() * 2 >= visible(tree, node).len()
}

/// The places where a title may be cut from the site's name: end of the head, start of the tail.
pub(super) fn separators(title: &str) -> impl DoubleEndedIterator<Item = (usize, usize)> + '_ {
    title.char_indices().filter_map(|(at, char)| {
        let spaced = title[..at].ends_with(' ') && title[at + char.len_utf8()..].starts_with(' ');
        let cuts = match char {
            '|' | '｜' | '»' | '«' | '•' | '·' | '—' | '–' | '~' | '›' => true,
            '-' | ':' | '/' | '>' => spaced || char == ':' && title[at + 1..].starts_with(' '),
            _ => false,
        };
        let tail = at + char.len_utf8();
        let behind = tail + title[tail..].len() - title[tail..].trim_start().len();
        let head = title[..at].trim_end().len();
        (cuts && head > 0 && behind < title.len()).then_some((head, behind))
    })
}

/// Whether words are the site's name, or its host: "BBC News" on bbc.co.uk.
pub(super) fn names_site(words: &str, site: Option<&Traced>, host: Option<&str>) -> bool {
    let words: String = folded(words).chars().filter(|char| *char != ' ').collect();
    if words.is_empty() {
        return false;
    }
    if let Some(site) = site {
        let site: String = folded(site.text()).chars().filter(|char| *char != ' ').collect();
        // "BBC News" is the BBC's; a headline that ends with the outlet's name is no name of it.
        let (short, long) = (site.len().min(words.len()), site.len().max(words.len()));
        let close = short >= 3
            && long <= 2 * short + 6
            && (site.starts_with(&words)
                || words.starts_with(&site)
                || site.ends_with(&words)
                || words.ends_with(&site));
        if site == words || close {
            return true;
        }
    }
    host.is_some_and(|host| {
        let plain: String = host.chars().filter(|char| char.is_alphanumeric()).collect();
        let name: String = host
            .rsplit('.')
            .skip(1)
            .take(2)
            .find(|part| part.len() > 3 || !matches!(*part, "co" | "com" | "org" | "net"))
            .unwrap_or_default()
            .chars()
            .filter(|char| char.is_alphanumeric())
            .collect();
        plain == words
            || (name.len() >= 3
                && (words == name
                    || words.starts_with(&name)
                    || name.len() >= 6 && words.contains(&name)
                    || words.len() >= 5 && name.contains(&words)))
    })
}

/// The outlet's name as a field: in the page's words, else the host of its address.
pub(super) fn site(page: &Page<'_>, words: Option<&Traced>) -> Option<Stated<String>> {
    if let Some(words) = words {
        return Some(page.stated(words));
    }
    let host = page.capture.url.as_deref().and_then(super::address::host)?;
    Some(Stated { as_written: host.to_owned(), ..unwritten(host.to_owned(), Basis::Url) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tail_cuts(title: &str) -> Vec<&str> {
        separators(title).map(|(_, tail)| &title[tail..]).collect()
    }

    #[test]
    fn titles_are_cut_where_a_site_may_be_named() {
        assert_eq!(tail_cuts("Ferry hits wall | The Courier"), ["The Courier"]);
        assert_eq!(tail_cuts("A well-known ferry - Courier"), ["Courier"]);
        assert!(tail_cuts("well-known").is_empty());
    }

    #[test]
    fn a_host_names_its_site() {
        assert!(
            names_site("The Courier", None, Some("thecourier.example.com"))
                || names_site("Courier", None, Some("courier.example"))
        );
        assert!(names_site("BBC News", None, Some("bbc.co.uk")));
        assert!(!names_site("Ferry hits wall", None, Some("courier.example")));
    }
}
