//! Articles and statements as tables that other tools open: CSV, Parquet, and JSON Lines.
//!
//! ```no_run
//! use onrecord_tables::{Csv, RowSink, Table, write_rows};
//!
//! # let documents: Vec<onrecord_document::Document> = Vec::new();
//! let mut csv = Csv::new(Table::Statements.columns(), std::io::stdout())?;
//! for document in &documents {
//!     write_rows(Table::Statements, document, &mut csv)?;
//! }
//! csv.finish()?;
//! # Ok::<(), std::io::Error>(())
//! ```
//!
//! Invariants: the columns are those of `onrecord-record`, in their order, whatever the format. Nothing in a row says when
//! something was added: two archives of the same pages give the same bytes.

mod csv;
mod parquet;

use onrecord_document::Document;
use onrecord_record::{ARTICLE_COLUMNS, Cell, Column, STATEMENT_COLUMNS, article_row, statement_rows, write_row};
use std::io::{self, Write};

pub use csv::Csv;
pub use parquet::Parquet;

/// What rows are.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Table {
    /// One for each article, with its text.
    Articles,
    /// One for each statement.
    Statements,
}

impl Table {
    /// The columns, in order.
    pub fn columns(self) -> &'static [Column] {
        match self {
            Table::Articles => ARTICLE_COLUMNS,
            Table::Statements => STATEMENT_COLUMNS,
        }
    }
}

/// Takes rows one after the other.
pub trait RowSink {
    /// Takes a row, whose cells are those of the columns that the sink was made for.
    fn row(&mut self, row: &[Cell<'_>]) -> io::Result<()>;
    /// Ends the output: nothing is whole before.
    fn finish(self) -> io::Result<()>;
}

/// Rows as JSON objects, one a line.
pub struct JsonLines<'c, W> {
    columns: &'c [Column],
    out: W,
}

impl<'c, W: Write> JsonLines<'c, W> {
    /// Rows of these columns, to `out`.
    pub fn new(columns: &'c [Column], out: W) -> Self {
        JsonLines { columns, out }
    }
}

impl<W: Write> RowSink for JsonLines<'_, W> {
    fn row(&mut self, row: &[Cell<'_>]) -> io::Result<()> {
        write_row(self.columns, row, &mut self.out)?;
        self.out.write_all(b"\n")
    }

    fn finish(mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// Gives the rows of a document to `sink`.
pub fn write_rows(table: Table, document: &Document, sink: &mut impl RowSink) -> io::Result<()> {
    match table {
        Table::Articles => sink.row(&article_row(document)),
        Table::Statements => statement_rows(document).try_for_each(|row| sink.row(&row)),
    }
}
