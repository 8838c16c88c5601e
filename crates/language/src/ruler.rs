//! The attribute ruler: parts of speech and morphology from tags, and exceptions to that.
//!
//! A rule looks at one word or two in a row: their tags, lower-cased letters, dependencies. All rules are matched against
//! what tagger and parser found; then they are applied in order, so that later rules win.

use crate::file::{ModelError, WeightsFile, wrong};
use crate::labels::Labels;
use crate::parse::Label;
use std::collections::HashMap;

/// What a rule asks of one word.
#[derive(Debug, Default)]
struct Condition {
    tags: Option<(Vec<Label>, bool)>,
    words: Option<Vec<u16>>,
    labels: Option<(Vec<Label>, bool)>,
    space: Option<bool>,
}

/// A rule, and what it sets of the word that it is about: the first or the second.
#[derive(Debug, Default)]
struct Rule {
    first: Condition,
    second: Option<Condition>,
    sets_second: bool,
    tag: Option<Label>,
    part: Option<Label>,
    morph: Option<Label>,
    label: Option<Label>,
    lemma: Option<u16>,
}

/// What the ruler knows of a word, and changes.
#[derive(Copy, Clone, Debug, Default)]
pub(crate) struct Facts {
    pub word: u16,
    pub is_space: bool,
    pub tag: Label,
    pub label: Label,
    pub part: Label,
    pub morph: Label,
    /// The lemma that a rule gave, counted from 1 among [`Ruler::lemmas`]; 0 for none.
    pub lemma: u16,
}

/// The rules.
#[derive(Debug, Default)]
pub(crate) struct Ruler {
    rules: Vec<Rule>,
    words: HashMap<String, u16>,
    /// Lemmas that rules give.
    pub lemmas: Vec<String>,
    /// Rules that a word of a tag may fit, whatever its letters; and those that ask for its letters.
    by_tag: Vec<Vec<u16>>,
    by_word: Vec<Vec<u16>>,
    any_tag: Vec<u16>,
}

impl Ruler {
    pub fn load(file: &WeightsFile, labels: &mut Labels) -> Result<Self, ModelError> {
        let name = "ruler";
        let mut ruler = Self { by_word: vec![Vec::new()], ..Self::default() };
        for line in file.text(name)?.lines() {
            let rule = ruler.read(line, labels).ok_or_else(|| wrong(name, format!("has no such rule: {line:?}")))?;
            let at = u16::try_from(ruler.rules.len()).map_err(|_| wrong(name, "has too many rules"))?;
            match (&rule.first.words, &rule.first.tags) {
                (Some(words), _) => words.iter().for_each(|word| ruler.by_word[usize::from(*word)].push(at)),
                (None, Some((tags, true))) => {
                    for tag in tags {
                        let tag = usize::from(tag.0);
                        ruler.by_tag.resize(ruler.by_tag.len().max(tag + 1), Vec::new());
                        ruler.by_tag[tag].push(at);
                    }
                }
                _ => ruler.any_tag.push(at),
            }
            ruler.rules.push(rule);
        }
        Ok(ruler)
    }

    fn read(&mut self, line: &str, labels: &mut Labels) -> Option<Rule> {
        let mut rule = Rule::default();
        for field in line.split('\t') {
            let mut values = field.split('\x1f');
            let key = values.next()?;
            let (is, key) = key.strip_prefix('!').map_or((true, key), |key| (false, key));
            let condition = rule.second.as_mut().unwrap_or(&mut rule.first);
            match key {
                "next" => rule.second = Some(Condition::default()),
                "tag" => condition.tags = Some((values.map(|tag| labels.add(tag)).collect(), is)),
                "dep" => condition.labels = Some((values.map(|label| labels.add(label)).collect(), is)),
                "space" => condition.space = Some(values.next()? == "true"),
                "lower" if is => condition.words = Some(values.map(|word| self.add_word(word)).collect()),
                "=tag" => rule.tag = Some(labels.add(values.next()?)),
                "=pos" => rule.part = Some(labels.add(values.next()?)),
                "=morph" => rule.morph = Some(labels.add(values.next()?)),
                "=dep" => rule.label = Some(labels.add(values.next()?)),
                "=lemma" => {
                    self.lemmas.push(values.next()?.to_owned());
                    rule.lemma = u16::try_from(self.lemmas.len()).ok();
                }
                "index" => rule.sets_second = values.next()? == "1",
                _ => return None,
            }
        }
        (rule.second.is_some() || !rule.sets_second).then_some(rule)
    }

    fn add_word(&mut self, word: &str) -> u16 {
        let next = u16::try_from(self.by_word.len()).unwrap_or(u16::MAX);
        let number = *self.words.entry(word.to_owned()).or_insert(next);
        if number == next {
            self.by_word.push(Vec::new());
        }
        number
    }

    /// The number of a lower-cased word that rules ask for; 0 for others.
    pub fn word(&self, lower: &str) -> u16 {
        self.words.get(lower).copied().unwrap_or(0)
    }

    /// Applies all rules to the words of a text.
    pub fn apply(&self, facts: &mut [Facts]) {
        let (mut here, mut next) = (Vec::new(), Vec::new());
        for at in 0..facts.len() {
            std::mem::swap(&mut here, &mut next);
            next.clear();
            let (word, after) = (facts[at], facts.get(at + 1).copied());
            let by_tag = self.by_tag.get(usize::from(word.tag.0)).map_or(&[][..], Vec::as_slice);
            let by_word = if word.word == 0 { &[][..] } else { &self.by_word[usize::from(word.word)] };
            for number in by_tag.iter().chain(by_word).chain(&self.any_tag) {
                let rule = &self.rules[usize::from(*number)];
                let second = rule.second.as_ref().is_none_or(|second| after.is_some_and(|after| second.fits(&after)));
                if rule.first.fits(&word) && second {
                    if rule.sets_second { &mut next } else { &mut here }.push(*number);
                }
            }
            here.sort_unstable();
            for number in &here {
                self.rules[usize::from(*number)].set(&mut facts[at]);
            }
        }
    }
}

impl Condition {
    fn fits(&self, word: &Facts) -> bool {
        let is_in = |list: &Option<(Vec<Label>, bool)>, label: Label| {
            list.as_ref().is_none_or(|(labels, is)| labels.contains(&label) == *is)
        };
        is_in(&self.tags, word.tag)
            && is_in(&self.labels, word.label)
            && self.words.as_ref().is_none_or(|words| words.contains(&word.word))
            && self.space.is_none_or(|space| space == word.is_space)
    }
}

impl Rule {
    fn set(&self, word: &mut Facts) {
        word.tag = self.tag.unwrap_or(word.tag);
        word.part = self.part.unwrap_or(word.part);
        word.morph = self.morph.unwrap_or(word.morph);
        word.label = self.label.unwrap_or(word.label);
        word.lemma = self.lemma.unwrap_or(word.lemma);
    }
}
