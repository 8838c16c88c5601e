//! All labels of a model: tags, parts of speech, morphologies, dependencies and entity types in one table.

use super::LabelId;
use std::collections::HashMap;

/// All labels of a model; the first is the empty string.
#[derive(Debug)]
pub(crate) struct LabelTable {
    strings: Vec<String>,
    numbers: HashMap<String, LabelId>,
}

impl Default for LabelTable {
    fn default() -> Self {
        let mut labels = Self { strings: Vec::new(), numbers: HashMap::new() };
        labels.add("");
        labels
    }
}

impl LabelTable {
    /// The label with a string, which is added if it is new.
    pub fn add(&mut self, string: &str) -> LabelId {
        if let Some(label) = self.numbers.get(string) {
            return *label;
        }
        let label = LabelId(u16::try_from(self.strings.len()).unwrap_or(u16::MAX));
        self.strings.push(string.to_owned());
        self.numbers.insert(string.to_owned(), label);
        label
    }

    /// The string of a label.
    pub fn get(&self, label: LabelId) -> &str {
        self.strings.get(usize::from(label.0)).map_or("", String::as_str)
    }

    /// The label with a string, if there is one.
    pub fn find(&self, string: &str) -> Option<LabelId> {
        self.numbers.get(string).copied()
    }

    /// The strings of all labels, in order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.strings.iter().map(String::as_str)
    }

    /// How many labels there are.
    pub fn len(&self) -> usize {
        self.strings.len()
    }
}
