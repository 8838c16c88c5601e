//! The article's pictures, with what stands under them.

use super::address::resolve;
use super::names::is_agency;
use super::survey::{Place, Roles};
use super::words::{attribute, folded, json_string, visible};
use super::{Caption, Sources, Story};
use crate::json::Value;
use foldhash::HashSet;
use onrecord_document::{Image, Stated};
use onrecord_html::{Name, NodeId, Tree};
use onrecord_span::Traced;

/// Most pictures of one article.
const MAX_IMAGES: usize = 60;

/// Words that stand before the name of who made a picture.
const CREDITS: [&str; 26] = [
    "photo:",
    "photos:",
    "photo by",
    "photograph:",
    "photography:",
    "picture:",
    "pictures:",
    "image:",
    "images:",
    "credit:",
    "source:",
    "foto:",
    "fotos:",
    "bild:",
    "bilder:",
    "quelle:",
    "crédit:",
    "credits:",
    "fuente:",
    "fonte:",
    "фото:",
    "источник:",
    "zdjęcie:",
    "copyright:",
    "©",
    "(c)",
];

/// Pictures, and the captions that the page shows.
#[derive(Default)]
pub(super) struct Pictures {
    pub images: Vec<Image>,
    pub captions: Vec<Caption>,
}

/// The picture that JSON-LD or OpenGraph give the article, then the figures of the story in order.
pub(super) fn images(sources: &Sources<'_, '_>, story: &Story) -> Pictures {
    let mut found = Pictures::default();
    let credits: HashSet<NodeId> = sources
        .survey
        .named
        .iter()
        .filter(|place| place.roles.has(Roles::CREDIT) && !place.roles.has(Roles::CAPTION))
        .map(|place| place.node)
        .collect();
    for place in figures(sources, story) {
        let own = sources.page.tree.is(place.node, Name::FIGURE).then_some(place.node);
        match own.or_else(|| box_of(sources, place)) {
            Some(top) if own.is_some() => figure(sources, top, None, &credits, &mut found),
            Some(top) => figure(sources, top, Some(place.node), &credits, &mut found),
            None => {}
        }
    }
    tables(sources, &mut found);
    let lead = lead(sources);
    if let Some(image) = lead
        && !found.images.iter().any(|other| same_picture(&other.url.value, &image.url.value))
    {
        // A lead that is shown in another size, under another name, is the first figure.
        let captioned = found.images.first().is_some_and(|first| first.caption.is_some()) && image.caption.is_none();
        let above = found.images.is_empty() || !captioned;
        if above {
            found.images.insert(0, image);
        }
    }
    found.images.truncate(MAX_IMAGES);
    found
}

/// `<table align=right><tr><td><img><tr><td>Rescuers at the wall</table>`: a table in the story that holds one picture
/// and a few words holds its caption.
fn tables(sources: &Sources<'_, '_>, found: &mut Pictures) {
    const AROUND: usize = 5;
    const MAX_NODES: usize = 60;
    const CAPTION: std::ops::Range<usize> = 12..500;
    let tree = sources.page.tree;
    let Some(headline) = sources.headline else { return };
    for place in &sources.survey.table_images {
        let in_story = sources
            .survey
            .container
            .is_some_and(|body| body != tree.root() && tree.ancestors(place.node).any(|around| around == body));
        let opens = place.order > headline.order && place.order < sources.survey.first_block;
        if place.order < headline.order || !(in_story || opens) || sources.survey.is_furniture(*place) {
            continue;
        }
        let Some(table) = tree.ancestors(place.node).take(AROUND).find(|around| tree.is(*around, Name::TABLE)) else {
            continue;
        };
        let words = visible(tree, table);
        let alone = tree.descendants(table).take(MAX_NODES).filter(|below| is_image(tree, *below)).count() == 1;
        if !alone || !CAPTION.contains(&words.len()) || tree.ancestors(headline.node).any(|around| around == table) {
            continue;
        }
        let Some(url) = source_of(sources, place.node) else { continue };
        if found.images.iter().any(|other| other.url.value == url.value) {
            continue;
        }
        let (caption, credit) = split_credit(&words);
        found.captions.push(Caption { node: table });
        found.images.push(Image {
            url,
            caption: caption.filter(|words| !words.is_empty()).map(|words| sources.page.stated(&words)),
            credit: credit.filter(|words| !words.is_empty()).map(|words| sources.page.stated(&words)),
        });
    }
}

/// Figures between the headline and the end of the body's container; outside furniture.
fn figures<'p>(sources: &'p Sources<'_, '_>, story: &'p Story) -> impl Iterator<Item = Place> + 'p {
    let tree = sources.page.tree;
    let headline = sources.headline.map(|place| place.node);
    let captions = sources
        .survey
        .named
        .iter()
        .filter(move |place| place.roles.has(Roles::CAPTION) && !tree.is(place.node, Name::FIGURE));
    let mut all: Vec<Place> = sources.survey.figures.iter().chain(captions).copied().collect();
    all.sort_by_key(|place| place.order);
    all.into_iter().filter(move |place| {
        if sources.survey.is_furniture(*place) || place.within.has(Roles::RELATED) {
            return false;
        }
        let in_body =
            story.container.is_some_and(|container| tree.ancestors(place.node).any(|around| around == container));
        // Without a body, or above it: the element that holds the headline holds its pictures.
        let beside = headline.is_some_and(|headline| {
            let article =
                tree.ancestors(headline).find(|around| matches!(tree.name(*around), Name::ARTICLE | Name::MAIN));
            article.is_some_and(|article| tree.ancestors(place.node).any(|around| around == article))
        });
        // `<h1>…</h1><div class="photo"><img><p class="caption">` on a page that names no article.
        let opens = sources
            .headline
            .is_some_and(|headline| place.order > headline.order && place.order < sources.survey.first_block);
        in_body || beside || opens
    })
}

/// `<div class="wp-caption"><img><p class="wp-caption-text">…</p></div>`: the element around a caption outside a
/// `<figure>` that holds its picture.
fn box_of(sources: &Sources<'_, '_>, caption: Place) -> Option<NodeId> {
    const MAX_NODES: usize = 30;
    let tree = sources.page.tree;
    let shows = |node: NodeId| tree.descendants(node).take(MAX_NODES).any(|below| is_image(tree, below));
    if shows(caption.node) || tree.ancestors(caption.node).take(4).any(|around| tree.is(around, Name::FIGURE)) {
        return None;
    }
    tree.ancestors(caption.node).take(2).find(|around| shows(*around) && visible(tree, *around).len() < 1_000)
}

fn is_image(tree: &Tree<'_>, node: NodeId) -> bool {
    tree.is(node, Name::IMG) || tree.local_name(node) == "amp-img"
}

/// Reads one figure: its first picture, its `<figcaption>` or the caption that is given, its credit.
fn figure(
    sources: &Sources<'_, '_>,
    top: NodeId,
    caption: Option<NodeId>,
    credits: &HashSet<NodeId>,
    found: &mut Pictures,
) {
    const MAX_NODES: usize = 120;
    let tree = sources.page.tree;
    let mut image: Option<NodeId> = None;
    let mut caption = caption;
    let mut credit: Option<NodeId> = None;
    for node in tree.descendants(top).take(MAX_NODES) {
        let name = tree.name(node);
        if is_image(tree, node) && image.is_none() {
            image = Some(node);
        } else if name == Name::FIGCAPTION && caption.is_none() {
            caption = Some(node);
        } else if credit.is_none() && credits.contains(&node) {
            credit = Some(node);
        }
    }
    let caption_words = caption.map(|node| visible(tree, node)).filter(|words| !words.is_empty());
    let credit_words = credit.map(|node| visible(tree, node)).filter(|words| !words.is_empty());
    let (caption_words, credit_words) = match (caption_words, credit_words) {
        (Some(caption), Some(credit)) => {
            let rest = match caption.text().find(credit.text()) {
                Some(0) => caption.slice(credit.len()..caption.len()).trim(),
                Some(at) => caption.slice(0..at).trim(),
                None => caption,
            };
            (Some(rest), Some(without_label(&without_marks(&credit))))
        }
        (Some(caption), None) => split_credit(&caption),
        (None, credit) => (None, credit.map(|credit| without_label(&without_marks(&credit)))),
    };
    let caption_words = caption_words.filter(|words| !words.is_empty());
    if let (Some(node), Some(_)) = (caption, &caption_words) {
        found.captions.push(Caption { node });
    }
    let Some(url) = image.and_then(|node| source_of(sources, node)) else { return };
    if found.images.len() < MAX_IMAGES && !found.images.iter().any(|other| other.url.value == url.value) {
        found.images.push(Image {
            url,
            caption: caption_words.map(|words| sources.page.stated(&words)),
            credit: credit_words.filter(|words| !words.is_empty()).map(|words| sources.page.stated(&words)),
        });
    }
}

/// The address of an `<img>`: its `src`, unless that is a placeholder for one loaded later.
fn source_of(sources: &Sources<'_, '_>, node: NodeId) -> Option<Stated<String>> {
    let words = ["src", "data-src", "data-original", "data-lazy-src"].iter().find_map(|name| {
        attribute(sources.page.tree, node, name)
            .filter(|words| !words.text().starts_with("data:") && !words.text().contains(char::is_whitespace))
    })?;
    Some(address(sources, &words))
}

fn address(sources: &Sources<'_, '_>, words: &Traced) -> Stated<String> {
    let stated = sources.page.stated(words);
    let resolved = resolve(&stated.value, sources.page.capture.url.as_deref());
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

/// "Photo: Ana Reyes" → "Ana Reyes": who made the picture, without the word that says so.
fn without_label(credit: &Traced) -> Traced {
    let lower = credit.text().to_lowercase();
    let label = CREDITS.iter().find(|label| lower.starts_with(*label)).filter(|_| lower.len() == credit.len());
    let rest = label.map(|label| credit.slice(label.len()..credit.len()).trim()).filter(|rest| !rest.is_empty());
    rest.unwrap_or_else(|| credit.clone())
}

/// "Rescuers at the wall. Photo: Ana Reyes/CPA", "Rescuers at the wall. Courier photo by Ana Reyes" have a credit at their
/// end, and so has "防波堤の船＝１０日、ローン（ＣＰＡ）", whose brackets name an agency.
fn split_credit(caption: &Traced) -> (Option<Traced>, Option<Traced>) {
    let text = caption.text();
    let lower = text.to_lowercase();
    if lower.len() == text.len() {
        for mark in CREDITS {
            if let Some(at) = lower.rfind(mark)
                && (at == 0 || text[..at].ends_with([' ', '(', '.', '|']))
                && text.len() - at <= 80
            {
                let head = caption.slice(0..at).trim();
                let head = head.slice(0..head.text().trim_end_matches(['(', '|', ' ', '/', '-', '–']).len());
                // "Courier photo by Ana Reyes": what stands before the label behind a full stop is none of the caption.
                let head = match head.text().rsplit_once(['.', '”', '"', '!', '?']) {
                    Some((said, owner)) if owner.starts_with(' ') && owner.split_whitespace().count() <= 2 => {
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

/// The picture that the metadata gives the article.
fn lead(sources: &Sources<'_, '_>) -> Option<Image> {
    if let Some(value) = sources.graph.member("image") {
        let image = sources.graph.resolve(value.items().first()?);
        let words =
            image.string().or_else(|| image.get("url").or_else(|| image.get("contentUrl")).and_then(Value::string));
        if let Some(words) = words {
            let said = |key: &str| {
                image.get(key).and_then(|value| sources.graph.words_of(value)).map(|words| sources.page.stated(&words))
            };
            return Some(Image {
                url: address(sources, &json_string(words)),
                caption: said("caption"),
                credit: said("creditText"),
            });
        }
    }
    let words = sources.meta(&["og:image", "og:image:url", "twitter:image", "twitter:image:src"])?;
    Some(Image { url: address(sources, &words), caption: None, credit: None })
}

/// Whether two addresses are of one picture in two sizes: the same file name but for its numbers.
fn same_picture(one: &str, other: &str) -> bool {
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
    one == other || (name(one).len() >= 6 && name(one) == name(other))
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
