//! `onrecord statements PATH…` and `onrecord sourcing PATH…`: statements of pages that are in no archive.

use crate::Outcome;
use crate::colours::Paint;
use crate::overviews::print_sourcing;
use crate::results::{Framing, Render, Rendered, Run};
use crate::search::asked_of_statements;
use crate::search_args::{SourcingArgs, StatementFormat, StatementsArgs};
use crate::terminal::width;
use crate::text_format::TextFormat;
use onrecord_archive::SourcingCount;
use onrecord_document::{Capture, Document, Note, SourceKind, Stage, Statement, StatementForm, Terms};
use onrecord_intake::Unreadable;
use onrecord_record::{
    Line, STATEMENT_IN_CONTEXT_COLUMNS, speaker, statement_in_context_row, write_row, write_web_annotation,
};
use onrecord_search::query::{Leaf, Query};
use onrecord_search::text::folded;
use onrecord_tables::{Csv, RowSink};
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// Lists the statements of pages.
pub fn statements(args: &StatementsArgs) -> Outcome {
    let asked = match asked_of_statements(args) {
        Ok(asked) => asked,
        Err(outcome) => return outcome,
    };
    let format = StatementFormat::or_fitting(args.format);
    let list = List {
        format,
        asked: Asked::of(args, &asked),
        text: TextFormat { paint: Paint::stdout(args.look.color), width: width(args.look.width), furniture: false },
    };
    let framing = match format {
        StatementFormat::Text => Framing::between("\n\n"),
        StatementFormat::Csv => Framing::under(csv(|_| Ok(()))),
        StatementFormat::Jsonl | StatementFormat::Annotations => Framing::NONE,
    };
    let run = Run {
        paths: &args.paths,
        input: args.input.kind.into(),
        threads: args.threads.count,
        framing,
        says_itself: format == StatementFormat::Text,
    };
    run.print(&list)
}

/// Which statements are wanted.
struct Asked {
    /// Words of who said it, folded.
    speaker: Vec<String>,
    kind: Option<StatementForm>,
    sources: Option<Vec<SourceKind>>,
    min_confidence: f32,
}

impl Asked {
    fn of(args: &StatementsArgs, query: &Query) -> Asked {
        let words = args.speaker.as_deref().unwrap_or_default();
        let mut asked = Asked {
            speaker: words.split_whitespace().map(folded).collect(),
            kind: None,
            sources: None,
            min_confidence: args.min_confidence,
        };
        let parts = match query {
            Query::And(parts) => parts.as_slice(),
            one => std::slice::from_ref(one),
        };
        for part in parts {
            match part {
                Query::Leaf(Leaf::Form(kind)) => asked.kind = Some(*kind),
                Query::Leaf(Leaf::Source(source)) => asked.sources = Some(source.kinds()),
                _ => {}
            }
        }
        asked
    }

    fn wants(&self, document: &Document, statement: &Statement) -> bool {
        let said_by_them = || {
            let who = folded(&speaker(document, statement).unwrap_or_default());
            self.speaker.iter().all(|word| who.split(|char: char| !char.is_alphanumeric()).any(|other| other == word))
        };
        statement.confidence >= self.min_confidence
            && self.kind.is_none_or(|kind| statement.form == kind)
            && self.sources.as_ref().is_none_or(|kinds| kinds.contains(&statement.sourcing.kind))
            && (self.speaker.is_empty() || said_by_them())
    }
}

/// Turns pages into lists of statements.
struct List {
    format: StatementFormat,
    asked: Asked,
    text: TextFormat,
}

impl List {
    fn rows(&self, document: &Document) -> Vec<u8> {
        let statements = document.statements().iter().enumerate();
        let wanted = statements.filter(|(_, statement)| self.asked.wants(document, statement));
        let columns = &STATEMENT_IN_CONTEXT_COLUMNS;
        let mut out = Vec::new();
        if self.format == StatementFormat::Csv {
            let whole = csv(|rows| {
                wanted
                    .map(|(nth, statement)| statement_in_context_row(document, nth, statement))
                    .try_for_each(|row| rows.row(&row))
            });
            // The names of the columns stand once, above all pages.
            return whole.split_once("\r\n").map_or(Vec::new(), |(_, rows)| rows.as_bytes().to_vec());
        }
        for (nth, statement) in wanted {
            // Writing to memory cannot fail.
            let _ = match self.format {
                StatementFormat::Annotations => write_web_annotation(document, statement, &mut out),
                _ => write_row(columns, &statement_in_context_row(document, nth, statement), &mut out),
            };
            out.push(b'\n');
        }
        out
    }
}

/// A table of statements, its columns' names first.
fn csv(fill: impl FnOnce(&mut Csv<&mut Vec<u8>>) -> std::io::Result<()>) -> String {
    let mut out = Vec::new();
    // Writing to memory cannot fail.
    let _ = Csv::new(&STATEMENT_IN_CONTEXT_COLUMNS, &mut out).and_then(|mut rows| fill(&mut rows));
    String::from_utf8(out).unwrap_or_default()
}

impl Render for List {
    fn render(&self, capture: &Capture) -> Rendered {
        let document = onrecord_reader::read(capture, Stage::Facts);
        let output = match self.format {
            StatementFormat::Text => {
                self.text.statements(&document, &|statement| self.asked.wants(&document, statement)).into_bytes()
            }
            _ => self.rows(&document),
        };
        rendered(output, document.notes)
    }

    fn unreadable(&self, unreadable: &Unreadable) -> Vec<u8> {
        let Unreadable { id, note, bytes } = unreadable;
        match self.format {
            StatementFormat::Text => self.text.unreadable(id, note).into_bytes(),
            // The contract's line for such a page; a table has no row for it, and standard error says why.
            StatementFormat::Jsonl => {
                let mut line = Vec::new();
                let _ = Line::unreadable(id, note, *bytes).write(&mut line);
                line.push(b'\n');
                line
            }
            StatementFormat::Csv | StatementFormat::Annotations => Vec::new(),
        }
    }
}

fn rendered(output: Vec<u8>, notes: Vec<Note>) -> Rendered {
    let unread = notes.iter().any(|note| note.code == "panic");
    Rendered { output, reasons: notes.into_iter().map(|note| note.message).collect(), unread }
}

/// Sums up on whose authority pages report.
pub fn sourcing(args: &SourcingArgs) -> Outcome {
    let sum = Sum { digits: args.by.stretches().digits(), counts: Mutex::default() };
    let run = Run {
        paths: &args.paths,
        input: args.input.kind.into(),
        threads: args.threads.count,
        framing: Framing::NONE,
        says_itself: false,
    };
    let read = run.print(&sum);
    let counts: Vec<SourcingCount> =
        sum.counts.into_inner().unwrap_or_else(PoisonError::into_inner).into_values().collect();
    match print_sourcing(args, &counts) {
        Outcome::Done => read,
        printed => printed,
    }
}

/// Counts statements by outlet and stretch of time.
struct Sum {
    /// Characters of a date that tell stretches apart.
    digits: usize,
    counts: Mutex<BTreeMap<(String, String), SourcingCount>>,
}

impl Render for Sum {
    fn render(&self, capture: &Capture) -> Rendered {
        let document = onrecord_reader::read(capture, Stage::Facts);
        let statements = document.statements();
        if !statements.is_empty() {
            let outlet = document.fields.site.as_ref().map_or(String::new(), |site| site.value.clone());
            let published = document.fields.published.as_ref().map_or(String::new(), |moment| moment.value.to_string());
            let time: String = published.chars().take(self.digits).collect();
            let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
            let none = |(outlet, time): &(String, String)| SourcingCount::none(outlet.clone(), time.clone());
            let count = counts.entry((outlet, time)).or_insert_with_key(none);
            count.articles += 1;
            count.statements += statements.len() as u64;
            for statement in statements {
                let place = SourceKind::ALL.iter().position(|kind| *kind == statement.sourcing.kind);
                place.and_then(|at| count.by_source.get_mut(at)).into_iter().for_each(|number| *number += 1);
                let place = Terms::ALL.iter().position(|terms| *terms == statement.sourcing.terms);
                place.and_then(|at| count.by_terms.get_mut(at)).into_iter().for_each(|number| *number += 1);
            }
        }
        rendered(Vec::new(), document.notes)
    }

    fn unreadable(&self, _: &Unreadable) -> Vec<u8> {
        Vec::new()
    }
}
