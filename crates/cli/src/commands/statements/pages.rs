//! Statements of pages that are in no archive.

use super::args::{StatementFormat, StatementsArgs};
use crate::exit::Exit;
use crate::print::article::ArticlePrinter;
use crate::print::rich::Canvas;
use crate::print::rows::csv_bytes;
use crate::run::batch::{Framing, PageBatch, Render, Rendered};
use onrecord_document::{Capture, Document, SourceKind, Stage, Statement, StatementForm};
use onrecord_intake::Unreadable;
use onrecord_record::{
    Line, STATEMENT_IN_CONTEXT_COLUMNS, speaker, statement_in_context_row, write_row, write_web_annotation,
};
use onrecord_search::query::{Leaf, Query};
use onrecord_search::text::folded;

/// Reads pages and lists their statements.
pub fn run(args: &StatementsArgs) -> Exit {
    let query = match args.query() {
        Ok(query) => query,
        Err(exit) => return exit,
    };
    let format = StatementFormat::or_default(args.format);
    let renderer = StatementRenderer {
        format,
        filter: StatementFilter::of(args, &query),
        text: ArticlePrinter { canvas: Canvas::stdout(&args.look), furniture: false },
    };
    let framing = match format {
        StatementFormat::Text => Framing::between("\n\n"),
        StatementFormat::Csv => Framing::under(csv_bytes(&STATEMENT_IN_CONTEXT_COLUMNS, true, std::iter::empty())),
        StatementFormat::Jsonl | StatementFormat::Annotations => Framing::NONE,
    };
    let batch = PageBatch {
        paths: &args.paths,
        input: args.input.kind.into(),
        threads: args.threads.count,
        framing,
        explains_itself: format == StatementFormat::Text,
    };
    batch.print(&renderer)
}

/// Which statements are wanted.
struct StatementFilter {
    /// Words of who said it, folded.
    speaker: Vec<String>,
    form: Option<StatementForm>,
    sources: Option<Vec<SourceKind>>,
    min_confidence: f32,
}

impl StatementFilter {
    fn of(args: &StatementsArgs, query: &Query) -> StatementFilter {
        let words = args.speaker.as_deref().unwrap_or_default();
        let mut filter = StatementFilter {
            speaker: words.split_whitespace().map(folded).collect(),
            form: None,
            sources: None,
            min_confidence: args.min_confidence,
        };
        let parts = match query {
            Query::And(parts) => parts.as_slice(),
            one => std::slice::from_ref(one),
        };
        for part in parts {
            match part {
                Query::Leaf(Leaf::Form(form)) => filter.form = Some(*form),
                Query::Leaf(Leaf::Source(source)) => filter.sources = Some(source.kinds()),
                _ => {}
            }
        }
        filter
    }

    fn wants(&self, document: &Document, statement: &Statement) -> bool {
        let said_by_them = || {
            let who = folded(&speaker(document, statement).unwrap_or_default());
            self.speaker.iter().all(|word| who.split(|char: char| !char.is_alphanumeric()).any(|other| other == word))
        };
        statement.confidence >= self.min_confidence
            && self.form.is_none_or(|form| statement.form == form)
            && self.sources.as_ref().is_none_or(|kinds| kinds.contains(&statement.sourcing.kind))
            && (self.speaker.is_empty() || said_by_them())
    }
}

/// Turns pages into lists of statements.
struct StatementRenderer {
    format: StatementFormat,
    filter: StatementFilter,
    text: ArticlePrinter,
}

impl StatementRenderer {
    fn rows(&self, document: &Document) -> Vec<u8> {
        let statements = document.statements().iter().enumerate();
        let wanted = statements.filter(|(_, statement)| self.filter.wants(document, statement));
        if self.format == StatementFormat::Csv {
            let rows = wanted.map(|(nth, statement)| statement_in_context_row(document, nth, statement));
            // The names of the columns stand once, above all pages.
            return csv_bytes(&STATEMENT_IN_CONTEXT_COLUMNS, false, rows);
        }
        let mut out = Vec::new();
        for (nth, statement) in wanted {
            // Writing to memory cannot fail.
            let _ = match self.format {
                StatementFormat::Annotations => write_web_annotation(document, statement, &mut out),
                _ => write_row(
                    &STATEMENT_IN_CONTEXT_COLUMNS,
                    &statement_in_context_row(document, nth, statement),
                    &mut out,
                ),
            };
            out.push(b'\n');
        }
        out
    }
}

impl Render for StatementRenderer {
    fn render(&self, capture: &Capture) -> Rendered {
        let document = onrecord_reader::read(capture, Stage::Facts);
        let output = match self.format {
            StatementFormat::Text => {
                self.text.statements(&document, &|statement| self.filter.wants(&document, statement)).into_bytes()
            }
            _ => self.rows(&document),
        };
        Rendered::of(output, document.notes)
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
