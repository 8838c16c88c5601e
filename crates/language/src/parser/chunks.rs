//! Base noun phrases.

use super::tree::DependencyTree;
use crate::parse::{LabelId, LabelTable};
use std::ops::Range;

/// Finds base noun phrases by parts of speech and dependencies.
#[derive(Debug)]
pub(crate) struct NounChunks {
    parts: [Option<LabelId>; 3],
    roles: Vec<LabelId>,
    conj: Option<LabelId>,
}

impl NounChunks {
    /// With the labels of English.
    pub fn new(labels: &LabelTable) -> Self {
        let roles = ["oprd", "nsubj", "dobj", "nsubjpass", "pcomp", "pobj", "dative", "appos", "attr", "ROOT"];
        Self {
            parts: ["NOUN", "PROPN", "PRON"].map(|part| labels.find(part)),
            roles: roles.iter().filter_map(|role| labels.find(role)).collect(),
            conj: labels.find("conj"),
        }
    }

    /// The base noun phrases of a text: nouns and pronouns in certain roles, or coordinated with such, with everything below them
    /// on their left.
    pub fn find(&self, tree: &DependencyTree, heads: &[u32], parts: &[LabelId], labels: &[LabelId]) -> Vec<Range<u32>> {
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
