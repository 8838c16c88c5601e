//! Pages written for these tests, and what the tree says of them.

use onrecord_html::{HtmlName, Namespace, NodeId, NodeKind, Tree, decode, parse, parse_fragment};
use onrecord_span::Traced;

fn find(tree: &Tree, name: HtmlName) -> NodeId {
    tree.descendants(tree.root()).find(|&id| tree.is(id, name)).expect("the element is in the tree")
}

fn text_of(tree: &Tree, id: NodeId) -> String {
    let mut text = String::new();
    tree.push_text_content(id, &mut text);
    text
}

fn slice<'s>(tree: &Tree<'s>, id: NodeId) -> &'s str {
    let range = tree.source_range(id);
    &tree.source()[range.start as usize..range.end as usize]
}

const STORY: &str = r#"<!DOCTYPE html>
<html lang=en><head><title>Ferry &amp; fog</title>
<script>if (a < b && "</p>") { document.write("<p>no") }</script></head>
<body><article CLASS="story &quot;lead&quot;" data-Id='7'>
<h1>Ferry hits breakwater</h1>
<p>First para&shy;graph<p>Second <b>bold <i>both</b> italic</i> end
<ul><li>One<li>Two</ul>
<noscript><img src="a.jpg?x=1&amp;y=2" alt="Fog"></noscript>
<!-- a comment -->
</article></body></html>"#;

#[test]
fn elements_know_their_place() {
    let tree = parse(STORY);
    let article = find(&tree, HtmlName::ARTICLE);
    assert!(slice(&tree, article).starts_with("<article CLASS=") && slice(&tree, article).ends_with("</article>"));
    let h1 = find(&tree, HtmlName::H1);
    assert_eq!(slice(&tree, h1), "<h1>Ferry hits breakwater</h1>");
    let p = find(&tree, HtmlName::P);
    assert_eq!(slice(&tree, p), "<p>First para&shy;graph");
    assert_eq!(tree.start_tag_range(p).len(), 3);
    let li = find(&tree, HtmlName::LI);
    assert_eq!(slice(&tree, li), "<li>One");
    let html = find(&tree, HtmlName::HTML);
    assert_eq!(slice(&tree, html), &STORY["<!DOCTYPE html>\n".len()..]);
    assert_eq!(tree.doctype().and_then(|doctype| doctype.name.as_deref()), Some("html"));
}

#[test]
fn text_is_decoded_and_traced() {
    let tree = parse(STORY);
    assert_eq!(text_of(&tree, find(&tree, HtmlName::TITLE)), "Ferry & fog");
    assert!(text_of(&tree, find(&tree, HtmlName::SCRIPT)).contains("\"</p>\""));
    let p = find(&tree, HtmlName::P);
    let text = tree.first_child(p).unwrap();
    assert_eq!(tree.kind(text), NodeKind::Text);
    assert_eq!(tree.raw_text(text), "First para&shy;graph");
    let mut traced = Traced::new();
    tree.trace_text(text, &mut traced);
    assert_eq!(traced.text(), "First para\u{AD}graph");
    let sources: Vec<&str> =
        traced.runs().iter().map(|run| &STORY[run.source.start as usize..run.source.end as usize]).collect();
    assert_eq!(sources, ["First para", "&shy;", "graph"]);
}

#[test]
fn attributes_are_found_by_lower_case_names() {
    let tree = parse(STORY);
    let article = find(&tree, HtmlName::ARTICLE);
    let class = tree.attr(article, "class").unwrap();
    assert_eq!((class.raw(), &*class.value()), ("story &quot;lead&quot;", "story \"lead\""));
    assert_eq!(&STORY[class.span().start as usize..class.span().end as usize], class.raw());
    assert_eq!(tree.attr(article, "data-id").map(|attr| attr.raw()), Some("7"));
    assert!(tree.attr(article, "id").is_none());
    let names: Vec<&str> = tree.attrs(article).map(|attr| attr.name()).collect();
    assert_eq!(names, ["class", "data-id"]);
    let src = tree.attr_named(find(&tree, HtmlName::IMG), HtmlName::SRC).unwrap();
    let mut traced = Traced::new();
    src.trace(&mut traced);
    assert_eq!(traced.text(), "a.jpg?x=1&y=2");
}

#[test]
fn noscript_is_markup() {
    let tree = parse(STORY);
    let img = find(&tree, HtmlName::IMG);
    assert!(tree.ancestors(img).any(|above| tree.is(above, HtmlName::NOSCRIPT)));
}

#[test]
fn misnested_formatting_is_split() {
    let tree = parse("<p>Second <b>bold <i>both</b> italic</i> end");
    let italics: Vec<NodeId> = tree.descendants(tree.root()).filter(|&id| tree.is(id, HtmlName::I)).collect();
    let texts: Vec<String> = italics.iter().map(|&id| text_of(&tree, id)).collect();
    assert_eq!(texts, ["both", " italic"]);
    assert_eq!(text_of(&tree, tree.root()), "Second bold both italic end");
}

#[test]
fn what_no_table_can_hold_stands_before_it() {
    let tree = parse("<!doctype html><table><tr><td>cell</td>stray</tr></table>");
    assert_eq!(text_of(&tree, tree.root()), "straycell");
    let table = find(&tree, HtmlName::TABLE);
    assert_eq!(tree.prev_sibling(table).map(|text| tree.kind(text)), Some(NodeKind::Text));
    let tbody = find(&tree, HtmlName::TBODY);
    assert!(tree.start_tag_range(tbody).is_empty(), "an implied element has no start tag");
}

#[test]
fn templates_hold_their_contents_as_children() {
    let tree = parse("<template><tr><td>x</td></tr></template>");
    let template = find(&tree, HtmlName::TEMPLATE);
    let row = tree.first_child(template).unwrap();
    assert!(tree.is(row, HtmlName::TR));
}

#[test]
fn svg_is_another_vocabulary() {
    let tree = parse("<svg viewBox='0 0 1 1'><title>Map</title><foreignObject><p>x</p></foreignObject></svg>");
    assert!(!tree.descendants(tree.root()).any(|id| tree.is(id, HtmlName::TITLE)), "an HTML title is another thing");
    let foreign = tree.descendants(tree.root()).find(|&id| tree.name(id) == HtmlName::FOREIGNOBJECT).unwrap();
    assert_eq!((tree.namespace(foreign), tree.local_name(foreign)), (Namespace::Svg, "foreignObject"));
    assert!(tree.is(tree.first_child(foreign).unwrap(), HtmlName::P));
}

#[test]
fn custom_elements_have_names_of_the_tree() {
    let tree = parse("<AMP-img src=a></amp-img><amp-video>");
    let name = tree.find_name("amp-img").unwrap();
    let image = tree.descendants(tree.root()).find(|&id| tree.is(id, name)).unwrap();
    assert_eq!((tree.local_name(image), name.as_str()), ("amp-img", None));
    assert_eq!(tree.find_name("amp-list"), None);
}

#[test]
fn a_fragment_stands_under_the_root() {
    let tree = parse_fragment("<p>One<p>Two &lt; Three", "div");
    let children: Vec<NodeId> = tree.children(tree.root()).collect();
    assert_eq!(children.len(), 2);
    assert!(children.iter().all(|&id| tree.is(id, HtmlName::P)));
    assert_eq!(text_of(&tree, children[1]), "Two < Three");
    let cells = parse_fragment("<td>a<td>b", "tr");
    assert_eq!(cells.children(cells.root()).count(), 2);
}

#[test]
fn line_ends_and_nul_are_read_as_the_standard_says() {
    let tree = parse("<pre>\r\nA\r\nB\rC\0</pre><p title='x\r\ny\0'>");
    let pre = find(&tree, HtmlName::PRE);
    assert_eq!(text_of(&tree, pre), "A\nB\nC");
    assert_eq!(tree.attr(find(&tree, HtmlName::P), "title").unwrap().value(), "x\ny\u{FFFD}");
}

#[test]
fn passing_over_what_is_below() {
    let tree = parse("<div><nav><a>x</a></nav><p>y</p></div>");
    let mut below = tree.descendants(tree.root());
    let mut names = Vec::new();
    while let Some(id) = below.next() {
        if tree.is(id, HtmlName::NAV) {
            below.skip_below(id);
        }
        if tree.kind(id) == NodeKind::Element {
            names.push(tree.local_name(id));
        }
    }
    assert_eq!(names, ["html", "head", "body", "div", "nav", "p"]);
}

#[test]
fn text_leads_back_to_the_bytes_of_a_legacy_page() {
    let page = b"<p>\x93Caf\xE9\x94 &amp; bar</p>";
    let decoded = decode(page, Some("windows-1252"));
    let tree = parse(&decoded.text);
    let text = tree.first_child(find(&tree, HtmlName::P)).unwrap();
    let bytes = decoded.to_page(tree.source_range(text));
    assert_eq!(&page[bytes.start as usize..bytes.end as usize], &page[3..page.len() - 4]);
}

#[test]
fn html_stands_in_annotations_of_mathml_alone() {
    let tree = parse("<math><annotation-xml encoding=Text/HTML><article>x</article></annotation-xml></math>");
    assert!(tree.descendants(tree.root()).any(|id| tree.is(id, HtmlName::ARTICLE)));
    let tree = parse("<svg><annotation-xml encoding=text/html><article>x</article></annotation-xml></svg>");
    assert!(!tree.descendants(tree.root()).any(|id| tree.is(id, HtmlName::ARTICLE)));
}

#[test]
fn a_table_stands_in_a_paragraph_in_quirks_mode_alone() {
    let parent_of_table = |source: &str| {
        let tree = parse(source);
        tree.parent(find(&tree, HtmlName::TABLE)).map(|parent| tree.name(parent))
    };
    assert_eq!(parent_of_table("<!doctype html><p><table>"), Some(HtmlName::BODY));
    assert_eq!(parent_of_table("<p><table>"), Some(HtmlName::P));
    let transitional = "<!DOCTYPE HTML PUBLIC \"-//W3C//DTD HTML 4.01 Transitional//EN\"><p><table>";
    assert_eq!(parent_of_table(transitional), Some(HtmlName::P));
}

#[test]
fn white_space_stays_among_columns_though_words_go() {
    let tree = parse_fragment("gone <col>gone&#x0D;gone", "colgroup");
    let texts: Vec<_> = tree
        .children(tree.root())
        .filter(|&id| tree.kind(id) == NodeKind::Text)
        .map(|id| tree.text(id).into_owned())
        .collect();
    assert_eq!(texts, [" ", "\r"]);
}

#[test]
fn formatting_is_reopened_after_all_framesets() {
    let tree = parse("<p><a href=x><frameset></frameset></html> ");
    let a = find(&tree, HtmlName::A);
    assert!(tree.parent(a).is_some_and(|parent| tree.is(parent, HtmlName::HTML)));
    assert_eq!(text_of(&tree, a), " ");
}
