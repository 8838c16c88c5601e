//! Counts of sources as text, CSV and JSON Lines.

use super::args::{Period, SourcingArgs};
use crate::args::RowFormat;
use crate::exit::Exit;
use crate::print::colours::{BOLD, DIM, PLAIN};
use crate::print::output;
use crate::print::rich::{Canvas, Rich};
use crate::print::rows::print_rows;
use onrecord_archive::SourcingCount;
use onrecord_document::{SourceKind, Terms};
use onrecord_record::{Cell, CellKind, Column};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Widest column of outlets.
const NAME_WIDTH: usize = 36;

/// Prints on whose authority outlets report.
pub fn print(args: &SourcingArgs, counts: &[SourcingCount]) -> Exit {
    let format = RowFormat::or_default(args.format);
    if format != RowFormat::Text {
        let rows = counts.iter().map(|count| {
            let mut row = vec![
                Cell::text((!count.outlet.is_empty()).then_some(count.outlet.as_str())),
                Cell::text((!count.time.is_empty()).then_some(count.time.as_str())),
                Cell::Number(Some(count.articles as i64)),
                Cell::Number(Some(count.statements as i64)),
            ];
            row.extend(count.by_source.iter().chain(&count.by_terms).map(|count| Cell::Number(Some(*count as i64))));
            row
        });
        return print_rows(&columns(), format == RowFormat::Csv, rows);
    }
    let canvas = Canvas::stdout(&args.look);
    let mut out = String::new();
    if counts.is_empty() {
        let nothing = match args.paths.is_empty() {
            true => "This archive has no statements yet: add pages with `onrecord add PATH`.",
            false => "No statements were found in these pages.",
        };
        canvas.paragraph(&mut out, &Rich::of(nothing, PLAIN), "");
        return output::print(out.as_bytes());
    }
    let name = |count: &SourcingCount| {
        let outlet = if count.outlet.is_empty() { "(outlet not stated)" } else { &count.outlet };
        match (args.by, count.time.as_str()) {
            (Period::All, _) => outlet.to_owned(),
            (_, "") => format!("{outlet}, undated"),
            (_, time) => format!("{outlet}, {time}"),
        }
    };
    let widest = counts.iter().map(|count| name(count).width()).max().unwrap_or(0).min(NAME_WIDTH);
    let head = ["named", "unnamed", "document", "other", "anonymity", "statements"];
    let mut line = Rich::of(&" ".repeat(widest), PLAIN);
    head.iter().for_each(|word| line.push(&format!("{word:>11}"), DIM));
    canvas.table_line(&mut out, &line);
    for count in counts {
        let named = count.of(&[SourceKind::NamedPerson, SourceKind::NamedOrganisation]);
        let unnamed = count.of(&[SourceKind::UnnamedPerson, SourceKind::UnnamedGroup]);
        let document = count.of(&[SourceKind::Document]);
        let other = count.statements.saturating_sub(named + unnamed + document);
        let share = |part: u64| format!("{:>9.0} %", part as f64 * 100.0 / count.statements.max(1) as f64);
        let name = fitted(&name(count), widest);
        let mut line = Rich::of(&name, BOLD);
        [named, unnamed, document, other].iter().for_each(|part| line.push(&share(*part), PLAIN));
        line.push(&share(count.on(Terms::ConditionOfAnonymity)), PLAIN);
        line.push(&format!("{:>11}", count.statements), DIM);
        canvas.table_line(&mut out, &line);
    }
    output::print(out.as_bytes())
}

/// The columns of sourcing: counts by kind of source, then by terms.
fn columns() -> Vec<Column> {
    let column = |name, kind, about| Column { name, kind, about };
    let mut columns = vec![
        column("outlet", CellKind::Text, "the outlet"),
        column("time", CellKind::Text, "year or month of publication"),
        column("articles", CellKind::Number, "articles with statements"),
        column("statements", CellKind::Number, "statements"),
    ];
    let names = SourceKind::ALL.iter().map(|kind| kind.name()).chain(Terms::ALL.iter().map(|terms| terms.name()));
    columns.extend(names.map(|name| column(name, CellKind::Number, "statements of that kind, or on these terms")));
    columns
}

/// A name in exactly so many columns.
fn fitted(name: &str, columns: usize) -> String {
    let mut out = String::new();
    for char in name.chars() {
        if out.width() + UnicodeWidthChar::width(char).unwrap_or(0) > columns.saturating_sub(1)
            && name.width() > columns
        {
            out.push('…');
            break;
        }
        out.push(char);
    }
    out.push_str(&" ".repeat(columns.saturating_sub(out.width())));
    out
}
