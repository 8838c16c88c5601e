//! Everybody who speaks.

use crate::counts::Counted;
use crate::words;
use onrecord_archive::SpeakerCount;
use serde::Serialize;

/// Speakers of a page.
pub(crate) const PAGE: usize = 100;

/// A page of the index of speakers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Speakers {
    /// What names, or words of names, begin with; empty for everybody.
    pub beginning: String,
    /// How many there are.
    pub total: u64,
    /// Those of this page, most statements first.
    pub speakers: Vec<Speaker>,
    /// How many stand before this page.
    pub from: usize,
    /// The beginning of the next page.
    pub next: Option<usize>,
}

/// Somebody who speaks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Speaker {
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

impl Speaker {
    fn of(count: &SpeakerCount) -> Speaker {
        Speaker {
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
    /// The page that begins at `from`, of names in which a word begins so.
    pub(crate) fn of(counted: &Counted, beginning: &str, from: usize) -> Speakers {
        let wanted = words::folded(beginning).to_lowercase();
        let fits = |speaker: &&SpeakerCount| {
            let name = speaker.name.to_lowercase();
            name.starts_with(&wanted) || name.split_whitespace().any(|word| word.starts_with(&wanted))
        };
        let found: Vec<&SpeakerCount> = counted.speakers.iter().filter(fits).collect();
        let next = from.saturating_add(PAGE);
        Speakers {
            beginning: wanted,
            total: found.len() as u64,
            speakers: found.iter().skip(from).take(PAGE).map(|count| Speaker::of(count)).collect(),
            from,
            next: (next < found.len()).then_some(next),
        }
    }

    /// All of them.
    pub(crate) fn all(counted: &Counted) -> impl Iterator<Item = Speaker> + '_ {
        counted.speakers.iter().map(Speaker::of)
    }
}
