//! The dependency tree: what each word spans, and where sentences begin.

/// Rounds of widening spans before a tree is taken as it is: as in spaCy.
const MAX_ROUNDS: usize = 11;

/// What each word spans, together with all words below it.
#[derive(Debug, Default)]
pub(crate) struct DependencyTree {
    /// The first word below each word, or itself.
    pub left: Vec<u32>,
    /// The last.
    pub right: Vec<u32>,
    /// Whether a sentence starts at a word.
    pub starts: Vec<bool>,
}

impl DependencyTree {
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
}
