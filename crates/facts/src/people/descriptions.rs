//! Unnamed people: who is introduced by a description, and whom "the diplomat", "one of them" and "the officials" mean.

use super::cast::Cast;
use super::figures::{CastFigure, FULL_NAME, Identity, MOST_ALIKE, Reference};
use super::kinds::kind_of_noun;
use super::roles::{body_behind, has_role, role_before};
use super::unnamed::is_definite;
use crate::words::inflection::singular;
use crate::words::lexicon::*;
use crate::words::passage::TokenPosition;
use crate::words::phrase::Phrase;
use crate::words::tokens::LexicalToken;
use onrecord_document::MentionForm;

/// "the diplomat", where one diplomat was spoken of.
const DESCRIPTION: f32 = 0.7;

impl Cast<'_> {
    /// "a European Union official" is a figure of its own; "the diplomat" is one already spoken of, if it is one alone, and
    /// "the officials" are the group spoken of, if it is the only one.
    pub(crate) fn described(&mut self, block: usize, source: &Phrase) -> Identity {
        let tokens = &self.passages[block].tokens;
        let range = tokens[source.first].start as usize..tokens[source.end - 1].end as usize;
        if let Some(known) = self.unnamed.figures.get(&range.start) {
            return Identity { figure: *known, mention: self.figures[*known].name.clone(), confidence: FULL_NAME };
        }
        let head = tokens[source.head].text(self.buffer).to_lowercase();
        let definite = tokens[source.first].has(POSSESSIVE) || is_definite(&tokens[source.first], self.buffer);
        if definite && let Some(identity) = self.spoken_of(block, source, &head) {
            return identity;
        }
        let reference = Reference::description(range.clone(), tokens[source.head].end as usize);
        let words = self.buffer[range.clone()].to_lowercase();
        let definite_again = definite.then(|| self.by_name.get(&words).copied()).flatten();
        if let Some(known) = definite_again {
            self.figures[known].references.push(reference);
            return Identity { figure: known, mention: range, confidence: DESCRIPTION };
        }
        let (role, affiliation) = role_before(tokens, self.buffer, source.first, source.head + 1, source.end);
        let affiliation = affiliation.or_else(|| body_behind(tokens, source));
        let mut trail = vec![TokenPosition { block, token: source.first }];
        trail.extend(self.group_behind(block, source, &head));
        self.figures.push(CastFigure {
            name: range.clone(),
            role,
            affiliation,
            references: vec![reference],
            form: MentionForm::Description,
            trail,
            kind: kind_of_noun(tokens, self.buffer, source),
        });
        let figure = self.figures.len() - 1;
        self.unnamed.figures.insert(range.start, figure);
        self.by_name.insert(words, figure);
        if tokens[source.head].has(ROLE) {
            self.by_role.entry(head).or_default().push(figure);
        }
        Identity { figure, mention: range, confidence: FULL_NAME }
    }

    /// The figure that "the diplomat", "the officials" or "the letter" was introduced as, if one alone fits.
    fn spoken_of(&mut self, block: usize, source: &Phrase, head: &str) -> Option<Identity> {
        let tokens = &self.passages[block].tokens;
        let range = tokens[source.first].start as usize..tokens[source.end - 1].end as usize;
        let noun = &tokens[source.head];
        let noun_end = noun.end as usize;
        if is_one_of_several(&tokens[source.first..source.head], self.buffer) {
            return None;
        }
        let introduced = if noun.has(ROLE) {
            self.learn_role(head, range.start);
            let said = role_before(tokens, self.buffer, source.first, source.head + 1, source.end).0;
            let said = said.map_or(String::new(), |role| self.buffer[role].to_lowercase());
            let recent = self.by_role.get(head).into_iter().flatten().rev().take(MOST_ALIKE).copied();
            let mut fitting = recent.filter(|index| {
                let figure = &self.figures[*index];
                figure.name.start < range.start
                    && figure.role.as_ref().is_none_or(|role| has_role(&self.buffer[role.clone()], &said))
            });
            if let (Some(known), None) = (fitting.next(), fitting.next()) {
                let figure = &mut self.figures[known];
                figure.references.push(Reference::description(range, noun_end));
                return Some(Identity { figure: known, mention: figure.name.clone(), confidence: DESCRIPTION });
            }
            if self.by_role.contains_key(head) {
                return None;
            }
            self.unnamed.only_person(head, block, source.first)?
        } else if noun.has(ROLES) {
            let group = self.unnamed.group_with(&singular(head), block, source.first)?;
            self.unnamed.groups[group].clone()
        } else if noun.has(DOCUMENT) && source.head + 1 == source.end {
            self.unnamed.only_person(head, block, source.first)?
        } else {
            return None;
        };
        let mut identity = self.described(introduced.block, &introduced.phrase);
        let figure = &mut self.figures[identity.figure];
        figure.references.push(Reference::description(range, noun_end));
        if figure.trail.len() < LONGEST_TRAIL {
            figure.trail.push(TokenPosition { block, token: source.first });
        }
        identity.confidence = DESCRIPTION;
        Some(identity)
    }

    /// Where the group stands that "one of them", "the first official" or "another official" is one of.
    fn group_behind(&self, block: usize, source: &Phrase, head: &str) -> Option<TokenPosition> {
        let tokens = &self.passages[block].tokens;
        let unnamed = &self.unnamed;
        let first = tokens[source.first].text(self.buffer).to_lowercase();
        let headless = matches!(first.as_str(), "one" | "another" | "both" | "neither") && source.head == source.first;
        let ordinal = first == "the" && is_one_of_several(&tokens[source.first..source.head], self.buffer);
        let group = if headless || (first == "the" && head == "other") {
            unnamed.group_of_one(self.passages, self.buffer, block, source)
        } else if ordinal {
            unnamed.group_with(head, block, source.first)
        } else {
            None
        };
        let group = &unnamed.groups[group?];
        Some(TokenPosition { block: group.block, token: group.phrase.first })
    }

    /// "they": the group that is the subject of the sentence between two tokens.
    pub(crate) fn group_within(&mut self, block: usize, start: usize, end: usize) -> Option<usize> {
        let index = self.unnamed.until(block, start);
        let group =
            self.unnamed.groups.get(index).filter(|group| group.block == block && group.phrase.first == start)?;
        let next = self.unnamed.groups.get(index + 1);
        let alone = next.is_none_or(|next| next.block != block || next.phrase.first >= end);
        let phrase = group.phrase.clone();
        alone.then(|| self.described(block, &phrase).figure)
    }
}

/// Most places of an unnamed source that are searched for its terms.
const LONGEST_TRAIL: usize = 4;

/// "letter", but not "host": a noun that can be a person is one.
pub(crate) fn is_document(noun: &LexicalToken) -> bool {
    noun.has(DOCUMENT) && !noun.has(ROLE | ROLES)
}

/// "the first official", "the other diplomat": one told apart from others.
fn is_one_of_several(lead: &[LexicalToken], buffer: &str) -> bool {
    lead.iter().skip(1).any(|token| matches!(token.text(buffer), "first" | "second" | "third" | "other"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_of_many() {
        for (many, one) in [
            ("officials", "official"),
            ("Deputies", "deputy"),
            ("spokeswomen", "spokeswoman"),
            ("bosses", "boss"),
            ("people", "person"),
        ] {
            assert_eq!(singular(many), one);
        }
    }
}
