//! Comma-separated values (RFC 4180) that no spreadsheet runs.
//!
//! Not by the `csv` crate: it chooses for a whole writer which fields are quoted. Here it depends on the field: a semicolon or
//! a tab, at which spreadsheets of some countries split lines, and an apostrophe that guards a formula need quotation marks,
//! and quoting every field would change every table. The tests below show each.

use super::RowSink;
use onrecord_record::{Cell, Column};
use std::io::{self, Write};

/// Rows as comma-separated values in UTF-8, ended by CRLF, under a line with the names of the columns.
///
/// A text that a spreadsheet would take for a formula (it begins with `=`, `+`, `-`, `@` or one of their wide forms, a tab
/// or a carriage return, or with white space before one of them) gets an apostrophe before it, which spreadsheets hide.
/// Absent values are empty, as empty texts are.
pub struct Csv<W> {
    out: W,
    line: String,
}

impl<W: Write> Csv<W> {
    /// Rows of these columns, to `out`.
    pub fn new(columns: &[Column], out: W) -> io::Result<Self> {
        let mut csv = Csv { out, line: String::new() };
        let names: Vec<Cell<'_>> = columns.iter().map(|column| Cell::text(Some(column.name))).collect();
        csv.row(&names)?;
        Ok(csv)
    }
}

impl<W: Write> RowSink for Csv<W> {
    fn row(&mut self, row: &[Cell<'_>]) -> io::Result<()> {
        self.line.clear();
        for (nth, cell) in row.iter().enumerate() {
            if nth > 0 {
                self.line.push(',');
            }
            match cell {
                Cell::Text(Some(words)) => push_text(words, &mut self.line),
                Cell::Number(Some(number)) => self.line.push_str(&number.to_string()),
                Cell::Real(Some(number)) => self.line.push_str(&number.to_string()),
                Cell::Flag(Some(flag)) => self.line.push_str(if *flag { "true" } else { "false" }),
                Cell::Text(None) | Cell::Number(None) | Cell::Real(None) | Cell::Flag(None) => {}
            }
        }
        self.line.push_str("\r\n");
        self.out.write_all(self.line.as_bytes())
    }

    fn finish(mut self) -> io::Result<()> {
        self.out.flush()
    }
}

fn push_text(words: &str, line: &mut String) {
    let guarded = is_formula(words);
    if !guarded && !words.contains(['"', ',', '\n', '\r', ';', '\t']) && words.trim() == words {
        return line.push_str(words);
    }
    line.push('"');
    if guarded {
        line.push('\'');
    }
    for char in words.chars() {
        match char {
            '"' => line.push_str("\"\""),
            // Some readers end at it.
            '\0' => line.push('\u{FFFD}'),
            char => line.push(char),
        }
    }
    line.push('"');
}

/// Whether a spreadsheet would take a text for a formula.
fn is_formula(words: &str) -> bool {
    let shown = words.trim_start_matches(|char: char| char.is_whitespace() || matches!(char, '\u{200B}' | '\u{FEFF}'));
    words.starts_with(['\t', '\r']) || shown.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)] // a panic is how a test reports

    use super::*;
    use onrecord_record::CellKind;

    fn written(rows: &[Vec<Cell<'_>>]) -> String {
        let columns = [Column { name: "a", kind: CellKind::Text, about: "" }];
        let mut out = Vec::new();
        let mut csv = Csv::new(&columns, &mut out).unwrap();
        rows.iter().for_each(|row| csv.row(row).unwrap());
        csv.finish().unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn marks_and_line_breaks_are_quoted() {
        let row =
            vec![Cell::text(Some("a \"b\", c\nd")), Cell::Number(Some(-7)), Cell::Real(None), Cell::Flag(Some(true))];
        assert_eq!(written(&[row]), "a\r\n\"a \"\"b\"\", c\nd\",-7,,true\r\n");
    }

    #[test]
    fn what_other_spreadsheets_split_at_is_quoted() {
        let row = [Cell::text(Some("a; b")), Cell::text(Some("a\tb")), Cell::text(Some(" a")), Cell::text(Some("a b"))];
        assert_eq!(written(&[row.to_vec()]), "a\r\n\"a; b\",\"a\tb\",\" a\",a b\r\n");
    }

    #[test]
    fn a_text_that_looks_like_a_formula_is_none() {
        for formula in ["=cmd|' /C calc'!A0", "+1", "-2+3", "@SUM(A1)", "\t=1", " =1", "＝1", "\r=1", "\u{FEFF}=1"] {
            let csv = written(&[vec![Cell::text(Some(formula))]]);
            assert!(csv.starts_with("a\r\n\"'"), "{csv:?}");
        }
        assert_eq!(written(&[vec![Cell::text(Some("5 = 5"))]]), "a\r\n5 = 5\r\n");
    }
}
