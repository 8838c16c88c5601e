//! The article's pictures, with what stands under them.

use super::bylines::is_agency;
use super::clues::urls::resolve;
use super::clues::words::{attribute, folded, json_string, visible};
use super::clues::{Clues, Roles, Spot};
use super::found::PageFields;
use crate::json::Json;
use crate::lists;
use foldhash::HashSet;
use onrecord_document::{Image, Stated};
use onrecord_html::{HtmlName, NodeId, Tree};
use onrecord_span::Traced;
use std::sync::LazyLock;

/// Most pictures of one article.
const MAX_IMAGES: usize = 60;

/// Words before the name of who made a picture, in the order in which they are looked for.
static CREDITS: LazyLock<Vec<&str>> =
    LazyLock::new(|| lists::lines(include_str!("../../data/fields/credit_labels.txt")).collect());

/// Pictures, and the elements that show their captions.
#[derive(Default)]
struct Pictures {
    images: Vec<Image>,
    captions: Vec<NodeId>,
}

/// Reads the pictures and their captions.
pub(super) fn read(clues: &Clues<'_>, found: &mut PageFields) {
    let pictures = pictures(clues);
    found.fields.images = pictures.images;
    found.caption_nodes = pictures.captions;
}

/// The picture that JSON-LD or OpenGraph give the article, then the figures of the story in order.
fn pictures(clues: &Clues<'_>) -> Pictures {
    let mut found = Pictures::default();
    let credits: HashSet<NodeId> = clues
        .survey
        .named
        .iter()
        .filter(|spot| spot.roles.has(Roles::CREDIT) && !spot.roles.has(Roles::CAPTION))
        .map(|spot| spot.node)
        .collect();
    for spot in figures(clues) {
        let own = clues.page.tree.is(spot.node, HtmlName::FIGURE).then_some(spot.node);
        match own.or_else(|| box_of(clues, spot)) {
            Some(top) if own.is_some() => figure(clues, top, None, &credits, &mut found),
            Some(top) => figure(clues, top, Some(spot.node), &credits, &mut found),
            None => {}
        }
    }
    tables(clues, &mut found);
    let lead = lead(clues);
    if let Some(image) = lead
        && !found.images.iter().any(|other| same_picture(&other.url.value, &image.url.value))
    {
        // If the first figure has a caption and the lead has none, the lead is that figure in another size.
        let captioned = found.images.first().is_some_and(|first| first.caption.is_some()) && image.caption.is_none();
        let above = found.images.is_empty() || !captioned;
        if above {
            found.images.insert(0, image);
        }
    }
    found.images.truncate(MAX_IMAGES);
    found
}

/// `<table align=right><tr><td><img><tr><td>Rescuers at the wall</table>`: a table in the story with one picture and
/// a few words holds a caption.
fn tables(clues: &Clues<'_>, found: &mut Pictures) {
    /// Levels from a picture up to its table, and nodes of the table that are looked at.
    const AROUND: usize = 5;
    const MAX_NODES: usize = 60;
    /// Lengths of captions in bytes.
    const CAPTION: std::ops::Range<usize> = 12..500;
    let tree = clues.page.tree;
    let Some(headline) = clues.headline_spot() else { return };
    for spot in &clues.survey.table_images {
        let in_story = clues
            .survey
            .container
            .is_some_and(|body| body != tree.root() && tree.ancestors(spot.node).any(|around| around == body));
        let opens = spot.order > headline.order && spot.order < clues.survey.first_block;
        if spot.order < headline.order || !(in_story || opens) || clues.survey.is_furniture(*spot) {
            continue;
        }
        let Some(table) = tree.ancestors(spot.node).take(AROUND).find(|around| tree.is(*around, HtmlName::TABLE))
        else {
            continue;
        };
        let words = visible(tree, table);
        let alone = tree.descendants(table).take(MAX_NODES).filter(|below| is_image(tree, *below)).count() == 1;
        if !alone || !CAPTION.contains(&words.len()) || tree.ancestors(headline.node).any(|around| around == table) {
            continue;
        }
        let Some(url) = source_of(clues, spot.node) else { continue };
        if found.images.iter().any(|other| other.url.value == url.value) {
            continue;
        }
        let (caption, credit) = split_credit(&words);
        found.captions.push(table);
        found.images.push(Image {
            url,
            caption: caption.filter(|words| !words.is_empty()).map(|words| clues.page.stated(&words)),
            credit: credit.filter(|words| !words.is_empty()).map(|words| clues.page.stated(&words)),
        });
    }
}

/// Figures between the headline and the end of the body, outside furniture.
fn figures<'p>(clues: &'p Clues<'_>) -> impl Iterator<Item = Spot> + 'p {
    let tree = clues.page.tree;
    let headline = clues.headline_spot().map(|spot| spot.node);
    let captions = clues
        .survey
        .named
        .iter()
        .filter(move |spot| spot.roles.has(Roles::CAPTION) && !tree.is(spot.node, HtmlName::FIGURE));
    let mut all: Vec<Spot> = clues.survey.figures.iter().chain(captions).copied().collect();
    all.sort_by_key(|spot| spot.order);
    all.into_iter().filter(move |spot| {
        if clues.survey.is_furniture(*spot) || spot.within.has(Roles::RELATED) {
            return false;
        }
        let in_body =
            clues.story.container.is_some_and(|container| tree.ancestors(spot.node).any(|around| around == container));
        // Without a body, or above it, the article's element around the headline holds its pictures.
        let beside = headline.is_some_and(|headline| {
            let article = tree
                .ancestors(headline)
                .find(|around| matches!(tree.name(*around), HtmlName::ARTICLE | HtmlName::MAIN));
            article.is_some_and(|article| tree.ancestors(spot.node).any(|around| around == article))
        });
        // `<h1>…</h1><div class="photo"><img><p class="caption">` on a page that names no article.
        let opens = clues
            .headline_spot()
            .is_some_and(|headline| spot.order > headline.order && spot.order < clues.survey.first_block);
        in_body || beside || opens
    })
}

/// `<div class="wp-caption"><img><p class="wp-caption-text">…</p></div>`: the element around a caption outside a
/// `<figure>` that also holds the picture.
fn box_of(clues: &Clues<'_>, caption: Spot) -> Option<NodeId> {
    /// Nodes of the box that are looked at, levels up to it, and its longest text in bytes.
    const MAX_NODES: usize = 30;
    const UP: usize = 2;
    const LONGEST: usize = 1_000;
    /// Levels up to a figure, which is read as such.
    const FIGURE: usize = 4;
    let tree = clues.page.tree;
    let shows = |node: NodeId| tree.descendants(node).take(MAX_NODES).any(|below| is_image(tree, below));
    if shows(caption.node) || tree.ancestors(caption.node).take(FIGURE).any(|around| tree.is(around, HtmlName::FIGURE))
    {
        return None;
    }
    tree.ancestors(caption.node).take(UP).find(|around| shows(*around) && visible(tree, *around).len() < LONGEST)
}

fn is_image(tree: &Tree<'_>, node: NodeId) -> bool {
    tree.is(node, HtmlName::IMG) || tree.local_name(node) == "amp-img"
}

/// Reads one figure: its first picture, the given caption or else its `<figcaption>`, and its credit.
fn figure(clues: &Clues<'_>, top: NodeId, caption: Option<NodeId>, credits: &HashSet<NodeId>, found: &mut Pictures) {
    /// Nodes of the figure that are looked at.
    const MAX_NODES: usize = 120;
    let tree = clues.page.tree;
    let mut image: Option<NodeId> = None;
    let mut caption = caption;
    let mut credit: Option<NodeId> = None;
    for node in tree.descendants(top).take(MAX_NODES) {
        let name = tree.name(node);
        if is_image(tree, node) && image.is_none() {
            image = Some(node);
        } else if name == HtmlName::FIGCAPTION && caption.is_none() {
            caption = Some(node);
        } else if credit.is_none() && credits.contains(&node) {
            credit = Some(node);
        }
    }
    let caption_words = caption.map(|node| visible(tree, node)).filter(|words| !words.is_empty());
    let credit_words = credit.map(|node| visible(tree, node)).filter(|words| !words.is_empty());
    let (caption_words, credit_words) = match (caption_words, credit_words) {
        (Some(caption), Some(credit)) => {
            let caption = match caption.text().find(credit.text()) {
                Some(0) => caption.slice(credit.len()..caption.len()).trim(),
                Some(at) => caption.slice(0..at).trim(),
                None => caption,
            };
            (Some(caption), Some(without_label(&without_marks(&credit))))
        }
        (Some(caption), None) => split_credit(&caption),
        (None, credit) => (None, credit.map(|credit| without_label(&without_marks(&credit)))),
    };
    let caption_words = caption_words.filter(|words| !words.is_empty());
    if let (Some(node), Some(_)) = (caption, &caption_words) {
        found.captions.push(node);
    }
    let Some(url) = image.and_then(|node| source_of(clues, node)) else { return };
    if found.images.len() < MAX_IMAGES && !found.images.iter().any(|other| other.url.value == url.value) {
        found.images.push(Image {
            url,
            caption: caption_words.map(|words| clues.page.stated(&words)),
            credit: credit_words.filter(|words| !words.is_empty()).map(|words| clues.page.stated(&words)),
        });
    }
}

/// The address of an `<img>`: its `src`, unless that stands in for one that is loaded later.
fn source_of(clues: &Clues<'_>, node: NodeId) -> Option<Stated<String>> {
    let words = ["src", "data-src", "data-original", "data-lazy-src"].iter().find_map(|name| {
        attribute(clues.page.tree, node, name)
            .filter(|words| !words.text().starts_with("data:") && !words.text().contains(char::is_whitespace))
    })?;
    Some(address(clues, &words))
}

fn address(clues: &Clues<'_>, words: &Traced) -> Stated<String> {
    let stated = clues.page.stated(words);
    let resolved = resolve(&stated.value, clues.page.capture.url.as_deref());
    stated.map(|_| resolved)
}

/// "(Red Lantern)" → "Red Lantern".
fn without_marks(words: &Traced) -> Traced {
    let text = words.text();
    let start = text.len() - text.trim_start_matches(['(', '[', ' ', '|', '/']).len();
    let closed = text[start..].trim_end_matches([' ', '|']);
    let bracketed = text.starts_with(['(', '[']);
    let end = start + if bracketed { closed.trim_end_matches([')', ']']).len() } else { closed.len() };
    words.slice(start..end)
}

/// "Photo: Ana Reyes" → "Ana Reyes".
fn without_label(credit: &Traced) -> Traced {
    let lower = credit.text().to_lowercase();
    let label = CREDITS.iter().find(|label| lower.starts_with(*label)).filter(|_| lower.len() == credit.len());
    let name = label.map(|label| credit.slice(label.len()..credit.len()).trim()).filter(|name| !name.is_empty());
    name.unwrap_or_else(|| credit.clone())
}

/// Splits a caption from the credit at its end: "Rescuers at the wall. Photo: Ana Reyes/CPA", "Rescuers at the wall. Courier photo
/// by Ana Reyes", "防波堤の船＝１０日、ローン（ＣＰＡ）" with an agency in brackets.
fn split_credit(caption: &Traced) -> (Option<Traced>, Option<Traced>) {
    /// Longest credit in bytes.
    const LONGEST: usize = 80;
    /// Most words before a label that belong to the credit.
    const OWNER: usize = 2;
    let text = caption.text();
    let lower = text.to_lowercase();
    if lower.len() == text.len() {
        for mark in CREDITS.iter() {
            if let Some(at) = lower.rfind(*mark)
                && (at == 0 || text[..at].ends_with([' ', '(', '.', '|']))
                && text.len() - at <= LONGEST
            {
                let head = caption.slice(0..at).trim();
                let head = head.slice(0..head.text().trim_end_matches(['(', '|', ' ', '/', '-', '–']).len());
                // "Courier photo by Ana Reyes": a word or two between a full stop and the label belong to the credit.
                let head = match head.text().rsplit_once(['.', '”', '"', '!', '?']) {
                    Some((said, owner)) if owner.starts_with(' ') && owner.split_whitespace().count() <= OWNER => {
                        head.slice(0..said.len() + head.text()[said.len()..].chars().next().map_or(0, char::len_utf8))
                    }
                    _ => head,
                };
                let credit = caption.slice(at..text.len());
                let credit = credit.slice(0..credit.text().trim_end_matches([')', ' ']).len());
                return (Some(head), Some(without_label(&credit)));
            }
        }
    }
    if let Some(inside) = text.strip_suffix(['）', ')'])
        && let Some((head, name)) = inside.rsplit_once(['（', '('])
        && is_agency(name)
    {
        let end = inside.len();
        return (Some(caption.slice(0..head.len()).trim()), Some(caption.slice(end - name.len()..end)));
    }
    (Some(caption.clone()), None)
}

/// The picture that JSON-LD or OpenGraph give the article.
fn lead(clues: &Clues<'_>) -> Option<Image> {
    if let Some(value) = clues.json_ld.member("image") {
        let image = clues.json_ld.resolve(value.items().first()?);
        let words =
            image.string().or_else(|| image.get("url").or_else(|| image.get("contentUrl")).and_then(Json::string));
        if let Some(words) = words {
            let member = |key: &str| {
                image.get(key).and_then(|value| clues.json_ld.words_of(value)).map(|words| clues.page.stated(&words))
            };
            return Some(Image {
                url: address(clues, &json_string(words)),
                caption: member("caption"),
                credit: member("creditText"),
            });
        }
    }
    let words = clues.meta("image")?;
    Some(Image { url: address(clues, &words), caption: None, credit: None })
}

/// Whether two addresses are of one picture in two sizes: the same file name apart from its size.
fn same_picture(one: &str, other: &str) -> bool {
    /// Shortest file name in bytes that tells a picture from others.
    const SHORTEST: usize = 6;
    let name = |address: &str| {
        let end = address.find(['?', '#']).unwrap_or(address.len());
        let file = address[..end].rsplit('/').next().unwrap_or_default();
        let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
        let stem = match stem.rsplit_once('-') {
            Some((head, size))
                if size.split_once('x').is_some_and(|(w, h)| w.parse::<u32>().is_ok() && h.parse::<u32>().is_ok()) =>
            {
                head
            }
            _ => stem,
        };
        folded(stem)
    };
    one == other || (name(one).len() >= SHORTEST && name(one) == name(other))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_credit_ends_a_caption() {
        let read = |text: &str| {
            let mut words = Traced::new();
            words.push_verbatim(text, 0..text.len() as u32);
            let (caption, credit) = split_credit(&words);
            (caption.unwrap().text().to_owned(), credit.map(|credit| credit.text().to_owned()))
        };
        assert_eq!(read("Rescuers. Photo: Ana Reyes"), ("Rescuers.".to_owned(), Some("Ana Reyes".to_owned())));
        assert_eq!(read("Rescuers (Foto: dpa)"), ("Rescuers".to_owned(), Some("dpa".to_owned())));
        assert_eq!(read("“Sad,” he said. Courier photo by Jo"), ("“Sad,” he said.".to_owned(), Some("Jo".to_owned())));
        assert_eq!(read("船＝１０日、港（ＣＰＡ）"), ("船＝１０日、港".to_owned(), Some("ＣＰＡ".to_owned())));
        assert_eq!(read("Rescuers (left)"), ("Rescuers (left)".to_owned(), None));
        assert_eq!(read("Rescuers at work"), ("Rescuers at work".to_owned(), None));
    }

    #[test]
    fn one_picture_comes_in_sizes() {
        assert!(
            same_picture("https://a.example/bow-1024x683.jpg", "https://a.example/x/bow-300x200.jpg?w=1")
                == (folded("bow").len() >= 6)
        );
        assert!(same_picture("https://a.example/harbour-1024x683.jpg", "https://a.example/harbour-300x200.jpg"));
        assert!(!same_picture("https://a.example/harbour1.jpg", "https://a.example/harbour2.jpg"));
    }
}
