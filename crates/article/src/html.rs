//! Reads web pages: bytes to a tree, the tree to fields and blocks, and those to a document.

use crate::body::{self, FieldElement, Outline, Segment, Witness};
use crate::fields::{self, PageFields};
use crate::page::{HtmlPage, StoryPlace};
use crate::{evidence, language};
use onrecord_document::{Basis, BlockKind, BlockRole, Capture, Document, Draft, DraftLink, Note, Stage};
use onrecord_html::{HtmlName, Tree, Truncation, decode, parse};
use onrecord_span::Traced;

/// Bytes of the body from which its language is detected, and with which fields are compared.
const SAMPLE: usize = 4_000;

/// The notes on a text that is not the page's own.
const OF_ARTICLE_BODY: &str = "the page shows only a part of the article; the text is that of its JSON-LD articleBody";
const OF_STATE: &str = "the page shows only a part of the article; the text is that of the data of its scripts";
const OF_INSTRUCTIONS: &str =
    "the page shows nothing of the article; the text is that of the instructions in its JSON-LD";

/// Fewest letters of body that make an article.
const MIN_ARTICLE: usize = 80;

/// Reads a web page.
pub(crate) fn read(capture: &Capture) -> Document {
    let decoded = decode(capture.page.as_bytes(), capture.charset.as_deref());
    let tree = parse(&decoded.text);
    let page = HtmlPage { capture, decoded: &decoded, tree: &tree };

    let outline = Outline::of(&tree);
    let first = outline.first_paragraph();
    let story = StoryPlace {
        container: outline.container(),
        first_block: first.map(|segment| segment.block),
        opening: first.map(|segment| head(segment.words.text()).to_owned()).unwrap_or_default(),
        is_thin: outline.is_thin(),
    };
    let mut found = fields::read(&page, &story);
    let cut_off = outline.cut_off();
    let names: Vec<String> = found.fields.bylines.iter().map(|byline| byline.value.name.clone()).collect();
    let lines = outline.sort(&claims(&found), &names, Witness::of(&found.article_bodies));

    let mut draft = Draft::new();
    draft.fields = std::mem::take(&mut found.fields);
    if let Some(truncation) = tree.truncated() {
        draft.notes.push(Note::new(Stage::Article, "truncated", truncated(truncation)));
    } else if cut_off {
        draft.notes.push(Note::new(
            Stage::Article,
            "truncated",
            "the page has more lines than are read; the rest is left out",
        ));
    }
    push_blocks(&page, lines, &found, &mut draft);
    let document = draft.finish(capture.clone(), &decoded);
    with_language(document, &tree)
}

/// The elements that fields were read from.
fn claims(found: &PageFields) -> Vec<FieldElement> {
    let one = |kind| move |node| FieldElement { node, kind };
    let mut claims: Vec<FieldElement> = Vec::new();
    claims.extend(found.headline_node.map(one(BlockKind::Headline)));
    claims.extend(found.standfirst_node.map(one(BlockKind::Standfirst)));
    claims.extend(found.caption_nodes.iter().copied().map(one(BlockKind::Caption)));
    claims.extend(found.byline_nodes.iter().copied().map(one(BlockKind::Byline)));
    claims.extend(found.date_nodes.iter().copied().map(one(BlockKind::Dateline)));
    claims
}

/// Adds the page's lines to the draft, and if its own body is cut short, that of its JSON-LD or of the state of its scripts.
fn push_blocks(page: &HtmlPage<'_>, mut lines: Vec<(BlockKind, Segment)>, found: &PageFields, draft: &mut Draft) {
    let is_body = |kind: &BlockKind| kind.role() == BlockRole::Body;
    let own: String = lines
        .iter()
        .filter(|(kind, _)| is_body(kind))
        .map(|(_, line)| line.words.text())
        .collect::<Vec<_>>()
        .join("\n");
    let article =
        body::stands_in(&found.article_bodies, &own).map(|blocks| (blocks, "body_from_json_ld", OF_ARTICLE_BODY));
    let state = || body::stands_in(&found.state_bodies, &own).map(|blocks| (blocks, "body_from_state", OF_STATE));
    let steps =
        || body::steps_stand_in(&found.instructions, &own).map(|blocks| (blocks, "body_from_json_ld", OF_INSTRUCTIONS));
    let stand_in = article.or_else(state).or_else(steps);

    if !lines.iter().any(|(kind, _)| *kind == BlockKind::Headline)
        && let Some(words) = &found.headline_words
    {
        draft.push(BlockKind::Headline, words.fold_space(), Vec::new());
    }
    if stand_in.is_some() {
        for (kind, _) in lines.iter_mut().filter(|(kind, _)| is_body(kind)) {
            *kind = BlockKind::Teaser;
        }
    }
    for (kind, line) in lines {
        let links = if is_body(&kind) { links(page, &line) } else { Vec::new() };
        draft.push(kind, line.words, links);
    }
    let letters = match stand_in {
        Some((blocks, code, message)) => {
            draft.notes.push(Note::new(Stage::Article, code, message));
            let letters = blocks.iter().map(|(_, words)| words.len()).sum();
            for (kind, words) in blocks {
                draft.push(kind, words, Vec::new());
            }
            letters
        }
        None => own.len(),
    };
    if letters < MIN_ARTICLE {
        draft.notes.push(Note::new(Stage::Article, "no_article", "no article was found on this page"));
    }
}

/// The links of a line, with their resolved addresses.
fn links(page: &HtmlPage<'_>, line: &Segment) -> Vec<DraftLink> {
    let link = |(words, node): &(std::ops::Range<usize>, _)| {
        let mut address = Traced::new();
        page.tree.attr_named(*node, HtmlName::HREF)?.trace(&mut address);
        let address = page.stated(&address);
        let url = fields::resolve(&address.value, page.capture.url.as_deref());
        (!address.value.is_empty()).then(|| DraftLink { words: words.clone(), url: address.map(|_| url) })
    };
    line.links.iter().filter_map(link).collect()
}

/// Detects the article's language from its words and the page's label.
fn with_language(mut document: Document, tree: &Tree<'_>) -> Document {
    let html = tree.children(tree.root()).find(|&node| tree.is(node, HtmlName::HTML));
    let label = html.and_then(|html| tree.attr_named(html, HtmlName::LANG)).map(|lang| lang.value().into_owned());
    let words = if document.text().len() >= MIN_ARTICLE { document.text() } else { document.rest() };
    if let Some((code, _)) = language::detect(head(words), label.as_deref()) {
        document.fields.language = Some(evidence::unwritten(code, Basis::Detected));
    }
    document
}

/// The note on what a page lost to a limit of the parser.
fn truncated(limit: Truncation) -> &'static str {
    match limit {
        Truncation::Formatting => {
            "the page leaves more formatting open than is read; emphasis and links are missing on some words"
        }
        Truncation::Depth => "the page's elements are nested deeper than is read; deeper ones are read as neighbours",
        Truncation::Nodes => "the page has more elements than are read; the rest is left out",
        Truncation::Attrs => "an element of the page has more attributes than are read; the rest is left out",
        Truncation::Source => "the page is longer than is read; the rest is left out",
        Truncation::Names => "the page has more names of its own than are read; the rest is left out",
    }
}

/// The beginning of a text, cut on a character boundary.
fn head(text: &str) -> &str {
    &text[..text.floor_char_boundary(SAMPLE)]
}
