//! The attribute ruler: parts of speech and morphology from tags, with exceptions.
//!
//! A rule looks at one word or two in a row: at their tags, lower-cased letters and dependencies. All rules are matched
//! against what tagger and parser found; then they are applied in order, so that later rules win.

use crate::parse::{LabelId, LabelTable};
use onrecord_tensors::{WeightsError, WeightsFile};
use std::collections::HashMap;

/// What a rule asks of one word.
#[derive(Debug, Default)]
struct Condition {
    tags: Option<(Vec<LabelId>, bool)>,
    words: Option<Vec<u16>>,
    labels: Option<(Vec<LabelId>, bool)>,
    space: Option<bool>,
}

/// A rule, and what it sets of the word that it is about: the first or the second.
#[derive(Debug, Default)]
struct AttributeRule {
    first: Condition,
    second: Option<Condition>,
    sets_second: bool,
    tag: Option<LabelId>,
    part: Option<LabelId>,
    morph: Option<LabelId>,
    label: Option<LabelId>,
    lemma: Option<u16>,
}

/// What rules look at and change in a word.
#[derive(Copy, Clone, Debug, Default)]
pub(crate) struct Attributes {
    pub word: u16,
    pub is_space: bool,
    pub tag: LabelId,
    pub label: LabelId,
    pub part: LabelId,
    pub morph: LabelId,
    /// The lemma that a rule set, counted from 1 among [`AttributeRuler::lemmas`]; 0 for none.
    pub lemma: u16,
}

/// The rules of a model.
#[derive(Debug, Default)]
pub(crate) struct AttributeRuler {
    rules: Vec<AttributeRule>,
    /// Lemmas that rules set.
    pub lemmas: Vec<String>,
    /// Rules by the tag that they ask for, whatever the letters; and by the word that they ask for.
    by_tag: Vec<Vec<u16>>,
    by_word: Vec<Vec<u16>>,
    any_tag: Vec<u16>,
}

impl AttributeRuler {
    /// Reads the rules. Also gives the numbers of the words that they ask for, which begin with 1.
    pub fn load(file: &WeightsFile, labels: &mut LabelTable) -> Result<(Self, HashMap<String, u16>), WeightsError> {
        let mut words = HashMap::new();
        let name = "ruler";
        let mut ruler = Self { by_word: vec![Vec::new()], ..Self::default() };
        for line in file.text(name)?.lines() {
            let rule = ruler
                .read(line, labels, &mut words)
                .ok_or_else(|| WeightsError::table(name, format!("has no such rule: {line:?}")))?;
            let at = u16::try_from(ruler.rules.len()).map_err(|_| WeightsError::table(name, "has too many rules"))?;
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
        Ok((ruler, words))
    }

    fn read(
        &mut self,
        line: &str,
        labels: &mut LabelTable,
        numbers: &mut HashMap<String, u16>,
    ) -> Option<AttributeRule> {
        let mut rule = AttributeRule::default();
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
                "lower" if is => condition.words = Some(values.map(|word| self.add_word(word, numbers)).collect()),
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

    fn add_word(&mut self, word: &str, numbers: &mut HashMap<String, u16>) -> u16 {
        let next = u16::try_from(self.by_word.len()).unwrap_or(u16::MAX);
        let number = *numbers.entry(word.to_owned()).or_insert(next);
        if number == next {
            self.by_word.push(Vec::new());
        }
        number
    }

    /// Applies all rules to the words of a text.
    pub fn apply(&self, attributes: &mut [Attributes]) {
        let (mut here, mut next) = (Vec::new(), Vec::new());
        for at in 0..attributes.len() {
            std::mem::swap(&mut here, &mut next);
            next.clear();
            let (word, after) = (attributes[at], attributes.get(at + 1).copied());
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
                self.rules[usize::from(*number)].set(&mut attributes[at]);
            }
        }
    }
}

impl Condition {
    fn fits(&self, word: &Attributes) -> bool {
        let is_in = |list: &Option<(Vec<LabelId>, bool)>, label: LabelId| {
            list.as_ref().is_none_or(|(labels, is)| labels.contains(&label) == *is)
        };
        is_in(&self.tags, word.tag)
            && is_in(&self.labels, word.label)
            && self.words.as_ref().is_none_or(|words| words.contains(&word.word))
            && self.space.is_none_or(|space| space == word.is_space)
    }
}

impl AttributeRule {
    fn set(&self, word: &mut Attributes) {
        word.tag = self.tag.unwrap_or(word.tag);
        word.part = self.part.unwrap_or(word.part);
        word.morph = self.morph.unwrap_or(word.morph);
        word.label = self.label.unwrap_or(word.label);
        word.lemma = self.lemma.unwrap_or(word.lemma);
    }
}
