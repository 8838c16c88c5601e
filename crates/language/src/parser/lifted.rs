//! Arcs that had to be lifted, put back.
//!
//! The parser builds projective trees only. A label such as "prep||dobj" says that a word was lifted to its head's head
//! (Nivre and Nilsson 2005): its true head is the first word labelled "dobj" below that.

use super::tree::DependencyTree;
use crate::parse::{LabelId, LabelTable};

/// Labels of lifted arcs: for each label what the arc really is, and the label of its true head.
#[derive(Debug)]
pub(crate) struct LiftedArcs {
    of: Vec<Option<(LabelId, LabelId)>>,
}

impl LiftedArcs {
    /// Finds the labels of a model which say that an arc was lifted.
    pub fn new(labels: &mut LabelTable) -> Self {
        let mut of = Vec::new();
        let mut at = 0;
        while at < labels.len() {
            let string = labels.get(LabelId(at as u16)).to_owned();
            of.push(string.split_once("||").map(|(arc, head)| (labels.add(arc), labels.add(head))));
            at += 1;
        }
        Self { of }
    }

    fn get(&self, label: LabelId) -> Option<(LabelId, LabelId)> {
        self.of.get(usize::from(label.0)).copied().flatten()
    }

    /// Gives lifted arcs back to their true heads, and finds the spans again if there were any.
    pub fn lower(
        &self,
        tree: &mut DependencyTree,
        heads: &mut [u32],
        labels: &mut [LabelId],
        is_space: impl Fn(usize) -> bool,
    ) {
        let mut changed = false;
        for at in 0..heads.len() {
            if let Some((arc, of)) = self.get(labels[at]) {
                heads[at] = true_head(tree, at, of, heads, labels, &is_space) as u32;
                labels[at] = arc;
                changed = true;
            }
        }
        if changed {
            tree.span(heads);
        }
    }
}

/// The first word with a label below the head, level by level from left to right; the head itself if there is none.
fn true_head(
    tree: &DependencyTree,
    word: usize,
    label: LabelId,
    heads: &[u32],
    labels: &[LabelId],
    is_space: &impl Fn(usize) -> bool,
) -> usize {
    let head = heads[word] as usize;
    let mut level = vec![head];
    // Arcs given back before may have made a circle, but no path is longer than the text.
    for _ in 0..heads.len() {
        let mut below = Vec::new();
        for parent in level {
            for child in tree.left[parent] as usize..=tree.right[parent] as usize {
                let is_child = child != parent && heads[child] as usize == parent;
                if !is_child || child == word || is_space(child) {
                    continue;
                }
                if labels[child] == label {
                    return child;
                }
                below.push(child);
            }
        }
        if below.is_empty() {
            break;
        }
        level = below;
    }
    head
}
