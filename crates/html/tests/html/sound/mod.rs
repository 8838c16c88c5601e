//! What holds for every tree.

use onrecord_html::{NodeKind, Tree};
use onrecord_span::{How, Traced};

fn check_range(source: &str, range: std::ops::Range<u32>, what: &str) {
    assert!(source.get(range.start as usize..range.end as usize).is_some(), "{what} at {range:?} of {}", source.len());
}

/// All ranges lie in the source, text without references stands where its range says, links between nodes agree.
pub fn check_tree(source: &str, tree: &Tree) {
    let mut seen = 0;
    for id in tree.descendants(tree.root()) {
        seen += 1;
        assert!(seen < tree.node_count(), "the tree has a loop");
        let range = tree.source_range(id);
        check_range(source, range.clone(), "node");
        check_range(source, tree.start_tag_range(id), "start tag");
        let parent = tree.parent(id).expect("all but the root have parents");
        match tree.prev_sibling(id) {
            Some(prev) => assert_eq!(tree.next_sibling(prev), Some(id)),
            None => assert_eq!(tree.first_child(parent), Some(id)),
        }
        if tree.next_sibling(id).is_none() {
            assert_eq!(tree.last_child(parent), Some(id));
        }
        for attr in tree.attrs(id) {
            check_range(source, attr.span(), "attribute");
            assert_eq!(attr.raw(), &source[attr.span().start as usize..attr.span().end as usize]);
            let mut traced = Traced::new();
            attr.trace(&mut traced);
            assert_eq!(traced.text(), attr.value());
        }
        if tree.kind(id) == NodeKind::Text {
            let raw = tree.raw_text(id);
            assert!(!raw.is_empty());
            assert_eq!(raw, &source[range.start as usize..range.end as usize]);
            if !raw.contains(['&', '\r', '\0']) {
                assert_eq!(tree.text(id), raw);
            }
            let mut traced = Traced::new();
            tree.trace_text(id, &mut traced);
            assert_eq!(traced.text(), tree.text(id));
            for run in traced.runs() {
                check_range(source, run.source.clone(), "run");
                if run.how == How::Verbatim {
                    let words = &traced.text()[run.text.start as usize..run.text.end as usize];
                    assert_eq!(words, &source[run.source.start as usize..run.source.end as usize]);
                }
            }
        }
    }
}
