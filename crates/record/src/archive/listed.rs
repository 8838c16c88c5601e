//! Lines about an archive: versions of an article, what people wrote beside it, what the archive holds.

use crate::json::write_escaped;
use serde::Serialize;
use std::collections::BTreeMap;

/// One version of an article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[allow(missing_docs)] // the names are those of the contract's line
pub struct VersionLine<'a> {
    /// From 1, oldest first.
    pub version: usize,
    pub address: &'a str,
    pub id: &'a str,
    /// SHA-256.
    pub page: String,
    pub headline: Option<&'a str>,
    pub published: Option<&'a str>,
    pub fetched: Option<&'a str>,
    /// When it was added to the archive, RFC 3339.
    pub added: String,
    /// What changed from the version before; empty for the first.
    pub changes: Vec<ChangeLine<'a>>,
}

/// Words that stayed, went or came from one version to the next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ChangeLine<'a> {
    /// `stayed`, `went` or `came`.
    pub fate: &'static str,
    /// The words.
    pub words: &'a str,
}

/// A correction, a tag or a note.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CorrectionLine<'a> {
    /// Names it in every archive.
    pub id: String,
    /// `right`, `wrong`, `speaker`, `same_speaker`, `note` or `tag`.
    pub kind: &'static str,
    /// The id of the article in the output, where it is in the archive.
    pub article: Option<&'a str>,
    /// SHA-256 of the page.
    pub page: String,
    /// Half-open byte ranges of the page; empty for the page as a whole.
    pub bytes: Vec<[u32; 2]>,
    /// The words there.
    pub words: &'a str,
    /// The name, tag or note.
    pub value: &'a str,
    /// Who wrote it; empty where nobody is named.
    pub author: &'a str,
    /// When, RFC 3339.
    pub made: &'a str,
    /// When it was undone.
    pub undone: Option<&'a str>,
    /// The id of the statement it is about now.
    pub statement: Option<String>,
    /// Whether its words are no longer read as they were, or their page is gone.
    pub orphaned: bool,
}

/// What an archive holds and how much room it takes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[allow(missing_docs)] // the names say it
pub struct StatsLine {
    pub format: u32,
    pub articles: u64,
    pub addresses: u64,
    /// Articles beyond the first of their address.
    pub versions: u64,
    pub pages: u64,
    /// Bytes of the pages as they came.
    pub page_bytes: u64,
    /// Bytes of the pages as they are stored.
    pub stored_page_bytes: u64,
    /// Bytes of the database.
    pub database_bytes: u64,
    /// Bytes of the search index.
    pub index_bytes: u64,
    pub statements: u64,
    /// Statements by the kind of their source.
    pub by_source: BTreeMap<&'static str, u64>,
    /// Statements by the terms of their source.
    pub by_terms: BTreeMap<&'static str, u64>,
    pub speakers: u64,
    /// Layers by name, with the items in each.
    pub layers: BTreeMap<String, u64>,
    /// Articles by the versions that read them: "article 0.1.0, facts 0.1.0".
    pub readings: BTreeMap<String, u64>,
    /// Articles by outlet, the most frequent.
    pub sites: Vec<(String, u64)>,
    /// Articles by language.
    pub languages: BTreeMap<String, u64>,
    /// The first and the last day of publication.
    pub published: Option<(String, String)>,
    pub corrections: u64,
    pub taken_down: u64,
}

macro_rules! lines {
    ($($line:ty),*) => {
        $(impl $line {
            /// The line as JSON, without a line break in or after it.
            pub fn to_json(&self) -> String {
                let mut out = Vec::new();
                // Writing to memory cannot fail, and the text is UTF-8.
                let _ = write_escaped(&mut out, self, false);
                String::from_utf8(out).unwrap_or_default()
            }
        })*
    };
}
lines!(VersionLine<'_>, CorrectionLine<'_>, StatsLine);
