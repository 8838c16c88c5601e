//! Whom a pronoun stands for: the one person, named or described, of its sentence or of those before.

use crate::attribution::sentence_start;
use crate::descriptions::is_document;
use crate::lexicon::*;
use crate::people::{Cast, Identity};
use crate::phrase::{Phrase, PhraseKind, Side, phrase};
use crate::roles::introduces_somebody;
use crate::tokens::{Shape, Token};
use std::ops::Range;

/// "she", where the sentence or the one before speaks of one person.
const PRONOUN: f32 = 0.65;
/// "she", of several the one that is the subject of the sentence before.
const PRONOUN_SUBJECT: f32 = 0.5;

/// Each sentence that speaks of the same "she" without naming her makes a pronoun less sure.
const PRONOUN_STEP: f32 = 0.9;
/// Most sentences a pronoun is followed back through: the one before, and two that go on with the same pronoun.
const LONGEST_PRONOUN_CHAIN: usize = 3;

impl Cast<'_> {
    /// "she": the one person of the same sentence before the pronoun, or else of the sentence before; where that speaks
    /// of "her" alone, of the one before that.
    pub(crate) fn pronoun(&mut self, block: usize, source: &Phrase) -> Option<Identity> {
        let tokens = &self.passages[block].tokens;
        let said = tokens[source.first].text(self.buffer).to_lowercase();
        if said == "it" {
            return self.document_before(block, source);
        }
        if !matches!(said.as_str(), "he" | "she" | "they") {
            return None;
        }
        let mut start = sentence_start(tokens, self.buffer, source.first);
        let mut found = self.one_within(&said, block, start, source.first);
        let mut at = block;
        let mut sure = 1.0;
        for _ in 0..LONGEST_PRONOUN_CHAIN {
            if found.is_some() {
                break;
            }
            let (before, from, to) = self.sentence_before(at, start)?;
            found = self.one_within(&said, before, from, to);
            let goes_on = self.passages[before].tokens[from..to].iter().any(|token| {
                token.has(SUBJECT_PRONOUN | POSSESSIVE) && same_person(&token.text(self.buffer).to_lowercase(), &said)
            });
            if found.is_none() && !goes_on {
                return None;
            }
            sure *= if found.is_none() { PRONOUN_STEP } else { 1.0 };
            (at, start) = (before, from);
        }
        let (chain, confidence) = found??;
        self.pronouns.insert((block, source.first), chain);
        let mention = self.figures[chain].name.clone();
        let range = tokens[source.first].start as usize..tokens[source.first].end as usize;
        self.figures[chain].mentions.push(range);
        Some(Identity { chain, mention, confidence: confidence * sure })
    }

    /// "it": the document that is the subject of the sentence before: "A letter was filed. It says: “We sail.”"
    fn document_before(&mut self, block: usize, source: &Phrase) -> Option<Identity> {
        let start = sentence_start(&self.passages[block].tokens, self.buffer, source.first);
        let (before, from, _) = self.sentence_before(block, start)?;
        let tokens = &self.passages[before].tokens;
        let subject = phrase(tokens, self.buffer, from, Side::BeforeVerb)?;
        let fits = start == source.first && subject.kind == PhraseKind::Noun && is_document(&tokens[subject.head]);
        let known = fits.then(|| self.described(before, &subject))?;
        Some(Identity { confidence: PRONOUN, ..known })
    }

    /// The one that a pronoun can mean in a stretch of a sentence. A sentence that opens with the same pronoun is about
    /// whomever that means, not about others it speaks of: "He rejected a call by Siobhan Crane. “No,” he said."
    fn one_within(&mut self, said: &str, block: usize, start: usize, end: usize) -> Option<Option<(usize, f32)>> {
        let opening = self.passages[block].tokens.get(start)?;
        let opens =
            start < end && opening.has(SUBJECT_PRONOUN) && same_person(&opening.text(self.buffer).to_lowercase(), said);
        if opens {
            let known = self.pronouns.get(&(block, start)).copied();
            return known.map(|chain| Some((chain, PRONOUN)));
        }
        if said == "they" {
            return self.group_within(block, start, end).map(|chain| Some((chain, PRONOUN)));
        }
        self.person_within(said, block, start, end)
    }

    /// The sentence before token `start` of a block, in the same block or at the end of the one before.
    fn sentence_before(&self, block: usize, start: usize) -> Option<(usize, usize, usize)> {
        let (block, end) = if start > 0 {
            (block, start)
        } else {
            let before = block.checked_sub(1).filter(|_| self.passages[block].follows)?;
            (before, self.passages[before].tokens.len())
        };
        let tokens = &self.passages[block].tokens;
        let mut end = end;
        // A sentence that is a quotation alone, or a short question, speaks of nobody: the one before it does.
        const MOST: usize = 3;
        for _ in 0..MOST {
            let start = sentence_start(tokens, self.buffer, end.checked_sub(1)?);
            let silent = tokens[start..end].iter().all(|token| !token.is_word())
                || is_short_question(&tokens[start..end], self.buffer);
            if !silent || start == 0 {
                return Some((block, start, end));
            }
            end = start;
        }
        None
    }

    /// The one person spoken of between two tokens: `None` if nobody is, `Some(None)` if nobody can tell who.
    fn person_within(&mut self, said: &str, block: usize, start: usize, end: usize) -> Option<Option<(usize, f32)>> {
        let tokens = &self.passages[block].tokens;
        let mut found: Vec<(usize, Range<usize>)> = Vec::new();
        let mut people: Vec<usize> = Vec::new();
        let of_block = &self.mentions[self.by_block[block]..self.by_block[block + 1]];
        let from = of_block.partition_point(|mention| mention.name.0 < start);
        for mention in of_block[from..].iter().take_while(|mention| mention.name.0 < end) {
            let words = &self.buffer[mention.range.clone()];
            // "PORT ELLERY" is a dateline.
            if !words.contains(char::is_lowercase) {
                continue;
            }
            let full = match words.contains(' ') {
                true if self.is_organisation(words)
                    || tokens[mention.name.0..mention.name.1]
                        .iter()
                        .any(|token| token.has(ORGANISATION | MEDIA_NAME)) =>
                {
                    None
                }
                true => Some(mention.range.clone()),
                false => self.nearest_full(words, mention.range.start).map(|index| self.mentions[index].range.clone()),
            };
            // "Ms Varga" is no "he".
            let other = |full: &Range<usize>| {
                self.pronouns_of.get(&self.buffer[full.clone()]).is_some_and(|pronoun| *pronoun != said)
            };
            if let Some(full) = full.filter(|full| !other(full)) {
                found.push((mention.name.0, full));
            }
        }
        let resolved = (start..end).filter_map(|at| Some((at, *self.pronouns.get(&(block, at))?)));
        let mut first_at = usize::MAX;
        let resolved: Vec<(usize, usize)> = resolved.collect();
        for (at, chain) in resolved {
            people.push(chain);
            first_at = first_at.min(at);
        }
        for (at, range) in found {
            let chain = self.figure_named(range, true);
            if at < first_at {
                first_at = at;
                people.insert(0, chain);
            } else {
                people.push(chain);
            }
        }
        let mut distinct = people.clone();
        distinct.sort_unstable();
        distinct.dedup();
        match distinct.as_slice() {
            [] => self.described_within(block, start, end).map(|chain| Some((chain, PRONOUN))),
            [one] => Some(Some((*one, PRONOUN))),
            _ => {
                let tokens = &self.passages[block].tokens;
                let subject = phrase(tokens, self.buffer, start, Side::BeforeVerb)?;
                let leads = subject.first <= first_at && first_at < subject.end && subject.and.is_none();
                Some(leads.then(|| (people[0], PRONOUN_SUBJECT)))
            }
        }
    }

    /// "A crew member who asked not to be named": an unnamed person who is the subject of the sentence.
    fn described_within(&mut self, block: usize, start: usize, end: usize) -> Option<usize> {
        let tokens = &self.passages[block].tokens;
        let starts =
            (start..end).filter(|at| *at == start || !tokens[at - 1].is_word() || tokens[at - 1].cue.is_some());
        let mut found = starts.filter_map(|at| {
            let found = phrase(tokens, self.buffer, at, Side::BeforeVerb)?;
            let person = found.kind == PhraseKind::Noun
                && !is_document(&tokens[found.head])
                && (introduces_somebody(tokens, self.buffer, &found)
                    || at == start && tokens[at].has(DETERMINER) && tokens[found.head].has(ROLE));
            (person && found.end <= end).then_some(found)
        });
        let only = found.next()?;
        if found.next().is_some() {
            return None;
        }
        drop(found);
        Some(self.described(block, &only).chain)
    }
}

/// "Would they?"
fn is_short_question(tokens: &[Token], buffer: &str) -> bool {
    const MOST_WORDS: usize = 3;
    let names = tokens.iter().skip(1).any(|token| token.shape == Shape::Capital);
    let asks = tokens.last().is_some_and(|token| token.text(buffer) == "?");
    asks && !names && tokens.len() <= MOST_WORDS + 1
}

/// "he" and "his", "she" and "her", "they" and "their".
fn same_person(one: &str, other: &str) -> bool {
    let male = |word: &str| matches!(word, "he" | "his" | "him");
    let female = |word: &str| matches!(word, "she" | "her");
    let many = |word: &str| matches!(word, "they" | "their" | "them");
    [male, female, many].iter().any(|same| same(one) && same(other))
}
