//! Sourcing: on whose authority an article reports a statement.

use super::named::named;
use super::parts::{Annotation, PartReader, PartWriter};
use onrecord_span::{Span, Text};

named! {
    /// What kind of source is behind a statement.
    SourceKind {
        /// A person with a name.
        NamedPerson "named_person",
        /// An organisation with a name.
        NamedOrganisation "named_organisation",
        /// One person without a name.
        UnnamedPerson "unnamed_person",
        /// People without names.
        UnnamedGroup "unnamed_group",
        /// A letter, a report, a filing.
        Document "document",
        /// Another outlet.
        OtherMedia "other_media",
        /// The article names no source.
        None "none",
    }
}

named! {
    /// How far the source let itself be named.
    Terms {
        /// Named.
        OnRecord "on_record",
        /// The article says that anonymity was a condition.
        ConditionOfAnonymity "condition_of_anonymity",
        /// The article says that the source was not authorised to speak.
        NotAuthorisedToSpeak "not_authorised_to_speak",
        /// An unnamed person, or unnamed people the article counts, terms not stated.
        Background "background",
        /// The article says that the source would not comment.
        DeclinedToComment "declined_to_comment",
        /// A bare plural, a document, no source, a pronoun that leads to nobody.
        Unstated "unstated",
    }
}

/// On whose authority something is said. Each field rests on a span; nothing is inferred without one.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs)] // the names are the contract's
pub struct Sourcing {
    pub kind: SourceKind,
    pub terms: Terms,
    pub terms_span: Option<Span<Text>>,
    /// How many people; `None` where there is no source.
    pub count: Option<Count>,
    pub count_span: Option<Span<Text>>,
    pub members: Option<Span<Text>>,
    pub reason: Option<Span<Text>>,
    pub basis: Option<Span<Text>>,
    pub rank: Option<Span<Text>>,
    pub occasion: Option<Span<Text>>,
    pub medium: Option<Span<Text>>,
    pub time: Option<Span<Text>>,
    pub addressee: Option<Span<Text>>,
    pub corroborates: Option<Span<Text>>,
}

impl Sourcing {
    /// Sourcing of a kind, on terms, with nothing more stated.
    pub fn new(kind: SourceKind, terms: Terms) -> Self {
        Sourcing {
            kind,
            terms,
            terms_span: None,
            count: None,
            count_span: None,
            members: None,
            reason: None,
            basis: None,
            rank: None,
            occasion: None,
            medium: None,
            time: None,
            addressee: None,
            corroborates: None,
        }
    }
}

impl Sourcing {
    /// The words that each part of it rests on, by the names of the output.
    pub fn spans(&self) -> [(&'static str, Option<Span<Text>>); 11] {
        [
            ("terms", self.terms_span),
            ("count", self.count_span),
            ("members", self.members),
            ("reason", self.reason),
            ("basis", self.basis),
            ("rank", self.rank),
            ("occasion", self.occasion),
            ("medium", self.medium),
            ("time", self.time),
            ("addressee", self.addressee),
            ("corroborates", self.corroborates),
        ]
    }

    /// The places of [`Sourcing::spans`], in the same order.
    fn places(&mut self) -> [&mut Option<Span<Text>>; 11] {
        [
            &mut self.terms_span,
            &mut self.count_span,
            &mut self.members,
            &mut self.reason,
            &mut self.basis,
            &mut self.rank,
            &mut self.occasion,
            &mut self.medium,
            &mut self.time,
            &mut self.addressee,
            &mut self.corroborates,
        ]
    }
}

impl Annotation for Sourcing {
    fn write(&self, out: &mut dyn PartWriter) {
        out.value(self.kind);
        out.value(self.terms);
        out.flag(self.count.is_some());
        if let Some(count) = self.count {
            out.number(count.min.into());
            out.optional_number(count.max.map(u64::from));
            out.flag(count.exact);
        }
        // Most of the spans are absent: one bit each says which are there.
        let spans = self.spans();
        let present =
            spans.iter().enumerate().fold(0, |bits, (nth, (_, span))| bits | u64::from(span.is_some()) << nth);
        out.number(present);
        spans.iter().filter_map(|(_, span)| *span).for_each(|span| out.span(span));
    }

    fn read(from: &mut dyn PartReader) -> Option<Self> {
        let mut sourcing = Sourcing::new(from.value()?, from.value()?);
        if from.flag()? {
            let min = u32::try_from(from.number()?).ok()?;
            let max = match from.optional_number()? {
                Some(max) => Some(u32::try_from(max).ok()?),
                None => None,
            };
            sourcing.count = Some(Count { min, max, exact: from.flag()? });
        }
        let present = from.number()?;
        for (nth, place) in sourcing.places().into_iter().enumerate() {
            if present & 1 << nth != 0 {
                *place = Some(from.span()?);
            }
        }
        Some(sourcing)
    }
}

/// How many sources there are.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct Count {
    /// At least so many.
    pub min: u32,
    /// At most so many, where the article bounds it.
    pub max: Option<u32>,
    /// Whether the article gives the number.
    pub exact: bool,
}

impl Count {
    /// One source.
    pub const ONE: Count = Count { min: 1, max: Some(1), exact: true };
    /// A bare plural: at least two.
    pub const PLURAL: Count = Count { min: 2, max: None, exact: false };

    /// An exact number of sources.
    pub fn exactly(number: u32) -> Self {
        Count { min: number, max: Some(number), exact: true }
    }
}
