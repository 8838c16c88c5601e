//! Everybody who speaks.

pub mod speaker;

use crate::counts::Counted;
use crate::words;
use onrecord_archive::SpeakerCount;
use schemars::JsonSchema;
use serde::Serialize;

/// Speakers of a page.
pub const PAGE: usize = 100;

/// A page of the index of speakers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Speakers {
    /// What names, or words of names, begin with; empty for everybody.
    pub beginning: String,
    /// How many there are.
    pub total: u64,
    /// Those of this page, most statements first.
    pub speakers: Vec<SpeakerEntry>,
    /// How many stand before this page.
    pub from: usize,
    /// The beginning of the next page.
    pub next: Option<usize>,
}

/// Somebody who speaks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "SpeakerCount")]
pub struct SpeakerEntry {
    /// The name.
    pub name: String,
    /// Statements.
    pub statements: u64,
    /// Articles with them.
    pub articles: u64,
    /// Outlets of these.
    pub outlets: Vec<String>,
    /// First and last day of publication.
    pub first: Option<String>,
    /// The last day.
    pub last: Option<String>,
}

impl SpeakerEntry {
    fn of(count: &SpeakerCount) -> SpeakerEntry {
        SpeakerEntry {
            name: count.name.clone(),
            statements: count.statements,
            articles: count.articles,
            outlets: count.outlets.clone(),
            first: count.first.clone(),
            last: count.last.clone(),
        }
    }

    /// "5 Sep 2024 – 17 Jan 2025".
    pub fn days(&self) -> String {
        match (&self.first, &self.last) {
            (Some(first), Some(last)) => words::days(first, last),
            _ => String::new(),
        }
    }
}

impl Speakers {
    /// The page of so many that begins at `from`, of names in which a word begins so.
    pub fn of(counted: &Counted, beginning: &str, from: usize, limit: usize) -> Speakers {
        let wanted = folded(beginning);
        let found: Vec<&SpeakerCount> = fitting(counted, &wanted).collect();
        let end = from.saturating_add(limit);
        let total = found.len();
        let speakers = found.into_iter().skip(from).take(limit).map(SpeakerEntry::of).collect();
        Speakers { total: total as u64, speakers, beginning: wanted, from, next: (end < total).then_some(end) }
    }

    /// How many such names stand before one with so many statements, or are it.
    pub fn place_behind(counted: &Counted, beginning: &str, statements: u64, name: &str) -> usize {
        let wanted = folded(beginning);
        let is_before = |speaker: &&SpeakerCount| {
            speaker.statements > statements || (speaker.statements == statements && *speaker.name <= *name)
        };
        fitting(counted, &wanted).take_while(is_before).count()
    }

    /// All of them.
    pub fn all(counted: &Counted) -> impl Iterator<Item = SpeakerEntry> + '_ {
        counted.speakers.iter().map(SpeakerEntry::of)
    }
}

fn folded(beginning: &str) -> String {
    words::folded(beginning).to_lowercase()
}

/// Names in which a word begins so, most statements first, then by name.
fn fitting<'c>(counted: &'c Counted, wanted: &'c str) -> impl Iterator<Item = &'c SpeakerCount> {
    counted.speakers.iter().filter(move |speaker| {
        let name = speaker.name.to_lowercase();
        name.starts_with(wanted) || name.split_whitespace().any(|word| word.starts_with(wanted))
    })
}
