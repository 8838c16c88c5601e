//! What a search finds, as lines of JSON.

use crate::json::write_escaped;
use serde::Serialize;
use std::io;
use std::ops::Range;

/// An article or a statement that was found.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)] // the names are the contract's, or those of the rows of a table
pub struct FoundLine<'a> {
    /// "article" or "statement".
    pub found: &'static str,
    pub id: &'a str,
    /// SHA-256 of the page.
    pub page: String,
    pub url: Option<&'a str>,
    pub site: Option<&'a str>,
    pub language: Option<&'a str>,
    pub published: Option<&'a str>,
    pub headline: Option<&'a str>,
    /// The statement's id; of an article, null.
    pub statement: Option<&'a str>,
    /// Number of the statement in its article, from 1.
    pub number: Option<u32>,
    pub form: Option<&'static str>,
    pub speaker: Option<&'a str>,
    pub kind: Option<&'static str>,
    pub terms: Option<&'static str>,
    /// Words of the article around what was searched for, or the statement; parts joined by " … ".
    pub words: Option<String>,
    /// Code points of `words` that were searched for.
    pub marks: Vec<[u32; 2]>,
    pub score: f32,
}

impl FoundLine<'_> {
    /// Writes the line as JSON, without a line break.
    pub fn write<W: io::Write>(&self, out: W) -> io::Result<()> {
        write_escaped(out, self, false)
    }
}

/// Byte ranges of words as ranges of their code points.
pub fn marks_in_code_points(words: &str, marks: &[Range<usize>]) -> Vec<[u32; 2]> {
    let points = |end: usize| words[..end].chars().count() as u32;
    marks.iter().map(|mark| [points(mark.start), points(mark.end)]).collect()
}
