//! Columns and cells.

use crate::json::write_escaped;
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};
use std::borrow::Cow;
use std::io;

/// What the cells of a column hold.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum CellKind {
    /// Words.
    Text,
    /// A whole number.
    Number,
    /// A number with decimals.
    Real,
    /// Yes or no.
    Flag,
}

/// A column.
#[derive(Copy, Clone, Debug)]
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// What its cells hold.
    pub kind: CellKind,
    /// What it says.
    pub about: &'static str,
}

/// A value; each kind may be absent.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs)] // see CellKind
pub enum Cell<'a> {
    Text(Option<Cow<'a, str>>),
    Number(Option<i64>),
    Real(Option<f64>),
    Flag(Option<bool>),
}

impl<'a> Cell<'a> {
    /// Words, or nothing.
    pub fn text(words: Option<impl Into<Cow<'a, str>>>) -> Self {
        Cell::Text(words.map(Into::into))
    }

    /// The kind that it is of.
    pub fn kind(&self) -> CellKind {
        match self {
            Cell::Text(_) => CellKind::Text,
            Cell::Number(_) => CellKind::Number,
            Cell::Real(_) => CellKind::Real,
            Cell::Flag(_) => CellKind::Flag,
        }
    }
}

/// Writes a row as a JSON object under the names of its columns, without a line break.
pub fn write_row<W: io::Write>(columns: &[Column], row: &[Cell<'_>], out: W) -> io::Result<()> {
    write_escaped(out, &NamedCells { columns, row }, false)
}

struct NamedCells<'a> {
    columns: &'a [Column],
    row: &'a [Cell<'a>],
}

impl Serialize for NamedCells<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.row.len()))?;
        for (column, cell) in self.columns.iter().zip(self.row) {
            match cell {
                Cell::Text(value) => map.serialize_entry(column.name, value)?,
                Cell::Number(value) => map.serialize_entry(column.name, value)?,
                Cell::Real(value) => map.serialize_entry(column.name, value)?,
                Cell::Flag(value) => map.serialize_entry(column.name, value)?,
            }
        }
        map.end()
    }
}
