//! What a query is once it is understood.

use super::{DateRange, WordField};
use onrecord_document::{Act, SourceKind, StatementForm, Terms};

/// A query. `And` and `Or` hold at least two, none of their own kind; `Not` holds no `Not`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Query {
    /// Everything.
    All,
    /// One condition.
    Leaf(Leaf),
    /// All of these.
    And(Vec<Query>),
    /// At least one of these.
    Or(Vec<Query>),
    /// Everything but this.
    Not(Box<Query>),
}

/// One condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Leaf {
    /// Words, anywhere or in one field.
    Words {
        /// Where.
        field: WordField,
        /// Which.
        words: Words,
    },
    /// Language of the article, as an ISO 639 code.
    Language(String),
    /// What kind of source is behind a statement.
    Source(SourceIs),
    /// How far the source let itself be named.
    Terms(Terms),
    /// How a statement is rendered.
    Form(StatementForm),
    /// What a statement does.
    Act(Act),
    /// When the article was published, by the date that the page states.
    Published(DateRange),
    /// Whether the article came in more than one version.
    Changed(Changed),
    /// A tag that somebody gave to the article or a statement in it.
    Tag(String),
    /// The article's address, or its beginning.
    Address(String),
}

/// Words as they were typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Words {
    /// One word; a word that the index keeps as several (`state-of-the-art`) is searched as a phrase.
    Word(String),
    /// Words in quotation marks.
    Phrase {
        /// The words.
        words: String,
        /// How many other words may stand between them, in any order; 0: in this order, side by side.
        within: u32,
    },
    /// The beginning of a word.
    Prefix(String),
}

/// What `source:` asks for.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum SourceIs {
    /// A person or an organisation with a name.
    Named,
    /// One person or several without.
    Unnamed,
    /// One kind.
    Kind(SourceKind),
}

impl SourceIs {
    /// The kinds that it stands for.
    pub fn kinds(self) -> Vec<SourceKind> {
        match self {
            SourceIs::Named => vec![SourceKind::NamedPerson, SourceKind::NamedOrganisation],
            SourceIs::Unnamed => vec![SourceKind::UnnamedPerson, SourceKind::UnnamedGroup],
            SourceIs::Kind(kind) => vec![kind],
        }
    }
}

/// What `changed:` asks for.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Changed {
    /// The archive holds several versions.
    Yes,
    /// It holds one.
    No,
    /// A version other than the first was fetched, or else added, in these days.
    In(DateRange),
}

impl Query {
    /// Calls `visit` for every condition, and says whether it stands under a `Not`.
    pub fn each_leaf<'q>(&'q self, visit: &mut impl FnMut(&'q Leaf, bool)) {
        self.walk(false, visit);
    }

    fn walk<'q>(&'q self, negated: bool, visit: &mut impl FnMut(&'q Leaf, bool)) {
        match self {
            Query::All => {}
            Query::Leaf(leaf) => visit(leaf, negated),
            Query::And(parts) | Query::Or(parts) => parts.iter().for_each(|part| part.walk(negated, visit)),
            Query::Not(part) => part.walk(!negated, visit),
        }
    }

    /// All of these; what is `All` adds nothing.
    pub(crate) fn all_of(parts: Vec<Query>) -> Query {
        let mut flat = Vec::with_capacity(parts.len());
        for part in parts {
            match part {
                Query::All => {}
                Query::And(inner) => flat.extend(inner),
                part => flat.push(part),
            }
        }
        match flat.len() {
            0 => Query::All,
            1 => flat.swap_remove(0),
            _ => Query::And(flat),
        }
    }

    /// At least one of these.
    pub(crate) fn any_of(parts: Vec<Query>) -> Query {
        let mut flat = Vec::with_capacity(parts.len());
        for part in parts {
            match part {
                Query::Or(inner) => flat.extend(inner),
                part => flat.push(part),
            }
        }
        if flat.len() == 1 { flat.swap_remove(0) } else { Query::Or(flat) }
    }

    /// Everything but this.
    pub(crate) fn negated(self) -> Query {
        match self {
            Query::Not(inner) => *inner,
            query => Query::Not(Box::new(query)),
        }
    }
}
