//! Quotes: what an article attributes to somebody, and on whose authority.

use onrecord_span::{ContentId, Span, Text};

/// One attribution: content, cue and source as the article words them. Each may have several parts.
#[derive(Clone, Debug, PartialEq)]
pub struct Quote {
    /// Names the quote: a hash of page, producer, kind and spans.
    pub id: ContentId,
    /// What is attributed; a direct quote's parts include their quotation marks.
    pub content: Vec<Span<Text>>,
    /// The words that attribute it: "said", "according to".
    pub cue: Vec<Span<Text>>,
    /// The words that name the source; empty where the article names none.
    pub source: Vec<Span<Text>>,
    /// How the words are rendered.
    pub kind: QuoteKind,
    /// What kind of act the article reports.
    pub act: Act,
    /// Who is behind it, where the article says so.
    pub speaker: Option<Speaker>,
    /// On whose authority.
    pub sourcing: Sourcing,
    /// How sure the producer is, 0 to 1.
    pub confidence: f32,
}

macro_rules! named {
    ($(#[$doc:meta])* $type:ident { $($(#[$item:meta])* $variant:ident $name:literal,)* }) => {
        $(#[$doc])*
        #[derive(Copy, Clone, Debug, PartialEq, Eq, Hash)]
        pub enum $type { $($(#[$item])* $variant,)* }

        impl $type {
            /// Every value, in the order of the contract.
            pub const ALL: &[$type] = &[$($type::$variant),*];

            /// The name in the output.
            pub fn name(self) -> &'static str {
                match self { $($type::$variant => $name,)* }
            }
        }
    };
}

named! {
    /// How a quote renders what was said.
    QuoteKind {
        /// All of it stands in quotation marks.
        Direct "direct",
        /// None of it does.
        Indirect "indirect",
        /// Some of it does.
        Mixed "mixed",
    }
}

named! {
    /// What the article reports somebody to have done.
    Act {
        /// Said, told, wrote.
        Statement "statement",
        /// Denied.
        Denial "denial",
        /// Ordered, demanded, urged.
        Order "order",
        /// Asked.
        Question "question",
        /// Means to, plans, promised.
        Intention "intention",
        /// Thinks, hopes, fears.
        Belief "belief",
        /// Warned, threatened.
        Warning "warning",
        /// Anything else ("declined to comment").
        Other "other",
    }
}

named! {
    /// What kind of source is behind a quote.
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
    /// The words that each statement of it rests on, by the names of the output.
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

/// Somebody an article speaks of, under one or several names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chain {
    /// Names the chain: a hash of page, producer and mentions.
    pub id: ContentId,
    /// The fullest name or description that the article gives.
    pub name: Span<Text>,
    /// "Harbour master".
    pub role: Option<Span<Text>>,
    /// "Ukrainian", "Calder Line".
    pub affiliation: Option<Span<Text>>,
    /// Every mention, sorted.
    pub mentions: Vec<Span<Text>>,
}

/// The chain behind a quote.
#[derive(Copy, Clone, Debug, PartialEq)]
pub struct Speaker {
    /// Index into the document's chains.
    pub chain: u32,
    /// How sure the producer is that it is this one, 0 to 1.
    pub confidence: f32,
    /// The mention that gave the name.
    pub span: Span<Text>,
}
