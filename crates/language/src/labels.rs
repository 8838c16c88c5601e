//! The labels of a model: tags, parts of speech, morphologies, dependencies and entity types in one table.

use crate::parse::Label;
use std::collections::HashMap;

/// All labels of a model; the first is the empty string.
#[derive(Debug)]
pub(crate) struct Labels {
    strings: Vec<String>,
    numbers: HashMap<String, Label>,
}

impl Default for Labels {
    fn default() -> Self {
        let mut labels = Self { strings: Vec::new(), numbers: HashMap::new() };
        labels.add("");
        labels
    }
}

impl Labels {
    /// The label of a string, added if it isn't there.
    pub fn add(&mut self, string: &str) -> Label {
        if let Some(label) = self.numbers.get(string) {
            return *label;
        }
        let label = Label(u16::try_from(self.strings.len()).unwrap_or(u16::MAX));
        self.strings.push(string.to_owned());
        self.numbers.insert(string.to_owned(), label);
        label
    }

    /// The string of a label.
    pub fn get(&self, label: Label) -> &str {
        self.strings.get(usize::from(label.0)).map_or("", String::as_str)
    }

    /// The label of a string.
    pub fn find(&self, string: &str) -> Option<Label> {
        self.numbers.get(string).copied()
    }

    /// The strings of all labels, in order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.strings.iter().map(String::as_str)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.strings.len()
    }
}
