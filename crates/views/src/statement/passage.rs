//! Words of an article with what is marked in them.

use onrecord_document::{Link, Statement, StatementForm};
use onrecord_record::marks_in_code_points;
use onrecord_span::{Span, Text, TextBuffer};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Serialize, Serializer};
use std::ops::Range;

/// Words of an article, and what of them is marked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Passage {
    /// The words.
    pub words: String,
    /// What is marked, in bytes of `words`.
    pub marks: Vec<Mark>,
}

/// A stretch of a passage that is marked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Bytes of the passage's words.
    pub bytes: Range<usize>,
    /// What it is.
    pub role: Role,
    /// The statement that it belongs to, from 1; 0 for marks of none.
    pub statement: usize,
}

/// What a marked stretch is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Role {
    /// What was said.
    Content(StatementForm),
    /// The part of it that stands in quotation marks, where the rest does not.
    Quoted,
    /// The words that attribute it.
    Cue,
    /// The words that name the source.
    Source,
    /// The words that a field of its sourcing rests on.
    Told(&'static str),
    /// Words that were searched for.
    Found,
    /// Linked words, with the address.
    Link(String),
}

impl Role {
    /// Its name in the API.
    pub fn name(&self) -> &str {
        match self {
            Role::Content(_) => "content",
            Role::Quoted => "quoted",
            Role::Cue => "cue",
            Role::Source => "source",
            Role::Told(name) => name,
            Role::Found => "found",
            Role::Link(_) => "link",
        }
    }
}

impl Passage {
    /// Words without marks.
    pub fn plain(words: impl Into<String>) -> Passage {
        Passage { words: words.into(), marks: Vec::new() }
    }

    /// The words of a span, with the marks of statements that have words in it: each with its number.
    pub fn of<'q>(
        buffer: &TextBuffer,
        span: Span<Text>,
        statements: impl IntoIterator<Item = (usize, &'q Statement)>,
    ) -> Passage {
        let mut passage = Passage::plain(buffer.slice(span));
        for (number, statement) in statements {
            let mut add = |spans: &[Span<Text>], role: Role| {
                for part in spans {
                    passage.push(span, *part, number, role.clone());
                }
            };
            add(&statement.content, Role::Content(statement.form));
            add(&statement.cue, Role::Cue);
            add(&statement.source, Role::Source);
            for (name, told) in statement.sourcing.spans() {
                add(told.as_slice(), Role::Told(name));
            }
            if statement.form == StatementForm::Mixed {
                for part in &statement.content {
                    for quoted in quoted(buffer.slice(*part)) {
                        let bytes = part.start() + quoted.start..part.start() + quoted.end;
                        if let Some(quoted) = buffer.span(bytes) {
                            passage.push(span, quoted, number, Role::Quoted);
                        }
                    }
                }
            }
        }
        passage
    }

    /// Marks the links that lie in the span that this passage is of.
    pub fn link(&mut self, span: Span<Text>, links: &[Link]) {
        for link in links {
            self.push(span, link.span, 0, Role::Link(link.url.value.clone()));
        }
    }

    /// Marks a stretch of the buffer, as far as it lies in `span`, whose words these are.
    pub fn push(&mut self, span: Span<Text>, part: Span<Text>, statement: usize, role: Role) {
        let (start, end) = (part.start().max(span.start()), part.end().min(span.end()));
        if start < end {
            self.marks.push(Mark { bytes: start - span.start()..end - span.start(), role, statement });
        }
    }
}

/// The stretches in quotation marks, marks included.
fn quoted(words: &str) -> Vec<Range<usize>> {
    const PAIRS: [(char, char); 5] = [('“', '”'), ('„', '“'), ('«', '»'), ('「', '」'), ('"', '"')];
    let mut found = Vec::new();
    let mut open: Option<(usize, char)> = None;
    for (at, char) in words.char_indices() {
        match open {
            Some((start, closing)) if char == closing => {
                found.push(start..at + char.len_utf8());
                open = None;
            }
            Some(_) => {}
            None => open = PAIRS.iter().find(|(opening, _)| *opening == char).map(|(_, closing)| (at, *closing)),
        }
    }
    found
}

impl Serialize for Passage {
    /// Offsets leave as code points of `words`.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let ranges: Vec<Range<usize>> = self.marks.iter().map(|mark| mark.bytes.clone()).collect();
        let spans = ranges.iter().flat_map(|range| marks_in_code_points(&self.words, std::slice::from_ref(range)));
        let marks: Vec<MarkLine<'_>> = self
            .marks
            .iter()
            .zip(spans)
            .map(|(mark, span)| MarkLine {
                role: mark.role.name(),
                span,
                statement: (mark.statement > 0).then_some(mark.statement),
                url: if let Role::Link(url) = &mark.role { Some(url) } else { None },
            })
            .collect();
        PassageLine { words: &self.words, marks }.serialize(serializer)
    }
}

/// What leaves of a passage.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Passage")]
struct PassageLine<'a> {
    /// The words.
    words: &'a str,
    /// What is marked in them.
    marks: Vec<MarkLine<'a>>,
}

impl JsonSchema for Passage {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        PassageLine::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        PassageLine::json_schema(generator)
    }
}

/// A stretch that is marked; `span` counts code points of the passage's words.
#[derive(serde::Serialize, JsonSchema)]
#[schemars(rename = "Mark")]
struct MarkLine<'a> {
    role: &'a str,
    span: [u32; 2],
    #[serde(skip_serializing_if = "Option::is_none")]
    statement: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_quotation_marks_is_found_with_them() {
        let found = |words: &str| quoted(words).into_iter().map(|range| words[range].to_owned()).collect::<Vec<_>>();
        assert_eq!(found("open “within days” and \"soon\", he said"), ["“within days”", "\"soon\""]);
        assert_eq!(found("never “closed"), Vec::<String>::new());
    }

    #[test]
    fn offsets_leave_as_code_points() {
        let mut passage = Passage::plain("é “ja”");
        passage.marks.push(Mark { bytes: 3..11, role: Role::Quoted, statement: 2 });
        let json = serde_json::to_string(&passage).unwrap();
        assert_eq!(json, r#"{"words":"é “ja”","marks":[{"role":"quoted","span":[2,6],"statement":2}]}"#);
    }
}
