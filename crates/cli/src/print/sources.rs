//! Who said what: statements marked in the words of an article, and listed by source after it.

use super::colours::{self, BOLD, DIM, PLAIN};
use super::rich::{Canvas, Rich, shortened};
use anstyle::{Effects, Style};
use onrecord_document::{Block, Document, Statement};
use onrecord_record::{Heading, circumstances, said, speaker};
use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

/// Longest statement that is listed whole, in characters; the article above has all of it.
const LISTED_CHARS: usize = 280;

/// The statements of one document, numbered from 1 in their order, each in the colour of its speaker.
pub struct StatementMarks {
    styles: Vec<Style>,
    /// For each block by the start of its span: parts of statements in it, with the index of the statement.
    parts: HashMap<usize, Vec<(Range<usize>, usize)>>,
    /// Where each statement ends, and its number stands.
    ends: Vec<usize>,
}

impl StatementMarks {
    /// Finds where statements stand in the blocks of a document.
    pub fn of(document: &Document) -> Self {
        let blocks = document.blocks();
        let mut speakers: HashMap<String, usize> = HashMap::new();
        let mut statements = StatementMarks { styles: Vec::new(), parts: HashMap::new(), ends: Vec::new() };
        for (nth, statement) in document.statements().iter().enumerate() {
            let next = speakers.len();
            let colour = source_key(document, statement).map(|key| *speakers.entry(key).or_insert(next));
            statements.styles.push(style(Heading::of(&statement.sourcing), colour));
            statements.ends.push(statement.content.iter().map(|span| span.end()).max().unwrap_or_default());
            for span in &statement.content {
                let first = blocks.partition_point(|block| block.span.end() <= span.start());
                for block in blocks[first..].iter().take_while(|block| block.span.start() < span.end()) {
                    let part = span.start().max(block.span.start())..span.end().min(block.span.end());
                    statements.parts.entry(block.span.start()).or_default().push((part, nth));
                }
            }
        }
        statements
    }

    /// The words of a block, its statements in the colours of their speakers and numbered where they end. Of two that
    /// overlap, the shorter part shows.
    pub fn marked(&self, document: &Document, block: &Block, style: Style) -> Rich {
        let mut rich = Rich::default();
        let whole = block.span.range();
        let parts = self.parts.get(&whole.start).map_or(&[][..], Vec::as_slice);
        // Ends come before starts at the same place, so that a number stands behind what it numbers.
        let mut events: Vec<(usize, bool, usize)> = Vec::new();
        for (nth, (part, _)) in parts.iter().enumerate() {
            events.push((part.end, false, nth));
            events.push((part.start, true, nth));
        }
        events.sort_unstable();
        let mut open: BTreeSet<(usize, usize)> = BTreeSet::new();
        let mut at = whole.start;
        for (place, starts, nth) in events {
            let (part, statement) = &parts[nth];
            rich.push(self.words(document, at..place), self.shown(&open, parts, style));
            at = place;
            if starts {
                open.insert((part.len(), nth));
            } else {
                open.remove(&(part.len(), nth));
                if self.ends[*statement] == place {
                    let number = format!("[{}]", statement + 1);
                    rich.push(&number, self.styles[*statement].effects(Effects::DIMMED));
                }
            }
        }
        rich.push(self.words(document, at..whole.end), style);
        rich
    }

    fn words<'a>(&self, document: &'a Document, range: Range<usize>) -> &'a str {
        document.span(range).map_or("", |span| document.words(span))
    }

    fn shown(&self, open: &BTreeSet<(usize, usize)>, parts: &[(Range<usize>, usize)], outside: Style) -> Style {
        open.first().map_or(outside, |(_, nth)| self.styles[parts[*nth].1])
    }
}

/// The same for all statements of one source.
fn source_key(document: &Document, statement: &Statement) -> Option<String> {
    match statement.speaker {
        Some(speaker) => Some(format!("#{}", speaker.name)),
        None => speaker(document, statement),
    }
}

/// A name stands upright, who is not named in italics, a document is underlined; nobody has no colour.
fn style(heading: Heading, speaker: Option<usize>) -> Style {
    let colour = speaker.map_or(PLAIN, colours::speaker);
    match heading {
        Heading::OnTheRecord | Heading::DeclinedToComment => colour,
        Heading::NotNamed => colour.effects(Effects::ITALIC),
        Heading::DocumentsAndMedia => colour.effects(Effects::UNDERLINE),
        Heading::NoSourceGiven => PLAIN.effects(Effects::ITALIC),
    }
}

/// The statements that `wanted` lets through under their headings, those of one source together, numbered as they are among
/// all.
pub fn write_sources(
    canvas: &Canvas,
    out: &mut String,
    document: &Document,
    statements: &StatementMarks,
    wanted: &dyn Fn(&Statement) -> bool,
) {
    if document.layers.statements.is_none() {
        return;
    }
    out.push('\n');
    canvas.paint.push(out, &"─".repeat(canvas.width), DIM);
    out.push('\n');
    if !document.statements().iter().any(wanted) {
        let found = if document.statements().is_empty() { "No statements" } else { "No such statements" };
        canvas.paragraph(out, &Rich::of(&format!("{found} were found in this article."), PLAIN), "");
        return;
    }
    let mut first = true;
    for heading in Heading::ALL {
        let sources = sources(document, heading, wanted);
        if sources.is_empty() {
            continue;
        }
        if !first {
            out.push('\n');
        }
        first = false;
        let mut title = Rich::of(heading.title(), BOLD);
        let number: usize = sources.iter().map(|source| source.statements.len()).sum();
        title.push(&format!(" · {number} {}", if number == 1 { "statement" } else { "statements" }), DIM);
        canvas.paragraph(out, &title, "");
        for source in sources {
            write_source(canvas, out, document, statements, &source);
        }
    }
}

/// One source and the indices of its statements.
struct ListedSource {
    name: Option<String>,
    statements: Vec<usize>,
}

/// The sources under a heading, in the order in which they first speak.
fn sources(document: &Document, heading: Heading, wanted: &dyn Fn(&Statement) -> bool) -> Vec<ListedSource> {
    let mut sources: Vec<ListedSource> = Vec::new();
    let mut known: HashMap<Option<String>, usize> = HashMap::new();
    for (nth, statement) in document.statements().iter().enumerate() {
        if Heading::of(&statement.sourcing) != heading || !wanted(statement) {
            continue;
        }
        let place = *known.entry(source_key(document, statement)).or_insert_with(|| {
            sources.push(ListedSource { name: speaker(document, statement), statements: Vec::new() });
            sources.len() - 1
        });
        sources[place].statements.push(nth);
    }
    sources
}

fn write_source(
    canvas: &Canvas,
    out: &mut String,
    document: &Document,
    statements: &StatementMarks,
    source: &ListedSource,
) {
    if let (Some(name), Some(first)) = (&source.name, source.statements.first()) {
        let rich =
            Rich::of(name, statements.styles[*first].effects(statements.styles[*first].get_effects() | Effects::BOLD));
        canvas.paragraph(out, &rich, "  ");
    }
    for nth in &source.statements {
        let Some(statement) = document.statements().get(*nth) else { continue };
        let number = format!("{:>5} ", format!("[{}]", nth + 1));
        let indent = " ".repeat(number.chars().count());
        let mut line = Rich::of(&shortened(&said(document, statement), LISTED_CHARS), statements.styles[*nth]);
        let details = circumstances(document, statement).join(" · ");
        if !details.is_empty() {
            line.push(&format!(" — {details}"), DIM);
        }
        line.write(out, &number, &indent, canvas.width, canvas.paint);
    }
}
