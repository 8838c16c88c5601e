//! Whom a pronoun stands for: the one person, named or described, of its sentence or of those before.

use super::cast::Cast;
use super::descriptions::is_document;
use super::figures::{Identity, Reference};
use super::gender::{pronoun_of_name, pronoun_of_noun};
use super::kinds::kind;
use super::roles::introduces_somebody;
use crate::words::lexicon::*;
use crate::words::passage::sentence_start;
use crate::words::phrase::{Phrase, PhraseKind, PhraseSide, phrase};
use crate::words::tokens::{LexicalToken, Shape};
use onrecord_document::SourceKind;
use std::ops::Range;

/// "she", where the sentence or the one before speaks of one person.
const PRONOUN: f32 = 0.65;
/// "she", of several the one that is the subject of the sentence before.
const PRONOUN_SUBJECT: f32 = 0.5;

/// Each sentence that speaks of the same "she" without naming her makes a pronoun less sure.
const PRONOUN_STEP: f32 = 0.9;
/// A sentence that speaks of nobody makes it less sure still.
const SILENT_STEP: f32 = 0.8;
/// Most sentences a pronoun is followed back through: the one before, and those in front of it that speak of nobody else.
const LONGEST_PRONOUN_CHAIN: usize = 4;

/// Who is looked for.
#[derive(Copy, Clone)]
struct Pronoun<'p> {
    /// "he", "she" or "they".
    said: &'p str,
    /// Whether the sentences in between, if any, go on with the same pronoun: farther away a name or a title must fit it.
    near: bool,
}

impl Cast<'_> {
    /// "she": the one person of the same sentence before the pronoun, or else of the sentence before; where that speaks
    /// of "her" alone or of nobody, of the one before that.
    pub(crate) fn pronoun(&mut self, block: usize, source: &Phrase) -> Option<Identity> {
        let tokens = &self.passages[block].tokens;
        let said = tokens[source.first].text(self.buffer).to_lowercase();
        if said == "it" {
            return self.thing_before(block, source);
        }
        if !matches!(said.as_str(), "he" | "she" | "they") {
            return None;
        }
        let mut start = sentence_start(tokens, self.buffer, source.first);
        let mut pronoun = Pronoun { said: &said, near: true };
        let mut found = self.one_within(pronoun, block, start, source.first);
        let mut at = block;
        let mut sure = 1.0;
        for _ in 0..LONGEST_PRONOUN_CHAIN {
            if found.is_some() {
                break;
            }
            let (before, from, to) = self.sentence_before(at, start)?;
            found = self.one_within(pronoun, before, from, to);
            let goes_on = self.passages[before].tokens[from..to].iter().any(|token| {
                token.has(SUBJECT_PRONOUN | POSSESSIVE) && same_person(&token.text(self.buffer).to_lowercase(), &said)
            });
            if found.is_none() {
                sure *= if goes_on { PRONOUN_STEP } else { SILENT_STEP };
                pronoun.near &= goes_on;
            }
            (at, start) = (before, from);
        }
        let (figure, confidence) = found??;
        self.pronouns.insert((block, source.first), figure);
        let mention = self.figures[figure].name.clone();
        let range = tokens[source.first].start as usize..tokens[source.first].end as usize;
        self.figures[figure].references.push(Reference::pronoun(range));
        Some(Identity { figure, mention, confidence: confidence * sure })
    }

    /// "it": the body or document that is the subject of the sentence before "it", or else of the sentence before: "A letter was
    /// filed. It says: “We sail.”", "Calder Line counts 36 injured, it said". A sentence whose subject is "it" too is about
    /// whatever that means.
    fn thing_before(&mut self, block: usize, source: &Phrase) -> Option<Identity> {
        let mut start = sentence_start(&self.passages[block].tokens, self.buffer, source.first);
        let mut place = (block, start, source.first);
        let mut sure = 1.0;
        for _ in 0..LONGEST_PRONOUN_CHAIN {
            let (at, from, to) = place;
            if let Some(figure) = self.thing_within(at, from, to) {
                self.pronouns.insert((block, source.first), figure);
                let known = &mut self.figures[figure];
                let token = &self.passages[block].tokens[source.first];
                known.references.push(Reference::pronoun(token.start as usize..token.end as usize));
                return Some(Identity { figure, mention: known.name.clone(), confidence: PRONOUN * sure });
            }
            let opens = self.passages[at].tokens.get(from).is_some_and(|token| {
                let text = token.text(self.buffer);
                text.eq_ignore_ascii_case("it") || text.eq_ignore_ascii_case("its")
            });
            let speaks =
                self.passages[at].tokens.get(from..to).is_some_and(|tokens| tokens.iter().any(LexicalToken::is_word));
            if speaks && !opens {
                return None;
            }
            sure *= if speaks { PRONOUN_STEP } else { 1.0 };
            place = self.sentence_before(at, start)?;
            start = place.1;
        }
        None
    }

    /// The body or document that is the subject of a sentence, up to a token.
    fn thing_within(&mut self, block: usize, start: usize, end: usize) -> Option<usize> {
        if let Some(known) = self.pronouns.get(&(block, start)) {
            let thing = |kind| !matches!(kind, SourceKind::NamedPerson | SourceKind::UnnamedPerson);
            return Some(*known).filter(|known| start < end && thing(self.figures[*known].kind));
        }
        let tokens = &self.passages[block].tokens;
        let subject = phrase(tokens, self.buffer, behind_adjunct(tokens, start, end), PhraseSide::BeforeVerb)?;
        if subject.end > end || subject.and.is_some() {
            return None;
        }
        let kind = kind(tokens, self.buffer, &subject, self);
        let thing = matches!(kind, SourceKind::NamedOrganisation | SourceKind::OtherMedia | SourceKind::Document);
        let identity = if thing { self.identify(block, &subject, kind) } else { None };
        identity.map(|identity| identity.figure)
    }

    /// The one that a pronoun can mean in a stretch of a sentence. A sentence that opens with the same pronoun is about
    /// whomever that means, not about others it speaks of: "He rejected a call by Siobhan Crane. “No,” he said."
    fn one_within(&mut self, pronoun: Pronoun, block: usize, start: usize, end: usize) -> Option<Option<(usize, f32)>> {
        let said = pronoun.said;
        let opening = self.passages[block].tokens.get(start)?;
        let opens =
            start < end && opening.has(SUBJECT_PRONOUN) && same_person(&opening.text(self.buffer).to_lowercase(), said);
        if opens {
            let known = self.pronouns.get(&(block, start)).copied();
            return known.map(|figure| Some((figure, PRONOUN)));
        }
        if said == "they" {
            return self.group_within(block, start, end).map(|figure| Some((figure, PRONOUN)));
        }
        self.person_within(pronoun, block, start, end)
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
    fn person_within(
        &mut self,
        pronoun: Pronoun,
        block: usize,
        start: usize,
        end: usize,
    ) -> Option<Option<(usize, f32)>> {
        let Pronoun { said, near } = pronoun;
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
                false => {
                    let full = self.nearest_full(words, mention.range.start);
                    let full = full.map(|index| self.mentions[index].range.clone());
                    full.or_else(|| mention.personal.then(|| mention.range.clone()))
                }
            };
            if let Some(full) = full.filter(|full| self.can_be(&self.buffer[full.clone()], said, near)) {
                found.push((mention.name.0, full));
            }
        }
        let resolved = (start..end).filter_map(|at| Some((at, *self.pronouns.get(&(block, at))?)));
        let mut first_at = usize::MAX;
        let resolved: Vec<(usize, usize)> = resolved.collect();
        for (at, figure) in resolved {
            people.push(figure);
            first_at = first_at.min(at);
        }
        for (at, range) in found {
            let figure = self.figure_named(range, SourceKind::NamedPerson);
            if at < first_at {
                first_at = at;
                people.insert(0, figure);
            } else {
                people.push(figure);
            }
        }
        let mut distinct = people.clone();
        distinct.sort_unstable();
        distinct.dedup();
        match distinct.as_slice() {
            [] if !near => None,
            [] => self.described_within(said, block, start, end).map(|figure| Some((figure, PRONOUN))),
            [one] => Some(Some((*one, PRONOUN))),
            _ => {
                let tokens = &self.passages[block].tokens;
                // "“We sail,” union leader Agnes Holloway told the crowd": she is the subject.
                let quoted = tokens.get(start).is_some_and(|token| matches!(token.shape, Shape::Mark(_)));
                let subject = phrase(tokens, self.buffer, start + usize::from(quoted), PhraseSide::BeforeVerb)?;
                let leads = subject.first <= first_at && first_at < subject.end && subject.and.is_none();
                Some(leads.then(|| (people[0], PRONOUN_SUBJECT)))
            }
        }
    }

    /// Whether somebody of a full name can be "he" or "she": "Ms Varga" and "Helena Varga" are no "he", and "North Korea" is neither.
    /// A sentence or more away, that must be told.
    fn can_be(&self, full: &str, said: &str, near: bool) -> bool {
        let known = self.pronouns_of.get(full).copied().or_else(|| pronoun_of_name(full));
        match known {
            Some(pronoun) => pronoun == said,
            None => near && (self.is_spoken_of_as_person(full) || self.labels.is_somebody(full)),
        }
    }

    /// "A crew member who asked not to be named": an unnamed person who is the subject of the sentence.
    fn described_within(&mut self, said: &str, block: usize, start: usize, end: usize) -> Option<usize> {
        let tokens = &self.passages[block].tokens;
        let starts =
            (start..end).filter(|at| *at == start || !tokens[at - 1].is_word() || tokens[at - 1].cue.is_some());
        let mut found = starts.filter_map(|at| {
            let found = phrase(tokens, self.buffer, at, PhraseSide::BeforeVerb)?;
            let known = pronoun_of_noun(&tokens[found.head].text(self.buffer).to_lowercase());
            let person = found.kind == PhraseKind::Noun
                && !is_document(&tokens[found.head])
                && known.is_none_or(|known| known == said)
                && (introduces_somebody(tokens, self.buffer, &found)
                    || at == start && tokens[at].has(DETERMINER) && tokens[found.head].has(ROLE));
            (person && found.end <= end).then_some(found)
        });
        let only = found.next()?;
        if found.next().is_some() {
            return None;
        }
        drop(found);
        Some(self.described(block, &only).figure)
    }
}

/// Where the subject of a sentence can begin: behind an opening adjunct and its comma ("In a letter on Monday, the ministry …").
fn behind_adjunct(tokens: &[LexicalToken], start: usize, end: usize) -> usize {
    const LONGEST: usize = 12;
    let opens = tokens.get(start).is_some_and(|token| token.has(PREPOSITION | ADVERB | CONJUNCTION | TIMEWORD));
    let words = tokens.get(start..end).unwrap_or_default().iter().take(LONGEST);
    let comma = words.enumerate().find(|(_, token)| token.shape == Shape::Comma);
    match comma {
        Some((offset, _)) if opens => start + offset + 1,
        _ => start,
    }
}

/// "Would they?"
fn is_short_question(tokens: &[LexicalToken], buffer: &str) -> bool {
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
