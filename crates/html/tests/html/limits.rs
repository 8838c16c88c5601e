//! Hostile pages: every limit is hit, noted, and costs no more than it says.

use onrecord_html::limits::{
    MAX_ATTRS, MAX_DEPTH, MAX_FORMATTING, MAX_MADE_AGAIN, MAX_NAMES, MAX_NODES, MAX_REOPENED, MAX_TOTAL_ATTRS,
};
use onrecord_html::{HtmlName, NodeId, Tree, Truncation, parse};

fn find(tree: &Tree, name: HtmlName) -> NodeId {
    tree.descendants(tree.root()).find(|&id| tree.is(id, name)).expect("the element is in the tree")
}

#[test]
fn elements_too_deep_become_siblings() {
    let source = format!("{}deep{}<p>after", "<div>".repeat(MAX_DEPTH + 100), "</div>".repeat(MAX_DEPTH + 100));
    let tree = parse(&source);
    assert_eq!(tree.truncated(), Some(Truncation::Depth));
    let deepest = tree.descendants(tree.root()).map(|id| tree.ancestors(id).count()).max();
    // The text stands in the deepest element, which the document is above of.
    assert_eq!(deepest, Some(MAX_DEPTH + 1));
    let mut text = String::new();
    tree.push_text_content(tree.root(), &mut text);
    assert_eq!(text, "deepafter");
    let p = find(&tree, HtmlName::P);
    assert!(tree.parent(p).is_some_and(|parent| tree.is(parent, HtmlName::BODY)));
}

#[test]
fn elements_within_the_depth_are_nested() {
    // `html` and `body` are open as well.
    let source = "<div>".repeat(MAX_DEPTH - 2);
    let tree = parse(&source);
    assert_eq!(tree.truncated(), None);
}

#[test]
fn nodes_past_the_limit_are_dropped() {
    let source = "<p>".repeat(MAX_NODES);
    let tree = parse(&source);
    assert_eq!(tree.truncated(), Some(Truncation::Nodes));
    assert!(tree.node_count() <= MAX_NODES && tree.node_count() > MAX_NODES - 2_000);
    let cut = tree.source_range(find(&tree, HtmlName::BODY)).end as usize;
    assert!(cut < source.len() && cut > source.len() - 3 * 2_000, "the body ends where the page is cut: {cut}");
}

#[test]
fn a_frameset_full_of_spaces_is_dropped_past_the_limit() {
    let source = format!("<frameset>{}", "x ".repeat(MAX_NODES + 10));
    let tree = parse(&source);
    assert_eq!(tree.truncated(), Some(Truncation::Nodes));
    assert!(tree.node_count() <= MAX_NODES);
}

#[test]
fn attributes_past_the_limit_are_dropped() {
    let attributes: String = (0..MAX_ATTRS + 5).map(|number| format!(" a{number}=v")).collect();
    let source = format!("<p{attributes}>text");
    let tree = parse(&source);
    assert_eq!(tree.truncated(), Some(Truncation::Attrs));
    let p = find(&tree, HtmlName::P);
    assert_eq!(tree.attrs(p).count(), MAX_ATTRS);
    assert!(tree.attr(p, "a999").is_some() && tree.attr(p, "a1000").is_none());
}

#[test]
fn attributes_of_all_elements_are_limited() {
    let element = format!("<p{}>", (0..MAX_ATTRS).map(|number| format!(" a{number}")).collect::<String>());
    let source = element.repeat(MAX_TOTAL_ATTRS / MAX_ATTRS + 1);
    let tree = parse(&source);
    assert_eq!(tree.truncated(), Some(Truncation::Attrs));
    let last = tree.last_child(find(&tree, HtmlName::BODY)).expect("there are paragraphs");
    assert_eq!(tree.attrs(last).count(), 0);
}

#[test]
fn names_past_the_limit_are_not_told_apart() {
    let source: String =
        (0..MAX_NAMES + 3).map(|number| format!("<x{number} class=c new{number}></x{number}>")).collect();
    let tree = parse(&source);
    assert_eq!(tree.truncated(), Some(Truncation::Names));
    let last = tree.last_child(find(&tree, HtmlName::BODY)).expect("there are elements");
    let unnamed = tree.descendants(tree.root()).find(|&id| tree.is(id, HtmlName::UNNAMED)).expect("one has no name");
    assert_eq!(tree.attr(unnamed, "class").map(|attr| attr.raw()), Some("c"));
    assert!(tree.source_range(last).start < source.len() as u32);
}

#[test]
fn formatting_that_was_left_open_long_ago_is_not_reopened() {
    let fonts: String = (0..MAX_REOPENED + 10).map(|number| format!("<font size={number}>")).collect();
    let source = format!("<div>{fonts}</div>after");
    let tree = parse(&source);
    assert_eq!(tree.truncated(), Some(Truncation::Formatting));
    let div = find(&tree, HtmlName::DIV);
    let reopened = tree.next_sibling(div).expect("formatting is reopened after the block");
    assert_eq!(tree.attr(reopened, "size").map(|attr| attr.raw()), Some("10"));
}

#[test]
fn the_oldest_formatting_makes_room() {
    let fonts: String = (0..MAX_FORMATTING + 1).map(|number| format!("<font size={number}>")).collect();
    assert_eq!(parse(&format!("<div>{fonts}")).truncated(), Some(Truncation::Formatting));
}

#[test]
fn blocks_among_formatting_left_open_cost_what_few_cost() {
    const FONTS: usize = 20_000;
    let source: String = (0..FONTS).map(|number| format!("<font size={number}><p>x")).collect();
    let tree = parse(&source);
    assert_eq!(tree.truncated(), Some(Truncation::Formatting));
    // Two tags and a text each, and what is reopened in the first paragraphs.
    assert!(tree.node_count() < 3 * FONTS + MAX_MADE_AGAIN + MAX_REOPENED + 4, "{}", tree.node_count());
    let mut text = String::new();
    tree.push_text_content(tree.root(), &mut text);
    assert_eq!(text.len(), FONTS);
}

#[test]
fn formatting_is_made_again_only_so_often() {
    const FEW: usize = 4;
    let reopened = |blocks: usize| parse(&format!("<p><b>x{}", "<p>y".repeat(blocks))).truncated();
    assert_eq!(reopened(MAX_MADE_AGAIN), None);
    let source = format!("<p><b>x{}", "<p>y".repeat(MAX_MADE_AGAIN + FEW));
    assert_eq!(reopened(MAX_MADE_AGAIN + FEW), Some(Truncation::Formatting));
    let tree = parse(&source);
    let bold = tree.descendants(tree.root()).filter(|&id| tree.is(id, HtmlName::B)).count();
    assert_eq!(bold, MAX_MADE_AGAIN + 1, "the first, and those made again");
    let last = tree.last_child(find(&tree, HtmlName::BODY)).expect("there are paragraphs");
    assert_eq!(tree.first_child(last).map(|text| tree.raw_text(text)), Some("y"), "text behind is kept, and not bold");
}

#[test]
fn misnested_formatting_past_the_limit_ends_with_its_block() {
    let misnested = "<a href=/><div>x</a></div>";
    let source = format!("{}<p>y", misnested.repeat(MAX_MADE_AGAIN + 1));
    let tree = parse(&source);
    assert_eq!(tree.truncated(), Some(Truncation::Formatting));
    assert!(tree.node_count() < 5 * MAX_MADE_AGAIN);
    let mut text = String::new();
    tree.push_text_content(tree.root(), &mut text);
    assert_eq!(text.len(), MAX_MADE_AGAIN + 2);
}
