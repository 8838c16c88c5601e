//! The dependency tree: what each word spans, where sentences begin, and arcs put back that had to be lifted.
//!
//! The parser builds projective trees only. A label such as "prep||dobj" says that a word was lifted to its head's head
//! (Nivre and Nilsson 2005): its true head is the first word labelled "dobj" below.

use crate::labels::Labels;
use crate::parse::Label;
use std::ops::Range;

/// Rounds of widening spans before a tree is taken as it is: as in spaCy.
const MAX_ROUNDS: usize = 11;

/// Labels of lifted arcs: what the arc is, and the label of its true head.
#[derive(Debug)]
pub(crate) struct Lifted {
    of: Vec<Option<(Label, Label)>>,
}

impl Lifted {
    /// Reads all labels of a model that say an arc was lifted.
    pub fn new(labels: &mut Labels) -> Self {
        let mut of = Vec::new();
        let mut at = 0;
        while at < labels.len() {
            let string = labels.get(Label(at as u16)).to_owned();
            of.push(string.split_once("||").map(|(arc, head)| (labels.add(arc), labels.add(head))));
            at += 1;
        }
        Self { of }
    }

    fn get(&self, label: Label) -> Option<(Label, Label)> {
        self.of.get(usize::from(label.0)).copied().flatten()
    }
}

/// What each word spans, with all words below it.
#[derive(Debug, Default)]
pub(crate) struct Tree {
    /// The first word below each word, or itself.
    pub left: Vec<u32>,
    /// The last.
    pub right: Vec<u32>,
    /// Whether a sentence starts at a word.
    pub starts: Vec<bool>,
}

impl Tree {
    /// Finds spans and sentence starts.
    pub fn span(&mut self, heads: &[u32]) {
        let all = 0..heads.len() as u32;
        self.left.clear();
        self.left.extend(all.clone());
        self.right.clear();
        self.right.extend(all);
        for _ in 0..=MAX_ROUNDS {
            if self.widen(heads) {
                break;
            }
        }
        self.mark_starts(heads);
    }

    fn mark_starts(&mut self, heads: &[u32]) {
        self.starts.clear();
        self.starts.resize(heads.len(), false);
        for (at, head) in heads.iter().enumerate() {
            if *head as usize == at {
                self.starts[self.left[at] as usize] = true;
            }
        }
    }

    /// Widens each head's span by its children's; true once all heads stand in the sentence of their children.
    fn widen(&mut self, heads: &[u32]) -> bool {
        for at in (0..heads.len()).chain((0..heads.len()).rev()) {
            let head = heads[at] as usize;
            self.left[head] = self.left[head].min(self.left[at]);
            self.right[head] = self.right[head].max(self.right[at]);
        }
        self.mark_starts(heads);
        let mut start = 0;
        for at in 0..heads.len() {
            if (at > 0 && self.starts[at]) || at + 1 == heads.len() {
                let inside = |head: &u32| (start..=at).contains(&(*head as usize));
                if !heads[start..at].iter().all(inside) {
                    return false;
                }
                start = at;
            }
        }
        true
    }

    /// Gives lifted arcs back to their true heads.
    pub fn lower(
        &mut self,
        lifted: &Lifted,
        heads: &mut [u32],
        labels: &mut [Label],
        is_space: impl Fn(usize) -> bool,
    ) {
        let mut changed = false;
        for at in 0..heads.len() {
            if let Some((arc, of)) = lifted.get(labels[at]) {
                heads[at] = self.true_head(at, of, heads, labels, &is_space) as u32;
                labels[at] = arc;
                changed = true;
            }
        }
        if changed {
            self.span(heads);
        }
    }

    /// The first word of a label below the head, level by level from left to right; the head itself if there is none.
    fn true_head(
        &self,
        word: usize,
        label: Label,
        heads: &[u32],
        labels: &[Label],
        is_space: &impl Fn(usize) -> bool,
    ) -> usize {
        let head = heads[word] as usize;
        let mut level = vec![head];
        // Arcs that were given back before may have made a circle: no path is longer than the text.
        for _ in 0..heads.len() {
            let mut below = Vec::new();
            for parent in level {
                for child in self.left[parent] as usize..=self.right[parent] as usize {
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
}

/// Labels and parts of speech that base noun phrases are found by.
#[derive(Debug)]
pub(crate) struct NounChunks {
    parts: [Option<Label>; 3],
    roles: Vec<Label>,
    conj: Option<Label>,
}

impl NounChunks {
    /// Those of English.
    pub fn new(labels: &Labels) -> Self {
        let roles = ["oprd", "nsubj", "dobj", "nsubjpass", "pcomp", "pobj", "dative", "appos", "attr", "ROOT"];
        Self {
            parts: ["NOUN", "PROPN", "PRON"].map(|part| labels.find(part)),
            roles: roles.iter().filter_map(|role| labels.find(role)).collect(),
            conj: labels.find("conj"),
        }
    }

    /// The base noun phrases of a text: nouns and pronouns in certain roles, or coordinated with such, with all to their left.
    pub fn find(&self, tree: &Tree, heads: &[u32], parts: &[Label], labels: &[Label]) -> Vec<Range<u32>> {
        let mut chunks: Vec<Range<u32>> = Vec::new();
        let mut last = None;
        for at in 0..heads.len() {
            if !self.parts.contains(&Some(parts[at])) || last.is_some_and(|last| tree.left[at] <= last) {
                continue;
            }
            let takes_part = if Some(labels[at]) == self.conj {
                let mut head = heads[at] as usize;
                while Some(labels[head]) == self.conj && (heads[head] as usize) < head {
                    head = heads[head] as usize;
                }
                self.roles.contains(&labels[head])
            } else {
                self.roles.contains(&labels[at])
            };
            if takes_part {
                last = Some(at as u32);
                chunks.push(tree.left[at]..at as u32 + 1);
            }
        }
        chunks
    }
}
