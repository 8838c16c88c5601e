//! Everything in the archive as tables that other tools open: CSV and Parquet, of articles or of statements. JSON Lines of
//! articles are the contract's lines ([`Archive::write_lines`](crate::Archive::write_lines)); of statements, rows.
//!
//! Rows are sorted by the article's id and say nothing of when something was added: two archives of the same pages export
//! the same bytes.

mod csv;
mod parquet;

use crate::{Archive, Error, Result};
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

impl Archive {
    /// Gives every row of a table to `sink`, all of one moment.
    pub fn export(&self, table: Table, mut sink: impl RowSink) -> Result<()> {
        let failed = |error| Error::Io("the output".into(), error);
        self.at_once(|| {
            for id in self.ids_by_name()? {
                let document = self.document(id)?;
                match table {
                    Table::Articles => sink.row(&article_row(&document)).map_err(failed)?,
                    Table::Statements => {
                        statement_rows(&document).try_for_each(|row| sink.row(&row)).map_err(failed)?;
                    }
                }
            }
            Ok(())
        })?;
        sink.finish().map_err(failed)
    }
}
