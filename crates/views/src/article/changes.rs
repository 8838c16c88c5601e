//! What changed between two versions of an article.

use crate::ArticleRef;
use onrecord_archive::{Archive, Fate as Became, Listed, Result, compare, utc};
use schemars::JsonSchema;
use serde::Serialize;

/// Two versions and what became of their words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Changes {
    /// The later one.
    pub article: ArticleRef,
    /// The earlier version.
    pub before: Side,
    /// The later version.
    pub after: Side,
    /// Words that came.
    pub words_in: u64,
    /// Words that went.
    pub words_out: u64,
    /// The article, paragraph by paragraph, with what stayed, went and came.
    pub paragraphs: Vec<Vec<Stretch>>,
}

/// A version that is compared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Side {
    /// The document.
    pub key: String,
    /// When it was seen, or else added.
    pub seen: String,
}

/// Words that share a fate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Stretch {
    /// What became of them.
    pub fate: Fate,
    /// The words.
    pub words: String,
}

/// What became of words from one version to the next.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)] // the names say it
pub enum Fate {
    Stayed,
    Went,
    Came,
}

impl Changes {
    /// What changed from one version to another.
    pub fn of(archive: &Archive, before: &Listed, after: &Listed) -> Result<Changes> {
        let stretches = compare(&archive.words(before.id)?, &archive.words(after.id)?);
        let mut changes = Changes {
            article: ArticleRef::of(after),
            before: Side::of(before),
            after: Side::of(after),
            words_in: 0,
            words_out: 0,
            paragraphs: vec![Vec::new()],
        };
        for stretch in stretches {
            let fate = match stretch.fate {
                Became::Stayed => Fate::Stayed,
                Became::Went => Fate::Went,
                Became::Came => Fate::Came,
            };
            let count = stretch.words.split_whitespace().count() as u64;
            match fate {
                Fate::Stayed => {}
                Fate::Went => changes.words_out += count,
                Fate::Came => changes.words_in += count,
            }
            for (nth, words) in stretch.words.split('\n').enumerate() {
                if nth > 0 {
                    changes.paragraphs.push(Vec::new());
                }
                if let Some(paragraph) = changes.paragraphs.last_mut().filter(|_| !words.is_empty()) {
                    paragraph.push(Stretch { fate, words: words.to_owned() });
                }
            }
        }
        changes.paragraphs.retain(|paragraph| !paragraph.is_empty());
        Ok(changes)
    }

    /// Whether any word came or went.
    pub fn has_changes(&self) -> bool {
        self.words_in + self.words_out > 0
    }
}

impl Side {
    fn of(listed: &Listed) -> Side {
        let seen = if listed.seen.is_empty() { utc(listed.added) } else { listed.seen.clone() };
        Side { key: listed.key.to_string(), seen }
    }
}
