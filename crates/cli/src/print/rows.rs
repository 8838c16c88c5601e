//! Rows of a table as CSV or JSON Lines.

use super::output;
use crate::exit::Exit;
use onrecord_record::{Cell, Column};
use onrecord_tables::{Csv, JsonLines, RowSink};
use std::io::{self, BufWriter, StdoutLock};

/// Takes rows, and prints them to standard output.
pub enum RowPrinter<'c> {
    Csv(Csv<BufWriter<StdoutLock<'static>>>),
    JsonLines(JsonLines<'c, BufWriter<StdoutLock<'static>>>),
}

impl<'c> RowPrinter<'c> {
    /// Prints CSV, with the names of the columns in the first line.
    pub fn csv(columns: &'c [Column]) -> io::Result<Self> {
        Csv::new(columns, BufWriter::new(io::stdout().lock())).map(RowPrinter::Csv)
    }

    /// Prints one JSON object per line.
    pub fn json_lines(columns: &'c [Column]) -> Self {
        RowPrinter::JsonLines(JsonLines::new(columns, BufWriter::new(io::stdout().lock())))
    }

    /// Prints a row, whose cells are those of the columns.
    pub fn row(&mut self, row: &[Cell<'_>]) -> io::Result<()> {
        match self {
            RowPrinter::Csv(csv) => csv.row(row),
            RowPrinter::JsonLines(lines) => lines.row(row),
        }
    }

    /// Prints what is still buffered.
    pub fn finish(self) -> io::Result<()> {
        match self {
            RowPrinter::Csv(csv) => csv.finish(),
            RowPrinter::JsonLines(lines) => lines.finish(),
        }
    }
}

/// Prints all rows, as CSV or as JSON Lines.
pub fn print_rows<'a>(columns: &[Column], as_csv: bool, mut rows: impl Iterator<Item = Vec<Cell<'a>>>) -> Exit {
    let printer = if as_csv { RowPrinter::csv(columns) } else { Ok(RowPrinter::json_lines(columns)) };
    output::written(printer.and_then(|mut printer| {
        rows.try_for_each(|row| printer.row(&row))?;
        printer.finish()
    }))
}

/// Rows as CSV, with or without the names of the columns before them.
pub fn csv_bytes<'a>(columns: &[Column], named: bool, mut rows: impl Iterator<Item = Vec<Cell<'a>>>) -> Vec<u8> {
    let mut out = Vec::new();
    // Writing to memory cannot fail.
    let _ = Csv::new(columns, &mut out).and_then(|mut csv| {
        rows.try_for_each(|row| csv.row(&row))?;
        csv.finish()
    });
    if !named && let Some(end) = out.windows(2).position(|pair| pair == b"\r\n") {
        out.drain(..end + 2);
    }
    out
}
