//! What a page has and does not show: hidden elements, and words for screen readers alone.

use crate::lists::Lists;
use onrecord_html::{HtmlName, NodeId, Tree};
use std::sync::LazyLock;

/// Classes of words that are read out but not shown.
static UNSEEN_CLASSES: LazyLock<Vec<&str>> =
    LazyLock::new(|| Lists::read(include_str!("../data/element_names.txt")).of("unseen").to_vec());

/// Whether the page does not show an element's words: it is hidden by the `hidden` attribute or by `style="display: none"`, or its
/// words are for screen readers alone.
pub(crate) fn is_unseen(tree: &Tree<'_>, node: NodeId) -> bool {
    let mut unseen = false;
    for attr in tree.attrs(node) {
        if attr.is(HtmlName::CLASS) {
            unseen |= has_unseen_class(attr.raw());
        } else if attr.is(HtmlName::STYLE) {
            if rules(attr.raw()).any(|rule| is(rule, "display", "none")) {
                return true;
            }
            unseen |= is_clipped(attr.raw());
        } else if attr.is(HtmlName::HIDDEN) {
            return true;
        }
    }
    unseen && has_words(tree, node)
}

/// Whether one of the classes is that of words for screen readers.
fn has_unseen_class(classes: &str) -> bool {
    classes.split_ascii_whitespace().any(|name| UNSEEN_CLASSES.contains(&name))
}

/// Whether the text directly in an element has a letter. Marks alone are kept: the colon after a kicker is shown as a line break.
fn has_words(tree: &Tree<'_>, node: NodeId) -> bool {
    tree.children(node).any(|below| tree.raw_text(below).contains(char::is_alphabetic))
}

/// Whether the words of an element are for screen readers alone: `<span class="visually-hidden">Image caption, </span>`, or a
/// style that clips them away.
pub(crate) fn is_for_screen_readers(tree: &Tree<'_>, node: NodeId) -> bool {
    let unseen = tree.attrs(node).any(|attr| {
        attr.is(HtmlName::CLASS) && has_unseen_class(attr.raw()) || attr.is(HtmlName::STYLE) && is_clipped(attr.raw())
    });
    unseen && has_words(tree, node)
}

/// Whether a style leaves nothing of an element to see: it stands outside the flow of the page, and is clipped or a dot.
fn is_clipped(style: &str) -> bool {
    let has = |name, value| rules(style).any(|rule| is(rule, name, value));
    has("position", "absolute") && (has("clip", "rect(0") || has("clip-path", "inset(50%") || has("width", "1px"))
}

/// The rules of a `style` attribute. A style that is longer than usual lays out the page, and is not looked at.
fn rules(style: &str) -> impl Iterator<Item = &str> {
    /// Longest style that is looked at.
    const LONGEST: usize = 400;
    style.split(';').filter(|_| style.len() < LONGEST)
}

/// Whether a rule gives a property a value that begins like this one.
fn is(rule: &str, name: &str, value: &str) -> bool {
    rule.split_once(':').is_some_and(|(property, words)| {
        property.trim().eq_ignore_ascii_case(name)
            && words.trim().get(..value.len()).is_some_and(|words| words.eq_ignore_ascii_case(value))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use onrecord_html::parse;

    fn first(html: &str, test: fn(&Tree<'_>, NodeId) -> bool) -> bool {
        let tree = parse(html);
        let found = tree.descendants(tree.root()).find(|&node| tree.is(node, HtmlName::SPAN)).unwrap();
        test(&tree, found)
    }

    #[test]
    fn what_the_page_hides_is_hidden() {
        for hidden in ["hidden", "style='display:none'", "style='color: red; DISPLAY : None !important'"] {
            assert!(first(&format!("<span {hidden}>x</span>"), is_unseen), "{hidden}");
        }
        for shown in ["", "style='display:block'", "class=hidden", "data-display=none"] {
            assert!(!first(&format!("<span {shown}>x</span>"), is_unseen), "{shown}");
        }
    }

    #[test]
    fn words_that_are_clipped_away_are_for_screen_readers() {
        let clipped = "style='position:absolute;width:1px;height:1px;overflow:hidden'";
        for unseen in [clipped, "class='x sr-only'", "style='clip: rect(0 0 0 0); position: absolute'"] {
            assert!(first(&format!("<span {unseen}>, opens new tab</span>"), is_for_screen_readers), "{unseen}");
        }
        for seen in ["style='position:absolute;left:0'", "style='width:1px'", "class=only"] {
            assert!(!first(&format!("<span {seen}>, opens new tab</span>"), is_for_screen_readers), "{seen}");
        }
        assert!(!first("<span class=sr-only>: </span>", is_for_screen_readers), "marks alone are kept");
    }
}
