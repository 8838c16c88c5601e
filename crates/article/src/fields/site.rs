//! The outlet's name.

use super::clues::urls::host;
use super::clues::words::{attribute, folded, visible};
use super::clues::{Clues, Survey, meta_keys};
use super::found::PageFields;
use crate::evidence::unwritten;
use crate::lists::Lists;
use crate::page::HtmlPage;
use onrecord_document::{Basis, Stated};
use onrecord_html::{HtmlName, NodeId, Tree};
use onrecord_span::Traced;
use std::sync::LazyLock;

/// One source of the name.
type SiteSource = fn(&Clues<'_>) -> Option<Traced>;

/// The sources in the order in which they are asked.
const SOURCES: &[SiteSource] = &[open_graph, publisher, meta, of_title, logo];

/// Names of links to the front page that do not name the outlet, and file names of front pages.
static WORDS: LazyLock<Lists> = LazyLock::new(|| Lists::read(include_str!("../../data/fields/front_page_words.txt")));

/// The outlet's name in the page's words, found before the headline: titles may end with it.
pub(super) fn site_words(clues: &Clues<'_>) -> Option<Traced> {
    SOURCES.iter().find_map(|source| source(clues))
}

/// States the outlet's name that was found, or else the host of the page's address.
pub(super) fn read(clues: &Clues<'_>, found: &mut PageFields) {
    let host = clues.page.capture.url.as_deref().and_then(host);
    found.fields.site = match &clues.site {
        Some(words) => Some(clues.page.stated(words)),
        None => host.map(|host| Stated { as_written: host.to_owned(), ..unwritten(host.to_owned(), Basis::Url) }),
    };
}

/// The first name in the `<meta>`s with the keys of a list.
fn named_by(clues: &Clues<'_>, list: &str) -> Option<Traced> {
    let metas = clues.survey.metas(meta_keys(list)).filter_map(|node| attribute(clues.page.tree, node, "content"));
    metas.into_iter().find(|words| is_name(words.text()))
}

/// `<meta property="og:site_name" content="The Courier">`
fn open_graph(clues: &Clues<'_>) -> Option<Traced> {
    named_by(clues, "site")
}

/// `"publisher": {"name": "The Courier"}` in the JSON-LD.
fn publisher(clues: &Clues<'_>) -> Option<Traced> {
    clues.json_ld.publisher().filter(|words| is_name(words.text()))
}

/// `<meta name="application-name" content="The Courier">` and others like it.
fn meta(clues: &Clues<'_>) -> Option<Traced> {
    named_by(clues, "site_name")
}

/// The end of the title, if the page's headline is the rest of it.
fn of_title(clues: &Clues<'_>) -> Option<Traced> {
    title_parts(clues.page, &clues.survey)?.site
}

/// `<a href="/"><img src="masthead.gif" alt="The Courier"></a>`: the name of a picture that links to the front page.
fn logo(clues: &Clues<'_>) -> Option<Traced> {
    /// Links that are looked at, and nodes inside each.
    const LINKS: usize = 40;
    const MAX_NODES: usize = 6;
    /// Most words of a name.
    const WORDS_OF_NAME: usize = 5;
    let tree = clues.page.tree;
    let links = clues.survey.links.iter().take(LINKS).filter(|spot| is_home_link(tree, spot.node));
    links.into_iter().find_map(|spot| {
        let image = tree.descendants(spot.node).take(MAX_NODES).find(|below| tree.is(*below, HtmlName::IMG))?;
        let words = attribute(tree, image, "alt").or_else(|| attribute(tree, image, "title"))?;
        let named = is_name(words.text())
            && words.text().split_whitespace().count() <= WORDS_OF_NAME
            && !WORDS.of("links").contains(&folded(words.text()).as_str());
        named.then_some(words)
    })
}

/// Whether words can be a name: not an address, not a sentence.
fn is_name(words: &str) -> bool {
    /// How many words a name has.
    const WORDS: std::ops::RangeInclusive<usize> = 1..=8;
    let count = words.split_whitespace().count();
    WORDS.contains(&count) && !words.contains("://") && words.chars().any(char::is_alphabetic)
}

/// The parts of a title beside the one that is a heading of the page.
pub(super) struct TitleParts {
    pub site: Option<Traced>,
    pub section: Option<Traced>,
}

/// Takes apart "Ferry hits breakwater - World - The Courier", also the other way round, if a heading of the page says "Ferry hits
/// breakwater": the far end names the site, the middle its section.
pub(super) fn title_parts(page: &HtmlPage<'_>, survey: &Survey) -> Option<TitleParts> {
    /// Headings that are looked at.
    const MAX_HEADINGS: usize = 8;
    let title = visible(page.tree, survey.title?);
    let headings: Vec<String> = survey
        .headings
        .iter()
        .chain(&survey.large)
        .filter(|spot| !is_home_link(page.tree, spot.node))
        .take(MAX_HEADINGS)
        .map(|spot| folded(visible(page.tree, spot.node).text()))
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

/// Whether an element is only a link to the outlet's front page: `<h1><a href="/">The Courier</a></h1>` names the outlet, not the
/// article.
pub(super) fn is_home_link(tree: &Tree<'_>, node: NodeId) -> bool {
    /// Nodes inside the element, and levels around it, that may be the link.
    const MAX_NODES: usize = 12;
    const AROUND: usize = 2;
    let own = tree.is(node, HtmlName::A).then_some(node);
    let link = own.or_else(|| tree.descendants(node).take(MAX_NODES).find(|below| tree.is(*below, HtmlName::A)));
    let around = || tree.ancestors(node).take(AROUND).find(|around| tree.is(*around, HtmlName::A));
    let Some(link) = link.or_else(around) else { return false };
    let Some(href) = tree.attr_named(link, HtmlName::HREF) else { return false };
    let href = href.value();
    let path =
        href.split_once("://").map_or(href.as_ref(), |(_, url)| url.split_once('/').map_or("", |(_, path)| path));
    let file = path.trim_matches('/');
    let is_home = (file.is_empty() || WORDS.of("files").contains(&file)) && !path.contains('#');
    is_home && visible(tree, link).len() * 2 >= visible(tree, node).len()
}

/// Where a title may be cut from the site's name: the end of the head and the start of the tail.
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

/// Whether words are the site's name, or that of its host: "BBC News" on bbc.co.uk.
pub(super) fn names_site(words: &str, site: Option<&Traced>, host: Option<&str>) -> bool {
    /// Fewest letters that are compared; fewest of a host's name inside the words; fewest of words inside a host's name.
    const LETTERS: usize = 3;
    const HOST_INSIDE: usize = 6;
    const WORDS_INSIDE: usize = 5;
    /// Labels of a host, before its last one, that may be the name: "bbc" and "co" of bbc.co.uk.
    const LABELS: usize = 2;
    /// Letters by which the longer name may be longer than twice the shorter one.
    const LONGER: usize = 6;
    let words: String = folded(words).chars().filter(|char| *char != ' ').collect();
    if words.is_empty() {
        return false;
    }
    if let Some(site) = site {
        let site: String = folded(site.text()).chars().filter(|char| *char != ' ').collect();
        // "BBC News" is the BBC's name; a headline that ends with the outlet's name is not.
        let (short, long) = (site.len().min(words.len()), site.len().max(words.len()));
        let close = short >= LETTERS
            && long <= 2 * short + LONGER
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
            .take(LABELS)
            .find(|part| part.len() > 3 || !matches!(*part, "co" | "com" | "org" | "net"))
            .unwrap_or_default()
            .chars()
            .filter(|char| char.is_alphanumeric())
            .collect();
        plain == words
            || (name.len() >= LETTERS
                && (words == name
                    || words.starts_with(&name)
                    || name.len() >= HOST_INSIDE && words.contains(&name)
                    || words.len() >= WORDS_INSIDE && name.contains(&words)))
    })
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
