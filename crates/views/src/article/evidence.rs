//! Where something stands: its words in the article and its bytes on the page.

use crate::ArticleRef;
use crate::article::fact::Fact;
use crate::article::lines::{Window, window};
use crate::article::{Field, Page, fields, statements};
use crate::statement::joined;
use crate::words;
use onrecord_archive::{Archive, Listed, Result, default_place};
use onrecord_document::{Document, Statement};
use onrecord_record::CodePoints;
use onrecord_span::{Bytes, Span, Text};
use schemars::JsonSchema;
use serde::Serialize;

/// What a statement, or a page's fields, rest on.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Evidence {
    /// The article.
    pub article: ArticleRef,
    /// The statement's number, from 1; `None` where it is about what the page states of itself.
    pub statement: Option<usize>,
    /// What it is about, in a sentence.
    pub title: String,
    /// Every field, in the order of the text, with its place.
    pub facts: Vec<Fact>,
    /// The one that was asked for, or the first.
    pub current: String,
    /// The page.
    pub page: Page,
    /// The page's own bytes around the facts.
    pub source: Window,
    /// What shows the page's hash with other tools than ours.
    pub hash_command: String,
    /// What cuts the current fact's bytes out of the page; one for each range.
    pub cut_commands: Vec<String>,
    /// Who read it: stage and version.
    pub read_by: String,
    /// How sure the reader is, where that can be told.
    pub confidence: Option<f32>,
}

impl Evidence {
    /// The evidence of a statement (from 1) or, without one, of what the page states; `None` where there is no such
    /// statement. `fact`: the one that is meant.
    pub fn of(
        archive: &Archive,
        listed: &Listed,
        number: Option<usize>,
        fact: Option<&str>,
    ) -> Result<Option<Evidence>> {
        let document = archive.document(listed.id)?;
        let statement = match number {
            Some(number) => match number.checked_sub(1).and_then(|nth| statements(&document).get(nth)) {
                Some(statement) => Some(statement),
                None => return Ok(None),
            },
            None => None,
        };
        let facts = match statement {
            Some(statement) => of_statement(&document, statement),
            None => fields(&document).into_iter().map(of_field).collect(),
        };
        let wanted = fact.unwrap_or("content");
        // What was asked for may be the first of several: `content` for `content-1`.
        let current = facts
            .iter()
            .find(|known| known.name == wanted)
            .or_else(|| facts.iter().find(|known| known.name.starts_with(wanted)))
            .or(facts.first());
        let capture = document.capture();
        let command = page_command(archive, &capture.hash.to_string());
        let ranges = current.map_or(&[][..], |current| &current.bytes);
        let cut = |[start, end]: &[u32; 2]| format!("{command} | tail -c +{} | head -c {}", start + 1, end - start);
        let producers = listed.reading.producers;
        let version = if statement.is_some() { producers.facts } else { producers.article };
        Ok(Some(Evidence {
            article: ArticleRef::of(listed),
            statement: number,
            title: match (statement, current) {
                (Some(statement), _) => title(&document, statement),
                (None, Some(current)) => format!("{}: {}", current.label, words::shortened(&current.read_as, 90)),
                (None, None) => "This page states nothing about itself".to_owned(),
            },
            current: current.map_or(String::new(), |current| current.name.clone()),
            source: window(&document, &facts, ranges),
            page: Page {
                hash: capture.hash.to_string(),
                bytes: capture.page.as_bytes().len() as u64,
                encoding: document.encoding(),
                media_type: capture.media.media_type(),
                origin: capture.origin.to_string(),
                fetched: listed.fetched.clone(),
            },
            hash_command: format!("{command} | sha256sum"),
            cut_commands: ranges.iter().map(cut).collect(),
            read_by: format!(
                "onrecord {}, {} {}",
                env!("CARGO_PKG_VERSION"),
                if statement.is_some() { "facts" } else { "article" },
                version.unwrap_or("not run")
            ),
            confidence: statement.map(|statement| statement.confidence),
            facts,
        }))
    }

    /// The fact that is meant.
    pub fn fact(&self) -> Option<&Fact> {
        self.facts.iter().find(|fact| fact.name == self.current)
    }
}

/// The command that prints a page as it came.
fn page_command(archive: &Archive, hash: &str) -> String {
    let place = archive.place();
    // The usual place needs no name.
    if default_place().is_some_and(|usual| usual == place) {
        return format!("onrecord page {}", &hash[..12]);
    }
    let place = std::path::absolute(place).unwrap_or_else(|_| place.to_owned()).to_string_lossy().into_owned();
    let plain = |char: char| char.is_alphanumeric() || matches!(char, '/' | '.' | '-' | '_' | '+' | ',' | ':' | '@');
    let place = if place.chars().all(plain) { place } else { format!("'{}'", place.replace('\'', r"'\''")) };
    format!("onrecord page --archive {place} {}", &hash[..12])
}

/// "A senior European diplomat, direct, on condition of anonymity".
fn title(document: &Document, statement: &Statement) -> String {
    let named = statement.speaker.and_then(|speaker| document.layers.names.as_ref()?.items.get(speaker.name as usize));
    let who = match named {
        Some(named) => words::folded(document.words(named.name)),
        None if statement.source.is_empty() => "No source is given".to_owned(),
        None => joined(document.buffer(), &statement.source),
    };
    let who = words::capital(&who);
    let said = words::shortened(&joined(document.buffer(), &statement.content), 80);
    format!("{who}: {said}")
}

fn of_field(field: Field) -> Fact {
    let label = match field.name.split('.').collect::<Vec<_>>().as_slice() {
        ["authors", nth] => numbered("Author", nth),
        ["bylines", nth, _] => numbered("Byline", nth),
        ["topics", nth] => numbered("Topic", nth),
        ["images", nth, part] => format!("{}, {part}", numbered("Picture", nth)),
        ["links", nth, _] => format!("{}, address", numbered("Link", nth)),
        ["related", nth, part] => format!("{}, {part}", numbered("Related", nth)),
        ["site"] => "Outlet".to_owned(),
        ["url"] => "Address".to_owned(),
        ["canonical_url"] => "Canonical address".to_owned(),
        ["modified"] => "Changed".to_owned(),
        [name, ..] => {
            let mut chars = name.chars();
            chars.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(chars).collect()
        }
        [] => String::new(),
    };
    Fact {
        label,
        words: field.as_written,
        read_as: field.value,
        characters: None,
        bytes: field.bytes,
        basis: match field.basis {
            "url" => Some("the page’s address"),
            "header" => Some("what came with the page"),
            "detected" => Some("worked out from the text"),
            _ => None,
        },
        name: field.name,
        span: None,
    }
}

fn numbered(label: &str, nth: &str) -> String {
    match nth.parse::<usize>() {
        Ok(0) | Err(_) => label.to_owned(),
        Ok(nth) => format!("{label} {}", nth + 1),
    }
}

fn of_statement(document: &Document, statement: &Statement) -> Vec<Fact> {
    let points = CodePoints::of(document.buffer().as_str());
    let mut facts: Vec<Fact> = Vec::new();
    let mut add = |name: String, label: String, span: Span<Text>, read_as: String| {
        let bytes = |span: Span<Bytes>| [span.start() as u32, span.end() as u32];
        facts.push(Fact {
            name,
            label,
            words: words::folded(document.words(span)),
            read_as,
            characters: Some(points.span(span)),
            bytes: document.evidence(span).into_iter().map(bytes).collect(),
            basis: None,
            span: Some(span),
        });
    };
    let mut several = |name: &str, label: &str, spans: &[Span<Text>], read_as: &str| {
        for (nth, span) in spans.iter().enumerate() {
            let (name, label) = match spans.len() {
                1 => (name.to_owned(), label.to_owned()),
                _ => (format!("{name}-{}", nth + 1), format!("{label}, part {}", nth + 1)),
            };
            add(name, label, *span, read_as.to_owned());
        }
    };
    let sourcing = &statement.sourcing;
    let act = statement.act.name();
    several("content", "Content", &statement.content, statement.form.name());
    several("cue", "Cue", &statement.cue, act);
    let source = format!("{}, {}", words::source(sourcing.kind).to_lowercase(), words::sources(sourcing.count));
    several("source", "Source", &statement.source, &source);
    let named = statement
        .speaker
        .and_then(|speaker| Some((speaker, document.layers.names.as_ref()?.items.get(speaker.name as usize)?)));
    if let Some((speaker, named)) = named {
        if !statement.source.contains(&speaker.span) {
            let sure = format!("same person, confidence {}", words::confidence(speaker.confidence));
            several("speaker", "Named by", &[speaker.span], &sure);
        }
        if named.name != speaker.span && !statement.source.contains(&named.name) {
            several("name", "Full name", &[named.name], "fullest name in the article");
        }
        several("role", "Role", named.role.as_slice(), "role");
        several("affiliation", "Affiliation", named.affiliation.as_slice(), "affiliation");
    }
    let terms = words::terms(sourcing.terms).to_lowercase();
    let count = words::sources(sourcing.count);
    for (name, span) in sourcing.spans() {
        let (label, read_as) = match name {
            "terms" => ("Terms", terms.as_str()),
            "count" => ("Count", count.as_str()),
            "members" => ("Among them", "members of the group"),
            "reason" => ("Reason", "why no name is given"),
            "basis" => ("Basis", "how they know"),
            "rank" => ("Rank", "rank"),
            "occasion" => ("Occasion", "where it was said"),
            "medium" => ("Medium", "by what it was said"),
            "time" => ("Time said", "when it was said"),
            "addressee" => ("To", "to whom"),
            _ => ("Backed", "borne out by"),
        };
        several(name, label, span.as_slice(), read_as);
    }
    facts.sort_by_key(|fact| fact.characters);
    facts
}

/// A block's words, and the facts that stand in them as byte ranges of the words.
pub type QuietBlock = (String, Vec<(std::ops::Range<usize>, String)>);

/// The words of the article around a statement, with its facts marked, to be shown in a sandbox.
pub struct Quiet {
    /// The headline.
    pub title: String,
    /// The blocks of the article, in the order of the page.
    pub blocks: Vec<QuietBlock>,
    /// ISO 639 code.
    pub language: Option<String>,
    /// Whether its script runs from right to left.
    pub right_to_left: bool,
}

impl Quiet {
    /// The quiet rendering of a document, for the facts of a statement or of the page.
    pub fn of(archive: &Archive, listed: &Listed, evidence: &Evidence) -> Result<Quiet> {
        let document = archive.document(listed.id)?;
        let mut blocks: Vec<_> = document
            .blocks()
            .iter()
            .filter(|block| {
                block.kind.states_facts()
                    || block.kind == onrecord_document::BlockKind::Byline
                    || block.kind == onrecord_document::BlockKind::Dateline
            })
            .collect();
        blocks.sort_by_key(|block| block.order);
        let shown = blocks.into_iter().map(|block| {
            let words = document.words(block.span).to_owned();
            let mut facts: Vec<(std::ops::Range<usize>, String)> = Vec::new();
            for fact in &evidence.facts {
                let range = match fact.span {
                    Some(span) if span.overlaps(block.span) => {
                        let start = span.start().max(block.span.start()) - block.span.start();
                        Some(start..span.end().min(block.span.end()) - block.span.start())
                    }
                    Some(_) => None,
                    // A field of the page is marked where its words stand in the article.
                    None if !fact.words.is_empty() && fact.name == evidence.current => {
                        words.find(&fact.words).map(|at| at..at + fact.words.len())
                    }
                    None => None,
                };
                facts.extend(range.map(|range| (range, fact.name.clone())));
            }
            (words, facts)
        });
        Ok(Quiet {
            title: evidence.article.title().to_owned(),
            blocks: shown.collect(),
            language: listed.language.clone(),
            right_to_left: crate::article::is_right_to_left(listed.language.as_deref()),
        })
    }
}
