//! Who is who: names of the article, the roles beside them, and what a surname, a description or a pronoun leads to.

use super::figures::{CastFigure, FULL_NAME, Identity, MOST_ALIKE, ProperName, Reference};
use super::gender::pronoun_of;
use super::name_labels::NameLabels;
use super::roles::{body_behind, leads_a_body, owner, role_before, role_noun};
use super::unnamed::Unnamed;
use crate::words::lexicon::*;
use crate::words::lists::words;
use crate::words::passage::TokenizedBlock;
use crate::words::phrase::{Phrase, PhraseKind, PhraseSide, phrase};
use crate::words::tokens::{LexicalToken, Shape, bare};
use onrecord_document::{MentionForm, SourceKind};
use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::LazyLock;

/// What states and companies have, and a single person has not.
static OWNED_BY_BODIES: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| words(include_str!("../../data/en/owned_by_bodies.txt")));

/// A surname, of the person of that name spoken of last.
const SURNAME: f32 = 0.9;

/// Everybody the article names, and the figures of those who speak.
pub(crate) struct Cast<'a> {
    pub(crate) buffer: &'a str,
    pub(crate) passages: &'a [TokenizedBlock],
    pub(crate) mentions: Vec<ProperName>,
    /// How many of the mentions stand outside quotations.
    outer: usize,
    /// First mention index of each block, and the end.
    pub(crate) by_block: Vec<usize>,
    /// Full names (two words or more) by their last word.
    full_names: HashMap<&'a str, Vec<usize>>,
    /// How many names end with a word.
    by_last: HashMap<&'a str, usize>,
    /// Mentions by full name; a surname alone goes with the full name that it stands for where it stands.
    by_full: HashMap<&'a str, Vec<usize>>,
    /// The pronoun that goes with a full name, where a title or a role tells it.
    pub(crate) pronouns_of: HashMap<&'a str, &'static str>,
    organisations: HashSet<&'a str>,
    /// How often something happens *in* what a word names.
    places: HashMap<&'a str, usize>,
    pub figures: Vec<CastFigure>,
    pub(crate) by_name: HashMap<String, usize>,
    /// Figures by the last word of their role or description.
    pub(crate) by_role: HashMap<String, Vec<usize>>,
    /// What the language core takes names for.
    pub(crate) labels: NameLabels<'a>,
    /// Unnamed people and groups.
    pub(crate) unnamed: Unnamed,
    /// Names that own what only bodies have: "Toren’s defense ministry".
    owners: HashSet<&'a str>,
    /// Names behind a "The" in the middle of a sentence, as titles of papers have it: "Meridian" of "told The Meridian".
    outlets: HashSet<&'a str>,
    /// Pronouns that were resolved, by block and token.
    pub(crate) pronouns: HashMap<(usize, usize), usize>,
}

impl<'a> Cast<'a> {
    /// Collects the names of all passages.
    pub(crate) fn new(buffer: &'a str, passages: &'a [TokenizedBlock], labels: NameLabels<'a>) -> Self {
        let mut cast = Cast {
            buffer,
            passages,
            mentions: Vec::new(),
            outer: 0,
            by_block: Vec::with_capacity(passages.len() + 1),
            full_names: HashMap::new(),
            by_last: HashMap::new(),
            by_full: HashMap::new(),
            pronouns_of: HashMap::new(),
            organisations: HashSet::new(),
            places: HashMap::new(),
            figures: Vec::new(),
            by_name: HashMap::new(),
            by_role: HashMap::new(),
            labels,
            unnamed: Unnamed::default(),
            owners: HashSet::new(),
            outlets: HashSet::new(),
            pronouns: HashMap::new(),
        };
        for (block, passage) in passages.iter().enumerate() {
            cast.by_block.push(cast.mentions.len());
            cast.collect(block, &passage.tokens);
            if passage.quoted.is_none() {
                cast.outer = cast.mentions.len();
            }
        }
        cast.by_block.push(cast.mentions.len());
        for index in 0..cast.mentions.len() {
            let words = &buffer[cast.mentions[index].range.clone()];
            let last = last_word(words);
            *cast.by_last.entry(last).or_default() += 1;
            if words.contains(' ') && !cast.organisations.contains(words) {
                cast.full_names.entry(last).or_default().push(index);
            }
        }
        // Passages inside quotations come last; what is looked up by place needs the order of the text.
        let Cast { full_names, mentions, .. } = &mut cast;
        full_names.values_mut().for_each(|indices| indices.sort_by_key(|index| mentions[*index].range.start));
        for index in 0..cast.mentions.len() {
            let range = cast.mentions[index].range.clone();
            let words = &buffer[range.clone()];
            let full = if words.contains(' ') { None } else { cast.nearest_full(words, range.start) };
            let full = full.map_or(words, |full| &buffer[cast.mentions[full].range.clone()]);
            if let Some(pronoun) = cast.mentions[index].pronoun {
                cast.pronouns_of.entry(full).or_insert(pronoun);
            }
            cast.by_full.entry(full).or_default().push(index);
        }
        cast
    }

    fn collect(&mut self, block: usize, tokens: &[LexicalToken]) {
        self.note_outlets(tokens);
        self.note_owners(tokens);
        let mut at = 0;
        while at < tokens.len() {
            let token = &tokens[at];
            let starts = token.is_word()
                && !token.has(PREPOSITION | CONJUNCTION | AUX | BE | ADVERB | SUBJECT_PRONOUN)
                && (token.shape == Shape::Capital || token.has(ROLE | DETERMINER | POSSESSIVE | TITLE | RANK));
            let found = if starts { phrase(tokens, self.buffer, at, PhraseSide::AfterVerb) } else { None };
            let Some(found) = found else {
                if token.shape == Shape::Capital && at > 0 && tokens[at - 1].text(self.buffer) == "in" {
                    *self.places.entry(bare(token.text(self.buffer))).or_default() += 1;
                }
                at += 1;
                continue;
            };
            let before = at.checked_sub(1).map(|before| tokens[before].text(self.buffer));
            if found.kind == PhraseKind::Name
                && before == Some("in")
                && let Some((start, end)) = found.name
                && end == start + 1
            {
                *self.places.entry(bare(tokens[start].text(self.buffer))).or_default() += 1;
            }
            self.note(tokens, &found);
            if let Some(owner) = owner(tokens, self.buffer, &found) {
                self.note(tokens, &owner);
            }
            if found.kind == PhraseKind::Noun && found.apposition.is_none() {
                self.unnamed.collect(self.buffer, self.passages, block, &found);
            }
            for part in [&found.apposition, &found.and].into_iter().flatten() {
                if part.name.is_some() && found.kind == PhraseKind::Name {
                    self.note(tokens, part);
                }
            }
            at = found.head.max(at) + 1;
        }
    }

    /// "told The Meridian": a name with a capital "The" behind a small word is a paper's. Cities and states that have one are few.
    fn note_outlets(&mut self, tokens: &[LexicalToken]) {
        const PLACES: [&str; 5] = ["Hague", "Gambia", "Bahamas", "Bronx", "Netherlands"];
        for (at, pair) in tokens.windows(2).enumerate() {
            if pair[0].shape != Shape::Lower || pair[1].shape != Shape::Capital || pair[1].text(self.buffer) != "The" {
                continue;
            }
            let name = tokens[at + 2..].iter().take_while(|token| token.shape == Shape::Capital).count();
            let Some(last) = name.checked_sub(1).map(|last| &tokens[at + 2 + last]) else { continue };
            let words = bare(&self.buffer[tokens[at + 2].start as usize..last.end as usize]);
            if !last.has(ORGANISATION) && !PLACES.contains(&words) {
                self.outlets.insert(words);
            }
        }
    }

    /// "Toren’s defense ministry": a single name that owns what only states and companies have, a word or two further on.
    fn note_owners(&mut self, tokens: &[LexicalToken]) {
        const REACH: usize = 3;
        for (at, token) in tokens.iter().enumerate() {
            let text = token.text(self.buffer);
            let name = bare(text);
            let before = at.checked_sub(1).map(|before| tokens[before].shape);
            if token.shape != Shape::Capital || name.len() == text.len() || before == Some(Shape::Capital) {
                continue;
            }
            let owned = tokens[at + 1..].iter().take(REACH).take_while(|token| token.is_word());
            if owned.map(|token| token.text(self.buffer)).any(|word| OWNED_BY_BODIES.contains(word)) {
                self.owners.insert(name);
            }
        }
    }

    /// Whether a name is a state's or a company's by what it owns.
    pub(crate) fn owns_as_body(&self, words: &str) -> bool {
        self.owners.contains(words)
    }

    /// Whether a title or a role stands beside a full name somewhere.
    pub(crate) fn is_spoken_of_as_person(&self, full: &str) -> bool {
        let mentions = self.by_full.get(full).into_iter().flatten();
        mentions.take(MOST_ALIKE).any(|mention| self.mentions[*mention].personal)
    }

    /// Whether the article writes a name as the title of a paper.
    pub(crate) fn is_outlet(&self, words: &str) -> bool {
        self.outlets.contains(words)
    }

    fn note(&mut self, tokens: &[LexicalToken], found: &Phrase) {
        let (named, role_in) = match (&found.apposition, found.kind) {
            (Some(second), PhraseKind::Noun) if second.name.is_some() => (&**second, Some(found)),
            (Some(second), PhraseKind::Name) if second.kind == PhraseKind::Noun => (found, Some(&**second)),
            _ => (found, None),
        };
        let Some((start, end)) = named.name else { return };
        let range = tokens[start].start as usize..tokens[end - 1].end as usize;
        let words = bare(&self.buffer[range.clone()]);
        let range = range.start..range.start + words.len();
        let mut beside = role_before(tokens, self.buffer, named.first, start, start);
        if beside.0.is_none()
            && let Some(role) = role_in
        {
            beside = role_before(tokens, self.buffer, role.first, role.head + 1, role.end);
            if beside.1.is_none() {
                beside.1 = body_behind(tokens, role);
            }
        }
        let (role, affiliation) = beside;
        if let (Some(affiliation), Some(role)) = (&affiliation, &role) {
            let body = &self.buffer[affiliation.clone()];
            if body.contains(' ') || leads_a_body(&self.buffer[role.clone()]) {
                self.organisations.insert(body);
            }
        }
        if tokens[named.first..start].iter().any(|token| token.has(ORGANISATION)) && role.is_none() {
            self.organisations.insert(words);
        }
        let title = tokens[named.first..start].iter().any(|token| token.has(TITLE));
        let personal = title || role.is_some();
        let before = start.checked_sub(1).map_or("", |before| tokens[before].text(self.buffer));
        let pronoun = pronoun_of(before, role.clone().map_or("", |role| &self.buffer[role]));
        self.mentions.push(ProperName { name: (start, end), range, role, affiliation, personal, pronoun });
    }

    pub(crate) fn is_organisation(&self, words: &str) -> bool {
        self.organisations.contains(words)
    }

    /// Whether a word names a place: of its mentions one in five at least stands behind "in". ("Confidence in Rourke" is
    /// rarer than that.)
    pub(crate) fn is_place(&self, word: &str) -> bool {
        const SHARE: usize = 5;
        let mentions = self.by_last.get(word).copied().unwrap_or_default();
        self.places.get(word).is_some_and(|inside| inside * SHARE >= mentions)
    }

    /// Whether a full name of the article ends with the word.
    pub(crate) fn is_surname(&self, word: &str) -> bool {
        self.full_of(word).is_some()
    }

    /// The full names that end with a word, whichever apostrophe it is written with ("O’Neill", "O'Neill").
    fn full_of(&self, last: &str) -> Option<&Vec<usize>> {
        let found = self.full_names.get(last);
        found.or_else(|| match last.contains('’') {
            true => self.full_names.get(last.replace('’', "'").as_str()),
            false if last.contains('\'') => self.full_names.get(last.replace('\'', "’").as_str()),
            false => None,
        })
    }

    /// Whether a name is surely a person's: a title or a role stands beside it, or the article names the same person again.
    pub(crate) fn is_person(&self, tokens: &[LexicalToken], source: &Phrase) -> bool {
        let Some((start, end)) = source.name else { return false };
        let words = bare(&self.buffer[tokens[start].start as usize..tokens[end - 1].end as usize]);
        let full = if words.contains(' ') {
            Some(words)
        } else {
            let full = self.full_names.get(words).and_then(|full| full.first());
            full.map(|index| &self.buffer[self.mentions[*index].range.clone()])
        };
        let mentions = full.and_then(|full| self.by_full.get(full));
        let others = mentions.into_iter().flatten().map(|index| &self.mentions[*index]);
        let here = tokens[start].start as usize;
        !self.is_organisation(words)
            && !tokens[start..end].iter().any(|token| token.has(ORGANISATION | MEDIA_NAME))
            && others.clone().take(MOST_ALIKE).any(|mention| mention.personal || mention.range.start != here)
    }

    /// The figure behind a source that is named or described; `kind` is what its words say that it is.
    pub(crate) fn identify(&mut self, block: usize, source: &Phrase, kind: SourceKind) -> Option<Identity> {
        let tokens = &self.passages[block].tokens;
        match (source.kind, &source.apposition) {
            (PhraseKind::Pronoun, _) => self.pronoun(block, source),
            (PhraseKind::Noun, Some(second)) if second.name.is_some() => self.named(tokens, second, kind),
            (PhraseKind::Name, _) => self.named(tokens, source, kind),
            (PhraseKind::Noun, _) => Some(self.described(block, source)),
        }
    }

    fn named(&mut self, tokens: &[LexicalToken], source: &Phrase, kind: SourceKind) -> Option<Identity> {
        let (start, end) = source.name?;
        let range = tokens[start].start as usize..tokens[end - 1].end as usize;
        let words = bare(&self.buffer[range.clone()]);
        let range = range.start..range.start + words.len();
        let last = last_word(words);
        let single = !words.contains(' ');
        let full = if single && kind == SourceKind::NamedPerson { self.nearest_full(last, range.start) } else { None };
        let (chosen, confidence) = match full {
            Some(index) => (self.mentions[index].range.clone(), SURNAME),
            None => (range, FULL_NAME),
        };
        let figure = self.figure_named(chosen.clone(), kind);
        Some(Identity { figure, mention: chosen, confidence })
    }

    /// The full name with this last word spoken of last before `at`, or first behind it.
    pub(crate) fn nearest_full(&self, last: &str, at: usize) -> Option<usize> {
        let full = self.full_of(last)?;
        let before = full.partition_point(|index| self.mentions[*index].range.start < at);
        before.checked_sub(1).and_then(|index| full.get(index)).or_else(|| full.first()).copied()
    }

    /// The figure of a full name, made on its first use with everything the article says beside that name.
    pub(crate) fn figure_named(&mut self, range: Range<usize>, kind: SourceKind) -> usize {
        let words = &self.buffer[range.clone()];
        if let Some(known) = self.by_name.get(words) {
            return *known;
        }
        let mut figure = CastFigure {
            name: range.clone(),
            role: None,
            affiliation: None,
            references: Vec::new(),
            form: MentionForm::Name,
            trail: Vec::new(),
            kind,
        };
        let mut first = true;
        for index in self.by_full.get(words).into_iter().flatten() {
            let mention = &self.mentions[*index];
            let same = &self.buffer[mention.range.clone()] == words;
            if !(same || kind == SourceKind::NamedPerson) {
                continue;
            }
            if same && first {
                figure.name = mention.range.clone();
                first = false;
            }
            if figure.role.is_none() && mention.role.is_some() {
                figure.role = mention.role.clone();
                figure.affiliation = mention.affiliation.clone();
            }
            figure.references.push(Reference::name(mention.range.clone()));
        }
        if figure.references.is_empty() {
            figure.references.push(Reference::name(range));
        }
        let role = figure.role.clone();
        self.figures.push(figure);
        let index = self.figures.len() - 1;
        self.by_name.insert(words.to_owned(), index);
        if let Some(role) = role {
            self.by_role.entry(role_noun(&self.buffer[role]).to_lowercase()).or_default().push(index);
        }
        index
    }

    /// Makes figures of the people named with a role before `at`, so that "the minister" finds them.
    pub(crate) fn learn_role(&mut self, head: &str, at: usize) {
        let until = self.mentions[..self.outer].partition_point(|mention| mention.range.start < at);
        let named: Vec<Range<usize>> = self.mentions[until.saturating_sub(MOST_ALIKE)..until]
            .iter()
            .filter(|mention| mention.personal)
            .filter(|mention| {
                mention
                    .role
                    .as_ref()
                    .is_some_and(|role| role_noun(&self.buffer[role.clone()]).eq_ignore_ascii_case(head))
            })
            .map(|mention| mention.range.clone())
            .collect();
        for range in named {
            let words = &self.buffer[range.clone()];
            let full = if words.contains(' ') {
                Some(range)
            } else {
                self.nearest_full(last_word(words), at).map(|index| self.mentions[index].range.clone())
            };
            if let Some(full) = full {
                self.figure_named(full, SourceKind::NamedPerson);
            }
        }
    }
}

fn last_word(words: &str) -> &str {
    words.rsplit(' ').next().unwrap_or(words)
}
