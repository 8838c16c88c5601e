//! Names: who and what an article speaks of, once each, with every mention.

use super::named::named;
use super::parts::{Annotation, PartReader, PartWriter};
use super::sourcing::SourceKind;
use onrecord_span::{ContentId, Span, Text};

/// Somebody or something that an article names, with all that refers to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Name {
    /// Names it: a hash of page, producer and mentions.
    pub id: ContentId,
    /// What it is.
    pub kind: NameKind,
    /// The fullest name or description that the article gives.
    pub name: Span<Text>,
    /// "Harbour master".
    pub role: Option<Span<Text>>,
    /// "Ukrainian", "Calder Line".
    pub affiliation: Option<Span<Text>>,
    /// Every mention, sorted by span.
    pub mentions: Vec<Mention>,
    /// How sure the producer is that all mentions mean the same, from 0 to 1.
    pub confidence: f32,
}

/// A place where an article refers to a name.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// The name alone, the pronoun, or the description up to its head noun.
    pub span: Span<Text>,
    /// How it refers.
    pub form: MentionForm,
    /// What it stands for.
    pub sense: MentionSense,
}

named! {
    /// What a name is the name of.
    NameKind {
        /// A person.
        Person "person",
        /// A company, an authority, a party, a court, an outlet.
        Organisation "organisation",
        /// A place.
        Place "place",
        /// People taken together: a nation, a movement, "two officials".
        Group "group",
        /// A product: a weapon, a drug, a vehicle, a ship, software.
        Product "product",
        /// A work: a book, a film, a report, a letter.
        Work "work",
        /// A law or a treaty.
        Law "law",
        /// A named event.
        Event "event",
        /// Anything else.
        Other "other",
    }
}

named! {
    /// How a mention refers to a name.
    MentionForm {
        /// By name: "Volodymyr Zelensky".
        Name "name",
        /// By a description: "the minister".
        Description "description",
        /// By a pronoun: "she".
        Pronoun "pronoun",
    }
}

named! {
    /// What a mention of a name stands for; the contract's `as`.
    MentionSense {
        /// For the name itself.
        Itself "itself",
        /// For what is found there: "Moscow" for a government.
        Metonym "metonym",
        /// For a quality: "Russian" of Russia.
        Adjective "adjective",
    }
}

impl NameKind {
    /// What the name behind a source of this kind is; `None` where that does not tell.
    pub fn of_source(kind: SourceKind) -> Option<NameKind> {
        match kind {
            SourceKind::NamedPerson | SourceKind::UnnamedPerson => Some(NameKind::Person),
            SourceKind::NamedOrganisation | SourceKind::OtherMedia => Some(NameKind::Organisation),
            SourceKind::UnnamedGroup => Some(NameKind::Group),
            SourceKind::Document => Some(NameKind::Work),
            SourceKind::None => None,
        }
    }
}

/// Pronouns that refer to somebody, in lower case.
const PRONOUNS: &str = include_str!("../../data/pronouns.txt");

impl MentionForm {
    /// The form of a mention by its words alone: "she" is a pronoun, "the minister" a description, and what has a
    /// capital letter behind its first word, or is one capitalised word, a name.
    pub fn of_words(words: &str) -> MentionForm {
        let is_capital = |word: &str| word.chars().next().is_some_and(char::is_uppercase);
        let lower = words.to_lowercase();
        if PRONOUNS.lines().any(|pronoun| pronoun == lower) {
            return MentionForm::Pronoun;
        }
        let mut parts = words.split_whitespace();
        match (parts.next(), parts.next()) {
            (Some(only), None) if is_capital(only) => MentionForm::Name,
            (Some(_), Some(_)) if words.split_whitespace().last().is_some_and(is_capital) => MentionForm::Name,
            _ => MentionForm::Description,
        }
    }
}

impl Annotation for Name {
    fn write(&self, out: &mut dyn PartWriter) {
        out.id(self.id);
        out.value(self.kind);
        out.span(self.name);
        out.optional_span(self.role);
        out.optional_span(self.affiliation);
        out.number(self.mentions.len() as u64);
        for mention in &self.mentions {
            out.span(mention.span);
            out.value(mention.form);
            out.value(mention.sense);
        }
        out.real(self.confidence);
    }

    fn read(from: &mut dyn PartReader) -> Option<Self> {
        Some(Name {
            id: from.id()?,
            kind: from.value()?,
            name: from.span()?,
            role: from.optional_span()?,
            affiliation: from.optional_span()?,
            mentions: from
                .list(|from| Some(Mention { span: from.span()?, form: from.value()?, sense: from.value()? }))?,
            confidence: from.real()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_tell_names_from_descriptions_and_pronouns() {
        let form = MentionForm::of_words;
        assert_eq!(form("Ada Reyes"), MentionForm::Name);
        assert_eq!(form("Calder Line"), MentionForm::Name);
        assert_eq!(form("She"), MentionForm::Pronoun);
        assert_eq!(form("The minister"), MentionForm::Description);
        assert_eq!(form("two officials"), MentionForm::Description);
    }
}
