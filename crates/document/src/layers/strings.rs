//! Strings that many rows share.

use std::collections::HashMap;

/// Names of a model's tags, features, relations and entity types: one table for all documents that the model reads.
///
/// Id 0 is the empty string, for "none".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Labels {
    names: Vec<Box<str>>,
}

/// Names a string of [`Labels`].
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Label(u16);

impl Label {
    /// "None": the empty string.
    pub const NONE: Label = Label(0);
}

impl Default for Labels {
    fn default() -> Self {
        Labels { names: vec![Box::from("")] }
    }
}

impl Labels {
    /// A table of names whose labels are their places: [`Labels::nth`]. The first of them is the empty string.
    pub fn of<'n>(names: impl IntoIterator<Item = &'n str>) -> Self {
        Labels { names: names.into_iter().map(Box::from).collect() }
    }

    /// The label at a place of the table; [`Label::NONE`] beyond its end.
    pub fn nth(&self, place: u16) -> Label {
        if usize::from(place) < self.names.len() { Label(place) } else { Label::NONE }
    }

    /// The label of a name; adds it if it is new. Behind 65,535 names, new ones are [`Label::NONE`].
    pub fn add(&mut self, name: &str) -> Label {
        if let Some(label) = self.find(name) {
            return label;
        }
        let Ok(id) = u16::try_from(self.names.len()) else { return Label::NONE };
        self.names.push(name.into());
        Label(id)
    }

    /// The label of a name that is known.
    pub fn find(&self, name: &str) -> Option<Label> {
        self.names.iter().position(|known| &**known == name).map(|at| Label(at as u16))
    }

    /// The name of a label; empty for one of another table.
    pub fn name(&self, label: Label) -> &str {
        self.names.get(usize::from(label.0)).map_or("", |name| name)
    }
}

/// Strings of one layer, each kept once.
#[derive(Clone, Debug, Default)]
pub struct Strings {
    all: String,
    ends: Vec<u32>,
}

/// Names a string of a layer.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash)]
pub struct StringId(u32);

impl StringId {
    /// The token's own words: nothing is copied from the text.
    pub const AS_WRITTEN: StringId = StringId(u32::MAX);
}

impl Strings {
    /// The string with this id; `None` for [`StringId::AS_WRITTEN`].
    pub fn get(&self, id: StringId) -> Option<&str> {
        let at = id.0 as usize;
        let end = *self.ends.get(at)? as usize;
        let start = at.checked_sub(1).and_then(|before| self.ends.get(before)).map_or(0, |end| *end as usize);
        self.all.get(start..end)
    }

    /// Bytes that it takes.
    pub fn bytes(&self) -> usize {
        self.all.capacity() + self.ends.capacity() * size_of::<u32>()
    }
}

/// Makes [`Strings`]: remembers what it has seen.
#[derive(Clone, Debug, Default)]
pub struct Interner {
    strings: Strings,
    seen: HashMap<Box<str>, StringId>,
}

impl Interner {
    /// The id of a string. Behind 4 GB of strings, new ones count as written in the text.
    pub fn add(&mut self, string: &str) -> StringId {
        if let Some(id) = self.seen.get(string) {
            return *id;
        }
        let Ok(end) = u32::try_from(self.strings.all.len() + string.len()) else { return StringId::AS_WRITTEN };
        let id = StringId(self.strings.ends.len() as u32);
        self.strings.all.push_str(string);
        self.strings.ends.push(end);
        self.seen.insert(string.into(), id);
        id
    }

    /// All strings, without spare room.
    pub fn finish(mut self) -> Strings {
        self.strings.all.shrink_to_fit();
        self.strings.ends.shrink_to_fit();
        self.strings
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_string_is_kept_once() {
        let mut interner = Interner::default();
        let ids = ["say", "be", "say", ""].map(|string| interner.add(string));
        let strings = interner.finish();
        assert_eq!(ids[0], ids[2]);
        assert_eq!(ids.map(|id| strings.get(id)), [Some("say"), Some("be"), Some("say"), Some("")]);
        assert_eq!(strings.get(StringId::AS_WRITTEN), None);
    }

    #[test]
    fn more_labels_than_there_is_room_for_are_none() {
        let mut labels = Labels::default();
        labels.names.resize(usize::from(u16::MAX) + 1, "x".into());
        assert_eq!(labels.add("new"), Label::NONE);
    }
}
