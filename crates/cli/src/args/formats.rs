//! Formats that several commands print in.

use clap::ValueEnum;
use std::io::IsTerminal;

/// Rows of a table.
#[derive(Copy, Clone, Debug, PartialEq, Eq, ValueEnum)]
pub enum RowFormat {
    /// For people, in colour on a terminal
    Text,
    /// One JSON object per line
    Jsonl,
    /// Comma-separated values
    Csv,
}

impl RowFormat {
    /// The format that was asked for, or else the one that suits standard output.
    pub fn or_default(asked: Option<RowFormat>) -> RowFormat {
        asked.unwrap_or(if std::io::stdout().is_terminal() { RowFormat::Text } else { RowFormat::Jsonl })
    }
}

/// A list.
#[derive(Copy, Clone, Debug, PartialEq, Eq, ValueEnum)]
pub enum ListFormat {
    /// For people
    Text,
    /// One JSON object per line
    Jsonl,
}
