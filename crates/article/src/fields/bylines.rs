//! Who wrote or supplied the article.

use super::Sources;
use super::address::host;
use super::names::{Name, Outlet, has_prefix, is_full, names};
use super::near::{distance, is_near};
use super::signed;
use super::survey::{Place, Roles};
use super::words::{attribute, folded, json_string, visible, visible_line};
use crate::json::Value;
use onrecord_document::BylineKind;
use onrecord_html::{Name as Tag, NodeId, NodeKind};
use onrecord_span::Traced;

/// Most people that write one article; more is a list of a newsroom.
const MAX_NAMES: usize = 20;

/// The names, and the elements that show them.
#[derive(Default)]
pub(super) struct Bylines {
    pub names: Vec<Name>,
    pub nodes: Vec<NodeId>,
    pub visible: Vec<Traced>,
}

/// One source of names.
type Source = fn(&Sources<'_, '_>, Outlet<'_>) -> Vec<Name>;

/// The sources in the order they are asked. The first that names a person or an agency wins; where none does, the first
/// that names the outlet.
const SOURCES: &[Source] = &[
    linked,
    rel_author,
    prop_author,
    named,
    author_link,
    line_above_body,
    agency_line,
    signed::dateline_bracket,
    signed::below_body,
    meta,
];

/// The bylines from the first source that has any, and the elements that show bylines on the page.
pub(super) fn bylines(sources: &Sources<'_, '_>) -> Bylines {
    let host = sources.url.as_deref().and_then(host).map(str::to_owned);
    let publisher = sources.graph.publisher();
    let outlet = Outlet { site: sources.site.as_ref(), host: host.as_deref(), publisher: publisher.as_ref() };
    let mut found = Bylines::default();
    for source in SOURCES {
        let mut names = source(sources, outlet);
        names.truncate(MAX_NAMES);
        let writes = names.iter().any(|name| name.kind != BylineKind::Outlet);
        if writes || found.names.is_empty() {
            found.names = names;
        }
        if writes {
            break;
        }
    }
    shown(sources, outlet, &mut found);
    found
}

/// `"author": [{"@type": "Person", "name": "Nora Blythe", "jobTitle": "Transport correspondent"}]`, also a string, a list
/// of strings, a reference into the graph.
fn linked(sources: &Sources<'_, '_>, outlet: Outlet<'_>) -> Vec<Name> {
    let graph = sources.graph;
    let mut found = Vec::new();
    for key in ["author", "creator"] {
        let Some(value) = graph.member(key).or_else(|| graph.pages.iter().find_map(|page| page.get(key))) else {
            continue;
        };
        for author in value.items().iter().take(MAX_NAMES) {
            let author = graph.resolve(author);
            let list =
                author.string().map(|_| std::slice::from_ref(author)).or_else(|| author.get("name").map(Value::items));
            for words in list.unwrap_or_default().iter().filter_map(Value::string) {
                let mut names = names(&json_string(words), outlet);
                if graph.is(author, "Organization") || graph.is(author, "NewsMediaOrganization") {
                    // An organisation that writes for an outlet and is not it supplies the article, as agencies do.
                    let own = names.iter().any(|name| graph.is_publisher(name.words.text()));
                    for name in names.iter_mut().filter(|name| name.kind == BylineKind::Person) {
                        name.kind = if own { BylineKind::Outlet } else { BylineKind::Agency };
                    }
                }
                let title = author.get("jobTitle").and_then(|title| graph.words_of(title));
                if let (Some(title), [only]) = (title, names.as_mut_slice()) {
                    only.role = Some(title.text().to_owned());
                }
                add(&mut found, names);
            }
        }
        if !found.is_empty() {
            break;
        }
    }
    found
}

fn add(found: &mut Vec<Name>, names: Vec<Name>) {
    for name in names {
        if !found.iter().any(|other| folded(other.words.text()) == folded(name.words.text())) {
            found.push(name);
        }
    }
}

/// Reads the names in elements near the headline, nearest group first: from the first element that names somebody on,
/// all that stand close to it.
fn from_places(sources: &Sources<'_, '_>, places: impl Iterator<Item = Place>, outlet: Outlet<'_>) -> Vec<Name> {
    const GROUP: u32 = 40;
    let tree = sources.page.tree;
    let mut places: Vec<Place> =
        places.filter(|place| !sources.survey.is_furniture(*place) && is_near(sources, *place)).collect();
    places.sort_by_key(|place| distance(sources, *place));
    let mut found: Vec<Name> = Vec::new();
    let mut first: Option<u32> = None;
    for place in places.into_iter().take(30) {
        if first.is_some_and(|first| first.abs_diff(place.order) > GROUP) {
            continue;
        }
        let words = visible(tree, place.node);
        let names = names(&words, outlet);
        if !names.is_empty() && first.is_none() {
            first = Some(place.order);
        }
        add(&mut found, names);
    }
    found
}

/// `<a rel="author" href="/nora">Nora Blythe</a>`
fn rel_author(sources: &Sources<'_, '_>, outlet: Outlet<'_>) -> Vec<Name> {
    let found = from_places(sources, sources.survey.rel_author.iter().copied(), outlet);
    // "by CPA and <a rel="author">Hollis Wren</a>": the line around the link names more.
    let tree = sources.page.tree;
    for place in sources.survey.rel_author.iter().filter(|place| is_near(sources, **place)).take(5) {
        for around in tree.ancestors(place.node).take(2) {
            let words = visible(tree, around);
            if words.len() > 160 || !has_prefix(words.text()) {
                continue;
            }
            let whole = names(&words, outlet);
            let all = found
                .iter()
                .all(|name| whole.iter().any(|other| folded(other.words.text()) == folded(name.words.text())));
            if all && whole.len() > found.len() && whole.iter().all(is_full) {
                return whole;
            }
        }
    }
    found
}

/// `<span itemprop="author"><span itemprop="name">Nora Blythe</span></span>`
fn prop_author(sources: &Sources<'_, '_>, outlet: Outlet<'_>) -> Vec<Name> {
    let props = &sources.survey.props;
    let authors = || props.iter().filter(|(prop, _)| prop == "author" || prop == "creator").map(|(_, place)| *place);
    let inner = props.iter().filter(|(prop, place)| {
        prop == "name"
            && sources
                .page
                .tree
                .ancestors(place.node)
                .take(4)
                .any(|around| authors().take(20).any(|author| author.node == around))
    });
    let inner: Vec<Place> = inner.map(|(_, place)| *place).take(20).collect();
    if inner.is_empty() {
        from_places(sources, authors(), outlet)
    } else {
        from_places(sources, inner.into_iter(), outlet)
    }
}

/// `<p class="byline">By <a href="/nora">Nora Blythe</a>, Transport correspondent</p>`
fn named(sources: &Sources<'_, '_>, outlet: Outlet<'_>) -> Vec<Name> {
    let tree = sources.page.tree;
    let places = byline_places(sources);
    let mut places: Vec<Place> =
        places.into_iter().filter(|place| visible_line(tree, place.node, 250).is_some()).collect();
    places.sort_by_key(|place| distance(sources, *place));
    for place in places.into_iter().take(30) {
        let words = visible(tree, place.node);
        // Links inside name people best.
        let links: Vec<Place> = sources
            .survey
            .links
            .iter()
            .filter(|link| {
                link.order > place.order && tree.ancestors(link.node).take(5).any(|around| around == place.node)
            })
            .copied()
            .collect();
        let mut found = Vec::new();
        for link in links.iter().take(6) {
            add(&mut found, names(&visible(tree, link.node), outlet));
        }
        found.retain(|name: &Name| name.kind != BylineKind::Outlet && is_full(name));
        let has_role = sources.survey.named.iter().any(|role| {
            role.roles.has(Roles::WRITER_ROLE) && tree.ancestors(role.node).take(4).any(|around| around == place.node)
        });
        let mut whole = if has_role { one_by_one(sources, place.node, outlet) } else { names(&words, outlet) };
        // "by Lars" names somebody, "Nachrichten" nobody.
        if !has_prefix(words.text()) {
            whole.retain(is_full);
        }
        if found.is_empty() && whole.is_empty() {
            whole = one_by_one(sources, place.node, outlet);
        }
        let inside = |name: &Name| {
            found.iter().any(|other: &Name| folded(name.words.text()).contains(&folded(other.words.text())))
        };
        if found.is_empty()
            || whole.iter().filter(|name| name.kind != BylineKind::Outlet).all(inside) && whole.len() == found.len()
        {
            if !whole.is_empty() {
                return if found.is_empty() { whole } else { merge_roles(found, &whole) };
            }
        } else {
            return merge_roles(found, &whole);
        }
    }
    Vec::new()
}

/// `<div class="byline"><span>Nora Blythe</span><span>Jan Holm</span></div>`: each piece of text is a name.
fn one_by_one(sources: &Sources<'_, '_>, node: NodeId, outlet: Outlet<'_>) -> Vec<Name> {
    const MAX_NODES: usize = 60;
    let tree = sources.page.tree;
    let mut found = Vec::new();
    for text in tree.descendants(node).take(MAX_NODES).filter(|below| tree.kind(*below) == NodeKind::Text) {
        let mut words = Traced::new();
        tree.trace_text(text, &mut words);
        let mut names = names(&words.fold_space(), outlet);
        names.retain(|name| is_full(name) && name.kind != BylineKind::Outlet);
        add(&mut found, names);
    }
    found
}

fn merge_roles(mut found: Vec<Name>, whole: &[Name]) -> Vec<Name> {
    for name in &mut found {
        let same = whole.iter().find(|other| folded(other.words.text()) == folded(name.words.text()));
        name.role = name.role.take().or_else(|| same.and_then(|other| other.role.clone()));
    }
    found
}

fn byline_places(sources: &Sources<'_, '_>) -> Vec<Place> {
    let tree = sources.page.tree;
    let first = sources.survey.first_block;
    sources
        .survey
        .named
        .iter()
        .filter(|place| {
            place.roles.has(Roles::BYLINE)
                && !place.roles.has(Roles::CREDIT)
                && !place.within.has(Roles::CAPTION)
                && !matches!(tree.name(place.node), Tag::ARTICLE | Tag::BODY | Tag::MAIN | Tag::IMG | Tag::SECTION)
                && !sources.survey.is_furniture(**place)
                && !sources.survey.around.contains(&place.node)
                && (is_near(sources, **place) || first == u32::MAX)
        })
        .copied()
        .collect()
}

/// `von <a href="/author/fabian/">Fabian</a>`: a link near the headline that leads to a writer's page.
fn author_link(sources: &Sources<'_, '_>, outlet: Outlet<'_>) -> Vec<Name> {
    const PAGES: [&str; 9] =
        ["author", "authors", "autor", "autoren", "autore", "autores", "auteur", "auteurs", "journalist"];
    let tree = sources.page.tree;
    let links = sources.survey.links.iter().filter(|place| {
        let href = tree.attr_named(place.node, Tag::HREF).map(|href| href.value());
        let path = href.unwrap_or_default();
        let mut parts = path.split(['/', '?', '#']);
        parts.any(|part| PAGES.iter().any(|page| part.eq_ignore_ascii_case(page))) && parts.any(|name| !name.is_empty())
    });
    let links: Vec<Place> = links.copied().collect();
    from_places(sources, links.into_iter(), outlet)
}

/// A line of its own between the headline and the body that begins as bylines do: `<p>By Nora Blythe</p>`.
fn line_above_body(sources: &Sources<'_, '_>, outlet: Outlet<'_>) -> Vec<Name> {
    let tree = sources.page.tree;
    for text in sources.behind.texts(sources).iter().take(30) {
        let (_, words) = text.line(tree);
        if words.len() > 160 || !has_prefix(words.text()) {
            continue;
        }
        let mut names = names(words, outlet);
        if names.iter().any(|name| name.kind != BylineKind::Outlet && name.words.text().contains(char::is_whitespace)) {
            if let [only] = names.as_mut_slice()
                && only.role.is_none()
            {
                only.role = signed::role_below(sources, text.node).map(|role| role.text().to_owned());
            }
            return names;
        }
    }
    Vec::new()
}

/// A line of its own between headline and body that is nothing but an agency's name: `CONTINENTAL PRESS AGENCY<br>`.
fn agency_line(sources: &Sources<'_, '_>, outlet: Outlet<'_>) -> Vec<Name> {
    const TEXTS: usize = 8;
    const WORDS: usize = 5;
    let tree = sources.page.tree;
    for text in sources.behind.texts(sources).iter().take(TEXTS) {
        let (_, words) = text.line(tree);
        if words.text().split_whitespace().nth(WORDS).is_some() {
            continue;
        }
        let names = names(words, outlet);
        if let [only] = names.as_slice()
            && only.kind == BylineKind::Agency
            && only.words.len() == words.len()
        {
            return names;
        }
    }
    Vec::new()
}

/// `<meta name="author" content="Nora Blythe">` and its like.
fn meta(sources: &Sources<'_, '_>, outlet: Outlet<'_>) -> Vec<Name> {
    const KEYS: [&[&str]; 4] = [
        &["author", "article:author_name", "byl"],
        &[
            "parsely-author",
            "sailthru.author",
            "dc.creator",
            "dcterms.creator",
            "citation_author",
            "cxenseparse:author",
            "twitter:data1",
        ],
        &["article:author", "og:article:author"],
        &["creator", "dc.contributor"],
    ];
    for keys in KEYS {
        let mut found = Vec::new();
        for node in sources.survey.metas(keys).take(MAX_NAMES) {
            if let Some(words) = attribute(sources.page.tree, node, "content") {
                add(&mut found, names(&words, outlet));
            }
        }
        if found.iter().any(|name| name.kind != BylineKind::Outlet) {
            return found;
        }
    }
    Vec::new()
}

/// `<div><span>Nora Blythe</span><span class="role">Transport correspondent</span></div>`: the role of the one name that
/// stands in the same element.
fn beside_names(sources: &Sources<'_, '_>, found: &mut Bylines) {
    let tree = sources.page.tree;
    for place in sources.survey.named.iter().filter(|place| place.roles.has(Roles::WRITER_ROLE)).take(40) {
        let Some(parent) = tree.parent(place.node) else { continue };
        let (role, around) = (visible(tree, place.node), visible(tree, parent));
        if role.is_empty() || role.len() > 100 || around.len() > 300 {
            continue;
        }
        let mut beside = found.names.iter_mut().filter(|name| around.text().contains(name.words.text()));
        if let (Some(name), None) = (beside.next(), beside.next())
            && name.role.as_ref().is_none_or(|known| role.text().contains(known.as_str()))
            && !role.text().contains(name.words.text())
        {
            name.role = Some(role.text().to_owned());
        }
    }
}

/// Finds the elements above the body that show the names, so that no paragraph is made of them, and takes over roles.
fn shown(sources: &Sources<'_, '_>, outlet: Outlet<'_>, found: &mut Bylines) {
    let tree = sources.page.tree;
    let mut places: Vec<Place> = byline_places(sources);
    places.extend(sources.survey.rel_author.iter().filter(|place| is_near(sources, **place)));
    for place in places.into_iter().take(30) {
        let words = visible(tree, place.node);
        if words.len() > 300 {
            continue;
        }
        let named = names(&words, outlet);
        if named.is_empty() {
            continue;
        }
        for name in &mut found.names {
            let Some(same) = named.iter().find(|other| folded(other.words.text()) == folded(name.words.text())) else {
                continue;
            };
            name.role = name.role.take().or_else(|| same.role.clone());
            found.visible.push(same.words.clone());
        }
        found.nodes.push(place.node);
    }
    beside_names(sources, found);
    for text in sources.behind.texts(sources).iter().take(20) {
        let (line, words) = text.line(tree);
        if words.len() <= 160
            && has_prefix(words.text())
            && !names(words, outlet).is_empty()
            && !found.nodes.contains(line)
        {
            found.nodes.push(*line);
        }
    }
}
