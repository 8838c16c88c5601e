//! Unnamed people and groups, in the order in which an article introduces them.

use super::roles::introduces_somebody;
use crate::words::inflection::singular;
use crate::words::lexicon::*;
use crate::words::passage::{TokenizedBlock, sentence_start};
use crate::words::phrase::Phrase;
use crate::words::tokens::LexicalToken;
use std::collections::HashMap;

/// A description, where it stands.
#[derive(Clone, Debug)]
pub(crate) struct Described {
    pub block: usize,
    pub phrase: Phrase,
}

/// Unnamed people ("A Western diplomat") and groups ("Three officials") in the order of the text.
#[derive(Debug, Default)]
pub(crate) struct Unnamed {
    pub people: Vec<Described>,
    /// Indices of people by the noun that describes them: "diplomat".
    by_head: HashMap<String, Vec<usize>>,
    pub groups: Vec<Described>,
    /// Indices of groups that are introduced ("three officials", not "the officials"), by what one of them is: "official".
    introduced: HashMap<String, Vec<usize>>,
    /// Figures of descriptions by the byte where these start.
    pub figures: HashMap<usize, usize>,
}

impl Unnamed {
    /// Keeps a phrase that describes somebody unnamed.
    pub(crate) fn collect(&mut self, buffer: &str, passages: &[TokenizedBlock], block: usize, found: &Phrase) {
        let tokens = &passages[block].tokens;
        let described = Described { block, phrase: found.clone() };
        if tokens[found.head].has(ROLES) && !tokens[found.first].has(POSSESSIVE) {
            if !is_definite(&tokens[found.first], buffer) {
                let one = singular(tokens[found.head].text(buffer));
                self.introduced.entry(one).or_default().push(self.groups.len());
            }
            self.groups.push(described);
        } else if introduces_somebody(tokens, buffer, found) {
            let head = tokens[found.head].text(buffer).to_lowercase();
            if found.head == found.first
                && let Some(group) = self.group_of_one(passages, buffer, block, found)
            {
                let group = &self.groups[group];
                let one = singular(passages[group.block].tokens[group.phrase.head].text(buffer));
                self.by_head.entry(one).or_default().push(self.people.len());
            }
            self.by_head.entry(head).or_default().push(self.people.len());
            self.people.push(described);
        }
    }

    /// The group that "one of them", "both" or "they" at `source` is about: the one spoken of last, in the same paragraph or
    /// the one before, if its sentence speaks of no other.
    pub(crate) fn group_of_one(
        &self,
        passages: &[TokenizedBlock],
        buffer: &str,
        block: usize,
        source: &Phrase,
    ) -> Option<usize> {
        let until = self.until(block, source.first);
        let last = until.checked_sub(1)?;
        let group = &self.groups[last];
        let near = group.block == block || (group.block + 1 == block && passages[block].follows);
        let tokens = &passages[group.block].tokens;
        let alone = last.checked_sub(1).is_none_or(|before| {
            let other = &self.groups[before];
            other.block != group.block
                || other.phrase.first < sentence_start(tokens, buffer, group.phrase.first)
                || tokens[other.phrase.head].text(buffer) == tokens[group.phrase.head].text(buffer)
        });
        (near && alone).then_some(last)
    }

    /// How many groups stand before a token. Insides of quotations come behind all other blocks and have groups of their own.
    pub(crate) fn until(&self, block: usize, token: usize) -> usize {
        self.groups.partition_point(|group| (group.block, group.phrase.first) < (block, token))
    }

    /// The only group introduced before a token that somebody with this head belongs to.
    pub(crate) fn group_with(&self, one: &str, block: usize, token: usize) -> Option<usize> {
        let until = self.until(block, token);
        match self.introduced.get(one)?.as_slice() {
            [only] if *only < until => Some(*only),
            [first, second, ..] if *first < until && *second >= until => Some(*first),
            _ => None,
        }
    }

    /// The one unnamed person with this head who was introduced before a token.
    pub(crate) fn only_person(&self, head: &str, block: usize, token: usize) -> Option<Described> {
        let before = |index: usize| {
            let person = &self.people[index];
            (person.block, person.phrase.first) < (block, token)
        };
        match self.by_head.get(head)?.as_slice() {
            [only] if before(*only) => self.people.get(*only).cloned(),
            [first, second, ..] if before(*first) && !before(*second) => self.people.get(*first).cloned(),
            _ => None,
        }
    }
}

pub(crate) fn is_definite(token: &LexicalToken, buffer: &str) -> bool {
    matches!(token.text(buffer), "the" | "The" | "these" | "These" | "those" | "Those")
}
