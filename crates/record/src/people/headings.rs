//! Statements in the words of people: on whose authority each was made.

use onrecord_document::{Act, Count, Document, SourceKind, Sourcing, Statement, Terms};
use onrecord_span::{Span, Text};

/// The headings under which statements are listed for people, in this order.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Heading {
    /// Somebody with a name stands behind it.
    OnTheRecord,
    /// Somebody without a name does.
    NotNamed,
    /// A document or another outlet does.
    DocumentsAndMedia,
    /// Somebody would not comment.
    DeclinedToComment,
    /// The article names no source.
    NoSourceGiven,
}

impl Heading {
    /// Every heading, in the order in which they are listed.
    pub const ALL: [Heading; 5] = [
        Heading::OnTheRecord,
        Heading::NotNamed,
        Heading::DocumentsAndMedia,
        Heading::DeclinedToComment,
        Heading::NoSourceGiven,
    ];

    /// The heading that a statement stands under.
    pub fn of(sourcing: &Sourcing) -> Self {
        if sourcing.terms == Terms::DeclinedToComment {
            return Heading::DeclinedToComment;
        }
        match sourcing.kind {
            SourceKind::NamedPerson | SourceKind::NamedOrganisation => Heading::OnTheRecord,
            SourceKind::UnnamedPerson | SourceKind::UnnamedGroup => Heading::NotNamed,
            SourceKind::Document | SourceKind::OtherMedia => Heading::DocumentsAndMedia,
            SourceKind::None => Heading::NoSourceGiven,
        }
    }

    /// Its words.
    pub fn title(self) -> &'static str {
        match self {
            Heading::OnTheRecord => "On the record",
            Heading::NotNamed => "Not named",
            Heading::DocumentsAndMedia => "Documents and media",
            Heading::DeclinedToComment => "Declined to comment",
            Heading::NoSourceGiven => "No source given",
        }
    }
}

/// Who is behind a statement, as people read it: "Tomas Adler, harbour master, Ellery Ports"; the article's words for
/// the source where it is not known who that is; `None` where the article names no source.
pub fn speaker(document: &Document, statement: &Statement) -> Option<String> {
    let Some(name) = document.speaker(statement) else {
        return (!statement.source.is_empty()).then(|| joined(document, &statement.source));
    };
    let mut parts = vec![folded(document.words(name.name))];
    for part in [name.role, name.affiliation].into_iter().flatten() {
        let part = folded(document.words(part));
        // "Harbour master Adler" already says what he is.
        if !parts.iter().any(|said| said.contains(&part)) {
            parts.push(part);
        }
    }
    Some(parts.join(", "))
}

/// The words of a statement, its parts joined by " … ".
pub fn said(document: &Document, statement: &Statement) -> String {
    joined(document, &statement.content)
}

/// What the article tells about a statement beside who and what: act, terms, number of sources, reason, occasion and
/// so on, each a short phrase.
pub fn circumstances(document: &Document, statement: &Statement) -> Vec<String> {
    let sourcing = &statement.sourcing;
    let mut phrases: Vec<String> = Vec::new();
    if !matches!(statement.act, Act::Statement | Act::Other) {
        phrases.push(statement.act.name().to_owned());
    }
    phrases.extend(terms_in_words(sourcing).map(str::to_owned));
    phrases.extend(sourcing.count.and_then(people));
    let mut add = |before: &str, span: Option<Span<Text>>| {
        if let Some(span) = span {
            phrases.push(format!("{before}{}", folded(document.words(span))));
        }
    };
    add("reason: ", sourcing.reason);
    add("among them: ", sourcing.members);
    add("how they know: ", sourcing.basis);
    add("rank: ", sourcing.rank);
    add("borne out by: ", sourcing.corroborates);
    for span in [sourcing.occasion, sourcing.medium, sourcing.addressee, sourcing.time] {
        add("", span);
    }
    phrases
}

/// Terms as people say them; nothing where the [`Heading`] says it, or where there is nobody to set terms.
fn terms_in_words(sourcing: &Sourcing) -> Option<&'static str> {
    match sourcing.terms {
        Terms::OnRecord | Terms::DeclinedToComment => None,
        Terms::ConditionOfAnonymity => Some("on condition of anonymity"),
        Terms::NotAuthorisedToSpeak => Some("not authorised to speak"),
        Terms::Background | Terms::Unstated => {
            let people = matches!(sourcing.kind, SourceKind::UnnamedPerson | SourceKind::UnnamedGroup);
            people.then_some("terms not stated")
        }
    }
}

/// "2 sources" or "at least 2 sources"; nothing for one, and nothing for a bare plural.
fn people(count: Count) -> Option<String> {
    match count {
        Count { max: Some(1), .. } | Count { max: None, exact: false, min: ..=2 } => None,
        Count { min, max: Some(max), .. } if min == max => Some(format!("{min} sources")),
        Count { min, max: Some(max), .. } => Some(format!("{min} to {max} sources")),
        Count { min, max: None, .. } => Some(format!("at least {min} sources")),
    }
}

fn joined(document: &Document, spans: &[Span<Text>]) -> String {
    let parts: Vec<String> = spans.iter().map(|span| folded(document.words(*span))).collect();
    parts.join(" … ")
}

fn folded(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_of_sources_is_said_only_where_the_article_says_it() {
        assert_eq!(people(Count::ONE), None);
        assert_eq!(people(Count::PLURAL), None);
        assert_eq!(people(Count::exactly(3)).as_deref(), Some("3 sources"));
        assert_eq!(people(Count { min: 12, max: None, exact: false }).as_deref(), Some("at least 12 sources"));
        assert_eq!(people(Count { min: 2, max: Some(4), exact: false }).as_deref(), Some("2 to 4 sources"));
    }

    #[test]
    fn declining_outweighs_being_named() {
        let sourcing = Sourcing::new(SourceKind::NamedOrganisation, Terms::DeclinedToComment);
        assert_eq!(Heading::of(&sourcing), Heading::DeclinedToComment);
        let sourcing = Sourcing::new(SourceKind::NamedOrganisation, Terms::OnRecord);
        assert_eq!(Heading::of(&sourcing), Heading::OnTheRecord);
    }
}
