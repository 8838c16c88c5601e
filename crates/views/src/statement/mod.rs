//! One statement as the margin tells of it.

pub mod entry;
pub mod passage;

use crate::words;
use onrecord_document::{Count, Layers, Name, SourceKind, Statement, Terms};
use onrecord_record::CodePoints;
use onrecord_span::{Span, Text, TextBuffer};
use schemars::JsonSchema;
use serde::Serialize;

/// A statement: who is behind it, on which terms, and what the article tells of it.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct StatementView {
    /// From 1, in the order of the text.
    pub number: usize,
    /// Its id in the output.
    pub id: String,
    /// How it is rendered: direct, indirect, mixed.
    pub form: &'static str,
    /// What it does.
    pub act: &'static str,
    /// Who is behind it, in the article's words; `None` where it names nobody.
    pub who: Option<String>,
    /// Under which name the speaker is found among the speakers.
    pub speaker: Option<String>,
    /// Role and affiliation, in the article's words.
    pub role: Option<String>,
    /// What kind of source.
    pub source: &'static str,
    /// On which terms.
    pub terms: &'static str,
    /// How many sources, in words.
    pub sources: String,
    /// The words that were said, parts joined by " … ".
    pub words: String,
    /// The rest of what the article tells of it, and how the speaker was found.
    pub details: Vec<Detail>,
    /// How sure the reader is, 0 to 1.
    pub confidence: f32,
    /// The kind of source as a value.
    #[serde(skip)]
    pub source_kind: SourceKind,
    /// The terms as a value.
    #[serde(skip)]
    pub terms_kind: Terms,
}

/// A line of what is known of a statement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Detail {
    /// What it is: "Cue", "Basis".
    pub label: &'static str,
    /// What it says.
    pub words: String,
    /// Whether these are words of the article.
    pub theirs: bool,
}

impl StatementView {
    /// The `nth` quote, from 0, of a text with these layers.
    pub fn of(
        buffer: &TextBuffer,
        layers: &Layers,
        nth: usize,
        points: Option<&CodePoints<'_>>,
    ) -> Option<StatementView> {
        let statement = layers.statements.as_ref()?.items.get(nth)?;
        let said = |span: Span<Text>| words::folded(buffer.slice(span));
        let named = statement.speaker.and_then(|speaker| layers.names.as_ref()?.items.get(speaker.name as usize));
        let name = named.map(|named| said(named.name));
        let sourcing = &statement.sourcing;
        Some(StatementView {
            number: nth + 1,
            id: statement.id.to_string(),
            form: statement.form.name(),
            act: statement.act.name(),
            who: who(buffer, layers, statement),
            speaker: name,
            role: named.and_then(|named| role(buffer, named)),
            source: sourcing.kind.name(),
            terms: sourcing.terms.name(),
            sources: words::sources(sourcing.count),
            words: joined(buffer, &statement.content),
            details: details(buffer, statement, named, points),
            confidence: statement.confidence,
            source_kind: sourcing.kind,
            terms_kind: sourcing.terms,
        })
    }

    /// Who is behind it, or that nobody is given.
    pub fn who(&self) -> &str {
        self.who.as_deref().unwrap_or("no source given")
    }

    /// Whether a name stands behind it.
    pub fn is_named(&self) -> bool {
        matches!(self.source_kind, SourceKind::NamedPerson | SourceKind::NamedOrganisation)
    }
}

/// Who is behind a statement, in the article's words: the speaker's fullest name, or else the words for the source.
pub(crate) fn who(buffer: &TextBuffer, layers: &Layers, statement: &Statement) -> Option<String> {
    let named = statement.speaker.and_then(|speaker| layers.names.as_ref()?.items.get(speaker.name as usize));
    let name = named.map(|named| words::folded(buffer.slice(named.name)));
    name.or_else(|| (!statement.source.is_empty()).then(|| joined(buffer, &statement.source)))
}

/// Role and affiliation, each where the name does not say it already.
fn role(buffer: &TextBuffer, named: &Name) -> Option<String> {
    let mut said = vec![words::folded(buffer.slice(named.name))];
    for part in [named.role, named.affiliation].into_iter().flatten() {
        let part = words::folded(buffer.slice(part));
        if !said.iter().any(|known| known.contains(&part)) {
            said.push(part);
        }
    }
    said.remove(0);
    (!said.is_empty()).then(|| said.join(", "))
}

fn details(
    buffer: &TextBuffer,
    statement: &Statement,
    named: Option<&Name>,
    points: Option<&CodePoints<'_>>,
) -> Vec<Detail> {
    let mut list = vec![Detail { label: "Form", words: words::form(statement.form).to_owned(), theirs: false }];
    let sourcing = &statement.sourcing;
    if let Some(act) = words::act(statement.act) {
        list.push(Detail { label: "Act", words: act.to_owned(), theirs: false });
    }
    let mut told = |label: &'static str, spans: &[Span<Text>]| {
        if !spans.is_empty() {
            list.push(Detail { label, words: format!("“{}”", joined(buffer, spans)), theirs: true });
        }
    };
    told("Cue", &statement.cue);
    told("Terms", sourcing.terms_span.as_slice());
    // One source is counted by being one.
    if sourcing.count != Some(Count::ONE) {
        told("Counted", sourcing.count_span.as_slice());
    }
    told("Among them", sourcing.members.as_slice());
    told("Reason", sourcing.reason.as_slice());
    told("Basis", sourcing.basis.as_slice());
    told("Rank", sourcing.rank.as_slice());
    told("Occasion", sourcing.occasion.as_slice());
    told("Medium", sourcing.medium.as_slice());
    told("Time said", sourcing.time.as_slice());
    told("To", sourcing.addressee.as_slice());
    told("Backed", sourcing.corroborates.as_slice());
    if sourcing.terms == Terms::ConditionOfAnonymity && sourcing.reason.is_none() {
        list.push(Detail { label: "Reason", words: "none given".to_owned(), theirs: false });
    }
    if let (Some(speaker), Some(named)) = (statement.speaker, named) {
        let source = joined(buffer, &statement.source);
        if source != words::folded(buffer.slice(named.name)) {
            let mut found = format!("“{source}”");
            if !statement.source.iter().any(|span| span.overlaps(speaker.span)) {
                let mention = words::folded(buffer.slice(speaker.span));
                found.push_str(&format!(", after “{mention}”"));
                if let Some(first) = statement.source.first().filter(|first| first.start() >= speaker.span.end()) {
                    let between =
                        buffer.as_str().get(speaker.span.end()..first.start()).map_or(0, |b| b.chars().count());
                    found.push_str(&format!(" {} before", words::counted(between as u64, "character")));
                }
            }
            found.push_str(&format!("; confidence {}", words::confidence(speaker.confidence)));
            list.push(Detail { label: "Named by", words: found, theirs: true });
        }
    }
    if statement.confidence < 0.995 {
        let sure = format!("{} that this is said, and by whom", words::confidence(statement.confidence));
        list.push(Detail { label: "Confidence", words: sure, theirs: false });
    }
    if let (Some(points), Some(first), Some(last)) = (points, statement.content.first(), statement.content.last()) {
        let (start, end) = (points.at(first.start()), points.at(last.end()));
        let mut place = format!("{}–{}", words::number(start.into()), words::number(end.into()));
        if statement.content.len() > 1 {
            place.push_str(&format!(", {} parts", statement.content.len()));
        }
        list.push(Detail { label: "Characters", words: place, theirs: false });
    }
    list
}

pub(crate) fn joined(buffer: &TextBuffer, spans: &[Span<Text>]) -> String {
    spans.iter().map(|span| words::folded(buffer.slice(*span))).collect::<Vec<_>>().join(" … ")
}
