//! What is split off the ends and the middle of a chunk: the model's prefixes, suffixes and infixes.
//!
//! The rules come from regular expressions that look behind and ahead; `train/src/spacy/affixes.rs` says how they
//! are written down. Every match here takes time in proportion to what it covers.

use onrecord_tensors::{WeightsError, WeightsFile};
use std::ops::Range;

/// A set of characters.
#[derive(Debug, Default)]
pub(crate) struct CharSet {
    ascii: u128,
    ranges: Vec<(u32, u32)>,
}

impl CharSet {
    fn read(line: &str) -> Option<Self> {
        let mut class = Self::default();
        for range in line.split(' ').filter(|range| !range.is_empty()) {
            let (from, to) = range.split_once('-')?;
            let range = (u32::from_str_radix(from, 16).ok()?, u32::from_str_radix(to, 16).ok()?);
            (range.0..=range.1.min(127)).for_each(|char| class.ascii |= 1 << char);
            class.ranges.push(range);
        }
        class.ranges.is_sorted().then_some(class)
    }

    /// Whether a character is in the set.
    pub fn has(&self, char: char) -> bool {
        if char.is_ascii() {
            return self.ascii >> u32::from(char) & 1 == 1;
        }
        let char = u32::from(char);
        let after = self.ranges.partition_point(|range| range.0 <= char);
        after > 0 && self.ranges[after - 1].1 >= char
    }

    fn has_others(&self) -> bool {
        self.ranges.last().is_some_and(|range| range.1 > 127)
    }
}

/// What a rule matches.
#[derive(Debug)]
enum RuleShape {
    /// One character of each set, in order.
    Sequence(Vec<usize>),
    /// As many characters of one set as there are, but at least this many.
    Run(usize, usize),
}

#[derive(Debug)]
struct AffixRule {
    behind: Vec<usize>,
    what: RuleShape,
    ahead: Option<(usize, bool)>,
}

impl AffixRule {
    fn read(line: &str, classes: &[CharSet]) -> Option<Self> {
        let number = |field: &str| field.parse().ok().filter(|class: &usize| *class < classes.len());
        let numbers = |field: &str| -> Option<Vec<usize>> {
            field.split(' ').filter(|field| !field.is_empty()).map(number).collect()
        };
        let mut fields = line.split('|');
        let (behind, what, ahead) = (fields.next()?, fields.next()?, fields.next()?);
        let what = match what.split_once('+') {
            Some((class, least)) => RuleShape::Run(number(class)?, least.parse().ok()?),
            None => RuleShape::Sequence(numbers(what).filter(|classes| !classes.is_empty())?),
        };
        let ahead = match ahead.strip_prefix('!') {
            Some(class) => Some((number(class)?, false)),
            None if ahead.is_empty() => None,
            None => Some((number(ahead)?, true)),
        };
        Some(Self { behind: numbers(behind)?, what, ahead })
    }

    fn first(&self) -> usize {
        match &self.what {
            RuleShape::Sequence(classes) => classes[0],
            RuleShape::Run(class, _) => *class,
        }
    }

    fn last(&self) -> usize {
        match &self.what {
            RuleShape::Sequence(classes) => classes[classes.len() - 1],
            RuleShape::Run(class, _) => *class,
        }
    }

    /// Where the match that begins at a byte ends, if there is one.
    fn forward(&self, classes: &[CharSet], string: &str, at: usize) -> Option<usize> {
        let rest = string.get(at..)?;
        let end = match &self.what {
            RuleShape::Sequence(sequence) => {
                let mut chars = rest.chars();
                for class in sequence {
                    chars.next().filter(|char| classes[*class].has(*char))?;
                }
                string.len() - chars.as_str().len()
            }
            RuleShape::Run(class, least) => {
                let run = rest.chars().take_while(|char| classes[*class].has(*char));
                let (count, bytes) = run.fold((0, 0), |(count, bytes), char| (count + 1, bytes + char.len_utf8()));
                (count >= *least).then_some(at + bytes)?
            }
        };
        let behind = self.behind_fits(classes, &string[..at]);
        let next = string[end..].chars().next();
        let ahead = self.ahead.is_none_or(|(class, must)| next.is_some_and(|char| classes[class].has(char)) == must);
        (behind && ahead).then_some(end)
    }

    /// Where the match that ends with the string begins, if there is one.
    fn backward(&self, classes: &[CharSet], string: &str) -> Option<usize> {
        let start = match &self.what {
            RuleShape::Sequence(sequence) => {
                let mut chars = string.chars();
                for class in sequence.iter().rev() {
                    chars.next_back().filter(|char| classes[*class].has(*char))?;
                }
                chars.as_str().len()
            }
            RuleShape::Run(class, least) => {
                let run = string.chars().rev().take_while(|char| classes[*class].has(*char));
                let (count, bytes) = run.fold((0, 0), |(count, bytes), char| (count + 1, bytes + char.len_utf8()));
                (count >= *least).then_some(string.len() - bytes)?
            }
        };
        self.behind_fits(classes, &string[..start]).then_some(start)
    }

    fn behind_fits(&self, classes: &[CharSet], before: &str) -> bool {
        let mut chars = before.chars().rev();
        self.behind.iter().rev().all(|class| chars.next().is_some_and(|char| classes[*class].has(char)))
    }
}

/// Rules in order, looked up by one of the characters that they match.
#[derive(Debug)]
struct AffixRules {
    rules: Vec<AffixRule>,
    by_ascii: Vec<Vec<u16>>,
    others: Vec<u16>,
}

impl AffixRules {
    fn read(
        file: &WeightsFile,
        name: &str,
        classes: &[CharSet],
        key: fn(&AffixRule) -> usize,
    ) -> Result<Self, WeightsError> {
        let lines = file.text(name)?.lines();
        let rules: Option<Vec<AffixRule>> = lines.map(|line| AffixRule::read(line, classes)).collect();
        let rules = rules.filter(|rules| rules.len() < usize::from(u16::MAX));
        let rules = rules.ok_or_else(|| WeightsError::table(name, "has a line that is not a rule"))?;
        let (mut by_ascii, mut others) = (vec![Vec::new(); 128], Vec::new());
        for (at, rule) in (0_u16..).zip(&rules) {
            let class = &classes[key(rule)];
            (0_u8..128)
                .filter(|byte| class.has(char::from(*byte)))
                .for_each(|byte| by_ascii[usize::from(byte)].push(at));
            if class.has_others() {
                others.push(at);
            }
        }
        Ok(Self { rules, by_ascii, others })
    }

    fn of(&self, char: char) -> impl Iterator<Item = &AffixRule> {
        let list = if char.is_ascii() { &self.by_ascii[char as usize] } else { &self.others };
        list.iter().map(|at| &self.rules[usize::from(*at)])
    }
}

/// What a model splits off words.
#[derive(Debug)]
pub(crate) struct Affixes {
    classes: Vec<CharSet>,
    prefixes: AffixRules,
    suffixes: AffixRules,
    infixes: AffixRules,
    domain: usize,
}

impl Affixes {
    pub fn load(file: &WeightsFile) -> Result<Self, WeightsError> {
        let name = "tokenizer/classes";
        let classes: Option<Vec<CharSet>> = file.text(name)?.lines().map(CharSet::read).collect();
        let classes = classes.ok_or_else(|| WeightsError::table(name, "has a line that is not a set of characters"))?;
        let domain = file.text("tokenizer/url")?.parse().ok().filter(|class| *class < classes.len());
        Ok(Self {
            prefixes: AffixRules::read(file, "tokenizer/prefix", &classes, AffixRule::first)?,
            suffixes: AffixRules::read(file, "tokenizer/suffix", &classes, AffixRule::last)?,
            infixes: AffixRules::read(file, "tokenizer/infix", &classes, AffixRule::first)?,
            domain: domain.ok_or_else(|| WeightsError::table("tokenizer/url", "names no set of characters"))?,
            classes,
        })
    }

    /// Length of the prefix, in bytes: what the first rule that matches covers; 0 if none does.
    pub fn prefix(&self, string: &str) -> usize {
        let Some(char) = string.chars().next() else { return 0 };
        self.prefixes.of(char).find_map(|rule| rule.forward(&self.classes, string, 0)).unwrap_or(0)
    }

    /// Length of the suffix, in bytes: the longest that a rule matches, since spaCy searches from the left; 0 if none does.
    pub fn suffix(&self, string: &str) -> usize {
        let Some(char) = string.chars().next_back() else { return 0 };
        let starts = self.suffixes.of(char).filter_map(|rule| rule.backward(&self.classes, string));
        string.len() - starts.min().unwrap_or(string.len())
    }

    /// The infixes, from left to right.
    pub fn infixes(&self, string: &str, found: &mut Vec<Range<usize>>) {
        found.clear();
        let mut at = 0;
        while let Some(char) = string[at..].chars().next() {
            let end = self.infixes.of(char).find_map(|rule| rule.forward(&self.classes, string, at));
            if let Some(end) = end {
                found.push(at..end);
            }
            at = end.unwrap_or(at + char.len_utf8());
        }
    }

    /// The letters that a top-level domain may have.
    pub fn domain(&self) -> &CharSet {
        &self.classes[self.domain]
    }
}
