//! Statements in an archive.

use super::args::{StatementFormat, StatementsArgs};
use crate::exit::Exit;
use crate::print::found::{FoundDocuments, statement_row};
use crate::print::hits::HitPrinter;
use crate::print::output;
use crate::print::rich::Canvas;
use crate::print::rows::RowPrinter;
use crate::run::searching;
use crate::run::store::failed;
use onrecord_archive::Archive;
use onrecord_record::{STATEMENT_IN_CONTEXT_COLUMNS, write_web_annotation};
use onrecord_search::{Found, Hit, Kind, MAX_LIMIT, Request, Sort, StatementHit};
use std::io::{self, Write};

/// Lists all statements in the archive that meet the conditions, newest first.
pub fn run(args: &StatementsArgs) -> Exit {
    list(args).unwrap_or_else(|exit| exit)
}

fn list(args: &StatementsArgs) -> Result<Exit, Exit> {
    let mut search = searching::open(&args.archive)?;
    let mut request = Request {
        sort: Sort::Time,
        limit: MAX_LIMIT,
        min_confidence: args.min_confidence,
        ..Request::new(args.query()?, Kind::Statements)
    };
    let mut printer = StatementPrinter::new(args).map_err(|error| output::written(Err(error)))?;
    let mut is_first = true;
    loop {
        let found = search.find(&request).map_err(failed)?;
        if is_first {
            searching::warn(&found);
        }
        match printer.page(search.archive(), &found, is_first).map_err(failed)? {
            Ok(()) => {}
            stopped => return Ok(output::written(stopped)),
        }
        is_first = false;
        match found.next {
            Some(next) => request.after = Some(next),
            None => return Ok(output::written(printer.finish())),
        }
    }
}

/// Prints pages of results in one of the formats.
enum StatementPrinter {
    Text(HitPrinter),
    Rows(RowPrinter<'static>),
    Annotations,
}

impl StatementPrinter {
    fn new(args: &StatementsArgs) -> io::Result<Self> {
        Ok(match StatementFormat::or_default(args.format) {
            StatementFormat::Text => StatementPrinter::Text(HitPrinter { canvas: Canvas::stdout(&args.look) }),
            StatementFormat::Jsonl => StatementPrinter::Rows(RowPrinter::json_lines(&STATEMENT_IN_CONTEXT_COLUMNS)),
            StatementFormat::Csv => StatementPrinter::Rows(RowPrinter::csv(&STATEMENT_IN_CONTEXT_COLUMNS)?),
            StatementFormat::Annotations => StatementPrinter::Annotations,
        })
    }

    /// Prints a page of results. The outer error is the archive's, the inner one the output's.
    fn page(&mut self, archive: &Archive, found: &Found, is_first: bool) -> onrecord_archive::Result<io::Result<()>> {
        if let StatementPrinter::Text(printer) = self {
            let mut out = String::new();
            if is_first {
                printer.heading(&mut out, found.total, Kind::Statements);
            }
            found.hits.iter().for_each(|hit| printer.hit(&mut out, hit));
            return Ok(write(out.as_bytes()));
        }
        let mut documents = FoundDocuments::of(archive);
        for hit in found.hits.iter().filter_map(statement) {
            let printed = documents.with(hit, |document, statement| match self {
                StatementPrinter::Rows(rows) => rows.row(&statement_row(hit, document, statement)),
                _ => {
                    let mut line = Vec::new();
                    write_web_annotation(document, statement, &mut line)?;
                    line.push(b'\n');
                    write(&line)
                }
            })?;
            if let Some(Err(error)) = printed {
                return Ok(Err(error));
            }
        }
        Ok(Ok(()))
    }

    fn finish(self) -> io::Result<()> {
        match self {
            StatementPrinter::Rows(rows) => rows.finish(),
            _ => Ok(()),
        }
    }
}

fn statement(hit: &Hit) -> Option<&StatementHit> {
    match hit {
        Hit::Statement(hit) => Some(hit),
        Hit::Article(_) => None,
    }
}

fn write(bytes: &[u8]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(bytes).and_then(|()| out.flush())
}
